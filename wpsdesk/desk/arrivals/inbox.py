"""UD's inbox: every submission that is held, how it stands to the others, and what evidence has not come with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final, NamedTuple

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.desk.arrivals.keeping import evidence_missing
from wpsdesk.desk.errors import BaseMissing, NothingHeld
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import Evidence, Report
from wpsdesk.store.arrivals import Come, all_come, any_undecided
from wpsdesk.store.submissions import (
    BASE_MISSING,
    HELD,
    SETTLED,
    Arrived,
    latest,
    report_bytes,
    submission,
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


class InboxRow(NamedTuple):
    """One submission in the inbox. Who signed it and when is read when it is asked for: a window shows few of many."""

    unit: UnitCode
    year: Year
    seq: int
    stands: Stands
    size: int  # of the signed container, bytes
    bundle: BundleId
    digest: Digest
    file_name: str
    signer: bytes  # the certificate, DER
    signed: str  # RFC 3339, UTC
    received: str  # RFC 3339, UTC

    @property
    def signed_by(self) -> str:
        """The name in the signer's certificate."""
        return Certificate(der=self.signer).name

    @property
    def signed_at(self) -> datetime:
        """As the signer claims, UTC."""
        return datetime.fromisoformat(self.signed)

    @property
    def received_at(self) -> datetime:
        """When it came, UTC."""
        return datetime.fromisoformat(self.received)


def inbox(desk: Desk, year: Year | None = None) -> tuple[InboxRow, ...]:
    """What has come, the latest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        found = all_come(tx, year)
    tops: dict[tuple[UnitCode, Year], Come] = {}
    for each in found:  # in the order of arrival: of two with one number the later counts
        if each.counts:
            key = (each.unit, each.year)
            top = tops.get(key)
            if top is None or each.seq >= top.seq:
                tops[key] = each
    rows = [_inbox_row(each, _stands(each, tops.get((each.unit, each.year)))) for each in found]
    return tuple(sorted(rows, key=_BY_ARRIVAL, reverse=True))


_BY_ARRIVAL: Final = attrgetter("received", "unit", "seq")


def waiting_for_somebody(desk: Desk) -> int:
    """How many submissions do not count until somebody decides, or another comes. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        if not any_undecided(tx):
            return 0
    return sum(row.stands in (Stands.HELD, Stands.BASE_MISSING) for row in inbox(desk))


def _stands(come: Come, top: Come | None) -> Stands:
    if come is top:
        return Stands.IN_FORCE
    match come.standing:
        case "":
            return Stands.SUPERSEDED
        case word if word == HELD:
            return Stands.HELD
        case word if word == SETTLED:
            return Stands.SETTLED
        case word if word == BASE_MISSING and (top is None or come.seq > top.seq):
            return Stands.BASE_MISSING
        case _:
            return Stands.SUPERSEDED


def _inbox_row(come: Come, stands: Stands) -> InboxRow:
    unit, year, seq, size, bundle, digest, file_name, signer, signed, received, _ = come
    return InboxRow(unit, year, seq, stands, size, bundle, digest, file_name, signer, signed, received)


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
        each
        for each in all_come(tx, year)
        if each.unit == unit and each.standing == BASE_MISSING and (top is None or each.seq > top.seq)
    ]
    last = max(waiting, key=lambda each: each.seq, default=None)
    return None if last is None else submission(tx, last.digest)
