"""Meetings in the window: a meeting and its points are listed, followed up, aged, written as a pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.kit import YEAR, Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.meetings import holding
from wpsdesk.desk.meetings.holding import Told
from wpsdesk.report.meetings import MeetingKind, PointState
from wpsdesk.ui.authority.days import show_day
from wpsdesk.ui.authority.meeting_dialogs import MeetingDialog, PointDialog
from wpsdesk.ui.authority.meetings import ALL, MeetingsPage


def test_an_officer_lists_a_meeting_raises_a_point_and_follows_it_up(
    office: Office, show: Show, choose, tmp_path: Path
) -> None:
    ud = office.ud()
    shown = show(ud)
    page = shown.page("meetings")
    assert isinstance(page, MeetingsPage)
    assert not page.point_button.isEnabled()
    page.meeting_button.click()
    assert isinstance(page.dialog, MeetingDialog)
    page.dialog.kind.choose(MeetingKind.CIVIL_SOCIETY)
    QTest.keyClicks(page.dialog.subject, "Innspill")
    page.dialog.save_button.click()
    page.point_button.click()
    assert isinstance(page.dialog, PointDialog)
    page.dialog.save_button.click()
    assert page.dialog.isVisible()
    assert "punkt må si noe" in page.dialog.trouble.text()
    QTest.keyClicks(page.dialog.text, "Tallene mangler måledato.")
    page.dialog.unit.choose("FD")
    page.dialog.has_day.click()
    show_day(page.dialog.day, date(2026, 11, 1))
    page.dialog.save_button.click()
    assert shown.view.rail.button("meetings").text().endswith("  1")
    assert "1 av dem er forsinket" in page.tally.text()

    # Another officer writes the result meanwhile; what this one does not touch stays as that one wrote it.
    before = page.dialog
    QTest.keyClick(page.points.table, Qt.Key.Key_Return)
    assert isinstance(page.dialog, PointDialog)
    assert page.dialog is not before
    holding.follow_up(ud, YEAR, 1, 1, Told(result="FD har svart."))
    page.dialog.state.choose(PointState.DONE)
    page.dialog.save_button.click()
    assert page.points.rows.values == ()
    page.shown.choose(ALL)
    page.shown.activated.emit(1)
    (done,) = page.points.rows.values
    assert (done.point.state, done.point.result, done.point.unit) == (PointState.DONE, "FD har svart.", "FD")
    out = tmp_path / "pakke.html"
    choose(new=out)
    page.ask_pack()
    shown.settle()
    assert "FD har svart." in out.read_text(encoding="utf-8")


def test_a_meeting_is_removed_only_when_the_officer_says_so_twice(office: Office, show: Show) -> None:
    ud = office.ud()
    held = holding.hold(ud, YEAR, holding.About(day=date(2026, 11, 2), kind=MeetingKind.REVIEW))
    page = show(ud).page("meetings")
    assert isinstance(page, MeetingsPage)
    page.change_button.click()
    page.dialog.remove_button.click()
    assert holding.meetings(ud) == (held,)
    page.dialog.remove_button.click()
    assert holding.meetings(ud) == ()
    assert page.meetings.currentIndex() == 1, "the words for an empty table are shown"
