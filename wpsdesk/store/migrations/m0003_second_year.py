"""Version 3: what UD's officers decide of single answers."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

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


def migrate(connection: Connection) -> None:
    """Take version 2 to version 3."""
    for statement in REVIEWS:
        connection.exec_driver_sql(statement)
