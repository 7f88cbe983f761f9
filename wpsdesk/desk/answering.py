"""What UD's receipt for a unit says: which report it is for, what is missing, and whether the whole must come."""

from __future__ import annotations

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.assembling import missing_parts_of
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.inbox import wants_the_whole
from wpsdesk.desk.keeping import evidence_missing
from wpsdesk.desk.model import Desk
from wpsdesk.desk.reviewing import verdicts
from wpsdesk.report.reply import About, Note, Receipt, Reply
from wpsdesk.store.submissions import Arrived, latest
from wpsdesk.store.transaction import Tx


def receipt_for(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> Reply:
    """The receipt as things stand. Raises NothingReceived where nothing at all has come from the unit.

    1. Changes on a report that is not in force: they are kept, and the whole is asked for. 2. Else the report in
    force, with the evidence that it names and that has never come. 3. Else only parts have come. Parts that are
    missing are listed in each case.
    """
    waiting, parts = wants_the_whole(tx, year, unit), missing_parts_of(tx, unit)
    if waiting is not None:
        return Reply(
            unit=unit,
            year=year,
            receipt=Receipt.WARNING,
            about=about(waiting),
            notes=(Note.SEND_THE_WHOLE,),
            missing_parts=parts,
        )
    arrived = next((a for a in latest(tx, year) if a.unit == unit), None)
    if arrived is not None:
        lacking = evidence_missing(tx, desk, unit, arrived.digest)
        return Reply(
            unit=unit,
            year=year,
            receipt=Receipt.OK,
            about=about(arrived),
            notes=(Note.SUPERSEDES,) if arrived.seq > 1 else (),
            missing_parts=parts,
            missing_evidence=tuple(e.digest for e in lacking),
            verdicts=verdicts(tx, unit, year),
        )
    if not parts:
        raise NothingReceived(year=year)
    return Reply(unit=unit, year=year, receipt=Receipt.WARNING, missing_parts=parts)


def about(arrived: Arrived) -> About:
    """Which bundle a reply answers."""
    return About(bundle=arrived.id, digest=arrived.digest, seq=arrived.seq, received=arrived.received_at)
