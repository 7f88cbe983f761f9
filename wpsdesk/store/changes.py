"""How much has happened in a store since a moment: what a backup from then would not have."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from wpsdesk.base.clock import rfc3339
from wpsdesk.store.tables import draft_versions, journal, submissions
from wpsdesk.store.transaction import Tx

_DRAFTS: Final = select(func.count()).where(draft_versions.c.changed > bindparam("since"))
_ARRIVALS: Final = select(func.count()).where(submissions.c.received_at > bindparam("since"))
_NOTES: Final = select(func.count()).where(
    journal.c.at > bindparam("since"), journal.c.what.not_in(("backed-up", "desk-created", "store-created"))
)


def changes_since(tx: Tx, since: datetime) -> int:
    """Versions of answers, arrivals and lines of the journal after ``since``; one act may count twice."""
    values = {"since": rfc3339(since)}
    return sum(int(tx.run(statement, values).scalar_one()) for statement in (_DRAFTS, _ARRIVALS, _NOTES))
