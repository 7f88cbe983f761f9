"""The files of the answer that is shown: chosen, dropped, attached on the worker, taken off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk import attaching
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.ui import choosing
from wpsdesk.ui.context import Context

if TYPE_CHECKING:
    from wpsdesk.ui.page import Page


class AnswerFiles(QObject):
    """Attaches files to an answer and takes them off; the page says to which."""

    changed = Signal(object, object)
    """The files of an answer have changed on the disk: Year, Entry."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def choose(self) -> tuple[Path, ...]:
        """The files that are chosen in the dialog; none where it is closed."""
        say, settings = self._context.say, self._context.settings
        found = choosing.open_files(self._page, say("Attach files"), settings.last_folder)
        if found:
            self._context.remember(last_folder=found[0].parent)
        return tuple(found)

    def attach(self, year: Year, key: EntryKey, paths: tuple[Path, ...]) -> None:
        """Attach files to an answer, on the worker."""
        context = self._context
        desk, language = context.desk, context.language

        def work(progress: Progress) -> Entry:
            return attaching.attach(desk, year, key, paths, language=language, progress=progress)

        title = context.say.plural("Attaching {n} file", "Attaching {n} files", len(paths))
        context.jobs.start(
            work,
            owner=self._page,
            title=title,
            done=lambda entry: self.changed.emit(year, entry),
            failed=self._on_refused,
        )

    def detach(self, year: Year, key: EntryKey, digest: Digest) -> None:
        """Take one file off."""
        try:
            self.changed.emit(year, attaching.detach(self._context.desk, year, key, digest))
        except WpsError as fault:
            self._page.tell(fault)

    def _on_refused(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self._page.tell(fault)
