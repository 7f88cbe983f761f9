"""Who was asked to report to this unit, and has or has not: the list that goes to UD with the unit's own report."""

from __future__ import annotations

from collections import Counter
from typing import Final

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.agencies.beginning import has_begun
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.call.calling_errors import NotAsked
from wpsdesk.desk.errors import NoCallFor
from wpsdesk.desk.model import Desk, gathering
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.contributions import Contributor
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import coverage_rows, latest

_KIND: Final = "named-in-public"
_YES, _NO = b"1", b"0"


def contributors(desk: Desk, year: Year) -> tuple[Contributor, ...]:
    """Everybody whom this unit has asked for the year, in the call's order; nobody where it has asked nobody.

    An agency is a public body, and named; an organisation is named where somebody has said that it may be.
    """
    if desk.is_authority or not (desk.is_gathering or has_begun(desk)):
        return ()
    side = gathering(desk)
    call = current_call(side, year)
    if call is None:
        return ()
    with side.store.read() as tx:
        tops = {each.unit: each for each in latest(tx, year)}
        answers = Counter(row.unit for row in coverage_rows(tx, year))
        said = {each.unit.code: document(tx, _KIND, each.unit.code) for each in call.asked}
    found = []
    for unit in (each.unit for each in call.asked):
        top, choice = tops.get(unit.code), said[unit.code]
        may_be_named = unit.kind is not UnitKind.CIVIL_SOCIETY if choice is None else choice == _YES
        found.append(
            Contributor(
                unit=unit,
                may_be_named=may_be_named,
                answers=0 if top is None else answers[unit.code],
                bundle=None if top is None else top.id,
                digest=None if top is None else top.digest,
                received=None if top is None else top.received_at,
            )
        )
    return tuple(found)


def name_in_public(desk: Desk, unit: UnitCode, year: Year, *, may_be_named: bool) -> None:
    """Say whether a unit that reports here may be named in the published report.

    Raises OnlyTheAuthority, NoCallFor, NotAsked.
    """
    side = gathering(desk)
    call = current_call(side, year)
    if call is None:
        raise NoCallFor(year=year)
    if call.asked_of(unit) is None:
        raise NotAsked(unit=unit, year=year)
    with side.store.write() as tx:
        put_document(tx, _KIND, unit, _YES if may_be_named else _NO)
        note(tx, "named" if may_be_named else "unnamed", who=side.unit.code, now=side.clock(), about=unit)
