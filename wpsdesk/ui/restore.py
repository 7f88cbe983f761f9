"""Lay a backup down as a desk again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.passphrases import PassphraseField

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk


class RestoreView(GateView):
    """Which backup, where to, and the passphrase it was made under."""

    restored = Signal(object)
    """The desk, open: the Desk."""

    opened_by_code = Signal()
    """It was opened with the recovery code; comes after :attr:`restored`."""

    given_up = Signal()

    def __init__(self, say: Catalogue, jobs: Jobs, clock: Clock, folder: Path) -> None:
        super().__init__(say)
        self._jobs, self._clock, self._folder = jobs, clock, folder
        self.copy = PathField(say, say("Backup"), self._browse_copy)
        self.target = PathField(
            say, say("Where the desk is to lie"), self._browse_target, hint=say("A new file; nothing is written over.")
        )
        self.passphrase = PassphraseField(
            say,
            say("Passphrase"),
            hint=say("The one the desk had when it was backed up, or the recovery code of that day."),
        )
        self.back_button = button(say("Back"), self.given_up.emit)
        self.restore_button = button(say("Restore the desk"), self.restore, role="primary")
        self.column.addWidget(label(say("Restore from a backup"), type="title"))
        for widget in (self.bar, self.copy, self.target, self.passphrase):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, self.back_button, self.restore_button, spacing=6))
        self.column.addStretch(1)

    def _browse_copy(self) -> Path | None:
        found = choosing.open_files(self, self.say("Choose a backup"), self._folder, many=False)
        if found and self.target.path is None:
            self.target.show_path(self._folder / f"{found[0].stem}.wpsdesk")
        return found[0] if found else None

    def _browse_target(self) -> Path | None:
        suggestion = self.target.path or self._folder / "desk.wpsdesk"
        return choosing.new_file(self, self.say("Where the desk is to lie"), suggestion)

    def begin(self) -> None:
        """The backup first."""
        self.copy.setFocus()

    def restore(self) -> None:
        """Do it on the worker."""
        copy, target, passphrase, clock = self.copy.path, self.target.path, self.passphrase.text, self._clock
        self.copy.show_error("" if copy else self.say("Choose a backup."))
        self.target.show_error("" if target else self.say("Choose where the file is to lie."))
        self.passphrase.show_error("" if passphrase else self.say("Write the passphrase."))
        if copy is None or target is None or not passphrase or not self.restore_button.isEnabled():
            return
        self.restore_button.setEnabled(False)

        def work(_progress: Callable[[int, int], None]) -> Desk:
            from wpsdesk.desk.opening import restore

            return restore(copy, target, passphrase, clock=clock)

        title = self.say("Restoring the desk")
        self._jobs.start(work, owner=self, title=title, done=self._done, failed=self._refused)

    def _done(self, desk: Desk) -> None:
        from wpsdesk.desk.safety.rekeying import is_recovery_code

        words = self.passphrase.text
        self.passphrase.clear()
        self.restored.emit(desk)
        if is_recovery_code(words):
            self.opened_by_code.emit()

    def _refused(self, fault: WpsError) -> None:
        from wpsdesk.store.errors import WrongPassphrase

        self.restore_button.setEnabled(True)
        if isinstance(fault, WrongPassphrase):
            self.passphrase.show_error(self.words_of(fault))
            self.passphrase.setFocus()
        else:
            self.tell(fault)
