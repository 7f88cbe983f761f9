"""The files of the answer that is shown: chosen, dropped or pasted, looked at, attached on the worker, taken off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.evidence import attaching
from wpsdesk.desk.evidence.attaching import Attached, Wish
from wpsdesk.desk.evidence.considering import Look, Preview, look_at, preview_of
from wpsdesk.desk.evidence.given import Given, Pasted
from wpsdesk.desk.submission.carriers import mail_takes
from wpsdesk.messages import Sentence, shown
from wpsdesk.report.model import EntryKey, Evidence
from wpsdesk.ui import choosing
from wpsdesk.ui.context import Context

if TYPE_CHECKING:
    from wpsdesk.ui.page import Page
    from wpsdesk.ui.reporter.attach_dialog import AttachDialog


class Removed(NamedTuple):
    """A file that was taken off, and where it stood."""

    year: Year
    key: EntryKey
    evidence: Evidence
    place: int


class AnswerFiles(QObject):
    """Attaches files to an answer and takes them off; the page says to which."""

    changed = Signal(object, object)
    """The files of an answer have changed on the disk: Year, Entry."""

    previewed = Signal(str, object)
    """How the file with this digest looks: str, Preview."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._pasted = 0
        self.removed: Removed | None = None
        self._totals: dict[Year, int] = {}
        self.changed.connect(self._on_change)
        context.changed.connect(self._on_change)
        self.dialog: AttachDialog | None = None

    def choose(self) -> tuple[Path, ...]:
        """The files that are chosen in the dialog; none where it is closed."""
        say, settings = self._context.say, self._context.settings
        found = choosing.open_files(self._page, say("Attach files"), settings.last_folder)
        if found:
            self._context.remember(last_folder=found[0].parent)
        return tuple(found)

    # -- attaching ---------------------------------------------------------------------------------

    def attach(self, year: Year, key: EntryKey, given: tuple[Given, ...]) -> None:
        """Look at files on the worker; where there is nothing to see or to choose, attach them at once."""

        def work(progress: Progress) -> tuple[Look, ...]:
            return look_at(given, progress=progress)

        title = self._context.say.plural("Looking at {n} file", "Looking at {n} files", len(given))
        self._context.jobs.start(
            work,
            owner=self._page,
            title=title,
            done=lambda looks: self._on_looks(year, key, looks),
            failed=self._on_refused,
        )

    def _on_looks(self, year: Year, key: EntryKey, looks: tuple[Look, ...]) -> None:
        if not any(look.needs_a_look for look in looks):
            self._attach(year, key, [Wish(given=look.given) for look in looks])
            return
        # Read in here: most answers are written without it.
        from wpsdesk.ui.reporter.attach_dialog import AttachDialog

        dialog = AttachDialog(self._context.say, looks, self._page)
        dialog.agreed.connect(lambda wishes: self._attach(year, key, wishes))
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _attach(self, year: Year, key: EntryKey, wishes: list[Wish]) -> None:
        context = self._context
        desk, language = context.desk, context.language

        def work(progress: Progress) -> Attached:
            return attaching.attach_as_wished(desk, year, key, wishes, language=language, progress=progress)

        title = context.say.plural("Attaching {n} file", "Attaching {n} files", len(wishes))
        context.jobs.start(
            work,
            owner=self._page,
            title=title,
            done=lambda done: self._on_attached(year, done),
            failed=self._on_refused,
        )

    def _on_attached(self, year: Year, done: Attached) -> None:
        self.changed.emit(year, done.entry)
        again = [shown(file.name) for file in done.files if file.is_again]
        if again:
            say = self._context.say
            what = say("Already attached, and kept once: {files}.", files=say.listing(again))
            self._context.told.emit(Sentence(what=what, kept="", do=""), "info")

    # -- pasting -----------------------------------------------------------------------------------

    def on_clipboard(self) -> tuple[Given, ...]:
        """What the clipboard holds that can be attached: files, or a picture."""
        mime = QGuiApplication.clipboard().mimeData()
        return () if mime is None else self._given_in(mime)

    def _given_in(self, mime: QMimeData) -> tuple[Given, ...]:
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            return tuple(paths)
        if not mime.hasImage():
            return ()
        image = mime.imageData()
        if not isinstance(image, QImage) or image.isNull():
            return ()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a text
        self._pasted += 1
        name = self._context.say("Pasted picture {n}", n=self._pasted)
        return (Pasted(name=f"{name}.png", data=bytes(buffer.data().data())),)

    # -- taking off --------------------------------------------------------------------------------

    def detach(self, year: Year, key: EntryKey, digest: Digest, files: tuple[Evidence, ...]) -> None:
        """Take one file off; what is known of it is kept until the next is taken off."""
        place = next((n for n, each in enumerate(files) if each.digest == digest), None)
        if place is None:
            return
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
            done=lambda found: self.previewed.emit(digest, found),
            failed=self._on_refused,
        )

    def total(self, year: Year) -> int:
        """Bytes of all the files in the report; counted anew only where something has changed."""
        if year not in self._totals:
            self._totals[year] = attaching.evidence_size(self._context.desk, year)
        return self._totals[year]

    @property
    def mail_takes(self) -> int:
        """Bytes that one mail takes, by the limit that was used the last time."""
        return mail_takes(self._context.desk)

    def _on_change(self, what: object, _entry: object = None) -> None:
        if what != "states":  # a state has changed while writing, and no file
            self._totals.clear()

    def _on_refused(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self._page.tell(fault)
