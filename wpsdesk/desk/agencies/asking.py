"""Naming an agency of a ministry, or an organisation that reports to Norad, to ask it."""

from __future__ import annotations

from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.desk.agencies.agency_errors import OutsideOwnCall
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.call.under_a_call import cells_under, kind_asked_by
from wpsdesk.desk.errors import OnlyTheAuthority
from wpsdesk.desk.model import Desk, reporting
from wpsdesk.desk.opening import named_unit
from wpsdesk.report.call import Asked


def own_commitments(desk: Desk, year: Year) -> tuple[CommitmentNumber, ...]:
    """What a gathering unit may ask its own about. Raises OnlyTheAuthority on UD's desk, NoCall, NoCallFor."""
    if not desk.is_gathering:
        raise OnlyTheAuthority
    return cells_under(desk.plan, desk.unit, require_call(reporting(desk), year))


def described(desk: Desk, year: Year, code: str, name: str, numbers: tuple[int, ...] = ()) -> Asked:
    """An agency or an organisation as this gathering side asks it; without ``numbers`` about all that it may.

    Raises OnlyTheAuthority on UD's desk, UnknownUnit for a malformed code, OutsideOwnCall, NoCall, NoCallFor.
    """
    allowed = own_commitments(desk, year)
    unit = named_unit(code, kind_asked_by(desk.unit), name, (), desk.plan)
    outside = tuple(CommitmentNumber(number) for number in numbers if number not in allowed)
    if outside:
        raise OutsideOwnCall(unit=unit.code, commitments=outside)
    return Asked(unit=unit, commitments=tuple(sorted(CommitmentNumber(n) for n in set(numbers))) or allowed)
