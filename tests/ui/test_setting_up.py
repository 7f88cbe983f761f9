"""People with keys of their own, renewal in good time, and the recovery key, as an officer does it in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.kit import PASSPHRASE, YEAR, answer
from tests.ui.authority.conftest import in_dialog
from tests.ui.driving import Person
from wpsdesk.desk import opening
from wpsdesk.desk.keys import enrolling
from wpsdesk.desk.keys.enrolling import Purpose
from wpsdesk.desk.keys.people import change_passphrase, people, signer_named
from wpsdesk.desk.keys.recovering import is_recovery_apart
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.trust.errors import WrongKeyPassphrase
from wpsdesk.ui.reporter.people_section import AddPersonDialog, ChangeDialog, PersonDialog
from wpsdesk.ui.reporter.requesting import RequestDialog
from wpsdesk.ui.reporter.setup_page import SetupPage
from wpsdesk.ui.trust.asking import NewKeyFileDialog, SureDialog

OWN = "min egen hemmelige frase"


def at_setup(person: Person, part: str = "desk") -> tuple[Desk, SetupPage]:
    """UD's desk, and the set-up of an enrolled ministry's desk in the window."""
    ud = person.office.ud()
    person.sits_down_at(person.office.enrolled(ud, "FD"))
    page = person.turns_to("setup", SetupPage)
    person.presses(page.segments.word(part))
    return ud, page


def words_on(page: object) -> str:
    assert isinstance(page, SetupPage)
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def adds_kari(person: Person, page: SetupPage) -> Path:
    def fill(dialog: AddPersonDialog) -> None:
        dialog.do_button.click()
        assert dialog.name_field.error
        dialog.name.setText("Kari Nordmann")
        dialog.new.first.line.setText(OWN)
        dialog.new.second.line.setText(OWN + "x")
        dialog.do_button.click()
        assert dialog.new.second.error
        dialog.new.second.line.setText(OWN)
        dialog.where.show_path(person.folder / "til-ud")
        dialog.do_button.click()

    in_dialog(AddPersonDialog, fill)
    person.presses(page.people.add_button)
    (request,) = (person.folder / "til-ud").iterdir()
    return request


def test_a_person_gets_a_key_of_their_own_and_signs_with_it(person: Person) -> None:
    ud, page = at_setup(person, "people")
    request = adds_kari(person, page)
    (kari,) = people(person.desk)
    assert page.people.digits.fingerprint == kari.fingerprint
    assert "Kari Nordmann" in words_on(page)
    issued = enrolling.approve(ud, request, kari.fingerprint, person.folder / "kari.asice.cms")
    person.drops(issued.path)
    person.waits(lambda: people(person.desk)[0].is_enrolled)
    person.waits(lambda: page.people.lines.current() is not None and page.people.lines.current().is_enrolled)
    person.office.answered(person.desk)
    sent = export(
        person.desk, YEAR, person.folder / "ut.asice.cms", signer=signer_named(person.desk, "Kari Nordmann", OWN)
    )
    assert sent.path.exists()


def test_a_wrong_passphrase_is_told_in_the_dialog_which_stays_open(person: Person) -> None:
    _, page = at_setup(person, "people")
    adds_kari(person, page)
    seen: list[str] = []

    def fill(dialog: ChangeDialog) -> None:
        dialog.old.line.setText("ikke denne frasen")
        dialog.new.first.line.setText(PASSPHRASE)
        dialog.new.second.line.setText(PASSPHRASE)
        dialog.do_button.click()
        person.settles()
        seen.append(dialog.bar.text)
        dialog.old.line.setText(OWN)
        dialog.do_button.click()

    in_dialog(ChangeDialog, fill)
    person.presses(page.people.passphrase_button)
    assert seen[0]
    with pytest.raises(WrongKeyPassphrase):
        change_passphrase(person.desk, "Kari Nordmann", OWN, PASSPHRASE)


def test_a_persons_request_is_written_again_and_the_key_is_removed_only_after_being_sure(person: Person) -> None:
    _, page = at_setup(person, "people")
    first = adds_kari(person, page)
    first.unlink()

    def again(dialog: PersonDialog) -> None:
        dialog.words.line.setText(OWN)
        dialog.where.show_path(person.folder / "igjen")
        dialog.do_button.click()

    in_dialog(PersonDialog, again)
    person.presses(page.people.renew_button)
    assert len(list((person.folder / "igjen").iterdir())) == 1
    in_dialog(SureDialog, lambda dialog: person.qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    person.presses(page.people.remove_button)
    assert people(person.desk)
    in_dialog(SureDialog, lambda dialog: dialog.do_button.click())
    person.presses(page.people.remove_button)
    assert people(person.desk) == ()


def test_the_overview_tells_in_good_time_that_a_certificate_ends_and_leads_to_its_renewal(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    ends = opening.info(desk).certificate_ends
    assert ends is not None
    person.office.clock.now = ends
    person.office.clock.wind(days=-40)
    person.sits_down_at(desk)
    shown = " ".join(found.text() for found in person.page.findChildren(QLabel))
    assert "Sertifikatet til denne arbeidsplassen" in shown
    page = person.turns_to("setup", SetupPage)
    assert page.desk.days == "Slutter om 40 dager"

    def fill(dialog: RequestDialog) -> None:
        dialog.do_button.click()
        assert dialog.form.person_field.error
        dialog.form.person.setText("Kari Test, 22 24 36 00")
        dialog.where.show_path(person.folder / "til-ud")
        dialog.do_button.click()

    in_dialog(RequestDialog, fill)
    person.presses(page.desk.again_button)
    (request,) = (person.folder / "til-ud").iterdir()
    asked = enrolling.read_request(ud, request)
    assert (asked.purpose, asked.is_vouched_for) == (Purpose.RENEWAL, True)


def test_new_keys_are_asked_for_where_somebody_may_have_had_the_machine(person: Person) -> None:
    ud, page = at_setup(person)
    before = page.desk.own_fingerprint.fingerprint

    def fill(dialog: RequestDialog) -> None:
        dialog.form.person.setText("Kari Test")
        dialog.form.purposes[Purpose.REPLACEMENT].click()
        dialog.where.show_path(person.folder / "til-ud")
        dialog.do_button.click()

    in_dialog(RequestDialog, fill)
    person.presses(page.desk.again_button)
    (request,) = (person.folder / "til-ud").iterdir()
    asked = enrolling.read_request(ud, request)
    assert asked.purpose is Purpose.REPLACEMENT
    assert page.desk.own_fingerprint.fingerprint == asked.fingerprint != before


def test_a_desk_in_the_place_of_a_lost_one_asks_for_the_report_back(person: Person) -> None:
    ud = person.office.ud()
    person.office.answered(person.office.enrolled(ud, "FD"), answer(1))
    person.sits_down_at(person.office.desk("FD"))
    page = person.turns_to("setup", SetupPage)
    person.points_at(person.office.call_file, lambda: person.presses(page.desk.call_button))
    person.settles()
    person.types(page.desk.person, "Kari Test")
    person.presses(page.desk.form.purposes[Purpose.REPLACEMENT])
    person.presses(page.desk.form.wants_report)
    (person.folder / "til-ud").mkdir()
    person.points_at(person.folder / "til-ud", lambda: person.presses(page.desk.request_button))
    person.settles()
    (request,) = (person.folder / "til-ud").iterdir()
    asked = enrolling.read_request(ud, request)
    assert (asked.purpose, asked.wants_report, asked.revokes) == (Purpose.REPLACEMENT, True, 1)


def test_the_recovery_key_moves_to_a_file_of_its_own(person: Person) -> None:
    _, page = at_setup(person)

    def fill(dialog: NewKeyFileDialog) -> None:
        dialog.file.show_path(person.folder / "fd.wpskey")
        dialog.new.first.line.setText("kort")
        dialog.do_button.click()
        assert dialog.new.first.error
        dialog.new.first.line.setText(OWN)
        dialog.new.second.line.setText(OWN)
        dialog.do_button.click()

    in_dialog(NewKeyFileDialog, fill)
    person.presses(page.desk.recovery_button)
    assert is_recovery_apart(person.desk)
    assert (person.folder / "fd.wpskey").is_file()
    assert not page.desk.recovery_button.isVisible()


def test_the_digits_are_printed_on_a_page(person: Person) -> None:
    _, page = at_setup(person)
    person.points_at(person.folder / "sifre.pdf", lambda: person.presses(page.desk.print_button))
    data = (person.folder / "sifre.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/Count 1" in data


def test_the_arrow_keys_go_from_part_to_part(person: Person) -> None:
    _, page = at_setup(person)
    page.segments.word("desk").setFocus()
    person.strikes(Qt.Key.Key_Right)
    assert page.segments.current == "people"
    assert page.people.isVisible()
    assert not page.desk.isVisible()
