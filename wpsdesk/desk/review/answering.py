"""What UD's receipt for a unit says: which report it is for, what is missing, and whether the whole must come."""

from __future__ import annotations

from dataclasses import replace

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.arrivals.assembling import missing_parts_of
from wpsdesk.desk.arrivals.inbox import wants_the_whole
from wpsdesk.desk.arrivals.keeping import evidence_missing
from wpsdesk.desk.call.extending import extensions_in
from wpsdesk.desk.errors import NothingReceivedFrom
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.choices import choices_on
from wpsdesk.desk.review.reviewing import verdicts
from wpsdesk.report.model import EntryKey
from wpsdesk.report.reply import About, Chosen, Note, Receipt, Reply
from wpsdesk.report.sides import Side
from wpsdesk.store.submissions import Arrived, latest, submission
from wpsdesk.store.transaction import Tx


def receipt_for(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> Reply:
    """The receipt as things stand, with the time that the unit has got, and what was chosen between its reports.

    Raises NothingReceivedFrom where nothing at all has come from the unit, and it has got no more time either.
    """
    more = extensions_in(tx, year).get(unit)
    until = None if more is None else more.until
    try:
        found = _receipt_for(tx, desk, unit, year)
    except NothingReceivedFrom:
        if until is None:
            raise
        return Reply(unit=unit, year=year, receipt=Receipt.WARNING, extended_to=until)
    chosen = _chosen(tx, desk, found) if found.receipt is Receipt.OK else ()
    notes = (*found.notes, Note.CHOSEN) if chosen else found.notes
    return replace(found, extended_to=until, chosen=chosen, notes=notes)


def _chosen(tx: Tx, desk: Desk, receipt: Reply) -> tuple[Chosen, ...]:
    if receipt.about is None or receipt.year is None:
        return ()
    top, found = receipt.about, dict[EntryKey, Chosen]()
    for choice in choices_on(tx, desk.plan, receipt.unit, receipt.year, top.digest):
        held = submission(tx, choice.held)
        for pick in choice.picks:
            pair = ((top.digest, top.seq), (choice.held, 0 if held is None else held.seq))
            sides = {Side.OURS: pair[:1], Side.THEIRS: pair[1:], Side.BOTH: pair}[pick.side]
            sources, seqs = zip(*sides, strict=True)
            found[pick.key] = Chosen(key=pick.key, sources=sources, seqs=seqs, note=pick.note)
    return tuple(found.values())


def _receipt_for(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> Reply:
    """What has come, in the order of what it asks for.

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
        raise NothingReceivedFrom(unit=unit, year=year)
    return Reply(unit=unit, year=year, receipt=Receipt.WARNING, missing_parts=parts)


def about(arrived: Arrived) -> About:
    """Which bundle a reply answers."""
    return About(bundle=arrived.id, digest=arrived.digest, seq=arrived.seq, received=arrived.received_at)
