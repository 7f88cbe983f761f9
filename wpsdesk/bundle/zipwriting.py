"""Writing the container: every size is known before the first byte goes out, so that it can be streamed sealed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wpsdesk.bundle import limits
from wpsdesk.bundle.zipform import (
    DEFLATE_LEVEL,
    DEFLATED,
    END,
    RAW_DEFLATE,
    STORED,
    ZipEntry,
    central_header,
    end_record,
    local_header,
)

_ALREADY_PACKED: Final = (
    "image/",
    "video/",
    "audio/",
    "application/pdf",
    "application/zip",
    "application/vnd.openxml",
    "application/vnd.oasis",
)


def is_stored(media_type: str) -> bool:
    """Whether files of this type are packed already and gain nothing from deflate."""
    return media_type.startswith(_ALREADY_PACKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An entry to be, measured: ``chunks`` gives its unpacked bytes, as often as it is called.

    ``packed`` is what goes out, where that is held in memory.
    """

    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    chunks: Callable[[], Iterable[bytes]]
    packed: bytes | None = None


class Changed(Exception):
    """The bytes of the part ``name`` were others the second time."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def measured(name: str, chunks: Callable[[], Iterable[bytes]], *, stored: bool) -> Part:
    """Go through the bytes once, for sizes and checksum. Raises what ``chunks`` raises."""
    crc, size, packed_size = 0, 0, 0
    packer = _packer()
    for chunk in chunks():
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        packed_size += len(chunk) if stored else len(packer.compress(chunk))
    packed_size += 0 if stored else len(packer.flush())
    stored = stored or _is_too_dense(size, packed_size)
    packed_size, method = (size, STORED) if stored else (packed_size, DEFLATED)
    return Part(name=name, method=method, crc=crc, packed_size=packed_size, size=size, chunks=chunks)


def _is_too_dense(size: int, packed_size: int) -> bool:
    """What packs too well would be taken for a bomb: it goes as it is."""
    return size > limits.RATIO_FROM and size > packed_size * limits.RATIO


def stored_part(name: str, chunks: Callable[[], Iterable[bytes]], *, size: int, crc: int) -> Part:
    """A part that goes as it is, of a size and checksum that are known."""
    return Part(name=name, method=STORED, crc=crc, packed_size=size, size=size, chunks=chunks)


def part_of(name: str, data: bytes, *, stored: bool) -> Part:
    """A part that is held in memory, and packed once."""
    packed = data if stored else _deflated(data)
    stored, packed = (True, data) if stored or _is_too_dense(len(data), len(packed)) else (False, packed)
    return Part(
        name=name,
        method=STORED if stored else DEFLATED,
        crc=zlib.crc32(data),
        packed_size=len(packed),
        size=len(data),
        chunks=lambda: (data,),
        packed=packed,
    )


def _deflated(data: bytes) -> bytes:
    packer = _packer()
    return packer.compress(data) + packer.flush()


def _packer() -> zlib._Compress:
    return zlib.compressobj(DEFLATE_LEVEL, zlib.DEFLATED, RAW_DEFLATE)


def _layout(parts: tuple[Part, ...]) -> Iterator[ZipEntry]:
    offset = 0
    for part in parts:
        entry = ZipEntry(
            name=part.name,
            method=part.method,
            crc=part.crc,
            packed_size=part.packed_size,
            size=part.size,
            offset=offset,
        )
        yield entry
        offset = entry.end


def zip_size(parts: tuple[Part, ...]) -> int:
    """The size of the container in bytes."""
    *_, last = _layout(parts)
    return last.end + sum(len(central_header(entry)) for entry in _layout(parts)) + END.size


def zip_bytes(parts: tuple[Part, ...]) -> Iterator[bytes]:
    """The container from first to last byte. Raises Changed where a part's bytes differ from those measured."""
    entries = tuple(_layout(parts))
    for part, entry in zip(parts, entries, strict=True):
        yield local_header(entry)
        yield from _packed(part) if part.packed is None else (part.packed,)
    directory = b"".join(central_header(entry) for entry in entries)
    yield directory + end_record(len(entries), len(directory), entries[-1].end)


def _packed(part: Part) -> Iterator[bytes]:
    crc, size, packed_size = 0, 0, 0
    packer = _packer()
    for chunk in part.chunks():
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        if size > part.size:
            raise Changed(part.name)
        packed = chunk if part.method == STORED else packer.compress(chunk)
        packed_size += len(packed)
        yield packed
    if part.method == DEFLATED:
        rest = packer.flush()
        packed_size += len(rest)
        yield rest
    if (crc, size, packed_size) != (part.crc, part.size, part.packed_size):
        raise Changed(part.name)
