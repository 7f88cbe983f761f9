"""Files on their way in: chosen or pasted, looked at on the worker, and wished for where there is something to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.evidence.attaching import Wish
from wpsdesk.desk.evidence.considering import Look, look_at
from wpsdesk.desk.evidence.given import Given, Pasted
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing
from wpsdesk.ui.context import Context
from wpsdesk.ui.modal import show_over

if TYPE_CHECKING:
    from wpsdesk.ui.page import Page
    from wpsdesk.ui.reporter.attach_dialog import AttachDialog

Then = Callable[[list[Wish]], None]
"""What is done with the files as they are wished for."""


class Taking(QObject):
    """Gets files from a person and shows what they carry; what becomes of them is for who asked."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._pasted = 0
        self.dialog: AttachDialog | None = None

    def choose(self, title: str, *, many: bool = True) -> tuple[Path, ...]:
        """The files that are chosen in the dialog; none where it is closed."""
        found = choosing.open_files(self._page, title, self._context.settings.last_folder, many=many)
        if found:
            self._context.remember(last_folder=found[0].parent)
        return found

    # -- looking -----------------------------------------------------------------------------------

    def look(self, given: tuple[Given, ...], then: Then) -> None:
        """Look at files on the worker; where there is nothing to see or to choose, go on at once."""

        def work(progress: Progress) -> tuple[Look, ...]:
            return look_at(given, progress=progress)

        title = self._context.say.plural("Looking at {n} file", "Looking at {n} files", len(given))
        self._context.jobs.start(
            work,
            owner=self._page,
            title=title,
            done=lambda looks: self._on_looks(looks, then),
            failed=self.on_refused,
        )

    def _on_looks(self, looks: tuple[Look, ...], then: Then) -> None:
        if not any(look.needs_a_look for look in looks):
            then([Wish(given=look.given) for look in looks])
            return
        # Read in here: most answers are written without it.
        from wpsdesk.ui.reporter.attach_dialog import AttachDialog

        dialog = AttachDialog(self._context.say, looks, self._page)
        dialog.agreed.connect(then)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        show_over(dialog)

    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def on_refused(self, fault: WpsError) -> None:
        """Say what stood in the way; that it was stopped is no news to who stopped it."""
        if not isinstance(fault, Cancelled):
            self._page.tell(fault)

    # -- pasting -----------------------------------------------------------------------------------

    def on_clipboard(self) -> tuple[Given, ...]:
        """What the clipboard holds that can be attached: files, or a picture; where it is neither, that is said."""
        mime = QGuiApplication.clipboard().mimeData()
        found = () if mime is None else self._given_in(mime)
        if not found:
            nothing = self._context.say("The clipboard holds no picture and no file.")
            self._context.told.emit(Sentence(what=nothing, kept="", do=""), "info")
        return found

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
