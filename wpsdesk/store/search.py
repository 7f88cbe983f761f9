"""Words to what is kept: full-text indexes over drafts, and over what was sent, what came and what is attached.

Both indexes hold folded words only (:mod:`wpsdesk.base.folding`) and no text: it stands once, where it is kept.
SQLite has FTS5, PostgreSQL a tsvector that is made of the same words here, so that both find the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select, text

from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.folding import fold, words_of
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.texts import texts_by_field
from wpsdesk.store.dialects import ByDialect
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

_FORGET: Final = """CREATE OR REPLACE FUNCTION forget_evidence() RETURNS trigger LANGUAGE plpgsql
    SET search_path FROM CURRENT AS $$ BEGIN
    DELETE FROM searched_texts WHERE number IN
    (SELECT number FROM searched WHERE kind = 'evidence' AND key = OLD.digest);
    DELETE FROM searched WHERE kind = 'evidence' AND key = OLD.digest; RETURN NULL; END $$"""
_FORGETS: Final = """CREATE OR REPLACE TRIGGER evidence_forgotten AFTER DELETE ON evidence
    FOR EACH ROW EXECUTE FUNCTION forget_evidence()"""
SERVER_INDEX: Final = (
    "CREATE TABLE IF NOT EXISTS draft_texts (draft bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS draft_texts_words ON draft_texts USING gin (words)",
    "CREATE TABLE IF NOT EXISTS searched_texts (number bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS searched_texts_words ON searched_texts USING gin (words)",
    _FORGET,
    _FORGETS,
)
"""The same three, on a server."""

EVIDENCE: Final = "evidence"
"""The field of an entry, and the kind of text, that is of attached files."""

BEFORE: Final = "submission-before"
"""The kind of text that is of a report which came and is not in force; it is looked for by itself."""

MOST_WORDS: Final = 12
LONGEST: Final = 100_000
"""Characters of one text that are kept for the search."""

SAID: Final = frozenset(
    {
        "text", "name", "measure", "source", "title", "reason", "basis_text", "wider_access_refusal", "graded_annex",
        "owner", "result", "words", "who", "follow_up",
    }
)  # fmt: skip
"""Members of our own JSON that hold what a person has written; the others are codes, names of fields and digests."""

_LIMIT: Final = 64 << 20

_WRITE: Final = ByDialect(
    sqlite=text("INSERT OR REPLACE INTO draft_texts (rowid, texts, evidence) VALUES (:draft, :texts, :evidence)"),
    postgresql=text(
        "INSERT INTO draft_texts VALUES (:draft, array_to_tsvector(CAST(:words AS text[]))) "
        "ON CONFLICT (draft) DO UPDATE SET words = excluded.words"
    ),
)
_REMOVE: Final = ByDialect(
    sqlite=text("DELETE FROM draft_texts WHERE rowid = :draft"),
    postgresql=text("DELETE FROM draft_texts WHERE draft = :draft"),
)
_SEARCH: Final = ByDialect(
    sqlite=text(
        "SELECT d.year, d.commitment, d.country FROM draft_texts JOIN drafts d ON d.number = draft_texts.rowid "
        "WHERE draft_texts MATCH :words AND (:year IS NULL OR d.year = :year) "
        "ORDER BY draft_texts.rank, d.year DESC LIMIT :limit"
    ),
    postgresql=text(
        "SELECT d.year, d.commitment, d.country FROM draft_texts t JOIN drafts d ON d.number = t.draft "
        "WHERE t.words @@ CAST(:sought AS tsquery) AND (CAST(:year AS bigint) IS NULL OR d.year = :year) "
        "ORDER BY d.year DESC, d.commitment, d.country LIMIT :limit"
    ),
)
_ADD: Final = insert(_searched).returning(_searched.c.number)
_ADD_WORDS: Final = ByDialect(
    sqlite=text("INSERT INTO searched_texts (rowid, texts) VALUES (:number, :texts)"),
    postgresql=text("INSERT INTO searched_texts VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"),
)
_NUMBERS: Final = select(_searched.c.number).where(
    _searched.c.kind == bindparam("kind"), _searched.c.key == bindparam("key")
)
_KEYS: Final = select(_searched.c.key).where(_searched.c.kind == bindparam("kind")).distinct()
_DROP: Final = text("DELETE FROM searched WHERE number = :number")
_DROP_WORDS: Final = ByDialect(
    sqlite=text("DELETE FROM searched_texts WHERE rowid = :number"),
    postgresql=text("DELETE FROM searched_texts WHERE number = :number"),
)
_FOUND: Final = "SELECT s.kind, s.key, s.year, s.commitment, s.country, s.text FROM searched_texts"
_SEARCH_TEXTS: Final = ByDialect(
    sqlite=text(
        f"{_FOUND} JOIN searched s ON s.number = searched_texts.rowid "
        "WHERE searched_texts MATCH :words AND (s.kind = :before) = :only_before "
        "ORDER BY searched_texts.rank, s.number DESC LIMIT :limit"
    ),
    postgresql=text(
        f"{_FOUND} t JOIN searched s ON s.number = t.number "
        "WHERE t.words @@ CAST(:sought AS tsquery) AND (s.kind = :before) = :only_before "
        "ORDER BY s.number DESC LIMIT :limit"
    ),
)
_IN_USE: Final = "SELECT d.*, v.data FROM drafts d JOIN draft_versions v ON v.number = d.version"
_IN_ORDER: Final = "ORDER BY d.year DESC, d.commitment, d.country"
_NAMING: Final = ByDialect(  # what a server holds is sealed, and can only be looked through here
    sqlite=text(f"{_IN_USE} WHERE instr(v.data, CAST(:digest AS BLOB)) {_IN_ORDER}"),
    postgresql=text(f"{_IN_USE} {_IN_ORDER}"),
)

_TOKEN: Final = re.compile(r"[^\W_]+")
_LONGEST_TOKEN: Final = 500


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


def _query(words: str) -> dict[str, object]:
    """Every word, or one that begins so; whatever else was typed is no operator here. Empty for no word at all."""
    found = words_of(words)[:MOST_WORDS]
    tokens = [token for word in found for token in _TOKEN.findall(word)]
    if not tokens:
        return {}
    return {
        "words": " ".join(f'"{word}"*' for word in found),
        "sought": " & ".join(f"'{token[:_LONGEST_TOKEN]}':*" for token in tokens),
    }


def _indexed(folded: str) -> list[str]:
    return sorted({token[:_LONGEST_TOKEN] for token in _TOKEN.findall(folded)})


def search(tx: Tx, words: str, *, year: Year | None = None, limit: int = 50) -> tuple[EntryFound, ...]:
    """The drafts that hold every one of ``words`` (or a word that begins so), the best first; "" finds none."""
    query = _query(words)
    if not query:
        return ()
    return tuple(_entry_found(row) for row in tx.run(_SEARCH, {**query, "year": year, "limit": limit}))


def _entry_found(row: Any) -> EntryFound:  # noqa: ANN401 - a row has its columns' names
    return EntryFound(Year(row.year), EntryKey(CommitmentNumber(row.commitment), CountryCode(row.country) or None))


def search_texts(tx: Tx, words: str, *, limit: int = 50, only_before: bool = False) -> tuple[Searched, ...]:
    """The texts beside the drafts that hold every one of ``words``, the best first; "" finds none.

    ``only_before``: those of reports that are not in force, which are else left out.
    """
    query = _query(words)
    if not query:
        return ()
    return tuple(
        Searched(row.kind, row.key, row.text, row.year, row.commitment, row.country)
        for row in tx.run(_SEARCH_TEXTS, {**query, "limit": limit, "before": BEFORE, "only_before": only_before})
    )


def naming(tx: Tx, digest: str) -> tuple[EntryFound, ...]:
    """The drafts, of any year, to which the file with this digest is attached."""
    rows, sought = tx.run(_NAMING, {"digest": digest}), digest.encode()
    return tuple(_entry_found(row) for row in rows if row.data is not None and sought in row.data)


def index_draft(tx: Tx, draft: int, entry: Entry) -> None:
    """Put a draft's words in the index instead of those it had. For drafts.py."""
    found = texts_by_field(entry)
    texts = fold("\n".join(each for field, each in found if field != EVIDENCE))
    titles = fold("\n".join(each for field, each in found if field == EVIDENCE))
    tx.run(_WRITE, {"draft": draft, "texts": texts, "evidence": titles, "words": _indexed(f"{texts} {titles}")})


def forget_draft(tx: Tx, draft: int) -> None:
    """Take a draft's words out of the index. For drafts.py."""
    tx.run(_REMOVE, {"draft": draft})


def index_texts(tx: Tx, kind: str, key: str, texts: tuple[Searched, ...]) -> None:
    """Let these texts be found, instead of those there were under ``kind`` and ``key``."""
    for row in tx.run(_NUMBERS, {"kind": kind, "key": key}).all():
        tx.run(_DROP_WORDS, {"number": row.number})
        tx.run(_DROP, {"number": row.number})
    for each in texts:
        said = each.text[:LONGEST].replace("\0", " ")  # no text of PostgreSQL's holds a zero
        values = {**each._asdict(), "kind": kind, "key": key, "text": said}
        number = tx.run(_ADD, values).scalar_one()
        index_words(tx, number, said)


def index_words(tx: Tx, number: int, said: str) -> None:
    """Put the words of one of these texts in the index. For copying.py."""
    folded = fold(said)
    tx.run(_ADD_WORDS, {"number": number, "texts": folded, "words": _indexed(folded)})


def keys_indexed(tx: Tx, kind: str) -> frozenset[str]:
    """The keys of everything of a kind that can be found."""
    return frozenset(str(row.key) for row in tx.run(_KEYS, {"kind": kind}))


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
