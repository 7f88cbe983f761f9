"""The matrix: what it shows, how a keyboard walks it, and the answers behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from tests.kit import YEAR, Office, answer, mission
from tests.ui.authority.conftest import Show
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import Passage, Status
from wpsdesk.ui.authority.coverage import CoveragePage
from wpsdesk.ui.authority.matrix import state_word
from wpsdesk.ui.authority.printing import prepare


@pytest.fixture
def ud(office: Office, sent) -> Desk:
    """UD's desk with FD's answers on 10 and 11 (nothing to report), and Nairobi's on 7 for Somalia."""
    nairobi = mission("NAIR", "SO")
    made = office.ud(nairobi)
    fd, abroad = office.enrolled(made, "FD"), office.enrolled(made, nairobi)
    nothing = replace(answer(11), status=Status.NOTHING_TO_REPORT, nothing_reason=Passage(text="Ingen aktivitet."))
    office.answered(fd, nothing)
    office.answered(abroad, answer(7, "SO", text="Samtaler i Mogadishu."))
    out = office.folder / "nair.asice.cms"
    export(abroad, YEAR, out, approved_by="Ola Test")
    receive(made, [sent(fd, "fd", 10), out])
    return made


def coverage_page(shown) -> CoveragePage:
    page = shown.page("coverage")
    assert isinstance(page, CoveragePage)
    return page


def stand_on(page: CoveragePage, unit: str, number: int) -> None:
    page.matrix.setCurrentIndex(page.table.place_of(unit, number))
    page.matrix.setFocus()


def test_each_cell_says_what_has_come(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    said = {key: page.table.place_of(*key) for key in (("FD", 10), ("FD", 11), ("FD", 12), ("FD", 7), ("NAIR", 7))}
    words = {key: place.data(Qt.ItemDataRole.AccessibleTextRole) for key, place in said.items()}
    assert words == {
        ("FD", 10): "FD, tiltak 10: mottatt",
        ("FD", 11): f"FD, tiltak 11: {state_word(CellState.NOTHING, page.say)}",
        ("FD", 12): "FD, tiltak 12: mangler",
        ("FD", 7): "FD, tiltak 7: ikke spurt",
        ("NAIR", 7): "Ambassaden NAIR, tiltak 7: mottatt",
    }


def test_a_screen_reader_hears_the_cell(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    place = page.table.place_of("FD", 10)
    seen = QAccessible.queryAccessibleInterface(page.matrix)
    names = {seen.child(i).text(QAccessible.Text.Name) for i in range(seen.childCount()) if seen.child(i) is not None}
    assert page.table.sentence(place.row(), place.column()) in names


def test_enter_opens_the_answer_and_escape_goes_back(ud: Desk, show: Show):
    shown = show(ud)
    page = coverage_page(shown)
    shown.view.activateWindow()
    stand_on(page, "NAIR", 6)
    QTest.keyClick(page.matrix, Qt.Key.Key_Right)
    assert page.table.key(page.matrix.currentIndex()) == ("NAIR", 7)
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    assert page.pane.isVisible()
    assert page.pane.text.isReadOnly()
    text = page.pane.text.toPlainText()
    assert "Somalia" in text
    assert "Samtaler i Mogadishu." in text
    assert "Rapport nr. 1" in text
    QTest.keyClick(page.pane.text, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    shown.qtbot.waitUntil(page.matrix.hasFocus)


def test_an_open_answer_follows_the_arrow_keys(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    page.open_thing(("FD", 10))
    stand_on(page, "FD", 10)
    QTest.keyClick(page.matrix, Qt.Key.Key_Right)
    assert "Ingen aktivitet." in page.pane.text.toPlainText()


def test_an_answer_that_is_missing_says_so(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    page.open_thing(("JD", 1))
    assert "Det er ikke kommet noe fra denne enheten for året." in page.pane.text.toPlainText()
    page.open_thing(("FD", 12))
    assert "ikke svart på dette tiltaket" in page.pane.text.toPlainText()


def test_the_filters_narrow_rows_and_columns(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    whole = (page.table.rowCount(), page.table.columnCount())
    assert whole == (8, 35)
    page.areas.menu().actions()[1].trigger()
    assert page.table.numbers == (1, 2, 3, 4)
    page.groups.menu().actions()[2].trigger()
    assert [unit.code for unit in page.table.units] == ["NAIR"]
    page.groups.menu().actions()[0].trigger()
    page.areas.menu().actions()[0].trigger()
    assert (page.table.rowCount(), page.table.columnCount()) == whole


def test_the_figures_count_units_and_answers(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    assert page.glance == (
        "2 av 8 enheter har sendt",
        "2 svar til vurdering",
        "0 svar er returnert",
        "6 enheter mangler",
    )


def test_the_matrix_follows_what_comes_in(office: Office, ud: Desk, show: Show, sent):
    shown = show(ud)
    page = coverage_page(shown)
    place = page.table.place_of("JD", 1)
    assert page.table.state(place.row(), place.column()) is CellState.MISSING
    receive(ud, [sent(office.enrolled(ud, "JD"), "jd", 1)])
    shown.context.changed.emit("submissions")
    assert page.table.state(place.row(), place.column()) is CellState.RECEIVED


def test_the_matrix_is_printed_on_paper(ud: Desk, show: Show, tmp_path: Path):
    page = coverage_page(show(ud))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "dekning.pdf"))
    prepare(printer)
    assert page.print_on(printer) == 1
    assert (tmp_path / "dekning.pdf").read_bytes().startswith(b"%PDF-")


def test_the_matrix_is_printed_to_a_file_and_never_over_another(ud: Desk, show: Show, choose, tmp_path: Path):
    shown = show(ud)
    page = coverage_page(shown)
    out = tmp_path / "dekning.pdf"
    choose(new=out)
    page.print_button.menu().actions()[1].trigger()
    shown.settle()
    shown.qtbot.waitUntil(lambda: bool(shown.told))
    assert shown.told[-1][0] == "success"
    with pikepdf.open(out) as pdf:
        assert pdf.Root.MarkInfo.Marked
    before = out.read_bytes()
    page.print_button.menu().actions()[1].trigger()
    shown.settle()
    shown.qtbot.waitUntil(lambda: len(shown.told) > 1)
    assert shown.told[-1][0] == "danger"
    assert out.read_bytes() == before


def test_without_a_call_the_page_says_how_to_begin(office: Office, show: Show):
    page = coverage_page(show(office.desk("UD")))
    assert not page.split.isVisible()
    assert not page.print_button.isEnabled()


def test_a_country_leads_to_the_units_that_it_concerns_and_on_to_the_answer(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    page.views.menu().actions()[1].trigger()
    place = page.table.place_of("SO", 7)
    assert place.data(Qt.ItemDataRole.AccessibleTextRole) == "Somalia, tiltak 7: mottatt"
    page.matrix.setCurrentIndex(place)
    page.matrix.setFocus()
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    assert [line.code for line in page.table.units] == ["NAIR"]
    assert page.views.text() == "Somalia"
    stand_on(page, "NAIR", 7)
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    assert "Samtaler i Mogadishu." in page.pane.text.toPlainText()


def test_the_matrix_narrows_to_a_state_and_its_heads_tell_the_sums(ud: Desk, show: Show):
    page = coverage_page(show(ud))
    row = next(place for place, line in enumerate(page.table.units) if line.code == "FD")
    told = page.table.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert told == "Forsvarsdepartementet: 2 av 16 besvart"
    page.states.menu().actions()[3].trigger()
    assert [line.code for line in page.table.units] == ["FD", "NAIR"]
    page.states.menu().actions()[1].trigger()
    assert page.table.rowCount() == 0


def test_a_reminder_is_copied_for_the_unit_one_stands_on_and_all_are_written(ud: Desk, show: Show, choose, tmp_path):
    shown = show(ud)
    page = coverage_page(shown)
    stand_on(page, "FD", 12)
    page.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Påminnelse: kvinner, fred og sikkerhet, rapport for 2026")
    assert "Ingen aktivitet." not in text
    choose(folder=tmp_path / "post")
    page.remind_button.click()
    shown.settle()
    shown.qtbot.waitUntil(lambda: len(shown.told) > 1)
    assert shown.told[-1][0] == "success"
    assert (tmp_path / "post" / "paaminnelse_NAIR_2026.txt").exists()
    assert not (tmp_path / "post" / "paaminnelse_UD_2026.txt").exists()
