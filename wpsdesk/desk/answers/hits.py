"""What a search finds: places where all the words stand, of some kind, with the words marked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from wpsdesk.base.folding import WORD, fold, words_of
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.report.model import EntryKey

MOST: Final = 20
"""Hits of one kind that are told; who gets more writes one word more."""

BEFORE, AFTER = 60, 140
"""Characters of a text that are shown round the first word found."""


class Where(StrEnum):
    """The kinds of hits, in the order in which they are told."""

    UNIT = "unit"
    ANSWER = "answer"
    NOTE = "note"
    MEETING = "meeting"
    THIS_YEAR = "this-year"
    COMMITMENT = "commitment"
    EVIDENCE = "evidence"
    EARLIER = "earlier"
    FROM_UD = "from-ud"
    SENT = "sent"
    NOT_IN_FORCE = "not-in-force"
    JOURNAL = "journal"


class Stretch(NamedTuple):
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where all the words stand. ``text`` is the whole text there, ``extract`` the part to show."""

    where: Where
    year: Year | None
    key: EntryKey | None
    field: str  # of the entry, or FOLLOW_UP; how a report stands that is not in force; "" where it is none of these
    title: str  # of a file; "" elsewhere
    extract: tuple[Stretch, ...]
    text: str
    unit: UnitCode | None = None  # whose answer it is, or of whom it tells, on UD's desk
    number: int = 0  # of the meeting, of the journal's line, or of the unit's report that is not in force


def marked(text: str, words: str) -> tuple[Stretch, ...]:
    """The whole text, with the words that were looked for marked."""
    return stretches(text, words_of(words))


def is_meant(word: str, wanted: tuple[str, ...]) -> bool:
    """Whether a word of a text begins as one that is looked for."""
    folded = fold(word)
    return any(folded.startswith(each) for each in wanted)


def holds(text: str, wanted: tuple[str, ...], *, any_of: bool = False) -> bool:
    """Whether all the words stand in a text; with ``any_of`` whether any does."""
    there = {fold(word) for word in WORD.findall(text)}
    met = (any(word.startswith(each) for word in there) for each in wanted)
    return any(met) if any_of else all(met)


def extract(text: str, wanted: tuple[str, ...]) -> tuple[Stretch, ...]:
    """A line of the text round the first word found."""
    first = next((m.start() for m in WORD.finditer(text) if is_meant(m.group(), wanted)), 0)
    start = max(0, first - BEFORE)
    start = 0 if start == 0 else text.find(" ", start, first) + 1 or start
    end = min(len(text), first + AFTER)
    shown = " ".join(text[start:end].split())
    return stretches(("… " if start else "") + shown + (" …" if end < len(text) else ""), wanted)


def stretches(text: str, wanted: tuple[str, ...]) -> tuple[Stretch, ...]:
    """The text in stretches, those marked that were looked for."""
    found: list[Stretch] = []
    at = 0
    for match in WORD.finditer(text):
        if is_meant(match.group(), wanted):
            found += [Stretch(text[at : match.start()], False)] if match.start() > at else []
            found.append(Stretch(match.group(), True))
            at = match.end()
    return (*found, Stretch(text[at:], False)) if at < len(text) else tuple(found)
