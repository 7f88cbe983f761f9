"""The journal in the window: narrowed, and written to a file."""

from __future__ import annotations

from pathlib import Path

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.ui.authority.journal import JournalPage


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
    page.print_button.click()
    shown.settle()
    shown.qtbot.waitUntil(lambda: bool(shown.told))
    assert shown.told[-1][0] == "success"
    assert out.read_bytes().startswith(b"%PDF")
