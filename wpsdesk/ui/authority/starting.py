"""What a call begins with: UD's from the plan, a ministry's to its agencies from UD's call to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wpsdesk.base.ids import CommitmentNumber, UnitCode, Year
from wpsdesk.desk.agencies.asking import own_commitments
from wpsdesk.desk.call import calling
from wpsdesk.desk.call.listing_units import listed_countries
from wpsdesk.desk.call.under_a_call import kind_asked_by
from wpsdesk.desk.model import Desk, reporting
from wpsdesk.plan.model import FocusCountry, UnitKind
from wpsdesk.report.call import Asked, lead_cells

BEFORE_OWN: Final = timedelta(days=28)
"""How long before its own deadline a ministry asks its agencies to have sent; to be changed as one likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Whom a gathering unit asks: units of one kind, its own, about what it is itself asked about."""

    parent: UnitCode
    kind: UnitKind
    commitments: tuple[CommitmentNumber, ...]


def own_of(desk: Desk, year: Year) -> Own | None:
    """Whom this desk may ask; None for UD, which may ask anybody about anything."""
    if not desk.is_gathering:
        return None
    return Own(parent=desk.unit.code, kind=kind_asked_by(desk.unit), commitments=own_commitments(desk, year))


def years_asked(desk: Desk) -> tuple[int, ...]:
    """The years that a call can be about: the plan's; below UD those of UD's calls, the earliest first."""
    if desk.is_gathering and (years := calling.years(reporting(desk))):
        return tuple(sorted(years))
    return tuple(range(desk.plan.first_year, desk.plan.last_year + 1))


def usually_asked(desk: Desk) -> tuple[Asked, ...]:
    """Whom a first call asks: the units of the plan; below UD nobody yet."""
    if desk.is_gathering:
        return ()
    return tuple(Asked(unit=unit, commitments=lead_cells(desk.plan, unit)) for unit in desk.plan.units)


def usual_deadline(desk: Desk, year: Year) -> date:
    """A first proposal."""
    above = calling.current_call(reporting(desk), year) if desk.is_gathering else None
    return date(year + 1, 3, 1) if above is None else above.deadline - BEFORE_OWN


def usual_countries(desk: Desk) -> tuple[FocusCountry, ...]:
    """The focus countries of a first call; below UD those of UD's, which it takes by itself."""
    return () if desk.is_gathering else listed_countries(desk)
