"""TIFF with its fields of metadata emptied and unlisted, in place; the picture's own bytes stay where they are."""

from __future__ import annotations

import struct
from typing import Final

from wpsdesk.evidence.colours import without_names
from wpsdesk.evidence.exif import (
    IPTC,
    KINDS,
    MAIN,
    PHOTOSHOP,
    XMP,
    Directory,
    Tag,
    directories,
    tag_findings,
)
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found

# What a picture is made of (TIFF 6 and its technical notes); every other field is left out, whatever it is.
_PICTURE: Final = frozenset(
    (
        0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x010A, 0x0111, 0x0112, 0x0115, 0x0116, 0x0117,
        0x011A, 0x011B, 0x011C, 0x0122, 0x0123, 0x0124, 0x0125, 0x0128, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0141,
        0x0142, 0x0143, 0x0144, 0x0145, 0x014A, 0x014C, 0x0152, 0x0153, 0x0154, 0x0155, 0x0156, 0x015B, 0x0200, 0x0201,
        0x0202, 0x0203, 0x0205, 0x0206, 0x0207, 0x0208, 0x0209, 0x0211, 0x0212, 0x0213, 0x0214,
    )
)  # fmt: skip
_PROFILE: Final = 0x8773


def strip(data: bytes) -> Stripped:
    """The pictures alone, at the same places in the file. Raises Damaged."""
    everything = directories(data)
    out, removed = bytearray(data), list[Finding]()
    spans = _picture_spans(everything, len(data))
    for directory in everything:
        kept = [tag for tag in directory.tags if _stays(directory, tag, out, removed)]
        dropped = [tag for tag in directory.tags if tag not in kept]
        if not dropped:
            continue
        removed.extend(_told(directory, dropped))
        for tag in dropped:
            if len(tag.value) > 4:
                _emptied(out, tag.value_at, tag.value_at + len(tag.value), spans)
        _listed(out, directory, kept)
    return Stripped(data=bytes(out) if removed else data, removed=each_once(removed), remains=())


def _stays(directory: Directory, tag: Tag, out: bytearray, removed: list[Finding]) -> bool:
    if directory.name != MAIN:
        return False
    if tag.number != _PROFILE:
        return tag.number in _PICTURE
    try:
        clean, told = without_names(tag.value)
    except Damaged:
        return False
    removed.extend(told)
    out[tag.value_at : tag.value_at + len(clean)] = clean
    return True


def _told(directory: Directory, dropped: list[Tag]) -> list[Finding]:
    part = Directory(name=directory.name, at=directory.at, tags=tuple(dropped), order=directory.order, following=0)
    told = list(tag_findings((part,), "TIFF"))
    known = {*KINDS, XMP, IPTC, PHOTOSHOP, 0x927C, 0x8769, 0x8825, 0xA005}
    others = [tag for tag in dropped if tag.number not in known]
    if others and directory.name != "GPS":
        told.append(found(FindingKind.HIDDEN, directory.name.upper(), f"+{len(others)}"))
    return told or [found(FindingKind.HIDDEN, "EXIF")]


def _picture_spans(everything: tuple[Directory, ...], size: int) -> list[tuple[int, int]]:
    """Where pictures and lists of fields stand: a hostile field must not be able to wipe them."""
    spans = [(0, 8)]
    for directory in everything:
        spans.append((directory.at, directory.at + 6 + 12 * len(directory.tags)))
        if directory.name != MAIN:
            continue
        fields = {tag.number: tag for tag in directory.tags}
        spans += [(t.value_at, t.value_at + len(t.value)) for t in directory.tags if t.number in _PICTURE]
        for places, lengths in ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202)):
            if places in fields and lengths in fields:
                pairs = zip(_whole(fields[places]), _whole(fields[lengths]), strict=False)
                spans += [(at, min(at + length, size)) for at, length in pairs]
    return spans


def _whole(tag: Tag) -> list[int]:
    order = "<" if tag.little else ">"
    form = "H" if tag.kind == 3 else "I"
    width = struct.calcsize(form)
    return [n for (n,) in struct.iter_unpack(order + form, tag.value[: len(tag.value) // width * width])]


def _emptied(out: bytearray, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    if not any(start < b and a < end for a, b in spans):
        out[start:end] = bytes(end - start)


def _listed(out: bytearray, directory: Directory, kept: list[Tag]) -> None:
    """The directory with fewer fields: the following directory's place moves up, the rest is emptied."""
    entries = b"".join(bytes(out[tag.at : tag.at + 12]) for tag in kept)
    size = 6 + 12 * len(directory.tags)
    written = struct.pack(directory.order + "H", len(kept)) + entries
    written += struct.pack(directory.order + "I", directory.following)
    room = min(size, len(out) - directory.at)
    out[directory.at : directory.at + room] = written.ljust(room, b"\x00")[:room]
