"""Two reports of one unit that went on from the same place: told answer by answer, and settled by an officer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.review.choices import MAX_NOTE, Choice, Pick, choices_in, choices_on, put_choice
from wpsdesk.desk.review.conflict_errors import (
    AnswersNotSettled,
    ConflictChanged,
    NoSuchConflict,
    NoteMissing,
    NothingChosen,
    TooMuchTogether,
)
from wpsdesk.desk.review.reviewing import put_aside_changed
from wpsdesk.desk.review.standing import in_force, own_report_of
from wpsdesk.report.codec import entry_to_json, report_from, report_to_json
from wpsdesk.report.form import FORM
from wpsdesk.report.model import Entry, EntryKey, Report, in_order
from wpsdesk.report.sides import Side, chosen, differing, sides_for
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import (
    HELD,
    SETTLED,
    Arrived,
    family,
    held,
    report_bytes,
    set_standing,
    standing_of,
    submission,
)
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSide:
    """One of the two reports."""

    digest: Digest
    seq: int
    signed_by: str
    signed_at: datetime  # UTC
    received_at: datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One answer on which the two say different things; None where a report has no such answer."""

    key: EntryKey
    ours: Entry | None  # in the report that stands
    theirs: Entry | None  # in the one that is held

    @property
    def sides(self) -> tuple[Side, ...]:
        """What there is to choose: both only where some field can hold both."""
        if self.ours is None or self.theirs is None:
            return (Side.OURS, Side.THEIRS)
        fields = differing(self.ours, self.theirs)
        can_hold_both = any(Side.BOTH in sides_for(field, self.ours, self.theirs) for field in fields)
        return (Side.OURS, Side.THEIRS, Side.BOTH) if can_hold_both else (Side.OURS, Side.THEIRS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A report that waits for a choice, and the one that stands."""

    unit: UnitCode
    year: Year
    ours: OneSide
    theirs: OneSide
    differences: tuple[Difference, ...]
    is_readable: bool  # False of changes on a report that is not here: the unit must send the whole


def conflicts(desk: Desk, year: Year | None = None, unit: UnitCode | None = None) -> tuple[Conflict, ...]:
    """What waits for a choice, in the order of arrival. A later whole report of the unit has settled it by itself.

    Raises OnlyTheAuthority.
    """
    require_gathering(desk)
    with desk.store.read() as tx:
        waiting = [each for each in held(tx, year) if unit in (None, each.unit)]
        found = [_conflict(tx, desk, each) for each in waiting if _is_open(tx, each)]
    return tuple(each for each in found if each is not None)


def choose(
    desk: Desk, digest: Digest, picks: Collection[Pick], *, officer: str = "", on: Digest | None = None
) -> Choice:
    """Let an officer's choice stand between two reports; neither is touched, and what stands is a record of its own.

    1. Every answer on which they differ needs a choice, and both need a note that tells the unit why. 2. Where another
    report has come since the officer looked (``on`` is the one that stood then), nothing is chosen. 3. A decision on
    an answer that says something else now is put aside. 4. The next whole report of the unit takes its place.

    Raises OnlyTheAuthority, NoSuchConflict, ConflictChanged, AnswersNotSettled, NoteMissing.
    """
    require_gathering(desk)
    who, now = officer or desk.unit.code, desk.clock()
    with desk.store.write() as tx:
        arrived = submission(tx, digest)
        if arrived is None or standing_of(tx, digest) != HELD or not _is_open(tx, arrived):
            raise NoSuchConflict(digest=digest)
        found = _conflict(tx, desk, arrived)
        if found is None or not found.is_readable:
            raise NoSuchConflict(digest=digest)
        if on is not None and on != found.ours.digest:
            raise ConflictChanged(unit=found.unit, year=found.year)
        _check(found, picks)
        top, standing = in_force(tx, desk, found.unit, found.year)
        choice = Choice(
            number=len(choices_in(tx, desk.plan, found.unit, found.year)) + 1,
            top=top.digest,
            held=digest,
            picks=tuple(replace(pick, note=pick.note.strip()[:MAX_NOTE]) for pick in picks),
            officer=who,
            at=now,
            report=_readable(_made(standing, found, picks), desk),
        )
        put_choice(tx, choice)
        set_standing(tx, digest, SETTLED)
        note(tx, "chosen", who=who, now=now, about=f"{found.unit}/{found.year}/{arrived.seq}")
        put_aside_changed(tx, desk, found.unit, found.year)
    return choice


def undo_choice(desk: Desk, unit: UnitCode, year: Year, *, officer: str = "") -> Choice:
    """Take back the last choice that stands for a unit, until a reply has told of it.

    Raises OnlyTheAuthority, NothingReceivedFrom, NothingChosen.
    """
    require_gathering(desk)
    who, now = officer or desk.unit.code, desk.clock()
    with desk.store.write() as tx:
        top, _ = in_force(tx, desk, unit, year)
        standing = choices_on(tx, desk.plan, unit, year, top.digest)
        if not standing or standing[-1].told:
            raise NothingChosen(unit=unit, year=year)
        undone = replace(standing[-1], is_undone=True)
        put_choice(tx, undone)
        set_standing(tx, undone.held, HELD)
        note(tx, "choice-undone", who=who, now=now, about=f"{unit}/{year}")
        put_aside_changed(tx, desk, unit, year)
    return undone


# -- within ------------------------------------------------------------------------------------------


def _is_open(tx: Tx, arrived: Arrived) -> bool:
    """Whether no whole report that counts has come from the unit since: that would be the unit's last word."""
    members = family(tx, arrived.year, arrived.unit)
    place = next(i for i, member in enumerate(members) if member.digest == arrived.digest)
    return not any(member.counts and member.base is None for member in members[place + 1 :])


def _conflict(tx: Tx, desk: Desk, arrived: Arrived) -> Conflict | None:
    try:
        top, standing = in_force(tx, desk, arrived.unit, arrived.year)
    except NothingReceived:
        return None  # nothing stands that it could be in conflict with
    is_readable = report_bytes(tx, arrived.digest) is not None
    return Conflict(
        unit=arrived.unit,
        year=arrived.year,
        ours=_side(top),
        theirs=_side(arrived),
        differences=_differences(standing, own_report_of(tx, desk, arrived)) if is_readable else (),
        is_readable=is_readable,
    )


def _side(arrived: Arrived) -> OneSide:
    return OneSide(
        digest=arrived.digest,
        seq=arrived.seq,
        signed_by=Certificate(der=arrived.signer).name,
        signed_at=arrived.signed_at,
        received_at=arrived.received_at,
    )


def _differences(ours: Report, theirs: Report) -> tuple[Difference, ...]:
    mine, other = ({entry.key: entry for entry in report.entries} for report in (ours, theirs))
    every = {**other, **mine}
    return tuple(
        Difference(key=entry.key, ours=mine.get(entry.key), theirs=other.get(entry.key))
        for entry in in_order(tuple(every.values()))
        if _said(mine.get(entry.key)) != _said(other.get(entry.key))
    )


def _said(entry: Entry | None) -> object:
    return None if entry is None else entry_to_json(entry)


def _check(found: Conflict, picks: Collection[Pick]) -> None:
    by_key = {pick.key: pick for pick in picks}
    open_ = [each.key for each in found.differences if each.key not in by_key]
    strange = [pick.key for pick in picks if pick.key not in {each.key for each in found.differences}]
    if open_ or strange or len(by_key) != len(picks):
        raise AnswersNotSettled(unit=found.unit, keys=tuple(open_ or strange))
    for each in found.differences:
        pick = by_key[each.key]
        if pick.side not in each.sides:
            raise AnswersNotSettled(unit=found.unit, keys=(each.key,))
        if pick.side is Side.BOTH and not pick.note.strip():
            raise NoteMissing(unit=found.unit, commitment=each.key.commitment, country=each.key.country)


def _made(standing: Report, found: Conflict, picks: Collection[Pick]) -> Report:
    """What stands with the choices put in."""
    sides = {pick.key: pick.side for pick in picks}
    entries = {entry.key: entry for entry in standing.entries}
    for each in found.differences:
        entry = _entry(each, sides[each.key])
        if entry is None:
            entries.pop(each.key, None)
        else:
            entries[each.key] = entry
    return replace(standing, entries=in_order(tuple(entries.values())))


def _readable(report: Report, desk: Desk) -> Report:
    """The report, if it is one: both answers together may be longer than an answer can be."""
    try:
        return report_from(load_json(canonical_json(report_to_json(report)), limit=LIMIT), desk.plan)
    except Malformed:
        raise TooMuchTogether(unit=report.unit, year=report.year) from None


def _entry(each: Difference, side: Side) -> Entry | None:
    match side:
        case Side.OURS:
            return each.ours
        case Side.THEIRS:
            return each.theirs
        case Side.BOTH:
            ours, theirs = each.ours, each.theirs
            assert ours is not None, "only two answers can both stand"
            assert theirs is not None, "only two answers can both stand"
            kept = {
                field.name: Side.BOTH if Side.BOTH in sides_for(field, ours, theirs) else Side.OURS for field in FORM
            }
            return chosen(ours, theirs, kept)
