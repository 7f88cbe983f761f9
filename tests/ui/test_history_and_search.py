"""History, search and worksheets at the window, as a person drives them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.kit import YEAR, answer
from tests.ui.driving import Person, key
from wpsdesk.base.canonical import canonical_json
from wpsdesk.desk.answers.drafting import save
from wpsdesk.report.codec import entry_to_json
from wpsdesk.ui.reporter.changes import ChangesDialog
from wpsdesk.ui.reporter.history import HistoryDialog
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.searching import SearchDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def dialog(person: Person, kind: type) -> object:
    person.waits(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def searched(person: Person, words: str) -> SearchDialog:
    person.strikes(Qt.Key.Key_K, CTRL)
    found = dialog(person, SearchDialog)
    assert isinstance(found, SearchDialog)
    person.types(found.words, words)
    return found


def test_words_are_found_from_anywhere_and_enter_goes_there(person: Person) -> None:
    person.reports_for("FD")
    save(person.desk, YEAR, answer(10, text="Seminar om patruljer i Ålesund."))
    person.turns_to("send", object)  # type: ignore[type-var]
    search = searched(person, "patrulj aalesund")
    assert search.count.text() == "1 sted"
    assert "Seminar om patruljer" in search.text.toPlainText()
    person.qtbot.keyClick(search.words, Qt.Key.Key_Return)
    person.waits(lambda: isinstance(person.page, ReportPage) and person.page.key == key(10))


def test_what_is_not_there_is_told(person: Person) -> None:
    person.reports_for("FD")
    search = searched(person, '"NEAR(')
    assert search.count.text().startswith("Ordene finnes ingen steder.")
    assert not search.go_button.isEnabled()


def test_the_history_of_a_field_is_a_key_away_and_brings_it_back(person: Person) -> None:
    page = person.reports_for("FD")
    person.office.clock.wind(minutes=-10)
    save(person.desk, YEAR, answer(1, text="Først."))
    person.office.clock.wind(minutes=10)
    save(person.desk, YEAR, answer(1, text="Siden."))
    page.open_entry(key(1))
    page.go_to("effort")
    person.strikes(Qt.Key.Key_H, CTRL)
    history = dialog(person, HistoryDialog)
    assert isinstance(history, HistoryDialog)
    assert history.filter.chosen() == "effort"
    assert "Tatt ut: Først." in history.text.accessibleDescription()
    assert "Satt inn: Siden." in history.text.accessibleDescription()
    person.qtbot.keyClick(history.list, Qt.Key.Key_Down)
    person.presses(history.field_button)
    person.waits(lambda: person.on_the_disk(1).effort.text == "Først.")
    assert page.form.value().effort.text == "Først."


def test_a_worksheet_goes_out_and_what_it_would_change_is_shown_first(person: Person, tmp_path: Path) -> None:
    person.reports_for("FD")
    save(person.desk, YEAR, answer(1))
    page = person.turns_to("overview", OverviewPage)
    out = tmp_path / "ark.xlsx"
    person.points_at(out, lambda: person.presses(page.write_button))
    person.settles()
    book = openpyxl.load_workbook(out)
    rows = {row[0].value: row[2] for row in book["1"].iter_rows(min_row=2)}
    rows["effort.text"].value = "Fra arket."
    rows["results.text"].value = "Også fra arket."
    book.save(out)
    save(person.desk, YEAR, answer(1, text="Endret her."))
    person.drops(out)
    proposal = dialog(person, ChangesDialog)
    assert isinstance(proposal, ChangesDialog)
    assert [line.texts[0] for line in proposal.model.lines[1:]] == ["Innsats", "Resultater"]
    assert [line.texts[3] for line in proposal.model.lines[1:]] == ["Også endret her", ""]
    assert proposal.model.ticked == {1}
    assert person.on_the_disk(1).results.text == "Et resultat."
    person.presses(proposal.take_button)
    person.waits(lambda: person.on_the_disk(1).results.text == "Også fra arket.")
    assert person.on_the_disk(1).effort.text == "Endret her."


def test_a_whole_answer_or_one_field_of_it_is_ticked_by_the_space_bar(person: Person, tmp_path: Path) -> None:
    person.reports_for("FD")
    save(person.desk, YEAR, answer(1))
    page = person.turns_to("overview", OverviewPage)
    path = tmp_path / "svar.json"
    told = [entry_to_json(each) for each in (answer(1, text="Fra filen."), answer(10))]
    path.write_bytes(canonical_json({"format": "wps-answers/1", "entries": told}))
    person.points_at(path, lambda: person.presses(page.fill_button))
    changes = dialog(person, ChangesDialog)
    assert isinstance(changes, ChangesDialog)
    assert changes.model.lines[1].texts[3] == "Står her allerede"
    assert 0 not in changes.model.ticked
    assert "Satt inn: Fra filen" in changes.text.accessibleDescription()
    person.qtbot.keyClick(changes.table, Qt.Key.Key_Space)
    assert 0 in changes.model.ticked
    person.presses(changes.none_button)
    assert not changes.take_button.isEnabled()
    person.qtbot.keyClick(changes.table, Qt.Key.Key_Down)  # the head of the next answer
    person.qtbot.keyClick(changes.table, Qt.Key.Key_Space)
    person.presses(changes.take_button)
    person.waits(lambda: person.on_the_disk(10).effort.text)
    assert person.on_the_disk(10).is_marked_ready
    assert person.on_the_disk(1) == answer(1)


@pytest.mark.parametrize(("language", "percent"), [("nb", 100), ("nn", 200), ("en", 100), ("nb", 200)])
def test_the_dialogs_fit_the_window(person: Person, language: str, percent: int) -> None:
    page = person.reports_for("FD", language=language, percent=percent)
    save(person.desk, YEAR, answer(1, text="Innsats i året som gikk."))
    page.open_entry(key(1))
    page.show_history()
    history = dialog(person, HistoryDialog)
    assert isinstance(history, HistoryDialog)
    assert history.width() <= 1366
    assert history.height() <= 768
    history.reject()
    search = searched(person, "innsats")
    assert search.width() <= 1366
    assert search.height() <= 768
    search.reject()
