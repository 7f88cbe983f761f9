"""“Look at a file” as a page of an open desk and, before any desk is open, as a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.keys.recovering import Recovered, recover
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing, style
from wpsdesk.ui.bars import JobStrip, MessageBar
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page, PageEntry
from wpsdesk.ui.scrolling import Content, Scroller
from wpsdesk.ui.trust.asking import KeyFileDialog
from wpsdesk.ui.trust.look_panel import Basis, LookPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpsdesk.i18n import Catalogue

    Tell = Callable[[Sentence, str], None]


def pages(context: Context) -> tuple[PageEntry, ...]:
    """The page that every desk has."""
    return (PageEntry(name="look", title=context.say("Look at a file"), factory=LookPage, is_last=True),)


class LookPage(Page):
    """A look at a file from an open desk, by its keys and its trust."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header(self.say("Look at a file"))
        self.panel = LookPanel(
            Basis(
                desk=context.desk,
                clock=context.desk.clock,
                jobs=context.jobs,
                say=self.say,
                folder=lambda: context.settings.last_folder,
                remember=lambda folder: context.remember(last_folder=folder),
            )
        )
        self.body.addWidget(self.panel, 1)
        self.panel.told.connect(self._tell)
        self.panel.recovery_asked.connect(self._recover)

    def _tell(self, sentence: Sentence, kind: str) -> None:
        self.context.told.emit(sentence, kind)

    def _recover(self, path: Path) -> None:
        RecoveryRoad(self.panel, self.context.jobs, self.say, self._tell).go(path, self.context.settings.last_folder)

    def open_thing(self, thing: object) -> None:
        """Look at the file at a path."""
        if isinstance(thing, Path):
            self.panel.look_at(thing)

    def accept_file_drop(self, paths: list[str]) -> bool:
        """What is dropped here is looked at, and taken in nowhere."""
        if paths:
            self.context.quieted.emit()
            self.panel.look_at(Path(paths[0]))
        return bool(paths)

    def place(self) -> object:
        """The file that is looked at."""
        return None if self.panel.seen is None else self.panel.seen.path

    def return_to(self, place: object) -> None:
        """Look at it again."""
        self.open_thing(place)


class RecoveryRoad:
    """From a sealed file and a recovery key in a file of its own to the signed container inside."""

    def __init__(self, owner: QWidget, jobs: Jobs, say: Catalogue, tell: Tell) -> None:
        self._owner, self._jobs, self._say, self._tell = owner, jobs, say, tell

    def go(self, path: Path, folder: Path | None) -> None:
        """Ask for the key's file, its passphrase and where the container is to lie; then open."""
        say, owner = self._say, self._owner
        words = say("Every sealed file opens with the recovery key of the one it is for, if that key was kept.")
        dialog = KeyFileDialog(owner, say, say("Open with a recovery key"), words, say("Open"))
        if not is_accepted(dialog):
            return
        key, passphrase = dialog.path, dialog.passphrase.text
        name, kinds = path.name.removesuffix(".cms"), say("Bundles ({pattern})", pattern="*.asice")
        out = choosing.new_file(owner, say("Open the seal"), (folder or path.parent) / name, kinds=kinds)
        if out is None:
            return

        def work(progress: Progress) -> Recovered:
            return recover(key, passphrase, path, out, progress=progress)

        self._jobs.start(work, owner=owner, title=say("Opening"), done=self._done, failed=self._failed)

    def _done(self, found: Recovered) -> None:
        say = self._say
        size = say.size(found.size)
        what = say("The recovery key of {unit} opens it: {file} ({size}).", unit=found.unit, file=found.path, size=size)
        do = say("Anyone who has that file can read it. Look at it here to see who signed it.")
        self._tell(Sentence(what=what, kept="", do=do), "success")

    def _failed(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self._tell(messages.sentence(fault, self._say), "danger")


class LookDialog(QDialog):
    """The same without a desk: for auditors, and for a file of which nobody knows whose it is."""

    def __init__(self, parent: QWidget, say: Catalogue, jobs: Jobs, clock: Clock) -> None:
        super().__init__(parent)
        self._say, self._jobs = say, jobs
        self._folder: Path | None = None
        self.setWindowTitle(say("Look at a file"))
        self.setModal(True)
        self.setAcceptDrops(True)
        look = style.current()
        self.bar = MessageBar(say)
        self.panel = LookPanel(
            Basis(
                desk=None, clock=clock, jobs=jobs, say=say, folder=lambda: self._folder,
                remember=self._remember,
            )
        )  # fmt: skip
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(8))
        inside.setSpacing(look.px(12))
        inside.addWidget(label(say("Look at a file"), type="title"))
        inside.addWidget(self.bar)
        inside.addWidget(self.panel, 1)
        self.close_button = button(say("Close"), self.accept)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addWidget(Scroller(content), 1)
        frame.addWidget(JobStrip(jobs, say))
        foot = row(None, self.close_button)
        foot.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(12))
        frame.addLayout(foot)
        room = parent.window().size()
        self.resize(min(look.px(880), room.width() - 24), min(look.px(660), room.height() - 24))
        self.panel.told.connect(self.bar.show_sentence)
        self.panel.recovery_asked.connect(self._recover)
        self.panel.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self, folder: Path) -> None:
        self._folder = folder

    def _recover(self, path: Path) -> None:
        RecoveryRoad(self.panel, self._jobs, self._say, self.bar.show_sentence).go(path, self._folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the first one."""
        for path in [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()][:1]:
            event.acceptProposedAction()
            self.bar.clear()
            self.panel.look_at(path)
