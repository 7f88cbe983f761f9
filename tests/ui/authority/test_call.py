"""Making a call for reports in the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QEvent, Qt
from PySide6.QtTest import QTest

from tests.kit import YEAR, Office, mission
from tests.ui.authority.conftest import Show, in_dialog
from wpsdesk.base.ids import CountryCode, UnitCode
from wpsdesk.desk.call.calling import current_call, load_call, root_fingerprint
from wpsdesk.plan.model import Names, UnitKind
from wpsdesk.report.questions import QuestionKind
from wpsdesk.ui.authority.asking import AskedDialog
from wpsdesk.ui.authority.calling import CallPage
from wpsdesk.ui.authority.countries_section import CountryDialog
from wpsdesk.ui.authority.days import show_day
from wpsdesk.ui.authority.listing import ListDialog
from wpsdesk.ui.authority.question_dialog import QuestionDialog


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


def test_a_ministry_can_be_taken_out_of_the_call_and_brought_back(office: Office, show: Show, choose):
    shown = show(office.ud(mission("NAIR", "SO")))
    page = call_page(shown)
    codes = [asked.unit.code for asked in page.units.rows.values]
    page.units.table.selectRow(codes.index("FD"))
    page.remove_button.click()
    choose(new=office.folder / "uten.asice")
    page.make_button.click()
    shown.settle()
    call = current_call(shown.context.desk)
    assert call is not None
    assert call.asked_of(UnitCode("FD")) is None

    def back(dialog: AskedDialog) -> None:
        QTest.keyClicks(dialog.code, "FD")
        dialog.save.click()

    in_dialog(AskedDialog, back)
    page.add_button.click()
    again = next(asked for asked in page.units.rows.values if asked.unit.code == "FD")
    assert again.unit.names.nb == "Forsvarsdepartementet"


def test_an_agency_is_asked_for_the_unit_it_belongs_to(office: Office, show: Show):
    page = call_page(show(office.ud()))
    seen: list[str] = []

    def agency(dialog: AskedDialog) -> None:
        QTest.keyClicks(dialog.code, "DSB")
        QTest.keyClicks(dialog.name, "Direktoratet")
        dialog.kind.choose(UnitKind.AGENCY)
        QTest.keyClicks(dialog.number, "974760984")
        dialog.save.click()
        seen.append(dialog.number_field.error)
        dialog.number.setText("974 760 983")
        dialog.save.click()
        seen.append(dialog.owner_field.error)
        dialog.owner.choose("JD")
        dialog.save.click()

    in_dialog(AskedDialog, agency)
    page.add_button.click()
    assert seen[0].startswith("Dette er ikke et organisasjonsnummer")
    assert seen[1] == "Velg enheten som etaten hører til."
    made = next(asked.unit for asked in page.units.rows.values if asked.unit.code == "DSB")
    assert (made.parent, made.organisation_number) == ("JD", "974760983")


def test_a_list_is_shown_before_it_is_taken_in_and_a_wrong_one_cannot_be(office: Office, show: Show, choose):
    page = call_page(show(office.ud()))
    table = office.folder / "enheter.csv"
    table.write_text("kode;navn;land\nKAMP;Ambassaden i Kampala;Atlantis\n", "utf-8")
    choose(files=(table,))
    told: list[str] = []

    def wrong(dialog: ListDialog) -> None:
        told.extend(str(dialog.problems.rows.data(dialog.problems.rows.index(row, 0))) for row in range(1))
        assert not dialog.take_button.isEnabled()
        dialog.cancel_button.click()

    in_dialog(ListDialog, wrong)
    page.list_button.click()
    assert told == ["C2, “Atlantis”: dette er ikke et av planens fokusland."]
    assert "KAMP" not in [asked.unit.code for asked in page.units.rows.values]
    table.write_text("kode;navn;land\nKAMP;Ambassaden i Kampala;Sør-Sudan\n", "utf-8")
    in_dialog(ListDialog, lambda dialog: dialog.take_button.click())
    page.list_button.click()
    assert "KAMP" in [asked.unit.code for asked in page.units.rows.values]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not page.findChildren(ListDialog), "a dialog that has its answer is let go"


def test_a_list_of_countries_adds_and_ends_and_takes_none_away(office: Office, show: Show, choose):
    page = call_page(show(office.ud()))
    before = page.countries.countries()
    table = office.folder / "land.csv"
    table.write_text(
        "land;navn;nynorsk;engelsk;fra;til\nNE;Niger;Niger;Niger;01.01.2027;\nML;;;;;31.12.2026\n", "utf-8"
    )
    choose(files=(table,))
    in_dialog(ListDialog, lambda dialog: dialog.take_button.click())
    page.countries.load_button.click()
    after = {country.code: country for country in page.countries.countries()}
    assert [code for code in after if code not in {country.code for country in before}] == ["NE"]
    assert after[CountryCode("ML")].valid_to == date(2026, 12, 31)
    assert len(after) == len(before) + 1


def test_a_deadline_that_has_passed_is_told_and_no_call_is_made(office: Office, show: Show, choose):
    shown = show(office.desk("UD"))
    page = call_page(shown)
    page.deadline.setDate(QDate(2026, 1, 1))
    out = office.folder / "bestilling.asice"
    choose(new=out)
    page.make_button.click()
    shown.settle()
    assert page.deadline_field.error == "Fristen 1. januar 2026 er ikke fram i tid."
    assert not shown.told
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


def ask_two(dialog: QuestionDialog) -> None:
    dialog.kind.choose(QuestionKind.ONE)
    dialog.words.show_texts(Names(nb="Hvem leder arbeidet?", nn="Kven leier arbeidet?", en="Who leads the work?"))
    dialog.options.show_texts(Names(nb="Ledelsen\nAndre", nn="Leiinga\nAndre", en="Management"))
    dialog.save.click()
    assert dialog.question is None, "a language has fewer lines"
    dialog.options.show_texts(Names(nb="Ledelsen\nAndre", nn="Leiinga\nAndre", en="Management\nOthers"))
    dialog.some.setChecked(True)
    dialog.commitments.pick((1,))
    dialog.required.setChecked(True)
    dialog.save.click()


def add_niger(dialog: CountryDialog) -> None:
    dialog.code.setText("ne")
    dialog.names.show_texts(Names(nb="Niger", nn="Niger", en="Niger"))
    dialog.save.click()


def test_a_call_asks_questions_of_its_own_about_a_new_focus_country_and_reminds(office: Office, show: Show, choose):
    ud = office.desk("UD")
    shown = show(ud)
    page = call_page(shown)
    page.year.choose(YEAR)
    page.deadline.setDate(QDate(2027, 3, 1))
    in_dialog(QuestionDialog, ask_two)
    page.questions.add_button.click()
    in_dialog(CountryDialog, add_niger)
    page.countries.add_button.click()
    show_day(page.reminders.day, date(2027, 2, 1))
    page.reminders.add_button.click()
    out = office.folder / "bestilling.asice"
    choose(new=out)
    page.make_button.click()
    shown.settle()
    call = current_call(ud)
    assert call is not None
    (question,) = call.questions
    assert (question.id, question.is_required, question.commitments) == ("hvem-leder-arbeidet", True, (1,))
    assert [option.id for option in question.options] == ["ledelsen", "andre"]
    assert call.reminders == (date(2027, 2, 1),)
    assert call.focus_countries[-1].code == "NE"
    assert shown.context.desk.plan.country(CountryCode("NE")).names.nb == "Niger"
