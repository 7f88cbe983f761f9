"""Labels, buttons, choices and cards in the window's few forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSignalBlocker, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wpsdesk.ui import signs, style
from wpsdesk.ui.signs import Sign

_Line = TypeVar("_Line", QHBoxLayout, QVBoxLayout)

STRONG = ("title", "head", "strong", "figure", "code")
"""The types of label that are set in semibold."""


def label(text: str, *, type: str = "text", tone: str = "", wraps: bool = False) -> QLabel:  # noqa: A002
    """A text. ``type``: title, head, strong, text, small, figure; ``tone``: muted, danger, success, warning, info."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setProperty("type", type)
    found.setProperty("tone", tone)
    found.setWordWrap(wraps)
    if type in STRONG:
        style.embolden(found)
    if type in ("title", "head", "strong") and style.current().is_large:
        found.setWordWrap(True)  # two words of large type are wider than half a window
    if wraps:
        found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        found.setMinimumWidth(style.current().px(80))
    return found


def selectable(text: str, *, type: str = "text", tone: str = "") -> QLabel:  # noqa: A002
    """A text that can be marked and copied by mouse and keyboard: a path, a fingerprint, a code."""
    found = label(text, type=type, tone=tone, wraps=True)
    found.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return found


def retone(found: QWidget, *, name: str = "tone", value: str) -> None:
    """Change a property that the style sheet looks at, and dress the widget again."""
    if found.property(name) != value:
        found.setProperty(name, value)
        found.style().unpolish(found)
        found.style().polish(found)


def button(text: str, on_press: Callable[[], object] | None = None, *, role: str = "secondary") -> QPushButton:
    """A button. ``role``: primary (one a screen, lower right), secondary or link."""
    found = QPushButton(text)
    found.setProperty("role", role)
    found.setAutoDefault(False)
    if role == "primary":
        style.embolden(found)
    if role == "link":
        found.setCursor(Qt.CursorShape.PointingHandCursor)
        found.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if on_press is not None:
        found.clicked.connect(lambda _checked=False: on_press())
    return found


def tick(box: QAbstractButton, *, is_on: bool) -> None:
    """Show a box as ticked or not, without its telling that somebody did it.

    Whoever waits for a box must wait for ``toggled``: a screen reader ticks without what a click is.
    """
    with QSignalBlocker(box):
        box.setChecked(is_on)


class MenuButton(QPushButton):
    """A button with a chevron that opens a menu; Space, Enter and Alt+Down open it too."""

    def __init__(self, text: str, *, role: str = "secondary") -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setProperty("opens", "menu")
        self.setAutoDefault(False)
        self.setMenu(QMenu(self))

    def choices(self, pairs: Iterable[tuple[str, Callable[[], object]]], *, marked: int = -1) -> None:
        """Fill the menu; ``marked`` is the one that holds now."""
        menu = self.menu()
        menu.clear()
        for position, (text, on_choice) in enumerate(pairs):
            action = menu.addAction(text)
            action.setCheckable(marked >= 0)
            action.setChecked(position == marked)
            action.triggered.connect(lambda _checked=False, call=on_choice: call())

    def sizeHint(self) -> QSize:
        """Room for the chevron too."""
        hint = super().sizeHint()
        return QSize(hint.width() + style.current().px(16), hint.height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then its chevron."""
        if self.property("role") == "link":
            super().paintEvent(event)
            _paint_chevron(self, "accent")
        else:
            self._paint_framed()
            _paint_chevron(self, "text" if self.isEnabled() else "muted")

    def _paint_framed(self) -> None:
        """The frame, and the text in the middle of what the chevron leaves: Qt would put it under the chevron."""
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter  # no first window has such a button

        option, room = QStyleOptionButton(), style.current().px(16)
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        option.rect.adjust(*((room, 0, 0, 0) if is_mirrored else (0, 0, -room, 0)))
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.end()


class Choice(QComboBox):
    """A closed list to choose from. The wheel does not change it: the page under it scrolls."""

    def __init__(self, name: str, pairs: Iterable[tuple[object, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.values: list[object] = []
        self.offer(pairs)

    def offer(self, pairs: Iterable[tuple[object, str]]) -> None:
        """The values there are to choose from, each with its text.

        Kept here: what Qt keeps of a Python value comes back as another type.
        """
        self.clear()
        self.values = []
        for value, text in pairs:
            self.values.append(value)
            self.addItem(text)

    def choose(self, value: object) -> None:
        """Show ``value``; nothing where it is not among the choices."""
        self.setCurrentIndex(self.values.index(value) if value in self.values else -1)

    def chosen(self) -> object:
        """The value that is shown, or None."""
        return self.values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def minimumSizeHint(self) -> QSize:
        """It may be narrower than its longest choice."""
        return QSize(style.current().px(96), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then its chevron."""
        super().paintEvent(event)
        _paint_chevron(self, "text" if self.isEnabled() else "muted")


def _paint_chevron(widget: QWidget, role: str) -> None:
    look = style.current()
    side = look.px(10)
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = look.px(9) if is_mirrored else widget.width() - side - look.px(9)
    box = QRectF(left, (widget.height() - side) / 2, side, side)
    painter = QPainter(widget)
    signs.draw(painter, Sign.CHEVRON, box, look.colour(role))
    painter.end()


class TextArea(QPlainTextEdit):
    """A field for plain text that grows with what is written; Tab goes on to the next control."""

    turned = Signal()
    """Another document is shown."""

    files_pasted = Signal()
    """The clipboard held a picture or files, and no words: they cannot stand in a text."""

    def __init__(self, name: str, *, lines: int = 4, is_read_only: bool = False) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setReadOnly(is_read_only)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)
        self._grow()

    def show_document(self, document: QTextDocument) -> None:
        """Show another document, with what can be undone in it. Says nothing of a change."""
        if document is self.document():
            return
        self.document().documentLayout().documentSizeChanged.disconnect(self._on_size)
        self.blockSignals(True)
        if document.defaultFont() != self.font():
            document.setDefaultFont(self.font())
        self.setExtraSelections([])
        self.setDocument(document)
        self.blockSignals(False)
        document.documentLayout().documentSizeChanged.connect(self._on_size)
        self._grow()
        self.turned.emit()

    def put(self, text: str) -> None:
        """Put another text in the place of all that stands here, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def _on_size(self, _size: QSizeF) -> None:
        self._grow()

    def _grow(self) -> None:
        look = style.current()
        wanted = max(self._lines, round(self.document().size().height()))
        line = self.fontMetrics().lineSpacing()
        height = wanted * line + look.px(22)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        """Another typeface, another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only: files that are dropped are for the page, and their addresses are no answer."""
        return source.hasText() and not source.hasUrls() and bool(source.text().strip() or not source.hasImage())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """The words alone, however they were dressed where they came from."""
        if self.canInsertFromMimeData(source):
            from wpsdesk.ui.pasting import plain  # read in when it is first needed

            self.textCursor().insertText(plain(source.text()))
            self.ensureCursorVisible()
        elif source.hasImage() or source.hasUrls():  # what is dropped never comes so far: only what was pasted
            self.files_pasted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page: the field shows all its text."""
        event.ignore()


def card(*, is_quiet: bool = False) -> tuple[QFrame, QVBoxLayout]:
    """A frame around what belongs together, and the layout to fill."""
    look = style.current()
    frame = QFrame()
    frame.setObjectName("quietcard" if is_quiet else "card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
    inside.setSpacing(look.px(8))
    return frame, inside


def figure_card(figure: str, words: str, *, tone: str = "info") -> QFrame:
    """A number at a glance and what it counts."""
    frame, inside = card()
    inside.setSpacing(style.current().px(2))
    inside.addWidget(label(figure, type="figure", tone=tone))
    inside.addWidget(label(words, tone="muted", wraps=True))
    inside.addStretch(1)
    frame.setAccessibleName(f"{figure} {words}")
    return frame


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    return _in_line(QHBoxLayout(), widgets, spacing)


def column(*widgets: QWidget | None, spacing: int = 8) -> QVBoxLayout:
    """Widgets under one another; None is a stretch."""
    return _in_line(QVBoxLayout(), widgets, spacing)


def _in_line(line: _Line, widgets: Sequence[QWidget | None], spacing: int) -> _Line:
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(style.current().px(spacing))
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


class BoxLabel(QLabel):
    """The words of a box to tick or of one of several, which wrap where its own could not; pressing them presses it."""

    def __init__(self, text: str, box: QAbstractButton) -> None:
        super().__init__(text)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(style.current().px(80))
        self.setBuddy(box)
        self.setContentsMargins(0, style.current().px(4), 0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()


def worded(box: QAbstractButton, text: str) -> QHBoxLayout:
    """A box to tick, or one of several, beside its words, which wrap where there is no room."""
    box.setAccessibleName(text)
    line = QHBoxLayout()
    line.setSpacing(style.current().px(4))
    line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(BoxLabel(text, box), 1)
    return line
