"""What this desk has sent, as it was sent: rows are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, func, insert, select

from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.store import drafts
from wpsdesk.store.search import index_texts, texts_said
from wpsdesk.store.tables import sent as _sent
from wpsdesk.store.transaction import Tx

SENT: Final = "sent"
"""The kind under which what was sent can be searched."""

_ADD: Final = insert(_sent)
_BY_ID: Final = select(_sent).where(_sent.c.id == bindparam("id"))
_LAST_SEQ: Final = select(func.coalesce(func.max(_sent.c.seq), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A bundle that left this desk; the evidence in it is kept apart, by digest."""

    id: BundleId
    kind: str
    to: UnitCode
    year: Year | None
    seq: int
    digest: Digest  # of the .asice
    created: datetime  # UTC
    header: bytes  # bundle.json
    payload: bytes
    manifest: bytes
    signature: bytes
    size: int  # bytes of the file as written


def record_sent(tx: Tx, one: Sent) -> None:
    """Keep what was sent; the versions of the year's entries as they stand are never coalesced from now on."""
    tx.run(_ADD, _values(one))
    index_texts(tx, SENT, one.id, texts_said(one.payload, one.year))
    if one.year is not None:
        drafts.keep_versions(tx, one.year)


def record_told(tx: Tx, one: Sent) -> None:
    """Keep a call or a reply that left this desk: what it says stands with what it is about, and is found there."""
    tx.run(_ADD, _values(one))


def _values(one: Sent) -> dict[str, object]:
    values = {name: getattr(one, name) for name in ("id", "kind", "year", "seq", "digest", "size")}
    contents = {name: getattr(one, name) for name in ("header", "payload", "manifest", "signature")}
    return {**values, **contents, "recipient": one.to, "created": rfc3339(one.created)}


def sent(tx: Tx, year: Year | None = None) -> tuple[Sent, ...]:
    """What was sent for ``year`` (None: everything), the oldest first."""
    query = select(_sent).order_by(_sent.c.number)
    return tuple(_from(row) for row in tx.run(query if year is None else query.where(_sent.c.year == year)))


def sent_by_id(tx: Tx, bundle: BundleId) -> Sent | None:
    """What was sent under this id, or None."""
    row = tx.run(_BY_ID, {"id": bundle}).one_or_none()
    return None if row is None else _from(row)


def next_seq(tx: Tx, year: Year | None, *, kind: str | None = None) -> int:
    """One above the highest number used for ``year`` (None: for no year), of one kind or of all; 1 at first."""
    query = _LAST_SEQ.where(_sent.c.year == year if year is not None else _sent.c.year.is_(None))
    found: int = tx.run(query if kind is None else query.where(_sent.c.kind == kind)).scalar_one()
    return found + 1


def _from(row: Row[tuple[object, ...]]) -> Sent:
    return Sent(
        id=BundleId(row.id),
        kind=row.kind,
        to=UnitCode(row.recipient),
        year=None if row.year is None else Year(row.year),
        seq=row.seq,
        digest=Digest(row.digest),
        created=from_rfc3339(row.created),
        header=row.header,
        payload=row.payload,
        manifest=row.manifest,
        signature=row.signature,
        size=row.size,
    )
