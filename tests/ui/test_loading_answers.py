"""Answers from a file in the window: what will change is shown first, and nothing changes before it is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.kit import YEAR, answer
from tests.ui.driving import Person, key, two_countries
from tests.ui.test_writing import passage
from wpsdesk.base.canonical import canonical_json
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.answers.worksheets import write_worksheet
from wpsdesk.messages import word
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import Entry, Measure
from wpsdesk.ui.reporter.changes import MOST_FAULTS, ChangesDialog
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier


def answers_file(person: Person, *entries: Entry) -> Path:
    path = person.folder / "svar.json"
    path.write_bytes(canonical_json({"format": "wps-answers/1", "entries": [entry_to_json(e) for e in entries]}))
    return path


def loaded(person: Person, page: OverviewPage, path: Path) -> ChangesDialog:
    person.points_at(path, page.fill_button.click)
    person.waits(lambda: isinstance(QApplication.activeModalWidget(), ChangesDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, ChangesDialog)
    return found


def test_what_a_file_changes_is_shown_and_then_taken_in_also_where_it_is_on_the_screen(person: Person) -> None:
    report = person.reports_for("FD")
    shown = report.key
    assert shown is not None
    person.types(passage(report, "effort").text, "Før filen")
    page = person.turns_to("overview", OverviewPage)
    path = answers_file(person, answer(shown.commitment, text="Fra filen"), answer(10))
    changes = loaded(person, page, path)
    assert "i 2 svar" in changes.opening.text()
    effort = next(line for line in changes.model.lines if line.texts[0] == "Innsats")
    assert effort.texts[1:3] == ("Før filen", "Fra filen")
    assert person.on_the_disk(shown.commitment).effort.text == "Før filen", "nothing has changed yet"
    person.presses(changes.all_button)
    person.presses(changes.take_button)
    assert person.on_the_disk(shown.commitment).effort.text == "Fra filen"
    assert "2 svar" in person.is_told()
    report = person.turns_to("report", ReportPage)
    assert passage(report, "effort").text.toPlainText() == "Fra filen"


def test_a_file_that_is_left_changes_nothing(person: Person) -> None:
    person.reports_for("FD")
    page = person.turns_to("overview", OverviewPage)
    person.presses(loaded(person, page, answers_file(person, answer(2))).leave_button)
    assert person.on_the_disk(2).effort.text == ""


def test_a_file_that_says_what_the_desk_holds_has_nothing_to_take_in(person: Person) -> None:
    person.reports_for("FD")
    drafting.save(person.desk, YEAR, answer(2))
    page = person.turns_to("overview", OverviewPage)
    changes = loaded(person, page, answers_file(person, answer(2)))
    assert not changes.take_button.isEnabled()
    person.presses(changes.leave_button)


def test_the_overview_says_who_asks_and_that_no_backup_has_been_made_and_a_key_goes_on(person: Person) -> None:
    person.reports_for("FD")
    page = person.turns_to("overview", OverviewPage)
    texts = " ".join(found.text() for found in page.findChildren(QLabel))
    assert "Utenriksdepartementet ber om rapporten for 2026" in texts
    assert "ikke laget noen sikkerhetskopi" in texts
    person.strikes(Qt.Key.Key_Return, CTRL)
    assert isinstance(person.page, ReportPage)


def test_last_years_measures_stand_in_the_form_and_are_kept_when_one_begins_to_write(person: Person) -> None:
    report = person.reports_for("FD")
    drafting.save(person.desk, type(YEAR)(YEAR - 1), replace(answer(2), measures=(Measure(title="Kurs"),)))
    report.open_thing(key(2))
    assert report.form.value().measures == (Measure(title="Kurs"),)
    person.types(passage(report, "effort").text, "I gang")
    person.waits(lambda: person.on_the_disk(2).measures == (Measure(title="Kurs"),))


def test_with_every_fault_told_and_the_largest_text_the_buttons_are_still_on_the_screen(person: Person) -> None:
    person.reports_for(two_countries(), percent=200)
    page, sheet = person.turns_to("overview", OverviewPage), person.folder / "ark.xlsx"
    write_worksheet(person.desk, sheet, word=lambda kind: word(kind, page.say), language="nb")
    book = openpyxl.load_workbook(sheet)
    for name in book.sheetnames[1:9]:
        for line in book[name].iter_rows():
            if line[0].value in ("status", "effort.text"):
                line[2].value = "Noe annet"
    book.save(sheet)
    changes = loaded(person, page, sheet)
    assert len(changes.faults) == 2 + MOST_FAULTS
    assert changes.height() <= person.window.height()
    for button in (changes.leave_button, changes.take_button):
        assert changes.rect().contains(button.geometry())
    person.presses(changes.leave_button)
