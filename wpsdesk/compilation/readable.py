"""Text from outside as a file that others open may hold it; the PDF has the same rule in its own runs of fonts."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN: Final = re.compile(r"[\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026]*")
_JOINERS: Final = "\u200c\u200d"  # change the shape of letters, and nothing else
_LEFT_OUT: Final = frozenset(("Cc", "Cf", "Cs"))
_NO_MEANING: Final = frozenset(("Co", "Cn"))


def readable(text: str) -> str:
    """``text`` without control and format characters (bidirectional overrides among them).

    A character that means nothing outside one font becomes U+FFFD; what is left stands in any XML and any JSON.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _PLAIN.fullmatch(text):
        return text
    return "".join(kept for character in text if (kept := _kept(character)))


def _kept(character: str) -> str:
    if character == "\n" or character in _JOINERS:
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in _LEFT_OUT:
        return ""
    return "\ufffd" if category in _NO_MEANING else character
