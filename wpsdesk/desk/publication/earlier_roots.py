"""Roots of UD's desks before this one, under which archived bundles were signed: kept so that they can be shown again.

Nothing new is believed by them: they only go with what was taken in from an archive when that is archived again.
"""

from __future__ import annotations

from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.desk.model import LIMIT, joined
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import TrustSet, trust_from, trust_to_json

_KIND: Final = "earlier-root"


def earlier_roots(tx: Tx) -> tuple[TrustSet, ...]:
    """Each with its chain and its last revocation lists."""
    return tuple(trust_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, _KIND))


def keep_earlier_root(tx: Tx, trust: TrustSet) -> None:
    """Keep a root with what goes with it; of one that is there already, the newer lists."""
    key = name_of_root(trust)
    data = document(tx, _KIND, key)
    held = None if data is None else trust_from(load_json(data, limit=LIMIT))
    put_document(tx, _KIND, key, canonical_json(trust_to_json(joined(held, trust))))


def name_of_root(trust: TrustSet) -> str:
    """A short name for a root, the same always."""
    return sha256(trust.root.der)[:16]
