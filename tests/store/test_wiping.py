"""The emergency wipe: afterwards nothing can be read, by any words, from any file or from the free space."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import NOW, PASSPHRASE, Made
from tests.store.test_secrecy import WORD, write_everywhere
from wpsdesk.base.errors import FileMissing
from wpsdesk.plan.model import Plan
from wpsdesk.store.backup import backup_store, restore_store
from wpsdesk.store.errors import KeyFileMissing
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import create_store, open_store
from wpsdesk.store.rekeying import change_passphrase
from wpsdesk.store.wiping import wipe_store


def test_a_wiped_store_is_gone_with_all_that_lay_beside_it(made: Made, tmp_path: Path) -> None:
    for name in (
        "desk.before-2.wpsdesk",
        "desk.wpsdesk.new",
        "desk.wpsdesk-wal",
        ".0123456789abcdef.tmp",
        ".desk.wpsdesk.before.tmp",
    ):
        (tmp_path / name).write_bytes(b"x" * 5000)
    (tmp_path / ".fedcba9876543210.tmp").mkdir()
    (tmp_path / "desk.backups").mkdir()
    (tmp_path / "desk.backups" / "ud-20261201.wpsbackup").write_bytes(b"x" * 5000)
    others = ("other.wpsdesk", "notes.txt", "desk2.wpskeys", ".profile.tmp")
    for name in others:
        (tmp_path / name).write_bytes(b"left alone")
    wiped = wipe_store(made.path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)
    assert wiped.left == ()
    assert wiped.removed[0] == keys_path(made.path), "the key first"
    with pytest.raises(FileMissing):
        open_store(made.path, PASSPHRASE)
    with pytest.raises(FileMissing):
        wipe_store(made.path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove a file that is open")
def test_an_open_store_is_wiped_too_and_its_files_are_written_over(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)), keys_path(made.path).open("rb") as held:
        keys = held.read()
        wipe_store(made.path)
        held.seek(0)
        assert not set(keys.split(b'"')) & set(held.read().split(b'"'))
    assert not made.path.exists()
    assert not keys_path(made.path).exists()


def test_a_copy_of_the_store_taken_before_is_dead_without_the_key_file(made: Made, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    shutil.copy(made.path, tmp_path / "taken" / made.path.name)
    wipe_store(made.path)
    for words in (PASSPHRASE, made.code):
        with pytest.raises(KeyFileMissing):
            open_store(tmp_path / "taken" / made.path.name, words)


def test_a_backup_elsewhere_still_opens(made: Made, tmp_path: Path) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store:
        backup_store(store, tmp_path / "copy.wpsbackup")
    wipe_store(made.path)
    restore_store(tmp_path / "copy.wpsbackup", tmp_path / "again.wpsdesk", PASSPHRASE)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A small disk of its own: where it is mounted, and the file that holds every byte of it."""
    image, there = tmp_path / "stick.img", tmp_path / "stick"
    there.mkdir()
    with image.open("wb") as file:
        file.truncate(24 << 20)
    try:
        subprocess.run(["mkfs.ext2", "-q", image], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, there], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small disk can be mounted here: {error}")
    yield there, image
    subprocess.run(["umount", there], check=False)


def test_on_a_full_stick_nothing_can_be_found_by_reading_the_bare_disk(stick: tuple[Path, Path], plan: Plan) -> None:
    there, image = stick
    store, code = create_store(there / "desk.wpsdesk", PASSPHRASE, now=NOW)
    write_everywhere(store, plan)
    change_passphrase(there / "desk.wpsdesk", PASSPHRASE, "tyttebær i skogen")
    keys = keys_path(there / "desk.wpsdesk").read_bytes()
    with pytest.raises(OSError, match="No space") as caught, (there / "fills-it").open("wb") as file:
        while True:
            file.write(os.urandom(1 << 16))
            file.flush()
    assert caught.value.errno == errno.ENOSPC
    subprocess.run(["sync"], check=True)
    assert b"wps-keys" in image.read_bytes(), "what is looked for can be found before"
    wipe_store(there / "desk.wpsdesk")
    store.close()
    subprocess.run(["umount", there], check=True)
    disk = image.read_bytes().lower()
    wrapped = [part for part in keys.split(b'"') if len(part) > 60]
    for word in (WORD.encode(), b"beirut", PASSPHRASE.encode(), code.encode(), b"wps-keys", b"argon2id", *wrapped):
        assert word.lower() not in disk, word
