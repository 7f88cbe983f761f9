"""What every page of an open desk shares: the desk, the texts, the worker, the settings, and what has happened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.settings import Language, Settings, save_settings
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.spelling import Spelling
from wpsdesk.ui.undoing import UndoMemory

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import LanguageCode


class Context(QObject):
    """One per open desk. ``say`` is the language of the moment: pages are rebuilt when it changes."""

    changed = Signal(str)
    """Something of the desk has changed: "entries", "call", "certificate", "sent", "replies", "submissions", "backups",
    "units", "journal", "reviews", "meetings", "habits" (of receiving). Pages that show it refresh themselves."""

    saved = Signal(object)
    """A draft is on the disk: the moment (datetime, UTC)."""

    asked = Signal(str, object)
    """Go to the page of this name and open this thing there (an EntryKey, say, or None)."""

    told = Signal(object, str)
    """Show a :class:`~wpsdesk.messages.Sentence` with its kind: "danger", "warning", "success" or "info"."""

    quieted = Signal()
    """Take the sentence away again."""

    wears = Signal(str, object)
    """The person asked for another "language", "text_size" or "scheme", with its value."""

    remembered = Signal()
    """A setting has changed: :attr:`settings` has it."""

    wipe_asked = Signal()
    """The person wants to wipe the desk; the window asks whether they mean it."""

    manual_asked = Signal()
    """The person wants to read the manual from its beginning."""

    errand_asked = Signal(object)
    """Do something to the desk that wants it closed: an :class:`~wpsdesk.ui.errands.Errand`."""

    def __init__(
        self, desk: Desk, jobs: Jobs, settings: Settings, language: Language, *, is_made_up: bool = False
    ) -> None:
        """``is_made_up``: it is thrown away, and with it whatever is set while it is open."""
        super().__init__()
        self.is_made_up = is_made_up
        self.desk = desk
        self.jobs = jobs
        self.settings = settings
        self.say: Catalogue = self._spoken(language)
        self.undo = UndoMemory(self)
        self.spelling = Spelling(desk, self, is_on=lambda: self.settings.checks_spelling)

    @property
    def language(self) -> LanguageCode:
        """The language that names and what is written from here are in: the window's, where it is one of our own."""
        return self.say.names_in

    def remember(self, **changes: object) -> None:
        """Change settings and keep them for the next time; that they cannot be written is not worth a message."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # the names are our own
        if not self.is_made_up:
            with suppress(WpsError):
                save_settings(self.settings)
        self.remembered.emit()

    def speak(self, language: Language) -> None:
        """Change the language of pages built from now on."""
        self.say = self._spoken(language)

    def _spoken(self, language: Language) -> Catalogue:
        """The texts, which name whoever calls for this desk's reports: UD, or an agency's ministry."""
        from wpsdesk.desk.model import called, caller_of  # not before the first window stands

        self.caller = caller_of(self.desk)
        return catalogue(language).afresh(called(self.caller))

    def hear_call(self) -> None:
        """Build everything anew where the first call has come from another than UD."""
        from wpsdesk.desk.model import caller_of

        if caller_of(self.desk) != self.caller:
            self.wears.emit("language", self.say.language)
