"""What has been sent, as it was sent: how it stands with UD, what it said, and what has changed here since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, Digest, Year
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import Header, Kind, header_from
from wpsdesk.bundle.parts import index_from
from wpsdesk.desk.answers.drafting import report
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.acknowledging import report_of
from wpsdesk.desk.submission.heard import replies_in
from wpsdesk.desk.submission.sending_errors import NoSuchVersion
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import EntryKey, Report
from wpsdesk.report.reply import Reply
from wpsdesk.report.states import ReportState
from wpsdesk.store.resending import SentSet, sent_sets_of
from wpsdesk.store.sent import Sent, sent
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A report that has been sent."""

    seq: int
    bundle: BundleId
    created: datetime  # UTC
    state: ReportState  # SENT, RECEIVED, RETURNED or ACCEPTED
    received: datetime | None  # by UD, as its receipt says
    is_delta: bool
    prepared_by: str
    approved_by: str
    files: int
    size: int  # bytes of the signed container
    set_id: Digest | None  # where it went in parts
    parts: int  # of that set


class Kindred(StrEnum):
    """How an answer here stands to the one that was sent."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An answer that is another here than in what was sent."""

    key: EntryKey
    kind: Kindred
    is_ready: bool  # it goes the next time


def versions(desk: Desk, year: Year) -> tuple[Version, ...]:
    """What has been sent for a year, the latest first."""
    with desk.store.read() as tx:
        sets, heard = sent_sets_of(tx, year), tuple(each.reply for each in replies_in(tx, desk, year))
        return tuple(_version(one, sets, heard) for one in reversed(submissions_sent(tx, year)))


def submissions_sent(tx: Tx, year: Year) -> tuple[Sent, ...]:
    """The reports that were sent for a year, the oldest first."""
    return tuple(sorted((s for s in sent(tx, year) if s.kind == Kind.SUBMISSION), key=lambda s: s.seq))


def _version(one: Sent, sets: tuple[SentSet, ...], heard: tuple[Reply, ...]) -> Version:
    header = header_of(one)
    about = [r for r in heard if r.about is not None and r.about.bundle == one.id and r.about.digest == one.digest]
    cut = next((each for each in sets if one.digest in each.containers), None)
    return Version(
        seq=one.seq,
        bundle=one.id,
        created=one.created,
        state=_state(about[-1]) if about else ReportState.SENT,
        received=about[-1].about.received if about and about[-1].about is not None else None,
        is_delta=header.base is not None,
        prepared_by=header.prepared_by,
        approved_by=header.approved_by,
        files=len(header.files),
        size=one.size,
        set_id=None if cut is None else cut.set_id,
        parts=0 if cut is None else index_from(cut.listing).count,
    )


def header_of(one: Sent) -> Header:
    """What the bundle says of itself."""
    return header_from(load_json(one.header, limit=limits.HEADER_JSON))


def _state(reply: Reply) -> ReportState:
    if any(not verdict.is_accepted for verdict in reply.verdicts):
        return ReportState.RETURNED
    return ReportState.ACCEPTED if reply.verdicts else ReportState.RECEIVED


def version_report(desk: Desk, year: Year, seq: int) -> Report:
    """The whole report that was sent under a number. Raises NoSuchVersion."""
    with desk.store.read() as tx:
        return version_in(tx, desk, year, seq)


def version_in(tx: Tx, desk: Desk, year: Year, seq: int) -> Report:
    """The same, within a transaction."""
    gone = submissions_sent(tx, year)
    one = next((each for each in gone if each.seq == seq), None)
    found = None if one is None else report_of(desk, one, {each.digest: each for each in gone})
    if found is None:
        raise NoSuchVersion(year=year, seq=seq)
    return found


def changed_since(desk: Desk, year: Year, seq: int) -> tuple[Difference, ...]:
    """What is another here than in the report that was sent under a number. Raises NoSuchVersion."""
    return differences(version_report(desk, year, seq), report(desk, year))


def differences(then: Report, now: Report) -> tuple[Difference, ...]:
    """The answers in which two reports differ, in the plan's order; the mark "ready" is no difference."""
    before = {entry.key: entry for entry in then.entries}
    after = {entry.key: entry for entry in now.entries}
    found = []
    for key in sorted({*before, *after}, key=lambda key: (key.commitment, key.country or "")):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and entry_to_json(old) == entry_to_json(new):
            continue
        kind = Kindred.ADDED if old is None else Kindred.GONE if new is None else Kindred.CHANGED
        found.append(Difference(key=key, kind=kind, is_ready=new is None or new.is_marked_ready))
    return tuple(found)
