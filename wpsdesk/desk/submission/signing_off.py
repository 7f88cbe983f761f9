"""Signing off: the preparer marks the report as ready, the approver sends it back or approves it by sending it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wpsdesk.base.ids import Digest, Year
from wpsdesk.desk.errors import NothingToSend
from wpsdesk.desk.keys.people import people_in
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import Course, course_in, digest_of, move, ready_in
from wpsdesk.desk.submission.sending_errors import NotMarkedReady, PreparedByTheSame
from wpsdesk.report.states import ReportState
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval that has been noted: who prepared, who approved, and whether one person did both in one go."""

    prepared_by: str
    approved_by: str
    is_in_one_go: bool


def mark_report_ready(desk: Desk, year: Year, who: str) -> Course:
    """Mark what is ready as ready for approval, prepared by ``who``. Raises NothingToSend."""
    with desk.store.write() as tx:
        ready = ready_in(tx, desk, year)
        if not ready.entries:
            raise NothingToSend(year=year)
        return _mark(tx, desk, year, " ".join(who.split())[:200] or desk.unit.names.nb, digest_of(ready))


def reopen_report(desk: Desk, year: Year, who: str, remark: str = "") -> Course:
    """Send the report back to whoever prepared it, with a remark. Raises NotMarkedReady, Malformed."""
    with desk.store.write() as tx:
        now = course_in(tx, desk, year)
        if now.state is not ReportState.READY:
            raise NotMarkedReady(year=year)
        wanted = replace(now, state=ReportState.DRAFT, by=who or desk.unit.code, remark=remark.strip(), changed=None)
        return move(tx, desk, year, wanted)


def approve_in(tx: Tx, desk: Desk, year: Year, prepared_by: str, approved_by: str) -> Approval:
    """Note that the report is approved and goes, as part of sending it.

    With fewer than two people who have keys of their own, one may prepare and approve in one go. With more, it must
    have been marked as ready, and by another. Raises NotMarkedReady, PreparedByTheSame.
    """
    now, is_shared = course_in(tx, desk, year), sum(each.is_enrolled for each in people_in(tx)) > 1
    is_in_one_go = now.state is not ReportState.READY
    prepared = prepared_by or ("" if is_in_one_go else now.prepared_by)
    approver = approved_by or desk.unit.code
    if is_shared and is_in_one_go:
        raise NotMarkedReady(year=year)
    if is_shared and prepared.casefold() == approver.casefold():
        raise PreparedByTheSame(name=approver)
    if is_in_one_go:
        now = _mark(tx, desk, year, prepared or approver, digest_of(ready_in(tx, desk, year)))
    move(tx, desk, year, replace(now, state=ReportState.SENT, by=approver, changed=None, remark=""))
    return Approval(prepared_by=prepared, approved_by=approved_by, is_in_one_go=is_in_one_go)


def _mark(tx: Tx, desk: Desk, year: Year, who: str, digest: Digest) -> Course:
    now = course_in(tx, desk, year)
    if now.state is not ReportState.DRAFT:  # marked or sent before, and now once more
        now = move(tx, desk, year, replace(now, state=ReportState.DRAFT, by=who))
    wanted = replace(now, state=ReportState.READY, by=who, prepared_by=who, remark="", changed=None, digest=digest)
    return move(tx, desk, year, wanted)
