"""Writing answers: what is typed is kept, what is missing is said, and every field can be reached."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl

from tests.kit import PASSPHRASE, YEAR, answer
from tests.ui.driving import Person, key, two_countries
from wpsdesk.base.errors import DiskFull
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.report.form import FORM, Group
from wpsdesk.report.model import AccessScope, LegalBasis, PartnerKind, Status
from wpsdesk.report.states import EntryState
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.records import RecordsEditor
from wpsdesk.ui.reporter.report_page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def passage(page: ReportPage, field: str) -> PassageEditor:
    found = page.form.editors[field]
    assert isinstance(found, PassageEditor)
    return found


def records(page: ReportPage, field: str) -> RecordsEditor:
    found = page.form.editors[field]
    assert isinstance(found, RecordsEditor)
    return found


def access(page: ReportPage) -> AccessEditor:
    found = page.form.editors["access"]
    assert isinstance(found, AccessEditor)
    return found


def shown(page: ReportPage) -> int:
    assert page.key is not None
    return page.key.commitment


def sets_status(person: Person, page: ReportPage, status: Status) -> None:
    person.chooses(page.form.editors["status"].choice, status)  # type: ignore[attr-defined]
    page.form.editors["status"].choice.activated.emit(0)  # type: ignore[attr-defined]


def answers_it(person: Person, page: ReportPage) -> None:
    sets_status(person, page, Status.UNDER_WAY)
    person.types(passage(page, "effort").text, "Vi holdt to kurs.")
    person.types(passage(page, "results").text, "Førti deltok.")
    person.types(passage(page, "challenges").text, "Reiser ble avlyst.")


def test_what_is_typed_is_on_the_disk_within_a_second_and_after_a_restart(person: Person) -> None:
    page = person.reports_for("FD")
    number = shown(page)
    person.types(passage(page, "effort").text, "Kurs for observatører")
    with person.qtbot.waitSignal(page.keeper.saved, timeout=1000):
        pass
    assert person.on_the_disk(number).effort.text == "Kurs for observatører"
    assert page.heading.chip.word == "Utkast"
    assert person.window.desk_view is not None
    assert "Lagret på denne maskinen" in person.window.desk_view.topline.saved_text
    assert person.closes_and_reads(number).effort.text == "Kurs for observatører"


def test_typing_on_does_not_put_the_save_off(person: Person) -> None:
    page = person.reports_for("FD")
    saved: list[object] = []
    page.keeper.saved.connect(lambda *found: saved.append(found))
    area = passage(page, "effort").text
    area.setFocus()

    def goes_on_typing() -> bool:
        person.qtbot.keyClicks(area, "x")
        return bool(saved)

    person.waits(goes_on_typing)
    assert person.on_the_disk(shown(page)).effort.text


def test_what_was_just_typed_is_kept_when_the_desk_is_locked(person: Person) -> None:
    page = person.reports_for("FD")
    number, path = shown(page), person.desk.store.path
    person.types(passage(page, "results").text, "Rett før låsen")
    assert person.window.desk_view is not None
    person.presses(person.window.desk_view.topline.lock)
    again = open_desk(path, PASSPHRASE, clock=person.office.clock)
    assert drafting.entry(again, YEAR, key(number)).results.text == "Rett før låsen"
    close_desk(again)


def test_what_was_just_typed_is_kept_when_the_language_changes_and_the_place_too(person: Person) -> None:
    page = person.reports_for("FD")
    person.presses(page.next_button)
    number = shown(page)
    person.types(passage(page, "challenges").text, "Lite folk")
    assert person.window.desk_view is not None
    person.window.desk_view.topline.languages.menu().actions()[1].trigger()
    person.waits(lambda: person.window.settings.language == "nn" and person.page is not page)
    new = person.page
    assert isinstance(new, ReportPage)
    assert shown(new) == number
    assert new.next_button.text() == "Neste tiltak"
    assert new.previous_button.text() == "Førre"
    assert passage(new, "challenges").text.toPlainText() == "Lite folk"
    assert passage(new, "challenges").text.hasFocus()
    assert person.on_the_disk(number).challenges.text == "Lite folk"


def test_next_and_previous_go_through_the_plan_and_keep_what_was_typed(person: Person) -> None:
    page = person.reports_for("FD")
    first = shown(page)
    person.types(passage(page, "effort").text, "Før neste")
    person.presses(page.next_button)
    second = shown(page)
    assert second > first
    assert passage(page, "effort").text.toPlainText() == ""
    assert passage(page, "effort").text.hasFocus()
    person.strikes(Qt.Key.Key_PageUp, CTRL)
    assert shown(page) == first
    assert passage(page, "effort").text.toPlainText() == "Før neste"


def test_undo_never_brings_another_answers_text(person: Person) -> None:
    page = person.reports_for("FD")
    area = passage(page, "effort").text
    person.types(area, "hemmelig her")
    person.qtbot.keyClick(area, Qt.Key.Key_Z, CTRL)
    assert area.toPlainText() == ""
    person.presses(page.next_button)
    person.qtbot.keyClick(area, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert area.toPlainText() == ""
    person.types(area, "igjen")
    person.presses(page.next_button)
    person.qtbot.keyClick(area, Qt.Key.Key_Z, CTRL)
    assert area.toPlainText() == ""


def test_the_list_shows_sections_states_and_how_many_are_ready(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), answer(10), answer(11))
    person.sits_down_at(desk)
    page = person.turns_to("report", ReportPage)
    assert page.list.progress_text == "2 av 16 klare"
    assert len(page.list.numbers()) == 16
    person.presses(page.list.everything)
    assert len(page.list.numbers()) == 35


def test_arrow_keys_choose_in_the_list_and_enter_goes_to_the_form(person: Person) -> None:
    page = person.reports_for("FD")
    first = shown(page)
    page.list.view.setFocus()
    person.strikes(Qt.Key.Key_Down)
    assert shown(page) > first
    person.strikes(Qt.Key.Key_Return)
    assert passage(page, "effort").text.hasFocus()


def test_search_finds_titles_and_what_was_answered(person: Person) -> None:
    page = person.reports_for("FD")
    person.types(passage(page, "effort").text, "Særegent ord: kvikksølv")
    number = shown(page)
    page.setFocus()
    person.strikes(Qt.Key.Key_F, CTRL, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.search.hasFocus()
    person.types(page.list.search, "kvikksølv")
    assert page.list.numbers() == (number,)
    person.writes_anew(page.list.search, "seksualisert vold")
    assert set(page.list.numbers()) >= {15, 16}
    page.list.search.clear()
    assert len(page.list.numbers()) == 16


def test_marking_ready_says_what_is_missing_and_goes_to_it(person: Person) -> None:
    page = person.reports_for("FD")
    assert page.missing.text == "", "an untouched answer is not scolded"
    person.types(passage(page, "effort").text, "Bare innsats")
    person.presses(page.ready_button)
    assert page.missing.text == "2 felt må rettes: Status Resultater 1 råd: Utfordringer"
    assert page.form.editors["status"].choice.hasFocus()  # type: ignore[attr-defined]
    person.waits(page.missing.links[1].isVisible)
    person.presses(page.missing.links[1])
    assert passage(page, "results").text.hasFocus()
    assert person.on_the_disk(shown(page)).is_marked_ready is False


def test_an_answer_that_lacks_nothing_is_marked_ready_and_a_mended_one_loses_its_error(person: Person) -> None:
    page = person.reports_for("FD")
    person.presses(page.ready_button)
    assert len(page.missing.links) == 3
    answers_it(person, page)
    assert page.missing.text == ""
    assert not page.missing.links
    person.presses(page.ready_button)
    assert page.heading.chip.word == "Klar"
    assert person.on_the_disk(shown(page)).is_marked_ready
    assert page.list.progress_text == "1 av 16 klare"
    person.presses(page.ready_button)
    assert page.heading.chip.word == "Utkast"


def test_a_ready_answer_becomes_a_draft_when_what_it_needs_is_taken_out(person: Person) -> None:
    page = person.reports_for("FD")
    answers_it(person, page)
    person.presses(page.ready_button)
    area = passage(page, "results").text
    area.setFocus()
    area.selectAll()
    person.strikes(Qt.Key.Key_Delete)
    person.waits(lambda: page.heading.chip.word == "Utkast")
    assert page.ready_button.text() == "Marker som klar"


def test_nothing_to_report_wants_a_reason_and_nothing_else(person: Person) -> None:
    page = person.reports_for("FD")
    sets_status(person, page, Status.NOTHING_TO_REPORT)
    assert page.form.holders["effort"].isHidden()
    person.presses(page.ready_button)
    assert passage(page, "nothing_reason").text.hasFocus()
    person.types(passage(page, "nothing_reason").text, "Ingen øvelser i år.")
    person.presses(page.ready_button)
    assert page.heading.chip.word in ("Ingenting å rapportere", "Intet å rapportere")
    assert person.on_the_disk(shown(page)).nothing_reason.text == "Ingen øvelser i år."


def test_a_mission_answers_for_each_of_its_countries(person: Person) -> None:
    page = person.reports_for(two_countries())
    assert page.heading.country_holder.isVisible()
    number = shown(page)
    person.types(passage(page, "effort").text, "I Somalia")
    person.chooses(page.heading.country, "SS")
    page.heading.country.activated.emit(page.heading.country.currentIndex())
    assert page.key == key(number, "SS")
    assert passage(page, "effort").text.toPlainText() == ""
    person.types(passage(page, "effort").text, "I Sør-Sudan")
    person.waits(lambda: person.on_the_disk(number, "SS").effort.text)
    assert person.on_the_disk(number, "SO").effort.text == "I Somalia"


def test_last_years_text_stands_beside_and_is_copied_and_taken_back(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    drafting.save(desk, Year(YEAR - 1), answer(2, text="Skrevet i fjor."))
    person.sits_down_at(desk)
    page = person.turns_to("report", ReportPage)
    page.open_thing(key(2))
    editor = passage(page, "effort")
    assert editor.last.isVisible()
    assert editor.last.toPlainText() == "Skrevet i fjor."
    editor.text.setFocus()
    person.strikes(Qt.Key.Key_K, ALT)
    assert editor.text.toPlainText() == "Skrevet i fjor."
    person.waits(lambda: dict(person.on_the_disk(2).unchanged_since) == {"effort": YEAR - 1})
    person.strikes(Qt.Key.Key_Z, CTRL)
    assert editor.text.toPlainText() == ""


def test_the_language_of_a_text_is_marked(person: Person) -> None:
    page = person.reports_for("FD")
    editor = passage(page, "effort")
    person.types(editor.text, "Two courses were held")
    editor.findChildren(type(editor._mark))[0].menu().actions()[2].trigger()
    person.waits(lambda: person.on_the_disk(shown(page)).effort.language == "en")


def test_figures_partners_and_money_are_added_and_removed(person: Person) -> None:
    page = person.reports_for(two_countries())
    number = shown(page)
    person.presses(page.form.groups[Group.FIGURES].toggle_button)
    indicators, partners, money = (records(page, name) for name in ("indicators", "partners", "money"))
    person.presses(indicators.add_button)
    frame = indicators.frames[0]
    person.types(frame.editors["name"].line, "Deltakere")  # type: ignore[attr-defined]
    person.types(frame.editors["value"].line, "12,5")  # type: ignore[attr-defined]
    person.types(frame.editors["women"].line, "1 200")  # type: ignore[attr-defined]
    person.types(frame.editors["measured_on"].line, "30.11.2026")  # type: ignore[attr-defined]
    person.presses(partners.add_button)
    person.types(partners.frames[0].editors["name"].line, "UN Women")  # type: ignore[attr-defined]
    kind = partners.frames[0].editors["kind"].choice  # type: ignore[attr-defined]
    person.chooses(kind, PartnerKind.UN)
    person.presses(money.add_button)
    person.waits(lambda: person.on_the_disk(number, "SO").partners)
    found = person.on_the_disk(number, "SO")
    assert found.indicators[0].value == Decimal("12.5")
    assert found.indicators[0].women == 1200
    assert str(found.indicators[0].measured_on) == "2026-11-30"
    assert found.money == (), "an empty line says nothing"
    person.presses(indicators.frames[0].remove_button)
    person.waits(lambda: not person.on_the_disk(number, "SO").indicators)


def test_a_restriction_asks_for_its_basis_and_its_public_wording(person: Person) -> None:
    page = person.reports_for("FD")
    answers_it(person, page)
    person.presses(page.form.groups[Group.ACCESS].toggle_button)
    box = access(page)
    person.chooses(box.scope.choice, AccessScope.PART)
    box.scope.choice.activated.emit(1)
    person.presses(page.ready_button)
    assert "Vurdering av innsyn" in page.missing.text or "Tilgang" in page.missing.text
    person.chooses(box.basis.choice, LegalBasis.P24_3)
    box.basis.choice.activated.emit(1)
    person.types(box.reason, "Fare for en person")
    person.types(box.public["effort"], "Støtte til en fredsbygger")
    person.presses(page.ready_button)
    found = person.on_the_disk(shown(page))
    assert found.is_marked_ready
    wording = found.access.public_wording("effort")
    assert wording is not None
    assert wording.text == "Støtte til en fredsbygger"


def test_files_are_attached_by_the_button_described_and_taken_off(person: Person, tmp_path: Path) -> None:
    page = person.reports_for("FD")
    number = shown(page)
    paper = tmp_path / "Møtereferat 3. mars.txt"
    paper.write_text("Referat")
    person.points_at(paper, lambda: person.presses(page.form.evidence.attach_button))
    person.settles()
    person.waits(lambda: page.form.evidence.lines)
    assert person.on_the_disk(number).evidence[0].name == paper.name
    line = page.form.evidence.lines[0]
    person.presses(line.line.toggle_button)
    person.writes_anew(line.title.line, "Referat fra møtet")
    person.waits(lambda: person.on_the_disk(number).evidence[0].title == "Referat fra møtet")
    person.presses(line.remove_button)
    assert person.on_the_disk(number).evidence == ()
    assert not page.form.evidence.lines


def test_files_are_attached_by_dropping_them_and_unsaved_text_is_kept(person: Person, tmp_path: Path) -> None:
    page = person.reports_for("FD")
    number = shown(page)
    paper = tmp_path / "bilde.txt"
    paper.write_text("et bilde")
    person.types(passage(page, "effort").text, "Skrevet rett før")
    person.drops(paper)
    person.waits(lambda: page.form.evidence.lines)
    person.types(passage(page, "effort").text, " og rett etter")
    person.waits(lambda: person.on_the_disk(number).effort.text == "Skrevet rett før og rett etter")
    assert len(person.on_the_disk(number).evidence) == 1


def test_a_file_dropped_on_a_text_field_does_not_become_its_text(person: Person, tmp_path: Path) -> None:
    page = person.reports_for("FD")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "notat.pdf"))])
    assert not passage(page, "effort").text.canInsertFromMimeData(mime)
    mime = QMimeData()
    mime.setText("dradd tekst")
    assert passage(page, "effort").text.canInsertFromMimeData(mime)


def test_a_file_that_is_gone_gets_a_sentence_and_nothing_is_attached(person: Person, tmp_path: Path) -> None:
    page = person.reports_for("FD")
    page.files.attach((tmp_path / "borte.pdf",))
    person.settles()
    person.waits(person.is_told)
    assert "borte.pdf" in person.is_told()
    assert not page.form.evidence.lines


def test_a_full_disk_loses_nothing_that_was_typed(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    page = person.reports_for("FD")
    number = shown(page)
    real = drafting.save

    def full(*_: object, **__: object) -> EntryState:
        raise DiskFull(path=person.desk.store.path)

    monkeypatch.setattr(drafting, "save", full)
    person.types(passage(page, "effort").text, "Skal overleve")
    person.waits(person.is_told)
    person.presses(page.next_button)
    assert not person.window.close(), "the window stays while something is not saved"
    monkeypatch.setattr(drafting, "save", real)
    person.waits(lambda: person.on_the_disk(number).effort.text == "Skal overleve")


def test_while_a_job_runs_typing_is_held_and_saved_at_its_end(person: Person) -> None:
    page = person.reports_for("FD")
    go_on = threading.Event()
    person.window.jobs.start(
        lambda _progress: go_on.wait(10), owner=page, done=lambda _found: None, failed=lambda _fault: None
    )
    person.types(passage(page, "effort").text, "Imens")
    assert not page.keeper.flush()
    go_on.set()
    person.waits(lambda: not person.window.jobs.is_busy)
    assert person.on_the_disk(shown(page)).effort.text == "Imens"


def test_a_change_of_language_waits_for_the_job_and_loses_nothing(person: Person) -> None:
    page = person.reports_for("FD")
    go_on = threading.Event()
    person.window.jobs.start(
        lambda _progress: go_on.wait(10), owner=page, done=lambda _found: None, failed=lambda _fault: None
    )
    person.types(passage(page, "effort").text, "Imens")
    assert person.window.desk_view is not None
    person.window.desk_view.topline.languages.menu().actions()[2].trigger()
    person.waits(lambda: person.window.settings.language == "en")
    assert person.page is page, "the page is not taken away while its text cannot be saved"
    go_on.set()
    person.waits(lambda: person.page is not page)
    new = person.page
    assert isinstance(new, ReportPage)
    assert passage(new, "effort").text.toPlainText() == "Imens"
    assert person.on_the_disk(shown(new)).effort.text == "Imens"


def test_pasted_control_characters_do_not_stop_the_save(person: Person) -> None:
    page = person.reports_for("FD")
    passage(page, "effort").text.insertPlainText("fra\x0bet\x01regneark")
    person.waits(lambda: person.on_the_disk(shown(page)).effort.text == "fra\neteller regneark".replace("eller ", ""))


def test_the_other_wording_of_the_plan_is_shown_on_request(person: Person) -> None:
    page = person.reports_for("FD")
    commitment = person.desk.plan.commitment(page.key.commitment)  # type: ignore[union-attr]
    texts = [w.text() for w in page.heading.findChildren(type(page.heading._wording))]
    assert commitment.chapter in texts
    person.presses(page.heading.other_wording)
    texts = [w.text() for w in page.heading.findChildren(type(page.heading._wording))]
    assert commitment.appendix in texts


def test_every_field_of_the_form_can_be_gone_to(person: Person) -> None:
    page = person.reports_for(two_countries())
    for field in FORM:
        if field.name not in ("nothing_reason", "questions"):  # of the last there are none in this call
            assert page.form.go_to(field.name) is not None
            focused = page.window().focusWidget()
            assert page.form.holders[field.name].isAncestorOf(focused) or focused is not None
            assert page.form.holders[field.name].isVisible(), field.name


def test_pressing_a_boxs_words_ticks_it(person: Person) -> None:
    page = person.reports_for("FD")
    person.presses(page.form.groups[Group.ACCESS].toggle_button)
    flag = page.form.editors["identifies_person_at_risk"]
    words = next(w for w in flag.children() if type(w).__name__ == "BoxLabel")
    person.qtbot.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(5, 8))  # type: ignore[arg-type]
    assert flag.value() is True
