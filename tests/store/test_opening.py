"""Who gets into a store, and what everybody else is told."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import IN_A_FILE, NOW, PASSPHRASE, Made
from wpsdesk.base.errors import FileExistsAlready, FileMissing
from wpsdesk.store import sqlcipher
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import (
    BrokenRule,
    DamagedStore,
    KeyFileDamaged,
    KeyFileMissing,
    NewerStore,
    NotAStore,
    StoreInUse,
    WrongPassphrase,
)
from wpsdesk.store.keyfile import keys_path, read_keys, unlock
from wpsdesk.store.opening import create_store, integrity, open_store
from wpsdesk.store.rekeying import change_passphrase
from wpsdesk.store.store import Store

ELSEWHERE = """
import sys
from pathlib import Path
from wpsdesk.store.errors import StoreInUse
from wpsdesk.store.opening import open_store
try:
    open_store(Path(sys.argv[1]), sys.argv[2])
except StoreInUse:
    print("in use")
else:
    print("open")
"""


def opened_by_another_process(path: Path) -> str:
    command = [sys.executable, "-c", ELSEWHERE, str(path), PASSPHRASE]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ 1]))


def test_what_was_written_is_there_when_the_store_is_opened_again(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store, store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
    with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        assert document(tx, "call", "2026") == b"the call"


def test_a_block_that_raises_leaves_nothing_behind(store: Store) -> None:
    def half_done() -> None:
        with store.write() as tx:
            put_document(tx, "call", "2026", b"the call")
            raise LookupError

    with pytest.raises(LookupError):
        half_done()
    with store.read() as tx:
        assert document(tx, "call", "2026") is None


def test_a_reader_does_not_see_what_is_not_yet_committed(store: Store) -> None:
    with store.write() as writer:
        put_document(writer, "call", "2026", b"the call")
        with store.read() as reader:
            assert document(reader, "call", "2026") is None


def test_writers_on_several_threads_take_turns_and_lose_nothing(store: Store) -> None:
    def write(number: int) -> None:
        with store.write() as tx:
            before = document(tx, "sum", "") or b"0"
            put_document(tx, "sum", "", str(int(before) + number).encode())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(100)))
    with store.read() as tx:
        assert document(tx, "sum", "") == str(sum(range(100))).encode()


def test_a_writer_inside_a_writer_is_told_apart_from_waiting(store: Store) -> None:
    with store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
        with pytest.raises(BrokenRule), store.write():
            pass
    with store.write() as tx:
        assert document(tx, "call", "2026") == b"the call"


def test_a_wrong_passphrase_opens_nothing_and_says_so(made: Made) -> None:
    before = made.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        open_store(made.path, PASSPHRASE.upper())
    assert made.path.read_bytes() == before


def test_after_a_wrong_passphrase_the_right_one_still_opens(made: Made) -> None:
    with pytest.raises(WrongPassphrase):
        open_store(made.path, "wrong")
    open_store(made.path, PASSPHRASE).close()


def test_a_passphrase_typed_with_combining_letters_is_the_same(made: Made) -> None:
    open_store(made.path, PASSPHRASE.replace("å", "a\u030a").replace("Å", "A\u030a")).close()


def test_the_recovery_code_opens_the_store_however_it_is_typed(made: Made) -> None:
    assert len(made.code.replace("-", "")) >= 20
    open_store(made.path, made.code).close()
    open_store(made.path, made.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")).close()


def test_another_recovery_code_does_not_open_the_store(made: Made) -> None:
    other = ("1" if made.code[0] == "0" else "0") + made.code[1:]
    with pytest.raises(WrongPassphrase):
        open_store(made.path, other)


@IN_A_FILE
def test_a_store_is_opened_by_one_desk_at_a_time(store: Store, made: Made) -> None:
    with pytest.raises(StoreInUse):
        open_store(made.path, PASSPHRASE)
    assert opened_by_another_process(made.path) == "in use"


def test_a_closed_store_can_be_opened_by_another_process(made: Made) -> None:
    store = open_store(made.path, PASSPHRASE)
    store.close()
    store.close()
    assert opened_by_another_process(made.path) == "open"


def test_a_failed_opening_does_not_keep_the_lock(made: Made) -> None:
    with pytest.raises(WrongPassphrase):
        open_store(made.path, "wrong")
    assert opened_by_another_process(made.path) == "open"


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        open_store(tmp_path / "none.wpsdesk", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_its_key_file(made: Made) -> None:
    keys_path(made.path).unlink()
    with pytest.raises(KeyFileMissing) as caught:
        open_store(made.path, PASSPHRASE)
    assert caught.value.path == keys_path(made.path)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b'{"format":"wps-keys/1","salt":"00","slots":[]}\n'])
def test_a_key_file_that_is_none(made: Made, data: bytes) -> None:
    keys_path(made.path).write_bytes(data)
    with pytest.raises(KeyFileDamaged):
        open_store(made.path, PASSPHRASE)


def test_a_key_file_of_another_store_does_not_pass_for_damage(made: Made, tmp_path: Path) -> None:
    other, _ = create_store(tmp_path / "other.wpsdesk", PASSPHRASE, now=NOW)
    other.close()
    keys_path(made.path).write_bytes(keys_path(other.path).read_bytes())
    with pytest.raises(NotAStore):
        open_store(made.path, PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"a letter to the embassy\n" * 500], ids=["empty", "text"])
def test_a_file_that_is_no_store(made: Made, data: bytes) -> None:
    made.path.write_bytes(data)
    with pytest.raises(NotAStore):
        open_store(made.path, PASSPHRASE)
    assert made.path.read_bytes() == data


def test_a_foreign_sqlcipher_file_under_our_key_is_no_store(made: Made) -> None:
    key = unlock(read_keys(keys_path(made.path)), PASSPHRASE, made.path)
    with closing(sqlcipher.connect(made.path, key)) as connection:
        connection.execute("PRAGMA application_id=1")
    with pytest.raises(NotAStore):
        open_store(made.path, PASSPHRASE)


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_was(made: Made) -> None:
    key = unlock(read_keys(keys_path(made.path)), PASSPHRASE, made.path)
    with closing(sqlcipher.connect(made.path, key)) as connection:
        connection.execute("PRAGMA user_version=99")
    before = made.path.read_bytes()
    with pytest.raises(NewerStore) as caught:
        open_store(made.path, PASSPHRASE)
    assert caught.value.version == 99
    assert caught.value.known < 99
    assert made.path.read_bytes() == before


def test_a_bit_flipped_in_the_first_page_is_damage(made: Made) -> None:
    flip(made.path, 2000)
    with pytest.raises(DamagedStore):
        open_store(made.path, PASSPHRASE)


def test_a_bit_flipped_anywhere_is_found(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store:
        with store.write() as tx:
            put_document(tx, "call", "2026", os.urandom(400_000))
        assert integrity(store) == ()
    flip(made.path, made.path.stat().st_size - 100_000)
    with closing(open_store(made.path, PASSPHRASE)) as store:
        assert integrity(store)
        with pytest.raises(DamagedStore), store.read() as tx:
            document(tx, "call", "2026")


def test_a_store_cut_short_is_damage(made: Made) -> None:
    with made.path.open("r+b") as stream:
        stream.truncate(3 * 16384)
    with pytest.raises(DamagedStore), closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:
        document(tx, "call", "2026")


def test_making_a_store_never_writes_over_one(made: Made) -> None:
    before = made.path.read_bytes(), keys_path(made.path).read_bytes()
    with pytest.raises(FileExistsAlready):
        create_store(made.path, PASSPHRASE, now=NOW)
    made.path.rename(made.path.with_name("moved"))
    with pytest.raises(FileExistsAlready) as caught:  # the key file alone: it may be the only one
        create_store(made.path, PASSPHRASE, now=NOW)
    assert caught.value.path == keys_path(made.path)
    assert (made.path.with_name("moved").read_bytes(), keys_path(made.path).read_bytes()) == before


def test_a_store_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        create_store(tmp_path / "nowhere" / "desk.wpsdesk", PASSPHRASE, now=NOW)


def test_the_passphrase_can_be_changed_and_the_recovery_code_stays(made: Made) -> None:
    change_passphrase(made.path, PASSPHRASE, "tyttebær i skogen")
    with pytest.raises(WrongPassphrase):
        open_store(made.path, PASSPHRASE)
    open_store(made.path, "tyttebær i skogen").close()
    open_store(made.path, made.code).close()


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(made: Made) -> None:
    change_passphrase(made.path, made.code, "tyttebær i skogen")
    open_store(made.path, "tyttebær i skogen").close()


def test_a_wrong_passphrase_changes_no_key_file(made: Made) -> None:
    before = keys_path(made.path).read_bytes()
    with pytest.raises(WrongPassphrase):
        change_passphrase(made.path, "wrong", "tyttebær i skogen")
    assert keys_path(made.path).read_bytes() == before


@IN_A_FILE
def test_the_pragmas_hold_on_every_connection(store: Store) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "recursive_triggers": 1,
    }  # fmt: skip
    with store.write() as writer, store.read() as reader:
        for tx in (writer, reader):
            assert {name: tx.run(text(f"PRAGMA {name}")).scalar_one() for name in wanted} == wanted
