"""A desk from its file to a server and back: every table, every row, every byte."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table, func, insert, select

from tests.kit.server import fresh_address
from tests.store.conftest import NOW, PASSPHRASE, Made
from tests.store.test_drafts import FIRST, YEAR, sending
from tests.store.test_submissions import CONTAINER, ROWS, arrival, receive
from wpsdesk.base.errors import Cancelled
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.desk.opening import named_unit
from wpsdesk.plan.model import Plan, UnitKind
from wpsdesk.store.copying import tables_in_order
from wpsdesk.store.documents import put_document
from wpsdesk.store.drafts import save_entry
from wpsdesk.store.errors import NotAStore, StoreInUse, WrongPassphrase
from wpsdesk.store.evidence import keep
from wpsdesk.store.identity import Identity, write_identity
from wpsdesk.store.journal import lines, note
from wpsdesk.store.opening import open_store
from wpsdesk.store.parts import keep_part, settle_file
from wpsdesk.store.rekeying import change_passphrase, renew_key
from wpsdesk.store.resending import SentSeal, SentSet, record_seal, record_set
from wpsdesk.store.reviews import Claim, InternalNote, Place, Step, add_note, add_step, put_claim
from wpsdesk.store.search import Searched, index_texts, search, search_texts
from wpsdesk.store.sent import record_sent
from wpsdesk.store.server.address import moved_path, read_pointer, write_pointer
from wpsdesk.store.server.errors import DeskNotThere, NotShared, OnlyInAFile
from wpsdesk.store.server.moving import let_in, move_to_file, move_to_server
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.shutting_out import shut_out
from wpsdesk.store.store import Store
from wpsdesk.store.submissions import HELD, FileRow, apply_delta, record_submission, set_standing
from wpsdesk.store.tables import METADATA
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import put_secret

Contents = dict[str, list[tuple[object, ...]]]
SET = Digest("5" * 64)


def everything(store: Store) -> Contents:
    """Every row of every table, as the desk reads it."""
    with store.read() as tx:
        return {
            table.name: [tuple(row) for row in tx.run(select(table).order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }


def fill(store: Store, plan: Plan) -> None:
    """Something in every table."""
    unit = named_unit("NAIR", UnitKind.MISSION, "Ambassaden i Nairobi", ("SO",), plan)
    place = Place(unit=UnitCode("FD"), year=YEAR, commitment=ROWS[0].commitment, country=None)
    step = Step(
        place=place, number=1, decision="returned", entry="e", submission=Digest("0" * 64), reason="Hvilket land?",
        language="nb", answer_by="", officer="Kari", at=NOW, told="",
    )  # fmt: skip
    with store.write() as tx:
        write_identity(tx, Identity(unit=unit, is_authority=False, edition=plan.edition, language="nb", created=NOW))
        put_secret(tx, "unit-keys", os.urandom(100))
        put_document(tx, "call", "2026", b'{"title":"Rapportering om Sudan"}')
        save_entry(tx, YEAR, FIRST, who="Kari", now=NOW, plan=plan)

        kept = keep(tx, [os.urandom(700_000)])
        index_texts(tx, "evidence", kept.digest, (Searched("", "", "Referat fra Åmot"),))
        record_sent(tx, sending())
        record_seal(tx, Digest("1" * 64), SentSeal(key=b"k", nonce=b"\0" * 12, header=b"h"))
        record_set(tx, SentSet(set_id=SET, year=YEAR, created=NOW, listing=b"l", containers=(Digest("2" * 64),)))
        keep_part(tx, SET, b"listing", 1, [os.urandom(300_000)], now=NOW)
        settle_file(tx, SET, 0, UnitCode("FD"))
        add_step(tx, step)
        add_note(tx, InternalNote(place=place, officer="Ola", at=NOW, text="Ring dem"))
        put_claim(tx, Claim(place=place, officer="Ola", since=NOW))
        note(tx, "exported", who="Kari", now=NOW)

    first = receive(store, CONTAINER)
    with store.write() as tx:
        delta = arrival(b"delta", seq=2)
        record_submission(
            tx, delta, [b"delta"], (), report=None, files=(FileRow(Digest("3" * 64), 7),), base=first.digest
        )
        apply_delta(tx, delta.digest, ROWS, report=b"whole")
        set_standing(tx, first.digest, HELD)

        for table in tables_in_order():
            if tx.run(select(table)).all() == []:
                tx.run(insert(table), made_up(tx, table))


def made_up(tx: Tx, table: Table) -> dict[str, object]:
    """A row for a table that the above says nothing of, so that a new table is compared from its first day."""
    values: dict[str, object] = {}
    for column in table.columns:
        (key, *_) = (*column.foreign_keys, None)
        kind = column.type.python_type
        values[column.name] = (
            tx.run(select(func.min(key.column))).scalar_one() if key else kind(b"7") if kind is bytes else kind(7)
        )
    return values


def moved(tx: Tx) -> None:
    note(tx, "moved", who="UD", now=NOW)


def nothing(_tx: Tx) -> None:
    return


def but_for_the_last(contents: Contents, lines_added: int) -> Contents:
    return {**contents, "journal": contents["journal"][:-lines_added]}


def test_a_desk_is_moved_to_a_server_and_back_without_a_byte_lost(made: Made, plan: Plan) -> None:
    path = made.path
    with closing(open_store(path, PASSPHRASE)) as store:
        fill(store, plan)
        before = everything(store)
        found = texts_found(store)
        with pytest.raises(StoreInUse):
            move_to_server(path, PASSPHRASE, fresh_address(), moved)
    assert [name for name, rows in before.items() if not rows] == []
    assert {table.name for table in tables_in_order()} == set(before)

    move_to_server(path, PASSPHRASE, fresh_address(), moved)
    assert is_pointer(path)
    with closing(open_store(path, PASSPHRASE)) as store:
        assert but_for_the_last(everything(store), 1) == before
        assert texts_found(store) == found
        receive(store, b"received on the server", seq=3)
        there = everything(store)
    open_store(path, made.code).close()
    change_passphrase(path, PASSPHRASE, "tyttebær i skogen")
    with pytest.raises(OnlyInAFile):
        renew_key(path, "tyttebær i skogen", PASSPHRASE)
    officer = path.parent / "ola"
    officer.mkdir()
    his = let_in(path, "tyttebær i skogen", officer, "Olas egne ord")

    with closing(open_store(his, "Olas egne ord")) as left_open:
        move_to_file(path, "tyttebær i skogen", path, moved)
        assert not is_pointer(path)
        with pytest.raises(DeskNotThere), left_open.write() as tx:
            moved(tx)
    with pytest.raises(DeskNotThere):
        open_store(his, "Olas egne ord")
    with closing(open_store(path, "tyttebær i skogen")) as store:
        assert but_for_the_last(everything(store), 1) == there
        assert texts_found(store) == found
        receive(store, b"received in the file again", seq=4)
    with pytest.raises(NotShared):
        let_in(path, "tyttebær i skogen", officer, "x")
    moved_path(path).replace(path)  # the file that was, by its old name; its key file has the new words
    with closing(open_store(path, made.code)) as store:
        assert everything(store) == before


def texts_found(store: Store) -> tuple[object, ...]:
    words = ("Sudan", "aamot", "REFERAT", "radio", "finnes ikke", FIRST.effort.text[:4] or "x")
    with store.read() as tx:
        return tuple((search(tx, each), search_texts(tx, each)) for each in words)


def test_a_move_that_fails_leaves_the_desk_where_it_was(made: Made, plan: Plan) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store:
        fill(store, plan)
        before = everything(store)
    address = fresh_address()

    def stumble(tx: Tx) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        move_to_server(made.path, PASSPHRASE, address, stumble)
    with pytest.raises(WrongPassphrase):
        move_to_server(made.path, "wrong", address, moved)
    with closing(open_store(made.path, PASSPHRASE)) as store:
        assert everything(store) == before
    move_to_server(made.path, PASSPHRASE, address, moved)
    there: Path = made.path.with_name("there.wpsdesk")
    with pytest.raises(InterruptedError):
        move_to_file(made.path, PASSPHRASE, there, stumble)
    assert not there.exists()
    with closing(open_store(made.path, PASSPHRASE)) as store:
        assert but_for_the_last(everything(store), 1) == before
    move_to_file(made.path, PASSPHRASE, there, moved)
    with closing(open_store(there, PASSPHRASE)) as store, store.read() as tx:
        assert [line.what for line in lines(tx, 2)] == ["moved", "moved"]


def test_whoever_is_shut_out_opens_nothing_that_comes_after(made: Made, plan: Plan, tmp_path: Path) -> None:
    path = made.path
    with closing(open_store(path, PASSPHRASE)) as store:
        fill(store, plan)
    move_to_server(path, PASSPHRASE, fresh_address(), moved)
    officer = tmp_path / "ola"
    officer.mkdir()
    his = let_in(path, PASSPHRASE, officer, "Olas egne ord")
    with closing(open_store(path, PASSPHRASE)) as store:
        before = everything(store)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        shut_out(path, PASSPHRASE, "tyttebær i skogen", nothing, progress=stop)
    with closing(open_store(his, "Olas egne ord")) as left_open, closing(open_store(path, PASSPHRASE)) as same:
        assert everything(left_open) == everything(same) == before
        code = shut_out(path, PASSPHRASE, "tyttebær i skogen", nothing)
        with pytest.raises(DeskNotThere), left_open.write() as tx:
            moved(tx)
    with pytest.raises(DeskNotThere):
        open_store(his, "Olas egne ord")
    write_pointer(his, read_pointer(path), replace=True)  # he knows where it is now
    with pytest.raises(NotAStore):
        open_store(his, "Olas egne ord")
    with pytest.raises(WrongPassphrase):
        open_store(path, PASSPHRASE)
    open_store(path, code).close()
    with closing(open_store(path, "tyttebær i skogen")) as store:
        assert everything(store) == before
    assert shut_out(path, "tyttebær i skogen", PASSPHRASE, nothing) != code, "and once more"
    assert read_pointer(path).address.schema.endswith("_key3")
    there = tmp_path / "there.wpsdesk"
    move_to_file(path, PASSPHRASE, there, moved)
    with closing(open_store(there, PASSPHRASE)) as store:
        assert but_for_the_last(everything(store), 1) == before
