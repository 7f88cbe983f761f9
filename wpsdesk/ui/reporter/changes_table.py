"""The table of what a file would change: a head for each answer, under it a line for each field, with boxes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from wpsdesk import messages
from wpsdesk.desk.answers.proposing import Proposal, Proposed
from wpsdesk.messages.cells import conflict_words
from wpsdesk.messages.values import value_words
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.context import Context

Index = QModelIndex | QPersistentModelIndex

NOW = 1
"""The column of what stands here; at large text it gives way to the text under the table."""

SHOWN = 400
"""Characters of a value that a cell holds; the whole stands under the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its texts, and the changes (by their place in the proposal) that its box stands for."""

    texts: tuple[str, ...]
    places: tuple[int, ...]
    is_head: bool


class ChangesModel(QAbstractTableModel):
    """The lines, and which changes are ticked. Conflicts are not, until somebody ticks them."""

    ticks_changed = Signal()

    def __init__(self, context: Context, proposal: Proposal) -> None:
        super().__init__()
        say = context.say
        self._changes = proposal.changes
        self.ticked = {place for place, change in enumerate(proposal.changes) if not change.is_conflict}
        self.heads = (say("Field"), say("Stands here"), say("In the file"), say("Conflict"))
        self._boxes = {
            Qt.CheckState.Checked: say("ticked"),
            Qt.CheckState.Unchecked: say("not ticked"),
            Qt.CheckState.PartiallyChecked: say("partly ticked"),
        }
        by_answer: dict[EntryKey, list[int]] = {}
        for place, change in enumerate(proposal.changes):
            by_answer.setdefault(change.key, []).append(place)
        lines: list[Line] = []
        for key, places in by_answer.items():
            lines.append(Line(texts=(answer_name(context, key), "", "", ""), places=tuple(places), is_head=True))
            lines += (self._line(context, proposal, place) for place in places)
        self.lines = tuple(lines)

    @staticmethod
    def _line(context: Context, proposal: Proposal, place: int) -> Line:
        say, change = context.say, proposal.changes[place]
        before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
        note = conflict_words(proposal.origin, say) if change.is_conflict else ""
        texts = (messages.field_name(change.field, say), before[:SHOWN] or "–", after[:SHOWN] or "–", note)
        return Line(texts=texts, places=(place,), is_head=False)

    def change_at(self, row: int) -> Proposed | None:
        """The change in this line; None for an answer's head."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return None if line is None or line.is_head else self._changes[line.places[0]]

    # -- ticking -----------------------------------------------------------------------------------

    def state_of(self, row: int) -> Qt.CheckState:
        """Whether all that the line stands for is ticked, or some of it, or nothing."""
        places = self.lines[row].places
        found = sum(place in self.ticked for place in places)
        if found == len(places):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if found else Qt.CheckState.Unchecked

    def toggle(self, row: int) -> None:
        """Tick all that the line stands for; where all of it is ticked, take the ticks away."""
        places = self.lines[row].places
        if self.state_of(row) is Qt.CheckState.Checked:
            self.ticked.difference_update(places)
        else:
            self.ticked.update(places)
        self._tell()

    def tick_all(self) -> None:
        """Take everything, conflicts too."""
        self.ticked = set(range(len(self._changes)))
        self._tell()

    def tick_none(self) -> None:
        """Take nothing."""
        self.ticked = set()
        self._tell()

    def _tell(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))
        self.ticks_changed.emit()

    # -- as Qt asks --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Field, what stands here, what is in the file, conflict."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, the box in the first column, and both in words to hear."""
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.texts[column]
            case Qt.ItemDataRole.CheckStateRole if column == 0:
                return self.state_of(index.row())
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                told = (line.texts[0], self._boxes[self.state_of(index.row())], line.texts[3])
                return ", ".join(each for each in told if each)
            case Qt.ItemDataRole.FontRole if line.is_head or column == 3:
                return QFont(style.current().font(style.Type.TEXT, is_strong=True))
            case _:
                return None

    def setData(self, index: Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """The box has been pressed."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found


class ChangesTable(QTableView):
    """One line at a time; Space ticks it, in whatever column one is."""

    def __init__(self, context: Context, proposal: Proposal) -> None:
        super().__init__()
        look = style.current()
        self.rows = ChangesModel(context, proposal)
        self.setModel(self.rows)
        self.setAccessibleName(context.say("Changes to take or leave; Space ticks"))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnWidth(0, look.px(230 if not look.is_large else 190))
        self.setColumnHidden(NOW, look.is_large)
        self.setColumnHidden(3, not any(change.is_conflict for change in proposal.changes))
        for row, line in enumerate(self.rows.lines):
            if line.is_head:
                self.setSpan(row, 0, 1, self.rows.columnCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.rows.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)


def answer_name(context: Context, key: EntryKey) -> str:
    """``7  Kjønnsperspektiv i forhandlinger, Somalia``."""
    plan = context.desk.plan
    name = f"{key.commitment}  {plan.commitment(key.commitment).titles[context.language]}"
    return name if key.country is None else f"{name}, {plan.country(key.country).names[context.language]}"
