"""The store is encrypted anew: how far it has come, then the new recovery code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui.bars import JobStrip
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.recovery import CodeBox

if TYPE_CHECKING:
    from wpsdesk.desk.safety.rekeying import Renewed


class RenewView(GateView):
    """Nothing to fill in but two groups of the new code; while it works it can be cancelled."""

    opened = Signal(object)
    """The desk, open: the Desk."""

    given_up = Signal()

    def __init__(self, say: Catalogue, jobs: Jobs, clock: Clock, path: Path) -> None:
        super().__init__(say)
        self._jobs, self._clock, self.path = jobs, clock, path
        self._made: Renewed | None = None
        self.languages.setEnabled(False)
        self.heading = label(say("The store is being encrypted anew"), type="title", wraps=True)
        self.strip = JobStrip(jobs, say)
        self.code = CodeBox(say)
        self.code.setVisible(False)
        self.back_button = button(say("Back"), self.given_up.emit)
        self.back_button.hide()
        self.next_button = button(say("Begin"), self._go_on, role="primary")
        self.next_button.setEnabled(False)
        self.code.proven.connect(self.next_button.setEnabled)
        for widget in (self.heading, self.bar, self.strip, self.code):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, self.back_button, self.next_button, spacing=6))
        self.column.addStretch(1)

    def start(self, old: str, new: str) -> None:
        """Do it on the worker."""
        path, clock = self.path, self._clock

        def work(progress: Callable[[int, int], None]) -> Renewed:
            from wpsdesk.desk.safety.rekeying import renew_key

            return renew_key(path, old, new, clock=clock, progress=progress)

        title = self.say("Encrypting the store anew")
        self._jobs.start(work, owner=self, title=title, done=self._done, failed=self._refused)

    def _done(self, made: Renewed) -> None:
        self._made = made
        self.heading.setText(self.say("The recovery code"))
        self.code.show_code(made.recovery_code, made.desk.unit.names[self.say.names_in])
        self.code.setVisible(True)
        self.code.setFocus()

    def _refused(self, fault: WpsError) -> None:
        self.heading.setText(self.say("The store is as it was"))
        self.tell(fault)
        self.back_button.setVisible(True)
        self.back_button.setFocus()

    def _go_on(self) -> None:
        if self._made is not None and self.code.is_proven:
            self.code.forget()
            self.opened.emit(self._made.desk)

    def unclaimed(self) -> Renewed | None:
        """The desk where it is open and not yet handed over, so that closing the window can close it."""
        return self._made
