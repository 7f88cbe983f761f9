"""The report's figures: who has answered what, and how far the work has come. Pure.

The window and the command line show the same :class:`Coverage` as the report does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.plan.model import Names, Plan, Unit, UnitKind
from wpsdesk.report.call import Call


class CellState(StrEnum):
    """What is known of one unit's answer on one commitment."""

    NOT_ASKED = "not-asked"
    MISSING = "missing"
    RECEIVED = "received"
    NOTHING = "nothing-to-report"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LATE = "late"  # missing, and the deadline has passed


SIGNS: Final[Mapping[CellState, str]] = MappingProxyType(
    {
        CellState.ACCEPTED: "✓",
        CellState.RECEIVED: "●",
        CellState.RETURNED: "!",
        CellState.NOTHING: "–",
        CellState.MISSING: "☐",
        CellState.LATE: "◷",
        CellState.NOT_ASKED: "",
    }
)
"""The sign of every state, the same in the report, the window and the command line; the word stands in the legend."""

_PRECEDENCE: Final = (
    CellState.RETURNED,  # what someone must act on stands before what is settled
    CellState.RECEIVED,
    CellState.ACCEPTED,
    CellState.NOTHING,
    CellState.LATE,
    CellState.MISSING,
)

_RANK: Final = {state: rank for rank, state in enumerate(_PRECEDENCE)}

UNANSWERED: Final = frozenset({CellState.NOT_ASKED, CellState.MISSING, CellState.LATE})
"""The states of a cell of which nothing has come."""

_KINDS: Final = (
    UnitKind.MINISTRY,
    UnitKind.NORAD,
    UnitKind.AGENCY,
    UnitKind.DELEGATION,
    UnitKind.MISSION,
    UnitKind.CIVIL_SOCIETY,
)


class CoverageRow(NamedTuple):
    """The state of one answer; a unit may have several countries under one commitment."""

    unit: UnitCode
    commitment: CommitmentNumber
    country: CountryCode | None
    state: CellState


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Units by commitments; a cell that is not in ``cells`` is NOT_ASKED."""

    units: tuple[Unit, ...]
    commitments: tuple[CommitmentNumber, ...]
    cells: Mapping[tuple[UnitCode, CommitmentNumber], CellState]

    def cell(self, unit: UnitCode, number: CommitmentNumber) -> CellState:
        """What is known of the unit's answer on the commitment."""
        return self.cells.get((unit, number), CellState.NOT_ASKED)

    def counts(self) -> Mapping[CellState, int]:
        """How many cells are in each state; NOT_ASKED is left out."""
        found = Counter(self.cells.values())
        return {state: found[state] for state in _PRECEDENCE}

    @property
    def reporting(self) -> tuple[Unit, ...]:
        """The units of which at least one answer has come."""
        heard = {unit for (unit, _), state in self.cells.items() if state not in UNANSWERED}
        return tuple(unit for unit in self.units if unit.code in heard)

    @property
    def silent(self) -> tuple[Unit, ...]:
        """The units of which nothing has come."""
        heard = {unit.code for unit in self.reporting}
        return tuple(unit for unit in self.units if unit.code not in heard)


def coverage(plan: Plan, call: Call, rows: Iterable[CoverageRow]) -> Coverage:
    """Who has answered what. A unit that answered unasked stands among the others.

    Of several answers in one cell (several countries) the state that asks most of somebody is shown.
    """
    cells = {
        (asked.unit.code, number): CellState.MISSING
        for asked in call.asked
        for number in asked.commitments
        if 1 <= number <= len(plan.commitments)
    }
    for row in rows:
        if row.state is CellState.NOT_ASKED or not 1 <= row.commitment <= len(plan.commitments):
            continue
        key = (row.unit, row.commitment)
        if _RANK[row.state] < _RANK[cells.get(key, CellState.MISSING)]:
            cells[key] = row.state
        else:
            cells.setdefault(key, CellState.MISSING)
    return Coverage(
        units=_units(plan, call, {unit for unit, _ in cells}),
        commitments=tuple(commitment.number for commitment in plan.commitments),
        cells=MappingProxyType(cells),
    )


def with_late(found: Coverage, late: Collection[UnitCode]) -> Coverage:
    """The same, where what is missing from these units is late."""
    if not late:
        return found
    cells = {
        (unit, number): CellState.LATE if state is CellState.MISSING and unit in late else state
        for (unit, number), state in found.cells.items()
    }
    return replace(found, cells=MappingProxyType(cells))


def gravest(states: Iterable[CellState]) -> CellState:
    """Of several states the one that asks most of somebody; NOT_ASKED of none."""
    return min(states, key=_PRECEDENCE.index, default=CellState.NOT_ASKED)


def _units(plan: Plan, call: Call, answering: set[UnitCode]) -> tuple[Unit, ...]:
    """Everyone asked, then everyone who answered unasked; by kind, within a kind in the call's order."""
    units = {asked.unit.code: asked.unit for asked in call.asked}
    known = {unit.code: unit for unit in plan.units}
    for code in sorted(answering - units.keys()):
        units[code] = known.get(code) or _unknown(code)
    return tuple(sorted(units.values(), key=lambda unit: _KINDS.index(unit.kind)))


def _unknown(code: UnitCode) -> Unit:
    return Unit(code=code, kind=UnitKind.AGENCY, names=Names(nb=code, nn=code, en=code))
