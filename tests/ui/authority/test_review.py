"""An officer reviews a unit's report as a person does: by key, by button, in a form, with notes and replies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.kit import YEAR, Office
from tests.ui.authority.conftest import Show, Shown
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.desk.arrivals.receiving import ReplyLoaded, receive, receive_one
from wpsdesk.desk.call.extending import extensions
from wpsdesk.desk.evidence.copies import copies_folder
from wpsdesk.desk.model import Desk
from wpsdesk.desk.officers import officer_of, sign_in
from wpsdesk.desk.opening import close_desk
from wpsdesk.desk.review import reviewing
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import Decision
from wpsdesk.ui.authority.inbox import InboxPage
from wpsdesk.ui.authority.review_pane import DECIDED, OTHERS
from wpsdesk.ui.authority.reviewing import ReviewPage

FD = UnitCode("FD")
Sent = Callable[..., Path]


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None)


@pytest.fixture
def units(office: Office, sent: Sent) -> tuple[Desk, Desk]:
    """UD with three answers from FD and one from JD, and FD."""
    ud = office.ud()
    fd, jd = office.enrolled(ud, "FD"), office.enrolled(ud, "JD")
    receive(ud, [sent(fd, "fd", 1, 10, 11), sent(jd, "jd", 10, text="Politiet trente.")])
    return ud, fd


def review_page(shown: Shown, unit: str = "FD", number: int | None = None) -> ReviewPage:
    shown.view.activateWindow()
    shown.view.go("review", (UnitCode(unit), YEAR, None if number is None else key(number)))
    page = shown.view.page
    assert isinstance(page, ReviewPage)
    shown.qtbot.waitUntil(shown.view.isActiveWindow, timeout=20_000)
    return page


def strike(letter: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), letter)


def decided(ud: Desk) -> dict[int, Decision | None]:
    return {each.key.commitment: each.decision for each in reviewing.review(ud, FD, YEAR)}


def test_nobody_decides_without_a_name_and_the_name_is_asked_for_once(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    page = review_page(show(ud))
    assert page.officer.is_asking
    assert not page.accept_button.isEnabled()
    QTest.keyClicks(page.officer.line, "Kari Nordmann")
    QTest.keyClick(page.officer.line, Qt.Key.Key_Return)
    assert not page.officer.is_asking
    assert page.accept_button.isEnabled()
    assert officer_of(ud) == "Kari Nordmann"
    assert not review_page(show(ud)).officer.is_asking


def test_a_accepts_and_goes_on_n_skips_and_undo_takes_it_back(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    sign_in(ud, "Kari")
    page = review_page(show(ud))
    page.rows.table.setFocus()
    strike(Qt.Key.Key_A)
    assert decided(ud) == {1: Decision.ACCEPTED, 10: None, 11: None}
    strike(Qt.Key.Key_N)
    strike(Qt.Key.Key_A)
    assert decided(ud) == {1: Decision.ACCEPTED, 10: None, 11: Decision.ACCEPTED}
    page.rows.table.setCurrentIndex(page.rows.rows.index(0, 0))
    QTest.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert decided(ud)[1] is Decision.WITHDRAWN
    assert "reviewing" not in page.pane.text.toPlainText()


def test_r_asks_for_a_reason_and_letters_are_letters_while_it_is_written(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    sign_in(ud, "Kari")
    page = review_page(show(ud), number=10)
    strike(Qt.Key.Key_R)
    form = page.pane.form
    assert form.isVisible()
    claim = next(e for e in reviewing.review(ud, FD, YEAR) if e.key == key(10)).in_hand
    assert claim is not None
    assert claim.officer == "Kari"
    QTest.mouseClick(form.return_button, Qt.MouseButton.LeftButton)
    assert form.reason_field.error, "no reason, no return"
    form.standard.setFocus()
    QTest.keyClick(form.standard, Qt.Key.Key_A)
    QTest.keyClick(form.standard, Qt.Key.Key_Down)
    QTest.keyClicks(form.reason, " A R N")
    assert decided(ud) == {1: None, 10: None, 11: None}
    QTest.mouseClick(form.return_button, Qt.MouseButton.LeftButton)
    found = next(e for e in reviewing.review(ud, FD, YEAR) if e.key == key(10))
    assert found.decision is Decision.RETURNED
    assert found.reason.endswith("A R N")
    assert found.answer_by is not None
    assert found.in_hand is None
    assert not form.isVisible()


def test_escape_gives_the_return_up_and_lays_the_answer_down(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    sign_in(ud, "Kari")
    page = review_page(show(ud), number=10)
    strike(Qt.Key.Key_R)
    QTest.keyClick(page.pane.form.reason, Qt.Key.Key_Escape)
    assert not page.pane.form.isVisible()
    assert all(e.in_hand is None and e.decision is None for e in reviewing.review(ud, FD, YEAR))


def test_what_another_has_in_hand_says_so_and_is_left_alone(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    sign_in(ud, "Kari")
    reviewing.take_in_hand(ud, FD, YEAR, key(10), officer="Ola")
    shown = show(ud)
    page = review_page(shown, number=10)
    assert "Ola" in page.pane._hand.text()
    strike(Qt.Key.Key_A)
    assert decided(ud)[10] is None
    assert any("Ola" in told for kind, told in shown.told if kind == "danger")


def test_an_answer_that_comes_while_one_reads_is_not_accepted_unread(units: tuple[Desk, Desk], show: Show, sent: Sent):
    ud, fd = units
    sign_in(ud, "Kari")
    shown = show(ud)
    page = review_page(shown, number=10)
    receive_one(ud, sent(fd, "again", 10, text="Noe ganske annet."))
    strike(Qt.Key.Key_A)
    assert decided(ud)[10] is None
    assert "Noe ganske annet." in page.pane.text.toPlainText()
    assert page.pane._news.isVisible()
    strike(Qt.Key.Key_A)
    assert decided(ud)[10] is Decision.ACCEPTED


def test_what_changed_since_the_accepted_answer_is_told_word_by_word(units: tuple[Desk, Desk], show: Show, sent: Sent):
    ud, fd = units
    sign_in(ud, "Kari")
    reviewing.decide(ud, FD, YEAR, (reviewing.Judgement(key=key(10), is_accepted=True),), officer="Kari")
    receive_one(ud, sent(fd, "again", 10, text="Innsats i Somalia."))
    page = review_page(show(ud), number=10)
    QTest.mouseClick(page.pane.views.word(DECIDED), Qt.MouseButton.LeftButton)
    told = page.pane.text.toPlainText()
    assert "året.Somalia." in told
    assert "En utfordring." not in told, "only what has changed"


def test_other_units_answers_stand_beside(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    shown = show(ud)
    page = review_page(shown, number=10)
    QTest.mouseClick(page.pane.views.word(OTHERS), Qt.MouseButton.LeftButton)
    shown.settle()
    assert "Politiet trente." in page.pane.beside.toPlainText()
    assert "Innsats i året." in page.pane.text.toPlainText()


def test_a_note_stays_with_ud(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    sign_in(ud, "Kari")
    page = review_page(show(ud), number=10)
    QTest.mouseClick(page.pane.notes.toggle_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.pane.note, "Ring FD.")
    QTest.mouseClick(page.pane.note_button, Qt.MouseButton.LeftButton)
    assert [n.text for n in reviewing.notes(ud, FD, YEAR)] == ["Ring FD."]
    assert "Ring FD." in page.pane._notes.text()


def test_all_who_wait_get_their_reply_in_one_go(units: tuple[Desk, Desk], show: Show, choose, tmp_path: Path):
    ud, fd = units
    sign_in(ud, "Kari")
    for unit in ("FD", "JD"):
        reviewing.decide(
            ud, UnitCode(unit), YEAR, (reviewing.Judgement(key=key(10), is_accepted=True),), officer="Kari"
        )
    shown = show(ud)
    page = review_page(shown)
    folder = tmp_path / "svar"
    folder.mkdir()
    choose(folder=folder)
    assert page.replying.menu.text().endswith("2")
    page.replying.menu.menu().actions()[1].trigger()
    shown.settle()
    files = sorted(folder.iterdir())
    assert [f.name[:2] for f in files] == ["fd", "jd"]
    assert isinstance(receive_one(fd, files[0]), ReplyLoaded)
    assert not page.undo_button.isEnabled() or decided(ud)[1] is None
    assert shown.context.settings.last_folder == folder


def test_enter_in_the_inbox_opens_the_review(units: tuple[Desk, Desk], show: Show):
    ud, _ = units
    shown = show(ud)
    inbox = shown.page("inbox")
    assert isinstance(inbox, InboxPage)
    inbox.lines.table.setCurrentIndex(inbox.lines.rows.index(0, 0))
    QTest.keyClick(inbox.lines.table, Qt.Key.Key_Return)
    assert isinstance(shown.view.page, ReviewPage)


def test_evidence_is_opened_from_a_private_copy_that_goes_with_the_desk(
    office: Office, sent: Sent, show: Show, monkeypatch: pytest.MonkeyPatch
):
    from wpsdesk.desk.evidence.attaching import attach

    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    paper = office.folder / "moete.exe"
    paper.write_text("Referat fra møtet i Oslo.\n", encoding="utf-8")
    office.answered(fd)
    attach(fd, YEAR, key(1), [paper])
    receive(ud, [sent(fd, "fd", 10)])
    asked: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(Path(url.toLocalFile())) or True)
    shown = show(ud)
    page = review_page(shown, number=1)
    assert not copies_folder(ud.store.path).exists()
    QTest.mouseClick(page.pane.files.toggle_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.pane.buttons[0], Qt.MouseButton.LeftButton)
    shown.settle()
    copy = asked[0]
    assert copy.read_bytes() == paper.read_bytes()
    assert copy.suffix == ".txt", "what poses as a program is not run"
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    shown.close()
    office.desks.remove(ud)
    close_desk(ud)
    assert not copy.exists()
    assert not copy.parent.exists()


def test_what_was_returned_is_listed_late_and_a_unit_gets_more_time(
    units: tuple[Desk, Desk], show: Show, office: Office
):
    ud, _ = units
    sign_in(ud, "Kari")
    by = office.clock.now.date()
    late = reviewing.Judgement(key=key(10), is_accepted=False, reason="Hvor?", answer_by=by)
    reviewing.decide(ud, FD, YEAR, (late,), officer="Kari")
    office.clock.wind(days=5)
    page = review_page(show(ud))
    QTest.mouseClick(page.follow_button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    (row,) = dialog.rows.rows.values
    assert (row.late, row.days) == (5, 5)
    QTest.mouseClick(dialog.extend_button, Qt.MouseButton.LeftButton)
    (given,) = extensions(ud, YEAR)
    assert (given.unit, given.officer) == ("FD", "Kari")
    assert dialog.rows.rows.values[0].late == 0
    dialog.rows.table.setCurrentIndex(dialog.rows.rows.index(0, 0))
    QTest.keyClick(dialog.rows.table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert page.pane._title.text().startswith("10")
