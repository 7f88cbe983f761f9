"""Letters as one looks for them: capitals, accents and the two ways of writing æ, ø and å make no difference."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"\w+")

# In Norwegian "på" is not "pa", but it is "paa"; Swedish, Danish and German names are written both ways too.
_PAIRS: Final = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "đ": "d", "ŋ": "n", "ł": "l"})


def fold(text: str) -> str:
    """``text`` as it is compared in a search: ``Åse``, ``aase`` and ``AASE`` are one; ``é`` is ``e``."""
    found = text.casefold()
    if found.isascii():
        return found
    found = unicodedata.normalize("NFC", found).translate(_PAIRS)
    if found.isascii():
        return found
    return "".join(c for c in unicodedata.normalize("NFKD", found) if not unicodedata.combining(c))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of what somebody has typed to look for; signs are no words."""
    return tuple(fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text)))
