"""UD's review of single answers: accept or return, undo until the unit is told, notes, and who has one in hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.desk.call.extending import extensions_in
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.desk.review.review_errors import (
    AnsweredMeanwhile,
    NoSuchAnswer,
    NothingToWithdraw,
    ReasonMissing,
    ReviewedMeanwhile,
    UnderReview,
)
from wpsdesk.desk.review.standing import in_force
from wpsdesk.plan.model import LanguageCode, language_code
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import Entry, EntryKey, Status
from wpsdesk.report.reply import Verdict, reason_from
from wpsdesk.report.states import Decision
from wpsdesk.store.journal import note
from wpsdesk.store.reviews import (
    Claim,
    InternalNote,
    Place,
    Step,
    add_note,
    add_step,
    claim_on,
    claims,
    internal_notes,
    put_claim,
    release,
    standing_steps,
    steps,
    tell_steps,
)
from wpsdesk.store.transaction import Tx

CLAIM_LASTS: Final = timedelta(minutes=30)
"""An officer who was called away does not keep an answer from the others for longer than this."""


_STANDS: Final = (Decision.ACCEPTED, Decision.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an officer wants to decide.

    ``seen`` is the step they looked at, 0 for none, and ``read`` the answer as :attr:`Reviewed.said` had it; None: do
    not ask.
    """

    key: EntryKey
    is_accepted: bool
    reason: str = ""
    language: LanguageCode = "nb"
    answer_by: date | None = None
    seen: int | None = None
    read: Digest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One answer of a unit as it stands under review."""

    key: EntryKey
    status: Status | None
    said: Digest  # of everything that the answer says
    step: int  # 0 where nothing has been decided
    decision: Decision | None
    reason: str
    language: str
    answer_by: date | None
    officer: str
    at: datetime | None  # UTC
    is_told: bool  # whether a reply to the unit has carried it
    in_hand: Claim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """An answer that UD has returned and that has not come back."""

    unit: UnitCode
    key: EntryKey
    reason: str
    officer: str
    at: datetime  # UTC
    answer_by: date | None
    is_told: bool
    days: int  # since it was returned
    late: int  # days past answer_by, or past the time that the unit has got; 0 where there is none


def review(desk: Desk, unit: UnitCode, year: Year) -> tuple[Reviewed, ...]:
    """Every answer of the report in force for a unit, and what has been decided of it.

    Raises OnlyTheAuthority, NothingReceivedFrom.
    """
    require_gathering(desk)
    with desk.store.read() as tx:
        _, report = in_force(tx, desk, unit, year)
        standing = {_key(step.place): step for step in standing_steps(tx, year, unit)}
        in_hand = {_key(c.place): c for c in claims(tx, year) if c.place.unit == unit and not _is_over(c, desk)}
    return tuple(_reviewed(entry, standing.get(entry.key), in_hand.get(entry.key)) for entry in report.entries)


def _reviewed(entry: Entry, step: Step | None, in_hand: Claim | None) -> Reviewed:
    return Reviewed(
        key=entry.key,
        status=entry.status,
        said=said_by(entry),
        step=0 if step is None else step.number,
        decision=None if step is None else Decision(step.decision),
        reason="" if step is None else step.reason,
        language="" if step is None else step.language,
        answer_by=None if step is None else _day(step.answer_by),
        officer="" if step is None else step.officer,
        at=None if step is None else step.at,
        is_told=step is not None and bool(step.told),
        in_hand=in_hand,
    )


def decide(
    desk: Desk, unit: UnitCode, year: Year, judgements: Collection[Judgement], *, officer: str = ""
) -> tuple[Reviewed, ...]:
    """Accept and return answers, all of them or none, and say how the unit's answers stand then.

    1. Whoever returns says why. 2. The answer must be in the report in force. 3. No other officer may have it in hand.
    4. Where somebody has decided since the officer looked, that stands, and it is told. 5. Where the unit has sent
    another answer since the officer read this one, nothing is decided: nobody accepts what they have not read. 6. Each
    decision is kept with the digest of what the answer said, so that a new answer puts it aside.

    Raises OnlyTheAuthority, NothingReceivedFrom, ReasonMissing, Malformed (a reason that no unit could read),
    NoSuchAnswer, UnderReview, ReviewedMeanwhile, AnsweredMeanwhile.
    """
    require_gathering(desk)
    who, now = officer or desk.unit.code, desk.clock()
    with desk.store.write() as tx:
        arrived, report = in_force(tx, desk, unit, year)
        entries = {entry.key: entry for entry in report.entries}
        for judgement in judgements:
            _require_reason(judgement)
            entry = entries.get(judgement.key)
            place = _place(unit, year, judgement.key)
            if entry is None:
                raise NoSuchAnswer(unit=unit, commitment=place.commitment, country=place.country)
            _require_free(tx, desk, place, who)
            before = steps(tx, place)
            if judgement.seen is not None and len(before) != judgement.seen:
                raise _meanwhile(before[-1])
            if judgement.read is not None and judgement.read != said_by(entry):
                raise AnsweredMeanwhile(unit=unit, commitment=place.commitment, country=place.country)
            step = _step_of(judgement, place, entry, officer=who, now=now)
            add_step(tx, replace(step, number=len(before) + 1, submission=arrived.digest))
            release(tx, place)
            what = "accepted" if judgement.is_accepted else "returned"
            note(tx, what, who=who, now=now, about=_about(place))
    return review(desk, unit, year)


def withdraw(
    desk: Desk, unit: UnitCode, year: Year, keys: Collection[EntryKey], *, officer: str = ""
) -> tuple[Reviewed, ...]:
    """Undo decisions that the unit has not been told of. Raises OnlyTheAuthority, NothingToWithdraw, UnderReview."""
    require_gathering(desk)
    who, now = officer or desk.unit.code, desk.clock()
    with desk.store.write() as tx:
        for key in keys:
            place = _place(unit, year, key)
            _require_free(tx, desk, place, who)
            before = steps(tx, place)
            if not before or before[-1].decision not in _STANDS or before[-1].told:
                raise NothingToWithdraw(unit=unit, commitment=key.commitment, country=key.country)
            add_step(tx, _next(before[-1], Decision.WITHDRAWN, who, now))
            note(tx, "withdrawn", who=who, now=now, about=_about(place))
    return review(desk, unit, year)


def history(desk: Desk, unit: UnitCode, year: Year, key: EntryKey) -> tuple[Step, ...]:
    """Every decision on an answer, the first first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return steps(tx, _place(unit, year, key))


def returned(desk: Desk, year: Year) -> tuple[Returned, ...]:
    """The answers that have been returned and not come back, the oldest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    today = desk.clock()
    with desk.store.read() as tx:
        found = [step for step in standing_steps(tx, year) if step.decision == Decision.RETURNED]
        more = {unit: given.until for unit, given in extensions_in(tx, year).items()}
    rows = (_returned(step, today, more.get(step.place.unit)) for step in found)
    return tuple(sorted(rows, key=lambda r: (r.at, r.unit, r.key.commitment)))


def _returned(step: Step, now: datetime, more: date | None) -> Returned:
    by = _day(step.answer_by)
    due = by if by is None or more is None else max(by, more)
    return Returned(
        unit=step.place.unit,
        key=_key(step.place),
        reason=step.reason,
        officer=step.officer,
        at=step.at,
        answer_by=by,
        is_told=bool(step.told),
        days=(now - step.at).days,
        late=0 if due is None else max(0, (now.date() - due).days),
    )


# -- in hand, and notes ------------------------------------------------------------------------------


def take_in_hand(desk: Desk, unit: UnitCode, year: Year, key: EntryKey, *, officer: str) -> Claim:
    """Keep an answer from the other officers for half an hour. Raises OnlyTheAuthority, UnderReview."""
    require_gathering(desk)
    claim = Claim(place=_place(unit, year, key), officer=officer, since=desk.clock())
    with desk.store.write() as tx:
        _require_free(tx, desk, claim.place, officer)
        put_claim(tx, claim)
    return claim


def lay_down(desk: Desk, unit: UnitCode, year: Year, key: EntryKey, *, officer: str) -> None:
    """Let the others have it again; what somebody else has in hand is left with them. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.write() as tx:
        held = claim_on(tx, _place(unit, year, key))
        if held is not None and held.officer == officer:
            release(tx, held.place)


def write_note(desk: Desk, unit: UnitCode, year: Year, key: EntryKey, text: str, *, officer: str) -> InternalNote:
    """Add a remark that never leaves UD. Raises OnlyTheAuthority."""
    require_gathering(desk)
    written = InternalNote(place=_place(unit, year, key), officer=officer, at=desk.clock(), text=text.strip())
    with desk.store.write() as tx:
        add_note(tx, written)
        note(tx, "noted", who=officer, now=written.at, about=_about(written.place))
    return written


def notes(desk: Desk, unit: UnitCode, year: Year) -> tuple[InternalNote, ...]:
    """The remarks on a unit's answers, the first first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return internal_notes(tx, unit, year)


# -- what replies and intake ask ----------------------------------------------------------------------


def verdicts(tx: Tx, unit: UnitCode, year: Year) -> tuple[Verdict, ...]:
    """What a reply tells the unit: every decision that stands."""
    return tuple(
        Verdict(
            key=_key(step.place),
            is_accepted=step.decision == Decision.ACCEPTED,
            reason=step.reason,
            language=language_code(step.language),
            answer_by=_day(step.answer_by),
        )
        for step in standing_steps(tx, year, unit)
        if step.decision in _STANDS
    )


def tell(tx: Tx, unit: UnitCode, year: Year, reply: BundleId) -> None:
    """The unit has been told of what was decided so far."""
    tell_steps(tx, unit, year, reply)


def put_aside_changed(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> None:
    """Put decisions aside whose answer is another now: it waits for an officer again."""
    standing = [step for step in standing_steps(tx, year, unit) if step.decision in _STANDS]
    if not standing:
        return
    arrived, report = in_force(tx, desk, unit, year)
    said = {entry.key: said_by(entry) for entry in report.entries}
    for step in standing:
        found = said.get(_key(step.place), "")
        if found != step.entry:
            changed = _next(step, Decision.CHANGED, unit, desk.clock())
            add_step(tx, replace(changed, entry=found, submission=arrived.digest))
            note(tx, "put-aside", who=desk.unit.code, now=desk.clock(), about=_about(step.place))


def decided(tx: Tx, year: Year) -> Mapping[Place, Decision]:
    """What stands for each answer of a year."""
    return {step.place: Decision(step.decision) for step in standing_steps(tx, year)}


def said_by(entry: Entry) -> Digest:
    """The digest of everything that an answer says."""
    return sha256(canonical_json(entry_to_json(entry)))


# -- within ------------------------------------------------------------------------------------------


def _place(unit: UnitCode, year: Year, key: EntryKey) -> Place:
    return Place(unit=unit, year=year, commitment=key.commitment, country=key.country)


def _key(place: Place) -> EntryKey:
    return EntryKey(place.commitment, place.country)


def _about(place: Place) -> str:
    country = "" if place.country is None else f"/{place.country}"
    return f"{place.unit}/{place.year}/{place.commitment}{country}"


def _is_over(claim: Claim, desk: Desk) -> bool:
    return not timedelta(0) <= desk.clock() - claim.since < CLAIM_LASTS


def _require_free(tx: Tx, desk: Desk, place: Place, officer: str) -> None:
    held = claim_on(tx, place)
    if held is not None and held.officer != officer and not _is_over(held, desk):
        raise UnderReview(
            unit=place.unit, commitment=place.commitment, country=place.country, officer=held.officer, since=held.since
        )


def _meanwhile(step: Step) -> ReviewedMeanwhile:
    return ReviewedMeanwhile(
        unit=step.place.unit,
        commitment=step.place.commitment,
        country=step.place.country,
        officer=step.officer,
        at=step.at,
        decision=Decision(step.decision),
    )


def _require_reason(judgement: Judgement) -> None:
    reason = judgement.reason.strip()
    if not judgement.is_accepted and not reason:
        raise ReasonMissing(commitment=judgement.key.commitment, country=judgement.key.country)
    reason_from(Reader(reason, "reason"))  # with one that it cannot read, the unit could read nothing of the reply


def _step_of(judgement: Judgement, place: Place, entry: Entry, *, officer: str, now: datetime) -> Step:
    return Step(
        place=place,
        number=1,
        decision=Decision.ACCEPTED if judgement.is_accepted else Decision.RETURNED,
        entry=said_by(entry),
        submission=Digest(""),
        reason=judgement.reason.strip(),
        language=judgement.language,
        answer_by="" if judgement.answer_by is None else judgement.answer_by.isoformat(),
        officer=officer,
        at=now,
        told="",
    )


def _next(step: Step, decision: Decision, officer: str, now: datetime) -> Step:
    return replace(step, number=step.number + 1, decision=decision, officer=officer, at=now, told="")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
