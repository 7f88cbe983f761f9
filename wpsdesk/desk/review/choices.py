"""What UD has chosen between two reports of a unit: a record of its own beside both, which stay as they came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import DIGEST, BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.desk.model import LIMIT
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import report_from, report_to_json
from wpsdesk.report.model import EntryKey, Report
from wpsdesk.report.sides import Side
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.transaction import Tx

KIND: Final = "choice"

MAX_NOTE: Final = 2000  # characters
_PICKS: Final = 2000
_OFFICER: Final = 100  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """What is to stand of one answer: ``ours`` is the report that stood, ``theirs`` the one that was held."""

    key: EntryKey
    side: Side
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One conflict that an officer has settled."""

    number: int  # of the unit's choices in the year, from 1
    top: Digest  # the submission in force that it stands on
    held: Digest  # the submission that was in conflict with it
    picks: tuple[Pick, ...]
    officer: str
    at: datetime  # UTC
    told: str = ""  # the reply that carried it
    is_undone: bool = False
    report: Report  # what stands by it


def choices_in(tx: Tx, plan: Plan, unit: UnitCode, year: Year) -> tuple[Choice, ...]:
    """Every choice between reports of a unit, the first first."""
    start = f"{year}/{unit}/"
    return tuple(
        _from(load_json(data, limit=LIMIT), plan) for key, data in documents(tx, KIND) if key.startswith(start)
    )


def choices_on(tx: Tx, plan: Plan, unit: UnitCode, year: Year, top: Digest) -> tuple[Choice, ...]:
    """Those that stand on this submission, the first first; the last has the report that stands."""
    return tuple(each for each in choices_in(tx, plan, unit, year) if each.top == top and not each.is_undone)


def units_chosen_for(tx: Tx, year: Year) -> frozenset[UnitCode]:
    """The units between whose reports anything was ever chosen."""
    start = f"{year}/"
    return frozenset(UnitCode(key.split("/")[1]) for key, _ in documents(tx, KIND) if key.startswith(start))


def put_choice(tx: Tx, choice: Choice) -> None:
    """Keep a choice, instead of the one with its number. Raises Malformed."""
    whose = choice.report
    value = {
        "number": choice.number,
        "top": choice.top,
        "held": choice.held,
        "picks": [
            {"commitment": p.key.commitment, "country": p.key.country, "side": p.side, "note": p.note}
            for p in choice.picks
        ],
        "officer": choice.officer,
        "at": rfc3339(choice.at),
        "told": choice.told,
        "undone": choice.is_undone,
        "report": report_to_json(whose),
    }
    data = canonical_json(value)
    told = load_json(data, limit=LIMIT)  # what a person wrote must be such that it can be read again
    told.get("officer").line(at_most=_OFFICER)
    told.get("picks").tuple_of(_pick_from, at_most=_PICKS)
    put_document(tx, KIND, f"{whose.year}/{whose.unit}/{choice.number:04}", data)


def tell_choices(tx: Tx, plan: Plan, unit: UnitCode, year: Year, reply: BundleId) -> None:
    """A reply has carried what was chosen so far."""
    for each in choices_in(tx, plan, unit, year):
        if not each.told and not each.is_undone:
            put_choice(tx, replace(each, told=reply))


def _from(reader: Reader, plan: Plan) -> Choice:
    return Choice(
        number=reader.get("number").integer(1, 10_000),
        top=Digest(reader.get("top").matching(DIGEST)),
        held=Digest(reader.get("held").matching(DIGEST)),
        picks=reader.get("picks").tuple_of(_pick_from, at_most=_PICKS),
        officer=reader.get("officer").line(at_most=_OFFICER),
        at=reader.get("at").time(),
        told=reader.get("told").line(at_most=100),
        is_undone=reader.get("undone").flag(),
        report=report_from(reader.get("report"), plan),
    )


def _pick_from(reader: Reader) -> Pick:
    number = CommitmentNumber(reader.get("commitment").integer(1, 1000))
    country = reader.maybe("country", lambda r: CountryCode(r.line(at_most=2)))
    return Pick(
        key=EntryKey(number, country),
        side=reader.get("side").choice(Side),
        note=reader.get("note").text(at_most=MAX_NOTE),
    )
