"""A look at a file: on a unit's desk, on UD's, and before any desk is open."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from tests.kit import PASSPHRASE, YEAR, Office, answer
from tests.ui.authority.conftest import in_dialog
from tests.ui.driving import Person
from wpsdesk.desk.answers.handing_over import write_card
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.verifying import export_trust, open_container
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.recovering import keep_recovery_apart
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.dividing import Cut, export_in_parts
from wpsdesk.desk.submission.sending import export
from wpsdesk.ui.trust.asking import KeyFileDialog
from wpsdesk.ui.trust.look_page import LookDialog, LookPage

FOUR = ("Uendret", "Gyldig signatur", "Betrodd avsender", "Ikke tilbakekalt")


def sent(office: Office) -> tuple[Desk, Desk, Path]:
    """UD, a ministry, and a report of the ministry's with a file."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    paper = office.folder / "Referat.txt"
    paper.write_text("Referat", encoding="utf-8")
    attach(fd, YEAR, answer(1).key, [paper])
    return ud, fd, export(fd, YEAR, office.folder / "fd.asice.cms", approved_by="Ola Test").path


def looking(person: Person, desk: Desk, path: Path) -> LookPage:
    person.sits_down_at(desk)
    page = person.turns_to("look", LookPage)
    person.points_at(path, lambda: person.presses(page.panel.choose_button))
    person.settles()
    return page


def test_ud_sees_four_lines_the_signer_and_every_file_with_its_hash(person: Person) -> None:
    ud, _, path = sent(person.office)
    panel = looking(person, ud, path).panel
    assert panel.standing.words == FOUR
    assert "Innsendt rapport" in panel.words
    assert "FD" in panel.words
    assert "etter klokken til den som signerte" in panel.words
    assert "Referat.txt" in [line.name for line in panel.files.rows.values]
    person.presses(panel.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert all(line.digest in copied for line in panel.files.rows.values)
    assert path.name in copied


def test_a_part_tells_which_it_is_and_which_of_its_set_are_missing_beside_it(person: Person) -> None:
    ud, fd, _ = sent(person.office)
    picture = person.folder / "bilde.bin"
    picture.write_bytes(random.Random(5).randbytes(60_000))
    attach(fd, YEAR, answer(1).key, [picture])
    export_in_parts(fd, YEAR, person.folder / "deler", Cut(part_size=16 << 10))
    first, second, *_ = sorted((person.folder / "deler").iterdir())
    second.unlink()
    panel = looking(person, ud, first).panel
    assert "Del 1 av" in panel.words
    assert "1 del mangler: 2" in panel.words


def test_what_was_changed_is_told_line_by_line_and_nothing_is_stored(person: Person) -> None:
    ud, _, path = sent(person.office)
    spoilt = person.folder / "endret.asice.cms"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    spoilt.write_bytes(data)
    panel = looking(person, ud, spoilt).panel
    assert panel.standing.words[0] != "Uendret"
    assert panel.standing.words[2] != "Betrodd avsender"
    assert not panel.sheet_button.isVisible()
    assert inbox(person.desk) == ()


def test_a_file_dropped_on_the_page_is_looked_at_and_not_taken_in(person: Person) -> None:
    ud, _, path = sent(person.office)
    person.sits_down_at(ud)
    page = person.turns_to("look", LookPage)
    person.drops(path)
    person.waits(lambda: page.panel.seen)
    assert page.panel.standing.words == FOUR
    assert person.page is page


def test_the_proof_sheet_and_the_opened_seal_lie_where_one_points(person: Person) -> None:
    ud, _, path = sent(person.office)
    panel = looking(person, ud, path).panel
    person.points_at(person.folder / "bevis.pdf", lambda: person.presses(panel.sheet_button))
    person.settles()
    assert (person.folder / "bevis.pdf").read_bytes().startswith(b"%PDF-")
    person.points_at(person.folder / "fd.asice", lambda: person.presses(panel.open_button))
    person.settles()
    assert (person.folder / "fd.asice").read_bytes().startswith(b"PK")
    assert "fd.asice" in person.is_told()


def test_before_any_desk_is_open_a_call_can_be_looked_at_and_judged_by_a_trust_file(person: Person) -> None:
    ud, _, path = sent(person.office)
    pem = person.folder / "trust.pem"
    export_trust(ud, pem)
    opened = person.folder / "rapport.asice"
    open_container(ud, path, opened)
    person.starts()
    person.presses(person.unlock.look_link)
    dialog = person.window.findChild(LookDialog)
    assert isinstance(dialog, LookDialog)
    panel = dialog.panel
    person.points_at(opened, lambda: person.presses(panel.choose_button))
    person.settles()
    assert panel.standing.words[:2] == FOUR[:2]
    assert panel.standing.words[2] == "Avsender: kan ikke avgjøres"
    person.points_at(pem, lambda: person.presses(panel.trust_button))
    person.settles()
    assert panel.standing.words == FOUR
    person.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_file_dropped_before_a_desk_is_open_is_looked_at(person: Person) -> None:
    person.office.ud()
    person.starts()
    person.drops(person.office.call_file)
    person.waits(lambda: person.window.findChild(LookDialog))
    dialog = person.window.findChild(LookDialog)
    assert isinstance(dialog, LookDialog)
    person.waits(lambda: dialog.panel.seen)
    assert "2026" in dialog.panel.words
    dialog.close()


def test_a_sealed_file_opens_with_a_recovery_key_and_no_desk(person: Person) -> None:
    ud, _, path = sent(person.office)
    key = person.folder / "ud.wpskey"
    keep_recovery_apart(ud, key, PASSPHRASE)
    person.starts()
    person.presses(person.unlock.look_link)
    dialog = person.window.findChild(LookDialog)
    assert isinstance(dialog, LookDialog)
    dialog.panel.look_at(path)
    person.settles()
    assert "forseglet" in dialog.panel.words.lower()

    def fill(asked: KeyFileDialog) -> None:
        assert not asked.is_answered()
        asked.file.show_path(key)
        asked.passphrase.line.setText(PASSPHRASE)
        asked.do_button.click()

    in_dialog(KeyFileDialog, fill)
    person.points_at(person.folder / "ut.asice", lambda: person.presses(dialog.panel.recover_button))
    person.settles()
    assert (person.folder / "ut.asice").is_file()
    assert "ut.asice" in dialog.bar.text
    dialog.done(QDialog.DialogCode.Accepted)


def test_a_card_and_what_is_no_bundle_are_told_for_what_they_are(person: Person) -> None:
    _, fd, _ = sent(person.office)
    card = write_card(fd, person.folder / "fd.wpscard")
    note = person.folder / "notat.asice"
    note.write_bytes(b"ikke en pakke")
    page = looking(person, fd, card.path)
    assert card.fingerprint in page.panel.digits.accessibleName()
    page.panel.look_at(note)
    person.settles()
    assert "ikke en rapportpakke" in page.panel.words
