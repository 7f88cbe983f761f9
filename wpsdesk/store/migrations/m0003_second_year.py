"""Version 3: what UD's officers decide of single answers; a search through all that a desk holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from wpsdesk.base.folding import fold

REVIEWS: Final = (
    """CREATE TABLE reviews (
        number INTEGER NOT NULL,
        unit TEXT NOT NULL,
        year INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        step INTEGER NOT NULL,
        decision TEXT NOT NULL,
        entry TEXT NOT NULL,
        submission TEXT NOT NULL,
        reason TEXT NOT NULL,
        language TEXT NOT NULL,
        answer_by TEXT NOT NULL,
        officer TEXT NOT NULL,
        at TEXT NOT NULL,
        told TEXT NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT reviews_step UNIQUE (year, unit, commitment, country, step)
    ) STRICT""",
    """CREATE TABLE review_notes (
        number INTEGER NOT NULL,
        unit TEXT NOT NULL,
        year INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        officer TEXT NOT NULL,
        at TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (number)
    ) STRICT""",
    "CREATE INDEX review_notes_key ON review_notes (year, unit)",
    """CREATE TABLE review_claims (
        unit TEXT NOT NULL,
        year INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        officer TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (unit, year, commitment, country)
    ) STRICT""",
)

SEARCH: Final = (
    "DROP TABLE draft_texts",
    """CREATE VIRTUAL TABLE draft_texts
    USING fts5(texts, evidence, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TABLE searched (
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        year INTEGER,
        commitment INTEGER,
        country TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (number)
    ) STRICT""",
    """CREATE INDEX searched_key ON searched (kind, "key")""",
    """CREATE VIRTUAL TABLE searched_texts
    USING fts5(texts, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER evidence_forgotten AFTER DELETE ON evidence BEGIN
    DELETE FROM searched_texts WHERE rowid IN
    (SELECT number FROM searched WHERE kind = 'evidence' AND key = OLD.digest);
    DELETE FROM searched WHERE kind = 'evidence' AND key = OLD.digest; END""",
)
_SAID: Final = frozenset(
    {
        "text", "name", "measure", "source", "title", "reason", "basis_text", "wider_access_refusal", "graded_annex",
    }
)  # fmt: skip

CHECKSUM: Final = "ALTER TABLE evidence ADD COLUMN crc INTEGER"


def migrate(connection: Connection) -> None:
    """Take version 2 to version 3."""
    for statement in (*REVIEWS, *SEARCH, CHECKSUM):
        connection.exec_driver_sql(statement)
    _index_drafts(connection)
    _index_others(connection)


def _index_drafts(connection: Connection) -> None:
    """The words of the drafts once more, folded this time."""
    drafts = "SELECT d.number, v.data FROM drafts d JOIN draft_versions v ON v.number = d.version"
    for number, data in connection.exec_driver_sql(drafts).all():
        entry = json.loads(data)
        evidence = entry.pop("evidence", [])
        texts, titles = (fold("\n".join(said for _, _, said in _said(each, 0, ""))) for each in (entry, evidence))
        connection.exec_driver_sql(
            "INSERT INTO draft_texts (rowid, texts, evidence) VALUES (?, ?, ?)", (number, texts, titles)
        )


def _index_others(connection: Connection) -> None:
    """What was sent, and what came from UD, for the first time."""
    rows = [
        *connection.exec_driver_sql("SELECT 'sent', id, year, payload FROM sent").all(),
        *connection.exec_driver_sql(
            "SELECT kind, key, CAST(substr(key, 1, 4) AS INTEGER), data FROM documents WHERE kind IN ('call', 'reply')"
        ).all(),
    ]
    for kind, key, year, data in rows:
        found: dict[tuple[object, object], list[str]] = {}
        for commitment, country, said in _said(json.loads(data or b"null"), None, None):
            found.setdefault((commitment, country), []).append(said)
        for (commitment, country), texts in found.items():
            text = "\n".join(texts)[:100_000]
            number = connection.exec_driver_sql(
                "INSERT INTO searched (kind, key, year, commitment, country, text) VALUES (?, ?, ?, ?, ?, ?) "
                "RETURNING number",
                (kind, key, year, commitment, country, text),
            ).scalar_one()
            connection.exec_driver_sql("INSERT INTO searched_texts (rowid, texts) VALUES (?, ?)", (number, fold(text)))


def _said(value: object, commitment: object, country: object) -> Iterator[tuple[object, object, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("commitment"), int):
            commitment, country = value["commitment"], value.get("country")
        for name, member in value.items():
            if isinstance(member, str) and name in _SAID:
                yield commitment, country, member
            else:
                yield from _said(member, commitment, country)
    elif isinstance(value, list):
        for member in value:
            yield from _said(member, commitment, country)
