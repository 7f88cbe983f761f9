"""Killed, or without room: what was acknowledged is there, and what was not is not half there."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import IN_A_FILE, NOW, PASSPHRASE, Made
from tests.store.test_submissions import ROWS, arrival
from wpsdesk.base.errors import DiskFull, FileUnwritable
from wpsdesk.store.backup import backup_store
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.evidence import keep, prune
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import create_store, integrity, open_store
from wpsdesk.store.store import Store
from wpsdesk.store.submissions import record_submission, submissions

WRITER = """
import itertools, os, sys
from pathlib import Path
from wpsdesk.store.documents import put_document
from wpsdesk.store.opening import open_store

store = open_store(Path(sys.argv[1]), sys.argv[2])
for number in itertools.count(int(sys.argv[3])):
    with store.write() as tx:
        put_document(tx, "a", f"{number:09}", os.urandom(1500))
        put_document(tx, "b", f"{number:09}", os.urandom(1500))
    print(number, flush=True)
"""

MIB = 1 << 20


def commits_until_killed(path: Path, first: int, acknowledged: int) -> int:
    """Let another process commit, kill it without warning, and return the last commit that it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path), PASSPHRASE, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        numbers = [int(writer.stdout.readline()) for _ in range(acknowledged)]
        writer.kill()
        numbers += [int(line) for line in writer.stdout if line.endswith("\n")]
    return numbers[-1]


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(made: Made) -> None:
    last = -1
    for acknowledged in (1, 40, 150):
        last = commits_until_killed(made.path, last + 1, acknowledged)
        with closing(open_store(made.path, PASSPHRASE)) as store, store.read() as tx:  # no lock is left behind
            a, b = (dict(documents(tx, kind)) for kind in "ab")
            assert a.keys() == b.keys()  # a transaction is whole or not there
            assert a.keys() >= {f"{number:09}" for number in range(last + 1)}
            last = max(map(int, a))
    with closing(open_store(made.path, PASSPHRASE)) as store:
        assert integrity(store) == ()


@IN_A_FILE
def test_a_store_without_room_keeps_what_it_had(store: Store) -> None:
    with store.write() as tx:
        put_document(tx, "call", "2026", b"the call")
        pages = tx.run(text("PRAGMA page_count")).scalar_one()
        tx.run(text(f"PRAGMA max_page_count={pages + 5}"))
    with pytest.raises(DiskFull) as caught, store.write() as tx:
        put_document(tx, "call", "2026", b"x" * MIB)
    assert caught.value.path == store.path
    with pytest.raises(DiskFull), store.write() as tx:
        keep(tx, [os.urandom(MIB)])
    data = os.urandom(MIB)
    with pytest.raises(DiskFull), store.write() as tx:
        record_submission(tx, arrival(data), [data], ROWS, report=b"")
    with store.write() as tx:
        assert document(tx, "call", "2026") == b"the call"
        assert submissions(tx) == prune(tx) == ()
        put_document(tx, "call", "2027", b"a little goes on")
    assert integrity(store) == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("a small disk can only be mounted by root")
    command = [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # whatever a failing test left open


def fill_up(disk: Path, *, but_for: int) -> None:
    (disk / "ballast").write_bytes(b"\0" * (shutil.disk_usage(disk).free - but_for))


def test_a_disk_that_is_really_full(small_disk: Path, made: Made) -> None:
    path = small_disk / "desk.wpsdesk"
    shutil.copy(made.path, path)
    shutil.copy(keys_path(made.path), keys_path(path))
    with closing(open_store(path, PASSPHRASE)) as store:
        with store.write() as tx:
            put_document(tx, "call", "2026", b"the call")
        with pytest.raises(DiskFull), store.write() as tx:
            keep(tx, [os.urandom(4 * MIB)])
        with store.read() as tx:
            assert document(tx, "call", "2026") == b"the call"
    fill_up(small_disk, but_for=150_000)
    with closing(open_store(path, PASSPHRASE)) as store:
        with pytest.raises(DiskFull):
            backup_store(store, small_disk / "desk.wpsbackup")
        with store.read() as tx:
            assert document(tx, "call", "2026") == b"the call"
        assert integrity(store) == ()
    names = {"ballast", "desk.wpsdesk", "desk.wpskeys", "desk.wpsdesk.lock"}
    assert {found.name for found in small_disk.iterdir()} == names


def test_no_half_made_store_is_left_on_a_full_disk(small_disk: Path) -> None:
    fill_up(small_disk, but_for=40_000)
    with pytest.raises(DiskFull):
        create_store(small_disk / "desk.wpsdesk", PASSPHRASE, now=NOW)
    assert {found.name for found in small_disk.iterdir()} <= {"ballast", "desk.wpsdesk.lock"}


@IN_A_FILE
def test_a_write_that_the_system_cuts_off_is_a_fault_of_the_file(store: Store) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, hard))
    try:
        with pytest.raises(FileUnwritable), store.write() as tx:
            put_document(tx, "call", "2026", b"x" * (3 * MIB))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with store.write() as tx:
        assert document(tx, "call", "2026") is None
        put_document(tx, "call", "2026", b"the call")
    assert integrity(store) == ()
