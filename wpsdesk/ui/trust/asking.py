"""Dialogs of trust and keys: a title, what it means in a sentence, a few fields, and one button that does it.

A dialog that is given work stays open while it is done, and until it has been: what stood in the way is said in it,
beside what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.files import make_folder
from wpsdesk.base.progress import Progress
from wpsdesk.desk.safety.passphrases import SHORTEST
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, style
from wpsdesk.ui.bars import MessageBar
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.jobs import Jobs
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
        self.bar = MessageBar(say)
        if words:
            self.fields.addWidget(label(words, tone="muted", wraps=True))
        self.fields.addWidget(self.bar)
        self.do_button = button(verb, self._on_do, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        self.do_button.setDefault(True)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(Scroller(content), 1)
        foot = row(None, self.cancel_button, self.do_button)
        foot.setContentsMargins(look.px(20), look.px(4), look.px(20), look.px(14))
        frame.addLayout(foot)
        self._jobs: Jobs | None = None
        self._work: Callable[[Progress], object] = _nothing
        self.result_of_work: object = None

    def add(self, *widgets: QWidget) -> None:
        """Put fields below one another."""
        for widget in widgets:
            self.fields.addWidget(widget)

    def is_answered(self) -> bool:
        """Whether nothing is missing or wrong; what is, is said at its field."""
        return True

    def works(self, jobs: Jobs, work: Callable[[Progress], object]) -> None:
        """What the button does, on the worker; its result is :attr:`result_of_work` once the dialog is accepted."""
        self._jobs, self._work = jobs, work

    def _on_do(self) -> None:
        self.bar.clear()
        if not self.is_answered():
            self._grow()
            return
        if self._jobs is None:
            self.accept()
            return
        self.do_button.setEnabled(False)
        self._jobs.start(self._work, owner=self, title=self.windowTitle(), done=self._on_done, failed=self._on_fault)

    def _on_done(self, result: object) -> None:
        self.result_of_work = result
        self.accept()

    def _on_fault(self, fault: WpsError) -> None:
        self.do_button.setEnabled(True)
        if not isinstance(fault, Cancelled):
            self.bar.show_sentence(messages.sentence(fault, self.say))
            self._grow()
            self.bar.setFocus()

    def showEvent(self, event: object) -> None:
        """As wide as is easily read, as high as it needs, and never larger than the window behind it."""
        look = style.current()
        width = min(look.px(520), max(self._room().width() - look.px(24), look.px(200)))
        self.resize(width, self._wanted(width))
        super().showEvent(event)  # type: ignore[arg-type]

    def _room(self) -> QSize:
        behind = self.parentWidget()
        return behind.window().size() if behind is not None else self.size()

    def _wanted(self, width: int) -> int:
        look = style.current()
        wanted = self.fields.totalHeightForWidth(width - look.px(16)) + look.px(72)
        return min(wanted, max(self._room().height() - look.px(24), look.px(200)))

    def _grow(self) -> None:
        """Make room for what is said at the fields, so that none of it is out of sight where there is room."""
        self.resize(self.width(), max(self.height(), self._wanted(self.width())))


def _nothing(_progress: Progress) -> None:
    """The work of a dialog that only asks."""


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


class RequestAsking(Asking):
    """A dialog that writes a request for a certificate, and so asks for a folder; put ``where`` among the fields."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, words: str, folder: Path) -> None:
        super().__init__(parent, say, title, words, say("Write the request"))
        self.where = PathField(say, say("Folder for the request"), self._browse_folder)
        self.where.show_path(folder)

    def _browse_folder(self) -> Path | None:
        return choosing.folder(self, self.say("Folder for the request"), self.where.path)

    def is_answered(self) -> bool:
        """There must be a folder."""
        self.where.show_error("" if self.where.path else self.say("Choose a folder."))
        return self.where.path is not None

    @property
    def out(self) -> Path:
        """The folder, made where it is not there yet. Raises what making it raises."""
        folder = self.where.path or Path.home()
        make_folder(folder)
        return folder


class SureDialog(Asking):
    """Asks once more before something that cannot be undone; the way back has the focus."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, words: str, verb: str) -> None:
        super().__init__(parent, say, title, words, verb)
        self.do_button.setDefault(False)
        self.cancel_button.setFocus()
