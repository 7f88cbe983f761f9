"""What UD waits for from this desk, made of its latest reply: a list of things to do that empties as they are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wpsdesk.base.ids import Digest, Year
from wpsdesk.bundle.parts import index_from
from wpsdesk.desk.keys.certificate_days import SOON, days_left
from wpsdesk.desk.keys.people import people_in
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of
from wpsdesk.desk.submission.acknowledging import evidence_acknowledged, report_of
from wpsdesk.desk.submission.behind import Behind, behind_in
from wpsdesk.desk.submission.course import ready_in
from wpsdesk.desk.submission.heard import Heard, latest_heard
from wpsdesk.desk.submission.sent_versions import header_of, submissions_sent
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import Entry, EntryKey, Evidence, Report
from wpsdesk.report.reply import Note, Reply, Verdict
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.store.resending import SentSet, sent_sets_of
from wpsdesk.store.sent import Sent
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedAnswer:
    """An answer that UD has returned. It stays until it has been changed and sent again."""

    key: EntryKey
    reason: str
    language: LanguageCode
    answer_by: date | None
    days_left: int | None  # below 0: past the day
    is_mended: bool  # another answer is ready here, and has not been sent yet


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFile:
    """Evidence that a report names and that UD has not got."""

    digest: Digest
    name: str  # "" where no report here names it
    key: EntryKey | None  # the answer that names it; None also for the follow-up document
    is_here: bool  # it can be sent again from this desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsWanted:
    """Parts of a set that have not come to UD; ``is_known``: this desk can make them again."""

    set_id: Digest
    numbers: tuple[int, ...]
    count: int
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeWanted:
    """UD cannot use the changes that were sent, and asks for the whole report."""

    seq: int | None  # of what it could not use


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEnds:
    """A certificate that ends soon, or has ended."""

    person: str  # "" for the desk's own
    on: date
    days_left: int


Task = Behind | ReturnedAnswer | WholeWanted | PartsWanted | MissingFile | CertificateEnds


def tasks(desk: Desk, year: Year) -> tuple[Task, ...]:
    """What is to be done: what stands in the way of sending, what has a day, what UD asks for, certificates."""
    with desk.store.read() as tx:
        heard, gone = latest_heard(tx, desk, year), submissions_sent(tx, year)
        late = behind_in(tx, desk, year)
        found: list[Task] = [] if late is None else [late]
        if heard is not None:
            reply = heard.reply
            returned = sorted(_returned(tx, desk, reply, gone), key=_by_day)
            found += returned
            found += _whole(reply, gone)
            wanted = tuple(_parts(heard, sent_sets_of(tx, year), gone))
            found += wanted
            if not wanted:  # the parts bring the evidence
                found += _missing(tx, desk, heard, gone)
        found += _certificates(tx, desk)
    return tuple(found)


def _by_day(task: ReturnedAnswer) -> tuple[date, int, str]:
    return task.answer_by or date.max, task.key.commitment, task.key.country or ""


def _returned(tx: Tx, desk: Desk, reply: Reply, gone: tuple[Sent, ...]) -> Iterator[ReturnedAnswer]:
    known, year = {one.digest: one for one in gone}, reply.year
    about = reply.about
    if about is None or year is None:
        return
    judged = next((one for one in gone if one.id == about.bundle), None)
    then = None if judged is None else report_of(desk, judged, known)
    later = [report_of(desk, one, known) for one in gone if one.seq > about.seq]
    for verdict in reply.verdicts:
        if verdict.is_accepted or any(_differs(then, each, verdict.key) for each in later if each is not None):
            continue
        yield _returned_answer(tx, desk, year, verdict, None if then is None else then.entry(verdict.key))


def _differs(then: Report | None, later: Report, key: EntryKey) -> bool:
    return _said(None if then is None else then.entry(key)) != _said(later.entry(key))


def _said(entry: Entry | None) -> dict[str, object] | None:
    return None if entry is None else entry_to_json(entry)


def _returned_answer(tx: Tx, desk: Desk, year: Year, verdict: Verdict, then: Entry | None) -> ReturnedAnswer:
    now, day = drafts.entry(tx, year, verdict.key, desk.plan), verdict.answer_by
    return ReturnedAnswer(
        key=verdict.key,
        reason=verdict.reason,
        language=verdict.language,
        answer_by=day,
        days_left=None if day is None else (day - _today(desk)).days,
        is_mended=now is not None and now.is_marked_ready and then is not None and _said(now) != _said(then),
    )


def _today(desk: Desk) -> date:
    return desk.clock().astimezone().date()


def wants_the_whole(reply: Reply, gone: tuple[Sent, ...]) -> bool:
    """Whether UD's latest reply asks for the whole report, and none has been sent since."""
    if Note.SEND_THE_WHOLE not in reply.notes:
        return False
    after = 0 if reply.about is None else reply.about.seq
    return not any(one.seq > after and header_of(one).base is None for one in gone)


def _whole(reply: Reply, gone: tuple[Sent, ...]) -> Iterator[WholeWanted]:
    if wants_the_whole(reply, gone):
        yield WholeWanted(seq=None if reply.about is None else reply.about.seq)


def _parts(heard: Heard, sets: tuple[SentSet, ...], gone: tuple[Sent, ...]) -> Iterator[PartsWanted]:
    since = _files_since(heard, gone)
    for asked in heard.reply.missing_parts:
        known = next((each for each in sets if each.set_id == asked.set_id), None)
        if known is None:
            yield PartsWanted(set_id=asked.set_id, numbers=asked.numbers, count=0, is_known=False)
            continue
        carried = {digest for one in gone if one.digest in known.containers for digest in _files_of(one)}
        if since is not None and carried <= since:  # all that was in them has gone again, and a whole report
            continue
        count = index_from(known.listing).count
        yield PartsWanted(set_id=asked.set_id, numbers=asked.numbers, count=count, is_known=True)


def _files_since(heard: Heard, gone: tuple[Sent, ...]) -> set[Digest] | None:
    """The files that have gone since UD's reply was loaded; None where no whole report has."""
    later = [one for one in gone if one.seq > heard.sent_before]
    if all(header_of(one).base is not None for one in later):
        return None
    return {digest for one in later for digest in _files_of(one)}


def _missing(tx: Tx, desk: Desk, heard: Heard, gone: tuple[Sent, ...]) -> Iterator[MissingFile]:
    reply = heard.reply
    if not reply.missing_evidence or reply.year is None:
        return
    held, known = evidence_acknowledged(tx, desk), {one.digest: one for one in gone}
    reports = [ready_in(tx, desk, reply.year), *(report_of(desk, one, known) for one in reversed(gone))]
    sent_since = {digest for one in gone if one.seq > heard.sent_before for digest in _files_of(one)}
    for digest in reply.missing_evidence:
        if digest in held or digest in sent_since:
            continue
        named = next(
            (pair for each in reports if each for pair in _named_in(each) if pair[1].digest == digest), None,
        )  # fmt: skip
        yield MissingFile(
            digest=digest,
            name="" if named is None else named[1].title or named[1].name,
            key=None if named is None else named[0],
            is_here=files.has(tx, digest),
        )


def _named_in(report: Report) -> Iterator[tuple[EntryKey | None, Evidence]]:
    """Every file, and the answer that it stands at; None for the follow-up document."""
    yield from ((entry.key, file) for entry in report.entries for file in entry.evidence)
    if report.follow_up is not None:
        yield None, report.follow_up


def _files_of(one: Sent) -> Iterator[Digest]:
    return (file.digest for file in header_of(one).files)


def _certificates(tx: Tx, desk: Desk) -> Iterator[CertificateEnds]:
    own = certificates_of(tx, CERTIFICATES, OWN)
    ends = [] if own is None else [("", own.signing.not_after)]
    ends += [(each.name, each.not_after) for each in people_in(tx) if each.not_after is not None]
    now = desk.clock()
    for person, end in ends:
        left = days_left(end, now)
        if left <= SOON:
            yield CertificateEnds(person=person, on=end.astimezone().date(), days_left=left)
