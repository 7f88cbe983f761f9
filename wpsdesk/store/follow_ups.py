"""The unit's own follow-up document of each year: what is known of it; the file lies with the evidence."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Year
from wpsdesk.report.model import Evidence
from wpsdesk.report.records import evidence_from, evidence_to_json
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.transaction import Tx

HERE: Final = "follow-up"
"""The kind of document that says which file it is."""

ASIDE: Final = "follow-up-aside"
"""Another that has come from the unit's other desk, and waits for a person to choose."""

LIMIT: Final = 1 << 20  # bytes


def follow_up(tx: Tx, year: Year, kind: str = HERE) -> Evidence | None:
    """The year's document, or None. Raises Malformed."""
    data = document(tx, kind, str(year))
    return None if data is None else evidence_from(load_json(data, limit=LIMIT))


def put_follow_up(tx: Tx, year: Year, found: Evidence | None, kind: str = HERE) -> None:
    """Let this be the year's document; None for none. Raises Malformed for one that could not be read again."""
    if found is None:
        remove_document(tx, kind, str(year))
        return
    data = canonical_json(evidence_to_json(found))
    evidence_from(load_json(data, limit=LIMIT))
    put_document(tx, kind, str(year), data)


def follow_ups(tx: Tx) -> tuple[tuple[Year, Evidence], ...]:
    """Those of all years, the earliest first. Raises Malformed."""
    return tuple((Year(int(key)), evidence_from(load_json(data, limit=LIMIT))) for key, data in documents(tx, HERE))
