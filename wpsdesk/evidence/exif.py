"""EXIF, which is a TIFF without pictures: what it tells, and the least of it that a picture needs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from wpsdesk.evidence.markup import xmp_findings
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, found

ORIENTATION: Final = 0x0112
XMP, IPTC, PHOTOSHOP = 0x02BC, 0x83BB, 0x8649

MAIN: Final = "main"
"""The directories of the pictures in a TIFF; of EXIF in another file the first is this, the second its thumbnail."""

_INNER: Final[dict[int, str]] = {0x8769: "EXIF", 0x8825: "GPS", 0xA005: "interoperability", 0x014A: MAIN}
_WIDTH: Final = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)  # bytes of one value, by type
_MOST_DIRECTORIES, _MOST_TAGS = 256, 4096

KINDS: Final[dict[int, FindingKind]] = {
    **dict.fromkeys((0x010F, 0x0110, 0x013C, 0xA431, 0xA433, 0xA434, 0xA435, 0xC62F), FindingKind.DEVICE),
    **dict.fromkeys((0x0131, 0xA43B), FindingKind.SOFTWARE),
    **dict.fromkeys((0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012), FindingKind.TIME),
    **dict.fromkeys((0x013B, 0x8298, 0xA430, 0x9C9D), FindingKind.AUTHOR),
    **dict.fromkeys((0x010E, 0x010D, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F), FindingKind.COMMENT),
    **dict.fromkeys((0x0201, 0x0202), FindingKind.THUMBNAIL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One field of a directory."""

    directory: str
    number: int
    kind: int  # TIFF's type
    at: int  # where its twelve bytes stand
    value_at: int
    value: bytes
    little: bool

    def text(self) -> str:
        """Its value as text, as far as that makes sense."""
        if 0x9C9B <= self.number <= 0x9C9F:
            return self.value.decode("utf-16-le", "replace")
        return self.value[:2000].removeprefix(b"ASCII\x00\x00\x00").decode("utf-8", "replace")

    def numbers(self) -> tuple[float, ...]:
        """Its value as fractions; one without a denominator is 0."""
        order = "<" if self.little else ">"
        pairs = struct.iter_unpack(order + "II", self.value[: len(self.value) // 8 * 8])
        return tuple(a / b if b else 0.0 for a, b in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """One directory of fields, and where it stands."""

    name: str
    at: int
    tags: tuple[Tag, ...]
    order: Literal["<", ">"]
    following: int  # where the next one stands; 0: none


def directories(data: bytes) -> tuple[Directory, ...]:
    """Every directory that can be reached, each once. Raises Damaged."""
    if data[:4] not in (b"II*\x00", b"MM\x00*"):
        raise Damaged
    order: Literal["<", ">"] = "<" if data[:2] == b"II" else ">"
    waiting, seen, all_found = [(_number(data, 4, order), MAIN)], set[int](), list[Directory]()
    told = 0
    while waiting:
        at, name = waiting.pop(0)
        if at in seen or not at:
            continue
        if len(seen) >= _MOST_DIRECTORIES:
            raise Damaged
        seen.add(at)
        directory = _directory(data, at, name, order)
        all_found.append(directory)
        told += sum(len(tag.value) for tag in directory.tags)
        if told > 2 * len(data):
            raise Damaged
        waiting.append((directory.following, name))
        for tag in directory.tags:
            if tag.number in _INNER:
                inside = (_number(tag.value, n, order) for n in range(0, len(tag.value) // 4 * 4, 4))
                waiting.extend((place, _INNER[tag.number]) for place in list(inside)[:_MOST_DIRECTORIES])
    return tuple(all_found)


def _number(data: bytes, at: int, order: str, form: str = "I") -> int:
    try:
        (value,) = struct.unpack_from(order + form, data, at)
    except struct.error as error:
        raise Damaged from error
    return int(value)


def _directory(data: bytes, at: int, name: str, order: Literal["<", ">"]) -> Directory:
    count = _number(data, at, order, "H")
    if count > _MOST_TAGS:
        raise Damaged
    tags, told = list[Tag](), 0
    for n in range(count):
        tags.append(_tag(data, at + 2 + 12 * n, name, order))
        told += len(tags[-1].value)
        if told > len(data):  # the same bytes told over and over would fill the memory
            raise Damaged
    end = at + 2 + 12 * count
    following = _number(data, end, order) if end + 4 <= len(data) else 0
    return Directory(name=name, at=at, tags=tuple(tags), order=order, following=following)


def _tag(data: bytes, at: int, directory: str, order: str) -> Tag:
    number, kind = _number(data, at, order, "H"), _number(data, at + 2, order, "H")
    count = _number(data, at + 4, order)
    size = count * (_WIDTH[kind] if kind < len(_WIDTH) else 0)
    value_at = at + 8 if size <= 4 else _number(data, at + 8, order)
    value = data[value_at : value_at + size]
    return Tag(
        directory=directory, number=number, kind=kind, at=at, value_at=value_at, value=value, little=order == "<"
    )


def orientation_of(data: bytes) -> int:
    """How the picture is to be turned, 1-8; 1 where nothing sensible is said."""
    try:
        first = directories(data)[0]
    except (Damaged, IndexError):
        return 1
    for tag in first.tags:
        if tag.number == ORIENTATION and len(tag.value) >= 2:
            turned = _number(tag.value, 0, first.order, "H")
            return turned if 1 <= turned <= 8 else 1
    return 1


def only_orientation(turned: int) -> bytes:
    """The least EXIF that lets a picture stand upright."""
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHHI", ORIENTATION, 3, 1, turned, 0, 0)


def exif_findings(data: bytes, where: str = "EXIF") -> Iterator[Finding]:
    """What EXIF tells, as far as it can be read; nothing where it holds the orientation alone."""
    if data == only_orientation(orientation_of(data)):
        return
    try:
        everything = directories(data)
    except Damaged:
        yield found(FindingKind.HIDDEN, where, f"{len(data)} B")
        return
    yield from tag_findings(everything, where)
    if [d.at for d in everything if d.name == MAIN][1:]:
        yield found(FindingKind.THUMBNAIL, where)
    others = sum(1 for d in everything for t in d.tags if t.number not in KINDS and t.number != ORIENTATION)
    yield found(FindingKind.HIDDEN, where, f"+{others}")


def tag_findings(everything: tuple[Directory, ...], where: str) -> Iterator[Finding]:
    """What the fields with a known meaning tell."""
    for directory in everything:
        if directory.name == "GPS":
            yield found(FindingKind.LOCATION, "GPS", place_of(directory))
            continue
        for tag in directory.tags:
            if tag.number == XMP:
                yield from xmp_findings(tag.value)
            elif tag.number in (IPTC, PHOTOSHOP):
                yield found(FindingKind.HIDDEN, "IPTC", f"{len(tag.value)} B")
            elif tag.number == 0x927C:
                yield found(FindingKind.DEVICE, "MakerNote", f"{len(tag.value)} B")
            elif tag.number in KINDS:
                kind = KINDS[tag.number]
                yield found(kind, where, "" if kind is FindingKind.THUMBNAIL else tag.text())


def place_of(directory: Directory) -> str:
    """``1.29210, 36.82190``; "" where no place can be read."""
    fields = {tag.number: tag for tag in directory.tags}
    degrees = []
    for side, place in ((1, 2), (3, 4)):
        parts = fields[place].numbers() if place in fields else ()
        if len(parts) < 3:
            return ""
        sign = -1 if side in fields and fields[side].value[:1] in (b"S", b"W") else 1
        degrees.append(sign * (parts[0] + parts[1] / 60 + parts[2] / 3600))
    return f"{degrees[0]:.5f}, {degrees[1]:.5f}"
