"""What is done to a desk while it is closed: encrypted anew, moved to a server or back, given a key of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.ui.bars import JobStrip
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.passphrases import PassphraseField
from wpsdesk.ui.recovery import CodeBox

if TYPE_CHECKING:
    from wpsdesk.desk.safety.rekeying import Renewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One such work. ``work`` gets the desk's file, the clock, the database's password if it wants one, and progress.

    It gives back the desk, open again, with the new recovery code; "" where the old one goes on.
    """

    heading: str
    title: str  # of the job
    failed: str  # the heading where nothing came of it
    done: str  # what is said in the open desk afterwards
    advice: str  # and what to do next
    work: Callable[[Path, Clock, str | None, Progress], Renewed]


def no_errand(say: Catalogue) -> Sentence:
    """Why nothing of the kind is done to a made-up desk."""
    what = say("A made-up desk is neither moved nor encrypted anew: it is thrown away when you close it.")
    do = say("On a desk of your own, this is done while the desk is closed.")
    return Sentence(what=what, kept="", do=do)


class ErrandView(GateView):
    """How far it has come, and a way to stop it; then, where there is one, the new recovery code."""

    opened = Signal(object)
    """The desk, open: the Desk."""

    given_up = Signal()

    def __init__(self, say: Catalogue, jobs: Jobs, clock: Clock, *, path: Path, errand: Errand) -> None:
        super().__init__(say)
        self._jobs, self._clock, self.path, self.errand = jobs, clock, path, errand
        self._made: Renewed | None = None
        self.languages.setEnabled(False)
        self.heading = label(errand.heading, type="title", wraps=True)
        self.strip = JobStrip(jobs, say)
        self.login = PassphraseField(say, say("The database's password"), can_show=False)
        self.login.setVisible(False)  # until the database asks
        self.code = CodeBox(say)
        self.code.setVisible(False)
        self.back_button = button(say("Back"), self.given_up.emit)
        self.back_button.hide()
        self.again_button = button(say("Try again"), self.start, role="primary")
        self.again_button.hide()
        self.next_button = button(say("Begin"), self._go_on, role="primary")
        self.next_button.setEnabled(False)
        self.code.proven.connect(self.next_button.setEnabled)
        for widget in (self.heading, self.bar, self.strip, self.login, self.code):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, self.back_button, self.again_button, self.next_button, spacing=6))
        self.column.addStretch(1)

    def start(self) -> None:
        """Do it on the worker."""
        path, clock, errand, login = self.path, self._clock, self.errand, self.login.text or None
        self.bar.clear()
        self.heading.setText(errand.heading)
        self._show_ways(is_stopped=False)

        def work(progress: Progress) -> Renewed:
            return errand.work(path, clock, login, progress)

        self._jobs.start(work, owner=self, title=errand.title, done=self._done, failed=self._refused)

    def _show_ways(self, *, is_stopped: bool) -> None:
        self.back_button.setVisible(is_stopped)
        self.again_button.setVisible(is_stopped and not self.login.isHidden())
        self.next_button.setVisible(not is_stopped)

    def _done(self, made: Renewed) -> None:
        self._made = made
        self.login.clear()
        self.login.setVisible(False)
        if not made.recovery_code:
            self._hand_over(made)
            return
        self.heading.setText(self.say("The recovery code"))
        self.code.show_code(made.recovery_code, made.desk.unit.names[self.say.names_in])
        self.code.setVisible(True)
        self.code.setFocus()

    def _refused(self, fault: WpsError) -> None:
        from wpsdesk.store.server.errors import NOT_YET_KNOWN, LoginWanted

        is_known = not isinstance(fault, NOT_YET_KNOWN)
        self.heading.setText(self.errand.failed if is_known else self.say("The desk is closed"))
        if isinstance(fault, LoginWanted):
            self.login.setVisible(True)
            self.login.show_error(self.say("The database wants a password of its own; it is not kept."))
            self.login.setFocus()
        else:
            self.tell(fault)
        self._show_ways(is_stopped=True)
        if self.login.isHidden():
            self.back_button.setFocus()

    def _go_on(self) -> None:
        if self._made is not None and self.code.is_proven:
            self.code.forget()
            self._hand_over(self._made)

    def _hand_over(self, made: Renewed) -> None:
        self._made = None
        self.opened.emit(made.desk)

    def unclaimed(self) -> Renewed | None:
        """The desk where it is open and not yet handed over, so that closing the window can close it."""
        return self._made


def renewal(say: Catalogue, old: str, new: str) -> Errand:
    """Encrypt the whole store in a file anew."""

    def work(path: Path, clock: Clock, _password: str | None, progress: Progress) -> Renewed:
        from wpsdesk.desk.safety.rekeying import renew_key

        return renew_key(path, old, new, clock=clock, progress=progress)

    return Errand(
        heading=say("The store is being encrypted anew"),
        title=say("Encrypting the store anew"),
        failed=say("The store is as it was"),
        done=say("The store is encrypted anew."),
        advice=say("Make a new backup."),
        work=work,
    )
