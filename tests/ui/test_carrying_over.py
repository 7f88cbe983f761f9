"""Last year beside this year, what can be undone, and text that comes from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from tests.kit import YEAR, answer
from tests.ui.driving import Person, key, two_countries
from tests.ui.test_writing import passage
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.report.form import Group
from wpsdesk.report.model import Entry, Indicator, Partner, Status
from wpsdesk.ui.pasting import plain
from wpsdesk.ui.reporter.report_page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LAST = Year(YEAR - 1)


def at_a_desk_with(person: Person, last: Entry) -> ReportPage:
    ud = person.office.ud(two_countries())
    desk = person.office.enrolled(ud, two_countries())
    drafting.save(desk, LAST, last)
    person.sits_down_at(desk)
    page = person.turns_to("report", ReportPage)
    page.open_thing(last.key)
    return page


def test_what_was_typed_is_undone_after_another_answer_and_another_language(person: Person) -> None:
    page = person.reports_for("FD")
    area = passage(page, "effort").text
    person.types(area, "Først dette")
    person.strikes(Qt.Key.Key_PageDown, CTRL)
    person.types(passage(page, "effort").text, "Noe annet")
    person.strikes(Qt.Key.Key_PageUp, CTRL)
    assert area.toPlainText() == "Først dette"
    assert person.window.desk_view is not None
    person.window.desk_view.topline.languages.menu().actions()[1].trigger()
    person.waits(lambda: person.window.settings.language == "nn" and person.page is not page)
    assert isinstance(person.page, ReportPage)
    area = passage(person.page, "effort").text
    area.setFocus()
    while area.document().isUndoAvailable():
        person.strikes(Qt.Key.Key_Z, CTRL)
    assert area.toPlainText() == ""
    person.strikes(Qt.Key.Key_Z, CTRL, Qt.KeyboardModifier.ShiftModifier)
    assert area.toPlainText().startswith("F")


def test_a_text_changed_elsewhere_is_shown_and_the_earlier_one_is_one_undo_away(person: Person) -> None:
    page = person.reports_for("FD")
    first = page.key
    assert first is not None
    person.types(passage(page, "effort").text, "Skrevet her")
    person.strikes(Qt.Key.Key_PageDown, CTRL)
    drafting.save(person.desk, YEAR, replace(person.on_the_disk(first.commitment), effort=answer(1).effort))
    person.strikes(Qt.Key.Key_PageUp, CTRL)
    area = passage(page, "effort").text
    assert area.toPlainText() == answer(1).effort.text
    person.strikes(Qt.Key.Key_Z, CTRL)
    assert area.toPlainText() == "Skrevet her"


def test_the_next_answer_that_is_not_ready_is_one_key_away(person: Person) -> None:
    page = person.reports_for("FD")
    numbers = list(page.list.numbers())
    for number in numbers[1:4]:
        drafting.save(person.desk, YEAR, answer(number))
    page.context.changed.emit("entries")
    person.strikes(Qt.Key.Key_F8)
    assert page.key == key(numbers[4])
    for number in numbers:
        drafting.save(person.desk, YEAR, answer(number))
    page.context.changed.emit("entries")
    person.strikes(Qt.Key.Key_F8)
    assert "klart" in person.is_told()


def test_last_years_choice_is_shown_and_copied_by_its_key(person: Person) -> None:
    page = at_a_desk_with(person, answer(5, "SO"))
    line = page.form.last_lines["status"]
    assert line.text == "I fjor: I gang"
    page.form.editors["status"].setFocus()
    person.strikes(Qt.Key.Key_K, ALT)
    person.waits(lambda: person.on_the_disk(5, "SO").status is Status.UNDER_WAY)


def test_a_partner_is_copied_marked_as_unchanged_and_unmarked_when_edited(person: Person) -> None:
    page = at_a_desk_with(person, replace(answer(5, "SO"), partners=(Partner(name="UN Women"),)))
    person.presses(page.form.groups[Group.FIGURES].toggle_button)
    line = page.form.last_lines["partners"]
    assert "UN Women" in line.text
    person.presses(line.copy_button)
    person.waits(lambda: dict(person.on_the_disk(5, "SO").unchanged_since) == {"partners": LAST})
    assert "uendret siden 2025" in line.text
    person.types(page.form.editors["partners"].frames[0].editors["name"].line, " Somalia")  # type: ignore[attr-defined]
    person.waits(lambda: not person.on_the_disk(5, "SO").unchanged_since)
    assert "uendret" not in line.text


def test_last_years_figure_becomes_the_baseline_of_a_new_one(person: Person) -> None:
    told = Indicator(name="Deltakere", value=Decimal(40), unit="personer")
    page = at_a_desk_with(person, replace(answer(5, "SO"), indicators=(told,)))
    person.presses(page.form.groups[Group.FIGURES].toggle_button)
    assert "Deltakere: 40 personer" in page.form.last_lines["indicators"].text
    person.presses(page.form.last_lines["indicators"].copy_button)
    person.waits(lambda: person.on_the_disk(5, "SO").indicators)
    (found,) = person.on_the_disk(5, "SO").indicators
    assert (found.value, found.baseline, found.baseline_year) == (None, Decimal(40), LAST)


def test_an_older_year_is_named_where_a_text_has_stood_since(person: Person) -> None:
    page = at_a_desk_with(person, replace(answer(5, "SO"), unchanged_since=(("effort", Year(2024)),)))
    editor = passage(page, "effort")
    assert editor._when.text() == "I fjor, 2025, uendret siden 2024"
    editor.text.setFocus()
    person.strikes(Qt.Key.Key_K, ALT)
    assert "uendret siden 2024" in editor._count.text()
    person.types(editor.text, " Mer.")
    assert "uendret" not in editor._count.text()


def test_text_from_a_word_processor_comes_without_its_dress(person: Person) -> None:
    page = person.reports_for("FD")
    area = passage(page, "effort").text
    mime = QMimeData()
    mime.setHtml("<p style='color:red'><b>fett</b></p>")
    mime.setText("Kvin\u00adner sa “ja”\r\n•\tett\r\n\uf0b7\tto\r\n")
    QApplication.clipboard().setMimeData(mime)
    area.setFocus()
    person.strikes(Qt.Key.Key_V, CTRL)
    assert area.toPlainText() == 'Kvinner sa "ja"\n– ett\n– to\n'
    person.strikes(Qt.Key.Key_Z, CTRL)
    assert area.toPlainText() == ""


@pytest.mark.parametrize(
    ("came", "said"),
    [
        ("a\u030a", "å"),
        ("«Fred» – nå", "«Fred» – nå"),
        ("1\u00a0000 kr og\u00a0mer", "1\u00a0000 kr og mer"),
        ("o\tett\no nei", "– ett\no nei"),
        ("§ 14\n§\tpunkt", "§ 14\n– punkt"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("ord   ord \nneste", "ord ord\nneste"),
        ("\u202eomvendt\u202c", "omvendt"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_what_is_said_is_not(came: str, said: str) -> None:
    assert plain(came) == said
