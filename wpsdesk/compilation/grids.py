"""Coverage as rows and columns of states, with sums: by unit, by country, and several years side by side. Pure.

The command line, the printed page and the exported sheet show the same :class:`Grid`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.figures import UNANSWERED, CellState, Coverage, CoverageRow, gravest
from wpsdesk.compilation.terms import country_name
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode, Plan, Unit, UnitKind
from wpsdesk.report.call import Call
from wpsdesk.report.checks import asked_keys
from wpsdesk.report.model import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row: its name, a state for each column, and in words what is worth a look."""

    name: str
    states: tuple[CellState, ...]
    remark: str = ""
    starts_group: bool = False

    @property
    def sums(self) -> tuple[int, int]:
        """How many have been answered, of how many that were asked or answered."""
        return sums(self.states)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """States by row and column. ``spans`` are names over runs of columns, each with how many it covers."""

    corner: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    spans: tuple[tuple[str, int], ...] = ()

    def column_sums(self) -> tuple[tuple[int, int], ...]:
        """As :attr:`GridRow.sums`, for every column."""
        return tuple(sums(row.states[place] for row in self.rows) for place in range(len(self.heads)))

    def counts(self) -> Mapping[CellState, int]:
        """How many cells are in each state that occurs, NOT_ASKED left out."""
        found = Counter(state for row in self.rows for state in row.states)
        return {state: found[state] for state in CellState if state is not CellState.NOT_ASKED and found[state]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is let through; what is left as it is lets everything through."""

    kinds: frozenset[UnitKind] = frozenset(UnitKind)
    area: str | None = None
    states: frozenset[CellState] = frozenset(CellState)
    only_never: bool = False  # of years side by side, only what no year has brought

    @property
    def is_open(self) -> bool:
        """Whether the states let everything through."""
        return self.states == frozenset(CellState)


EVERYTHING: Final = Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfYear:
    """What is known of one year: who has answered what, and with which status."""

    year: Year
    coverage: Coverage
    statuses: Mapping[tuple[UnitCode, CommitmentNumber], frozenset[Status]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """In which words a grid is made."""

    plan: Plan
    say: Catalogue  # of the domain "document"
    language: LanguageCode  # in which names are picked that are kept in our own three only


def sums(states: Iterable[CellState]) -> tuple[int, int]:
    """How many of the states are answers, of how many that were asked for or have come."""
    asked = [state for state in states if state is not CellState.NOT_ASKED]
    return sum(state not in UNANSWERED for state in asked), len(asked)


def by_unit(speaking: Speaking, found: Coverage, let: Filter) -> Grid:
    """Units by commitments."""
    numbers, spans = _columns(speaking, let)
    rows: list[GridRow] = []
    before: bool | None = None
    for unit in found.units:
        if unit.kind not in let.kinds:
            continue
        is_abroad = unit.kind in (UnitKind.MISSION, UnitKind.DELEGATION)
        starts = before is not None and before is not is_abroad
        states = tuple(found.cell(unit.code, number) for number in numbers)
        rows.append(GridRow(name=unit_label(unit, speaking.language), states=states, starts_group=starts))
        before = is_abroad
    return _let(Grid(corner=speaking.say("Unit"), heads=_heads(numbers), rows=tuple(rows), spans=spans), let)


def country_states(
    call: Call, rows: Iterable[CoverageRow], late: frozenset[UnitCode]
) -> Mapping[tuple[CountryCode | None, CommitmentNumber], Mapping[UnitCode, CellState]]:
    """For each country (None: not for one country) and commitment what each unit concerned has answered."""
    found: dict[tuple[CountryCode | None, CommitmentNumber], dict[UnitCode, CellState]] = {}
    come = list(rows)
    whole = {(row.unit, row.commitment) for row in come if row.country is None}
    for asked in call.asked:
        missing = CellState.LATE if asked.unit.code in late else CellState.MISSING
        for key in asked_keys(asked):
            if key.country is None or (asked.unit.code, key.commitment) not in whole:
                found.setdefault((key.country, key.commitment), {})[asked.unit.code] = missing
    for row in come:
        found.setdefault((row.country, row.commitment), {})[row.unit] = row.state
    return found


def of_country(
    found: Coverage,
    states: Mapping[tuple[CountryCode | None, CommitmentNumber], Mapping[UnitCode, CellState]],
    country: CountryCode | None,
) -> Coverage:
    """The coverage of one country: the units that it concerns, and only their answers about it."""
    cells = {(unit, key[1]): state for key, held in states.items() if key[0] == country for unit, state in held.items()}
    concerned = {unit for unit, _ in cells}
    return replace(found, units=tuple(unit for unit in found.units if unit.code in concerned), cells=cells)


def by_country(
    speaking: Speaking, call: Call, rows: Iterable[CoverageRow], late: frozenset[UnitCode], let: Filter
) -> Grid:
    """Countries by commitments; of several units' answers the state that asks most of somebody is shown."""
    numbers, spans = _columns(speaking, let)
    kinds = {asked.unit.code: asked.unit.kind for asked in call.asked}
    concerned = {code for code, kind in kinds.items() if kind in let.kinds}
    cells = {
        key: gravest(state for unit, state in states.items() if unit in concerned or unit not in kinds)
        for key, states in country_states(call, rows, late).items()
    }
    focus = [country.code for country in call.focus_countries]
    others = sorted({code for code, _ in cells if code is not None and code not in focus})
    made: list[GridRow] = []
    for code in (*focus, *others, None):
        states = tuple(cells.get((code, number), CellState.NOT_ASKED) for number in numbers)
        name = (
            speaking.say("Not for one country")
            if code is None
            else country_name(speaking.plan, call, speaking.say, speaking.language, code)
        )
        made.append(GridRow(name=name, states=states, starts_group=code is None))
    return _let(Grid(corner=speaking.say("Country"), heads=_heads(numbers), rows=tuple(made), spans=spans), let)


def by_years(speaking: Speaking, years: tuple[OfYear, ...], let: Filter) -> Grid:
    """Years side by side, a row for each unit and commitment; the remark names what never came or never moved."""
    say, numbers = speaking.say, _columns(speaking, let)[0]
    units: dict[UnitCode, Unit] = {}
    for each in reversed(years):
        units.update({unit.code: unit for unit in each.coverage.units})
    rows: list[GridRow] = []
    for unit in units.values():
        first = True
        for number in numbers:
            states = tuple(each.coverage.cell(unit.code, number) for each in years)
            if unit.kind not in let.kinds or all(state is CellState.NOT_ASKED for state in states):
                continue
            never = never_reported(states)
            if let.only_never and not never:
                continue
            remark = say("never reported") if never else ""
            if not remark and never_moved(years, unit.code, number):
                remark = say("same status every year")
            name = f"{unit_label(unit, speaking.language)} {number}"
            rows.append(GridRow(name=name, states=states, remark=remark, starts_group=first and bool(rows)))
            first = False
    heads = tuple(str(each.year) for each in years)
    return _let(Grid(corner=say("Unit and commitment"), heads=heads, rows=tuple(rows)), let)


def never_reported(states: tuple[CellState, ...]) -> bool:
    """Whether it was asked for, and no year has brought an answer."""
    return all(state in UNANSWERED for state in states) and any(state is not CellState.NOT_ASKED for state in states)


def never_moved(years: tuple[OfYear, ...], unit: UnitCode, number: CommitmentNumber) -> bool:
    """Whether at least two years were answered, and every one with the same status."""
    found = [each.statuses[unit, number] for each in years if each.statuses.get((unit, number))]
    return len(found) > 1 and len(set(found)) == 1


def unit_label(unit: Unit, language: LanguageCode) -> str:
    """A ministry is known by its letters; the others by name."""
    if unit.kind is UnitKind.MINISTRY:
        return unit.code
    return "Norad" if unit.kind is UnitKind.NORAD else unit.names[language]


def _columns(speaking: Speaking, let: Filter) -> tuple[list[CommitmentNumber], tuple[tuple[str, int], ...]]:
    numbers: list[CommitmentNumber] = []
    spans: list[tuple[str, int]] = []
    for area in speaking.plan.areas:
        if let.area in (None, area.id):
            inside = [commitment.number for commitment in speaking.plan.in_area(area)]
            numbers += inside
            spans.append((area.names[speaking.language], len(inside)))
    return numbers, tuple(spans)


def _heads(numbers: Iterable[CommitmentNumber]) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)


def _let(grid: Grid, let: Filter) -> Grid:
    """Blank the cells whose state is not let through, and leave out the rows of which nothing is left."""
    if let.is_open:
        return grid
    kept = (
        replace(row, states=tuple(s if s in let.states else CellState.NOT_ASKED for s in row.states))
        for row in grid.rows
    )
    return replace(grid, rows=tuple(row for row in kept if any(s is not CellState.NOT_ASKED for s in row.states)))
