"""What has come: the exact bytes, for good."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.store.conftest import IN_A_FILE, NOW
from tests.store.test_drafts import sending
from wpsdesk.base.canonical import sha256
from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.store.chunks import CHUNK
from wpsdesk.store.errors import BrokenRule, ContainerChanged, DamagedStore
from wpsdesk.store.journal import lines, note
from wpsdesk.store.sent import record_sent
from wpsdesk.store.store import Store
from wpsdesk.store.submissions import (
    HELD,
    Arrived,
    CoverageRow,
    EntryRow,
    by_id,
    container,
    coverage_rows,
    latest,
    record_submission,
    report_bytes,
    set_standing,
    standing_of,
    submission,
    submissions,
)

YEAR = Year(2026)
CONTAINER = os.urandom(2 * CHUNK + 100)
ROWS = (
    EntryRow(CommitmentNumber(7), None, "done", "ready"),
    EntryRow(CommitmentNumber(7), CountryCode("UA"), "under-way", "ready"),
)
TABLES = ("submissions", "submission_chunks", "submission_reports", "submission_entries", "sent", "journal")


def arrival(data: bytes, *, unit: str = "FD", seq: int = 1, year: Year = YEAR, minutes: int = 0) -> Arrived:
    return Arrived(
        id=BundleId("00000000-0000-4000-8000-000000000001"), kind="submission", unit=UnitCode(unit), year=year, seq=seq,
        digest=sha256(data), signer=b"\x30\x00", signed_at=NOW, received_at=NOW + timedelta(minutes=minutes),
        size=len(data), file_name="fd_20270301_1.asice.cms",
    )  # fmt: skip


def receive(store: Store, data: bytes, rows: tuple[EntryRow, ...] = ROWS, **about: object) -> Arrived:
    arrived = arrival(data, **about)  # type: ignore[arg-type]
    with store.write() as tx:
        record_submission(tx, arrived, [data], rows, report=b"report of " + data[:8])
    return arrived


@pytest.fixture
def arrived(store: Store) -> Arrived:
    with store.write() as tx:
        record_sent(tx, sending())
    return receive(store, CONTAINER)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as tx:
        return {table: [tuple(row) for row in tx.run(text(f"SELECT * FROM {table}"))] for table in TABLES}


def test_the_container_comes_back_byte_for_byte(store: Store, arrived: Arrived) -> None:
    with store.read() as tx:
        assert b"".join(container(tx, arrived.digest)) == CONTAINER
        assert report_bytes(tx, arrived.digest) == b"report of " + CONTAINER[:8]
        assert submission(tx, arrived.digest) == arrived
        assert submissions(tx) == submissions(tx, YEAR) == by_id(tx, arrived.id) == (arrived,)


def test_what_has_not_come_is_not_there(store: Store) -> None:
    absent = Digest("0" * 64)
    with store.read() as tx:
        assert submission(tx, absent) is None
        assert report_bytes(tx, absent) is None
        assert submissions(tx) == latest(tx, YEAR) == coverage_rows(tx, YEAR) == ()
        with pytest.raises(KeyError):
            next(container(tx, absent))


def test_a_container_that_changed_after_it_was_verified_is_not_kept(store: Store) -> None:
    def another() -> Iterator[bytes]:
        yield CONTAINER[:-1] + b"?"

    with pytest.raises(ContainerChanged), store.write() as tx:
        record_submission(tx, arrival(CONTAINER), another(), ROWS, report=b"")
    with store.read() as tx:
        assert submissions(tx) == ()
        assert tx.run(text("SELECT count(*) FROM submission_chunks")).scalar_one() == 0


@IN_A_FILE
def test_a_container_changed_past_the_triggers_is_damage(store: Store, arrived: Arrived) -> None:
    with store.write() as tx:
        tx.run(text("DROP TRIGGER submission_chunks_update"))
        tx.run(text("UPDATE submission_chunks SET data = x'00' WHERE position = 2"))
    with store.read() as tx, pytest.raises(DamagedStore):
        list(container(tx, arrived.digest))


def test_the_same_submission_is_not_kept_twice(store: Store, arrived: Arrived) -> None:
    before = contents(store)
    with pytest.raises(BrokenRule):
        receive(store, CONTAINER)
    assert contents(store) == before


FORBIDDEN = [
    *(f"DELETE FROM {table}" for table in TABLES),
    "UPDATE submissions SET unit = 'JD'",
    "UPDATE submission_chunks SET data = x'00' WHERE position = 0",
    "UPDATE submission_reports SET data = x'00'",
    "UPDATE submission_entries SET status = 'stopped'",
    "UPDATE sent SET payload = x'00'",
    "UPDATE journal SET who = 'nobody'",
    "INSERT OR REPLACE INTO submissions SELECT * FROM submissions",
    "INSERT OR REPLACE INTO submission_chunks SELECT submission, position, x'00' FROM submission_chunks",
    "INSERT INTO submission_chunks SELECT number, 99, x'00' FROM submissions",
    "INSERT OR REPLACE INTO submission_reports SELECT submission, x'00' FROM submission_reports",
    "INSERT INTO submission_entries SELECT number, 1, '', 'done', 'ready' FROM submissions",
    "INSERT OR REPLACE INTO sent SELECT * FROM sent",
    "INSERT OR REPLACE INTO journal SELECT * FROM journal",
]


@IN_A_FILE
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("sql", FORBIDDEN)
def test_raw_sql_cannot_change_what_was_received_sent_or_noted(
    store: Store, arrived: Arrived, sql: str, recursive: str
) -> None:
    before = contents(store)
    assert all(before.values())
    with store.read() as tx:
        tx.run(text(f"PRAGMA recursive_triggers={recursive}"))  # the connection goes back to the pool so set
    with pytest.raises(BrokenRule, match="append only"), store.write() as tx:
        tx.run(text(sql))
    assert contents(store) == before


@IN_A_FILE
def test_a_version_that_was_vouched_for_cannot_be_changed_by_raw_sql(store: Store) -> None:
    with store.write() as tx:
        tx.run(text("INSERT INTO draft_versions VALUES (1, 2026, 7, '', 'a', 'a', 'Kari', 'ready', 1, x'00')"))
        tx.run(text("INSERT INTO draft_versions VALUES (2, 2026, 7, '', 'a', 'a', 'Kari', 'draft', 0, x'00')"))
    for sql in (
        "UPDATE draft_versions SET data = x'01' WHERE number = 1",
        "UPDATE draft_versions SET is_kept = 0 WHERE number = 1",
        "UPDATE draft_versions SET who = 'Ola' WHERE number = 2",
        "DELETE FROM draft_versions WHERE number = 2",
        "INSERT OR REPLACE INTO draft_versions SELECT * FROM draft_versions WHERE number = 2",
    ):
        with pytest.raises(BrokenRule, match="append only"), store.write() as tx:
            tx.run(text(sql))


def test_the_highest_number_of_each_unit_counts(store: Store) -> None:
    receive(store, b"FD 2", seq=2)
    receive(store, b"FD 1 arrived late", seq=1)
    receive(store, b"JD 1", unit="JD")
    receive(store, b"FD of last year", seq=9, year=Year(2025))
    with store.read() as tx:
        assert [(one.unit, one.digest) for one in latest(tx, YEAR)] == [
            ("FD", sha256(b"FD 2")),
            ("JD", sha256(b"JD 1")),
        ]
        assert [one.seq for one in submissions(tx, YEAR)] == [2, 1, 1]


def test_of_two_with_the_same_number_the_later_counts_unless_it_is_held(store: Store) -> None:
    receive(store, b"one")
    fork = receive(store, b"another")
    with store.write() as tx:
        assert [one.digest for one in latest(tx, YEAR)] == [fork.digest]
        assert standing_of(tx, fork.digest) == ""
        set_standing(tx, fork.digest, HELD)
        assert standing_of(tx, fork.digest) == HELD
        assert [one.digest for one in latest(tx, YEAR)] == [sha256(b"one")]
        set_standing(tx, fork.digest, "superseded")
        assert [one.digest for one in latest(tx, YEAR)] == [fork.digest]
        assert len(by_id(tx, fork.id)) == 2


def test_a_standing_belongs_to_a_submission(store: Store) -> None:
    with pytest.raises(BrokenRule), store.write() as tx:
        set_standing(tx, Digest("0" * 64), HELD)


def test_coverage_is_of_the_submissions_that_count(store: Store) -> None:
    receive(store, b"FD 1", (EntryRow(CommitmentNumber(3), None, "stopped", "ready"),), seq=1)
    receive(store, b"FD 2", ROWS[::-1], seq=2)
    receive(store, b"JD 1", (), unit="JD")
    with store.read() as tx:
        assert coverage_rows(tx, YEAR) == tuple(CoverageRow(UnitCode("FD"), sha256(b"FD 2"), *row) for row in ROWS)


def test_the_journal_keeps_what_was_done_the_newest_first(store: Store) -> None:
    with store.write() as tx:
        note(tx, "exported", who="Kari", now=NOW, about="2026", details={"seq": 2, "name": "fd", "is_whole": True})
        newest, oldest = lines(tx)
        assert lines(tx, 1) == (newest,)
    assert (newest.what, newest.who, newest.at, newest.about) == ("exported", "Kari", NOW, "2026")
    assert dict(newest.details) == {"seq": 2, "name": "fd", "is_whole": True}
    assert oldest.what == "store-created"
