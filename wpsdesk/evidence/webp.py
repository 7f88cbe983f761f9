"""WebP without its chunks of metadata; the picture's own chunks are copied."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from wpsdesk.evidence.colours import without_names
from wpsdesk.evidence.exif import exif_findings, only_orientation, orientation_of
from wpsdesk.evidence.markup import xmp_findings
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found

_PICTURE: Final = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"))
_MOST_CHUNKS: Final = 20_000
_HAS_PROFILE, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04


def strip(data: bytes) -> Stripped:
    """The picture alone; an orientation is kept as the only field of a new EXIF. Raises Damaged."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Damaged
    removed: list[Finding] = []
    kept: list[tuple[bytes, bytes]] = []
    end = 12
    for name, body, following in _chunks(data):
        end = following
        content = body if name in _PICTURE or name == b"VP8X" else _kept_of(name, body, removed)
        if content:
            kept.append((name, content))
    if end < len(data):
        removed.append(found(FindingKind.HIDDEN, "WebP", f"{len(data) - end} B"))
    if not removed:
        return Stripped(data=data, removed=(), remains=())
    names = {name for name, _ in kept}
    out = b"".join(_written(n, _flags(b, names) if n == b"VP8X" else b) for n, b in kept)
    return Stripped(
        data=b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + out, removed=each_once(removed), remains=()
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    (size,) = struct.unpack_from("<I", data, 4)
    at, end = 12, size + 8
    if end > len(data):
        raise Damaged
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            break
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise Damaged
        following = at + 8 + length + (length & 1)
        yield name, data[at + 8 : at + 8 + length], min(following, len(data))
        at = following
    else:
        raise Damaged


def _written(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) & 1)


def _flags(head: bytes, names: set[bytes]) -> bytes:
    if len(head) != 10:
        raise Damaged
    flags = head[0] & ~(_HAS_PROFILE | _HAS_EXIF | _HAS_XMP)
    flags |= (_HAS_PROFILE if b"ICCP" in names else 0) | (_HAS_EXIF if b"EXIF" in names else 0)
    return bytes((flags, 0, 0, 0)) + head[4:]


def _kept_of(name: bytes, body: bytes, removed: list[Finding]) -> bytes:
    match name:
        case b"ICCP":
            try:
                clean, told = without_names(body)
            except Damaged:
                removed.append(found(FindingKind.HIDDEN, "ICC", f"{len(body)} B"))
                return b""
            removed.extend(told)
            return clean
        case b"EXIF":
            inside = body.removeprefix(b"Exif\x00\x00")
            turned = orientation_of(inside)
            removed.extend(exif_findings(inside))
            return only_orientation(turned) if turned != 1 else b""
        case b"XMP ":
            removed.extend(xmp_findings(body))
            return b""
        case _:
            removed.append(found(FindingKind.HIDDEN, name.decode("ascii", "replace"), f"{len(body)} B"))
            return b""
