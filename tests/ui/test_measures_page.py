"""The unit's own measures over all commitments, and its follow-up document, as a person meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.evidence import specimen_files as made
from tests.kit import YEAR, answer
from tests.ui.driving import Person, key
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.evidence.follow_up import FollowUp, follow_up_of
from wpsdesk.report.model import AccessScope, Measure, MeasureStatus
from wpsdesk.ui.editors import LineEditor
from wpsdesk.ui.reporter.measures_page import MeasuresPage, Shown
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage

LATE = Measure(title="Kurs for ledere", owner="Seksjon 1", due=date(2026, 6, 1), status=MeasureStatus.UNDER_WAY)
GOES_ON = Measure(title="Veileder", result="Et utkast.")


def with_measures(person: Person) -> MeasuresPage:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    save(desk, YEAR, replace(answer(2), measures=(LATE,)))
    save(desk, Year(YEAR - 1), replace(answer(10), measures=(GOES_ON,)))
    person.sits_down_at(desk)
    return person.turns_to("measures", MeasuresPage)


def titles(page: MeasuresPage) -> list[str]:
    return [line.measure.title for line in page.list.rows.values]


def test_a_measure_is_found_filled_in_where_it_is_listed_and_reached_by_one_press(person: Person) -> None:
    page = with_measures(person)
    assert titles(page) == ["Kurs for ledere", "Veileder"]
    assert page.list.rows.data(page.list.rows.index(0, 4)) == "Over fristen"
    person.chooses(page.which, Shown.LATE)
    assert titles(page) == ["Kurs for ledere"]
    person.types(line_of(page, "result"), "To kurs er holdt.")
    person.chooses(page.fields.editors["status"].choice, MeasureStatus.DONE)  # type: ignore[attr-defined]
    person.waits(lambda: person.on_the_disk(2).measures == (
        replace(LATE, status=MeasureStatus.DONE, result="To kurs er holdt."),
    ))  # fmt: skip
    assert titles(page) == ["Kurs for ledere"], "what is being changed stays where it is"
    person.chooses(page.which, Shown.ALL)
    page.list.table.setFocus()
    person.strikes(Qt.Key.Key_Down)
    person.types(line_of(page, "owner"), "Seksjon 2")
    person.presses(page.go_button)
    report = person.page
    assert isinstance(report, ReportPage)
    assert report.key == key(10)
    assert person.on_the_disk(10).measures == (replace(GOES_ON, owner="Seksjon 2", result=""),)
    assert [m.owner for m in report.form.value().measures] == ["Seksjon 2"]


def test_a_new_measure_is_put_under_its_commitment(person: Person) -> None:
    page = with_measures(person)

    person.presses(page.add_button)
    person.chooses(page.dialog.where, key(14))
    person.types(page.dialog.name, "Rekruttering")
    person.presses(page.dialog.do_button)
    assert person.on_the_disk(14).measures == (Measure(title="Rekruttering"),)
    assert titles(page)[-1] == "Rekruttering"


def test_the_follow_up_document_is_shown_stripped_described_taken_away_and_put_back(
    person: Person, tmp_path: Path
) -> None:
    page = with_measures(person)
    overview = person.turns_to("overview", OverviewPage)
    assert overview.own is not None
    person.presses(next(link for link in overview.own.links if link.text() == "Legg det ved"))
    photo = tmp_path / "plan.jpg"
    photo.write_bytes(made.jpeg())
    person.drops(photo)
    person.waits(lambda: page.card.taking.dialog)
    dialog = page.card.taking.dialog
    assert dialog is not None
    person.presses(dialog.attach_button)
    person.settles()
    person.waits(lambda: page.card.line)
    line = page.card.line
    assert line is not None
    person.presses(line.line.toggle_button)
    person.writes_anew(line.title.line, "Oppfølgingsplan")
    person.waits(lambda: here(person).document.title == "Oppfølgingsplan")  # type: ignore[union-attr]
    person.chooses(line.access.scope.choice, AccessScope.WHOLE)  # type: ignore[attr-defined]
    person.waits(lambda: here(person).codes)
    assert page.card._trouble.isVisible()
    person.presses(line.remove_button)
    assert here(person).document is None
    person.presses(page.card.undo_button)
    assert here(person).document.title == "Oppfølgingsplan"  # type: ignore[union-attr]


def here(person: Person) -> FollowUp:
    return follow_up_of(person.desk, YEAR)


def line_of(page: MeasuresPage, name: str) -> QLineEdit:
    editor = page.fields.editors[name]
    assert isinstance(editor, LineEditor)
    return editor.line
