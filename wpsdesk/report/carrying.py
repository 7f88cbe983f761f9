"""From last year into this: what may be copied field by field, and what it becomes on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wpsdesk.base.ids import Year
from wpsdesk.report.model import (
    COPYABLE,
    NARRATIVE,
    Entry,
    EntryKey,
    Indicator,
    Measure,
    MeasureStatus,
    Passage,
)
from wpsdesk.report.passages import MAX_PASSAGE

_LISTS: Final = ("result_kinds", "challenge_kinds", "measures", "questions", "indicators", "partners", "money")


def copied(name: str, last: Entry, last_year: Year) -> object:
    """What a field of last year's answer is as a copy in this year's: a figure becomes the baseline of a new one."""
    if name == "measures":
        return carried_measures(last)
    if name == "indicators":
        return tuple(_baseline(indicator, last_year) for indicator in last.indicators)
    found: object = getattr(last, name)
    return found


def carried_measures(last: Entry) -> tuple[Measure, ...]:
    """The measures that go on into the next year: those not done or stopped, without last year's result."""
    ended = (MeasureStatus.DONE, MeasureStatus.STOPPED)
    return tuple(replace(measure, result="") for measure in last.measures if measure.status not in ended)


def _baseline(indicator: Indicator, last_year: Year) -> Indicator:
    fresh = replace(indicator, value=None, women=None, men=None, other=None, unknown=None, measured_on=None)
    if indicator.value is None:
        return fresh
    return replace(fresh, baseline=indicator.value, baseline_year=int(last_year))


def put_together(key: EntryKey, entries: Sequence[Entry]) -> Entry:
    """Answers to commitments that are one now, as one answer: texts one below the other, lists one after the other.

    What can only be one thing is the first one's. Raises ValueError where there is none.
    """
    first, *others = entries
    found = replace(first, key=key)
    for other in others:
        texts = {name: _below(found.passage(name), other.passage(name)) for name in NARRATIVE}
        lists = {name: tuple(dict.fromkeys((*getattr(found, name), *getattr(other, name)))) for name in _LISTS}
        found = replace(found, **texts, **lists, unchanged_since=())  # type: ignore[arg-type]
    return found


def _below(one: Passage, other: Passage) -> Passage:
    if not one.text.strip() or not other.text.strip() or one.text == other.text:
        return one if one.text.strip() else other
    return replace(one, text=f"{one.text}\n\n{other.text}"[:MAX_PASSAGE])


def unchanged_fields(now: Entry, last: Entry | None, last_year: Year) -> tuple[tuple[str, Year], ...]:
    """The fields that still say what they said last year, each with the year in which that was first written."""
    if last is None:
        return ()
    nothing = Entry(key=now.key)
    since = dict(last.unchanged_since)
    return tuple(
        (name, since.get(name, last_year))
        for name in COPYABLE
        if getattr(now, name) == getattr(last, name) and not _says_nothing(name, now, nothing)
    )


def _says_nothing(name: str, entry: Entry, nothing: Entry) -> bool:
    found = getattr(entry, name)
    return found == getattr(nothing, name) or getattr(found, "text", "x") == ""
