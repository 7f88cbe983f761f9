"""How far a unit's desk has come in the year, and what comes next; worked out from the desk, shown by pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wpsdesk.base.canonical import canonical_json
from wpsdesk.desk import calling, drafting, enrolling, opening, sending
from wpsdesk.desk.model import Desk
from wpsdesk.report.call import Call
from wpsdesk.report.codec import report_to_json
from wpsdesk.ui.reporter.course import DONE


class Step(Enum):
    """What is to be done next."""

    LOAD_CALL = "load-call"
    COMPARE_ROOT = "compare-root"
    ASK_CERTIFICATE = "ask-certificate"
    LOAD_CERTIFICATE = "load-certificate"
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

    @property
    def ready(self) -> int:
        """Answers that are ready."""
        return sum(row.state in DONE for row in self.rows)

    @property
    def next_step(self) -> Step:
        """What to do next. Answering needs no certificate, so it is named only when there is something to send."""
        if self.call is None:
            return Step.LOAD_CALL
        if not self.is_compared:
            return Step.COMPARE_ROOT
        if not self.is_enrolled and not self.has_asked:
            return Step.ASK_CERTIFICATE
        if self.ready < len(self.rows):
            return Step.ANSWER
        if not self.is_enrolled:
            return Step.LOAD_CERTIFICATE
        return Step.NOTHING if self.is_all_sent else Step.SEND


def standing(desk: Desk) -> Standing:
    """How the desk stands now."""
    call = calling.current_call(desk)
    root = calling.root_fingerprint(desk)
    sent = sending.sent_bundles(desk, call.year) if call is not None else ()
    now = canonical_json(report_to_json(sending.ready_report(desk, call.year))) if call is not None else b""
    return Standing(
        call=call,
        is_compared=root is not None and root[1],
        has_asked=enrolling.own_fingerprint(desk) is not None,
        is_enrolled=opening.info(desk).is_enrolled,
        rows=drafting.rows(desk, call.year) if call is not None else (),
        is_all_sent=bool(sent) and sent[0].payload == now,
    )
