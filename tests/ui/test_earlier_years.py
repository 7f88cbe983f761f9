"""An earlier year is read in the report's place, says so, changes nothing, and is left by one key."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.kit import YEAR, answer
from tests.ui.driving import Person, key, two_countries
from tests.ui.test_writing import passage
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.report.model import Partner
from wpsdesk.ui.reporter.earlier import EarlierYears
from wpsdesk.ui.reporter.report_page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier
EARLIER = Year(YEAR - 2)


def at_a_desk_with_years(person: Person) -> ReportPage:
    ud = person.office.ud(two_countries())
    desk = person.office.enrolled(ud, two_countries())
    told = replace(answer(5, "SO", text="Slik var det da"), partners=(Partner(name="UN Women"),))
    for year, one in ((Year(YEAR - 1), answer(7, "SO")), (EARLIER, told), (EARLIER, answer(6, "SS"))):
        drafting.save(desk, year, one)
    person.sits_down_at(desk)
    page = person.turns_to("report", ReportPage)
    page.open_thing(key(5, "SO"))
    return page


def reads(person: Person, page: ReportPage) -> EarlierYears:
    page.list.years.setFocus()
    person.strikes(Qt.Key.Key_Down)
    person.strikes(Qt.Key.Key_Down)
    found = page.reading.earlier
    assert found is not None
    assert found.isVisible()
    return found


def test_an_earlier_year_is_read_on_the_same_commitment_and_says_that_it_cannot_be_changed(person: Person) -> None:
    page = at_a_desk_with_years(person)
    found = reads(person, page)
    assert page.list.years.values == [YEAR, YEAR - 1, EARLIER]
    assert (found.year, found.key) == (EARLIER, key(5, "SO"))
    assert "Slik var det da" in found.text
    assert "UN Women" in found.text
    assert "2024" in found.notice_text
    assert "kan ikke endres" in found.notice_text
    assert found.list.numbers() == (5, 6)
    assert all(area.isReadOnly() for area in found.findChildren(QPlainTextEdit))
    lines = found.findChildren(QLineEdit)
    assert lines == [found.list.search], "nothing but the search can be written in"


def test_esc_leads_back_to_what_was_being_written_and_nothing_was_changed(person: Person) -> None:
    page = at_a_desk_with_years(person)
    person.types(passage(page, "effort").text, "I år")
    before = person.desk.store.path.stat().st_size
    assert before
    found = reads(person, page)
    person.strikes(Qt.Key.Key_PageDown, CTRL)
    assert found.key == key(6, "SS")
    person.strikes(Qt.Key.Key_Return, CTRL)
    person.strikes(Qt.Key.Key_Escape)
    person.waits(page.splitter.isVisible)
    assert not found.isVisible()
    assert page.key == key(5, "SO")
    assert passage(page, "effort").text.toPlainText() == "I år"
    assert page.list.years.chosen() == YEAR
    assert not person.on_the_disk(5, "SO").is_marked_ready, "the key that marks as ready does nothing meanwhile"
    assert drafting.entry(person.desk, EARLIER, key(6, "SS")) == answer(6, "SS")


def test_a_desk_in_its_first_year_has_no_year_to_choose(person: Person) -> None:
    page = person.reports_for("FD")
    assert not page.list.years.isVisible()


def test_files_dropped_while_an_earlier_year_is_read_are_attached_nowhere(person: Person) -> None:
    page = at_a_desk_with_years(person)
    reads(person, page)
    note = person.folder / "notat.txt"
    note.write_text("Notat")
    person.drops(note)
    person.waits(person.is_told)
    assert "Filer kan slippes" in person.is_told()


def test_words_found_in_an_earlier_year_are_read_where_they_stand(person: Person) -> None:
    page = at_a_desk_with_years(person)
    person.strikes(Qt.Key.Key_K, CTRL)
    assert person.window.desk_view is not None
    dialog = person.window.desk_view.searching.dialog
    assert dialog is not None
    person.types(dialog.words, "slik var")
    person.waits(lambda: dialog.list.value() is not None)
    person.presses(dialog.go_button)
    person.waits(lambda: page.reading.is_on)
    assert page.reading.place == (EARLIER, key(5, "SO"))


def test_a_change_of_language_keeps_the_year_that_is_read(person: Person) -> None:
    page = at_a_desk_with_years(person)
    reads(person, page)
    assert person.window.desk_view is not None
    person.window.desk_view.topline.languages.menu().actions()[1].trigger()
    person.waits(lambda: person.window.settings.language == "nn" and person.page is not page)
    assert isinstance(person.page, ReportPage)
    found = person.page.reading.earlier
    assert found is not None
    assert (found.year, found.key) == (EARLIER, key(5, "SO"))
    assert "Dei kan ikkje endrast" in found.notice_text
    assert found.isAncestorOf(person.window.focusWidget())
