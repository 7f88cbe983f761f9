"""Receiving bundles: each file is verified and related to what is held; one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Cancelled, FileMissing, WpsError
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import CallPayload, ReplyPayload, ReportPayload, RequestPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.authority import refresh_own_lists
from wpsdesk.desk.calling import CallLoaded, current_call, take_call
from wpsdesk.desk.enrolling import Enrolled, Pending, pending, take_certificate
from wpsdesk.desk.errors import (
    AlreadyReceived,
    ForAnotherUnit,
    NotAskedFor,
    NotForTheAuthority,
    NothingHeld,
)
from wpsdesk.desk.model import LIMIT, Desk, opening_keys, require_authority, trust_of
from wpsdesk.desk.replying import ReplyLoaded, take_reply
from wpsdesk.intake.relations import Lineage, Relation, relate
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import Report, Status
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import (
    HELD,
    Arrived,
    EntryRow,
    latest,
    record_submission,
    report_bytes,
    set_standing,
    standing_of,
    submissions,
)
from wpsdesk.trust.certificates import Certificate

SUFFIXES: Final = (".asice", ".cms")


class Stands(StrEnum):
    """How a submission that is held stands to the others of its unit and year."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    HELD = "held"  # a person must choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A submission that is now held."""

    relation: Relation
    unit: UnitCode
    year: Year
    seq: int
    entries: int
    files: int
    digest: Digest
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that was not taken; nothing was changed by it."""

    error: WpsError


Outcome = Received | CallLoaded | Enrolled | ReplyLoaded | Pending | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file and what came of it."""

    path: Path
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One submission in the inbox."""

    unit: UnitCode
    year: Year
    seq: int
    stands: Stands
    size: int  # of the signed container, bytes
    bundle: BundleId
    digest: Digest
    signed_by: str
    signed_at: datetime
    received_at: datetime
    file_name: str


def receive(desk: Desk, paths: Sequence[Path], *, progress: Progress = unwatched) -> tuple[Arrival, ...]:
    """Take in files, and the bundles in folders. A file that is refused is told with its reason.

    UD's desk takes submissions, and shows enrolment requests, which wait for the digits. A unit's desk takes
    calls and replies. Raises Cancelled between two files; those before it stay taken.
    """
    found = list(_files(paths))
    arrivals = []
    for number, path in enumerate(found):
        progress(number, len(found))
        arrivals.append(Arrival(path=path, outcome=_taken(desk, path)))
    progress(len(found), len(found))
    return tuple(arrivals)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            yield path


def _taken(desk: Desk, path: Path) -> Outcome:
    try:
        return receive_one(desk, path)
    except Cancelled:
        raise
    except WpsError as error:
        return Refused(error=error)


def receive_one(desk: Desk, path: Path) -> Outcome:
    """Take in one file. Raises whatever stands in the way; then nothing has changed."""
    if not path.exists():
        raise FileMissing(path=path)
    refresh_own_lists(desk)
    with desk.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, keys), trust, desk.plan, desk.clock())
        _require_right_desk(desk, verified)
        match verified.payload:
            case ReportPayload(report=report):
                return _keep(desk, path, verified, report)
            case RequestPayload(request=request):
                return pending(desk, path, request)
            case CallPayload():
                return take_call(desk, path, verified)
            case ReplyPayload(certificates=None):
                return take_reply(desk, verified)
            case ReplyPayload():
                return take_certificate(desk, path, verified)


def _require_right_desk(desk: Desk, verified: VerifiedBundle) -> None:
    """Reports and requests go to UD, to whom they are addressed; calls and replies to everybody else."""
    match verified.payload:
        case ReportPayload() | RequestPayload():
            require_authority(desk)
            if verified.header.to != desk.unit.code:
                raise ForAnotherUnit(wanted=verified.header.to, unit=desk.unit.code)
        case CallPayload() | ReplyPayload():
            if desk.is_authority:
                raise NotForTheAuthority


def _keep(desk: Desk, path: Path, verified: VerifiedBundle, report: Report) -> Received:
    """One submission, in one transaction.

    1. The unit must be one that the call asks. 2. Its relation to what is held is told; a duplicate is refused.
    3. The exact signed bytes go into the store, which checks their digest. 4. The highest number stands for the
    unit; a conflict is held until a person has looked, and nothing that was there is touched.
    """
    header, now = verified.header, desk.clock()
    call = current_call(desk, report.year)
    if call is None or call.asked_of(report.unit) is None:
        raise NotAskedFor(unit=report.unit, year=report.year)
    with desk.store.write() as tx:
        held = submissions(tx, report.year, report.unit)
        arriving = Lineage(id=header.id, digest=verified.digest, unit=report.unit, year=report.year, seq=header.seq)
        relation = relate(arriving, (_lineage(a) for a in held))
        if relation is Relation.DUPLICATE:
            first = next(a for a in held if a.digest == verified.digest)
            raise AlreadyReceived(unit=first.unit, year=first.year, seq=first.seq, received_at=first.received_at)
        arrived = _arrived(verified, report, path, now)
        record_submission(tx, arrived, verified.container(), _rows(report), report=verified.payload_bytes)
        if relation is Relation.CONFLICT:
            set_standing(tx, verified.digest, HELD)
        note(tx, "received", who=desk.unit.code, now=now, about=f"{report.unit}/{report.year}/{header.seq}")
    return Received(
        relation=relation,
        unit=report.unit,
        year=report.year,
        seq=header.seq,
        entries=len(report.entries),
        files=len(header.files),
        digest=verified.digest,
        signed_by=verified.signer.name,
        signed_at=verified.signed_at,
    )


def _lineage(arrived: Arrived) -> Lineage:
    return Lineage(id=arrived.id, digest=arrived.digest, unit=arrived.unit, year=arrived.year, seq=arrived.seq)


def _arrived(verified: VerifiedBundle, report: Report, path: Path, now: datetime) -> Arrived:
    return Arrived(
        id=verified.header.id,
        kind=Kind.SUBMISSION,
        unit=report.unit,
        year=report.year,
        seq=verified.header.seq,
        digest=verified.digest,
        signer=verified.signer.der,
        signed_at=verified.signed_at,
        received_at=now,
        size=verified.container_size,
        file_name=path.name,
    )


def _rows(report: Report) -> tuple[EntryRow, ...]:
    return tuple(
        EntryRow(
            commitment=entry.key.commitment,
            country=entry.key.country,
            status=entry.status or "",
            state=CellState.NOTHING if entry.status is Status.NOTHING_TO_REPORT else CellState.RECEIVED,
        )
        for entry in report.entries
    )


def inbox(desk: Desk, year: Year | None = None) -> tuple[InboxRow, ...]:
    """What has come, the latest first. Raises OnlyTheAuthority."""
    require_authority(desk)
    with desk.store.read() as tx:
        found = submissions(tx, year)
        standing = {a.digest for y in {a.year for a in found} for a in latest(tx, y)}
        held = {a.digest for a in found if standing_of(tx, a.digest) == HELD}
    rows = [_inbox_row(arrived, _stands(arrived, standing, held)) for arrived in found]
    return tuple(sorted(rows, key=lambda r: (r.received_at, r.unit, r.seq), reverse=True))


def _stands(arrived: Arrived, standing: set[Digest], held: set[Digest]) -> Stands:
    if arrived.digest in held:
        return Stands.HELD
    return Stands.IN_FORCE if arrived.digest in standing else Stands.SUPERSEDED


def _inbox_row(arrived: Arrived, stands: Stands) -> InboxRow:
    return InboxRow(
        unit=arrived.unit,
        year=arrived.year,
        seq=arrived.seq,
        stands=stands,
        size=arrived.size,
        bundle=arrived.id,
        digest=arrived.digest,
        signed_by=Certificate(der=arrived.signer).name,
        signed_at=arrived.signed_at,
        received_at=arrived.received_at,
        file_name=arrived.file_name,
    )


def received_report(desk: Desk, digest: Digest) -> Report:
    """The report in a submission that is held. Raises OnlyTheAuthority, NothingHeld."""
    require_authority(desk)
    with desk.store.read() as tx:
        data = report_bytes(tx, digest)
    if data is None:
        raise NothingHeld(digest=digest)
    return report_from(load_json(data, limit=LIMIT), desk.plan)
