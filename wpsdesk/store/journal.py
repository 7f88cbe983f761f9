"""The desk's own log of what was done, when and by whom: lines are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.store.tables import journal
from wpsdesk.store.transaction import Tx

Detail = str | int | bool

_ADD: Final = insert(journal)
_LAST: Final = select(journal).order_by(journal.c.number.desc()).limit(bindparam("limit"))
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


def note(
    tx: Tx, what: str, *, who: str, now: datetime, about: str = "", details: Mapping[str, Detail] | None = None
) -> None:
    """Add a line, in the transaction of what it tells of."""
    kept = canonical_json(dict(details or {}))
    tx.run(_ADD, {"at": rfc3339(now), "what": what, "who": who, "about": about, "details": kept})


def lines(tx: Tx, limit: int = 500) -> tuple[Line, ...]:
    """The last ``limit`` lines, the newest first."""
    return tuple(
        Line(
            number=row.number,
            at=from_rfc3339(row.at),
            what=row.what,
            who=row.who,
            about=row.about,
            details=_details(load_json(row.details, limit=_LIMIT)),
        )
        for row in tx.run(_LAST, {"limit": limit})
    )


def _details(reader: Reader) -> tuple[tuple[str, Detail], ...]:
    return tuple((name, _detail(reader.get(name))) for name in reader.names())


def _detail(reader: Reader) -> Detail:
    match reader.value:
        case str() | bool() | int():
            return reader.value
        case _:
            raise reader.fail("wrong-type")
