"""The journal: who did what and when on this desk."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wpsdesk.desk.model import Desk
from wpsdesk.store.journal import EVERYTHING, Line, Sought, lines, whos_and_whats


def journal(desk: Desk, limit: int = 1000, sought: Sought = EVERYTHING) -> tuple[Line, ...]:
    """The latest lines that are sought, the newest first."""
    with desk.store.read() as tx:
        return tuple(lines(tx, limit, sought))


def seekable(desk: Desk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who has left a line, and every word of what was done."""
    with desk.store.read() as tx:
        return whos_and_whats(tx)


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins where the machine stands."""
    return datetime.combine(day, time()).astimezone()


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return beginning_of(day + timedelta(days=1))
