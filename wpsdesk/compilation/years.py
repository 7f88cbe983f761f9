"""What a report says in figures, kept when the year is over: so that several years can stand side by side. Pure.

They are counted from what an edition may show, so that no earlier year tells what its own report did not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.aid_figures import Told
from wpsdesk.compilation.restriction import View
from wpsdesk.report.aid import AidStatistics
from wpsdesk.report.model import Indicator, Status

FAR: int = 14
"""Days between the days of the year that two figures were counted on, from which on they are told to be others."""


Key = tuple[UnitCode, CommitmentNumber, CountryCode | None, str]
"""Whose figure it is, and its name without regard to capitals and spaces."""


def key_of(unit: UnitCode, commitment: CommitmentNumber, country: CountryCode | None, name: str) -> Key:
    """What makes the figures of two years the same indicator."""
    return unit, commitment, country, " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """One year. ``statuses`` counts answers; those of which the edition shows no status stand under None."""

    year: Year
    statuses: Mapping[Status | None, int]
    measured: Mapping[Key, Indicator]  # of two of the same name the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """What stands beside a year's reports: the figures of the years before, aid statistics, and what joins them."""

    figures: tuple[YearFigures, ...] = ()  # the first one first
    aid: tuple[AidStatistics, ...] = ()
    joined: Told = field(default_factory=dict)  # UD's own word on which agreement belongs to which commitments


ALONE = Years()


def year_figures(
    year: Year, views: Iterable[View], stands: Callable[[CommitmentNumber], Iterable[CommitmentNumber]] = lambda n: (n,)
) -> YearFigures:
    """The figures of a year's views; ``stands`` tells where a commitment of that year's plan stands in the latest."""
    answers = [(view, answer) for view in views for answer in view.answers]
    measured: dict[Key, Indicator] = {}
    for view, answer in answers:
        for indicator in answer.indicators:
            for number in stands(answer.commitment):
                measured.setdefault(key_of(view.unit.code, number, answer.country, indicator.name), indicator)
    return YearFigures(
        year=year,
        statuses=Counter(answer.status for _, answer in answers),
        measured=measured,
    )


def moved_day(before: date | None, after: date | None) -> bool:
    """Whether two figures were counted so far apart in their years that the day alone may have moved them."""
    if before is None or after is None:
        return False
    there, here = (date(2000, day.month, day.day) for day in (before, after))  # a leap year knows every day
    apart = abs((here - there).days)
    return min(apart, 366 - apart) >= FAR


def changed(before: Decimal | None, after: Decimal | None) -> bool:
    """Whether both figures are known and differ."""
    return before is not None and after is not None and before != after
