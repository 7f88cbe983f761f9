"""PNG without its chunks of metadata; the picture's own chunks are copied."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from wpsdesk.evidence.colours import without_names
from wpsdesk.evidence.exif import exif_findings, only_orientation, orientation_of
from wpsdesk.evidence.markup import xmp_findings
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# What a picture looks like, moving ones too; every other chunk is left out, whatever it is.
_PICTURE: Final = frozenset(
    (
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI",
        b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    )
)  # fmt: skip
_MOST_CHUNKS: Final = 200_000
_LONGEST_TEXT: Final = 1 << 20
_KEYWORDS: Final = {
    "author": FindingKind.AUTHOR,
    "artist": FindingKind.AUTHOR,
    "copyright": FindingKind.AUTHOR,
    "software": FindingKind.SOFTWARE,
    "source": FindingKind.DEVICE,
    "creation time": FindingKind.TIME,
    "date:create": FindingKind.TIME,
    "date:modify": FindingKind.TIME,
    "date:timestamp": FindingKind.TIME,
}


def strip(data: bytes) -> Stripped:
    """The picture alone; an orientation is kept as the only field of a new EXIF. Raises Damaged."""
    kept, removed, end = [_SIGNATURE], list[Finding](), 8
    for name, body, end in _chunks(data):
        match name:
            case b"iCCP":
                kept.append(_profile(body, removed))
            case b"eXIf":
                turned = orientation_of(body)
                told = tuple(exif_findings(body))
                removed.extend(told)
                if turned != 1:
                    kept.append(_written(b"eXIf", only_orientation(turned)))
            case _ if name in _PICTURE:
                kept.append(data[end - len(body) - 12 : end])
            case _:
                removed.extend(_told(name, body))
    if end < len(data):
        removed.append(found(FindingKind.HIDDEN, "PNG", f"{len(data) - end} B"))
    if not removed:
        return Stripped(data=data, removed=(), remains=())
    return Stripped(data=b"".join(kept), removed=each_once(removed), remains=())


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, content and end of every chunk to the last."""
    if not data.startswith(_SIGNATURE):
        raise Damaged
    at = 8
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            raise Damaged
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise Damaged
        yield name, data[at + 8 : end - 4], end
        at = end
        if name == b"IEND":
            return
    raise Damaged


def _written(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _inflated(data: bytes) -> bytes:
    """At most :data:`_LONGEST_TEXT` bytes. Raises Damaged."""
    try:
        return zlib.decompressobj().decompress(data, _LONGEST_TEXT)
    except zlib.error as error:
        raise Damaged from error


def _profile(body: bytes, removed: list[Finding]) -> bytes:
    name, _, rest = body.partition(b"\x00")
    try:
        clean, told = without_names(_inflated(rest[1:]))
    except Damaged:
        removed.append(found(FindingKind.HIDDEN, "ICC", f"{len(body)} B"))
        return b""
    removed.extend(told)
    if name != b"ICC":
        removed.append(found(FindingKind.SOFTWARE, "ICC", name.decode("latin-1")))
    return _written(b"iCCP", b"ICC\x00\x00" + zlib.compress(clean, 9))


def _told(name: bytes, body: bytes) -> Iterator[Finding]:
    where = name.decode("ascii", "replace")
    match name:
        case b"tEXt" | b"zTXt" | b"iTXt":
            yield from _text(where, body)
        case b"tIME" if len(body) == 7:
            year, *rest = struct.unpack(">H5B", body)
            yield found(FindingKind.TIME, where, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest))
        case _:
            yield found(FindingKind.HIDDEN, where, f"{len(body)} B")


def _text(where: str, body: bytes) -> Iterator[Finding]:
    raw, _, rest = body.partition(b"\x00")
    keyword = raw.decode("latin-1")
    try:
        match where:
            case "zTXt":
                text = _inflated(rest[1:])
            case "iTXt":
                packed, words = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)
                text = _inflated(words[-1]) if packed else words[-1]
            case _:
                text = rest
    except Damaged:
        text = b""
    if keyword.startswith("XML:com.adobe.xmp"):
        yield from xmp_findings(text)
        return
    kind = _KEYWORDS.get(keyword.lower(), FindingKind.COMMENT)
    yield found(kind, where, f"{keyword}: {text[:2000].decode('utf-8', 'replace')}")
