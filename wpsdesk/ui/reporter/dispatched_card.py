"""What has been written: where it lies, that it was read again, and in plain words how to send it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from wpsdesk.desk.submission.carriers import Carrier
from wpsdesk.desk.submission.dispatching import Dispatched
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row, selectable
from wpsdesk.ui.reporter.emptying import emptied

LISTED = 8
"""Names of files that are shown; the rest are a number."""


class DispatchedCard(QFrame):
    """Shown from the moment the files lie there until the page is left."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = style.current()
        self.setObjectName("quietcard")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._inside.setSpacing(look.px(8))
        self._folder: Path | None = None
        self.folder_button: QPushButton | None = None
        self.steps: tuple[str, ...] = ()
        self.setVisible(False)

    def show_dispatched(self, done: Dispatched) -> None:
        """Tell what lies where and what is to be done now."""
        say = self._context.say
        self._folder = done.folder
        self.steps = tuple(steps(done, say))
        head = say("The report is written, and was read again from the disk")
        self._fill(head, [(file.path, file.size) for file in done.files], self.steps)

    def show_parts(self, folder: Path, files: tuple[tuple[Path, int], ...]) -> None:
        """Tell of parts that were written once more."""
        say = self._context.say
        self._folder = folder
        self.steps = (
            say("Send these files to UD the same way as the others."),
            say("Delete nothing until UD's receipt has come."),
        )
        self._fill(say("The parts are written once more, and were read again from the disk"), list(files), self.steps)

    def _fill(self, head: str, files: list[tuple[Path, int]], told: tuple[str, ...]) -> None:
        say = self._context.say
        emptied(self._inside)
        self._inside.addWidget(label(head, type="head"))
        if len(files) > 1:
            self._inside.addWidget(selectable(str(files[0][0].parent)))
        for path, size in files[:LISTED]:
            shown = path if len(files) == 1 else path.name
            self._inside.addWidget(selectable(f"{shown} · {say.size(size)}"))
        if len(files) > LISTED:
            more = say.plural("and {n} more", "and {n} more", len(files) - LISTED)
            self._inside.addWidget(label(more, tone="muted"))
        for number, step in enumerate(told, start=1):
            self._inside.addWidget(label(f"{number}. {step}", wraps=True))
        self.folder_button = button(say("Open the folder"), self._open)
        self.setFocusProxy(self.folder_button)
        self._inside.addLayout(row(self.folder_button, None))
        self.setVisible(True)

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def steps(done: Dispatched, say: Catalogue) -> Iterator[str]:
    """How to send it, a sentence a step."""
    count = len(done.files)
    if done.carrier is Carrier.STICK:
        yield say("Everything is on the stick. Eject it in the file manager; then it may be pulled out.")
        yield say("Hand the stick over to UD, or send it by courier. Nobody but UD can read what is on it.")
    elif done.carrier is Carrier.MAIL:
        yield say.plural(
            "Write an e-mail to UD's address for these reports, which stands in the letter that came with the call, "
            "and attach the file.",
            "Write {n} e-mails to UD's address for these reports, which stands in the letter that came with the call, "
            "and attach the files in their order, as many to each as there is room for.",
            done.messages,
        )
    else:
        name = "eFormidling" if done.carrier is Carrier.EFORMIDLING else "Altinn"
        yield say.plural(
            "Send the file by {name} to Utenriksdepartementet, organisation number 972 417 920.",
            "Send all {n} files by {name} to Utenriksdepartementet, organisation number 972 417 920.",
            count,
            name=name,
        )
    if any(file.is_spare for file in done.files):
        yield say("Send the spare part too: it stands in for any one part that is lost.")
    if done.fingerprint is not None:
        yield say("Read these digits to UD over the telephone: {digits}", digits=done.fingerprint)
    yield say("Delete nothing until UD's receipt has come. Load it here, or drop it on the window.")
