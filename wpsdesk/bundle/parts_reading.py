"""Reading a part that came from anywhere: its form, its index, and that its data is one that the index lists."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from wpsdesk.base.errors import from_os
from wpsdesk.base.files import held_open
from wpsdesk.base.ids import Digest
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered, PartDamaged, PartMalformed
from wpsdesk.bundle.part_form import DATA_NAME, HEAD
from wpsdesk.bundle.parts import MAX_INDEX, PartIndex, index_from
from wpsdesk.bundle.parts_writing import directory_after, entries_of
from wpsdesk.bundle.zipform import LOCAL, LOCAL_SIGN, local_header


class OpenPart:
    """A part of the right form whose data is the one that its index lists. Closes its file with a ``with`` block."""

    __slots__ = ("_digest", "_offset", "_stream", "index", "number", "path", "size")

    def __init__(self, path: Path, stream: BinaryIO, index: PartIndex, data: _Data) -> None:
        self.path: Final = path
        self.index: Final = index
        self.number: Final = data.number
        self.size: Final = data.size
        self._offset, self._digest = data.offset, data.digest
        self._stream = stream

    def data(self) -> Iterator[bytes]:
        """The data, a chunk at a time. Raises Altered at the end, should the file have changed since it was opened."""
        seen = hashlib.sha256()
        for chunk in _pieces(self._stream, self.path, self._offset, self.size):
            seen.update(chunk)
            yield chunk
        if seen.hexdigest() != self._digest:
            raise Altered(where="container")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._stream.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """Where a part's data lies, and which part it makes it."""

    number: int
    offset: int
    size: int
    digest: Digest


def open_part(path: Path) -> OpenPart:
    """Open a part and check it from end to end.

    Raises PartMalformed, PartDamaged, NewerBundle, FileMissing, FileUnreadable.
    """
    return held_open(path, lambda stream: OpenPart(path, stream, *_checked(stream, path)))


def _checked(stream: BinaryIO, path: Path) -> tuple[PartIndex, _Data]:
    # 1: the index, bounded, at its place.
    listing = _listing(stream)
    index = index_from(listing)
    # 2: the data is as long as the file has room for, and as one of the parts is.
    record = stream.read(LOCAL.size + len(DATA_NAME))
    if len(record) != LOCAL.size + len(DATA_NAME):
        raise PartDamaged(set_id=index.set_id)
    crc, size, offset = *LOCAL.unpack_from(record)[6:8], stream.tell()
    first, second = entries_of(listing, size, crc)
    if local_header(second) != record:
        raise PartMalformed(code="zip")
    # 3: its digest says which part it is.
    seen, summed = hashlib.sha256(), 0
    for chunk in _pieces(stream, path, offset, min(size, index.parity_size + 1)):
        seen.update(chunk)
        summed = zlib.crc32(chunk, summed)
    digest = Digest(seen.hexdigest())
    number = index.number_of(digest)
    if number is None or index.size_of(number) != size:
        raise PartDamaged(set_id=index.set_id)
    # 4: nothing else is in the file, and unzip sees the same.
    expected = directory_after(first, second)
    if stream.read(len(expected) + 1) != expected or summed != crc:
        raise PartMalformed(code="zip")
    if os.fstat(stream.fileno()).st_size != second.end + len(expected):
        raise PartMalformed(code="zip")
    return index, _Data(number=number, offset=offset, size=size, digest=digest)


def _listing(stream: BinaryIO) -> bytes:
    record = stream.read(HEAD)
    if len(record) != HEAD or not record.startswith(LOCAL_SIGN):
        raise PartMalformed(code="zip")
    size = LOCAL.unpack_from(record)[8]
    if size > MAX_INDEX:
        raise PartMalformed(code="index")
    listing = stream.read(size)
    first, _ = entries_of(listing, 0, 0)
    if len(listing) != size or local_header(first) != record:
        raise PartMalformed(code="zip")
    return listing


def _pieces(stream: BinaryIO, path: Path, offset: int, size: int) -> Iterator[bytes]:
    """As much as there is, at most ``size`` bytes."""
    try:
        stream.seek(offset)
        while size > 0 and (chunk := stream.read(min(limits.CHUNK, size))):
            size -= len(chunk)
            yield chunk
    except OSError as error:
        raise from_os(error, path) from error
