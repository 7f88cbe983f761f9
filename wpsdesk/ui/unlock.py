"""The first thing a person sees: open a desk with its passphrase. Nothing heavy is imported to paint it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.flow import flow
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.passphrases import PassphraseField

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import LanguageCode


class UnlockView(GateView):
    """Which desk, and its passphrase."""

    opened = Signal(object)
    """The desk is open: the Desk."""

    create_asked = Signal()
    restore_asked = Signal()
    look_asked = Signal()

    def __init__(self, say: Catalogue, language: LanguageCode, jobs: Jobs, clock: Clock, last: Path | None) -> None:
        super().__init__(say, language)
        self._jobs, self._clock = jobs, clock
        self.store = PathField(say, say("Desk"), self._browse, hint=say("The desk's file ends in .wpsdesk."))
        self.passphrase = PassphraseField(
            say, say("Passphrase"), hint=say("If it is forgotten: write the recovery code from the paper instead.")
        )
        self.open_button = button(say("Open the desk"), self.open, role="primary")
        self.create_link = button(say("Make a new desk"), self.create_asked.emit, role="link")
        self.restore_link = button(say("Restore from a backup"), self.restore_asked.emit, role="link")
        self.look_link = button(say("Look at a file"), self.look_asked.emit, role="link")
        column = self.column
        column.addStretch(1)
        column.addWidget(label(say("Open the desk"), type="title"))
        column.addWidget(
            label(
                say("Reporting on Women, Peace and Security. Everything stays on this machine."),
                tone="muted",
                wraps=True,
            )
        )
        column.addWidget(self.bar)
        column.addWidget(self.store)
        column.addWidget(self.passphrase)
        column.addLayout(row(None, self.open_button))
        column.addSpacing(self.open_button.sizeHint().height() // 2)
        column.addWidget(flow(self.create_link, self.restore_link, self.look_link, spacing=16))
        column.addStretch(2)
        if last is not None:
            self.store.show_path(last)

    def _browse(self) -> Path | None:
        start = self.store.path.parent if self.store.path else None
        kinds = self.say("Desks ({pattern})", pattern=choosing.STORES)
        return next(iter(choosing.open_files(self, self.say("Choose a desk"), start, kinds=kinds, many=False)), None)

    def begin(self) -> None:
        """Straight to the passphrase where the desk is known."""
        (self.passphrase if self.store.path else self.store).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def open(self) -> None:
        """Try the passphrase; the work is done on the worker, deriving the key takes its time on purpose."""
        path, passphrase, clock = self.store.path, self.passphrase.text, self._clock
        self.bar.clear()
        self.store.show_error("" if path else self.say("Choose which desk to open, or make a new one."))
        self.passphrase.show_error("" if passphrase or not path else self.say("Write the passphrase."))
        if not path or not passphrase or not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)

        def work(_progress: Callable[[int, int], None]) -> Desk:
            from wpsdesk.desk.opening import open_desk

            return open_desk(path, passphrase, clock=clock)

        self._jobs.start(work, owner=self, title=self.say("Opening the desk"), done=self._opened, failed=self._refused)

    def _opened(self, desk: Desk) -> None:
        self.open_button.setEnabled(True)
        self.passphrase.clear()
        self.opened.emit(desk)

    def _refused(self, fault: WpsError) -> None:
        from wpsdesk.store.errors import WrongPassphrase

        self.open_button.setEnabled(True)
        if isinstance(fault, WrongPassphrase):
            self.passphrase.show_error(self.words_of(fault))
            self.passphrase.line.selectAll()
            self.passphrase.setFocus()
        else:
            self.tell(fault)
