"""How UD receives: a backup before the first import of a day, and a watched folder of which nothing is taken twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, Office
from wpsdesk.base.errors import DiskFull
from wpsdesk.desk.arrivals.arrival_errors import NoBackupFirst
from wpsdesk.desk.arrivals.habits import (
    back_up_first,
    habits,
    keep_backups,
    remember_seen,
    sightings,
    unseen,
    watch_folder,
)
from wpsdesk.desk.errors import OnlyTheAuthority
from wpsdesk.desk.opening import close_desk, restore
from wpsdesk.desk.safety.backing_up import folder_beside, standing
from wpsdesk.store.store import Store


def test_one_backup_is_made_a_day_and_the_oldest_go(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    keep_backups(ud, 2)
    first = back_up_first(ud)
    assert first is not None
    close_desk(restore(first.path, tmp_path / "again.wpsdesk", PASSPHRASE, clock=office.clock))
    assert back_up_first(ud) is None
    keep_backups(ud, 1)
    office.clock.wind(days=1)
    assert back_up_first(ud) is not None
    assert len(list(folder_beside(ud).iterdir())) == 1
    assert not first.path.exists()
    assert standing(ud, after_days=1).last is None, "a backup on the same disk reminds of one elsewhere"
    keep_backups(ud, 0)
    office.clock.wind(days=1)
    assert back_up_first(ud) is None
    assert back_up_first(office.enrolled(ud, "FD")) is None


def test_a_full_disk_gives_its_own_fault(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ud = office.ud()

    def full(_store: Store, to: Path) -> None:
        raise DiskFull(path=to)

    monkeypatch.setattr(type(ud.store), "copy", full)
    with pytest.raises(NoBackupFirst) as caught:
        back_up_first(ud)
    assert (caught.value.folder, caught.value.is_full) == (folder_beside(ud), True)
    assert list(folder_beside(ud).iterdir()) == []


def test_what_was_seen_in_the_folder_is_known_again_until_it_changes(office: Office, tmp_path: Path) -> None:
    ud, folder = office.ud(), tmp_path / "innboks"
    folder.mkdir()
    for name in ("fd.asice.cms", "jd.asice.cms"):
        (folder / name).write_bytes(b"x")
    (folder / "notat.txt").write_bytes(b"x")
    watch_folder(ud, folder)
    assert habits(ud).watched == folder
    assert [one.path.name for one in unseen(ud, folder)] == ["fd.asice.cms", "jd.asice.cms"]
    remember_seen(ud, sightings(folder))
    assert unseen(ud, folder) == ()
    (folder / "jd.asice.cms").write_bytes(b"xy")
    assert [one.path.name for one in unseen(ud, folder)] == ["jd.asice.cms"]
    shutil.rmtree(folder)
    assert watch_folder(ud, None).watched is None
    with pytest.raises(OnlyTheAuthority):
        watch_folder(office.enrolled(ud, "FD"), tmp_path)
