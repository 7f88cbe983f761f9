"""Requests, digits and certificates in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.kit import Office
from tests.ui.authority.conftest import Show, in_dialog
from wpsdesk.desk.call.calling import load_call, root_fingerprint
from wpsdesk.desk.keys.enrolling import KeyState, Requested, enrolled_units, load_certificate, request
from wpsdesk.desk.model import Desk
from wpsdesk.ui.authority.enrolling import UnitsPage
from wpsdesk.ui.authority.revoking import RevocationDialog


def units_page(shown) -> UnitsPage:
    page = shown.page("units")
    assert isinstance(page, UnitsPage)
    return page


def asking(office: Office, ud: Desk) -> tuple[Desk, Requested]:
    fd = office.desk("FD")
    root = root_fingerprint(ud)
    assert root is not None
    load_call(fd, office.call_file, root[0])
    return fd, request(fd, "Kari Nordmann", office.folder / "request.asice")


def state_of(ud: Desk, code: str) -> KeyState:
    return next(known.state for known in enrolled_units(ud) if known.unit.code == code)


def opened(office: Office, show: Show, choose) -> tuple[Desk, UnitsPage, Desk, Requested, object]:
    ud = office.ud()
    fd, asked = asking(office, ud)
    shown = show(ud)
    page = units_page(shown)
    choose(files=(asked.path,), new=office.folder / "reply.asice.cms")
    page.open_button.click()
    shown.settle()
    return ud, page, fd, asked, shown


def test_the_digits_that_were_heard_give_the_unit_its_certificate(office: Office, show: Show, choose):
    ud, page, fd, asked, shown = opened(office, show, choose)
    assert asked.fingerprint in page.panel.digits.accessibleName()
    assert "Request" not in page.panel.digits.accessibleName()
    assert not page.panel.approve_button.isEnabled()
    QTest.keyClicks(page.panel.heard, asked.fingerprint)
    QTest.keyClick(page.panel.heard, Qt.Key.Key_Return)
    shown.settle()
    assert state_of(ud, "FD") is KeyState.VALID
    assert load_certificate(fd, office.folder / "reply.asice.cms").unit == "FD"
    assert not page.panel.isVisible()


def test_a_unit_with_a_request_that_waits_says_so_in_the_table(office: Office, show: Show, choose):
    _, page, _, _, _ = opened(office, show, choose)
    rows = {page.units.rows.index(i, 0).data(): page.units.rows.index(i, 2).data() for i in range(7)}
    assert rows["FD"] == "Forespørsel venter"
    assert rows["UD"] == "Har sertifikat"
    assert rows["JD"] == "Uten sertifikat"


def test_wrong_digits_are_told_at_the_field_and_give_nothing(office: Office, show: Show, choose):
    ud, page, _, asked, shown = opened(office, show, choose)
    QTest.keyClicks(page.panel.heard, asked.fingerprint[::-1])
    page.panel.approve_button.click()
    shown.settle()
    assert page.panel.heard_field.error
    assert state_of(ud, "FD") is KeyState.NONE
    assert not (office.folder / "reply.asice.cms").exists()


def test_ticking_every_group_stands_for_having_compared(office: Office, show: Show, choose):
    ud, page, _, _, shown = opened(office, show, choose)
    page.panel.digits.boxes[0].setFocus()
    for place, box in enumerate(page.panel.digits.boxes):
        assert not page.panel.approve_button.isEnabled(), place
        QTest.keyClick(box, Qt.Key.Key_Space)
    page.panel.approve_button.click()
    shown.settle()
    assert state_of(ud, "FD") is KeyState.VALID


def test_escape_puts_a_request_away_and_enter_brings_it_back(office: Office, show: Show, choose):
    _, page, _, _, _ = opened(office, show, choose)
    QTest.keyClick(page.panel.heard, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    codes = [line.known.unit.code for line in page.units.rows.values]
    page.units.table.selectRow(codes.index("FD"))
    QTest.keyClick(page.units.table, Qt.Key.Key_Return)
    assert page.panel.isVisible()


def test_the_way_to_approve_is_to_be_seen_on_a_small_screen(office: Office, show: Show, choose):
    _, page, _, _, shown = opened(office, show, choose)
    shown.view.window().resize(1366, 768)
    QTest.qWait(0)
    for button in (page.panel.away_button, page.panel.approve_button):
        assert button.visibleRegion().boundingRect() == button.rect()
    assert not page.open_button.isVisible()
    QTest.keyClick(page.panel.approve_button, Qt.Key.Key_Escape)
    assert not page.panel.approve_button.isVisible()
    assert page.open_button.isVisible()


def test_a_request_dropped_on_the_page_is_opened(office: Office, show: Show):
    ud = office.ud()
    _, asked = asking(office, ud)
    shown = show(ud)
    page = units_page(shown)
    shown.view.take_files((asked.path,))
    shown.settle()
    assert page.panel.pending is not None
    assert page.panel.pending.unit == "FD"


def test_a_certificate_is_revoked_with_its_reason(office: Office, show: Show):
    ud = office.ud()
    office.enrolled(ud, "FD")
    page = units_page(show(ud))
    codes = [line.known.unit.code for line in page.units.rows.values]
    page.units.table.selectRow(codes.index("UD"))
    assert not page.revoke_button.isEnabled()
    page.units.table.selectRow(codes.index("FD"))
    in_dialog(RevocationDialog, lambda dialog: dialog.revoke_button.click())
    page.revoke_button.click()
    assert state_of(ud, "FD") is KeyState.REVOKED
    assert page.units.rows.index(codes.index("FD"), 2).data() == "Tilbakekalt"


def test_a_file_that_is_no_request_is_told(office: Office, show: Show):
    shown = show(office.ud())
    page = units_page(shown)
    note = office.folder / "note.asice"
    Path(note).write_bytes(b"no bundle")
    page.read_request(note)
    shown.settle()
    assert shown.told[-1][0] == "danger"
    assert page.panel.pending is None
