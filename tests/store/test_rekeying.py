"""Other words and another key for a store: whenever the power goes, the old or the new words open it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import PASSPHRASE, Made
from wpsdesk.base.errors import Cancelled
from wpsdesk.store.backup import backup_store, restore_store
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.errors import StoreInUse, WrongPassphrase
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import integrity, open_store, renewed_path
from wpsdesk.store.rekeying import change_passphrase, opens, renew_key, renew_recovery_code

NEW = "tyttebær i skogen ved elva"
TOUCHES = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate"}


def filled(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)) as store, store.write() as tx:
        put_document(tx, "a", "b", b"held " * 200_000)


def ways_in(path: Path, *words: str) -> list[str]:
    """Which of the words open the store, with all that it held."""
    found = []
    for one in words:
        try:
            with closing(open_store(path, one)) as store, store.read() as tx:
                assert document(tx, "a", "b") == b"held " * 200_000
                assert integrity(store) == ()
                found.append(one)
        except WrongPassphrase:
            pass
    return found


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do the work in another process, which is killed at the ``step``-th touch of a file; whether it was."""
    child = os.fork()
    if child == 0:
        left = step

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in TOUCHES and (event != "open" or arguments[1] not in (None, "r", "rb")):
                if left == 0:
                    os._exit(9)
                left -= 1

        sys.addaudithook(watch)
        try:
            work()
        except BaseException:  # noqa: BLE001 - told by the exit code
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process to kill")
@pytest.mark.parametrize("work", [change_passphrase, renew_key], ids=["passphrase", "whole"])
def test_killed_at_any_step_the_old_or_the_new_passphrase_opens_it(
    made: Made, tmp_path: Path, work: Callable[[Path, str, str], object]
) -> None:
    filled(made)
    outcomes = []
    step = 0
    while True:
        folder = tmp_path / f"step-{step}"
        folder.mkdir()
        path = folder / made.path.name
        shutil.copy(made.path, path)
        shutil.copy(keys_path(made.path), keys_path(path))
        was_killed = killed_at(step, lambda path=path: work(path, PASSPHRASE, NEW))
        found = ways_in(path, PASSPHRASE, NEW)
        assert len(found) == 1, (step, found)
        outcomes.append(found[0])
        assert not renewed_path(path).exists()
        assert json.loads(keys_path(path).read_bytes())["format"] == "wps-keys/1", "opening ends what was begun"
        if not was_killed:
            break
        step += 1
    assert outcomes[0] == PASSPHRASE
    assert outcomes[-1] == NEW
    assert outcomes == sorted(outcomes, key=lambda one: one == NEW), "never back again"
    assert step >= 4


def test_a_store_with_a_new_key_is_opened_by_the_new_words_alone(made: Made) -> None:
    filled(made)
    before, keys_before = made.path.read_bytes(), keys_path(made.path).read_bytes()
    told: list[tuple[int, int]] = []
    code = renew_key(made.path, PASSPHRASE, NEW, progress=lambda done, total: told.append((done, total)))
    assert ways_in(made.path, PASSPHRASE, made.code, NEW, code) == [NEW, code]
    assert told[-1][0] == told[-1][1] > 0
    assert made.path.read_bytes()[:16] != before[:16]
    keys_path(made.path).write_bytes(keys_before)  # the old key file opens it no more
    with pytest.raises(Exception):  # noqa: B017, PT011 - damaged or not a store
        open_store(made.path, PASSPHRASE)


def test_a_change_of_key_can_be_stopped_and_nothing_has_changed(made: Made) -> None:
    filled(made)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    before = made.path.read_bytes(), keys_path(made.path).read_bytes()
    with pytest.raises(Cancelled):
        renew_key(made.path, PASSPHRASE, NEW, progress=stop)
    assert (made.path.read_bytes(), keys_path(made.path).read_bytes()) == before
    assert ways_in(made.path, PASSPHRASE, NEW) == [PASSPHRASE]


def test_an_open_store_gets_no_new_key(made: Made) -> None:
    with closing(open_store(made.path, PASSPHRASE)), pytest.raises(StoreInUse):
        renew_key(made.path, PASSPHRASE, NEW)


def test_a_new_recovery_code_takes_the_place_of_the_old_one_even_while_the_store_is_open(made: Made) -> None:
    filled(made)
    with closing(open_store(made.path, PASSPHRASE)):
        code = renew_recovery_code(made.path, PASSPHRASE)
        assert opens(made.path, code)
    assert ways_in(made.path, PASSPHRASE, made.code, code.lower().replace("-", " ")) == [
        PASSPHRASE,
        code.lower().replace("-", " "),
    ]
    with pytest.raises(WrongPassphrase):
        renew_recovery_code(made.path, made.code)


def test_an_old_backup_opens_with_the_old_words_and_a_new_one_with_the_new(made: Made, tmp_path: Path) -> None:
    filled(made)
    for name, words in (("old", PASSPHRASE), ("new", NEW)):
        with closing(open_store(made.path, words)) as store:
            backup_store(store, tmp_path / f"{name}.wpsbackup")
        if words == PASSPHRASE:
            renew_key(made.path, PASSPHRASE, NEW)
    for name, words in (("old", PASSPHRASE), ("new", NEW)):
        there = tmp_path / f"from-{name}.wpsdesk"
        restore_store(tmp_path / f"{name}.wpsbackup", there, words)
        assert ways_in(there, PASSPHRASE, NEW) == [words]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody hold a file that is being replaced")
def test_the_bytes_of_the_old_key_file_are_written_over(made: Made) -> None:
    before = keys_path(made.path).read_bytes()
    with keys_path(made.path).open("rb") as held:  # what would lie in the free space of the disk
        change_passphrase(made.path, PASSPHRASE, NEW)
        held.seek(0)
        remains = held.read()
    assert len(remains) == len(before)
    assert b"wrapped" not in remains
