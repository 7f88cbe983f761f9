"""What a list shows of all that has come, in one query: of thousands of submissions few are looked at closely."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import bindparam, func, select

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.store.submissions import BASE_MISSING, HELD, NOT_COUNTED
from wpsdesk.store.tables import standings, submissions
from wpsdesk.store.transaction import Tx


class Come(NamedTuple):
    """What a list shows of a submission, as it lies in the store; the signer and the times are read when asked for."""

    unit: UnitCode
    year: Year
    seq: int
    size: int  # bytes of the container
    id: BundleId
    digest: Digest
    file_name: str
    signer: bytes  # the certificate, DER
    signed: str  # RFC 3339, UTC
    received: str  # RFC 3339, UTC
    standing: str

    @property
    def counts(self) -> bool:
        """Whether it is, or was until a later one came, the one in force."""
        return self.standing not in NOT_COUNTED


_COME: Final = (
    select(
        submissions.c.unit, submissions.c.year, submissions.c.seq, submissions.c.size, submissions.c.id,
        submissions.c.digest, submissions.c.file_name, submissions.c.signer, submissions.c.signed_at,
        submissions.c.received_at, func.coalesce(standings.c.standing, "").label("standing"),
    )
    .outerjoin(standings, standings.c.digest == submissions.c.digest)
    .order_by(submissions.c.number)
)  # fmt: skip
_COME_FOR: Final = _COME.where(submissions.c.year == bindparam("year"))
_UNDECIDED: Final = select(func.count()).select_from(standings).where(standings.c.standing.in_((HELD, BASE_MISSING)))


def all_come(tx: Tx, year: Year | None = None) -> tuple[Come, ...]:
    """Everything that came for ``year`` (None: at all), in the order of arrival."""
    found = tx.run(_COME) if year is None else tx.run(_COME_FOR, {"year": year})
    return tuple(map(Come._make, found))


def any_undecided(tx: Tx) -> bool:
    """Whether anything that came was ever held, or waits for its base."""
    return bool(tx.run(_UNDECIDED).scalar_one())
