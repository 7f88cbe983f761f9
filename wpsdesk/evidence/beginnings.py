"""The text that a file begins with: of plain text, and of Word, Excel, PowerPoint and OpenDocument files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.markup import local, parse
from wpsdesk.evidence.model import Damaged

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST: Final = 4000
"""Characters of a beginning."""

_LARGEST_PART: Final = 8 << 20  # bytes, unpacked
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."

# Heads first: that is where a marking stands.
_PARTS: Final[dict[str, tuple[str, ...]]] = {
    f"{_OFFICE}wordprocessingml.document": (r"word/header\d*\.xml", r"word/document\.xml", r"word/footer\d*\.xml"),
    f"{_OFFICE}spreadsheetml.sheet": (r"xl/sharedStrings\.xml", r"xl/worksheets/sheet1\.xml"),
    f"{_OFFICE}presentationml.presentation": (r"ppt/slides/slide1\.xml", r"ppt/slideMasters/slideMaster1\.xml"),
}
_MOST_PARTS: Final = 8
_NEW_LINE: Final = frozenset(("p", "h", "br", "tr", "row", "si", "line-break", "table-row"))
_TAB: Final = frozenset(("tab", "tc", "c", "table-cell"))


def beginning(data: bytes, media_type: str) -> str:
    """The first characters of the text in a file; "" where there is none, or none that can be read here."""
    if media_type.startswith(("text/", "application/xml")):
        return data[: 4 * LONGEST].decode("utf-8", "replace").lstrip("\ufeff")[:LONGEST]
    patterns = _PARTS.get(media_type)
    if media_type.startswith(_OPEN):
        patterns = (r"styles\.xml", r"content\.xml")
    if patterns is None:
        return ""
    try:
        return _of_package(data, patterns)
    except (Damaged, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, LookupError):
        return ""


def _of_package(data: bytes, patterns: tuple[str, ...]) -> str:
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()[:10_000]
        for pattern in patterns:
            named = [entry for entry in entries if re.fullmatch(pattern, entry.filename)]
            for entry in named[:_MOST_PARTS]:
                with package.open(entry) as stream:
                    part = stream.read(_LARGEST_PART + 1)
                if len(part) > _LARGEST_PART:
                    continue
                if text := _text(parse(part))[:LONGEST]:
                    found.append(text)
    return "\n".join(found)[: 2 * LONGEST]


def _text(root: Element) -> str:
    """The words, each paragraph and row on a line of its own; of a style sheet only heads and feet have any."""
    pieces: list[str] = []
    size = 0
    for element in root.iter():
        name = local(element.tag)
        if name in _NEW_LINE:
            pieces.append("\n")
        elif name in _TAB:
            pieces.append("\t")
        if element.text and name in ("t", "span", "p", "h", "a"):
            pieces.append(element.text)
        if element.tail and element.tail.strip():
            pieces.append(element.tail)
        size += len(pieces[-1]) if pieces else 0
        if size > 4 * LONGEST:
            break
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)
