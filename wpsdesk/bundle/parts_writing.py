"""Cutting sealed files into parts: measured first, for every part bears the digests of all, then written."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from wpsdesk.base.errors import from_os
from wpsdesk.base.files import new_file, require_room
from wpsdesk.base.ids import Digest
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered, PartSizeRefused
from wpsdesk.bundle.part_form import DATA_NAME, INDEX_NAME
from wpsdesk.bundle.parts import (
    LARGEST,
    PARITY,
    SMALLEST,
    ListedFile,
    PartIndex,
    index_bytes,
    part_name,
    parts_in,
)
from wpsdesk.bundle.zipform import STORED, ZipEntry, central_header, end_record, local_header
from wpsdesk.report.reply import MAX_PARTS

_STEP: Final = limits.CHUNK


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPart:
    """A part that lies at ``path``."""

    number: int
    path: Path
    size: int  # of the file, bytes


def require_part_size(part_size: int, sizes: Iterable[int]) -> None:
    """Raise PartSizeRefused where files of these sizes cannot go in parts of ``part_size`` bytes."""
    found = tuple(sizes)
    least = SMALLEST
    while sum(parts_in(size, least) for size in found) > MAX_PARTS:
        least *= 2
    if not least <= part_size <= LARGEST:
        raise PartSizeRefused(size=part_size, least=least, most=LARGEST)


def measure_set(files: tuple[Path, ...], part_size: int, *, with_parity: bool) -> PartIndex:
    """The index of the set that the sealed ``files`` make, in this order.

    A set of one part has no parity: it would be that part over again. Raises PartSizeRefused, FileMissing,
    FileUnreadable.
    """
    sizes = tuple(path.stat().st_size for path in files)
    require_part_size(part_size, sizes)
    listed: list[ListedFile] = []
    digests: list[Digest] = []
    for path, size in zip(files, sizes, strict=True):
        whole, found = _digests(path, size, part_size)
        listed.append(ListedFile(name=path.name, size=size, digest=whole, first=len(digests) + 1, count=len(found)))
        digests += found
    index = PartIndex(part_size=part_size, files=tuple(listed), parts=tuple(digests), parity=None)
    if not with_parity or index.count == 1:
        return index
    with ExitStack() as open_files:
        streams = _opened(files, open_files)
        seen = hashlib.sha256()
        for chunk in _data(index, PARITY, streams):
            seen.update(chunk)
    return replace(index, parity=Digest(seen.hexdigest()))


def _digests(path: Path, size: int, part_size: int) -> tuple[Digest, list[Digest]]:
    whole, found = hashlib.sha256(), []
    try:
        with path.open("rb") as stream:
            for start in range(0, size, part_size):
                part = hashlib.sha256()
                for chunk in _pieces(stream, start, min(part_size, size - start)):
                    part.update(chunk)
                    whole.update(chunk)
                found.append(Digest(part.hexdigest()))
    except OSError as error:
        raise from_os(error, path) from error
    return Digest(whole.hexdigest()), found


def _pieces(stream: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    for offset in range(0, size, _STEP):
        stream.seek(start + offset)
        yield stream.read(min(_STEP, size - offset))


def _opened(files: Sequence[Path | None], open_files: ExitStack) -> tuple[BinaryIO | None, ...]:
    return tuple(None if path is None else open_files.enter_context(path.open("rb")) for path in files)


def _data(index: PartIndex, number: int, streams: tuple[BinaryIO | None, ...]) -> Iterator[bytes]:
    """The data of a part, out of the files of the set."""
    if number == PARITY:
        yield from _exclusive_or(index, streams)
        return
    start, size = index.place_of(number)
    stream = streams[index.files.index(index.file_of(number))]
    assert stream is not None, "the file that the part belongs to was given"
    yield from _pieces(stream, start, size)


def _exclusive_or(index: PartIndex, streams: tuple[BinaryIO | None, ...]) -> Iterator[bytes]:
    places = [
        (stream, *index.place_of(number))
        for file, stream in zip(index.files, streams, strict=True)
        for number in file.numbers
    ]
    for offset in range(0, index.parity_size, _STEP):
        length, mixed = min(_STEP, index.parity_size - offset), 0
        for stream, start, size in places:
            assert stream is not None, "parity needs all files"
            if offset < size:
                stream.seek(start + offset)
                mixed ^= int.from_bytes(stream.read(min(_STEP, size - offset)), "little")
        yield mixed.to_bytes(length, "little")


def write_parts(
    index: PartIndex,
    files: Sequence[Path | None],
    folder: Path,
    numbers: Iterable[int],
    *,
    progress: Progress = unwatched,
) -> tuple[WrittenPart, ...]:
    """Write parts of the set by number, PARITY among them, as new files in ``folder``: all, or none.

    ``files`` are the sealed files that the index was made of; None stands for one that no wanted part needs.
    ``progress`` counts the bytes of the data. Raises Altered where the files are not those that the index lists,
    FileExistsAlready, DiskFull, FileUnwritable, FileUnreadable, Cancelled.
    """
    wanted = tuple(numbers)
    total, done = sum(index.size_of(number) for number in wanted), 0
    require_room(folder, total + len(wanted) * (len(index_bytes(index)) + 1024))
    written: list[WrittenPart] = []
    try:
        with ExitStack() as open_files:
            streams = _opened(files, open_files)
            for number in wanted:
                path = folder / part_name(index, number)
                with new_file(path) as out:
                    _write_part(out, index, number, streams)
                    size = out.tell()
                written.append(WrittenPart(number=number, path=path, size=size))
                done += index.size_of(number)
                progress(done, total)
    except BaseException:
        for part in written:
            part.path.unlink(missing_ok=True)
        raise
    return tuple(written)


def _write_part(out: BinaryIO, index: PartIndex, number: int, streams: tuple[BinaryIO | None, ...]) -> None:
    listing, crc, seen = index_bytes(index), 0, hashlib.sha256()
    for chunk in _data(index, number, streams):
        crc = zlib.crc32(chunk, crc)
        seen.update(chunk)
    if seen.hexdigest() != index.digest_of(number):
        raise Altered(where="container")
    first, second = entries_of(listing, index.size_of(number), crc)
    out.write(local_header(first) + listing + local_header(second))
    out.writelines(_data(index, number, streams))
    out.write(directory_after(first, second))


def entries_of(listing: bytes, size: int, crc: int) -> tuple[ZipEntry, ZipEntry]:
    """The two entries of a part, both stored."""
    first = ZipEntry(
        name=INDEX_NAME, method=STORED, crc=zlib.crc32(listing), packed_size=len(listing), size=len(listing), offset=0
    )
    second = ZipEntry(name=DATA_NAME, method=STORED, crc=crc, packed_size=size, size=size, offset=first.end)
    return first, second


def directory_after(first: ZipEntry, second: ZipEntry) -> bytes:
    """Everything behind the data."""
    directory = central_header(first) + central_header(second)
    return directory + end_record(2, len(directory), second.end)
