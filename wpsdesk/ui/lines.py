"""A list of lines to choose from, some of them heads; Enter or a double click takes one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QListView

from wpsdesk.ui import style

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """What is shown, and what it stands for; what stands for nothing is a head and cannot be chosen.

    With ``is_head`` it looks like one and can be chosen all the same.
    """

    text: str
    value: object = None
    is_head: bool = False


class LineModel(QAbstractListModel):
    """The lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[TextLine, ...] = ()

    def show_lines(self, lines: tuple[TextLine, ...]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and typeface."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.FontRole and line.is_head:
            return QFont(style.current().font(style.Type.TEXT, is_strong=True))
        if role == Qt.ItemDataRole.FontRole and line.value is None:
            return QFont(style.current().font(style.Type.SMALL, is_strong=True))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head cannot be chosen."""
        if self.lines[index.row()].value is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class LineList(QListView):
    """The list."""

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setSpacing(style.current().px(3))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_silent = False
        self.lines = LineModel()
        self.setModel(self.lines)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._take)

    def show_lines(self, lines: tuple[TextLine, ...]) -> None:
        """Show these lines and stand on the first that can be chosen."""
        self.lines.show_lines(lines)
        place = next((n for n, line in enumerate(lines) if line.value is not None), -1)
        self.setCurrentIndex(self.lines.index(place) if place >= 0 else QModelIndex())
        if place < 0:
            self.chosen.emit(None)

    def stand_on(self, value: object) -> None:
        """Stand on the line of ``value``, where there is one, without saying that it was chosen."""
        place = next((n for n, line in enumerate(self.lines.lines) if line.value == value), None)
        if place is not None:
            self._is_silent = True
            self.setCurrentIndex(self.lines.index(place))
            self._is_silent = False

    def value(self) -> object:
        """What is chosen, or None."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].value if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.value() is not None:
            self.taken.emit(self.value())

    def _on_current(self) -> None:
        if not self._is_silent:
            self.chosen.emit(self.value())
