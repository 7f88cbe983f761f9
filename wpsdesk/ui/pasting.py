"""Text from elsewhere made plain: what a word processor puts between the words is taken out, what it says is not."""

from __future__ import annotations

import re
from typing import Final

from wpsdesk.base.ids import nfc

_UNSEEN: Final = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]")
"""Soft hyphens, marks of no width, forced direction, and the places of pictures."""

_QUOTES: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "\u2011": "-", "\u2028": "\n"}
    | {"\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\r": "\n", "\t": " "}
)
_WIDE_SPACE: Final = re.compile("(?<![0-9])[\u00a0\u202f]|[\u00a0\u202f](?![0-9])|[\u2000-\u200a\u3000]")
"""A space that does not break is kept only within a number."""

_BULLET: Final = re.compile("^[ \t]*(?:[•▪●◦○‣⁃∙■□►➢✓\uf000-\uf0ff]|·(?=[ \t])|[o§*–—-](?=\t))[ \t]*", re.MULTILINE)
"""A list's mark; a letter or a paragraph sign is one only where a tabulator follows."""

_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_TRAILING: Final = re.compile(r"[ ]+$", re.MULTILINE)
_RUNS: Final = re.compile(r"(?<=\S)[ ]{2,}")
_GAPS: Final = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The words of ``text`` with straight quotes, lists marked by a dash, and nothing that cannot be seen.

    Norwegian quotation marks and the dash stay; so does a paragraph's empty line, but only one.
    """
    found = _BULLET.sub("– ", nfc(_UNSEEN.sub("", text.replace("\r\n", "\n"))))
    found = _WIDE_SPACE.sub(" ", _PRIVATE.sub("", found.translate(_QUOTES)))
    return _GAPS.sub("\n\n", _TRAILING.sub("", _RUNS.sub(" ", found)))
