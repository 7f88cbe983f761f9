"""What is asked before a desk is moved, an officer let in, or the others shut out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.sharing import Address, address_from
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.passphrases import PassphraseField
from wpsdesk.ui.trust.asking import Asking, NewPassphrase


class _WithWords(Asking):
    """A dialog that wants the passphrase of now; put ``words`` among the fields."""

    def __init__(self, parent: QWidget, say: Catalogue, title: str, text: str, verb: str) -> None:
        super().__init__(parent, say, title, text, verb)
        self.words = PassphraseField(say, say("Your passphrase to this desk"))

    def has_words(self) -> bool:
        """Whether the passphrase has been written."""
        self.words.show_error("" if self.words.text else self.say("Write the passphrase."))
        return bool(self.words.text)


class MoveThereDialog(_WithWords):
    """Where the shared database is."""

    def __init__(self, parent: QWidget, say: Catalogue) -> None:
        text = say(
            "Everything that the desk holds is copied to the database. Keys, documents, reports and evidence are "
            "sealed before they leave this machine; names, decisions, internal notes and the words for the search are "
            "not. The desk is closed meanwhile. If it is stopped or something fails, the desk is where it was."
        )
        title = say("Move the desk to a shared database")
        super().__init__(parent, say, title, text, say("Move the desk"))
        self.place, self.line = line_field(
            say("The database's address"),
            hint=say("Such as {address}. IT knows it. No password belongs in it.", address=_EXAMPLE),
        )
        self.add(self.place, self.words)
        self.line.setFocus()

    def is_answered(self) -> bool:
        """A sound address and the passphrase."""
        try:
            address_from(self.line.text())
        except WpsError as fault:
            found = messages.sentence(fault, self.say)
            self.place.show_error(f"{found.what} {found.do}".strip())
        else:
            self.place.show_error("")
        return self.has_words() and not self.place.error

    @property
    def address(self) -> Address:
        """The address, once :meth:`is_answered`."""
        return address_from(self.line.text())


_EXAMPLE = "postgresql+psycopg://server.example/database"


class MoveBackDialog(_WithWords):
    """Which file the desk is to lie in."""

    def __init__(self, parent: QWidget, say: Catalogue, suggestion: Path) -> None:
        text = say(
            "Everything comes back to an encrypted file that one person at a time has open. The other officers' files "
            "open nothing from then on."
        )
        super().__init__(parent, say, say("Move the desk to a file"), text, say("Move the desk"))
        self.file = PathField(say, say("Where the desk's file is to lie"), self._browse)
        self.file.show_path(suggestion)
        self.add(self.file, self.words)
        self.file.setFocus()

    def _browse(self) -> Path | None:
        kinds = self.say("Desks ({pattern})", pattern=choosing.STORES)
        suggestion = self.file.path or Path.home()
        return choosing.new_file(self, self.say("Where the desk's file is to lie"), suggestion, kinds=kinds)

    def is_answered(self) -> bool:
        """A place where nothing lies yet, and the passphrase."""
        say, path = self.say, self.file.path
        taken = path is not None and self.path.exists()
        self.file.show_error(
            say("Choose where the file is to lie.") if path is None
            else say("There is a file of this name already. Choose another.") if taken else ""
        )  # fmt: skip
        return self.has_words() and not self.file.error

    @property
    def path(self) -> Path:
        """The new file with its ending, once :meth:`is_answered`."""
        path = self.file.path
        assert path is not None
        return path if path.suffix == ".wpsdesk" else path.with_name(path.name + ".wpsdesk")


class LetInDialog(_WithWords):
    """Who is let in, under which words, and where the two files are to lie."""

    def __init__(self, parent: QWidget, say: Catalogue, folder: Path | None) -> None:
        text = say(
            "This writes two files with which the officer opens this desk, under a passphrase of the officer's own. "
            "The officer also needs a login to the database, which IT gives."
        )
        super().__init__(parent, say, say("Let another officer in"), text, say("Write the two files"))
        self.name_field, self.name = line_field(say("The officer's name"))
        self.place = PathField(say, say("Folder for the two files"), self._browse)
        if folder is not None:
            self.place.show_path(folder)
        self.new = NewPassphrase(
            say, say("The officer's passphrase"), say("The same passphrase again"),
            hint=say("Best typed by the officer. It can be changed later, under Safety."),
        )  # fmt: skip
        self.add(self.name_field, self.place, self.new, self.words)
        self.name.setFocus()

    def _browse(self) -> Path | None:
        return choosing.folder(self, self.say("Folder for the two files"), self.place.path)

    def is_answered(self) -> bool:
        """A name, a folder that is there, a new passphrase twice, and one's own."""
        say, place = self.say, self.place.path
        has_name, has_place = bool(self.name.text().strip()), place is not None and place.is_dir()
        self.name_field.show_error("" if has_name else say("Write who it is."))
        self.place.show_error("" if has_place else say("Choose a folder."))
        is_new, has_words = self.new.is_answered(), self.has_words()
        return has_name and has_place and is_new and has_words

    @property
    def folder(self) -> Path:
        """The folder, once :meth:`is_answered`."""
        assert self.place.path is not None
        return self.place.path


class ShutOutDialog(_WithWords):
    """Asks once more, and for the words under which the new key is to lie."""

    def __init__(self, parent: QWidget, say: Catalogue) -> None:
        text = say(
            "The desk is encrypted anew in the database under a key that only this machine has, with a new passphrase "
            "and a new recovery code. Nobody else opens it until you let them in anew. What somebody has seen or "
            "copied before cannot be taken back; have IT close their login too."
        )
        super().__init__(parent, say, say("Shut the others out"), text, say("Shut the others out"))
        self.new = NewPassphrase(say, say("The new passphrase"), say("The same passphrase once more"))
        self.add(self.words, self.new)
        self.do_button.setDefault(False)
        self.words.setFocus()

    def is_answered(self) -> bool:
        """The passphrase of now, and a new one twice."""
        has_words, is_new = self.has_words(), self.new.is_answered()
        return has_words and is_new
