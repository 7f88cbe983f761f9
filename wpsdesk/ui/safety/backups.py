"""Backups: one press to the folder or stick that is remembered, when it is time, and what has been made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.arrivals import habits
from wpsdesk.desk.safety import backing_up
from wpsdesk.desk.safety.backing_up import Backup, Standing
from wpsdesk.desk.sharing import moved_path
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing, style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.page import Page

DAYS = (1, 3, 7, 14, 30, 0)
KEPT = (3, 7, 14, 30, 0)
LISTED = 5


def standing_words(found: Standing, say: Catalogue) -> str:
    """How it stands with backups, in a sentence."""
    if found.last is None:
        return say("No backup has been made yet.")
    if found.changes == 0:
        return say("The last backup, of {when}, holds everything.", when=say.moment(found.last))
    return say.plural(
        "The last backup is of {when}. {n} change has come since.",
        "The last backup is of {when}. {n} changes have come since.",
        found.changes,
        when=say.moment(found.last),
    )


class BackupCard(QFrame):
    """The card on the page."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self.context, self._page, say = context, page, context.say
        self.setObjectName("card")
        look = style.current()
        self.standing = label("", wraps=True)
        self.folder = label("", tone="muted", wraps=True)
        self.here_button = button(say("Make a backup now"), self.back_up)
        self.choose_button = button(say("Choose a folder or a stick"), self.choose_folder)
        self.elsewhere_button = button(say("Make a backup as another file"), self.back_up_elsewhere, role="link")
        self.days = Choice(say("Remind me after"), [(n, _days(n, say)) for n in DAYS])
        self.days.choose(context.settings.backup_days)
        self.days.activated.connect(self._keep_days)
        self._made = QVBoxLayout()
        self._made.setSpacing(look.px(4))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        inside.addWidget(label(say("Backups"), type="head"))
        inside.addWidget(self.standing)
        inside.addWidget(self.folder)
        inside.addWidget(flow(self.here_button, self.choose_button, self.elsewhere_button, spacing=8))
        inside.addLayout(self._made)
        inside.addLayout(row(Field(self.days.accessibleName(), self.days), None))
        if context.desk.is_authority:
            self.kept = Choice(say("From before the first import of a day, keep"), [(n, _kept(n, say)) for n in KEPT])
            self.kept.choose(habits.habits(context.desk).kept)
            self.kept.activated.connect(self._keep_backups)
            where = say("They lie beside the store, in {folder}.", folder=backing_up.folder_beside(context.desk).name)
            inside.addLayout(row(Field(self.kept.accessibleName(), self.kept, hint=where), None))
        note = say(
            "A backup is one encrypted file, checked by opening it. It opens with the passphrase of today. Keep it on "
            "a stick or another machine. The {n} newest in a folder are kept.",
            n=backing_up.KEPT,
        )
        inside.addWidget(label(note, tone="muted", wraps=True))

    def refresh(self) -> None:
        """Read it again."""
        context, say = self.context, self.context.say
        found = backing_up.standing(context.desk, after_days=context.settings.backup_days)
        self.standing.setText(standing_words(found, say))
        folder = context.settings.backup_folder
        self.folder.setText(say("They go to {folder}.", folder=folder) if folder else say("No folder is chosen yet."))
        while (item := self._made.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        listed = [one for one in backing_up.backups(context.desk) if not backing_up.is_beside(context.desk, one)]
        for one in listed[:LISTED]:
            self._made.addWidget(_line(one, say))
        for copy in backing_up.copies_before(context.desk):
            if copy == moved_path(context.desk.store.path):
                text = say("{file} is the desk as it was before it was moved. Delete it when all is well.", file=copy)
            else:
                text = say("{file} is a copy from before an upgrade. Delete it when all is well.", file=copy)
            self._made.addWidget(label(text, type="small", wraps=True))

    def _keep_days(self, _index: int) -> None:
        self.context.remember(backup_days=self.days.chosen())
        self.context.changed.emit("backups")

    def _keep_backups(self, _index: int) -> None:
        number = self.kept.chosen()
        assert isinstance(number, int)
        habits.keep_backups(self.context.desk, number)

    def choose_folder(self) -> None:
        """Remember a folder, and make a backup there."""
        context = self.context
        found = choosing.folder(self, context.say("Choose a folder or a stick"), context.settings.backup_folder)
        if found is not None:
            context.remember(backup_folder=found)
            self.back_up()

    def back_up(self) -> None:
        """One press: to the folder that is remembered, or first choose one."""
        folder, desk = self.context.settings.backup_folder, self.context.desk
        if folder is None:
            self.choose_folder()
            return

        def work(_progress: Progress) -> Backup:
            return backing_up.backup_in(desk, folder)

        self._start(work)

    def back_up_elsewhere(self) -> None:
        """Make a backup where the person points."""
        context, say = self.context, self.context.say
        desk, folder = context.desk, context.settings.last_folder or Path.home()
        path = choosing.new_file(self, say("Make a backup"), folder / backing_up.suggested_name(desk))
        if path is None:
            return
        context.remember(last_folder=path.parent)

        def work(_progress: Progress) -> Backup:
            return backing_up.backup(desk, path)

        self._start(work)

    def _start(self, work: Callable[[Progress], Backup]) -> None:
        context = self.context
        self.here_button.setEnabled(False)
        context.jobs.start(
            work, owner=self, title=context.say("Making a backup"), done=self._done, failed=self._failed,
        )  # fmt: skip

    def _done(self, made: Backup) -> None:
        context, say = self.context, self.context.say
        self.here_button.setEnabled(True)
        what = say("The backup lies at {path}, and opens.", path=made.path)
        context.told.emit(Sentence(what=what, kept="", do=""), "success")
        context.changed.emit("backups")
        context.changed.emit("journal")

    def _failed(self, fault: WpsError) -> None:
        self.here_button.setEnabled(True)
        if not isinstance(fault, Cancelled):
            self._page.tell(fault)


def _line(one: Backup, say: Catalogue) -> QWidget:
    text = say("{when} · {size} · {file}", when=say.moment(one.at), size=say.size(one.size), file=one.path)
    if not one.is_there:
        text = f"{text} ({say('cannot be seen now')})"
    return label(text, type="small", wraps=True)


def _kept(count: int, say: Catalogue) -> str:
    return say.plural("{n} backup", "{n} backups", count) if count else say("Make none")


def _days(count: int, say: Catalogue) -> str:
    return say.plural("{n} day", "{n} days", count) if count else say("Never")
