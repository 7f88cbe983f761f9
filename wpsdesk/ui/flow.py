"""A layout that goes on to the next line where there is no more room, like words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk.ui import style


class FlowLayout(QLayout):
    """Lays its widgets from where reading begins, line by line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, is_right: bool = False) -> None:
        super().__init__(parent)
        self._is_right = is_right  # each line ends where reading ends
        self._held: list[QLayoutItem] = []
        self._gap = style.current().px(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._held.append(item)

    def insert_first(self, widget: QWidget) -> None:
        """Put a widget before all others."""
        self.addWidget(widget)
        self._held.insert(0, self._held.pop())

    def count(self) -> int:
        """How many there are."""
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, or None."""
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one up, or None."""
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as may be, no higher than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it becomes."""
        return self._lay(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._lay(rect, is_real=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [item.sizeHint() for item in self._held if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest alone."""
        size = QSize()
        for item in self._held:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, is_real: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._held:
            if item.isEmpty():
                continue
            size = _room(item, max(rect.width(), 1))
            if lines[-1] and used + size.width() > rect.width():
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self._gap
        y, owner = rect.y(), self.parentWidget()
        direction = Qt.LayoutDirection.LeftToRight if owner is None else owner.layoutDirection()
        for line in lines:
            height, x = max((size.height() for _, size in line), default=0), rect.x()
            if self._is_right:
                x = rect.right() + 1 + self._gap - sum(size.width() + self._gap for _, size in line)
            for item, size in line:
                if is_real:
                    place = QRect(QPoint(x, y + (height - size.height()) // 2), size)
                    if direction is Qt.LayoutDirection.RightToLeft:
                        place.moveRight(rect.left() + rect.right() - place.left())
                    item.setGeometry(place)
                x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - rect.y() - self._gap)


def _room(item: QLayoutItem, widest: int) -> QSize:
    """What it asks for; of words that may wrap, all in one line, or as many lines as they need."""
    widget, size = item.widget(), item.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():  # its own hint is half as wide and twice as high
        margins = widget.contentsMargins()
        words = widget.fontMetrics().horizontalAdvance(widget.text()) + margins.left() + margins.right() + 1
        width = min(words, widest)
        return QSize(width, widget.heightForWidth(width))
    return QSize(min(size.width(), widest), size.height())


def flow(*widgets: QWidget, spacing: int = 8, is_right: bool = False) -> QWidget:
    """A widget whose members flow."""
    holder = QWidget()
    layout = FlowLayout(holder, spacing=spacing, is_right=is_right)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


def headed_line(head: QLabel, *acts: QWidget, spacing: int = 8) -> QHBoxLayout | QVBoxLayout:
    """A head with its buttons at the right; at large text they flow below it, for beside it there is no room."""
    look = style.current()
    if not look.is_large:
        line = QHBoxLayout()
        line.setSpacing(look.px(spacing))
        line.addWidget(head, 1)
        for act in acts:
            line.addWidget(act)
        return line
    lines = QVBoxLayout()
    lines.setSpacing(look.px(8))
    lines.addWidget(head)
    if acts:
        lines.addWidget(flow(*acts, spacing=spacing))
    return lines
