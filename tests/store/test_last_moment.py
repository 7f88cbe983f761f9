"""The server goes away at the last commit of a move or of a new key: one desk, one way in, and another try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

from tests.kit.server import folder_of_server, fresh_address
from tests.store.conftest import NOW, PASSPHRASE
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import WrongPassphrase
from wpsdesk.store.journal import lines, note
from wpsdesk.store.opening import create_store, open_store
from wpsdesk.store.rekeying import keys_at
from wpsdesk.store.server.address import read_pointer
from wpsdesk.store.server.errors import DatabaseAway, DeskNotThere, KeyNotYetKnown, MoveNotYetKnown
from wpsdesk.store.server.moving import let_in, move_to_file, move_to_server
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.shutting_out import shut_out
from wpsdesk.store.transaction import Tx
from wpsdesk.trust import wrapping

NEW = "tyttebær i skogen"


def moved(tx: Tx) -> None:
    note(tx, "moved", who="UD", now=NOW)


def whole(path: Path, words: str) -> bool:
    """Whether the words open the desk and it holds what it held; that it can be written to is tried as well."""
    with closing(open_store(path, words)) as store, store.write() as tx:
        moved(tx)
        return document(tx, "call", "2026") == b"the call"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk in a file. It is opened so often here that the time which a passphrase costs on purpose is left out."""
    stretched = wrapping.hash_secret_raw

    def cheaply(*given: Any, **costs: Any) -> bytes:
        return stretched(*given, **{**costs, "time_cost": 1, "memory_cost": 16})

    monkeypatch.setattr(wrapping, "hash_secret_raw", cheaply)
    path = tmp_path / "ud.wpsdesk"
    with closing(create_store(path, PASSPHRASE, now=NOW)[0]) as store, store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
    return path


@pytest.fixture
def shared(desk: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A shared one, and the file of another officer."""
    move_to_server(desk, PASSPHRASE, fresh_address(), moved)
    open_store(desk, PASSPHRASE).close()
    (tmp_path / "ola").mkdir()
    return desk, let_in(desk, PASSPHRASE, tmp_path / "ola", "Olas egne ord")


@contextmanager
def cut_off(*, is_kept: bool, stays_away: bool = False) -> Iterator[None]:
    """The line to the server breaks when the next change of a desk is to be kept there: before that, or just after."""
    host = str(folder_of_server())
    with psycopg.connect(host=host, user="postgres", dbname="template1", autocommit=True) as held:
        is_cut = False

        def cut(connection: Connection) -> None:
            nonlocal is_cut
            line = connection.connection.driver_connection
            if not is_cut and connection.get_execution_options().get("write") and isinstance(line, psycopg.Connection):
                is_cut = True
                if is_kept:
                    line.execute("COMMIT")
                line.close()
                if stays_away:
                    held.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS false")

        event.listen(Engine, "commit", cut)
        try:
            yield
        finally:
            held.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS true")
            event.remove(Engine, "commit", cut)


@pytest.mark.parametrize("is_kept", [True, False])
def test_on_the_way_to_the_server_the_file_is_the_desk_and_another_try_succeeds(desk: Path, *, is_kept: bool) -> None:
    address = fresh_address()
    with cut_off(is_kept=is_kept), pytest.raises(DatabaseAway):
        move_to_server(desk, PASSPHRASE, address, moved)
    assert not is_pointer(desk)
    with closing(open_store(desk, PASSPHRASE)) as store, store.write() as tx:
        put_document(tx, "call", "2027", b"written after that")
    move_to_server(desk, PASSPHRASE, address, moved)
    assert is_pointer(desk)
    with closing(open_store(desk, PASSPHRASE)) as store, store.read() as tx:
        assert document(tx, "call", "2027") == b"written after that"
        assert [line.what for line in lines(tx, 9)].count("moved") == 1


@pytest.mark.parametrize("to", ["ud.wpsdesk", "there.wpsdesk"])
def test_on_the_way_back_the_desk_is_in_the_file_if_and_only_if_the_server_closed_it(
    shared: tuple[Path, Path], to: str
) -> None:
    path, his = shared
    there = path if to == "ud.wpsdesk" else path.with_name(to)
    with cut_off(is_kept=False), pytest.raises(DatabaseAway):
        move_to_file(path, PASSPHRASE, there, moved)
    assert is_pointer(path)
    assert whole(path, PASSPHRASE)
    assert whole(his, "Olas egne ord")
    with cut_off(is_kept=True):
        move_to_file(path, PASSPHRASE, there, moved)
    assert whole(there, PASSPHRASE)
    assert not is_pointer(there)
    with pytest.raises(DeskNotThere):
        open_store(his, "Olas egne ord")
    assert sorted(one.name for one in path.parent.glob("*.after-move*")) == []


def test_where_the_server_stays_away_on_the_way_back_the_person_is_told_of_both_places(
    shared: tuple[Path, Path],
) -> None:
    path, _ = shared
    with cut_off(is_kept=False, stays_away=True), pytest.raises(MoveNotYetKnown) as caught:
        move_to_file(path, PASSPHRASE, path, moved)
    assert whole(path, PASSPHRASE), "it was not closed"
    assert whole(caught.value.copy, PASSPHRASE)


@pytest.mark.parametrize("stays_away", [True, False])
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_new_key_is_in_force_if_and_only_if_the_old_desk_is_closed(
    shared: tuple[Path, Path], *, is_kept: bool, stays_away: bool
) -> None:
    path, his = shared
    old = read_pointer(path).address
    code = ""
    with cut_off(is_kept=is_kept, stays_away=stays_away):
        if is_kept and not stays_away:
            code = shut_out(path, PASSPHRASE, NEW, moved)
        else:
            with pytest.raises(KeyNotYetKnown if stays_away else DatabaseAway):
                shut_out(path, PASSPHRASE, NEW, moved)
    mine, others = (NEW, PASSPHRASE) if is_kept else (PASSPHRASE, NEW)
    with pytest.raises(WrongPassphrase):
        open_store(path, others)
    assert whole(path, mine)
    assert keys_at(path).salt == read_pointer(path).salt
    if code:
        assert whole(path, code)
    if is_kept:
        assert read_pointer(path).address != old
        with pytest.raises(DeskNotThere):
            open_store(his, "Olas egne ord")
    else:
        assert whole(his, "Olas egne ord")
        shut_out(path, PASSPHRASE, NEW, moved)
        assert whole(path, NEW)


def test_whoever_has_an_unfinished_change_of_key_is_told_that_another_officer_made_one(
    shared: tuple[Path, Path],
) -> None:
    path, his = shared
    with cut_off(is_kept=False, stays_away=True), pytest.raises(KeyNotYetKnown):
        shut_out(path, PASSPHRASE, NEW, moved)
    shut_out(his, "Olas egne ord", "Olas nye lange ord", moved)
    with pytest.raises(DeskNotThere):
        open_store(path, PASSPHRASE)
    assert whole(his, "Olas nye lange ord")
