"""UD's own word on which agreement belongs under which commitments, kept from year to year."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.compilation.aid_figures import Told
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.store.documents import documents

KIND: Final = "aid-agreement"
MOST: Final = 12
"""Commitments that one agreement can stand under."""

_LIMIT: Final = 4096  # bytes


def joined(desk: Desk) -> Told:
    """By agreement, as it is written without regard to capitals and spaces. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return {key: _commitments(data) for key, data in documents(tx, KIND)}


def _commitments(data: bytes) -> frozenset[CommitmentNumber]:
    items = load_json(data, limit=_LIMIT).items(at_most=MOST)
    return frozenset(CommitmentNumber(item.integer(1, 999)) for item in items)
