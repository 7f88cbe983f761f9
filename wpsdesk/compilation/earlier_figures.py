"""Beside a figure, those of the years before; and where it may have moved only because the day did, that is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.restriction import Answer
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.years import changed, key_of, moved_day
from wpsdesk.report.model import Indicator

_MOST: Final = 4  # years


def earlier_notes(setting: Setting, answer: Answer, indicator: Indicator, unit: UnitCode | None) -> Iterator[str]:
    """A line for each earlier year that has the same indicator of the unit, the latest first; then a warning."""
    if unit is None:
        return
    say, key = setting.say, key_of(unit, answer.commitment, answer.country, indicator.name)
    found = [(each.year, each.measured[key]) for each in setting.years.figures if key in each.measured]
    for year, earlier in reversed(found[-_MOST:]):
        if earlier.value is None:
            continue
        day = say("not dated") if earlier.measured_on is None else say.date(earlier.measured_on, short=True)
        yield say("In the report for {year}: {value} ({day})", year=str(year), value=say.number(earlier.value), day=day)
    if not found:
        return
    year, last = found[-1]
    if changed(last.value, indicator.value) and moved_day(last.measured_on, indicator.measured_on):
        yield say(
            "Counted at another time of the year than for {year}: the day alone may have moved the figure.",
            year=str(year),
        )  # fmt: skip
