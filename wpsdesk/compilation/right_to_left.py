"""Names in Arabic script in a text that runs from left to right: where they stand, and in which order one sees them.

Each passage is set apart from what stands around it, as HTML's ``bdi`` does, so that a year or a comma after a name
stays after it. Inside a passage letters run from right to left and figures from left to right (UAX #9, L2 and L4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
"""The scripts that run from right to left, in the plane that our fonts have."""
_BETWEEN: Final = r"[\s\d./()\[\]«»\"'’\-–\u200c\u200d]"
PASSAGE: Final = re.compile(f"[{_LETTERS}](?:{_BETWEEN}*[{_LETTERS}])*")
_FIGURES: Final = re.compile(r"[\d\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/٫٬][\d\u0660-\u0669\u06f0-\u06f9]+)*")
_MIRRORED: Final = str.maketrans("()[]«»", ")(][»«")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in parts, each with whether it runs from right to left; together they are the text."""
    end = 0
    for found in PASSAGE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found.group(), True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def has_passage(text: str) -> bool:
    """Whether anything in ``text`` runs from right to left."""
    return not text.isascii() and PASSAGE.search(text) is not None


def seen(letters: str) -> list[int]:
    """The places of a passage's letters in the order in which they are seen, from the left."""
    order: list[int] = []
    end = len(letters)
    for figures in reversed(list(_FIGURES.finditer(letters))):
        order += range(end - 1, figures.end() - 1, -1)
        order += range(figures.start(), figures.end())
        end = figures.start()
    return [*order, *range(end - 1, -1, -1)]


def mirrored(character: str) -> str:
    """A bracket as it looks to whoever reads from right to left."""
    return character.translate(_MIRRORED)
