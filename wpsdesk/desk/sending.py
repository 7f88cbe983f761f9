"""Sending: what is ready becomes one signed and sealed bundle, and the desk remembers what it sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.model import Attachment, Kind, header_to_json
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.writing import Draft, Written, file_name, write_bundle
from wpsdesk.desk.drafting import report
from wpsdesk.desk.errors import NothingToSend, UnitNotEnrolled
from wpsdesk.desk.model import (
    AUTHORITY,
    RECIPIENTS,
    Desk,
    certificates_of,
    checked_recipients,
    require_trust,
    signer_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.report.model import AccessScope, Evidence, Report
from wpsdesk.store import evidence as files
from wpsdesk.store.errors import EvidenceMissing
from wpsdesk.store.journal import note
from wpsdesk.store.sent import Sent, next_seq, record_sent, sent
from wpsdesk.store.transaction import Tx


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
    entries: int
    files: int
    digest: Digest  # of the signed container
    size: int  # of the file, bytes
    created: datetime


def ready_report(desk: Desk, year: Year) -> Report:
    """The report with only what is marked ready."""
    whole = report(desk, year)
    return replace(whole, entries=tuple(e for e in whole.entries if e.is_marked_ready))


def parcel(desk: Desk, year: Year) -> Parcel:
    """What would go if it were sent now."""
    whole, ready = report(desk, year), ready_report(desk, year)
    found = _distinct(ready)
    return Parcel(
        entries=len(ready.entries),
        drafts_left=len(whole.entries) - len(ready.entries),
        files=len(found),
        size=sum(e.size for e in found),
    )


def _distinct(ready: Report) -> tuple[Evidence, ...]:
    """Every file once, in the order of the report."""
    return tuple({e.digest: e for entry in ready.entries for e in entry.evidence}.values())


def export(
    desk: Desk,
    year: Year,
    out: Path,
    *,
    prepared_by: str = "",
    approved_by: str = "",
    progress: Progress = unwatched,
) -> Exported:
    """Write what is ready as one bundle, signed by this desk and sealed for UD's daily and recovery key.

    ``out`` is a new file, or a folder, in which the bundle gets its own neutral name.
    Raises NothingToSend, NotEnrolled, NoCall, EvidenceMissing, FileExistsAlready, DiskFull, Cancelled.
    """
    ready = ready_report(desk, year)
    if not ready.entries:
        raise NothingToSend(year=year)
    now = desk.clock()
    with desk.store.write() as tx:
        recipients = certificates_of(tx, RECIPIENTS, AUTHORITY)
        if recipients is None:
            raise UnitNotEnrolled(unit=AUTHORITY)
        sealed_for = checked_recipients(recipients, require_trust(tx), now)
        seq = next_seq(tx, year, kind=Kind.SUBMISSION)
        draft = _draft(tx, desk, ready, seq, (prepared_by or desk.unit.names.nb, approved_by))
        path = destination(out, file_name(desk.unit.code, now, seq, sealed=True))
        written = write_bundle(path, draft, signer_of(tx), seal_to=sealed_for, now=now, progress=progress)
        record_sent(tx, _sent(written, year, AUTHORITY))
        note(tx, "exported", who=approved_by or desk.unit.code, now=now, about=f"{year}/{seq}")
    return Exported(
        path=written.path,
        seq=seq,
        entries=len(ready.entries),
        files=len(draft.attachments),
        digest=written.digest,
        size=written.size,
        created=now,
    )


def _draft(tx: Tx, desk: Desk, ready: Report, seq: int, people: tuple[str, str]) -> Draft:
    prepared_by, approved_by = people
    return Draft(
        kind=Kind.SUBMISSION,
        unit=desk.unit.code,
        to=AUTHORITY,
        year=ready.year,
        seq=seq,
        payload=ReportPayload(report=ready),
        attachments=tuple(_attachment(tx, e) for e in _distinct(ready)),
        prepared_by=prepared_by,
        approved_by=approved_by,
        plan=ready.edition,
    )


def _attachment(tx: Tx, evidence: Evidence) -> Attachment:
    if not files.has(tx, evidence.digest):
        raise EvidenceMissing(digest=evidence.digest)

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
    )


def _sent(written: Written, year: Year, to: UnitCode) -> Sent:
    members = dict(written.members)
    header = written.header
    return Sent(
        id=header.id,
        kind=header.kind,
        to=to,
        year=year,
        seq=header.seq,
        digest=written.digest,
        created=header.created,
        header=canonical_json(header_to_json(header)),
        payload=members["report.json"],
        manifest=members["META-INF/ASiCManifest001.xml"],
        signature=members["META-INF/signature001.p7s"],
        size=written.container_size,
    )


def sent_bundles(desk: Desk, year: Year) -> tuple[Sent, ...]:
    """What has been sent for a year, the latest first."""
    with desk.store.read() as tx:
        return tuple(sorted(sent(tx, year), key=lambda s: s.seq, reverse=True))
