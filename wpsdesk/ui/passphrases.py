"""A field for a passphrase: hidden, shown on request, and with a word when Caps Lock seems to be on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.bars import Bar
from wpsdesk.ui.controls import label
from wpsdesk.ui.fields import Field

if TYPE_CHECKING:
    from wpsdesk.desk.safety.passphrases import Strength


class SecretLine(QLineEdit):
    """A hidden line that notices Caps Lock by what is typed: Qt does not tell its state."""

    capitals = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and compare the letter's case with the Shift key."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)
        elif letter.isalpha() and letter.upper() != letter.lower():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)


class PassphraseField(QWidget):
    """The passphrase with its notes and a tick that shows it."""

    def __init__(self, say: Catalogue, name: str, *, hint: str = "", can_show: bool = True) -> None:
        super().__init__()
        self.line = SecretLine()
        self._field = Field(name, self.line, hint=hint)
        self._note = label(say("Caps Lock seems to be on."), tone="warning", wraps=True)
        self._note.setVisible(False)
        self.line.capitals.connect(self._note.setVisible)
        self.shown = QCheckBox(say("Show what I type"))
        if not can_show:
            self.shown.hide()
        self.shown.toggled.connect(self._show)
        self.setFocusProxy(self.line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        for widget in (self._field, self._note, self.shown):
            inside.addWidget(widget)

    def _show(self, is_shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.line.text()

    @property
    def warns_of_capitals(self) -> bool:
        """Whether it says that Caps Lock seems to be on."""
        return not self._note.isHidden()

    @property
    def error(self) -> str:
        """What is said to be wrong."""
        return self._field.error

    def show_error(self, text: str) -> None:
        """Say at the field what is wrong."""
        self._field.show_error(text)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self._note.setVisible(False)


class StrengthMeter(QWidget):
    """How well a new passphrase would stand against guessing, as a bar, a word and a sentence of advice."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._bar = Bar(tone="accent")
        self._words = label("", type="small", wraps=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        inside.addWidget(self._bar)
        inside.addWidget(self._words)
        self.show_strength("")

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_strength(self, passphrase: str) -> None:
        """Measure ``passphrase``."""
        from wpsdesk.desk.safety.passphrases import GOOD, counted, strength_of
        from wpsdesk.messages import word

        found = strength_of(passphrase)
        text = f"{word(found, self._say)}. {self._advice(found, len(passphrase.strip()))}".strip()
        self._words.setText(text)
        self._bar.show_share(min(counted(passphrase), GOOD), GOOD, text)

    def _advice(self, found: Strength, length: int) -> str:
        from wpsdesk.desk.safety.passphrases import SHORTEST, Strength

        say = self._say
        match found:
            case Strength.TOO_SHORT:
                return say.plural(
                    "{n} character of at least {least}.", "{n} characters of at least {least}.", length, least=SHORTEST
                )
            case Strength.GUESSABLE:
                return say("It is made of what is tried first: common words, years, rows of keys, the same again.")
            case Strength.FAIR:
                return say("Four or five words that have nothing to do with one another are better.")
            case Strength.GOOD:
                return say("Do not use it anywhere else.")
