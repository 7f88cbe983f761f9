"""The files of the answer that is shown: attached on the worker, taken off, put back, seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.evidence import attaching
from wpsdesk.desk.evidence.attaching import Attached, Wish
from wpsdesk.desk.evidence.considering import Preview, preview_of
from wpsdesk.desk.evidence.given import Given
from wpsdesk.desk.submission.carriers import mail_takes
from wpsdesk.messages import Sentence, shown
from wpsdesk.report.model import EntryKey, Evidence
from wpsdesk.ui.context import Context
from wpsdesk.ui.reporter.evidence_list import EvidenceEditor
from wpsdesk.ui.reporter.taking import Taking

if TYPE_CHECKING:
    from wpsdesk.ui.page import Page

Place = tuple[Year, EntryKey]


class Removed(NamedTuple):
    """A file that was taken off, and where it stood."""

    year: Year
    key: EntryKey
    evidence: Evidence
    place: int


class AnswerFiles(QObject):
    """Attaches files to the answer that is shown and takes them off.

    ``here`` says which answer that is, once what was typed in it is kept; None where nothing can be attached.
    """

    changed = Signal(object, object)
    """The files of an answer have changed on the disk: Year, Entry."""

    def __init__(self, context: Context, page: Page, editor: EvidenceEditor, here: Callable[[], Place | None]) -> None:
        super().__init__(page)
        self._context, self._page, self._editor, self._here = context, page, editor, here
        self.taking = Taking(context, page)
        self.removed: Removed | None = None
        self._totals: dict[Year, int] = {}
        self.changed.connect(self._on_change)
        context.changed.connect(self._on_change)
        editor.attach_asked.connect(self.choose)
        editor.detach_asked.connect(self.detach)
        editor.paste_asked.connect(self.paste)
        editor.undo_asked.connect(self.put_back)
        editor.preview_asked.connect(self.preview)

    # -- attaching ---------------------------------------------------------------------------------

    def choose(self) -> None:
        """Attach files by the dialog."""
        self.attach(self.taking.choose(self._context.say("Attach files")))

    def paste(self) -> None:
        """Attach the picture or the files that the clipboard holds."""
        self.attach(self.taking.on_clipboard())

    def attach(self, given: tuple[Given, ...]) -> None:
        """Attach files to the answer that is shown, once they have been looked at."""
        place = self._here() if given else None
        if place is not None:
            self.taking.look(given, lambda wishes: self._attach(place, wishes))

    def _attach(self, place: Place, wishes: list[Wish]) -> None:
        context, (year, key) = self._context, place
        desk, language = context.desk, context.language

        def work(progress: Progress) -> Attached:
            return attaching.attach_as_wished(desk, year, key, wishes, language=language, progress=progress)

        title = context.say.plural("Attaching {n} file", "Attaching {n} files", len(wishes))
        context.jobs.start(
            work,
            owner=self._page,
            title=title,
            done=lambda done: self._on_attached(year, done),
            failed=self.taking.on_refused,
        )

    def _on_attached(self, year: Year, done: Attached) -> None:
        self.changed.emit(year, done.entry)
        again = [shown(file.name) for file in done.files if file.is_again]
        if again:
            say = self._context.say
            what = say("Already attached, and kept once: {files}.", files=say.listing(again))
            self._context.told.emit(Sentence(what=what, kept="", do=""), "info")

    # -- taking off --------------------------------------------------------------------------------

    def detach(self, digest: Digest) -> None:
        """Take one file off; what is known of it is kept until the next is taken off."""
        found = self._here()
        files = self._editor.value()
        assert isinstance(files, tuple)
        place = next((n for n, each in enumerate(files) if each.digest == digest), None)
        if place is None or found is None:
            return
        year, key = found
        try:
            entry = attaching.detach(self._context.desk, year, key, digest)
        except WpsError as fault:
            self._page.tell(fault)
            return
        self.removed = Removed(year, key, files[place], place)
        self.changed.emit(year, entry)

    def put_back(self) -> None:
        """Put the file that was taken off last back where it stood."""
        if self.removed is None:
            return
        year, key, evidence, place = self.removed
        try:
            entry = attaching.put_back(self._context.desk, year, key, evidence, place)
        except WpsError as fault:
            self._page.tell(fault)
            return
        self.removed = None
        self.changed.emit(year, entry)

    # -- seeing ------------------------------------------------------------------------------------

    def preview(self, evidence: Evidence) -> None:
        """Find out on the worker how an attached file looks."""
        desk, digest = self._context.desk, evidence.digest

        def work(_progress: Progress) -> Preview:
            return preview_of(desk, digest, evidence.media_type, evidence.size)

        self._context.jobs.start(
            work,
            owner=self._page,
            done=lambda found: self._editor.show_preview(digest, found),
            failed=self.taking.on_refused,
        )

    def show_here(self, place: Place) -> None:
        """Say beside the files of this answer what was taken off it, and how large the report's files are."""
        gone = self.removed
        is_here = gone is not None and (gone.year, gone.key) == place
        self._editor.show_removed(gone.evidence.title if gone is not None and is_here else "")
        self._editor.show_total(self._total(place[0]), mail_takes(self._context.desk))

    def _total(self, year: Year) -> int:
        """Bytes of all the files in the report; counted anew only where something has changed."""
        if year not in self._totals:
            self._totals[year] = attaching.evidence_size(self._context.desk, year)
        return self._totals[year]

    def _on_change(self, what: object, _entry: object = None) -> None:
        if what != "states":  # a state has changed while writing, and no file
            self._totals.clear()
