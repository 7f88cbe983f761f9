"""The journal in the window: narrowed, and written to a file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtGui import QPdfWriter

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.ui.authority.journal import BETWEEN, JournalPage
from wpsdesk.ui.authority.list_writing import print_list
from wpsdesk.ui.authority.printing import prepare


def test_the_journal_is_narrowed_by_unit_and_kind_and_written_to_a_file(
    office: Office, show: Show, choose, tmp_path: Path
):
    ud = office.ud()
    office.enrolled(ud, "FD")
    shown = show(ud)
    page = shown.page("journal")
    assert isinstance(page, JournalPage)
    whole = len(page.lines.rows.values)
    page.what.choose("call-made")
    page.what.activated.emit(page.what.currentIndex())
    assert [line.what for line in page.lines.rows.values] == ["call-made"]
    page.what.choose("")
    page.what.activated.emit(0)
    assert len(page.lines.rows.values) == whole
    out = tmp_path / "journal.pdf"
    choose(new=out)
    page.writing.ask_file("pdf")
    shown.settle()
    shown.qtbot.waitUntil(lambda: bool(shown.told))
    assert shown.told[-1][0] == "success"
    assert out.read_bytes().startswith(b"%PDF")


def test_the_journal_is_narrowed_to_some_days_and_printed_as_it_is_shown(office: Office, show: Show, tmp_path: Path):
    ud = office.ud()
    office.clock.wind(days=3)
    office.enrolled(ud, "FD")
    page = show(ud).page("journal")
    assert isinstance(page, JournalPage)
    first = ud.clock().astimezone().date() - timedelta(days=3)
    assert page.between.isHidden()
    page.days.choose(BETWEEN)
    page.days.activated.emit(page.days.currentIndex())
    assert not page.between.isHidden()
    for day in (page.first, page.last):
        day.setDate(QDate(first.year, first.month, first.day))
    shown = {line.what for line in page.lines.rows.values}
    assert "call-made" in shown
    assert "certificate-issued" not in shown
    paper = QPdfWriter(str(tmp_path / "journal.pdf"))
    prepare(paper)
    print_list(paper, page.listed())
    assert (tmp_path / "journal.pdf").read_bytes().count(b"/Type /Page\n") == 1
