"""The desk's own log of what was done, when and by whom: lines are added, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, insert, or_, select

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.store.tables import journal
from wpsdesk.store.transaction import Tx

Detail = str | int | bool

_ADD: Final = insert(journal)
_LIMIT: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was done. ``what`` is a word for messages.py, ``about`` a unit, year, entry or digest."""

    number: int
    at: datetime  # UTC
    what: str
    who: str
    about: str
    details: tuple[tuple[str, Detail], ...]  # by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which lines are wanted; what is left empty lets everything through."""

    unit: str = ""
    what: str = ""
    who: str = ""
    since: datetime | None = None  # aware
    until: datetime | None = None  # aware; the line must be before it


EVERYTHING: Final = Sought()


def note(
    tx: Tx, what: str, *, who: str, now: datetime, about: str = "", details: Mapping[str, Detail] | None = None
) -> None:
    """Add a line, in the transaction of what it tells of."""
    add_line(tx, Line(number=0, at=now, what=what, who=who, about=about, details=tuple((details or {}).items())))


def add_line(tx: Tx, line: Line) -> None:
    """Add a line that says itself when it was; it takes the next number, whatever it had."""
    kept = canonical_json(dict(line.details))
    tx.run(_ADD, {"at": rfc3339(line.at), "what": line.what, "who": line.who, "about": line.about, "details": kept})


def line_to_json(line: Line) -> dict[str, object]:
    """A line as others may read it."""
    return {
        "number": line.number,
        "at": rfc3339(line.at),
        "what": line.what,
        "who": line.who,
        "about": line.about,
        "details": dict(line.details),
    }


def line_from(reader: Reader) -> Line:
    """The reverse. Raises Malformed."""
    line = Line(
        number=reader.get("number").integer(1, 10**9),
        at=reader.get("at").time(),
        what=reader.get("what").line(at_most=60),
        who=reader.get("who").line(),
        about=reader.get("about").line(at_most=1000),
        details=_details(reader.get("details")),
    )
    reader.done()
    return line


def lines(tx: Tx, limit: int = 500, sought: Sought = EVERYTHING) -> tuple[Line, ...]:
    """The last ``limit`` lines that are sought, the newest first."""
    return tuple(_line(row) for row in tx.run(_query(sought).order_by(journal.c.number.desc()).limit(limit)))


def _line(row: Row[Any]) -> Line:
    return Line(
        number=row.number,
        at=from_rfc3339(row.at),
        what=row.what,
        who=row.who,
        about=row.about,
        details=_details(load_json(row.details, limit=_LIMIT)),
    )


def lines_about(tx: Tx, sought: Collection[tuple[str, tuple[str, ...]]], *, limit: int) -> tuple[Line, ...]:
    """The latest lines that hold every word: in ``about``, or for being left by one of the persons beside it."""
    query = select(journal).order_by(journal.c.number.desc()).limit(limit)
    for word, whos in sought:
        query = query.where(or_(journal.c.about.icontains(word, autoescape=True), journal.c.who.in_(whos)))
    return tuple(_line(row) for row in tx.run(query))


def _query(sought: Sought) -> Select[Any]:
    query = select(journal)
    if sought.unit:
        inside = journal.c.about.startswith(f"{sought.unit}/", autoescape=True)
        query = query.where(or_(journal.c.about == sought.unit, inside))
    if sought.what:
        query = query.where(journal.c.what == sought.what)
    if sought.who:
        query = query.where(journal.c.who == sought.who)
    if sought.since is not None:
        query = query.where(journal.c.at >= rfc3339(sought.since))
    if sought.until is not None:
        query = query.where(journal.c.at < rfc3339(sought.until))
    return query


def whos_and_whats(tx: Tx) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who has left a line, and every word of what was done, each once and in order."""
    whos, whats = (
        tuple(str(row[0]) for row in tx.run(select(column).distinct().order_by(column)))
        for column in (journal.c.who, journal.c.what)
    )
    return whos, whats


def _details(reader: Reader) -> tuple[tuple[str, Detail], ...]:
    return tuple((name, _detail(reader.get(name))) for name in reader.names())


def _detail(reader: Reader) -> Detail:
    match reader.value:
        case str() | bool() | int():
            return reader.value
        case _:
            raise reader.fail("wrong-type")
