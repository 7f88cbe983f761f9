"""Coverage as a table: units down, commitments across, one state a cell, and the words for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.compilation.figures import CellState, Coverage
from wpsdesk.compilation.grids import sums
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import LanguageCode, Plan, Unit, UnitKind
from wpsdesk.ui.signs import Sign

Index = QModelIndex | QPersistentModelIndex

STATE: Final = Qt.ItemDataRole.UserRole
"""The role under which a cell gives its :class:`CellState`."""

LEGEND: Final = (
    CellState.ACCEPTED, CellState.RECEIVED, CellState.RETURNED, CellState.NOTHING, CellState.MISSING,
    CellState.LATE,
)  # fmt: skip
"""The states that a legend explains, in its order; a cell that is not asked is blank."""

SIGNS: Final[Mapping[CellState, Sign | None]] = {
    CellState.ACCEPTED: Sign.TICK,
    CellState.RECEIVED: Sign.DISC,
    CellState.RETURNED: Sign.MARK,
    CellState.NOTHING: Sign.DASH,
    CellState.MISSING: None,  # an empty box
    CellState.LATE: Sign.CLOCK,
    CellState.NOT_ASKED: None,
}

TONES: Final[Mapping[CellState, str]] = {
    CellState.ACCEPTED: "success",
    CellState.RECEIVED: "info",
    CellState.RETURNED: "danger",
    CellState.NOTHING: "neutral",
    CellState.MISSING: "",
    CellState.LATE: "warning",
    CellState.NOT_ASKED: "",
}
"""The name of the colours of a state, in wpsdesk.ui.style; "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of columns under one caption: an area of the plan."""

    caption: str
    first: int  # column
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: a unit, or a country ("" for none in particular) with the answers that are about it."""

    code: str
    label: str
    name: str
    group: int  # a line is drawn where another group begins


def unit_name(unit: Unit, language: LanguageCode) -> str:
    """How a unit is called where there is little room: ministries by their code, Norad so, others by their name."""
    match unit.kind:
        case UnitKind.MINISTRY:
            return unit.code
        case UnitKind.NORAD:
            return "Norad"
        case _:
            return unit.names[language]


def state_word(state: CellState, say: Catalogue) -> str:
    """The state as it ends a sentence."""
    found = word(state, say)
    return found[:1].lower() + found[1:]


class CoverageTable(QAbstractTableModel):
    """What the matrix shows of a :class:`Coverage`: the units and commitments that the filters let through."""

    def __init__(self, plan: Plan, say: Catalogue, language: LanguageCode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._say = say
        self._language = language
        self._cells: Mapping[tuple[str, CommitmentNumber], CellState] = {}
        self.units: tuple[Line, ...] = ()
        self.numbers: tuple[CommitmentNumber, ...] = ()
        self.spans: tuple[Span, ...] = ()

    def show_coverage(
        self,
        coverage: Coverage,
        *,
        area: str | None = None,
        kinds: frozenset[UnitKind] | None = None,
        states: frozenset[CellState] | None = None,
    ) -> None:
        """Show the coverage: one area's commitments or (None) all, units of some kinds, answers in some states."""
        lines = tuple(
            Line(
                code=unit.code,
                label=unit_name(unit, self._language),
                name=unit.names[self._language],
                group=_group(unit),
            )
            for unit in coverage.units
            if kinds is None or unit.kind in kinds
        )
        self.show_lines(lines, coverage.cells, area=area, states=states)

    def show_lines(
        self,
        lines: tuple[Line, ...],
        cells: Mapping[tuple[UnitCode, CommitmentNumber], CellState] | Mapping[tuple[str, CommitmentNumber], CellState],
        *,
        area: str | None = None,
        states: frozenset[CellState] | None = None,
    ) -> None:
        """Show these rows; with ``states`` other cells are blank, and rows of which nothing is left are gone."""
        self.beginResetModel()
        areas = [a for a in self._plan.areas if area is None or a.id == area]
        spans, numbers = [], list[CommitmentNumber]()
        for found in areas:
            inside = [c.number for c in self._plan.in_area(found)]
            spans.append(Span(caption=found.names[self._language], first=len(numbers), count=len(inside)))
            numbers += inside
        self.spans, self.numbers = tuple(span for span in spans if span.count), tuple(numbers)
        self._cells = {
            (str(code), number): state for (code, number), state in cells.items() if states is None or state in states
        }
        kept = {code for code, number in self._cells if number in set(numbers)}
        self.units = tuple(line for line in lines if states is None or line.code in kept)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One row a unit."""
        return 0 if parent.isValid() else len(self.units)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One column a commitment."""
        return 0 if parent.isValid() else len(self.numbers)

    def state(self, row: int, column: int) -> CellState:
        """The state of a cell."""
        return self._cells.get((self.units[row].code, self.numbers[column]), CellState.NOT_ASKED)

    def key(self, index: Index) -> tuple[UnitCode, CommitmentNumber] | None:
        """Which answer a cell stands for, or None for no cell."""
        return (UnitCode(self.units[index.row()].code), self.numbers[index.column()]) if index.isValid() else None

    def place_of(self, unit: UnitCode, number: CommitmentNumber) -> QModelIndex:
        """The cell of an answer; an invalid index where a filter hides it."""
        row = next((i for i, u in enumerate(self.units) if u.code == unit), -1)
        column = self.numbers.index(number) if number in self.numbers else -1
        return self.index(row, column)

    def sentence(self, row: int, column: int) -> str:
        """``FD, tiltak 7: mottatt``."""
        return self._say(
            "{unit}, commitment {number}: {state}",
            unit=self.units[row].label,
            number=self.numbers[column],
            state=state_word(self.state(row, column), self._say),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The state to draw; the sentence to read and to hear."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.state(index.row(), index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sentence(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                title = self._plan.commitment(self.numbers[index.column()]).titles[self._language]
                return f"{self.sentence(index.row(), index.column())}\n{title}"
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Numbers above with the commitments' titles as tooltips, the units' names at the left."""
        if orientation is Qt.Orientation.Horizontal:
            commitment = self._plan.commitment(self.numbers[section])
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return str(commitment.number)
                case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                    done, asked = sums(self.state(row, section) for row in range(len(self.units)))
                    name = f"{commitment.number} {commitment.titles[self._language]}"
                    return self._say("{name}: {done} of {asked} answered", name=name, done=done, asked=asked)
                case _:
                    return None
        else:
            unit = self.units[section]
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return unit.label
                case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                    done, asked = sums(self.state(section, column) for column in range(len(self.numbers)))
                    return self._say("{name}: {done} of {asked} answered", name=unit.name, done=done, asked=asked)
                case _:
                    return None

    def starts_group(self, row: int) -> bool:
        """Whether a line stands above this row: the first unit of another group than the one before."""
        return row > 0 and self.units[row - 1].group != self.units[row].group


def _group(unit: Unit) -> int:
    """At home, abroad, civil society."""
    match unit.kind:
        case UnitKind.MISSION | UnitKind.DELEGATION:
            return 1
        case UnitKind.CIVIL_SOCIETY:
            return 2
        case _:
            return 0
