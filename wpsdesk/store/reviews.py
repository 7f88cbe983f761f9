"""What UD's officers decide, note and have in hand, answer by answer; a decision is a row that is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Subquery, Table, bindparam, delete, func, insert, select, update

from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.store.tables import review_claims, review_notes
from wpsdesk.store.tables import reviews as _reviews
from wpsdesk.store.transaction import Tx
from wpsdesk.store.upserting import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One answer of one unit in one year."""

    unit: UnitCode
    year: Year
    commitment: CommitmentNumber
    country: CountryCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision on an answer. ``number`` counts from 1 for each answer; the highest is the one that stands."""

    place: Place
    number: int
    decision: str
    entry: str  # SHA-256 of what the answer said, "" where it is no longer there
    submission: Digest
    reason: str
    language: str
    answer_by: str  # ISO 8601 date, or ""
    officer: str
    at: datetime  # UTC
    told: str  # the reply that carried it, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalNote:
    """A remark that never leaves UD."""

    place: Place
    officer: str
    at: datetime  # UTC
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who has an answer in hand."""

    place: Place
    officer: str
    since: datetime  # UTC


_OF_PLACE: Final = ("unit", "year", "commitment", "country")


def _at(table: Table) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == bindparam(f"{name}_") for name in _OF_PLACE)


def _newest() -> Subquery:
    place = func.row_number().over(
        partition_by=[_reviews.c[name] for name in _OF_PLACE], order_by=_reviews.c.step.desc()
    )
    return select(_reviews, place.label("place")).where(_reviews.c.year == bindparam("year_")).subquery()


_ADD: Final = insert(_reviews)
_NEWEST: Final = _newest()
_OF_YEAR: Final = select(_NEWEST).where(_NEWEST.c.place == 1)
_OF_UNIT: Final = _OF_YEAR.where(_NEWEST.c.unit == bindparam("unit_"))
_STEPS: Final = select(_reviews).where(*_at(_reviews)).order_by(_reviews.c.step)
_TELL: Final = (
    update(_reviews)
    .where(_reviews.c.unit == bindparam("unit_"), _reviews.c.year == bindparam("year_"), _reviews.c.told == "")
    .values(told=bindparam("reply"))
)
_ADD_NOTE: Final = insert(review_notes)
_NOTES: Final = (
    select(review_notes)
    .where(review_notes.c.unit == bindparam("unit_"), review_notes.c.year == bindparam("year_"))
    .order_by(review_notes.c.number)
)
_ALL_STEPS: Final = select(_reviews).where(_reviews.c.year == bindparam("year_")).order_by(_reviews.c.number)
_YEARS_NOTES: Final = (
    select(review_notes).where(review_notes.c.year == bindparam("year_")).order_by(review_notes.c.number)
)
_ALL_NOTES: Final = select(review_notes).order_by(review_notes.c.number.desc())
_CLAIM: Final = upsert(review_claims, *_OF_PLACE)
_CLAIMED: Final = select(review_claims).where(*_at(review_claims))
_CLAIMS: Final = select(review_claims).where(review_claims.c.year == bindparam("year_"))
_RELEASE: Final = delete(review_claims).where(*_at(review_claims))


def add_step(tx: Tx, step: Step) -> None:
    """Add a decision. BrokenRule where the answer has a decision of this number already: ask :func:`steps` first."""
    tx.run(
        _ADD,
        {
            **_values(step.place),
            "step": step.number,
            "decision": step.decision,
            "entry": step.entry,
            "submission": step.submission,
            "reason": step.reason,
            "language": step.language,
            "answer_by": step.answer_by,
            "officer": step.officer,
            "at": rfc3339(step.at),
            "told": step.told,
        },
    )


def standing_steps(tx: Tx, year: Year, unit: UnitCode | None = None) -> tuple[Step, ...]:
    """The decision that stands for every answer that has one, of a unit or of all, by unit, commitment, country."""
    found = tx.run(_OF_YEAR if unit is None else _OF_UNIT, {"year_": year, "unit_": unit})
    return tuple(sorted((_step(row) for row in found), key=_in_order))


def steps(tx: Tx, place: Place) -> tuple[Step, ...]:
    """Every decision on an answer, the first first."""
    return tuple(_step(row) for row in tx.run(_STEPS, _keys(place)))


def all_steps(tx: Tx, year: Year) -> tuple[Step, ...]:
    """Every decision on any answer of a year, in the order in which they were made."""
    return tuple(_step(row) for row in tx.run(_ALL_STEPS, {"year_": year}))


def tell_steps(tx: Tx, unit: UnitCode, year: Year, reply: BundleId) -> None:
    """Every decision so far has gone to the unit with this reply."""
    tx.run(_TELL, {"unit_": unit, "year_": year, "reply": reply})


def add_note(tx: Tx, note: InternalNote) -> None:
    """Add a remark."""
    values = {"officer": note.officer, "at": rfc3339(note.at), "data": note.text}
    tx.run(_ADD_NOTE, {**_values(note.place), **values})


def internal_notes(tx: Tx, unit: UnitCode, year: Year) -> tuple[InternalNote, ...]:
    """The remarks on a unit's answers, the first first."""
    return tuple(_note(row) for row in tx.run(_NOTES, {"unit_": unit, "year_": year}))


def years_notes(tx: Tx, year: Year) -> tuple[InternalNote, ...]:
    """The remarks on any answer of a year, the first first."""
    return tuple(_note(row) for row in tx.run(_YEARS_NOTES, {"year_": year}))


def all_notes(tx: Tx) -> tuple[InternalNote, ...]:
    """Every remark on any answer of any year, the latest first."""
    return tuple(_note(row) for row in tx.run(_ALL_NOTES))


def put_claim(tx: Tx, claim: Claim) -> None:
    """Say who has the answer in hand, instead of whoever had."""
    tx.run(_CLAIM, {**_values(claim.place), "officer": claim.officer, "since": rfc3339(claim.since)})


def claim_on(tx: Tx, place: Place) -> Claim | None:
    """Who has the answer in hand, or None."""
    row = tx.run(_CLAIMED, _keys(place)).one_or_none()
    return None if row is None else _claim(row)


def claims(tx: Tx, year: Year) -> tuple[Claim, ...]:
    """Everything that somebody has in hand."""
    return tuple(_claim(row) for row in tx.run(_CLAIMS, {"year_": year}))


def release(tx: Tx, place: Place) -> None:
    """Nobody has the answer in hand any more."""
    tx.run(_RELEASE, _keys(place))


def _values(place: Place) -> dict[str, object]:
    return {
        "unit": place.unit,
        "year": place.year,
        "commitment": place.commitment,
        "country": place.country or "",
    }


def _keys(place: Place) -> dict[str, object]:
    return {f"{name}_": value for name, value in _values(place).items()}


def _place(row: Row[Any]) -> Place:
    return Place(unit=row.unit, year=row.year, commitment=row.commitment, country=row.country or None)


def _note(row: Row[Any]) -> InternalNote:
    return InternalNote(place=_place(row), officer=row.officer, at=from_rfc3339(row.at), text=row.data)


def _claim(row: Row[Any]) -> Claim:
    return Claim(place=_place(row), officer=row.officer, since=from_rfc3339(row.since))


def _step(row: Row[Any]) -> Step:
    return Step(
        place=_place(row),
        number=row.step,
        decision=row.decision,
        entry=row.entry,
        submission=row.submission,
        reason=row.reason,
        language=row.language,
        answer_by=row.answer_by,
        officer=row.officer,
        at=from_rfc3339(row.at),
        told=row.told,
    )


def _in_order(step: Step) -> tuple[UnitCode, int, str]:
    return step.place.unit, step.place.commitment, step.place.country or ""
