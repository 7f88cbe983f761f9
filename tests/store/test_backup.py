"""A backup is the whole store, and brings it back."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import IN_A_FILE, PASSPHRASE, Made
from tests.store.test_opening import flip
from wpsdesk.base.errors import FileExistsAlready, FileMissing
from wpsdesk.store.backup import CONTENTS, KEYS, STORE, backup_store, restore_store
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import DamagedBackup, DamagedStore, NewerStore, NotABackup, StoreInUse, WrongPassphrase
from wpsdesk.store.evidence import keep, read
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.opening import open_store
from wpsdesk.store.rekeying import change_passphrase
from wpsdesk.store.store import Store

EVIDENCE = os.urandom(700_000)


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    with store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
        keep(tx, [EVIDENCE])
    backup_store(store, tmp_path / "desk.wpsbackup")
    return tmp_path / "desk.wpsbackup"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    (tmp_path / "there").mkdir()
    return tmp_path / "there" / "desk.wpsdesk"


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], None], *, compression: int = 0) -> Path:
    """The backup with its contents changed."""
    with zipfile.ZipFile(backup) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    change(contents)
    with zipfile.ZipFile(backup, "w", compression) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return backup


def assert_nothing_was_laid(there: Path) -> None:
    assert [path.name for path in there.parent.iterdir() if path.suffix != ".lock"] == []


def test_everything_comes_back_from_a_backup(backup: Path, there: Path) -> None:
    restore_store(backup, there, PASSPHRASE)
    with closing(open_store(there, PASSPHRASE)) as store, store.write() as tx:
        assert document(tx, "call", "2026") == b"the call"
        assert b"".join(read(tx, keep(tx, [EVIDENCE]).digest)) == EVIDENCE
        put_document(tx, "call", "2027", b"it can be written too")
    assert {path.stat().st_mode & 0o777 for path in there.parent.iterdir()} == {0o600}


def test_a_backup_is_made_while_the_store_is_in_use(store: Store, tmp_path: Path, there: Path) -> None:
    with store.write() as tx:
        put_document(tx, "call", "2026", b"not yet committed")
        backup_store(store, tmp_path / "desk.wpsbackup")
    restore_store(tmp_path / "desk.wpsbackup", there, PASSPHRASE)
    with closing(open_store(there, PASSPHRASE)) as restored, restored.read() as tx:
        assert document(tx, "call", "2026") is None


def test_a_backup_is_one_private_file_of_three_stored_members(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert archive.namelist() == [CONTENTS, KEYS, STORE]
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
        assert json.loads(archive.read(CONTENTS))["format"] == "wps-backup/1"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not [path for path in backup.parent.iterdir() if path.suffix == ".tmp"]


@IN_A_FILE
def test_a_backup_opens_with_the_recovery_code(backup: Path, there: Path, made: Made) -> None:
    restore_store(backup, there, made.code)
    open_store(there, PASSPHRASE).close()


def test_a_backup_opens_with_the_passphrase_of_its_day(backup: Path, there: Path, store: Store) -> None:
    change_passphrase(store.path, PASSPHRASE, "tyttebær i skogen")
    with pytest.raises(WrongPassphrase) as caught:
        restore_store(backup, there, "tyttebær i skogen")
    assert caught.value.path == backup
    assert_nothing_was_laid(there)
    restore_store(backup, there, PASSPHRASE)


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"dear")
    with pytest.raises(FileExistsAlready):
        backup_store(store, tmp_path / "letter")
    assert (tmp_path / "letter").read_bytes() == b"dear"


@IN_A_FILE
def test_a_backup_of_a_damaged_store_is_not_made(store: Store, backup: Path, tmp_path: Path) -> None:
    store.close()
    flip(store.path, store.path.stat().st_size - 5000)
    with closing(open_store(store.path, PASSPHRASE)) as damaged, pytest.raises(DamagedStore):
        backup_store(damaged, tmp_path / "second.wpsbackup")
    assert not (tmp_path / "second.wpsbackup").exists()
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


@pytest.mark.parametrize("place", ["store", "keys"])
def test_restoring_never_writes_over_a_file(backup: Path, there: Path, place: str) -> None:
    taken = there if place == "store" else keys_path(there)
    taken.write_bytes(b"precious")
    with pytest.raises(FileExistsAlready) as caught:
        restore_store(backup, there, PASSPHRASE)
    assert caught.value.path == taken
    assert taken.read_bytes() == b"precious"


def test_restoring_to_a_place_that_is_in_use(backup: Path, there: Path) -> None:
    lock = StoreLock(there)
    with pytest.raises(StoreInUse):
        restore_store(backup, there, PASSPHRASE)
    lock.release()


def test_a_backup_that_is_not_there(there: Path) -> None:
    with pytest.raises(FileMissing):
        restore_store(there.with_name("none"), there, PASSPHRASE)
    assert_nothing_was_laid(there)


@pytest.mark.parametrize("at", [0.3, 0.9])
def test_a_bit_flipped_in_a_backup_is_found_before_anything_is_laid(backup: Path, there: Path, at: float) -> None:
    flip(backup, int(backup.stat().st_size * at))
    with pytest.raises(DamagedBackup):
        restore_store(backup, there, PASSPHRASE)
    assert_nothing_was_laid(there)


def test_a_backup_cut_short_is_damaged(backup: Path, there: Path) -> None:
    with backup.open("r+b") as stream:
        stream.truncate(backup.stat().st_size // 2)
    with pytest.raises(DamagedBackup):
        restore_store(backup, there, PASSPHRASE)
    assert_nothing_was_laid(there)


def swapped_store(contents: dict[str, bytes]) -> None:
    """Other bytes as the store, with the digest to fit."""
    contents[STORE] = b"x" * len(contents[STORE])
    refit(contents)


def swapped_keys(contents: dict[str, bytes]) -> None:
    contents[KEYS] = b"{}"
    refit(contents)


def refit(contents: dict[str, bytes]) -> None:
    from wpsdesk.base.canonical import canonical_json, sha256

    files = {name: {"sha256": sha256(contents[name]), "size": len(contents[name])} for name in (STORE, KEYS)}
    contents[CONTENTS] = canonical_json({"format": "wps-backup/1", "files": files})


@pytest.mark.parametrize("change", [swapped_store, swapped_keys])
def test_contents_that_fit_their_digests_must_still_open(
    backup: Path, there: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    with pytest.raises(DamagedBackup):
        restore_store(rewritten(backup, change), there, PASSPHRASE)
    assert_nothing_was_laid(there)


@pytest.mark.parametrize(
    "change",
    [
        lambda contents: contents.pop(KEYS),
        lambda contents: contents.update({"../extra": b""}),
        lambda contents: contents.update({CONTENTS: b"{}"}),
        lambda contents: contents.update({CONTENTS: b"x" * 100_000}),
        lambda contents: contents.update({CONTENTS: contents[CONTENTS].replace(b"wps-backup/1", b"other/1")}),
    ],
    ids=["a member short", "a member more", "empty contents", "huge contents", "another format"],
)
def test_another_zip_is_no_backup(backup: Path, there: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with pytest.raises(NotABackup):
        restore_store(rewritten(backup, change), there, PASSPHRASE)
    assert_nothing_was_laid(there)


def test_a_compressed_zip_is_no_backup(backup: Path, there: Path) -> None:
    with pytest.raises(NotABackup):
        restore_store(rewritten(backup, lambda contents: None, compression=zipfile.ZIP_DEFLATED), there, PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"a letter"])
def test_another_file_is_no_backup(tmp_path: Path, there: Path, data: bytes) -> None:
    (tmp_path / "letter").write_bytes(data)
    with pytest.raises(NotABackup):
        restore_store(tmp_path / "letter", there, PASSPHRASE)
    assert_nothing_was_laid(there)


def test_a_backup_of_a_newer_program_is_refused_as_such(backup: Path, there: Path) -> None:
    newer = rewritten(
        backup, lambda c: c.update({CONTENTS: c[CONTENTS].replace(b"wps-backup/1", b"wps-backup/2")})
    )  # fmt: skip
    with pytest.raises(NewerStore) as caught:
        restore_store(newer, there, PASSPHRASE)
    assert (caught.value.path, caught.value.version) == (backup, 2)
