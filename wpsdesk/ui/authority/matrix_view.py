"""The matrix on the screen: drawn signs in cells, areas above the numbers, arrow keys and Enter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from wpsdesk.compilation.figures import CellState
from wpsdesk.ui import signs, style
from wpsdesk.ui.authority.matrix import SIGNS, STATE, TONES, CoverageTable
from wpsdesk.ui.style import Look, Type

NARROWEST: Final = 27  # a column's pixels at 100 %
WIDEST: Final = 44
ROW: Final = 25
HEADER: Final = 40
NAMES: Final = (64, 172)  # the least and the most room for the units' names


def paint_state(painter: QPainter, state: CellState, box: QRectF, look: Look) -> None:
    """Draw a state as a box with its sign, filling ``box``."""
    if state is CellState.NOT_ASKED:
        return
    tone = TONES[state]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.colour(f"{tone}_soft") if tone else look.colour("surface"))
    painter.setPen(QPen(look.colour("control") if not tone else look.colour("line"), look.px(100) / 100))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
    painter.restore()
    sign = SIGNS[state]
    if sign is not None:
        side = min(box.width(), box.height()) * 0.6
        mark = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        signs.draw(painter, sign, mark, look.colour(tone))


class _Cell(QStyledItemDelegate):
    """Draws a cell: its state, a frame where one stands, a line between groups of units."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = style.current()
        # Qt hands an enumeration of strings back as a plain string.
        state, table, box = CellState(index.data(STATE)), index.model(), QRectF(option.rect)
        assert isinstance(table, CoverageTable)
        gap = look.px(1.5)
        paint_state(painter, state, box.adjusted(gap, gap, -gap, -gap), look)
        if table.starts_group(index.row()):
            _line(painter, option.rect, look.colour("control"))
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.widget is not None and option.widget.hasFocus())
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent" if has_focus else "control"), look.px(2)))
            painter.drawRoundedRect(box.adjusted(gap, gap, -gap, -gap), look.px(4), look.px(4))
            painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(style.current().px(NARROWEST), style.current().px(ROW))


def _line(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.save()
    painter.setPen(QPen(colour, 1))
    painter.drawLine(box.topLeft(), box.topRight())
    painter.restore()


class _Numbers(QHeaderView):
    """The commitments' numbers, and above them the areas' names, which stay in sight while one scrolls."""

    def __init__(self, table: CoverageTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().sizeHint().width(), style.current().px(HEADER))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything at once: a caption is wider than its first section."""
        look, painter = style.current(), QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("surface"))
        half, current = self.height() // 2, self._view().currentIndex().column()
        for column in range(self.count()):
            box = QRect(self.sectionViewportPosition(column), half, self.sectionSize(column), self.height() - half)
            is_here = column == current
            painter.setPen(look.colour("accent" if is_here else "text"))
            painter.setFont(look.font(Type.SMALL, is_strong=is_here))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._table.numbers[column]))
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.colour("muted"))
        for span in self._table.spans:
            self._paint_caption(painter, span.caption, span.first, span.count, half)
        painter.end()

    def _paint_caption(self, painter: QPainter, caption: str, first: int, count: int, height: int) -> None:
        look, last = style.current(), first + count - 1
        left = self.sectionViewportPosition(first) + look.px(2)
        right = self.sectionViewportPosition(last) + self.sectionSize(last) - look.px(6)
        shown = max(left, look.px(2))
        if right <= shown:
            return
        text = QFontMetrics(painter.font()).elidedText(caption, Qt.TextElideMode.ElideRight, right - shown)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(shown, 0, right - shown, height), flags, text)
        painter.drawLine(left, height - 1, right, height - 1)

    def _view(self) -> QTableView:
        found = self.parent()
        assert isinstance(found, QTableView)
        return found


class _Units(QHeaderView):
    """The units' names at the left, cut short where there is no room; the whole name is the tooltip."""

    def __init__(self, table: CoverageTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = table
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As wide as the longest name, within bounds."""
        look = style.current()
        metrics = QFontMetrics(look.font(Type.SMALL, is_strong=True))
        wanted = max((metrics.horizontalAdvance(self._name(row)) for row in range(self.count())), default=0)
        least, most = (look.px(pixels) for pixels in NAMES)
        return QSize(min(max(wanted + look.px(12), least), most), super().sizeHint().height())

    def _name(self, row: int) -> str:
        return str(self._table.headerData(row, Qt.Orientation.Vertical))

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """A name."""
        look, view = style.current(), self.parent()
        assert isinstance(view, QTableView)
        is_here = row == view.currentIndex().row()
        painter.fillRect(rect, look.colour("surface"))
        painter.setPen(look.colour("accent" if is_here else "text"))
        painter.setFont(look.font(Type.SMALL, is_strong=is_here))
        box = rect.adjusted(look.px(2), 0, -look.px(8), 0)
        text = QFontMetrics(painter.font()).elidedText(self._name(row), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if self._table.starts_group(row):
            _line(painter, rect, look.colour("control"))


class Matrix(QTableView):
    """The matrix. Arrow keys move, Enter or a double click opens the answer one stands on."""

    opened = Signal(object)
    """(unit, commitment) of the answer that was opened."""

    moved = Signal(object)
    """(unit, commitment) that one stands on now, or None."""

    def __init__(self, name: str, table: CoverageTable) -> None:
        super().__init__()
        look = style.current()
        self.table = table
        self.setModel(table)
        self.setAccessibleName(name)
        self.setObjectName("matrix")  # the cell one stands on shows the focus, so the frame need not
        self.setStyleSheet("#matrix, #matrix:focus { border: none; }")
        self.setHorizontalHeader(_Numbers(table, self))
        self.setVerticalHeader(_Units(table, self))
        self.setItemDelegate(_Cell(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header, size in ((self.horizontalHeader(), NARROWEST), (self.verticalHeader(), ROW)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(look.px(16))
            header.setDefaultSectionSize(look.px(size))
        self.activated.connect(lambda index: self.opened.emit(table.key(index)))
        self.selectionModel().currentChanged.connect(self._on_move)
        table.modelReset.connect(self.fit)

    def _on_move(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        self.moved.emit(self.table.key(now))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width among the columns, between the narrowest and the widest that read well."""
        look, count = style.current(), self.table.columnCount()
        if not count:
            return
        room = self.width() - self.verticalHeader().sizeHint().width() - 2
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        if high > self.height():
            room -= self.verticalScrollBar().sizeHint().width()
        wide = min(max(room // count, look.px(NARROWEST)), look.px(WIDEST))
        self.horizontalHeader().setDefaultSectionSize(wide)
