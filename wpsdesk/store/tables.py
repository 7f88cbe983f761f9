"""The store's tables; what each database has of its own stands in append_only.py, search.py and the room server.

Times are RFC 3339 in UTC as text, which sorts as time does. "Not country-specific" is the empty text, so
that it can be part of a key.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, MetaData, Table, UniqueConstraint
from sqlalchemy import Integer as _Integer
from sqlalchemy import Text as _Text

METADATA = MetaData()

# SQLite's whole numbers have 64 bits and its texts are ordered by their bytes: PostgreSQL is told to do the same.
Integer = _Integer().with_variant(BigInteger(), "postgresql")
Text = _Text().with_variant(_Text(collation="C"), "postgresql")


def _table(name: str, *members: Column[int] | Column[str] | Column[bytes] | Index | UniqueConstraint) -> Table:
    return Table(name, METADATA, *members, sqlite_strict=True)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _text(name: str, *, is_key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=is_key, nullable=False)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


documents = _table("documents", _text("kind", is_key=True), _text("key", is_key=True), _bytes("data"))

secrets = _table("secrets", _text("name", is_key=True), _bytes("data"))

draft_versions = _table(
    "draft_versions",
    _number(),
    _whole("year"),
    _whole("commitment"),
    _text("country"),
    _text("began"),
    _text("changed"),
    _text("who"),
    _text("state"),
    _whole("is_kept"),
    Column("data", LargeBinary),  # null: the entry was removed
    Index("draft_versions_key", "year", "commitment", "country", "number"),
)

drafts = _table(
    "drafts",
    _number(),
    _whole("year"),
    _whole("commitment"),
    _text("country"),
    # What an entry says stands once, in its newest version: an autosave rewrites one row.
    Column("version", Integer, ForeignKey("draft_versions.number"), nullable=False),
    UniqueConstraint("year", "commitment", "country", name="drafts_key"),
)

evidence = _table(
    "evidence",
    _number(),
    Column("digest", Text, nullable=False, unique=True),
    _whole("size"),
    Column("crc", Integer),  # CRC-32, with which it is sent after being read once; null of what is kept since before
)

evidence_chunks = _table(
    "evidence_chunks",
    Column("evidence", Integer, ForeignKey("evidence.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _bytes("data"),
)

# Of a file that came in a submission and is passed on: where in the container its bytes lie, which stand there once.
evidence_lying = _table(
    "evidence_lying",
    Column("evidence", Integer, ForeignKey("evidence.number", ondelete="CASCADE"), primary_key=True),
    Column("submission", Integer, ForeignKey("submissions.number"), nullable=False),
    _whole("offset"),
    _whole("packed"),
    _whole("is_deflated"),
)

sent = _table(
    "sent",
    _number(),
    Column("id", Text, nullable=False, unique=True),
    _text("kind"),
    _text("recipient"),
    Column("year", Integer),
    _whole("seq"),
    _text("digest"),
    _text("created"),
    _whole("size"),
    _bytes("header"),
    _bytes("payload"),
    _bytes("manifest"),
    _bytes("signature"),
    Index("sent_year", "year", "seq"),
)

submissions = _table(
    "submissions",
    _number(),
    Column("digest", Text, nullable=False, unique=True),
    _text("id"),
    _text("kind"),
    _text("unit"),
    _whole("year"),
    _whole("seq"),
    _text("signed_at"),
    _text("received_at"),
    _whole("size"),
    _text("file_name"),
    _bytes("signer"),
    Index("submissions_id", "id"),
    Index("submissions_latest", "year", "unit", "seq", "number"),
)


def _submission() -> Column[int]:
    # Deferred: the parts are written first, and the row that they belong to seals them.
    owner = ForeignKey("submissions.number", deferrable=True, initially="DEFERRED")
    return Column("submission", Integer, owner, primary_key=True)


submission_chunks = _table(
    "submission_chunks", _submission(), Column("position", Integer, primary_key=True), _bytes("data")
)

submission_reports = _table("submission_reports", _submission(), _bytes("data"))

submission_entries = Table(
    "submission_entries",
    METADATA,
    _submission(),
    Column("commitment", Integer, primary_key=True),
    _text("country", is_key=True),
    _text("status"),
    _text("state"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The files that rode along, so that what UD holds of a unit's evidence is told without unpacking anything.
submission_files = Table(
    "submission_files",
    METADATA,
    _submission(),
    _text("digest", is_key=True),
    _whole("size"),
    Index("submission_files_digest", "digest"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Of a delta: the container that it builds on.
submission_bases = _table("submission_bases", _submission(), _text("base"), Index("submission_bases_base", "base"))

# The whole report that a delta makes, where its base came after it: the submission itself is sealed by then.
applied_reports = _table(
    "applied_reports",
    Column("submission", Integer, ForeignKey("submissions.number"), primary_key=True),
    _bytes("data"),
)

applied_entries = Table(
    "applied_entries",
    METADATA,
    Column("submission", Integer, ForeignKey("submissions.number"), primary_key=True),
    Column("commitment", Integer, primary_key=True),
    _text("country", is_key=True),
    _text("status"),
    _text("state"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Parts of sealed files, as they came; they are forgotten when all files of their set have been taken in.
part_sets = _table(
    "part_sets",
    _number(),
    Column("set_id", Text, nullable=False, unique=True),
    _bytes("listing"),
    _text("first_at"),
    _text("last_at"),
    _whole("is_done"),
)

parts = _table(
    "parts",
    _number(),
    Column("owner", Integer, ForeignKey("part_sets.number", ondelete="CASCADE"), nullable=False),
    _whole("part"),
    UniqueConstraint("owner", "part", name="parts_key"),
)

part_chunks = _table(
    "part_chunks",
    Column("part", Integer, ForeignKey("parts.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _bytes("data"),
)

# The files of a set that have been taken in: "" where one was refused for good.
part_files = _table(
    "part_files",
    Column("owner", Integer, ForeignKey("part_sets.number", ondelete="CASCADE"), primary_key=True),
    Column("file", Integer, primary_key=True),
    _text("unit"),
)

# What this desk needs to make a sealed file again byte for byte.
sent_seals = _table(
    "sent_seals",
    Column("digest", Text, primary_key=True, nullable=False),  # of the signed container
    _bytes("key"),
    _bytes("nonce"),
    _bytes("header"),
)

sent_sets = _table(
    "sent_sets",
    _number(),
    Column("set_id", Text, nullable=False, unique=True),
    _whole("year"),
    _text("created"),
    _bytes("listing"),
    _bytes("containers"),
)

standings = _table(
    "standings",
    Column("digest", Text, ForeignKey("submissions.digest"), primary_key=True),
    _text("standing"),
)

journal = _table(
    "journal",
    _number(),
    _text("at"),
    _text("what"),
    _text("who"),
    _text("about"),
    _bytes("details"),
)


# What UD's officers decide of single answers: a row a step, the newest counts; told is the reply that carried it.
reviews = _table(
    "reviews",
    _number(),
    _text("unit"),
    _whole("year"),
    _whole("commitment"),
    _text("country"),
    _whole("step"),
    _text("decision"),
    _text("entry"),  # the digest of what the answer said
    _text("submission"),
    _text("reason"),
    _text("language"),
    _text("answer_by"),
    _text("officer"),
    _text("at"),
    _text("told"),
    UniqueConstraint("year", "unit", "commitment", "country", "step", name="reviews_step"),
)

review_notes = _table(
    "review_notes",
    _number(),
    _text("unit"),
    _whole("year"),
    _whole("commitment"),
    _text("country"),
    _text("officer"),
    _text("at"),
    _text("data"),
    Index("review_notes_key", "year", "unit"),
)

review_claims = _table(
    "review_claims",
    _text("unit", is_key=True),
    Column("year", Integer, primary_key=True),
    Column("commitment", Integer, primary_key=True),
    _text("country", is_key=True),
    _text("officer"),
    _text("since"),
)

# Texts beside the drafts that can be searched: what was sent, what came from UD, what was read in attached files.
searched = _table(
    "searched",
    _number(),
    _text("kind"),
    _text("key"),
    Column("year", Integer),
    Column("commitment", Integer),
    Column("country", Text),
    _text("text"),
    Index("searched_key", "kind", "key"),
)
