"""A folder whose bundles are taken in by themselves, and an import that waits for a yes where there is no backup."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.base.errors import DiskFull
from wpsdesk.desk.arrivals.habits import habits, unseen
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.safety.backing_up import folder_beside
from wpsdesk.store.store import Store
from wpsdesk.ui.authority.inbox import InboxPage


def test_what_comes_to_the_folder_is_taken_in_once_it_stands_still_and_never_twice(
    office: Office, show: Show, choose, sent, tmp_path: Path
) -> None:
    ud, folder = office.ud(), tmp_path / "delt"
    folder.mkdir()
    bundle = sent(office.enrolled(ud, "FD"), "fd", 10)
    shown = show(ud)
    page = shown.page("inbox")
    assert isinstance(page, InboxPage)
    shown.view.watching.still = 3_600_000  # looked at here when the test says so, not when a clock does

    def look() -> None:
        shown.view.watching.look()
        shown.settle()

    choose(folder=folder)
    page.watch_button.click()
    assert str(folder) in page.watched.text()
    shown.settle()
    shown.view.go("coverage")  # whichever page is shown
    whole = bundle.read_bytes()
    (folder / "fd.asice.cms").write_bytes(whole[: len(whole) // 2])
    look()
    (folder / "fd.asice.cms").write_bytes(whole)
    look()
    assert inbox(ud) == ()
    look()
    shown.qtbot.waitUntil(lambda: bool(inbox(ud)), timeout=20_000)
    shown.settle()
    assert shown.view.name == "coverage"
    assert shown.told[-1] == ("success", "1 rapport mottatt.")
    assert len(list(folder_beside(ud).iterdir())) == 1
    shutil.copy(folder / "fd.asice.cms", folder / "igjen.asice.cms")
    told = list(shown.told)
    look()
    look()
    shown.qtbot.waitUntil(lambda: unseen(ud, folder) == (), timeout=20_000)
    assert shown.told == told, "what was held already is passed over in silence"
    shown.view.go("inbox")
    page.watch_button.click()
    assert habits(ud).watched is None
    assert shown.view.watching.folder is None


def test_where_the_disk_is_full_the_import_waits_for_a_yes(
    office: Office, show: Show, choose, sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    ud = office.ud()
    bundle = sent(office.enrolled(ud, "FD"), "fd", 10)

    def full(_store: Store, to: Path) -> None:
        raise DiskFull(path=to)

    monkeypatch.setattr(Store, "copy", full)
    shown = show(ud)
    page = shown.page("inbox")
    assert isinstance(page, InboxPage)
    choose(files=(bundle,))
    page.files_button.click()
    shown.settle()
    assert inbox(ud) == ()
    page.without_backup.go_on_button.click()
    shown.settle()
    assert len(inbox(ud)) == 1
