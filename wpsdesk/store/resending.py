"""What makes a sealed file that this desk has sent again, byte for byte: its key, nonce and header, and its set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, insert, select

from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.ids import Digest, Year
from wpsdesk.store.tables import sent_seals, sent_sets
from wpsdesk.store.transaction import Tx

_ADD_SEAL: Final = insert(sent_seals)
_SEAL: Final = select(sent_seals).where(sent_seals.c.digest == bindparam("digest"))
_ADD_SET: Final = insert(sent_sets)
_SETS: Final = select(sent_sets).order_by(sent_sets.c.number.desc())


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSeal:
    """How a container was sealed. With the same container, and with it alone, the same bytes come again."""

    key: bytes
    nonce: bytes
    header: bytes  # everything before the sealed bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSet:
    """A report that was sent in parts."""

    set_id: Digest
    year: Year
    created: datetime  # UTC
    listing: bytes  # the index that all its parts bear
    containers: tuple[Digest, ...]  # of its files, in order


def record_seal(tx: Tx, container: Digest, seal: SentSeal) -> None:
    """Keep how a container was sealed."""
    tx.run(_ADD_SEAL, {"digest": container, "key": seal.key, "nonce": seal.nonce, "header": seal.header})


def seal_of(tx: Tx, container: Digest) -> SentSeal | None:
    """How a container was sealed, or None where it was not sealed here."""
    row = tx.run(_SEAL, {"digest": container}).one_or_none()
    return None if row is None else SentSeal(key=row.key, nonce=row.nonce, header=row.header)


def record_set(tx: Tx, one: SentSet) -> None:
    """Keep what a set of parts was made of."""
    values = {"set_id": one.set_id, "year": one.year, "created": rfc3339(one.created), "listing": one.listing}
    tx.run(_ADD_SET, {**values, "containers": " ".join(one.containers).encode("ascii")})


def sent_sets_of(tx: Tx, year: Year | None = None) -> tuple[SentSet, ...]:
    """The sets that were sent for a year (None: at all), the latest first."""
    query = _SETS if year is None else _SETS.where(sent_sets.c.year == year)
    return tuple(_from(row) for row in tx.run(query))


def _from(row: Row[tuple[object, ...]]) -> SentSet:
    return SentSet(
        set_id=Digest(row.set_id),
        year=Year(row.year),
        created=from_rfc3339(row.created),
        listing=row.listing,
        containers=tuple(Digest(word) for word in row.containers.decode("ascii").split()),
    )
