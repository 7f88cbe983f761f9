"""Plain tables over tuples of values: columns as functions, states as chips, and words where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wpsdesk.ui import style
from wpsdesk.ui.authority.folded_rows import Folded, folded_size, paint_folded
from wpsdesk.ui.chips import Chip, chip_size, paint_chip
from wpsdesk.ui.controls import label
from wpsdesk.ui.scrolling import Content, Scroller

MEASURED: Final = 50
"""Rows that are measured to see whether the columns have room."""

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

CHIP: Final = Qt.ItemDataRole.UserRole
"""The role under which a cell gives its :class:`Chip`, or None."""

FOLDED: Final = Qt.ItemDataRole.UserRole + 1
"""The role under which a cell gives its whole row, for a table that has no room for its columns."""


WIDEST: Final = 320
"""Pixels at 100 % of a column that nothing is said of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: its title, the text of a row in it, and for a state the chip that is drawn instead."""

    title: str
    text: Callable[[T], str]
    chip: Callable[[T], Chip | None] | None = None
    is_wide: bool = False  # takes the room that is left
    is_figure: bool = False  # stands at the right
    at_most: int = WIDEST  # pixels at 100 %; what is longer is cut short, and stands whole where the row is opened


class Rows(QAbstractTableModel, Generic[T]):
    """The rows of a table: frozen values, replaced as a whole."""

    def __init__(self, columns: tuple[Column[T], ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.values: tuple[T, ...] = ()
        self.is_folded = False  # the first column is shown alone, and stands for the row

    def show_values(self, values: tuple[T, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One row a value."""
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One column a column."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip and accessible text are the same words; the chip is for the eye."""
        if not index.isValid():
            return None
        column, value = self.columns[index.column()], self.values[index.row()]
        if role == FOLDED or (self.is_folded and role == Qt.ItemDataRole.AccessibleTextRole):
            return self._folded(value) if role == FOLDED else self._said(value)
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                found = column.text(value)
            case Qt.ItemDataRole.AccessibleTextRole:
                found = f"{column.title}: {column.text(value)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                across = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
                found = across | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.UserRole if column.chip is not None:
                found = column.chip(value)
        return found

    def _said(self, value: T) -> str:
        return ", ".join(f"{column.title}: {text}" for column in self.columns if (text := column.text(value)))

    def _folded(self, value: T) -> Folded:
        """The first column and the wide one lead; a figure or a word further on is named by its column."""
        plain = [column for column in self.columns if column.chip is None]
        leading = [column for column in plain if column is plain[0] or column.is_wide] if plain else []
        lead = " · ".join(text for column in leading if (text := column.text(value)))
        chips = (column.chip(value) for column in self.columns if column.chip is not None)
        named = (f"{c.title}: {text}" for c in plain if c not in leading and (text := c.text(value)))
        return Folded(lead, tuple(chip for chip in chips if chip is not None), " · ".join(named))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' titles."""
        if orientation is Qt.Orientation.Vertical:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            case Qt.ItemDataRole.TextAlignmentRole:
                figure = self.columns[section].is_figure
                across = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
                return across | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None


class _Cells(QStyledItemDelegate):
    """Draws chips; leaves words to the style."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, chip = style.current(), index.data(CHIP)
        bare = QStyleOptionViewItem(option)
        # The whole row is the current one: no frame around a single cell.
        bare.state &= ~QStyle.StateFlag.State_HasFocus
        if _is_folded(index):
            self._paint_ground(painter, bare, index)
            paint_folded(painter, index.data(FOLDED), option.rect)
        elif isinstance(chip, Chip):
            self._paint_chip(painter, bare, index, chip)
        else:
            super().paint(painter, bare, index)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_Selected:
            rect = option.rect
            painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height(), look.colour("accent"))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = option.widget
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, ground, painter, widget)

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chip: Chip) -> None:
        self._paint_ground(painter, option, index)
        look = style.current()
        height = chip_size(chip).height()
        box = QRectF(option.rect).adjusted(look.px(8), 0, -look.px(4), 0)
        paint_chip(painter, chip, QRectF(box.left(), box.center().y() - height / 2, box.width(), height))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if _is_folded(index):
            view = self.parent()
            assert isinstance(view, QTableView)
            return folded_size(index.data(FOLDED), view.viewport().width())
        chip = index.data(CHIP)
        if not isinstance(chip, Chip):
            return super().sizeHint(option, index)
        return chip_size(chip) + QSize(style.current().px(14), style.current().px(8))


def _is_folded(index: Index) -> bool:
    model = index.model()
    return isinstance(model, Rows) and model.is_folded


class Table(QTableView):
    """A table that is read: whole rows, arrow keys move, Enter opens, Tab goes on to the next control."""

    def __init__(self, name: str, model: QAbstractTableModel, *, widest: int = -1, at_most: Sequence[int] = ()) -> None:
        super().__init__()
        look = style.current()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(look.px(40))
        self._widest, self._at_most = widest, tuple(at_most)
        header.setResizeContentsPrecision(MEASURED)  # of thousands of rows, those that are seen first
        self._contents: list[int] = []
        model.modelReset.connect(self._measure)
        self._fit()

    def _measure(self) -> None:
        """Other rows, other columns."""
        self._contents = []
        self._fit()

    def _fit(self) -> None:
        """As wide as what stands there; the widest column takes the rest, and never less than is readable."""
        look, header = style.current(), self.horizontalHeader()
        if self._fold():
            header.resizeSection(0, self.viewport().width())
            return
        if not self._contents:  # a row is asked how wide it is once, and not each time that the window is resized
            self.resizeColumnsToContents()
            self._contents = [header.sectionSize(column) for column in range(header.count())]
        least = QFontMetrics(self.font()).averageCharWidth() * 8
        for column, width in enumerate(self._contents):
            wanted = max(width, least)
            most = self._at_most[column] if column < len(self._at_most) else WIDEST
            header.resizeSection(column, min(wanted + look.px(8), look.px(most)))
        if self._widest >= 0:
            taken = sum(header.sectionSize(c) for c in range(header.count()) if c != self._widest)
            room = self.viewport().width() - taken
            least = min(self._contents[self._widest] + look.px(8), look.px(160))
            header.resizeSection(self._widest, max(room, least))

    def _fold(self) -> bool:
        """At large text, where the columns do not fit beside one another: every row in lines below one another."""
        rows = self.model()
        if not isinstance(rows, Rows) or not style.current().is_large:
            return False
        is_folded = self._wanted(rows) > self.viewport().width() and len(rows.columns) > 1
        if is_folded is not rows.is_folded:
            rows.is_folded = is_folded
            for column in range(1, len(rows.columns)):
                self.setColumnHidden(column, is_folded)
            self.horizontalHeader().setVisible(not is_folded)
            mode = QHeaderView.ResizeMode.ResizeToContents if is_folded else QHeaderView.ResizeMode.Fixed
            self.verticalHeader().setSectionResizeMode(mode)
        elif is_folded:
            self.verticalHeader().resizeSections()
        return is_folded

    def _wanted(self, rows: Rows[Any]) -> int:
        """How wide the columns would be, by their heads and the rows that are seen first."""
        metrics, look, wide = QFontMetrics(self.font()), style.current(), 0
        for column in rows.columns:
            words = [column.title, *(column.text(value) for value in rows.values[:MEASURED])]
            chip = look.px(34) if column.chip is not None else 0
            wanted = max(metrics.horizontalAdvance(word) for word in words) + chip + look.px(24)
            wide += min(wanted, look.px(160 if column.is_wide else column.at_most))
        return wide

    def resizeEvent(self, event: object) -> None:
        """Another width, other columns."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()


class Listing(QStackedWidget, Generic[T]):
    """A table, or where it is empty the words that say what belongs there and how to start."""

    chosen = Signal(object)
    """The row that is current, or None."""

    opened = Signal(object)
    """The row that was opened, by Enter or a double click."""

    def __init__(self, name: str, columns: tuple[Column[T], ...], *, empty: str, how: str = "") -> None:
        super().__init__()
        self.rows: Rows[T] = Rows(columns, self)
        widest = next((i for i, column in enumerate(columns) if column.is_wide), -1)
        self.table = Table(name, self.rows, widest=widest, at_most=[column.at_most for column in columns])
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self.chosen.emit(self.current()))
        self.table.activated.connect(lambda index: self.opened.emit(self.rows.values[index.row()]))
        self.addWidget(self.table)
        self.addWidget(_nothing(empty, how))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCurrentIndex(1)

    def show_values(self, values: tuple[T, ...], *, current: Callable[[T], bool] | None = None) -> None:
        """Show these rows; ``current`` picks the one to stand on, else the same place as before."""
        before = self.table.currentIndex().row()
        self.rows.show_values(values)
        self.setCurrentIndex(0 if values else 1)
        wanted = next((i for i, value in enumerate(values) if current is not None and current(value)), -1)
        row = wanted if wanted >= 0 else min(before, len(values) - 1)
        if row >= 0:
            self.table.setCurrentIndex(self.rows.index(row, 0))
        else:
            self.chosen.emit(None)

    def current(self) -> T | None:
        """The row one stands on, or None."""
        row = self.table.currentIndex().row()
        return self.rows.values[row] if 0 <= row < len(self.rows.values) else None


def _nothing(empty: str, how: str) -> QWidget:
    """What an empty table shows."""
    look = style.current()
    holder = Content()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, look.px(8), 0, look.px(8))
    inside.addWidget(label(empty, type="head", wraps=True))
    inside.addWidget(label(how, tone="muted", wraps=True))
    inside.addStretch(1)
    return Scroller(holder)
