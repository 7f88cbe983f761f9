"""From version to version: whole or not at all, and never without a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from tests.store.conftest import PASSPHRASE, Made
from wpsdesk.base.canonical import canonical_json
from wpsdesk.store import opening
from wpsdesk.store.append_only import TRIGGERS
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import NewerStore
from wpsdesk.store.migrations import MIGRATIONS, Migration, upgrade, version_of
from wpsdesk.store.opening import open_store, unfinished_copy
from wpsdesk.store.search import FORGETTING, INDEX, SEARCHED_INDEX
from wpsdesk.store.sqlcipher import StoreKey, empty_file, make_engine
from wpsdesk.store.tables import METADATA

KEY = StoreKey(secret=b"k" * 32, salt=b"s" * 16)


def engine_at(path: Path) -> Engine:
    with empty_file(path):
        return make_engine(path, KEY)


def schema(engine: Engine) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").all()
    return {(*row[:3], re.sub(r"\s+|(?<=[(,])\s*|\s*(?=[),])", " ", row[3]).replace(" ", "")) for row in rows}


def add_colours(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE colours (name TEXT)")
    connection.exec_driver_sql("UPDATE documents SET data = x'32'")


def stumble(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE sounds (name TEXT)")
    connection.exec_driver_sql("UPDATE documents SET data = x'33'")
    raise InterruptedError


def migrated_with(monkeypatch: pytest.MonkeyPatch, migrations: Sequence[Migration]) -> None:
    """As if the program knew these migrations."""
    monkeypatch.setattr(opening, "MIGRATIONS", migrations)
    monkeypatch.setattr(opening, "upgrade", lambda engine, copy_before: upgrade(
        engine, copy_before=copy_before, migrations=migrations
    ))  # fmt: skip


def test_the_schema_from_the_migrations_is_the_schema_from_the_tables(tmp_path: Path) -> None:
    by_migrations, by_tables = engine_at(tmp_path / "migrations"), engine_at(tmp_path / "tables")
    upgrade(by_migrations, copy_before=lambda number: None)
    with by_tables.connect().execution_options(write=True) as connection, connection.begin():
        METADATA.create_all(connection)
        for statement in (INDEX, SEARCHED_INDEX, FORGETTING, *TRIGGERS):
            connection.exec_driver_sql(statement)
    assert schema(by_migrations) == schema(by_tables)
    assert len(schema(by_tables)) > 30
    for engine in (by_migrations, by_tables):
        engine.dispose()


def test_a_new_store_has_the_newest_version(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        assert tx.run(text("PRAGMA user_version")).scalar_one() == len(MIGRATIONS)


def test_an_older_store_is_copied_and_then_migrated(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store, store.write() as tx:
        put_document(tx, "call", "2026", b"1")
    migrated_with(monkeypatch, (*MIGRATIONS, add_colours))
    with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        assert document(tx, "call", "2026") == b"2"
        assert tx.run(text("SELECT count(*) FROM colours")).scalar_one() == 0
    copy = made.path.with_name(f"desk.before-{len(MIGRATIONS) + 1}.wpsdesk")
    assert copy.stat().st_mode & 0o777 == 0o600

    monkeypatch.undo()
    with pytest.raises(NewerStore):
        open_store(made.path, PASSPHRASE)
    copy.replace(made.path)  # the old program again, with the copy
    with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        assert document(tx, "call", "2026") == b"1"


def test_a_store_is_migrated_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    migrated_with(monkeypatch, (*MIGRATIONS, add_colours))
    unfinished_copy(made.path).write_bytes(b"left by one that was killed")
    for _ in range(2):
        open_store(made.path, PASSPHRASE).close()
    names = sorted(path.name for path in made.path.parent.iterdir())
    assert names == [f"desk.before-{len(MIGRATIONS) + 1}.wpsdesk", "desk.wpsdesk", "desk.wpsdesk.lock", "desk.wpskeys"]


def test_a_migration_that_fails_leaves_the_store_as_it_was(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store, store.write() as tx:
        put_document(tx, "call", "2026", b"1")
    migrated_with(monkeypatch, (*MIGRATIONS, add_colours, stumble))
    with pytest.raises(InterruptedError):
        open_store(made.path, PASSPHRASE)
    migrated_with(monkeypatch, (*MIGRATIONS, add_colours))
    with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        assert tx.run(text("PRAGMA user_version")).scalar_one() == len(MIGRATIONS) + 1
        assert document(tx, "call", "2026") == b"2"
        assert tx.run(text("SELECT count(*) FROM sqlite_schema WHERE name = 'sounds'")).scalar_one() == 0


def test_a_first_migration_that_fails_leaves_no_table(tmp_path: Path) -> None:
    engine = engine_at(tmp_path / "new")
    with pytest.raises(InterruptedError):
        upgrade(engine, copy_before=lambda number: None, migrations=(lambda c: (MIGRATIONS[0](c), stumble_alone())[0],))
    assert schema(engine) == set()
    with engine.connect() as connection:
        assert version_of(connection) == 0
    engine.dispose()


def stumble_alone() -> None:
    raise InterruptedError


def version_1_report(connection: Connection) -> None:
    """A submission of version 1, with two files of evidence."""
    report = canonical_json(
        {"entries": [{"evidence": [{"sha256": d * 64, "size": n} for n, d in enumerate("ab", 7)]}, {}]}
    )
    values = (1, "f" * 64, "id", "submission", "FD", 2026, 1, "", "", 3, "x", b"")
    connection.exec_driver_sql(f"INSERT INTO submission_reports VALUES ({values[0]}, ?)", (report,))
    connection.exec_driver_sql(f"INSERT INTO submissions VALUES ({','.join('?' * len(values))})", values)


def test_evidence_that_came_before_there_were_deltas_is_still_known_to_be_held(tmp_path: Path) -> None:
    engine = engine_at(tmp_path / "old")
    upgrade(engine, copy_before=lambda number: None, migrations=MIGRATIONS[:1])
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        version_1_report(connection)
    upgrade(engine, copy_before=lambda number: None)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT submission, digest, size FROM submission_files ORDER BY size").all()
    assert [tuple(row) for row in found] == [(1, "a" * 64, 7), (1, "b" * 64, 8)]
    engine.dispose()
