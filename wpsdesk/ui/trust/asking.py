"""Dialogs of trust and keys: a title, what it means in a sentence, a few fields, and one button that does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.desk.passphrases import SHORTEST
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, style
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.passphrases import PassphraseField, StrengthMeter
from wpsdesk.ui.scrolling import Content, Scroller

KEY_SUFFIX = ".wpskey"


class Asking(QDialog):
    """A dialog with its fields in ``self.fields``; :meth:`is_answered` holds it open until all is right."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, words: str, verb: str) -> None:
        super().__init__(parent)
        self.say = say
        look = style.current()
        self.setWindowTitle(title)
        self.setModal(True)
        content = Content()
        self.fields = QVBoxLayout(content)
        self.fields.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(4))
        self.fields.setSpacing(look.px(12))
        self.fields.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fields.addWidget(label(title, type="title", wraps=True))
        if words:
            self.fields.addWidget(label(words, tone="muted", wraps=True))
        self.do_button = button(verb, self._on_do, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        self.do_button.setDefault(True)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(Scroller(content), 1)
        foot = row(None, self.cancel_button, self.do_button)
        foot.setContentsMargins(look.px(20), look.px(4), look.px(20), look.px(14))
        frame.addLayout(foot)
        self._content = content

    def add(self, *widgets: QWidget) -> None:
        """Put fields below one another."""
        for widget in widgets:
            self.fields.addWidget(widget)

    def is_answered(self) -> bool:
        """Whether nothing is missing or wrong; what is, is said at its field."""
        return True

    def _on_do(self) -> None:
        if self.is_answered():
            self.accept()

    def showEvent(self, event: object) -> None:
        """As wide as is easily read, as high as it needs, and never larger than the window behind it."""
        look, behind = style.current(), self.parentWidget()
        room = behind.window().size() if behind is not None else self.size()
        width = min(look.px(520), max(room.width() - look.px(24), look.px(200)))
        self.resize(width, self.height())
        wanted = self.fields.totalHeightForWidth(width - look.px(16)) + look.px(72)
        self.resize(width, min(wanted, max(room.height() - look.px(24), look.px(200))))
        super().showEvent(event)  # type: ignore[arg-type]


class KeyFileDialog(Asking):
    """Asks for a file that holds a key, and the words that it lies under."""

    def __init__(
        self, parent: QWidget, say: Catalogue, title: str, words: str, verb: str, *, kinds: str = f"*{KEY_SUFFIX}"
    ) -> None:
        super().__init__(parent, say, title, words, verb)
        self._kinds = kinds
        self.file = PathField(say, say("File with the key"), self._browse)
        self.passphrase = PassphraseField(say, say("The file's passphrase"))
        self.add(self.file, self.passphrase)

    def _browse(self) -> Path | None:
        start = None if self.file.path is None else self.file.path.parent
        title, kinds = self.say("File with the key"), self.say("Keys ({pattern})", pattern=self._kinds)
        return next(iter(choosing.open_files(self, title, start, kinds=kinds, many=False)), None)

    def is_answered(self) -> bool:
        """Both must be there."""
        self.file.show_error("" if self.file.path else self.say("Choose the file with the key."))
        self.passphrase.show_error("" if self.passphrase.text else self.say("Write the passphrase."))
        return bool(self.file.path and self.passphrase.text)

    @property
    def path(self) -> Path:
        """The file that was chosen, once :meth:`is_answered`."""
        assert self.file.path is not None
        return self.file.path


class NewPassphrase(QWidget):
    """A new passphrase twice, with how long it is."""

    def __init__(self, say: Catalogue, first: str, second: str, *, hint: str = "") -> None:
        super().__init__()
        self._say = say
        self.first = PassphraseField(say, first, hint=hint)
        self.strength = StrengthMeter(say)
        self.second = PassphraseField(say, second, can_show=False)
        self.first.line.textChanged.connect(self.strength.show_strength)
        self.setFocusProxy(self.first)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        for part in (self.first, self.strength, self.second):
            inside.addWidget(part)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.first.text

    def is_answered(self) -> bool:
        """Whether it is long enough and the same twice."""
        say = self._say
        is_long = len(self.first.text.strip()) >= SHORTEST
        is_same = self.first.text == self.second.text
        self.first.show_error("" if is_long else say("Write at least {n} characters.", n=SHORTEST))
        self.second.show_error("" if is_same or not is_long else say("The two are not the same."))
        return is_long and is_same


class NewKeyFileDialog(Asking):
    """Asks where a key is to lie in a file of its own, and under which words."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, words: str, suggestion: Path) -> None:
        super().__init__(parent, say, title, words, say("Move the key"))
        self._title = title
        self.file = PathField(
            say, say("Where the file is to lie"), self._browse, hint=say("Best on a memory stick that is locked away.")
        )
        self.file.show_path(suggestion)
        self.new = NewPassphrase(
            say, say("Passphrase for this file alone"), say("The same passphrase again"),
            hint=say("Write it down, and keep it elsewhere than the file. Nobody can find it again."),
        )  # fmt: skip
        self.add(self.file, self.new)

    def _browse(self) -> Path | None:
        found, pattern = self.file.path or Path.home(), f"*{KEY_SUFFIX}"
        return choosing.new_file(self, self._title, found, kinds=self.say("Keys ({pattern})", pattern=pattern))

    def is_answered(self) -> bool:
        """A place, and a passphrase twice."""
        self.file.show_error("" if self.file.path else self.say("Choose where the file is to lie."))
        return self.new.is_answered() and self.file.path is not None

    @property
    def path(self) -> Path:
        """Where it is to lie, once :meth:`is_answered`."""
        assert self.file.path is not None
        return self.file.path


class SureDialog(Asking):
    """Asks once more before something that cannot be undone; the way back has the focus."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, words: str, verb: str) -> None:
        super().__init__(parent, say, title, words, verb)
        self.do_button.setDefault(False)
        self.cancel_button.setFocus()
