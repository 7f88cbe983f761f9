"""Sending: what is ready, or what has changed, becomes one signed and sealed bundle; the desk remembers what it sent.

Evidence that UD has acknowledged is never sent again: the report names it by its digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wpsdesk.base.errors import FileFault
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, staged, unwatched
from wpsdesk.bundle.errors import BundleRefused
from wpsdesk.bundle.model import Attachment, Kind
from wpsdesk.bundle.payloads import DeltaPayload, ReportPayload
from wpsdesk.bundle.rereading import reread
from wpsdesk.bundle.sealing import SealUsed
from wpsdesk.bundle.writing import Draft, Written, file_name, write_bundle
from wpsdesk.desk.agencies.contributing import contributors
from wpsdesk.desk.answers.drafting import report
from wpsdesk.desk.errors import (
    NotAcknowledged,
    NothingChanged,
    NothingToBuildOn,
    NothingToSend,
    UnitNotEnrolled,
)
from wpsdesk.desk.keeping_sent import as_sent
from wpsdesk.desk.model import (
    RECIPIENTS,
    Desk,
    certificates_of,
    checked_recipients,
    reports_to,
    require_trust,
    signer_of,
)
from wpsdesk.desk.officers import LONGEST_NAME, plain_name
from wpsdesk.desk.places import destination
from wpsdesk.desk.submission.acknowledging import (
    Acknowledged,
    acknowledged,
    evidence_acknowledged,
    unacknowledged_after,
)
from wpsdesk.desk.submission.behind import require_not_behind
from wpsdesk.desk.submission.course import ready_in
from wpsdesk.desk.submission.sending_errors import NotAsWritten
from wpsdesk.desk.submission.signing_off import approve_in
from wpsdesk.report.checks import goes_along
from wpsdesk.report.delta import difference, merged
from wpsdesk.report.model import AccessScope, Evidence, Report, in_order
from wpsdesk.store import evidence as files
from wpsdesk.store.journal import note
from wpsdesk.store.resending import SentSeal, record_seal
from wpsdesk.store.sent import Sent, next_seq, record_sent, sent
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What would go in the next bundle."""

    entries: int
    drafts_left: int  # answered, and not marked ready: they stay here
    files: int
    size: int  # bytes of evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A bundle that has been written."""

    path: Path
    seq: int
    is_delta: bool
    entries: int  # in it; of a delta those that have changed or are gone
    files: int
    digest: Digest  # of the signed container
    size: int  # of the file, bytes
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who prepared a report and who approves it; ``signer`` is the approver's own key, None for the desk's."""

    prepared_by: str = ""
    approved_by: str = ""
    signer: Signer | None = None

    @property
    def approver(self) -> str:
        """The name that the bundle bears; that of the key, where a person signs."""
        person = None if self.signer is None else self.signer.certificate.person
        return self.approved_by if person is None else person


def ready_report(desk: Desk, year: Year) -> Report:
    """The report with only what is marked ready, and who has contributed to it."""
    with desk.store.read() as tx:
        ready = ready_in(tx, desk, year)
    return replace(ready, contributors=contributors(desk, year))


def parcel(desk: Desk, year: Year) -> Parcel:
    """What would go if it were sent now."""
    whole, ready = report(desk, year), ready_report(desk, year)
    with desk.store.read() as tx:
        found = unsent_evidence(tx, desk, ready)
    return Parcel(
        entries=len(ready.entries),
        drafts_left=len(whole.entries) - len(ready.entries),
        files=len(found),
        size=sum(e.size for e in found),
    )


def unsent_evidence(tx: Tx, desk: Desk, ready: Report) -> tuple[Evidence, ...]:
    """Every file that the report names and UD does not hold, once, in the order of the report."""
    held = evidence_acknowledged(tx, desk)
    return tuple(file for file in ready.files if file.digest not in held)


def export(
    desk: Desk,
    year: Year,
    out: Path,
    *,
    prepared_by: str = "",
    approved_by: str = "",
    signer: Signer | None = None,
    only_changes: bool = False,
    progress: Progress = unwatched,
) -> Exported:
    """Write what is ready as one bundle, signed by this desk and sealed for UD's daily and recovery key.

    ``signer`` is whoever approves it with a key of their own (people.signer_named), in the place of the desk's key
    and of ``approved_by``. ``only_changes`` writes a delta on the report that UD has acknowledged.

    ``out`` is a new file, or a folder, in which the bundle gets its own neutral name.
    Raises NothingToSend, NotEnrolled, NoCall, EvidenceMissing, FileExistsAlready, DiskFull, NotAsWritten,
    Cancelled; for a delta NothingToBuildOn, NotAcknowledged, NothingChanged; where several people have keys
    NotMarkedReady, PreparedByTheSame; where UD holds, or may hold, a later report LaterAtUd, LaidBack.
    """
    people = People(prepared_by=prepared_by, approved_by=approved_by, signer=signer)
    ready = require_ready(desk, year)
    with desk.store.write() as tx:
        payload = delta_payload(tx, desk, year) if only_changes else ReportPayload(report=ready)
        people = signed_off(tx, desk, year, people)
        said = said_in(payload)
        draft = submission_draft(tx, desk, payload, unsent_evidence(tx, desk, said), people)
        path = destination(out, file_name(desk.unit.code, desk.clock(), draft.seq, sealed=True))
        written = send(tx, desk, path, draft, people, progress=progress)
    return exported(written, draft)


def signed_off(tx: Tx, desk: Desk, year: Year, people: People) -> People:
    """The people, once it is noted that the report is approved and goes.

    Raises NotMarkedReady, PreparedByTheSame; LaterAtUd, LaidBack where it would stand against what UD holds.
    """
    require_not_behind(tx, desk, year)
    prepared_by, approved_by = (plain_name(name, LONGEST_NAME) for name in (people.prepared_by, people.approved_by))
    people = replace(people, prepared_by=prepared_by, approved_by=approved_by)
    approval = approve_in(tx, desk, year, prepared_by, people.approver)
    return replace(people, prepared_by=approval.prepared_by)


def require_ready(desk: Desk, year: Year) -> Report:
    """What is ready. Raises NothingToSend where nothing is."""
    ready = ready_report(desk, year)
    if not ready.entries:
        raise NothingToSend(year=year)
    return ready


def said_in(payload: ReportPayload | DeltaPayload) -> Report:
    """What the payload itself says: of a delta, the entries that have changed."""
    match payload:
        case ReportPayload(report=said):
            return said
        case DeltaPayload(delta=delta):
            return delta.said


def delta_payload(tx: Tx, desk: Desk, year: Year) -> DeltaPayload:
    """What has changed since the report that UD has acknowledged.

    An entry that UD has and that is a draft again here stays at UD as it is; one that has been emptied here goes.
    Raises NothingToBuildOn, NotAcknowledged, NothingChanged.
    """
    base = acknowledged(tx, desk, year)
    if base is None:
        raise NothingToBuildOn(year=year)
    later = unacknowledged_after(tx, desk, base)
    if later is not None:
        raise NotAcknowledged(year=year, seq=later.seq)
    delta = difference(base.report, _going_on_from(desk, base), reply=base.reply, digest=base.sent.digest)
    if delta.is_empty:
        raise NothingChanged(year=year, seq=base.sent.seq)
    return DeltaPayload(delta=delta)


def whole_of(tx: Tx, desk: Desk, payload: ReportPayload | DeltaPayload) -> ReportPayload:
    """The whole report that a payload, made just now, stands for."""
    match payload:
        case ReportPayload():
            return payload
        case DeltaPayload(delta=delta):
            base = acknowledged(tx, desk, delta.year)
            assert base is not None, "the delta was made on it"
            return ReportPayload(report=merged(base.report, delta))


def _going_on_from(desk: Desk, base: Acknowledged) -> Report:
    whole = report(desk, base.report.year)
    drafts = {entry.key for entry in whole.entries if not entry.is_marked_ready}
    kept = tuple(entry for entry in base.report.entries if entry.key in drafts)
    is_draft = whole.follow_up is not None and not goes_along(whole.follow_up)
    return replace(
        whole,
        entries=in_order((*(e for e in whole.entries if e.is_marked_ready), *kept)),
        follow_up=base.report.follow_up if is_draft else whole.follow_up,
        contributors=contributors(desk, base.report.year),
    )


def submission_draft(
    tx: Tx, desk: Desk, payload: ReportPayload | DeltaPayload, along: tuple[Evidence, ...], people: People
) -> Draft:
    """The next submission of the year, with the files that go along. Raises EvidenceMissing."""
    said = said_in(payload)
    return Draft(
        kind=Kind.SUBMISSION,
        unit=desk.unit.code,
        to=reports_to(tx),
        year=said.year,
        seq=next_seq(tx, said.year, kind=Kind.SUBMISSION),
        payload=payload,
        attachments=tuple(attachment_of(tx, e) for e in along),
        prepared_by=people.prepared_by or desk.unit.names.nb,
        approved_by=people.approver,
        plan=said.edition,
    )


def send(tx: Tx, desk: Desk, path: Path, draft: Draft, people: People, *, progress: Progress = unwatched) -> Written:
    """Sign, seal and write a submission, read it again from the disk, and keep what makes it again.

    Raises what :func:`export` raises.
    """
    assert draft.year is not None, "a submission is of a year"
    now = desk.clock()
    signer, seal_to = people.signer or signer_of(tx), _receiver(tx, draft.to, now)
    written = write_bundle(path, draft, signer, seal_to=seal_to, now=now, progress=staged(progress, 0, 2))
    assert written.seal is not None, "a submission is sealed"
    _read_again(written, written.seal, staged(progress, 1, 2))
    record_sent(tx, as_sent(written))
    seal = SentSeal(key=written.seal.key, nonce=written.seal.nonce, header=written.seal.header)
    record_seal(tx, written.digest, seal)
    note(tx, "exported", who=people.approver or desk.unit.code, now=now, about=f"{draft.year}/{draft.seq}")
    return written


def _read_again(written: Written, used: SealUsed, progress: Progress) -> None:
    """Open what was written from the disk; where that fails, no file is left. Raises NotAsWritten, Cancelled."""
    try:
        reread(written.path, used, written.digest, progress=progress)
    except (BundleRefused, FileFault):
        written.path.unlink(missing_ok=True)
        raise NotAsWritten(path=written.path) from None
    except BaseException:
        written.path.unlink(missing_ok=True)
        raise


def _receiver(tx: Tx, to: UnitCode, now: datetime) -> tuple[Certificate, Certificate]:
    """The keys of whom the desk reports to. Raises UnitNotEnrolled, NoCall, Untrusted's subclasses."""
    recipients = certificates_of(tx, RECIPIENTS, to)
    if recipients is None:
        raise UnitNotEnrolled(unit=to)
    return checked_recipients(recipients, require_trust(tx), now)


def exported(written: Written, draft: Draft) -> Exported:
    """What is told of a bundle that has been written."""
    assert isinstance(draft.payload, ReportPayload | DeltaPayload)
    return Exported(
        path=written.path,
        seq=draft.seq,
        is_delta=isinstance(draft.payload, DeltaPayload),
        entries=_count(draft.payload),
        files=len(draft.attachments),
        digest=written.digest,
        size=written.size,
        created=written.header.created,
    )


def _count(payload: ReportPayload | DeltaPayload) -> int:
    match payload:
        case ReportPayload(report=said):
            return len(said.entries)
        case DeltaPayload(delta=delta):
            return len(delta.upserted) + len(delta.deleted)


def attachment_of(tx: Tx, evidence: Evidence) -> Attachment:
    """A file that is kept, to be sent; ``read`` works as long as the transaction does. Raises EvidenceMissing."""
    crc = files.crc_of(tx, evidence.digest)

    def read() -> Iterator[bytes]:
        return files.read(tx, evidence.digest)

    return Attachment(
        digest=evidence.digest,
        size=evidence.size,
        media_type=evidence.media_type,
        original_name=evidence.name,
        title=evidence.title,
        is_restricted=evidence.access.scope is not AccessScope.OPEN,
        read=read,
        crc=crc,
    )


def sent_bundles(desk: Desk, year: Year) -> tuple[Sent, ...]:
    """What has been sent for a year, the latest first."""
    with desk.store.read() as tx:
        return tuple(
            sorted((s for s in sent(tx, year) if s.kind == Kind.SUBMISSION), key=lambda s: s.seq, reverse=True)
        )
