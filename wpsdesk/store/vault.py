"""The desk's secrets by name: a unit's private keys, the authority's."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, delete, select

from wpsdesk.store.tables import secrets
from wpsdesk.store.transaction import Tx
from wpsdesk.store.upserting import upsert

_PUT: Final = upsert(secrets, "name")
_ONE: Final = select(secrets.c.data).where(secrets.c.name == bindparam("name"))
_REMOVE: Final = delete(secrets).where(secrets.c.name == bindparam("name_"))


def put_secret(tx: Tx, name: str, data: bytes) -> None:
    """Keep ``data`` under ``name``, instead of what stood there."""
    tx.run(_PUT, {"name": _sided(tx, name), "data": data})


def secret(tx: Tx, name: str) -> bytes | None:
    """The secret, or None."""
    return tx.run(_ONE, {"name": _sided(tx, name)}).scalar_one_or_none()


def remove_secret(tx: Tx, name: str) -> None:
    """Remove the secret; none is fine too."""
    tx.run(_REMOVE, {"name_": _sided(tx, name)})


def _sided(tx: Tx, name: str) -> str:
    return f"{tx.side}/{name}" if tx.side else name
