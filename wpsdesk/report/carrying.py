"""From last year into this: what may be copied field by field, and what it becomes on the way."""

from __future__ import annotations

from dataclasses import replace

from wpsdesk.base.ids import Year
from wpsdesk.report.model import COPYABLE, Entry, Indicator, Measure, MeasureStatus


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
