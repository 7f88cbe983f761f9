"""A page in parts: a row of words under the title, one of them down, and the part that belongs to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from wpsdesk.ui import style
from wpsdesk.ui.flow import FlowLayout


class _Word(QPushButton):
    """One part's word; the arrow keys go to its neighbours."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class Segments(QWidget):
    """The words, and which of them is down. ``chosen`` gives its name; the parts are shown and hidden here."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._line = FlowLayout(self, spacing=4)
        self._group = QButtonGroup(self)
        self._words: dict[str, _Word] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._titles: dict[str, str] = {}
        self.current = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, name: str, title: str, *parts: QWidget) -> None:
        """One more part, with everything that is shown only while it is chosen."""
        word = _Word(title, self)
        word.setCheckable(True)
        word.setAutoExclusive(True)  # a screen reader then says one of several, and not a box to tick
        word.setAutoDefault(False)
        word.setProperty("role", "segment")
        word.moved.connect(partial(self._on_move, name))
        word.toggled.connect(partial(self._on_toggle, name))
        self._group.addButton(word)
        self._line.addWidget(word)
        self._words[name], self._parts[name], self._titles[name] = word, parts, title
        for part in parts:
            part.setVisible(False)

    def hasHeightForWidth(self) -> bool:
        """No: the page below would then be laid out by its text alone, and what is to fill it would overflow."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As high as the lines that the words fill at the width there is."""
        return QSize(self._line.minimumSize().width(), self._line.heightForWidth(max(self.width(), 1)))

    def sizeHint(self) -> QSize:
        """The same height, all in one line if there is room."""
        return QSize(self._line.sizeHint().width(), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another line."""
        super().resizeEvent(event)
        self.updateGeometry()

    def show_part(self, name: str) -> None:
        """Show a part; nothing for a name that is none."""
        if name not in self._words:
            return
        self.current = name
        self._words[name].setChecked(True)
        for other, parts in self._parts.items():
            for part in parts:
                part.setVisible(other == name)
        self.chosen.emit(name)

    def show_count(self, name: str, count: int) -> None:
        """Say beside a word how many things wait; nothing for 0."""
        title, word = self._titles[name], self._words[name]
        word.setText(f"{title}  {count}" if count else title)
        word.setAccessibleName(f"{title}, {count}" if count else title)

    def word(self, name: str) -> QPushButton:
        """The button of a part. Raises KeyError."""
        return self._words[name]

    def _on_toggle(self, name: str, is_chosen: bool) -> None:
        """Pressed, or chosen by a screen reader, which does so without what a click is."""
        style.embolden(self._words[name], is_strong=is_chosen)
        if is_chosen and name != self.current:
            self.show_part(name)

    def _on_move(self, name: str, step: int) -> None:
        names = list(self._words)
        neighbour = names[(names.index(name) + step) % len(names)]
        self._words[neighbour].setFocus(Qt.FocusReason.TabFocusReason)
        self.show_part(neighbour)
