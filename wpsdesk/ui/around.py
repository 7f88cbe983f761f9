"""An offer to look around: a made-up desk, an embassy's or UD's, made while one waits and thrown away afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui.bars import JobStrip
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs

if TYPE_CHECKING:
    from wpsdesk.desk.looking_around import MadeUp


class AroundView(GateView):
    """Whose desk to look around in. Nothing but the choice is asked for."""

    made = Signal(object)
    """The made-up desk, open: the MadeUp."""

    given_up = Signal()

    def __init__(self, say: Catalogue, jobs: Jobs, clock: Clock) -> None:
        super().__init__(say)
        self._jobs, self._clock = jobs, clock
        self.back_button = button(say("Back"), self._back)
        self.mission_button = button(say("Look around as an embassy"), partial(self._make, is_authority=False))
        self.authority_button = button(say("Look around as UD"), partial(self._make, is_authority=True))
        self.strip = JobStrip(jobs, say)
        column = self.column
        column.addWidget(label(say("Look around in a made-up desk"), type="title", wraps=True))
        column.addWidget(self.bar)
        for text in (
            say("A desk is made with invented units, answers and files, in the middle of the reporting year. You can "
                "try everything in it: nothing leaves this machine by itself."),
            say("It lies in a folder of its own, and is thrown away with all that you did there when you close it. "
                "Your own desks are not touched."),
        ):  # fmt: skip
            column.addWidget(label(text, wraps=True))
        column.addWidget(
            label(say("As an embassy: answer, attach, approve and send a report."), tone="muted", wraps=True)
        )
        column.addWidget(self.mission_button)
        column.addWidget(
            label(say("As UD: see who has reported, read the answers, review and compile."), tone="muted", wraps=True)
        )
        column.addWidget(self.authority_button)
        column.addLayout(row(None, self.back_button))
        column.addWidget(self.strip)
        column.addStretch(1)

    def begin(self) -> None:
        """The first choice."""
        self.mission_button.setFocus()

    def _make(self, *, is_authority: bool) -> None:
        clock = self._clock

        def work(progress: Callable[[int, int], None]) -> MadeUp:
            from wpsdesk.desk.looking_around import make_up

            return make_up(clock, progress, is_authority=is_authority)

        self.bar.clear()
        self._let_choose(is_free=False)
        title = self.say("Making the made-up desk")
        self._jobs.start(work, owner=self, title=title, done=self.made.emit, failed=self._refused)

    def _let_choose(self, *, is_free: bool) -> None:
        for each in (self.mission_button, self.authority_button, self.languages):
            each.setEnabled(is_free)

    def _refused(self, fault: WpsError) -> None:
        self._let_choose(is_free=True)
        if not isinstance(fault, Cancelled):
            self.tell(fault)

    def _back(self) -> None:
        self._jobs.cancel_all()
        self.given_up.emit()
