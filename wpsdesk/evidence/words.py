"""The running text of an attached file, for the search: plain text and office documents; of others nothing."""

from __future__ import annotations

import re
from typing import Final

from wpsdesk.evidence.markup import parse, text_of
from wpsdesk.evidence.model import Damaged
from wpsdesk.evidence.packages import unpacked

LARGEST: Final = 32 << 20
"""Bytes of a file that is read for its words."""

_PLAIN: Final = frozenset(("text/plain", "text/csv"))
_PACKAGES: Final = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_PARTS: Final = re.compile(
    r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml"
    r"|content\.xml"
)
_PARAGRAPHS: Final = frozenset(("p", "h", "si"))


def has_words(media_type: str) -> bool:
    """Whether :func:`words_in` can read such a file."""
    return media_type in _PLAIN or media_type.startswith(_PACKAGES)


def words_in(data: bytes, media_type: str, *, at_most: int) -> str:
    """The first ``at_most`` characters of the text in a file; "" where there is none or it cannot be read."""
    if media_type in _PLAIN:
        return data.decode("utf-8", "replace")[:at_most]
    if not has_words(media_type):
        return ""
    try:
        parts, _ = unpacked(data)
        found: list[str] = []
        for name, part in parts.items():
            if _PARTS.fullmatch(name) and sum(map(len, found)) < at_most:
                found += _paragraphs(part)
    except Damaged:
        return ""
    return "\n".join(found)[:at_most]


def _paragraphs(part: bytes) -> list[str]:
    root = parse(part)
    texts = (text_of(e) for e in root.iter() if str(e.tag).rpartition("}")[2] in _PARAGRAPHS)
    return [text for text in texts if text.strip()]
