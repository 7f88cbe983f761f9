"""Evidence as a person attaches it: looked at first, pasted, ordered, renamed, taken off and put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.evidence import specimen_files as made
from tests.evidence.plain_files import pdf_saying
from tests.kit import YEAR, answer
from tests.ui.driving import Person
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.answers.pseudonyms import pseudonyms
from wpsdesk.report.form import Group
from wpsdesk.report.model import AccessScope, LegalBasis
from wpsdesk.store import evidence as kept
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.attach_dialog import AttachDialog
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.report_page import ReportPage


def shown_number(page: ReportPage) -> int:
    assert page.key is not None
    return page.key.commitment


def the_dialog(person: Person, page: ReportPage) -> AttachDialog:
    person.settles()
    person.waits(lambda: page.files.taking.dialog is not None)
    assert page.files.taking.dialog is not None
    return page.files.taking.dialog


def words_of(dialog: AttachDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(found.text() for found in dialog.findChildren(QLabel))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(made.jpeg())
    return path


def test_what_a_picture_carries_is_shown_and_taken_out_when_it_is_attached(person: Person, photo: Path) -> None:
    page = person.reports_for("FD")
    person.drops(photo)
    dialog = the_dialog(person, page)
    assert "-1.29210, 36.82190" in words_of(dialog)
    assert person.on_the_disk(shown_number(page)).evidence == ()
    person.presses(dialog.attach_button)
    person.settles()
    (evidence,) = person.on_the_disk(shown_number(page)).evidence
    assert not made.tells(b"".join(kept.read(person.desk.store, evidence.digest)))


def test_the_original_is_kept_when_it_is_ticked(person: Person, photo: Path) -> None:
    page = person.reports_for("FD")
    page.files.attach((photo,))
    dialog = the_dialog(person, page)
    dialog.cards[0].original.box.click()
    person.presses(dialog.attach_button)
    person.settles()
    (evidence,) = person.on_the_disk(shown_number(page)).evidence
    assert b"".join(kept.read(person.desk.store, evidence.digest)) == photo.read_bytes()


def test_a_large_picture_is_offered_smaller_with_both_sizes(person: Person, tmp_path: Path) -> None:
    from PIL import Image

    large = tmp_path / "stort.jpg"
    Image.effect_noise((2600, 1300), 80).save(large, quality=95)
    page = person.reports_for("FD")
    page.files.attach((large,))
    dialog = the_dialog(person, page)
    card = dialog.cards[0]
    assert card.look.size_smaller is not None
    assert page.say.size(card.look.size_smaller) in card.smaller.box.accessibleName()
    card.smaller.box.click()
    person.presses(dialog.attach_button)
    person.settles()
    assert person.on_the_disk(shown_number(page)).evidence[0].size == card.look.size_smaller


def test_graded_material_is_refused_in_the_dialog_and_the_rest_goes(
    person: Person, photo: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "notat.pdf"
    secret.write_bytes(pdf_saying("STRENGT HEMMELIG", "Notat"))
    page = person.reports_for("FD")
    page.files.attach((secret, photo))
    dialog = the_dialog(person, page)
    assert "STRENGT HEMMELIG" in words_of(dialog)
    person.presses(dialog.attach_button)
    person.settles()
    assert [e.name for e in person.on_the_disk(shown_number(page)).evidence] == ["IMG_1.jpg"]


def test_closing_the_dialog_attaches_nothing(person: Person, photo: Path) -> None:
    page = person.reports_for("FD")
    page.files.attach((photo,))
    dialog = the_dialog(person, page)
    person.presses(dialog.cancel_button)
    person.settles()
    assert page.files.taking.dialog is None
    assert person.on_the_disk(shown_number(page)).evidence == ()


def test_a_picture_and_files_on_the_clipboard_are_pasted(person: Person, tmp_path: Path) -> None:
    page = person.reports_for("FD")
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#0062BA"))
    QGuiApplication.clipboard().setImage(image)
    person.presses(page.form.evidence.paste_button)
    person.settles()
    person.waits(lambda: page.form.evidence.lines)
    note = tmp_path / "notat.txt"
    note.write_text("Et notat", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(note))])
    QGuiApplication.clipboard().setMimeData(mime)
    person.presses(page.form.evidence.paste_button)
    person.settles()
    held = person.on_the_disk(shown_number(page)).evidence
    assert [e.media_type for e in held] == ["image/png", "text/plain"]
    QGuiApplication.clipboard().setText("bare ord")
    person.presses(page.form.evidence.paste_button)
    assert "Utklippstavlen" in person.is_told()


def test_a_picture_pasted_while_in_a_text_is_attached_and_words_stay_words(person: Person) -> None:
    page = person.reports_for("FD")
    place = page.form.editors["effort"]
    assert isinstance(place, PassageEditor)
    place.text.setFocus()
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    person.strikes(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.settles()
    person.waits(lambda: len(page.form.evidence.lines) == 1)
    both = QMimeData()  # as a word processor copies: the words, and a picture of them
    both.setText("ord fra et dokument")
    both.setImageData(image)
    QGuiApplication.clipboard().setMimeData(both)
    person.strikes(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert place.text.toPlainText() == "ord fra et dokument"
    person.settles()
    assert len(page.form.evidence.lines) == 1


def test_files_are_previewed_renamed_ordered_taken_off_and_put_back(
    person: Person, photo: Path, tmp_path: Path
) -> None:
    note = tmp_path / "notat.txt"
    note.write_text("Dette står i notatet.", encoding="utf-8")
    page = person.reports_for("FD")
    number = shown_number(page)
    editor = page.form.evidence
    page.files.attach((note, photo))
    person.presses(the_dialog(person, page).attach_button)
    person.settles()
    person.waits(lambda: len(editor.lines) == 2)
    first, second = editor.lines
    person.presses(first.line.toggle_button)
    person.waits(lambda: first.preview.words.text() == "Dette står i notatet.")
    person.presses(second.line.toggle_button)
    person.waits(lambda: not second.preview.picture.pixmap().isNull())
    person.writes_anew(first.name.line, "Referat: mai.txt")
    person.waits(lambda: person.on_the_disk(number).evidence[0].name == "Referat_ mai.txt")
    person.presses(second.up_button)
    person.waits(lambda: person.on_the_disk(number).evidence[0].name == "IMG_1.jpg")
    before = person.on_the_disk(number).evidence
    person.presses(editor.lines[0].remove_button)
    assert len(person.on_the_disk(number).evidence) == 1
    person.presses(editor.undo_button)
    assert person.on_the_disk(number).evidence == before


def test_the_same_file_twice_is_told_and_stands_there_once(person: Person, tmp_path: Path) -> None:
    note = tmp_path / "notat.txt"
    note.write_text("Et notat", encoding="utf-8")
    page = person.reports_for("FD")
    for _ in range(2):
        page.files.attach((note,))
        person.settles()
    person.waits(person.is_told)
    assert "notat.txt" in person.is_told()
    assert len(page.form.evidence.lines) == 1


# -- access and people at risk --------------------------------------------------------------------


def access_of(page: ReportPage) -> AccessEditor:
    page.form.groups[Group.ACCESS].set_open(is_open=True)
    return page.form.access


def test_a_restriction_explains_its_paragraph_and_shows_the_whole_text_beside_the_public_one(person: Person) -> None:
    page = person.reports_for("FD")
    effort = page.form.editors["effort"]
    assert isinstance(effort, PassageEditor)
    person.types(effort.text, "Amina Yusuf fortalte.")
    access = access_of(page)
    assert access.scope.value() is AccessScope.OPEN
    person.chooses(access.scope.choice, AccessScope.PART)
    person.chooses(access.basis.choice, LegalBasis.P24_3)
    assert "fare" in access._explained.text()
    beside = access.beside["effort"]
    assert beside.whole.toPlainText() == "Amina Yusuf fortalte."
    person.types(effort.text, " Mer.")
    assert beside.whole.toPlainText().endswith("Mer.")
    person.presses(beside.copy_button)
    assert beside.public.toPlainText() == "Amina Yusuf fortalte. Mer."


def test_a_person_at_risk_forces_a_look_and_a_pseudonym_goes_through_the_report(person: Person) -> None:
    page = person.reports_for("FD")
    number = shown_number(page)
    other = next(k for k in page._course.keys if k.commitment != number)  # type: ignore[union-attr]
    save(
        person.desk,
        YEAR,
        replace(answer(other.commitment, text="Kurset ble ledet av Amina Yusuf."), is_marked_ready=False),
    )
    effort = page.form.editors["effort"]
    assert isinstance(effort, PassageEditor)
    person.types(effort.text, "Amina Yusuf fortalte.")
    access = access_of(page)
    assert not access.risk.isVisible()
    risk = page.form.editors["identifies_person_at_risk"]
    risk.box.click()  # type: ignore[attr-defined]
    person.waits(access.risk.isVisible)
    page.open_entry(other)
    person.waits(lambda: not page.names_note.isHidden())
    person.presses(page.names_note.pseudonyms_button)
    dialog = page.pseudonyms
    person.presses(dialog.suggested[0])
    assert (dialog.real.text(), dialog.alias.text()) == ("Amina Yusuf", "NN1")
    person.presses(dialog.add_button)
    assert pseudonyms(person.desk)[0].alias == "NN1"
    assert len(dialog.changes.rows.values) == 2
    person.presses(dialog.replace_button)
    assert person.on_the_disk(other.commitment).effort.text == "Kurset ble ledet av NN1."
    person.presses(dialog.undo_button)
    assert person.on_the_disk(other.commitment).effort.text == "Kurset ble ledet av Amina Yusuf."
    person.presses(dialog.close_button)


def test_what_is_opened_at_the_foot_of_the_window_comes_into_sight(person: Person) -> None:
    page = person.reports_for("FD")
    group = page.form.groups[Group.FIGURES]
    page.scroller.ensureWidgetVisible(group.toggle_button, 0, 0)
    before = page.scroller.verticalScrollBar().value()
    person.presses(group.toggle_button)
    assert page.scroller.verticalScrollBar().value() > before
    top = group.mapTo(page.scroller.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.scroller.viewport().height() // 2
