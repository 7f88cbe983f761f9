"""The zip records of the profile, byte for byte: what varies in them, and nothing else.

Fixed in every entry: version 20, flags 0, 1980-01-01 00:00, made on Unix by version 20, a regular file of
mode 0644, no extra field, no comment, disk 0. No zip64, no data descriptors, no directories.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

MIMETYPE_NAME: Final = "mimetype"
MIMETYPE: Final = b"application/vnd.etsi.asic-e+zip"

STORED: Final = 0
DEFLATED: Final = 8
DEFLATE_LEVEL: Final = 9
RAW_DEFLATE: Final = -15  # zlib's name for deflate without a zlib header

LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<4sHHHHIIH")
LOCAL_SIGN: Final = b"PK\x03\x04"
CENTRAL_SIGN: Final = b"PK\x01\x02"
END_SIGN: Final = b"PK\x05\x06"

_VERSION: Final = 20
_MADE_BY: Final = 3 << 8 | 20
_TIME: Final = 0
_DATE: Final = 33  # 1980-01-01
_REGULAR_FILE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One entry: sizes in bytes, ``offset`` of its local header from the start of the container."""

    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int

    @property
    def data_offset(self) -> int:
        """Where the entry's packed bytes start."""
        return self.offset + LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next entry starts."""
        return self.data_offset + self.packed_size


def local_header(entry: ZipEntry) -> bytes:
    """The local header with the name."""
    name = entry.name.encode("ascii")
    fixed = (LOCAL_SIGN, _VERSION, 0, entry.method, _TIME, _DATE)
    return LOCAL.pack(*fixed, entry.crc, entry.packed_size, entry.size, len(name), 0) + name


def central_header(entry: ZipEntry) -> bytes:
    """The entry's record in the central directory."""
    name = entry.name.encode("ascii")
    fixed = (CENTRAL_SIGN, _MADE_BY, _VERSION, 0, entry.method, _TIME, _DATE)
    sizes = (entry.crc, entry.packed_size, entry.size, len(name))
    return CENTRAL.pack(*fixed, *sizes, 0, 0, 0, 0, _REGULAR_FILE, entry.offset) + name


def end_record(count: int, directory_size: int, directory_offset: int) -> bytes:
    """The last 22 bytes."""
    return END.pack(END_SIGN, 0, 0, count, count, directory_size, directory_offset, 0)
