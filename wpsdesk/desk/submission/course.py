"""The report on its way out: ready for approval, back to draft, approved and sent, and what UD has said of it.

How far it has come is kept as one document a year, moved by the table of report/states.py alone; every move is a
line in the journal. What an approver reads is bound by its digest: if any of it changes, the report is a draft again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Digest, Year
from wpsdesk.desk.call.calling import call_in
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.officers import LONGEST_NAME, plain_name
from wpsdesk.report.checks import Problem, blockers, goes_along, problems_in
from wpsdesk.report.codec import entry_to_json, report_to_json
from wpsdesk.report.model import Entry, EntryKey, Evidence, Report, in_order
from wpsdesk.report.questions import Questions
from wpsdesk.report.reply import Reply
from wpsdesk.report.states import EntryState, ReportState, may_move
from wpsdesk.store import drafts
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.follow_ups import follow_up, put_follow_up
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

STATE: Final = "report-state"
"""The kind of document that says how far a year's report has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far a year's report has come on this desk, and by whose hand."""

    state: ReportState = ReportState.DRAFT
    by: str = ""  # who made the last move
    at: datetime | None = None
    prepared_by: str = ""  # who marked it as ready
    remark: str = ""  # what the approver wrote when sending it back
    changed: EntryKey | None = None  # the answer whose change took it back to draft
    digest: Digest | None = None  # of what is ready, when it was marked or sent


def course(desk: Desk, year: Year) -> Course:
    """How far the report has come. One that was marked as ready and has changed since is a draft."""
    with desk.store.read() as tx:
        return course_in(tx, desk, year)


def course_in(tx: Tx, desk: Desk, year: Year) -> Course:
    """The same, within a transaction."""
    found = _kept(tx, year)
    if found.state is ReportState.READY and found.digest != digest_of(ready_in(tx, desk, year)):
        return replace(found, state=ReportState.DRAFT)
    return found


def questions_in(tx: Tx, year: Year) -> Questions:
    """UD's own questions of a year, those that were withdrawn included; none where there is no call."""
    call = call_in(tx, year)
    return () if call is None else call.questions


def stops_in(tx: Tx, desk: Desk, year: Year, entry: Entry) -> tuple[Problem, ...]:
    """What must be mended in an answer before it can be marked ready."""
    return blockers(problems_in(entry, desk.unit, desk.plan, questions_in(tx, year)))


def still_ready(tx: Tx, desk: Desk, year: Year, changed: Entry) -> Entry:
    """The entry, which stays marked as ready only while it has no blocker."""
    if changed.is_marked_ready and stops_in(tx, desk, year, changed):
        return replace(changed, is_marked_ready=False)
    return changed


def save_entry(tx: Tx, desk: Desk, year: Year, entry: Entry, who: str) -> EntryState:
    """Keep an answer as it now stands; a report that would say something else by it is a draft again.

    Raises Malformed, before anything is written, for an entry that could not be read again.
    """
    who, now = who or desk.unit.code, _kept(tx, year)
    before = None if now.state is ReportState.DRAFT else drafts.entry(tx, year, entry.key, desk.plan)
    state = drafts.save_entry(tx, year, entry, who=who, now=desk.clock(), plan=desk.plan)
    if now.state is not ReportState.DRAFT and _goes(before) != _goes(entry):
        is_taken_back = now.state is ReportState.READY
        taken = replace(now, state=ReportState.DRAFT, by=who, remark="", changed=entry.key if is_taken_back else None)
        move(tx, desk, year, taken)
    return state


def save_follow_up(tx: Tx, desk: Desk, year: Year, document: Evidence | None, who: str) -> None:
    """Keep the year's follow-up document, or that there is none; a report that would be another by it is a draft again.

    Raises Malformed, before anything is written, for one that could not be read again.
    """
    before, now = follow_up(tx, year), _kept(tx, year)
    put_follow_up(tx, year, document)
    if now.state is not ReportState.DRAFT and _going(before) != _going(document):
        move(tx, desk, year, replace(now, state=ReportState.DRAFT, by=who or desk.unit.code, remark="", changed=None))


def hear(tx: Tx, desk: Desk, answer: Reply) -> None:
    """Move the report on by what UD's reply says of it, unless it is being worked on again here."""
    if answer.year is None or answer.about is None:
        return
    now = _kept(tx, answer.year)
    if now.state not in (ReportState.SENT, ReportState.RECEIVED, ReportState.ACCEPTED):
        return
    steps = [ReportState.RECEIVED]
    if any(not verdict.is_accepted for verdict in answer.verdicts):
        steps.append(ReportState.RETURNED)
    elif answer.verdicts and {e.key for e in ready_in(tx, desk, answer.year).entries} <= {
        verdict.key for verdict in answer.verdicts
    }:
        steps.append(ReportState.ACCEPTED)
    for step in steps:
        if may_move(now.state, step):
            now = move(tx, desk, answer.year, replace(now, state=step, by="UD"))


# -- moving --------------------------------------------------------------------------------------


def move(tx: Tx, desk: Desk, year: Year, wanted: Course) -> Course:
    """The one place where a report changes its state: by the table, kept and journalled.

    Raises Malformed for a remark that could not be read again.
    """
    old = _kept(tx, year).state
    if old is ReportState.READY and wanted.state is ReportState.READY:  # something has changed behind its back
        old = ReportState.DRAFT
    if not may_move(old, wanted.state):
        raise AssertionError(f"no report moves from {old} to {wanted.state}")
    by, prepared_by = (plain_name(name, LONGEST_NAME) for name in (wanted.by, wanted.prepared_by))
    moved = replace(wanted, at=desk.clock(), by=by, prepared_by=prepared_by)
    data = canonical_json(_to_json(moved))
    _from(load_json(data, limit=LIMIT))  # what could not be read again is not kept
    put_document(tx, STATE, str(year), data)
    changed = wanted.changed
    details = {"from": str(old), "to": str(wanted.state)}
    if changed is not None:
        details["changed"] = f"{changed.commitment}{'/' + changed.country if changed.country else ''}"
    note(tx, "report-moved", who=wanted.by, now=desk.clock(), about=str(year), details=details)
    return moved


def ready_in(tx: Tx, desk: Desk, year: Year) -> Report:
    """The report with only what is marked as ready."""
    entries = tuple(e for e in drafts.entries(tx, year, desk.plan) if e.is_marked_ready)
    return Report(
        unit=desk.unit.code,
        year=year,
        edition=desk.identity.edition,
        entries=in_order(entries),
        follow_up=_going(follow_up(tx, year)),
    )


def digest_of(ready: Report) -> Digest:
    """What an approver reads, in one number."""
    return sha256(canonical_json(report_to_json(ready)))


def _going(document: Evidence | None) -> Evidence | None:
    """The follow-up document, where it can go."""
    return document if goes_along(document) else None


def _goes(entry: Entry | None) -> bytes:
    """What would go of an answer; nothing of one that is no more than a draft."""
    return b"" if entry is None or not entry.is_marked_ready else canonical_json(entry_to_json(entry))


# -- as the store holds it -----------------------------------------------------------------------


def _kept(tx: Tx, year: Year) -> Course:
    data = document(tx, STATE, str(year))
    return Course() if data is None else _from(load_json(data, limit=LIMIT))


def _to_json(found: Course) -> dict[str, object]:
    changed = found.changed
    return {
        "state": found.state,
        "by": found.by,
        "at": None if found.at is None else rfc3339(found.at),
        "prepared_by": found.prepared_by,
        "remark": found.remark,
        "changed": None if changed is None else {"commitment": changed.commitment, "country": changed.country},
        "digest": found.digest,
    }


def _from(reader: Reader) -> Course:
    found = Course(
        state=reader.get("state").choice(ReportState),
        by=reader.get("by").line(at_most=400),
        at=reader.maybe("at", Reader.time),
        prepared_by=reader.get("prepared_by").line(at_most=400),
        remark=reader.get("remark").text(at_most=5000),
        changed=reader.maybe("changed", _key_from),
        digest=reader.maybe("digest", lambda r: Digest(r.line(at_most=64))),
    )
    reader.done()
    return found


def _key_from(reader: Reader) -> EntryKey:
    found = EntryKey(
        CommitmentNumber(reader.get("commitment").integer(1, 999)),
        reader.maybe("country", lambda r: CountryCode(r.line(at_most=2))),
    )
    reader.done()
    return found
