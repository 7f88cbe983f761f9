"""Version 1: the first."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

STATEMENTS: Final = (
    """CREATE TABLE documents (
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (kind, "key")
    ) STRICT""",
    """CREATE TABLE draft_versions (
        number INTEGER NOT NULL,
        year INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        began TEXT NOT NULL,
        changed TEXT NOT NULL,
        who TEXT NOT NULL,
        state TEXT NOT NULL,
        is_kept INTEGER NOT NULL,
        data BLOB,
        PRIMARY KEY (number)
    ) STRICT""",
    "CREATE INDEX draft_versions_key ON draft_versions (year, commitment, country, number)",
    """CREATE TABLE evidence (
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (digest)
    ) STRICT""",
    """CREATE TABLE journal (
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        who TEXT NOT NULL,
        about TEXT NOT NULL,
        details BLOB NOT NULL,
        PRIMARY KEY (number)
    ) STRICT""",
    """CREATE TABLE secrets (
        name TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (name)
    ) STRICT""",
    """CREATE TABLE sent (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        recipient TEXT NOT NULL,
        year INTEGER,
        seq INTEGER NOT NULL,
        digest TEXT NOT NULL,
        created TEXT NOT NULL,
        size INTEGER NOT NULL,
        header BLOB NOT NULL,
        payload BLOB NOT NULL,
        manifest BLOB NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (id)
    ) STRICT""",
    "CREATE INDEX sent_year ON sent (year, seq)",
    """CREATE TABLE submissions (
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        unit TEXT NOT NULL,
        year INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        signed_at TEXT NOT NULL,
        received_at TEXT NOT NULL,
        size INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        signer BLOB NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (digest)
    ) STRICT""",
    "CREATE INDEX submissions_id ON submissions (id)",
    "CREATE INDEX submissions_latest ON submissions (year, unit, seq, number)",
    """CREATE TABLE drafts (
        number INTEGER NOT NULL,
        year INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT drafts_key UNIQUE (year, commitment, country),
        FOREIGN KEY(version) REFERENCES draft_versions (number)
    ) STRICT""",
    """CREATE TABLE evidence_chunks (
        evidence INTEGER NOT NULL,
        position INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (evidence, position),
        FOREIGN KEY(evidence) REFERENCES evidence (number) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE standings (
        digest TEXT NOT NULL,
        standing TEXT NOT NULL,
        PRIMARY KEY (digest),
        FOREIGN KEY(digest) REFERENCES submissions (digest)
    ) STRICT""",
    """CREATE TABLE submission_chunks (
        submission INTEGER NOT NULL,
        position INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (submission, position),
        FOREIGN KEY(submission) REFERENCES submissions (number) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE submission_entries (
        submission INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        country TEXT NOT NULL,
        status TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (submission, commitment, country),
        FOREIGN KEY(submission) REFERENCES submissions (number) DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE submission_reports (
        submission INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (submission),
        FOREIGN KEY(submission) REFERENCES submissions (number) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE VIRTUAL TABLE draft_texts
    USING fts5(texts, evidence, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER journal_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal is append only'); END""",
    """CREATE TRIGGER journal_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal is append only'); END""",
    "CREATE TRIGGER sent_update BEFORE UPDATE ON sent BEGIN SELECT RAISE(ABORT, 'sent is append only'); END",
    "CREATE TRIGGER sent_delete BEFORE DELETE ON sent BEGIN SELECT RAISE(ABORT, 'sent is append only'); END",
    """CREATE TRIGGER submissions_update BEFORE UPDATE ON submissions
    BEGIN SELECT RAISE(ABORT, 'submissions is append only'); END""",
    """CREATE TRIGGER submissions_delete BEFORE DELETE ON submissions
    BEGIN SELECT RAISE(ABORT, 'submissions is append only'); END""",
    """CREATE TRIGGER submission_chunks_update BEFORE UPDATE ON submission_chunks
    BEGIN SELECT RAISE(ABORT, 'submission_chunks is append only'); END""",
    """CREATE TRIGGER submission_chunks_delete BEFORE DELETE ON submission_chunks
    BEGIN SELECT RAISE(ABORT, 'submission_chunks is append only'); END""",
    """CREATE TRIGGER submission_reports_update BEFORE UPDATE ON submission_reports
    BEGIN SELECT RAISE(ABORT, 'submission_reports is append only'); END""",
    """CREATE TRIGGER submission_reports_delete BEFORE DELETE ON submission_reports
    BEGIN SELECT RAISE(ABORT, 'submission_reports is append only'); END""",
    """CREATE TRIGGER submission_entries_update BEFORE UPDATE ON submission_entries
    BEGIN SELECT RAISE(ABORT, 'submission_entries is append only'); END""",
    """CREATE TRIGGER submission_entries_delete BEFORE DELETE ON submission_entries
    BEGIN SELECT RAISE(ABORT, 'submission_entries is append only'); END""",
    """CREATE TRIGGER journal_insert BEFORE INSERT ON journal
    WHEN EXISTS (SELECT 1 FROM journal WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'journal is append only'); END""",
    """CREATE TRIGGER sent_insert BEFORE INSERT ON sent
    WHEN EXISTS (SELECT 1 FROM sent WHERE number = NEW.number OR id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'sent is append only'); END""",
    """CREATE TRIGGER submissions_insert BEFORE INSERT ON submissions
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.number OR digest = NEW.digest)
    BEGIN SELECT RAISE(ABORT, 'submissions is append only'); END""",
    """CREATE TRIGGER submission_chunks_insert BEFORE INSERT ON submission_chunks
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'submission_chunks is append only'); END""",
    """CREATE TRIGGER submission_reports_insert BEFORE INSERT ON submission_reports
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'submission_reports is append only'); END""",
    """CREATE TRIGGER submission_entries_insert BEFORE INSERT ON submission_entries
    WHEN EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)
    BEGIN SELECT RAISE(ABORT, 'submission_entries is append only'); END""",
    """CREATE TRIGGER draft_versions_delete BEFORE DELETE ON draft_versions
    BEGIN SELECT RAISE(ABORT, 'draft_versions is append only'); END""",
    """CREATE TRIGGER draft_versions_insert BEFORE INSERT ON draft_versions
    WHEN EXISTS (SELECT 1 FROM draft_versions WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'draft_versions is append only'); END""",
    """CREATE TRIGGER draft_versions_update BEFORE UPDATE ON draft_versions
    WHEN OLD.is_kept
        OR NEW.number <> OLD.number
        OR NEW.year <> OLD.year
        OR NEW.commitment <> OLD.commitment
        OR NEW.country <> OLD.country
        OR NEW.who <> OLD.who
        OR NEW.began <> OLD.began
    BEGIN SELECT RAISE(ABORT, 'draft_versions is append only'); END""",
)


def migrate(connection: Connection) -> None:
    """Take an empty file to version 1."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
