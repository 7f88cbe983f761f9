"""A folder whose bundles are taken in by themselves, and an import that waits for a yes where there is no backup."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.flows.test_agencies import agency, asked_by
from tests.kit import YEAR, Office, answer, mission
from tests.ui.authority.conftest import Show
from wpsdesk.base.errors import DiskFull
from wpsdesk.desk.agencies.asking import described
from wpsdesk.desk.arrivals.habits import habits, unseen
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.call.calling import CallDraft, create_call
from wpsdesk.desk.model import gathering
from wpsdesk.desk.safety.backing_up import folder_beside
from wpsdesk.desk.submission.sending import export
from wpsdesk.store.store import Store
from wpsdesk.ui.agencies.gathering_page import GatheringPage
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


def test_a_ministry_watches_a_folder_for_its_agencies(office: Office, show: Show, choose, tmp_path: Path) -> None:
    fd, folder = office.enrolled(office.ud(mission()), "FD"), tmp_path / "delt"
    folder.mkdir()
    side = gathering(fd)
    shown = show(fd)
    assert shown.view.watching is None, "nobody has been asked yet"
    own = described(side, YEAR, "FFI", "Forsvarets forskningsinstitutt", (10,))
    create_call(side, CallDraft(year=YEAR, deadline=date(2027, 2, 1), asked=(own,)), office.folder / "own-call.asice")
    ffi = asked_by(office, side, agency())
    page = shown.page("agencies")
    assert isinstance(page, GatheringPage)
    page.go("inbox")
    assert isinstance(page.part, InboxPage)
    choose(folder=folder)
    page.part.watch_button.click()
    shown.view.watching.still = 3_600_000
    shown.settle()
    shown.view.go("report")
    shutil.copy(export(office.answered(ffi, answer(10)), YEAR, office.folder).path, folder)
    for _ in range(2):
        shown.view.watching.look()
        shown.settle()
    shown.qtbot.waitUntil(lambda: bool(inbox(side)), timeout=20_000)
    shown.settle()
    assert shown.view.name == "report"
    assert shown.told[-1] == ("success", "1 rapport mottatt.")


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
