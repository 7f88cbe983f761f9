"""The journal: who did what and when on this desk."""

from __future__ import annotations

from wpsdesk.desk.model import Desk
from wpsdesk.store.journal import Line, lines


def journal(desk: Desk, limit: int = 1000) -> tuple[Line, ...]:
    """The latest lines, the newest first."""
    with desk.store.read() as tx:
        return tuple(lines(tx, limit))
