"""Two parts of a page: beside one another where there is room, else above one another."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QWidget

from wpsdesk.ui import style

GAP: Final = 12
"""Pixels between the two at 100 %."""


class Beside(QSplitter):
    """Two widgets with a gap that can be dragged; ``shares`` of the room go to each. Neither can be pushed away.

    Large text or a small window would make both unreadably narrow: then the second goes below the first.
    """

    def __init__(self, first: QWidget, second: QWidget, *, shares: tuple[int, int], is_above: bool = False) -> None:
        super().__init__(Qt.Orientation.Vertical if is_above else Qt.Orientation.Horizontal)
        self._is_always_above = is_above
        self.setObjectName("beside")
        self.setStyleSheet("QSplitter#beside::handle { background: transparent; }")
        self.setHandleWidth(style.current().px(GAP))
        self.setChildrenCollapsible(False)
        for place, widget in enumerate((first, second)):
            self.addWidget(widget)
            self.setStretchFactor(place, shares[place])

    def _hints(self) -> list[QSize]:
        """The least that each of the widgets shown can do with."""
        found = (self.widget(place) for place in range(self.count()))
        return [_least(widget) for widget in found if widget is not None and not widget.isHidden()]

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: they can always be turned."""
        hints = self._hints()
        heights = [hint.height() for hint in hints]
        is_above = self.orientation() is Qt.Orientation.Vertical
        height = sum(heights) + self.handleWidth() if is_above else max(heights, default=0)
        return QSize(max((hint.width() for hint in hints), default=0), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room asks for it."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """One of the two was shown or hidden, or wants more room."""
        found = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return found

    def _turn(self) -> None:
        wanted = sum(hint.width() for hint in self._hints()) + self.handleWidth()
        is_above = self._is_always_above or self.width() < wanted
        turned = Qt.Orientation.Vertical if is_above else Qt.Orientation.Horizontal
        if turned is not self.orientation():
            self.setOrientation(turned)
            self.updateGeometry()


class Turning(QWidget):
    """Two widgets that cannot be dragged: beside one another, or the second below the first."""

    def __init__(self, first: QWidget, second: QWidget, *, shares: tuple[int, int], spacing: int = 24) -> None:
        super().__init__()
        self._pair = (first, second)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(style.current().px(spacing))
        self._line.addWidget(first, shares[0])
        self._line.addWidget(second, shares[1])

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two."""
        hints, gap = [_least(widget) for widget in self._pair], self._line.spacing()
        is_above = self._line.direction() is QBoxLayout.Direction.TopToBottom
        heights = [hint.height() for hint in hints]
        height = sum(heights) + gap if is_above else max(heights)
        return QSize(max(hint.width() for hint in hints), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room asks for it."""
        super().resizeEvent(event)
        wanted = sum(_least(widget).width() for widget in self._pair) + self._line.spacing()
        is_above = self.width() < wanted
        turned = QBoxLayout.Direction.TopToBottom if is_above else QBoxLayout.Direction.LeftToRight
        if turned is not self._line.direction():
            self._line.setDirection(turned)
            self.updateGeometry()


def _least(widget: QWidget) -> QSize:
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())
