"""A desk on a real server: what holds there as it holds in a file, and what is its own."""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from tests.kit.server import fresh_address, mute_server
from tests.store.conftest import NOW, PASSPHRASE
from tests.store.test_drafts import sending
from tests.store.test_secrecy import WORD, write_everywhere
from tests.store.test_submissions import CONTAINER, TABLES, contents, receive
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.plan.model import Plan
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import BrokenRule, DamagedStore, NewerStore, NotAStore, WrongPassphrase
from wpsdesk.store.evidence import crc_of, keep
from wpsdesk.store.journal import note
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.opening import open_store
from wpsdesk.store.sent import record_sent
from wpsdesk.store.server.address import Address, Pointer, address_from, is_address, read_pointer, write_pointer
from wpsdesk.store.server.errors import (
    BadAddress,
    DatabaseAway,
    DatabaseRefused,
    DeskNotThere,
    DeskThereAlready,
    NoRights,
    PasswordInAddress,
)
from wpsdesk.store.server.opening import create_on_server
from wpsdesk.store.server.shutting_out import shut_out
from wpsdesk.store.store import Store

ZERO = r"'\x00'::bytea"
FORBIDDEN = (
    *(f"DELETE FROM {table}" for table in TABLES),
    *(f"TRUNCATE {table} CASCADE" for table in TABLES),
    "UPDATE submissions SET unit = 'JD'",
    f"UPDATE submission_chunks SET data = {ZERO} WHERE position = 0",
    f"UPDATE submission_reports SET data = {ZERO}",
    "UPDATE submission_entries SET status = 'stopped'",
    f"UPDATE sent SET payload = {ZERO}",
    "UPDATE journal SET who = 'nobody'",
    "INSERT INTO submissions SELECT * FROM submissions ON CONFLICT (digest) DO UPDATE SET unit = 'JD'",
    f"INSERT INTO submission_chunks SELECT number, 99, {ZERO} FROM submissions",
    "INSERT INTO submission_entries SELECT number, 1, '', 'done', 'ready' FROM submissions",
    "UPDATE draft_versions SET is_kept = 0 WHERE number = 1",
    f"UPDATE draft_versions SET data = {ZERO} WHERE number = 1",
    "UPDATE draft_versions SET who = 'Ola' WHERE number = 2",
    "DELETE FROM draft_versions WHERE number = 2",
)


def test_raw_sql_cannot_change_what_was_received_sent_or_noted(server_store: Store) -> None:
    with closing(server_store) as store:
        with store.write() as tx:
            record_sent(tx, sending())
            for number, kept in ((1, 1), (2, 0)):
                values = f"({number}, 2026, 7, '', 'a', 'a', 'Kari', 'ready', {kept}, {ZERO})"
                tx.run(text(f"INSERT INTO draft_versions VALUES {values}"))
        receive(store, CONTAINER)
        before = contents(store)
        assert all(before.values())
        for sql in FORBIDDEN:
            with pytest.raises(BrokenRule, match="append only"), store.write() as tx:
                tx.run(text(sql))
        assert contents(store) == before


def test_whoever_has_the_database_finds_no_bytes_of_the_desk(tmp_path: Path, plan: Plan) -> None:
    address = fresh_address()
    with closing(create_on_server(address, tmp_path / "desk.wpsdesk", PASSPHRASE, now=NOW)[0]) as store:
        write_everywhere(store, plan)
        found = raw_bytes(address)
    assert len({place for place, _ in found}) == 6
    for place, data in found:
        assert data[:1] == b"\x01", place
        assert WORD.encode() not in data, place


def raw_bytes(address: Address) -> list[tuple[str, bytes]]:
    """Every value of bytes in every table, as the server has it."""
    with psycopg.connect(host=address.host, user="postgres", dbname="postgres") as line:
        columns = line.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s "
            "AND data_type = 'bytea'", (address.schema,)
        ).fetchall()  # fmt: skip
        return [
            (f"{table}.{column}", value)
            for table, column in columns
            for (value,) in line.execute(f'SELECT {column} FROM "{address.schema}".{table}').fetchall()
            if value is not None
        ]


def test_a_value_changed_on_the_server_is_damage(server_store: Store) -> None:
    with closing(server_store) as store:
        with store.write() as tx:
            put_document(tx, "call", "2026", b"the call")
            tx.run(text("UPDATE documents SET data = set_byte(data, 20, get_byte(data, 20) # 1)"))
        with pytest.raises(DamagedStore), store.read() as tx:
            document(tx, "call", "2026")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The small file of a desk that nobody has open, with the key file beside it."""
    path = tmp_path / "desk.wpsdesk"
    store, _ = create_on_server(fresh_address(), path, PASSPHRASE, now=NOW)
    with store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
    store.close()
    return path


def test_the_small_file_and_the_key_file_open_the_desk_on_several_machines_at_once(desk: Path, tmp_path: Path) -> None:
    there = tmp_path / "another machine" / "ud.wpsdesk"
    there.parent.mkdir()
    there.write_bytes(desk.read_bytes())
    keys_path(there).write_bytes(keys_path(desk).read_bytes())
    with closing(open_store(desk, PASSPHRASE)) as one, closing(open_store(there, PASSPHRASE)) as other:
        with one.write() as tx:
            put_document(tx, "call", "2027", b"the next")
        with other.read() as tx:
            assert document(tx, "call", "2026") == b"the call"
            assert document(tx, "call", "2027") == b"the next"
    with pytest.raises(WrongPassphrase):
        open_store(there, "wrong")


def test_a_desk_is_never_made_over_another(desk: Path, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(DeskThereAlready):
        create_on_server(read_pointer(desk).address, tmp_path / "again.wpsdesk", PASSPHRASE, now=NOW)
    assert {path.name for path in tmp_path.iterdir()} == before
    open_store(desk, PASSPHRASE).close()


def test_the_key_of_another_desk_opens_nothing(desk: Path, tmp_path: Path) -> None:
    other, _ = create_on_server(fresh_address(), tmp_path / "other.wpsdesk", PASSPHRASE, now=NOW)
    other.close()
    ours, theirs = read_pointer(desk), read_pointer(tmp_path / "other.wpsdesk")
    write_pointer(desk, Pointer(address=theirs.address, salt=ours.salt), replace=True)
    with pytest.raises(NotAStore):
        open_store(desk, PASSPHRASE)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("schema=nowhere", DeskNotThere),
        ("host=/nowhere", DatabaseAway),
        ("database=nowhere", DatabaseRefused),
        ("user=nobody", DatabaseRefused),
    ],
)
def test_a_server_that_does_not_serve_is_a_sentence_of_its_own(desk: Path, change: str, fault: type[WpsError]) -> None:
    name, value = change.split("=")
    pointer = read_pointer(desk)
    write_pointer(desk, replace(pointer, address=replace(pointer.address, **{name: value})), replace=True)
    with pytest.raises(fault):
        open_store(desk, PASSPHRASE)


GRANTS = (
    "USAGE ON SCHEMA {schema}",
    "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema}",
    "USAGE ON ALL SEQUENCES IN SCHEMA {schema}",
)
"""As the manual has them."""


def test_a_login_without_its_rights_is_told_so_at_every_step_and_with_them_it_works(desk: Path) -> None:
    pointer = read_pointer(desk)
    address = pointer.address
    login = f"kari_{address.schema}"
    write_pointer(desk, replace(pointer, address=replace(address, user=login)), replace=True)
    with psycopg.connect(host=address.host, user="postgres", dbname="postgres", autocommit=True) as line:
        line.execute(f"CREATE ROLE {login} LOGIN")
        for grant in GRANTS:
            with pytest.raises(NoRights), closing(open_store(desk, PASSPHRASE)) as store, store.write() as tx:
                note(tx, "opened", who="Kari", now=NOW)
            line.execute(f"GRANT {grant.format(schema=address.schema)} TO {login}")
        with closing(open_store(desk, PASSPHRASE)) as store, store.write() as tx:
            note(tx, "opened", who="Kari", now=NOW)
        with pytest.raises(NoRights):
            shut_out(desk, PASSPHRASE, "tyttebær i skogen", lambda _tx: None)
        open_store(desk, PASSPHRASE).close()


def test_a_machine_that_takes_the_call_and_says_nothing_need_not_be_waited_for(desk: Path) -> None:
    asked = 0

    def stop(_done: int, _total: int) -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise Cancelled

    with mute_server() as there:
        write_pointer(desk, replace(read_pointer(desk), address=there), replace=True)
        with pytest.raises(Cancelled):
            open_store(desk, PASSPHRASE, progress=stop)
    for waiting in [thread for thread in threading.enumerate() if thread.name == "connecting"]:
        waiting.join()  # the line is broken, and it ends by itself


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+psycopg://kari@db.ud.example:5433/wps?schema=ud&sslmode=verify-full&sslrootcert=/etc/root.pem",
        "postgresql+psycopg:///wps?host=/run/postgresql",
        "postgresql+psycopg://[::1]:5432/wps",
        "postgresql+psycopg://kari%40ud@db/wps",
    ],
)
def test_an_address_is_written_as_it_was_read(text: str) -> None:
    assert str(address_from(text)) == text
    assert is_address(text)


def test_the_line_to_another_machine_is_encrypted_unless_it_is_said_otherwise() -> None:
    assert address_from("postgresql://db/wps").security == "require"
    assert address_from("postgresql://db/wps?sslmode=disable").security == "disable"


@pytest.mark.parametrize("text", ["postgresql://kari:secret@db/wps", "postgresql://db/wps?password=secret"])
def test_an_address_never_holds_a_password(text: str) -> None:
    with pytest.raises(PasswordInAddress) as caught:
        address_from(text)
    assert "secret" not in f"{caught.value!r}{caught.value}{vars(caught.value)}"


@pytest.mark.parametrize(
    "text",
    ["", "postgresql://", "postgresql://db/", "mysql://db/wps", "postgresql://db/wps?schema=a;b", "postgresql://db:x/w",
     "postgresql://db/wps?options=-cfoo", "postgresql://db/wps#x", "postgresql://db/wps?sslmode=perhaps"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        address_from(text)


def test_a_desk_of_an_earlier_version_grows_to_what_the_tables_are_now_and_one_of_a_later_is_refused(
    desk: Path,
) -> None:
    with closing(open_store(desk, PASSPHRASE)) as store, store.write() as tx:
        tx.run(text("DROP TABLE evidence_lying"))
        tx.run(text("ALTER TABLE evidence DROP COLUMN crc"))
        tx.run(text("DROP INDEX review_notes_key"))
        tx.run(text("DROP TRIGGER journal_update ON journal"))
        tx.run(text("UPDATE wps_facts SET value = '3' WHERE name = 'version'"))
    with closing(open_store(desk, PASSPHRASE)) as store:
        with store.read() as tx:
            assert tx.run(text("SELECT value FROM wps_facts WHERE name = 'version'")).scalar_one() == str(
                len(MIGRATIONS)
            )
            assert document(tx, "call", "2026") == b"the call"
            indexes = "SELECT count(*) FROM pg_indexes WHERE indexname = 'review_notes_key'"
            assert tx.run(text(f"{indexes} AND schemaname = current_schema()")).scalar_one() == 1
        with store.write() as tx:
            kept = keep(tx, [b"a file"])
            assert crc_of(tx, kept.digest) is not None
            assert tx.run(text("SELECT count(*) FROM evidence_lying")).scalar_one() == 0
        with pytest.raises(BrokenRule, match="append only"), store.write() as tx:
            tx.run(text("UPDATE journal SET who = 'nobody'"))
        with store.write() as tx:
            tx.run(text("UPDATE wps_facts SET value = '99' WHERE name = 'version'"))
    with pytest.raises(NewerStore):
        open_store(desk, PASSPHRASE)


def test_a_server_that_goes_away_is_told_in_our_words_alone(
    server_store: Store, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # pytest's own, which the program has not
    with closing(server_store) as store:
        with store.read() as tx:
            host = tx.run(text("SELECT current_setting('unix_socket_directories')")).scalar_one()
            mine = tx.run(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as line:
            line.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
        with pytest.raises(DatabaseAway), store.write() as tx:
            put_document(tx, "call", "2026", b"never there")
        with store.write() as tx:  # on another line
            assert document(tx, "call", "2026") is None
    assert "".join(capfd.readouterr()) == ""
