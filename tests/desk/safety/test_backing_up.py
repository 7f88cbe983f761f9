"""Backups: where the person keeps them, named by the day, listed, and reminded of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, Office, answer
from wpsdesk.base.errors import DiskFull, FileExistsAlready
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.opening import close_desk, restore
from wpsdesk.desk.safety.backing_up import backup, backup_in, backups, standing
from wpsdesk.desk.safety.safety_errors import BackupPlaceMissing


def test_a_backup_of_the_same_day_never_takes_the_place_of_another(office: Office, tmp_path: Path) -> None:
    desk, stick = office.desk("FD"), tmp_path / "stick"
    stick.mkdir()
    names = []
    for _ in range(3):
        names.append(backup_in(desk, stick).path.name)
        office.clock.wind(minutes=1)
    assert names == ["fd-20261201.wpsbackup", "fd-20261201-2.wpsbackup", "fd-20261201-3.wpsbackup"]
    assert [one.path.name for one in backups(desk)] == names[::-1]
    close_desk(restore(stick / names[0], tmp_path / "again.wpsdesk", PASSPHRASE, clock=office.clock))


def test_the_oldest_go_when_there_are_many_and_nobody_elses(office: Office, tmp_path: Path) -> None:
    desk, stick = office.desk("FD"), tmp_path / "stick"
    stick.mkdir()
    for name in ("fd-20200101.wpsbackup", "jd-20261201.wpsbackup"):
        (stick / name).write_bytes(b"of another machine")
    for _ in range(4):
        backup_in(desk, stick, keep=2)
        office.clock.wind(days=1)
    assert sorted(path.name for path in stick.iterdir()) == [
        "fd-20200101.wpsbackup", "fd-20261203.wpsbackup", "fd-20261204.wpsbackup", "jd-20261201.wpsbackup",
    ]  # fmt: skip
    assert [one.is_there for one in backups(desk)] == [True, True, False, False]


def test_a_stick_that_is_not_in_the_machine_gets_its_own_sentence(office: Office, tmp_path: Path) -> None:
    desk = office.desk("FD")
    for attempt in (lambda: backup_in(desk, tmp_path / "stick"), lambda: backup(desk, tmp_path / "stick" / "a")):
        with pytest.raises(BackupPlaceMissing) as caught:
            attempt()
        assert caught.value.folder == tmp_path / "stick"
    assert backups(desk) == ()


def test_a_stick_taken_out_while_it_is_written_to_gets_it_too(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, stick = office.desk("FD"), tmp_path / "stick"
    stick.mkdir()
    copy = type(desk.store).copy

    def and_out(store: object, to: Path) -> None:
        copy(store, to)  # type: ignore[arg-type]
        shutil.rmtree(stick)

    monkeypatch.setattr(type(desk.store), "copy", and_out)
    with pytest.raises(BackupPlaceMissing):
        backup_in(desk, stick)


def test_a_full_stick_is_said_and_leaves_nothing_half_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, stick = office.desk("FD"), tmp_path / "stick"
    stick.mkdir()
    usage = shutil.disk_usage(stick)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10))
    with pytest.raises(DiskFull):
        backup_in(desk, stick)
    assert list(stick.iterdir()) == []


def test_a_backup_is_due_when_something_has_changed_and_days_have_gone(office: Office, tmp_path: Path) -> None:
    desk = office.enrolled(office.ud(), "FD")
    backup(desk, tmp_path / "first")
    with pytest.raises(FileExistsAlready):
        backup(desk, tmp_path / "first")
    office.clock.wind(days=30)
    assert not standing(desk, after_days=7).is_due, "nothing has changed"
    save(desk, Year(2026), answer(1))
    found = standing(desk, after_days=7)
    assert (found.is_due, found.days) == (True, 30)
    assert found.changes >= 1
    assert not standing(desk, after_days=0).is_due, "it is not wanted"
    office.clock.wind(minutes=1)
    backup(desk, tmp_path / "second")
    assert not standing(desk, after_days=7).is_due


def test_many_changes_make_it_due_at_once(office: Office, tmp_path: Path) -> None:
    desk = office.enrolled(office.ud(), "FD")
    backup(desk, tmp_path / "first")
    for number in range(1, 36):
        office.clock.wind(seconds=1)
        save(desk, Year(2026), answer(number))
    assert not standing(desk, after_days=7).is_due
    for number in range(1, 11):
        office.clock.wind(minutes=2)
        save(desk, Year(2026), answer(number, text=f"Ny innsats {number}."))
    assert standing(desk, after_days=7).is_due
