"""Version 2: deltas, the evidence that came with each submission, parts, and what makes a sealed file again."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

TABLES: Final = (
    """CREATE TABLE submission_files (
        submission INTEGER NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (submission, digest),
        FOREIGN KEY(submission) REFERENCES submissions (number) DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID, STRICT""",
    "CREATE INDEX submission_files_digest ON submission_files (digest)",
    """CREATE TABLE submission_bases (
        submission INTEGER NOT NULL,
        base TEXT NOT NULL,
        PRIMARY KEY (submission),
        FOREIGN KEY(submission) REFERENCES submissions (number) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    "CREATE INDEX submission_bases_base ON submission_bases (base)",
    """CREATE TABLE applied_reports (
        submission INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (submission),
        FOREIGN KEY(submission) REFERENCES submissions (number)
    ) STRICT""",
    """CREATE TABLE applied_entries (
        submission INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        status TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (submission, commitment, country),
        FOREIGN KEY(submission) REFERENCES submissions (number)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE part_sets (
        number INTEGER NOT NULL,
        set_id TEXT NOT NULL,
        listing BLOB NOT NULL,
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL,
        is_done INTEGER NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (set_id)
    ) STRICT""",
    """CREATE TABLE parts (
        number INTEGER NOT NULL,
        owner INTEGER NOT NULL,
        part INTEGER NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT parts_key UNIQUE (owner, part),
        FOREIGN KEY(owner) REFERENCES part_sets (number) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE part_chunks (
        part INTEGER NOT NULL,
        position INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (part, position),
        FOREIGN KEY(part) REFERENCES parts (number) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE part_files (
        owner INTEGER NOT NULL,
        file INTEGER NOT NULL,
        unit TEXT NOT NULL,
        PRIMARY KEY (owner, file),
        FOREIGN KEY(owner) REFERENCES part_sets (number) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE sent_seals (
        digest TEXT NOT NULL,
        "key" BLOB NOT NULL,
        nonce BLOB NOT NULL,
        header BLOB NOT NULL,
        PRIMARY KEY (digest)
    ) STRICT""",
    """CREATE TABLE sent_sets (
        number INTEGER NOT NULL,
        set_id TEXT NOT NULL,
        year INTEGER NOT NULL,
        created TEXT NOT NULL,
        listing BLOB NOT NULL,
        containers BLOB NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (set_id)
    ) STRICT""",
)

# In version 1 every bundle carried all the evidence that its report names.
FILES_OF_VERSION_1: Final = """INSERT OR IGNORE INTO submission_files (submission, digest, size)
    SELECT r.submission, json_extract(file.value, '$.sha256'), json_extract(file.value, '$.size')
    FROM submission_reports AS r,
        json_each(CAST(r.data AS TEXT), '$.entries') AS entry,
        json_each(entry.value, '$.evidence') AS file"""

TRIGGERS: Final = (
    """CREATE TRIGGER applied_reports_update BEFORE UPDATE ON applied_reports
    BEGIN SELECT RAISE(ABORT, 'applied_reports is append only'); END""",
    """CREATE TRIGGER applied_reports_delete BEFORE DELETE ON applied_reports
    BEGIN SELECT RAISE(ABORT, 'applied_reports is append only'); END""",
    """CREATE TRIGGER sent_seals_update BEFORE UPDATE ON sent_seals
    BEGIN SELECT RAISE(ABORT, 'sent_seals is append only'); END""",
    """CREATE TRIGGER sent_seals_delete BEFORE DELETE ON sent_seals
    BEGIN SELECT RAISE(ABORT, 'sent_seals is append only'); END""",
    """CREATE TRIGGER sent_sets_update BEFORE UPDATE ON sent_sets
    BEGIN SELECT RAISE(ABORT, 'sent_sets is append only'); END""",
    """CREATE TRIGGER sent_sets_delete BEFORE DELETE ON sent_sets
    BEGIN SELECT RAISE(ABORT, 'sent_sets is append only'); END""",
    """CREATE TRIGGER submission_files_update BEFORE UPDATE ON submission_files
    BEGIN SELECT RAISE(ABORT, 'submission_files is append only'); END""",
    """CREATE TRIGGER submission_files_delete BEFORE DELETE ON submission_files
    BEGIN SELECT RAISE(ABORT, 'submission_files is append only'); END""",
    """CREATE TRIGGER submission_bases_update BEFORE UPDATE ON submission_bases
    BEGIN SELECT RAISE(ABORT, 'submission_bases is append only'); END""",
    """CREATE TRIGGER submission_bases_delete BEFORE DELETE ON submission_bases
    BEGIN SELECT RAISE(ABORT, 'submission_bases is append only'); END""",
    """CREATE TRIGGER applied_reports_insert BEFORE INSERT ON applied_reports
    WHEN EXISTS (SELECT 1 FROM applied_reports WHERE submission = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'applied_reports is append only'); END""",
    """CREATE TRIGGER sent_seals_insert BEFORE INSERT ON sent_seals
    WHEN EXISTS (SELECT 1 FROM sent_seals WHERE digest = NEW.digest)
    BEGIN SELECT RAISE(ABORT, 'sent_seals is append only'); END""",
    """CREATE TRIGGER sent_sets_insert BEFORE INSERT ON sent_sets
    WHEN EXISTS (SELECT 1 FROM sent_sets WHERE number = NEW.number OR set_id = NEW.set_id)
    BEGIN SELECT RAISE(ABORT, 'sent_sets is append only'); END""",
    """CREATE TRIGGER submission_files_insert BEFORE INSERT ON submission_files
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'submission_files is append only'); END""",
    """CREATE TRIGGER submission_bases_insert BEFORE INSERT ON submission_bases
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'submission_bases is append only'); END""",
    """CREATE TRIGGER applied_entries_update BEFORE UPDATE ON applied_entries
    BEGIN SELECT RAISE(ABORT, 'applied_entries is append only'); END""",
    """CREATE TRIGGER applied_entries_delete BEFORE DELETE ON applied_entries
    BEGIN SELECT RAISE(ABORT, 'applied_entries is append only'); END""",
    """CREATE TRIGGER applied_entries_insert BEFORE INSERT ON applied_entries
    WHEN EXISTS (SELECT 1 FROM applied_reports WHERE submission = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'applied_entries is append only'); END""",
)


def migrate(connection: Connection) -> None:
    """Take version 1 to version 2."""
    for statement in (*TABLES, FILES_OF_VERSION_1, *TRIGGERS):
        connection.exec_driver_sql(statement)
