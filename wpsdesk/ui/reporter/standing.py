"""How far a unit's desk has come in the year, and what comes next; worked out from the desk, shown by pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wpsdesk.desk import opening
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.call import calling
from wpsdesk.desk.keys import enrolling
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission import sending
from wpsdesk.desk.submission.sending_errors import NoSuchVersion
from wpsdesk.desk.submission.sent_versions import differences, version_report, versions
from wpsdesk.desk.submission.tasks import ReturnedAnswer, Task, tasks
from wpsdesk.report.call import Call
from wpsdesk.ui.reporter.course import DONE


class Step(Enum):
    """What is to be done next."""

    LOAD_CALL = "load-call"
    COMPARE_ROOT = "compare-root"
    ASK_CERTIFICATE = "ask-certificate"
    LOAD_CERTIFICATE = "load-certificate"
    MEND = "mend"
    ANSWER = "answer"
    SEND = "send"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The facts that pages show."""

    call: Call | None
    is_compared: bool  # UD's root fingerprint has been heard
    has_asked: bool  # a request for a certificate is out
    is_enrolled: bool
    rows: tuple[drafting.Row, ...]
    is_all_sent: bool  # what is ready now is what was sent last
    tasks: tuple[Task, ...] = ()  # what UD waits for

    @property
    def ready(self) -> int:
        """Answers that are ready."""
        return sum(row.state in DONE for row in self.rows)

    @property
    def to_mend(self) -> tuple[ReturnedAnswer, ...]:
        """Answers that UD has returned and that have not been mended here."""
        return tuple(t for t in self.tasks if isinstance(t, ReturnedAnswer) and not t.is_mended)

    @property
    def next_step(self) -> Step:
        """What to do next. Answering needs no certificate, so it is named only when there is something to send."""
        if self.call is None:
            return Step.LOAD_CALL
        if not self.is_compared:
            return Step.COMPARE_ROOT
        if not self.is_enrolled and not self.has_asked:
            return Step.ASK_CERTIFICATE
        return self._next_of_the_work

    @property
    def _next_of_the_work(self) -> Step:
        """The same, once the desk is set up."""
        if self.to_mend:
            return Step.MEND
        if self.ready < len(self.rows):
            return Step.ANSWER
        if not self.is_enrolled:
            return Step.LOAD_CERTIFICATE
        return Step.NOTHING if self.is_all_sent else Step.SEND


def standing(desk: Desk) -> Standing:
    """How the desk stands now."""
    call = calling.current_call(desk)
    root = calling.root_fingerprint(desk)
    return Standing(
        call=call,
        is_compared=root is not None and root[1],
        has_asked=enrolling.own_fingerprint(desk) is not None,
        is_enrolled=opening.info(desk).is_enrolled,
        rows=drafting.rows(desk, call.year) if call is not None else (),
        is_all_sent=call is not None and _is_all_sent(desk, call),
        tasks=tasks(desk, call.year) if call is not None else (),
    )


def _is_all_sent(desk: Desk, call: Call) -> bool:
    gone = versions(desk, call.year)
    if not gone:
        return False
    try:
        then = version_report(desk, call.year, gone[0].seq)
    except NoSuchVersion:
        return False
    now = sending.ready_report(desk, call.year)
    return not differences(then, now) and then.follow_up == now.follow_up
