"""Reading a container that nobody vouches for yet: checks 2, 3 and 4.

Every byte must belong to exactly one entry, to the central directory or to the end record, and every
record must be the one that the writer would have made. So no two readers can see different files in it.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Final

from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered, Bomb, BundleRefused, EntryRefused, Truncated, ZipMalformed
from wpsdesk.bundle.plaintext import Plaintext, pieces
from wpsdesk.bundle.zipform import (
    CENTRAL,
    CENTRAL_SIGN,
    DEFLATED,
    END,
    END_SIGN,
    LOCAL,
    LOCAL_SIGN,
    MIMETYPE,
    MIMETYPE_NAME,
    RAW_DEFLATE,
    STORED,
    ZipEntry,
    central_header,
    end_record,
    local_header,
)

ENTRY_NAME: Final = re.compile(r"([A-Za-z0-9_][A-Za-z0-9._-]{0,99}/){0,4}[A-Za-z0-9_][A-Za-z0-9._-]{0,119}")
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_FILE_KIND: Final = 0o170000
_REGULAR: Final = 0o100000

FIRST_ENTRY: Final = local_header(
    ZipEntry(
        name=MIMETYPE_NAME,
        method=STORED,
        crc=zlib.crc32(MIMETYPE),
        packed_size=len(MIMETYPE),
        size=len(MIMETYPE),
        offset=0,
    )
)
FIRST_BYTES: Final = FIRST_ENTRY + MIMETYPE
"""What every container starts with."""


def directory_of(plaintext: Plaintext) -> tuple[ZipEntry, ...]:
    """The entries in order. Raises ZipMalformed, EntryRefused, Bomb, Truncated, Altered, FileUnreadable."""
    # 2: the mimetype comes first, stored, in the clear at its place.
    if plaintext.read_at(0, len(FIRST_BYTES)) != FIRST_BYTES:
        raise ZipMalformed(code="mimetype")
    # 2: the end record is the last thing there is; it bounds the directory.
    count, directory_size, directory_offset = _end_of(plaintext)
    # 4: as many entries as a bundle may have.
    if count > limits.ENTRIES:
        raise Bomb(code="entries")
    if directory_size > count * (CENTRAL.size + limits.NAME):
        raise ZipMalformed(code="directory")
    # 2 and 3: each record of the directory.
    entries = _records(plaintext.read_at(directory_offset, directory_size), count)
    # 3: no two names that some file system takes for the same.
    _refuse_twins(entries)
    # 4: bounds, before anything is unpacked.
    _refuse_bombs(entries)
    # 2: entries lie back to back from the first byte to the directory, each with the header it must have.
    _require_tiling(plaintext, entries, directory_offset)
    return entries


def _end_of(plaintext: Plaintext) -> tuple[int, int, int]:
    size = plaintext.size
    record = plaintext.read_at(max(0, size - END.size), END.size)
    if len(record) != END.size or not record.startswith(END_SIGN):
        raise _no_end(plaintext)
    count, directory_size, directory_offset = struct.unpack("<HII", record[10:20])
    if end_record(count, directory_size, directory_offset) != record:
        raise ZipMalformed(code="end-record")
    if count == 0 or directory_offset + directory_size != size - END.size:
        raise ZipMalformed(code="counts")
    return count, directory_size, directory_offset


def _no_end(plaintext: Plaintext) -> BundleRefused:
    """Cut off, or something else behind it: walk the records from the front and see where they lead."""
    position, size = 0, plaintext.size
    for _ in range(2 * limits.ENTRIES):
        if position >= size:
            break
        record = plaintext.read_at(position, CENTRAL.size)
        if record.startswith(LOCAL_SIGN) and len(record) >= LOCAL.size:
            *_, packed_size, _size, name_size, extra_size = LOCAL.unpack_from(record)
            position += LOCAL.size + name_size + extra_size + packed_size
        elif record.startswith(CENTRAL_SIGN) and len(record) == CENTRAL.size:
            position += CENTRAL.size + int.from_bytes(record[28:30], "little")
        elif any(sign.startswith(record[:4]) for sign in (LOCAL_SIGN, CENTRAL_SIGN, END_SIGN)) and _is_stump(record):
            break
        else:
            return ZipMalformed(code="end-record")
    else:
        return ZipMalformed(code="counts")
    return Truncated(size=size, expected=None)


def _is_stump(record: bytes) -> bool:
    """Whether a record that starts rightly is shorter than such a record is."""
    sizes = {LOCAL_SIGN: LOCAL.size, CENTRAL_SIGN: CENTRAL.size, END_SIGN: END.size}
    return len(record) < sizes.get(record[:4], 5)


def _records(directory: bytes, count: int) -> tuple[ZipEntry, ...]:
    entries: list[ZipEntry] = []
    position = 0
    for _ in range(count):
        entry = _record(directory, position)
        entries.append(entry)
        position += CENTRAL.size + len(entry.name)
    if position != len(directory):
        raise ZipMalformed(code="directory")
    return tuple(entries)


def _record(directory: bytes, position: int) -> ZipEntry:
    if len(directory) < position + CENTRAL.size or not directory.startswith(CENTRAL_SIGN, position):
        raise ZipMalformed(code="directory")
    fields = CENTRAL.unpack_from(directory, position)
    flags, method, crc, packed_size, size, name_size = fields[3], fields[4], *fields[7:11]
    attributes, offset = fields[15], fields[16]
    end = position + CENTRAL.size + name_size
    if end > len(directory):
        raise ZipMalformed(code="directory")
    shown = directory[position + CENTRAL.size : end].decode("utf-8", "replace")
    _check_entry(shown, flags, method, attributes)
    entry = ZipEntry(name=shown, method=method, crc=crc, packed_size=packed_size, size=size, offset=offset)
    if central_header(entry) != directory[position:end]:
        raise ZipMalformed(code="not-canonical")
    return entry


def _check_entry(name: str, flags: int, method: int, attributes: int) -> None:
    """Check 3. Whatever else differs from the profile is found by comparing the record afterwards."""
    if attributes >> 16 & _FILE_KIND not in (0, _REGULAR) or name.endswith("/"):
        raise EntryRefused(code="not-a-file", name=name)
    if method not in (STORED, DEFLATED):
        raise EntryRefused(code="method", name=name)
    if flags:
        raise EntryRefused(code="flags", name=name)
    if len(name) > limits.NAME or not ENTRY_NAME.fullmatch(name):
        raise EntryRefused(code="name", name=name[: limits.NAME])
    for part in name.split("/"):
        if part.endswith(".") or ".." in part:
            raise EntryRefused(code="name", name=name)
        if _DEVICE.fullmatch(part):
            raise EntryRefused(code="device-name", name=name)


def _refuse_twins(entries: tuple[ZipEntry, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        # Names are ASCII by now; NFC stays, so that a wider pattern some day cannot open this hole.
        folded = unicodedata.normalize("NFC", entry.name).casefold()
        if folded in seen:
            raise EntryRefused(code="twice", name=entry.name)
        seen.add(folded)


def _refuse_bombs(entries: tuple[ZipEntry, ...]) -> None:
    total = 0
    for entry in entries:
        if entry.size > limits.ENTRY:
            raise Bomb(code="entry", name=entry.name)
        if entry.size > limits.RATIO_FROM and entry.size > entry.packed_size * limits.RATIO:
            raise Bomb(code="ratio", name=entry.name)
        total += entry.size
    if total > limits.TOTAL:
        raise Bomb(code="total")


def _require_tiling(plaintext: Plaintext, entries: tuple[ZipEntry, ...], directory_offset: int) -> None:
    position = 0
    for entry in entries:
        if entry.offset != position or entry.end > directory_offset:
            raise ZipMalformed(code="tiling")
        if entry.method == STORED and entry.packed_size != entry.size:
            raise ZipMalformed(code="header")
        expected = local_header(entry)
        if plaintext.read_at(position, len(expected)) != expected:
            raise ZipMalformed(code="header")
        position = entry.end
    if position != directory_offset:
        raise ZipMalformed(code="tiling")


def unpacked(plaintext: Plaintext, entry: ZipEntry) -> Iterator[bytes]:
    """The entry's bytes, a chunk at a time; not to be believed before the last one has come.

    Stops at the declared size; every packed byte must have been used. Raises Bomb, Altered, FileUnreadable.
    """
    size, crc = 0, 0
    for chunk in _inflated(plaintext, entry) if entry.method == DEFLATED else _stored(plaintext, entry):
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        if size > entry.size:
            raise Bomb(code="inflation", name=entry.name)
        yield chunk
    if size != entry.size or crc != entry.crc:
        raise Altered(where="data", name=entry.name)


def _stored(plaintext: Plaintext, entry: ZipEntry) -> Iterator[bytes]:
    return pieces(plaintext, entry.data_offset, entry.packed_size)


def _inflated(plaintext: Plaintext, entry: ZipEntry) -> Iterator[bytes]:
    inflater, rest = zlib.decompressobj(RAW_DEFLATE), b""
    try:
        for packed in _stored(plaintext, entry):
            rest = packed
            while rest and not inflater.eof:
                if chunk := inflater.decompress(rest, limits.CHUNK):
                    yield chunk
                rest = inflater.unconsumed_tail
            if rest:  # bytes that no inflater looks at could say anything
                break
        yield inflater.flush()
    except zlib.error:
        raise Altered(where="data", name=entry.name) from None
    if not inflater.eof or inflater.unused_data or rest:
        raise Altered(where="data", name=entry.name)


def whole(plaintext: Plaintext, entry: ZipEntry) -> bytes:
    """All of an entry whose size has been bounded. Raises Bomb, Altered, FileUnreadable."""
    return b"".join(unpacked(plaintext, entry))
