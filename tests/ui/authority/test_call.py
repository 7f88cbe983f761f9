"""Making a call for reports in the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from tests.kit import YEAR, Office, mission
from tests.ui.authority.conftest import Show, in_dialog
from wpsdesk.desk.calling import current_call, load_call, root_fingerprint
from wpsdesk.ui.authority.asking import AskedDialog
from wpsdesk.ui.authority.calling import CallPage


def call_page(shown) -> CallPage:
    page = shown.page("call")
    assert isinstance(page, CallPage)
    return page


def add_nairobi(dialog: AskedDialog) -> None:
    QTest.keyClicks(dialog.code, "nair")
    QTest.keyClicks(dialog.name, "Ambassaden i Nairobi")
    QTest.keyClicks(dialog.countries.search, "soma")
    dialog.countries.view.setCurrentIndex(dialog.countries.view.model().index(0, 0))
    QTest.keyClick(dialog.countries.view, Qt.Key.Key_Space)
    dialog.some.setChecked(True)
    dialog.commitments.pick((5, 7))
    dialog.save.click()


def test_a_person_makes_a_call_that_a_mission_can_load(office: Office, show: Show, choose):
    ud = office.desk("UD")
    shown = show(ud)
    page = call_page(shown)
    page.year.choose(YEAR)
    page.deadline.setDate(QDate(2027, 3, 1))
    page.guidance.text.setPlainText("Oppgi måledato.")
    page.guidance.about.choose(7)
    page.guidance.text.setPlainText("Bare om forhandlinger.")
    in_dialog(AskedDialog, add_nairobi)
    page.add_button.click()
    out = office.folder / "bestilling.asice"
    choose(new=out)
    page.make_button.click()
    shown.settle()

    assert shown.told[-1][0] == "success"
    root = root_fingerprint(ud)
    assert root is not None
    nairobi = office.desk(mission("NAIR", "SO"))
    call = load_call(nairobi, out, root[0]).call
    assert (call.year, call.deadline, call.number) == (YEAR, date(2027, 3, 1), 1)
    asked = call.asked_of(nairobi.unit.code)
    assert asked is not None
    assert asked.commitments == (5, 7)
    assert asked.unit.covers == ("SO",)
    assert call.guidance_on(None) == "Oppgi måledato."
    assert call.guidance_on(7) == "Bare om forhandlinger."


def test_the_ministries_are_asked_about_the_plans_own_cells_and_norad_about_none(office: Office, show: Show, choose):
    shown = show(office.desk("UD"))
    page = call_page(shown)
    page.year.choose(YEAR)
    choose(new=office.folder / "bestilling.asice")
    page.make_button.click()
    shown.settle()
    call = current_call(shown.context.desk)
    assert call is not None
    cells = {asked.unit.code: len(asked.commitments) for asked in call.asked}
    assert cells == {"UD": 25, "JD": 24, "FD": 16, "KLD": 5, "KUD": 4, "AID": 4, "NORAD": 0}


def test_a_second_call_amends_the_first_and_keeps_the_missions(office: Office, show: Show, choose):
    shown = show(office.ud(mission("NAIR", "SO")))
    page = call_page(shown)
    assert page.make_button.text() == "Lag endret bestilling"
    choose(new=office.folder / "endret.asice")
    page.make_button.click()
    shown.settle()
    call = current_call(shown.context.desk)
    assert call is not None
    assert call.number == 2
    assert call.asked_of(mission("NAIR").code) is not None


def test_a_mission_can_be_taken_away_and_a_ministry_cannot(office: Office, show: Show):
    page = call_page(show(office.ud(mission("NAIR", "SO"))))
    codes = [asked.unit.code for asked in page.units.rows.values]
    page.units.table.selectRow(codes.index("FD"))
    assert not page.remove_button.isEnabled()
    page.units.table.selectRow(codes.index("NAIR"))
    page.remove_button.click()
    assert "NAIR" not in [asked.unit.code for asked in page.units.rows.values]
    assert "FD" in [asked.unit.code for asked in page.units.rows.values]


def test_a_deadline_that_has_passed_is_told_and_no_call_is_made(office: Office, show: Show, choose):
    shown = show(office.desk("UD"))
    page = call_page(shown)
    page.deadline.setDate(QDate(2026, 1, 1))
    out = office.folder / "bestilling.asice"
    choose(new=out)
    page.make_button.click()
    shown.settle()
    assert shown.told[-1][0] == "danger"
    assert current_call(shown.context.desk) is None
    assert not out.exists()


def test_a_code_that_is_taken_is_told_at_the_field(office: Office, show: Show):
    page = call_page(show(office.ud(mission("NAIR", "SO"))))
    before = page.units.rows.values
    seen: list[str] = []

    def again(dialog: AskedDialog) -> None:
        QTest.keyClicks(dialog.code, "NAIR")
        QTest.keyClicks(dialog.name, "En til")
        dialog.save.click()
        seen.append(dialog.code_field.error)
        dialog.cancel.click()

    in_dialog(AskedDialog, again)
    page.add_button.click()
    assert seen == ["Det finnes allerede en enhet med denne koden."]
    assert page.units.rows.values == before


def test_what_was_typed_survives_another_year_and_another_language(office: Office, show: Show):
    shown = show(office.desk("UD"))
    page = call_page(shown)
    page.guidance.text.setPlainText("Ikke laget ennå.")
    page.year.choose(2028)
    assert page.guidance.text.toPlainText() == ""
    page.year.choose(2026)
    assert page.guidance.text.toPlainText() == "Ikke laget ennå."
    shown.page("journal")
    shown.context.speak("en")
    again = CallPage(shown.context)
    shown.qtbot.addWidget(again)
    again.refresh()
    assert again.guidance.text.toPlainText() == "Ikke laget ennå."
