"""UD's inbox: every submission that is held, how it stands to the others, and what evidence has not come with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.desk.arrivals.keeping import evidence_missing
from wpsdesk.desk.errors import BaseMissing, NothingHeld
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import Evidence, Report
from wpsdesk.store.submissions import (
    BASE_MISSING,
    HELD,
    SETTLED,
    Arrived,
    latest,
    report_bytes,
    standing_of,
    submission,
    submissions,
)
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate


class Stands(StrEnum):
    """How a submission that is held stands to the others of its unit and year."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    HELD = "held"  # a person must choose
    SETTLED = "settled"  # a person has chosen
    BASE_MISSING = "base-missing"  # only changes, on a report that is not the one in force


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


def inbox(desk: Desk, year: Year | None = None) -> tuple[InboxRow, ...]:
    """What has come, the latest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        found = submissions(tx, year)
        standing = {(a.unit, a.year): a for y in {a.year for a in found} for a in latest(tx, y)}
        rows = [_inbox_row(a, _stands(tx, a, standing.get((a.unit, a.year)))) for a in found]
    return tuple(sorted(rows, key=lambda r: (r.received_at, r.unit, r.seq), reverse=True))


def _stands(tx: Tx, arrived: Arrived, top: Arrived | None) -> Stands:
    if top is not None and arrived.digest == top.digest:
        return Stands.IN_FORCE
    match standing_of(tx, arrived.digest):
        case word if word == HELD:
            return Stands.HELD
        case word if word == SETTLED:
            return Stands.SETTLED
        case word if word == BASE_MISSING and (top is None or arrived.seq > top.seq):
            return Stands.BASE_MISSING
        case _:
            return Stands.SUPERSEDED


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
    """The whole report that a submission stands for. Raises OnlyTheAuthority, NothingHeld, BaseMissing."""
    require_gathering(desk)
    with desk.store.read() as tx:
        data, arrived = report_bytes(tx, digest), submission(tx, digest)
    if arrived is None:
        raise NothingHeld(digest=digest)
    if data is None:
        raise BaseMissing(unit=arrived.unit, year=arrived.year, seq=arrived.seq)
    return report_from(load_json(data, limit=LIMIT), desk.plan)


def missing_evidence(desk: Desk, digest: Digest) -> tuple[Evidence, ...]:
    """The evidence that a submission's report names and that has never come. Raises OnlyTheAuthority, NothingHeld."""
    require_gathering(desk)
    with desk.store.read() as tx:
        arrived = submission(tx, digest)
        if arrived is None:
            raise NothingHeld(digest=digest)
        return evidence_missing(tx, desk, arrived.unit, digest)


def wants_the_whole(tx: Tx, year: Year, unit: UnitCode) -> Arrived | None:
    """The last delta of a unit that cannot be used, for its base is not in force; None where there is none."""
    top = next((a for a in latest(tx, year) if a.unit == unit), None)
    waiting = [
        a
        for a in submissions(tx, year, unit)
        if (top is None or a.seq > top.seq) and standing_of(tx, a.digest) == BASE_MISSING
    ]
    return max(waiting, key=lambda a: a.seq, default=None)
