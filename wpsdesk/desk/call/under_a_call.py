"""A call under UD's: what a ministry may ask of its agencies, and Norad of the organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.desk.agencies.agency_errors import AfterOwnDeadline, NobodyAsked, NotOurs, OutsideOwnCall
from wpsdesk.desk.errors import AskedTwice
from wpsdesk.plan.model import Plan, Unit, UnitKind
from wpsdesk.report.call import Asked, Call, lead_cells

_ASKS: Final = {UnitKind.MINISTRY: UnitKind.AGENCY, UnitKind.NORAD: UnitKind.CIVIL_SOCIETY}


def kind_asked_by(unit: Unit) -> UnitKind:
    """What the units are whom ``unit``, a ministry or Norad, asks in its turn."""
    return _ASKS[unit.kind]


def asked_under(
    plan: Plan, caller: Unit, above: Call, asked: Iterable[Asked], *, deadline: date, own: date
) -> tuple[Asked, ...]:
    """Whom ``caller``, who has time until ``own``, asks under UD's call ``above``, each with ``caller`` as its parent.

    1. Every one is an agency of the ministry (an organisation, for Norad), and of nobody else. 2. A ministry asks
    about what it has itself been asked about; Norad, whose part is the analysis across the plan, about anything.
    3. The deadline leaves time before ``own``. Raises NobodyAsked, AskedTwice, NotOurs, OutsideOwnCall,
    AfterOwnDeadline.
    """
    wanted, found, seen = kind_asked_by(caller), [], set[UnitCode]()
    for each in asked:
        unit = each.unit
        if unit.code in seen:
            raise AskedTwice(unit=unit.code)
        seen.add(unit.code)
        if unit.kind is not wanted or unit.parent not in (None, caller.code):
            raise NotOurs(unit=unit.code, caller=caller.code, kind=wanted)
        found.append(replace(each, unit=replace(unit, parent=caller.code)))
    if not found:
        raise NobodyAsked(kind=wanted)
    _require_own(plan, caller, above, tuple(found))
    if deadline >= own:
        raise AfterOwnDeadline(deadline=deadline, own=own)
    return tuple(found)


def _require_own(plan: Plan, caller: Unit, above: Call, found: tuple[Asked, ...]) -> None:
    own = cells_under(plan, caller, above)
    for each in found:
        outside = tuple(number for number in each.commitments if number not in own)
        if outside:
            raise OutsideOwnCall(unit=each.unit.code, commitments=outside)


def cells_under(plan: Plan, caller: Unit, above: Call) -> tuple[CommitmentNumber, ...]:
    """The commitments that ``caller`` may ask its own about."""
    if caller.kind is UnitKind.NORAD:
        return tuple(c.number for c in plan.commitments)
    return (above.asked_of(caller.code) or Asked(unit=caller, commitments=lead_cells(plan, caller))).commitments
