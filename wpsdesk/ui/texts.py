"""Qt's own words, on its buttons, menus and file dialog, from our catalogue: Qt ships none for bokmål."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from wpsdesk.i18n import N_, Catalogue

# Qt's source text without "&" and trailing dots -> our message id. Where our id would mean something else
# in a window of ours, it says more.
WORDS: Final[dict[str, str]] = {
    "OK": N_("OK"),
    "Save": N_("Save"),
    "Open": N_("Open file"),
    "Yes": N_("Yes"),
    "No": N_("No"),
    "Close": N_("Close"),
    "Cancel": N_("Cancel"),
    "Discard": N_("Discard"),
    "Help": N_("Help"),
    "Apply": N_("Apply"),
    "Reset": N_("Reset"),
    "Retry": N_("Try again"),
    "Ignore": N_("Ignore"),
    "Abort": N_("Stop"),
    "Undo": N_("Undo"),
    "Redo": N_("Redo"),
    "Cut": N_("Cut"),
    "Copy": N_("Copy"),
    "Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    "Copy Link Location": N_("Copy the link's address"),
    "Step up": N_("One more"),
    "Step down": N_("One less"),
    "Choose": N_("Choose"),
    "Directory:": N_("Folder:"),
    "File name:": N_("File name:"),
    "Files of type:": N_("Files of kind:"),
    "Look in:": N_("Look in:"),
    "Back": N_("Back"),
    "Forward": N_("Forward"),
    "Parent Directory": N_("Folder above"),
    "Create New Folder": N_("Make a new folder"),
    "New Folder": N_("New folder"),
    "List View": N_("Show as list"),
    "Detail View": N_("Show details"),
    "Computer": N_("Computer"),
    "Folder": N_("Folder"),
    "All Files (*)": N_("All files (*)"),
    "Name": N_("Name"),
    "Size": N_("Size"),
    "Type": N_("File kind"),
    "Date Modified": N_("Changed on"),
    "Rename": N_("Rename"),
    "Show hidden files": N_("Show hidden files"),
    "Save As": N_("Save as"),
    "Find Directory": N_("Find folder"),
}

CONTEXTS: Final = frozenset(
    {
        "QPlatformTheme", "QGuiApplication", "QDialogButtonBox", "QMessageBox", "QWidgetTextControl", "QLineEdit",
        "QPlainTextEdit", "QTextEdit", "QAbstractSpinBox", "QFileDialog", "QFileSystemModel",
        "QAbstractFileIconProvider", "QDialog",
    }
)  # fmt: skip


class QtTexts(QTranslator):
    """Answers Qt's requests for a translation from our catalogue; what it does not know stays English.

    There is one, and it lasts as long as the application. Qt asks it while holding a lock that a translator's end
    needs as well: were one of an earlier language thrown away in the middle of an answer, the program would stand
    still for good.
    """

    def __init__(self, say: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.say = say

    def isEmpty(self) -> bool:
        """It is never empty, or Qt would not ask it."""
        return False

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """The words for Qt's ``source``, or None."""
        if context not in CONTEXTS:
            return None
        bare = source.replace("&", "").removesuffix("...")
        known = WORDS.get(bare)
        return self.say(known) if known else None


TERRITORIES: Final[Mapping[str, str]] = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
"""How our own languages write days and numbers; a further one does as most who speak it."""

_INSTALLED: Final[list[QtTexts]] = []  # the one, once the first window speaks


def speak(say: Catalogue) -> None:
    """Let Qt speak the language of ``say`` from now on: its words and its locale, changed as one."""
    if _INSTALLED:
        _INSTALLED[0].say = say
    else:
        _INSTALLED.append(QtTexts(say, QCoreApplication.instance()))
        QCoreApplication.installTranslator(_INSTALLED[0])
    QLocale.setDefault(QLocale(TERRITORIES.get(say.language, say.language)))
