"""JPEG without its segments of metadata; the picture's own bytes are copied."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wpsdesk.evidence.colours import without_names
from wpsdesk.evidence.exif import exif_findings, only_orientation, orientation_of
from wpsdesk.evidence.markup import xmp_findings
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found

_ICC: Final = b"ICC_PROFILE\x00"
_EXIF: Final = b"Exif\x00\x00"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\x00"
SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
_BARE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_MOST_SEGMENTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    body: bytes  # without its length; of a scan nothing, it is only copied
    whole: bytes  # marker, length, body, and the coded picture that follows a scan's


def strip(data: bytes, *, keep_turn: bool = True) -> Stripped:
    """The picture alone. Raises Damaged.

    ``keep_turn``: an orientation is kept as the only field of a new EXIF: to turn the picture itself would either
    decode and compress it once more or lose its edge.
    """
    segments, end = _segments(data)
    removed: list[Finding] = []
    profile = _profile(segments, removed)
    turned = 1
    kept: list[bytes] = []
    for segment in segments:
        if segment.marker == 0xE1 and segment.body.startswith(_EXIF) and turned == 1:
            turned = orientation_of(segment.body[6:])
        if 0xE0 <= segment.marker <= 0xEF or segment.marker == COM:
            kept.append(_application(segment, removed))
        else:
            kept.append(segment.whole)
    if end < len(data):
        removed.append(found(FindingKind.HIDDEN, "JPEG", f"{len(data) - end} B"))
    if not removed:
        return Stripped(data=data, removed=(), remains=())
    head = [bytes((0xFF, SOI))]
    if kept and kept[0][:2] == b"\xff\xe0":
        head.append(kept.pop(0))
    if keep_turn and turned != 1:
        head.append(_written(0xE1, _EXIF + only_orientation(turned)))
    body = b"".join((*head, *profile, *kept, bytes((0xFF, EOI))))
    return Stripped(data=body, removed=each_once(removed), remains=())


def _segments(data: bytes) -> tuple[list[_Segment], int]:
    """The segments between start and end of the picture, and where it ends."""
    if data[:2] != b"\xff\xd8":
        raise Damaged
    at, all_found = 2, list[_Segment]()
    while len(all_found) < _MOST_SEGMENTS:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF or data[at + 1] == 0:
            raise Damaged
        marker = data[at + 1]
        at += 2
        if marker == EOI:
            return all_found, at
        if marker in _BARE:
            all_found.append(_Segment(marker, b"", data[at - 2 : at]))
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end < at + 2 or end > len(data):
            raise Damaged
        body = data[at + 2 : end]
        if marker == SOS:
            body, end = b"", _scan_end(data, end)
        all_found.append(_Segment(marker, body, data[at - 2 : end]))
        at = end
    raise Damaged


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends: at the first marker that is not part of it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Damaged
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _written(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _application(segment: _Segment, removed: list[Finding]) -> bytes:
    """What is kept of an application's segment, and what was not is told."""
    body = segment.body
    if segment.marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:  # how the colours are coded
        if len(body) > 12:
            removed.append(found(FindingKind.HIDDEN, "Adobe", f"{len(body) - 12} B"))
        return _written(0xEE, body[:12])
    if segment.marker == 0xE0 and body.startswith(b"JFIF\x00") and len(body) >= 14:
        if len(body) > 14:
            removed.append(found(FindingKind.THUMBNAIL, "JFIF"))
        return _written(0xE0, body[:12] + b"\x00\x00")
    if segment.marker == 0xE2 and body.startswith(_ICC):
        return b""  # written again at the front
    removed.extend(_told(segment))
    return b""


def _told(segment: _Segment) -> Iterator[Finding]:
    body = segment.body
    if segment.marker == COM:
        yield found(FindingKind.COMMENT, "COM", body.decode("utf-8", "replace"))
    elif segment.marker == 0xE1 and body.startswith(_EXIF):
        yield from exif_findings(body[6:])
    elif segment.marker == 0xE1 and body.startswith(_XMP):
        yield from xmp_findings(body[len(_XMP) :])
    elif segment.marker == 0xE1 and body.startswith(_MORE_XMP):
        yield found(FindingKind.HIDDEN, "XMP", f"{len(body)} B")
    elif segment.marker == 0xED:
        yield found(FindingKind.HIDDEN, "IPTC", f"{len(body)} B")
    else:
        name = body[:12].split(b"\x00")[0].decode("ascii", "replace")
        kind = FindingKind.THUMBNAIL if name in ("JFXX", "MPF") else FindingKind.HIDDEN
        yield found(kind, f"APP{segment.marker - 0xE0}", name)


def _profile(segments: list[_Segment], removed: list[Finding]) -> list[bytes]:
    """The colour profile's segments, their texts blanked; a profile that cannot be read is left out."""
    parts = sorted((s.body[12:14], s.body[14:]) for s in segments if s.marker == 0xE2 and s.body.startswith(_ICC))
    if not parts:
        return []
    whole = b"".join(part for _, part in parts)
    try:
        clean, told = without_names(whole)
    except Damaged:
        removed.append(found(FindingKind.HIDDEN, "ICC", f"{len(whole)} B"))
        return []
    removed.extend(told)
    size = 65_519
    pieces = [clean[n : n + size] for n in range(0, len(clean), size)]
    heads = [_ICC + bytes((n, len(pieces))) for n in range(1, len(pieces) + 1)]
    return [_written(0xE2, head + piece) for head, piece in zip(heads, pieces, strict=True)]
