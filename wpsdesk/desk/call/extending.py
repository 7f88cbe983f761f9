"""More time for a unit: recorded with a reason, told in the reply, and counted where something would be late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import BundleId, UnitCode, Year
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.errors import NotAskedFor
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.review.review_errors import NoMoreTime
from wpsdesk.desk.submission.heard import until_when
from wpsdesk.report.call import Call
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

KIND: Final = "extension"

MAX_REASON: Final = 2000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The day until which a unit has got time, instead of the call's deadline."""

    unit: UnitCode
    year: Year
    until: date
    reason: str  # UD's own; it does not leave UD
    officer: str
    at: datetime  # UTC
    told: str  # the reply that carried it, or ""


def extend(desk: Desk, unit: UnitCode, year: Year, until: date, *, reason: str = "", officer: str = "") -> Extension:
    """Give a unit time until a day; a later extension takes the place of an earlier one.

    Raises OnlyTheAuthority, NoCall, NoCallFor, NotAskedFor, NoMoreTime, Malformed.
    """
    require_gathering(desk)
    call = require_call(desk, year)
    if call.asked_of(unit) is None:
        raise NotAskedFor(unit=unit, year=year)
    now = desk.clock()
    if until <= call.deadline or until < now.date():
        raise NoMoreTime(until=until, deadline=call.deadline)
    given = Extension(
        unit=unit,
        year=year,
        until=until,
        reason=reason.strip()[:MAX_REASON],
        officer=officer or desk.unit.code,
        at=now,
        told="",
    )
    with desk.store.write() as tx:
        _put(tx, given)
        note(tx, "extended", who=given.officer, now=now, about=f"{unit}/{year}/{until.isoformat()}")
    return given


def extensions(desk: Desk, year: Year) -> tuple[Extension, ...]:
    """Who has got more time, by unit. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return tuple(extensions_in(tx, year).values())


def extensions_in(tx: Tx, year: Year) -> Mapping[UnitCode, Extension]:
    """The same, within a transaction."""
    found = (_from(load_json(data, limit=LIMIT)) for key, data in documents(tx, KIND) if key.startswith(f"{year}/"))
    return {each.unit: each for each in found}


def deadlines_in(tx: Tx, call: Call) -> Mapping[UnitCode, date]:
    """Until when each unit that the call asks has time: the call's deadline, or a later day that it has got."""
    more = extensions_in(tx, call.year)
    return {
        asked.unit.code: max(call.deadline, more[asked.unit.code].until) if asked.unit.code in more else call.deadline
        for asked in call.asked
    }


def tell_extension(tx: Tx, unit: UnitCode, year: Year, reply: BundleId) -> None:
    """A reply has carried it."""
    data = document(tx, KIND, f"{year}/{unit}")
    if data is not None:
        _put(tx, replace(_from(load_json(data, limit=LIMIT)), told=reply))


def deadline_of(desk: Desk, call: Call) -> date:
    """Until when this desk's unit has time: the call's deadline, or the later day that UD has told of."""
    return call.deadline if desk.gathers else until_when(desk, call)


def _put(tx: Tx, each: Extension) -> None:
    value = {
        "unit": each.unit,
        "year": each.year,
        "until": each.until.isoformat(),
        "reason": each.reason,
        "officer": each.officer,
        "at": rfc3339(each.at),
        "told": each.told,
    }
    data = canonical_json(value)
    _from(load_json(data, limit=LIMIT))  # what cannot be read again is not kept
    put_document(tx, KIND, f"{each.year}/{each.unit}", data)


def _from(reader: Reader) -> Extension:
    return Extension(
        unit=UnitCode(reader.get("unit").line(at_most=20)),
        year=Year(reader.get("year").integer(2000, 2100)),
        until=reader.get("until").date(),
        reason=reader.get("reason").text(at_most=MAX_REASON),
        officer=reader.get("officer").line(at_most=100),
        at=reader.get("at").time(),
        told=reader.get("told").line(at_most=100),
    )
