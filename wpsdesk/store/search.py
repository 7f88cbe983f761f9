"""Words to what is kept: full-text indexes (FTS5) over drafts, and over what was sent, what came and what is attached.

Both indexes hold folded words only (:mod:`wpsdesk.base.folding`) and no text: it stands once, where it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import bindparam, insert, select, text

from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.folding import fold, words_of
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.texts import texts_by_field
from wpsdesk.store.tables import searched as _searched
from wpsdesk.store.transaction import Tx

_OPTIONS: Final = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'"
INDEX: Final = f"CREATE VIRTUAL TABLE draft_texts USING fts5(texts, evidence, {_OPTIONS})"
SEARCHED_INDEX: Final = f"CREATE VIRTUAL TABLE searched_texts USING fts5(texts, {_OPTIONS})"
FORGETTING: Final = (
    "CREATE TRIGGER evidence_forgotten AFTER DELETE ON evidence BEGIN "
    "DELETE FROM searched_texts WHERE rowid IN "
    "(SELECT number FROM searched WHERE kind = 'evidence' AND key = OLD.digest); "
    "DELETE FROM searched WHERE kind = 'evidence' AND key = OLD.digest; END"
)
"""What was read in a file is forgotten with the file."""

EVIDENCE: Final = "evidence"
"""The field of an entry, and the kind of text, that is of attached files."""

MOST_WORDS: Final = 12
LONGEST: Final = 100_000
"""Characters of one text that are kept for the search."""

SAID: Final = frozenset(
    {
        "text", "name", "measure", "source", "title", "reason", "basis_text", "wider_access_refusal", "graded_annex",
        "owner", "result", "words",
    }
)  # fmt: skip
"""Members of our own JSON that hold what a person has written; the others are codes, names of fields and digests."""

_LIMIT: Final = 64 << 20

_WRITE: Final = text("INSERT OR REPLACE INTO draft_texts (rowid, texts, evidence) VALUES (:draft, :texts, :evidence)")
_REMOVE: Final = text("DELETE FROM draft_texts WHERE rowid = :draft")
_SEARCH: Final = text(
    "SELECT d.year, d.commitment, d.country FROM draft_texts JOIN drafts d ON d.number = draft_texts.rowid "
    "WHERE draft_texts MATCH :words AND (:year IS NULL OR d.year = :year) "
    "ORDER BY draft_texts.rank, d.year DESC LIMIT :limit"
)
_ADD: Final = insert(_searched).returning(_searched.c.number)
_ADD_WORDS: Final = text("INSERT INTO searched_texts (rowid, texts) VALUES (:number, :texts)")
_NUMBERS: Final = select(_searched.c.number).where(
    _searched.c.kind == bindparam("kind"), _searched.c.key == bindparam("key")
)
_DROP: Final = text("DELETE FROM searched WHERE number = :number")
_DROP_WORDS: Final = text("DELETE FROM searched_texts WHERE rowid = :number")
_SEARCH_TEXTS: Final = text(
    "SELECT s.kind, s.key, s.year, s.commitment, s.country, s.text FROM searched_texts "
    "JOIN searched s ON s.number = searched_texts.rowid "
    "WHERE searched_texts MATCH :words ORDER BY searched_texts.rank, s.number DESC LIMIT :limit"
)
_NAMING: Final = text(
    "SELECT d.year, d.commitment, d.country FROM drafts d JOIN draft_versions v ON v.number = d.version "
    "WHERE instr(v.data, CAST(:digest AS BLOB)) ORDER BY d.year DESC, d.commitment, d.country"
)


class EntryFound(NamedTuple):
    """An entry in which all the words stand."""

    year: Year
    key: EntryKey


class Searched(NamedTuple):
    """A text beside the drafts: ``kind`` and ``key`` say what it belongs to, the rest where it speaks of."""

    kind: str
    key: str
    text: str
    year: Year | None = None
    commitment: CommitmentNumber | None = None
    country: CountryCode | None = None


def _query(words: str) -> str:
    """Every word, or one that begins so; whatever else was typed is no operator here."""
    return " ".join(f'"{word}"*' for word in words_of(words)[:MOST_WORDS])


def search(tx: Tx, words: str, *, year: Year | None = None, limit: int = 50) -> tuple[EntryFound, ...]:
    """The drafts that hold every one of ``words`` (or a word that begins so), the best first; "" finds none."""
    query = _query(words)
    if not query:
        return ()
    rows = tx.run(_SEARCH, {"words": query, "year": year, "limit": limit})
    return tuple(
        EntryFound(Year(row.year), EntryKey(CommitmentNumber(row.commitment), CountryCode(row.country) or None))
        for row in rows
    )


def search_texts(tx: Tx, words: str, *, limit: int = 50) -> tuple[Searched, ...]:
    """The texts beside the drafts that hold every one of ``words``, the best first; "" finds none."""
    query = _query(words)
    if not query:
        return ()
    return tuple(
        Searched(row.kind, row.key, row.text, row.year, row.commitment, row.country)
        for row in tx.run(_SEARCH_TEXTS, {"words": query, "limit": limit})
    )


def naming(tx: Tx, digest: str) -> tuple[EntryFound, ...]:
    """The drafts, of any year, to which the file with this digest is attached."""
    return tuple(
        EntryFound(Year(row.year), EntryKey(CommitmentNumber(row.commitment), CountryCode(row.country) or None))
        for row in tx.run(_NAMING, {"digest": digest})
    )


def index_draft(tx: Tx, draft: int, entry: Entry) -> None:
    """Put a draft's words in the index instead of those it had. For drafts.py."""
    found = texts_by_field(entry)
    texts = "\n".join(each for field, each in found if field != EVIDENCE)
    titles = "\n".join(each for field, each in found if field == EVIDENCE)
    tx.run(_WRITE, {"draft": draft, "texts": fold(texts), "evidence": fold(titles)})


def forget_draft(tx: Tx, draft: int) -> None:
    """Take a draft's words out of the index. For drafts.py."""
    tx.run(_REMOVE, {"draft": draft})


def index_texts(tx: Tx, kind: str, key: str, texts: tuple[Searched, ...]) -> None:
    """Let these texts be found, instead of those there were under ``kind`` and ``key``."""
    for row in tx.run(_NUMBERS, {"kind": kind, "key": key}).all():
        tx.run(_DROP_WORDS, {"number": row.number})
        tx.run(_DROP, {"number": row.number})
    for each in texts:
        said = each.text[:LONGEST]
        values = {**each._asdict(), "kind": kind, "key": key, "text": said}
        number = tx.run(_ADD, values).scalar_one()
        tx.run(_ADD_WORDS, {"number": number, "texts": fold(said)})


def texts_said(data: bytes, year: Year | None = None) -> tuple[Searched, ...]:
    """What persons have written in a document of our own JSON, by the commitment and country it stands under."""
    try:
        value = load_json(data, limit=_LIMIT).value
    except Malformed:
        return ()
    found: dict[tuple[object, object], list[str]] = {}
    for commitment, country, said in _said(value, None, None):
        found.setdefault((commitment, country), []).append(said)
    return tuple(
        Searched(
            kind="",
            key="",
            text="\n".join(texts),
            year=year,
            commitment=CommitmentNumber(commitment) if isinstance(commitment, int) else None,
            country=CountryCode(country) if isinstance(country, str) else None,
        )
        for (commitment, country), texts in found.items()
    )


def _said(value: object, commitment: object, country: object) -> Iterator[tuple[object, object, str]]:
    match value:
        case dict():
            if type(value.get("commitment")) is int:
                commitment, country = value["commitment"], value.get("country")
            for name, member in value.items():
                if isinstance(member, str) and name in SAID and member.strip():
                    yield commitment, country, member
                else:
                    yield from _said(member, commitment, country)
        case list():
            for member in value:
                yield from _said(member, commitment, country)
        case _:
            return
