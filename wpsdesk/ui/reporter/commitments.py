"""The commitments as a list in their sections, each with its state; searchable, with how many are ready."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from wpsdesk import messages
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import Commitment, LanguageCode, Plan
from wpsdesk.report.model import NARRATIVE, Entry
from wpsdesk.report.states import EntryState
from wpsdesk.ui import style
from wpsdesk.ui.bars import Bar
from wpsdesk.ui.chips import Chip, chip_size, entry_chip, paint_chip
from wpsdesk.ui.controls import Choice, label, row

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list: a section's head, or a commitment with its chip (None where it is not asked)."""

    text: str
    number: CommitmentNumber | None = None
    chip: Chip | None = None


class CommitmentModel(QAbstractListModel):
    """The lines that the search leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these lines. Where only chips have changed, the view keeps its place."""
        if [(a.text, a.number) for a in lines] == [(b.text, b.number) for b in self._lines]:
            self._lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
        return len(self._lines)

    def line(self, index: Index) -> Line:
        """The line at an index."""
        return self._lines[index.row()]

    def row_of(self, number: CommitmentNumber) -> int:
        """Where a commitment stands, or -1."""
        return next((place for place, line in enumerate(self._lines) if line.number == number), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts for eyes and for screen readers; the line itself for the delegate."""
        line = self.line(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (
                    "" if line.number is None else str(line.number),
                    line.text,
                    line.chip.word if line.chip else "",
                )
                return ", ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole:
                return line.text if line.number is not None else None
            case _ if role == LINE:
                return line
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head cannot be chosen."""
        if self.line(index).number is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class CommitmentDelegate(QStyledItemDelegate):
    """Draws a head quietly, a commitment with number, title and chip."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Higher where there is a chip."""
        look, line = style.current(), index.data(LINE)
        if line.number is None:
            return QSize(look.px(120), look.px(36))
        return QSize(look.px(120), look.px(52 if line.chip else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        look, line = style.current(), index.data(LINE)
        assert isinstance(line, Line)
        rect: QRectF = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if line.number is None:
            self._head(painter, rect, line)
            painter.restore()
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("accent_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("quiet"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.colour("accent"))
            painter.drawRect(rect.adjusted(0.5, 0.5, -1, -1))
        self._commitment(painter, rect, line)
        painter.restore()

    def _head(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        look = style.current()
        painter.setFont(look.font(style.Type.SMALL, is_strong=True))
        painter.setPen(look.colour("muted"))
        box = rect.adjusted(look.px(16), look.px(10), -look.px(12), 0)
        text = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _commitment(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        look = style.current()
        painter.setFont(look.font(style.Type.TEXT))
        height = look.px(20)
        top = rect.top() + look.px(6)
        painter.setPen(look.colour("muted"))
        number = QRectF(rect.left() + look.px(10), top, look.px(22), height)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(line.number))
        painter.setPen(look.colour("text"))
        left = number.right() + look.px(8)
        box = QRectF(left, top, rect.right() - left - look.px(10), height)
        text = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if line.chip is not None:
            paint_chip(
                painter, line.chip, QRectF(left, top + height + look.px(1), box.width(), chip_size(line.chip).height())
            )


class _View(QListView):
    """The list; Enter goes on to the form."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter means "write here"."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def states_together(states: Sequence[EntryState]) -> EntryState:
    """The state of a commitment from those of its answers, one for each country."""
    if EntryState.RETURNED in states:
        return EntryState.RETURNED
    if len(set(states)) == 1:
        return states[0]
    done = (EntryState.READY, EntryState.NOTHING)
    return EntryState.READY if all(state in done for state in states) else EntryState.DRAFT


def holds(entry: Entry, words: str) -> bool:
    """Whether the texts of an answer hold every one of the words."""
    text = " ".join(entry.passage(field).text for field in NARRATIVE).casefold()
    return all(word in text for word in words.casefold().split())


class CommitmentList(QWidget):
    """Search, progress, the list."""

    chosen = Signal(int)
    """A commitment's number."""

    entered = Signal()
    searched = Signal()
    year_chosen = Signal(int)

    def __init__(self, say: Catalogue, plan: Plan, language: LanguageCode) -> None:
        super().__init__()
        self._say, self._plan, self._language = say, plan, language
        self._states: dict[CommitmentNumber, EntryState] = {}
        self._matches: frozenset[CommitmentNumber] | None = None
        style.current()
        self.setObjectName("second")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search in commitments and answers"))
        self.search.setAccessibleName(say("Search in commitments and answers"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self.searched.emit())
        self.years = Choice(say("Year"))
        self.years.activated.connect(lambda _index: self.year_chosen.emit(self.years.chosen()))
        self._year_line = QWidget()
        self._year_line.setLayout(row(label(say("Year"), tone="muted"), self.years, None))
        self._year_line.setVisible(False)
        self._count = label("")
        self._bar = Bar()
        self.model = CommitmentModel()
        self.view = _View()
        self.view.setProperty("frame", "none")
        self.view.setModel(self.model)
        self.view.setItemDelegate(CommitmentDelegate(self.view))
        self.view.setAccessibleName(say("Commitments"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setTabKeyNavigation(False)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.entered.connect(self.entered)
        self.everything = QCheckBox(say("Show all {n}", n=len(plan.commitments)))
        self.everything.setAccessibleName(say("Show all {n} commitments", n=len(plan.commitments)))
        self.everything.toggled.connect(lambda _on: self._show())
        self._lay_out()

    def _lay_out(self) -> None:
        look = style.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, look.px(10), 0, look.px(8))
        inside.setSpacing(look.px(6))
        top = QVBoxLayout()
        top.setContentsMargins(look.px(12), 0, look.px(12), 0)
        top.setSpacing(look.px(6))
        top.addWidget(self._year_line)
        top.addWidget(self.search)
        top.addLayout(row(self._count, self._bar, spacing=10))
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(12), 0, look.px(12), 0)
        foot.addWidget(self.everything)
        inside.addLayout(top)
        inside.addWidget(self.view, 1)
        inside.addLayout(foot)

    # -- what it shows -----------------------------------------------------------------------------

    def show_years(self, years: tuple[Year, ...], now: Year) -> None:
        """The years to choose from, and the one whose answers are listed; one alone is not worth a line."""
        self.years.offer((year, str(year)) for year in years)
        self.years.choose(now)
        self._year_line.setVisible(len(years) > 1)

    def show_states(self, states: dict[CommitmentNumber, EntryState], ready: int, whole: int) -> None:
        """The state of each commitment that is asked or answered, and how many answers are ready."""
        self._states = states
        text = self._say("{part} of {whole} ready", part=ready, whole=whole)
        self._count.setText(text)
        self._bar.show_share(ready, whole, text)
        self._show()

    def show_matches(self, matches: frozenset[CommitmentNumber] | None) -> None:
        """Leave only these commitments in the list; None leaves all."""
        self._matches = matches
        self._show()

    @property
    def progress_text(self) -> str:
        """``11 of 25 ready``."""
        return self._count.text()

    def numbers(self) -> tuple[CommitmentNumber, ...]:
        """The commitments that are in the list now, from above."""
        lines = (self.model.line(self.model.index(place)) for place in range(self.model.rowCount()))
        return tuple(line.number for line in lines if line.number is not None)

    def narrow(self, answers: Iterable[Entry]) -> None:
        """Leave what the words that are looked for stand in: number, title, wording or these answers."""
        words = self.search.text().strip()
        found = frozenset(entry.key.commitment for entry in answers if holds(entry, words)) if words else frozenset()
        self.show_matches(self.matching(words) | found if words else None)

    def matching(self, words: str) -> frozenset[CommitmentNumber]:
        """The commitments whose number, title or wording holds every one of the words."""
        wanted = words.casefold().split()

        def holds(commitment: Commitment) -> bool:
            title = commitment.titles[self._language]
            text = f"{commitment.number} {title} {commitment.appendix} {commitment.chapter}".casefold()
            return all(word in text for word in wanted)

        return frozenset(c.number for c in self._plan.commitments if holds(c))

    def _show(self) -> None:
        lines: list[Line] = []
        current = self.current()
        for section in self._plan.sections:
            found = [self._line(c) for c in self._plan.commitments if c.section == section.id and self._is_shown(c)]
            if found:
                lines += [Line(text=section.names[self._language]), *found]
        self.model.show_lines(tuple(lines))
        if current is not None:
            self.choose(current)

    def _is_shown(self, commitment: Commitment) -> bool:
        if self._matches is not None and commitment.number not in self._matches:
            return False
        return self.everything.isChecked() or commitment.number in self._states

    def _line(self, commitment: Commitment) -> Line:
        state = self._states.get(commitment.number)
        chip = None if state is None else entry_chip(state, messages.word(state, self._say))
        return Line(text=commitment.titles[self._language], number=commitment.number, chip=chip)

    # -- what is chosen ----------------------------------------------------------------------------

    def current(self) -> CommitmentNumber | None:
        """The commitment that is chosen, or None."""
        index = self.view.currentIndex()
        return self.model.line(index).number if index.isValid() and index.row() < self.model.rowCount() else None

    def choose(self, number: CommitmentNumber) -> None:
        """Hold this one, without saying so; one that is not asked brings all into the list."""
        if self.model.row_of(number) < 0 and self._matches is None and not self.everything.isChecked():
            self.everything.setChecked(True)
        place = self.model.row_of(number)
        if place < 0:
            return
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index(place))
        selection.blockSignals(False)
        self.view.scrollTo(self.model.index(place))
        self.view.viewport().update()

    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid() and (number := self.model.line(index).number) is not None:
            self.chosen.emit(number)
