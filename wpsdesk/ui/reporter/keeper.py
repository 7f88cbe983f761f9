"""Autosave: what is typed is on the disk within a second, and nothing typed is let go before it is.

A save is one short transaction and is done at once, on the window's thread. While a job holds the store
(an export, a large attachment) it waits for the job's end, so that the window never stands still.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import EntryState
from wpsdesk.ui.context import Context

PAUSE = 600
"""Milliseconds from the first unsaved keystroke to its save."""


class Keeper(QObject):
    """Holds answers that have been changed until they are on the disk."""

    saved = Signal(object, object)
    """An answer is on the disk: EntryKey, EntryState."""

    failed = Signal(object)
    """An answer could not be saved and is still held: the WpsError."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._held: dict[tuple[Year, EntryKey], Entry] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)
        # A method, not a lambda: the worker outlives this page, and only a method is let go with its object.
        context.jobs.ended.connect(self._on_job_end)

    def put(self, year: Year, entry: Entry) -> None:
        """Save ``entry`` soon. Typing on does not put it off."""
        self._held[(year, entry.key)] = entry
        if not self._timer.isActive():
            self._timer.start()

    def merge(self, year: Year, key: EntryKey, change: Callable[[Entry], Entry]) -> None:
        """Change an answer that is still held, because its files have changed on the disk meanwhile."""
        held = self._held.get((year, key))
        if held is not None:
            self._held[(year, key)] = change(held)

    def take_files_of(self, year: Year, entry: Entry) -> None:
        """Let an answer that is still held name the files that ``entry`` names."""
        self.merge(year, entry.key, lambda held: replace(held, evidence=entry.evidence))

    def entry(self, year: Year, key: EntryKey) -> Entry:
        """The answer as it was last written, on the disk or still held."""
        held = self._held.get((year, key))
        return held if held is not None else drafting.begun(self._context.desk, year, key)

    def _on_job_end(self, _job: object) -> None:
        self.flush()

    def flush(self) -> bool:
        """Save now. Returns whether nothing is held any more."""
        self._timer.stop()
        if self._context.jobs.is_busy:
            return not self._held
        for (year, key), entry in tuple(self._held.items()):
            try:
                state = drafting.save(self._context.desk, year, entry)
            except WpsError as fault:
                self.failed.emit(fault)
                self._timer.start()
                return False
            del self._held[(year, key)]
            self._tell(key, state)
        return True

    def _tell(self, key: EntryKey, state: EntryState) -> None:
        self.saved.emit(key, state)
        self._context.saved.emit(self._context.desk.clock())
