"""Zip files from outside as their parts in memory, within bounds, and written again without traces."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from wpsdesk.evidence.model import Damaged, Finding, FindingKind, found

MOST_PARTS: Final = 10_000
LARGEST: Final = 256 << 20
"""Bytes of all parts together."""

_NEVER: Final = (1980, 1, 1, 0, 0, 0)
_PIECE: Final = 1 << 20


def unpacked(data: bytes) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The parts in their order by name, and what the zip itself tells. Raises Damaged."""
    parts: dict[str, bytes] = {}
    told: list[Finding] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MOST_PARTS or len({e.filename.casefold() for e in entries}) < len(entries):
                raise Damaged
            left = LARGEST
            for entry in entries:
                if entry.is_dir():
                    continue
                parts[_name(entry)] = part = _bytes_of(package, entry, left)
                left -= len(part)
            told.extend(_told(package, entries))
            if entries and entries[0].header_offset:
                told.append(found(FindingKind.HIDDEN, "ZIP", f"{entries[0].header_offset} B"))
    # zipfile answers damage with whatever it stumbles over.
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        LookupError,
        OverflowError,
    ) as error:
        raise Damaged from error
    return parts, tuple(told)


def _name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if entry.flag_bits & 0x1 or name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise Damaged
    return name


def _bytes_of(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Damaged
    pieces, size = [], 0
    with package.open(entry) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise Damaged
            pieces.append(piece)
    return b"".join(pieces)


def _told(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> list[Finding]:
    told = []
    times = sorted({entry.date_time for entry in entries} - {_NEVER})
    if times:
        told.append(found(FindingKind.TIME, "ZIP", "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(*times[-1])))
    if package.comment:
        told.append(found(FindingKind.COMMENT, "ZIP", package.comment.decode("utf-8", "replace")))
    told.extend(
        found(FindingKind.COMMENT, entry.filename, entry.comment.decode("utf-8", "replace"))
        for entry in entries
        if entry.comment
    )
    extra = sum(1 for entry in entries if entry.extra)
    if extra:
        told.append(found(FindingKind.HIDDEN, "ZIP", f"extra: {extra}"))
    return told


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order, without times and names of systems."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.create_system = 0
            # The first part of an OpenDocument is read as plain bytes by whoever asks what the file is.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return out.getvalue()
