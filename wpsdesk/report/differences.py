"""Word by word, what one text has that another has not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\S+\s*|\s+")

MOST_TOKENS: Final = 12_000
"""Of both texts together; above it the whole text is shown as taken out and put in."""


class Fate(StrEnum):
    """What has become of a piece."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Piece(NamedTuple):
    """A stretch of text and what has become of it."""

    kind: Fate
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order: those of ``before`` are SAME and OUT, those of ``after`` SAME and IN."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return tuple(Piece(kind, text) for kind, text in ((Fate.OUT, before), (Fate.IN, after)) if text)
    # Compared without the space that follows: a word before a full line's end is the same word.
    matcher = SequenceMatcher(None, [t.strip() or t for t in old], [t.strip() or t for t in new], autojunk=False)
    found: list[Piece] = []
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            _unchanged(old[a:b], new[c:d], found)
            continue
        found += [Piece(k, "".join(t)) for k, t in ((Fate.OUT, old[a:b]), (Fate.IN, new[c:d])) if t]
    return tuple(_joined(found))


def _unchanged(old: list[str], new: list[str], found: list[Piece]) -> None:
    """Words that are the same; where another space follows one, or a line ends there, that is told as changed."""
    for was, now in zip(old, new, strict=True):
        word = now.strip()
        if was == now or not word:
            found.append(Piece(Fate.SAME, now))
            continue
        spaces = ((Fate.OUT, was[len(word) :]), (Fate.IN, now[len(word) :]))
        found += [Piece(Fate.SAME, word), *(Piece(fate, text) for fate, text in spaces if text)]


def _joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind is piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
