"""A store with one bad page anywhere: what can be read is saved into a new one, and what is missing is named."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.errors import FileExistsAlready
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.store import keyfile
from wpsdesk.store.backup import backup_store
from wpsdesk.store.errors import DamagedBackup, DamagedStore, WrongPassphrase
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.mending import What
from wpsdesk.store.opening import integrity, open_store
from wpsdesk.store.repairing import Repaired, carry_over, repair_store
from wpsdesk.store.sqlcipher import StoreKey, connect
from wpsdesk.store.store import Store

PAGE = 16384
NAMED = {
    "fd": {(What.EVIDENCE, "film.bin"), (What.ANSWER, "2026: 12")},
    "ud": {(What.SUBMISSION, "FD 2026 1")},
}
DERIVED = ("draft_texts", "searched_texts", "sqlite_")
REMADE = {"drafts", "evidence", "searched"}  # what is made again of what stands elsewhere


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A unit's desk and UD's, after a report with a film has gone from one to the other."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder=folder)
    ud = office.ud()
    fd = office.answered(
        office.enrolled(ud, "FD"), *(answer(number, text="Samråd i Bodø. " * 90) for number in range(1, 13))
    )
    film = folder / "film.bin"
    film.write_bytes(bytes(range(256)) * 700)
    attach(fd, YEAR, answer(1).key, [film])
    receive(ud, [export(fd, YEAR, folder, approved_by="Ola Godkjenner").path])
    paths = {"fd": fd.store.path, "ud": ud.store.path}
    backup_store(fd.store, folder / "fd.backup")
    office.close()
    return paths


def key_of(path: Path) -> StoreKey:
    return keyfile.unlock(keyfile.read_keys(keys_path(path)), PASSPHRASE, path)


def contents(path: Path, key: StoreKey) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table that is not made of others."""
    with closing(connect(path, key)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: set(connection.execute(f'SELECT * FROM "{name}"').fetchall())
            for name in names
            if not name.startswith(DERIVED)
        }


def damaged(store: Path, folder: Path, page: int, *, at: int = 4000) -> Path:
    copy = folder / f"page-{page}.wpsdesk"
    shutil.copyfile(store, copy)
    shutil.copyfile(keys_path(store), keys_path(copy))
    with copy.open("r+b") as stream:
        stream.seek(page * PAGE + at)
        byte = stream.read(1)[0]
        stream.seek(page * PAGE + at)
        stream.write(bytes([byte ^ 1]))
    return copy


def repaired(copy: Path) -> tuple[Path, Repaired]:
    to = copy.with_name(f"{copy.stem}-repaired.wpsdesk")
    return to, repair_store(copy, to, PASSPHRASE, PASSPHRASE)


@pytest.mark.parametrize("name", ["fd", "ud"])
def test_whichever_page_is_bad_the_rest_is_saved_and_the_loss_is_told(
    desks: dict[str, Path], name: str, tmp_path: Path
) -> None:
    key = key_of(desks[name])
    whole = contents(desks[name], key)
    made = tmp_path / "made"
    told = gone = 0
    named: set[tuple[What, str]] = set()
    pages = desks[name].stat().st_size // PAGE
    for page in range(1, pages):
        copy = damaged(desks[name], tmp_path, page)
        before = copy.read_bytes()
        try:
            _, lost = carry_over(copy, key, made, key)
        except DamagedStore:  # the list of tables itself
            gone += 1
            assert not made.exists()
            continue
        left = contents(made, key)
        assert {table for table in whole if left[table] - whole[table]} <= REMADE, page
        missing = {table for table, rows in whole.items() if rows - left[table]}
        assert lost or missing <= REMADE, (page, missing)
        told += bool(lost)
        named |= {(loss.what, loss.name) for loss in lost if loss.name}
        assert copy.read_bytes() == before
        made.unlink()
    assert told > 3
    assert NAMED[name] <= named
    assert gone <= 4


@pytest.mark.parametrize("name", ["fd", "ud"])
def test_a_repaired_desk_opens_and_is_found_to_be_sound(desks: dict[str, Path], name: str, tmp_path: Path) -> None:
    copy = damaged(desks[name], tmp_path, desks[name].stat().st_size // PAGE - 2)
    with pytest.raises(DamagedStore), closing(_store(copy)) as store:
        if integrity(store):
            raise DamagedStore(path=copy)
    to, found = repaired(copy)
    for words in (PASSPHRASE, found.recovery_code):
        with closing(open_store(to, words)) as store:
            assert integrity(store) == ()


def _store(path: Path) -> Store:
    return open_store(path, PASSPHRASE)


def test_without_damage_nothing_is_lost_and_everything_is_found(desks: dict[str, Path], tmp_path: Path) -> None:
    to = tmp_path / "new.wpsdesk"
    assert repair_store(desks["fd"], to, PASSPHRASE, PASSPHRASE).lost == ()
    assert contents(to, key_of(to)) == contents(desks["fd"], key_of(desks["fd"]))
    desk = open_desk(to, PASSPHRASE, clock=Office(folder=tmp_path).clock)
    assert len(words_found(desk, "samråd bodø")) >= 12
    assert words_found(desk, "film")
    close_desk(desk)


def words_found(desk: Desk, words: str) -> list[object]:
    return list(search(desk, words))


def test_a_bit_flipped_in_the_open_beginning_costs_nothing(desks: dict[str, Path], tmp_path: Path) -> None:
    to, found = repaired(damaged(desks["fd"], tmp_path, 0, at=3))
    assert found.lost == ()
    assert contents(to, key_of(to)) == contents(desks["fd"], key_of(desks["fd"]))


def test_where_the_list_of_tables_is_gone_it_is_said_so_and_nothing_is_left_behind(
    desks: dict[str, Path], tmp_path: Path
) -> None:
    copy = damaged(desks["fd"], tmp_path, 0)
    with pytest.raises(DamagedStore):
        repaired(copy)
    assert {path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")} == {
        copy.name,
        keys_path(copy).name,
    }


def test_a_damaged_backup_is_repaired_too(desks: dict[str, Path], tmp_path: Path) -> None:
    backup = tmp_path / "fd.backup"
    data = bytearray((desks["fd"].parent / "fd.backup").read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    to = tmp_path / "new.wpsdesk"
    assert repair_store(backup, to, PASSPHRASE, PASSPHRASE).rows > 50
    backup.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedBackup):
        repair_store(backup, tmp_path / "other.wpsdesk", PASSPHRASE, PASSPHRASE)


def test_wrong_words_repair_nothing_and_nothing_is_written_over(desks: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        repair_store(desks["fd"], tmp_path / "new.wpsdesk", "noe helt annet enn den", PASSPHRASE)
    with pytest.raises(FileExistsAlready):
        repair_store(desks["fd"], desks["ud"], PASSPHRASE, PASSPHRASE)
