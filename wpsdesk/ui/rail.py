"""The plain words at the left, one for each page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk.ui import style
from wpsdesk.ui.page import PageEntry


class _Word(QPushButton):
    """One page's word; it never grows when it turns bold."""

    def sizeHint(self) -> QSize:
        """Room for the word in bold."""
        look = style.current()
        bold = look.font(style.Type.TEXT, is_strong=True)
        return QSize(QFontMetrics(bold).horizontalAdvance(self.text()) + look.px(30), look.px(36))


class Rail(QWidget):
    """The pages as buttons; one is down. Arrow keys move, Ctrl+1 to Ctrl+9 go straight."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...], name: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        look = style.current()
        self._entries = entries
        self._buttons: dict[str, QPushButton] = {}
        self._shown = self._before = ""  # the page, and the one that was shown when a word was pressed
        self._group = QButtonGroup(self)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, look.px(10), 0, look.px(10))
        inside.setSpacing(1)
        for entry in (e for e in entries if not e.is_last):
            inside.addWidget(self._word(entry))
        inside.addStretch(1)
        for entry in (e for e in entries if e.is_last):
            inside.addWidget(self._word(entry))
        self._scrolling(holder)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        widest = max((b.sizeHint().width() for b in self._buttons.values()), default=0)
        self.setFixedWidth(max(look.px(150) if look.percent == 100 else 0, widest + look.px(12)))

    def _scrolling(self, holder: QWidget) -> None:
        # At large text on a low screen the words may be more than the window is high.
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }"
        )
        scroller.setWidget(holder)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(scroller)

    def _word(self, entry: PageEntry) -> QPushButton:
        found = _Word(entry.title)
        found.setCheckable(True)
        found.setAutoExclusive(True)  # a screen reader then says one of several, and not a box to tick
        found.setAutoDefault(False)
        found.setAccessibleName(entry.title)
        found.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        found.pressed.connect(self._on_press)
        found.clicked.connect(partial(self._on_click, entry.name))
        found.toggled.connect(partial(self._on_toggle, entry.name))
        self._group.addButton(found)
        self._buttons[entry.name] = found
        if len(self._buttons) <= 9:
            shortcut = QShortcut(QKeySequence(f"Ctrl+{len(self._buttons)}"), self)
            shortcut.activated.connect(lambda name=entry.name: self.chosen.emit(name))
        return found

    def _on_press(self) -> None:
        self._before = self._shown

    def _on_click(self, name: str) -> None:
        """The word of the page that is shown, pressed once more: its page is read again."""
        if self._before == name:
            self.chosen.emit(name)

    def _on_toggle(self, name: str, is_chosen: bool) -> None:
        """Pressed, or chosen by a screen reader, which does so without what a click is."""
        style.embolden(self._buttons[name], is_strong=is_chosen)
        if is_chosen and name != self._shown:
            self.chosen.emit(name)

    def button(self, name: str) -> QPushButton:
        """The button of a page. Raises KeyError."""
        return self._buttons[name]

    def show_chosen(self, name: str) -> None:
        """Hold this page's word down."""
        self._shown = name
        self._buttons[name].setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        """Say beside the word how many things wait; nothing for 0."""
        title = next(e.title for e in self._entries if e.name == name)
        self._buttons[name].setText(f"{title}  {count}" if count else title)
        self._buttons[name].setAccessibleName(f"{title}, {count}" if count else title)
