"""UD's answer to a unit: the receipt for what came; and the unit's taking it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.model import Attachment, Kind
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.bundle.writing import Draft, Written, file_name, write_bundle
from wpsdesk.desk.answers.merging import Merged
from wpsdesk.desk.arrivals.giving_back import given_back, restore
from wpsdesk.desk.call.extending import tell_extension
from wpsdesk.desk.errors import ForAnotherUnit, NotForTheAuthority, NothingReceivedFrom, UnitNotEnrolled
from wpsdesk.desk.evidence.held_files import evidence_of
from wpsdesk.desk.keeping_sent import as_sent
from wpsdesk.desk.keys.authority import fresh_trust, next_number
from wpsdesk.desk.keys.issued import desk_recipients, issued_to
from wpsdesk.desk.model import (
    LIMIT,
    REPLY,
    Desk,
    joined,
    put_trust,
    require_gathering,
    signer_of,
    trust_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.desk.review.answering import about, receipt_for
from wpsdesk.desk.review.choices import tell_choices
from wpsdesk.desk.review.reviewing import tell
from wpsdesk.desk.submission.behind import heard_from_ud
from wpsdesk.desk.submission.course import hear
from wpsdesk.desk.submission.heard import keep_heard
from wpsdesk.report.handover import GivenBack
from wpsdesk.report.reply import Note, Reply, reply_from, reply_to_json
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.sent import record_told
from wpsdesk.store.submissions import latest
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.errors import StaleRevocationList


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A reply that has been written."""

    path: Path
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLoaded:
    """A reply that is now on this desk; ``restored`` where it gave the unit's own report back."""

    reply: Reply
    restored: Merged | None = None
    warnings: tuple[StaleRevocationList, ...] = ()


def reply(
    desk: Desk,
    unit: UnitCode,
    year: Year,
    out: Path,
    *,
    gives_back: bool = False,
    with_evidence: bool = False,
    progress: Progress = unwatched,
) -> Replied:
    """Write the receipt for what stands for a unit in a year, sealed for that unit.

    ``gives_back`` lets the report itself ride along, ``with_evidence`` its files too: for a desk that has lost its
    machine. Raises OnlyTheAuthority, NothingReceivedFrom, UnitNotEnrolled, and what writing a file raises.
    """
    require_gathering(desk)
    with _kept_or_gone() as written, desk.store.write() as tx:
        if not issued_to(tx, unit):
            raise UnitNotEnrolled(unit=unit)
        answer = receipt_for(tx, desk, unit, year)
        given = None
        if gives_back:
            arrived = next((a for a in latest(tx, year) if a.unit == unit), None)
            if arrived is None:
                raise NothingReceivedFrom(unit=unit, year=year)
            given = given_back(tx, desk, arrived)
            answer = replace(answer, about=about(arrived), notes=(*answer.notes, Note.GIVEN_BACK))
        attachments = evidence_of(tx, given.report) if given is not None and with_evidence else ()
        made = _write(tx, desk, answer, out, _Along(given=given, attachments=attachments, progress=progress))
        written.append(made.path)
        record_told(tx, as_sent(made))
        tell(tx, unit, year, made.header.id)
        tell_choices(tx, desk.plan, unit, year, made.header.id)
        tell_extension(tx, unit, year, made.header.id)
        what = "given-back" if gives_back else "replied"
        note(tx, what, who=desk.unit.code, now=desk.clock(), about=_told(answer))
    return Replied(path=made.path, reply=answer)


@contextmanager
def _kept_or_gone() -> Iterator[list[Path]]:
    """A list of files that go again where the desk could not keep that they were written: their number is free."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _told(answer: Reply) -> str:
    seq = "" if answer.about is None else f"/{answer.about.seq}"
    return f"{answer.unit}/{answer.year}{seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Along:
    """What rides along with a receipt."""

    given: GivenBack | None = None
    attachments: tuple[Attachment, ...] = ()
    progress: Progress = unwatched


def _write(tx: Tx, desk: Desk, answer: Reply, out: Path, along: _Along) -> Written:
    now = desk.clock()
    trust = fresh_trust(tx, now)
    recipients = desk_recipients(tx, answer.unit, trust, now)
    seq = next_number(tx, f"reply-{answer.unit}")
    draft = Draft(
        kind=Kind.REPLY,
        unit=desk.unit.code,
        to=answer.unit,
        year=answer.year,
        seq=seq,
        payload=ReplyPayload(reply=answer, certificates=None, trust=trust, given_back=along.given),
        attachments=along.attachments,
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=desk.identity.edition,
    )
    path = destination(out, f"{answer.unit.lower()}_" + file_name(desk.unit.code, now, seq, sealed=True))
    return write_bundle(path, draft, signer_of(tx), seal_to=recipients, now=now, progress=along.progress)


def take_reply(desk: Desk, verified: VerifiedBundle) -> ReplyLoaded:
    """Keep UD's answer to what this desk or another of the unit has sent, and take in what it gives back.

    Raises NotForTheAuthority, ForAnotherUnit.
    """
    assert isinstance(verified.payload, ReplyPayload)
    answer, given = verified.payload.reply, verified.payload.given_back
    if desk.gathers:
        raise NotForTheAuthority
    if answer.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=answer.unit, unit=desk.unit.code)
    with desk.store.write() as tx:
        restored = None if given is None else restore(tx, desk, verified, given)
        put_trust(tx, joined(trust_of(tx), verified.payload.trust))
        key = f"{answer.year or 0}/{verified.header.id}"
        put_document(tx, REPLY, key, canonical_json(reply_to_json(answer)))
        keep_heard(tx, answer.year, verified.header.id, verified.header.seq)
        heard_from_ud(tx, answer.year, verified.header.created)
        hear(tx, desk, answer)
        note(tx, "reply-loaded", who=desk.unit.code, now=desk.clock(), about=str(answer.year or ""))
    return ReplyLoaded(reply=answer, restored=restored, warnings=verified.warnings)


def replies(desk: Desk, year: Year) -> tuple[Reply, ...]:
    """UD's answers of a year, the latest receipt last."""
    with desk.store.read() as tx:
        found = [data for key, data in documents(tx, REPLY) if key.startswith(f"{year}/")]
    read = (reply_from(load_json(data, limit=LIMIT), desk.plan) for data in found)
    return tuple(sorted(read, key=lambda r: 0 if r.about is None else r.about.seq))
