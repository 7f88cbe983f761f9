"""What the desk holds as whole documents (calls, certificates, the trust set): bytes by kind and key."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import bindparam, delete, select

from wpsdesk.base.ids import Year
from wpsdesk.store.search import index_texts, texts_said
from wpsdesk.store.tables import documents as _documents
from wpsdesk.store.transaction import Tx
from wpsdesk.store.upserting import upsert

SEARCHED: Final = frozenset({"call", "reply", "meeting"})
"""Kinds whose words can be searched; their keys begin with the year."""

_OF_THE_STORE: Final = frozenset({"identity", "backup-made", "draft-unindexed"})
"""Kinds that stand once in a store, from whichever side one looks."""

_PUT: Final = upsert(_documents, "kind", "key")
_ONE: Final = select(_documents.c.data).where(
    _documents.c.kind == bindparam("kind"), _documents.c.key == bindparam("key")
)
_ALL: Final = (
    select(_documents.c.key, _documents.c.data).where(_documents.c.kind == bindparam("kind")).order_by(_documents.c.key)
)
_REMOVE: Final = delete(_documents).where(
    _documents.c.kind == bindparam("kind_"), _documents.c.key == bindparam("key_")
)


class Document(NamedTuple):
    """One document of a kind."""

    key: str
    data: bytes


def put_document(tx: Tx, kind: str, key: str, data: bytes) -> None:
    """Keep ``data`` under ``kind`` and ``key``, instead of what stood there."""
    tx.run(_PUT, {"kind": _sided(tx, kind), "key": key, "data": data})
    if kind in SEARCHED and not tx.side:
        year = key[:4]
        index_texts(tx, kind, key, texts_said(data, Year(int(year)) if year.isdecimal() else None))


def document(tx: Tx, kind: str, key: str) -> bytes | None:
    """The document, or None."""
    return tx.run(_ONE, {"kind": _sided(tx, kind), "key": key}).scalar_one_or_none()


def documents(tx: Tx, kind: str) -> tuple[Document, ...]:
    """All documents of a kind, by key."""
    return tuple(Document(row.key, row.data) for row in tx.run(_ALL, {"kind": _sided(tx, kind)}))


def remove_document(tx: Tx, kind: str, key: str) -> None:
    """Remove the document; none is fine too."""
    tx.run(_REMOVE, {"kind_": _sided(tx, kind), "key_": key})
    if kind in SEARCHED and not tx.side:
        index_texts(tx, kind, key, ())


def _sided(tx: Tx, kind: str) -> str:
    return f"{tx.side}/{kind}" if tx.side and kind not in _OF_THE_STORE else kind
