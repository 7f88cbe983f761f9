"""The report that stands for a unit: of what it has sent, the one in force, with what UD has chosen in a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.desk.call.calling import plan_in
from wpsdesk.desk.errors import BaseMissing, NothingReceivedFrom
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.review.choices import choices_on
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import Report
from wpsdesk.store.submissions import Arrived, latest, report_bytes
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReport:
    """What a unit says for a year, and which submission says it."""

    unit: UnitCode
    year: Year
    report: Report
    seq: int
    digest: Digest  # of the submission's signed container
    signed_by: str
    signed_at: datetime  # UTC
    received_at: datetime  # UTC


def standing_report(desk: Desk, unit: UnitCode, year: Year) -> StandingReport:
    """What stands for a unit. Raises OnlyTheAuthority, NothingReceivedFrom, BaseMissing."""
    require_gathering(desk)
    with desk.store.read() as tx:
        arrived, report = in_force(tx, desk, unit, year)
    return StandingReport(
        unit=unit,
        year=year,
        report=report,
        seq=arrived.seq,
        digest=arrived.digest,
        signed_by=Certificate(der=arrived.signer).name,
        signed_at=arrived.signed_at,
        received_at=arrived.received_at,
    )


def in_force(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> tuple[Arrived, Report]:
    """The submission in force and the report that stands. Raises NothingReceivedFrom, BaseMissing."""
    arrived = next((a for a in latest(tx, year) if a.unit == unit), None)
    if arrived is None:
        raise NothingReceivedFrom(unit=unit, year=year)
    return arrived, report_of(tx, desk, arrived)


def report_of(tx: Tx, desk: Desk, arrived: Arrived) -> Report:
    """What stands where this submission is in force: its report, or what was chosen of it. Raises BaseMissing."""
    made = choices_on(tx, plan_in(tx, desk.plan, arrived.year), arrived.unit, arrived.year, arrived.digest)
    return made[-1].report if made else own_report_of(tx, desk, arrived)


def own_report_of(tx: Tx, desk: Desk, arrived: Arrived) -> Report:
    """The whole report that a submission itself stands for. Raises BaseMissing."""
    data = report_bytes(tx, arrived.digest)
    if data is None:
        raise BaseMissing(unit=arrived.unit, year=arrived.year, seq=arrived.seq)
    return report_from(load_json(data, limit=LIMIT), plan_in(tx, desk.plan, arrived.year))
