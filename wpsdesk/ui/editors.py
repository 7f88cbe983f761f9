"""Editors of single values: a word of a list, several words, a line, a number, a day, yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.ids import nfc
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, label, retone, tick, worded
from wpsdesk.ui.flow import flow

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")


def clean(text: str, *, at_most: int) -> str:
    """What was typed or pasted, in NFC, without control characters, no longer than may be kept."""
    return _UNSEEN.sub("", nfc(text.replace("\x0b", "\n").replace("\x0c", "\n")))[:at_most]


class Editor(QWidget):
    """Shows a value and gives it back. ``changed`` is emitted only for what the person does."""

    changed = Signal()

    def show_value(self, value: object) -> None:
        """Show ``value``, without emitting ``changed``."""
        raise NotImplementedError

    def value(self) -> object:
        """The value as it stands now."""
        raise NotImplementedError

    def show_error(self, text: str) -> None:
        """Say what is wrong; "" takes it away."""

    def _bare(self) -> QVBoxLayout:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        return inside


class WordEditor(Editor):
    """One word of a closed list, or none; its label stands at its left."""

    def __init__(
        self, say: Catalogue, name: str, words: Sequence[StrEnum], *, none: str | None = None, is_inline: bool = True
    ) -> None:
        super().__init__()
        pairs: list[tuple[object, str]] = [(None, none)] if none is not None else []
        pairs += [(value, messages.word(value, say)) for value in words]
        self.choice = Choice(name, pairs)
        self.choice.setMaximumWidth(style.current().px(420))
        self.setFocusProxy(self.choice)
        if is_inline:
            inside = QHBoxLayout(self)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(style.current().px(8))
            words_of = label(name, tone="muted")
            words_of.setBuddy(self.choice)
            inside.addWidget(words_of)
            inside.addWidget(self.choice)
            inside.addStretch(1)
        else:
            self._bare().addWidget(self.choice)
        self.choice.activated.connect(lambda _index: self.changed.emit())

    def show_value(self, value: object) -> None:
        """Show a word."""
        self.choice.choose(value)

    def value(self) -> object:
        """The word, or None."""
        return self.choice.chosen()

    def show_error(self, text: str) -> None:
        """Mark it; the words stand in the line by the buttons."""
        retone(self.choice, name="fault", value="true" if text else "")
        self.choice.setAccessibleDescription(text)


class WordsEditor(Editor):
    """Any number of words of a closed list, as boxes to tick."""

    def __init__(self, say: Catalogue, name: str, words: Sequence[StrEnum]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.boxes = {value: QCheckBox(messages.word(value, say)) for value in words}
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")
            box.toggled.connect(lambda _on: self.changed.emit())
        self.setFocusProxy(next(iter(self.boxes.values())))
        self._bare().addWidget(flow(label(name, tone="muted"), *self.boxes.values(), spacing=8))

    def show_value(self, value: object) -> None:
        """Tick these."""
        assert isinstance(value, tuple)
        for word, box in self.boxes.items():
            tick(box, is_on=word in value)

    def value(self) -> object:
        """Those that are ticked, in the list's order."""
        return tuple(word for word, box in self.boxes.items() if box.isChecked())


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleDescription(hint)
        self.setFocusProxy(self.box)
        inside = self._bare()
        inside.addLayout(worded(self.box, name))
        if hint:
            inside.addWidget(label(hint, type="small", wraps=True))
        self.box.toggled.connect(lambda _on: self.changed.emit())

    def show_value(self, value: object) -> None:
        """Tick it or not."""
        tick(self.box, is_on=bool(value))

    def value(self) -> object:
        """Whether it is ticked."""
        return self.box.isChecked()


class LineEditor(Editor):
    """A text on one line. Subclasses read something else out of the line."""

    def __init__(self, name: str, *, at_most: int = 500, pattern: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._at_most = at_most
        self.line = QLineEdit()
        self.line.setMaxLength(at_most)
        self.line.setAcceptDrops(False)  # a dropped file is for the page, its address is no answer
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        if pattern:
            self.line.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self.line))
        self._error = label("", type="small", tone="danger", wraps=True)
        self._error.setVisible(False)
        self.setFocusProxy(self.line)
        inside = self._bare()
        inside.addWidget(self.line)
        inside.addWidget(self._error)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def show_value(self, value: object) -> None:
        """Show a text; one that is longer than the line from its beginning, unless somebody is writing in it."""
        self.line.setText(str(value) if value is not None else "")
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    def value(self) -> object:
        """The text."""
        return clean(self.line.text().replace("\t", " "), at_most=self._at_most).strip()

    def show_error(self, text: str) -> None:
        """Say what is wrong under the line."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        retone(self.line, name="fault", value="true" if text else "")
        self.line.setAccessibleDescription(text)


class WholeEditor(LineEditor):
    """A whole number, or nothing; thousands may be parted by spaces."""

    def __init__(self, say: Catalogue, name: str, *, is_year: bool = False) -> None:
        super().__init__(name, at_most=16, pattern=r"-?[0-9 \x{00A0}\x{202F}]{0,15}")
        self._say, self._is_year = say, is_year

    def show_value(self, value: object) -> None:
        """Show a number."""
        assert value is None or isinstance(value, int)
        self.line.setText("" if value is None else str(value) if self._is_year else self._say.number(value))

    def value(self) -> object:
        """The number, or None."""
        digits = re.sub(r"\s", "", self.line.text().replace("\u2212", "-"))
        return int(digits) if re.fullmatch(r"-?[0-9]{1,12}", digits) else None


class DecimalEditor(LineEditor):
    """A decimal number, or nothing; comma and point both part the decimals."""

    def __init__(self, say: Catalogue, name: str) -> None:
        super().__init__(name, at_most=24, pattern=r"-?[0-9 \x{00A0}\x{202F}]{0,15}([.,][0-9]{0,6})?")
        self._say = say

    def show_value(self, value: object) -> None:
        """Show a number."""
        assert value is None or isinstance(value, Decimal)
        text = "" if value is None else format(value, "f")
        self.line.setText(text.replace(".", self._say.decimal_mark))

    def value(self) -> object:
        """The number, or None."""
        text = re.sub(r"\s", "", self.line.text()).replace(",", ".").removesuffix(".")
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            return None


class DayEditor(LineEditor):
    """A day, or nothing, written ``31.12.2026`` or ``2026-12-31``."""

    def __init__(self, say: Catalogue, name: str) -> None:
        super().__init__(name, at_most=10, placeholder=say("dd.mm.yyyy"))
        self.line.setMaximumWidth(style.current().px(200))
        self._say = say
        self.line.editingFinished.connect(self._check)

    def _check(self) -> None:
        is_wrong = bool(self.line.text().strip()) and self.value() is None
        self.show_error(self._say("Write the day like this: 31.12.2026.") if is_wrong else "")

    def show_value(self, value: object) -> None:
        """Show a day."""
        assert value is None or isinstance(value, date)
        self.line.setText("" if value is None else f"{value:%d.%m.%Y}")
        self.show_error("")

    def value(self) -> object:
        """The day, or None."""
        text = self.line.text().strip()
        found = _DAY.fullmatch(text)
        try:
            if found:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            return date.fromisoformat(text) if text else None
        except ValueError:
            return None
