"""Words to entries: SQLite's full-text index (FTS5) over the texts of drafts and the titles of their evidence."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import text

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year, nfc
from wpsdesk.report.model import NARRATIVE, Entry, EntryKey
from wpsdesk.store.transaction import Tx

# Contentless: the texts stand once, in the drafts. Diacritics are kept: in Norwegian "på" is not "pa".
INDEX: Final = (
    "CREATE VIRTUAL TABLE draft_texts USING fts5(texts, evidence, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 0')"
)

_WRITE: Final = text("INSERT OR REPLACE INTO draft_texts (rowid, texts, evidence) VALUES (:draft, :texts, :evidence)")
_REMOVE: Final = text("DELETE FROM draft_texts WHERE rowid = :draft")
_SEARCH: Final = text(
    "SELECT d.year, d.commitment, d.country FROM draft_texts JOIN drafts d ON d.number = draft_texts.rowid "
    "WHERE draft_texts MATCH :words AND (:year IS NULL OR d.year = :year) ORDER BY draft_texts.rank LIMIT :limit"
)


class EntryFound(NamedTuple):
    """An entry in which all the words stand."""

    year: Year
    key: EntryKey


def search(tx: Tx, words: str, *, year: Year | None = None, limit: int = 50) -> tuple[EntryFound, ...]:
    """The drafts that hold every one of ``words`` (or a word that begins so), the best first; "" finds none."""
    query = " ".join(f'"{word}"*' for word in nfc(words).replace('"', " ").replace("\0", " ").split())
    if not query:
        return ()
    rows = tx.run(_SEARCH, {"words": query, "year": year, "limit": limit})
    return tuple(
        EntryFound(Year(row.year), EntryKey(CommitmentNumber(row.commitment), CountryCode(row.country) or None))
        for row in rows
    )


def index_draft(tx: Tx, draft: int, entry: Entry) -> None:
    """Put a draft's words in the index instead of those it had. For drafts.py."""
    texts = [entry.passage(field).text for field in NARRATIVE]
    texts += [public.text for _, public in entry.access.public] + [partner.name for partner in entry.partners]
    titles = [f"{evidence.title} {evidence.name}" for evidence in entry.evidence]
    tx.run(_WRITE, {"draft": draft, "texts": "\n".join(filter(None, texts)), "evidence": "\n".join(titles)})


def forget_draft(tx: Tx, draft: int) -> None:
    """Take a draft's words out of the index. For drafts.py."""
    tx.run(_REMOVE, {"draft": draft})
