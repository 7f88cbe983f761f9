"""Set aside, UD's own keys, the register, and what leaves the desk for others to check, in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from tests.ui.authority.conftest import Show, Shown, in_dialog
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.arrivals.verifying import read_trust
from wpsdesk.desk.arrivals.waiting import waiting
from wpsdesk.desk.call.calling import load_call, root_fingerprint
from wpsdesk.desk.keys.enrolling import KeyState, certificates
from wpsdesk.desk.keys.introducing import introduce
from wpsdesk.desk.keys.rooting import root_facts
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.archiving import archive
from wpsdesk.desk.submission.sending import export
from wpsdesk.ui.authority.archive_dialog import ArchiveDialog
from wpsdesk.ui.authority.enrolling import UnitsPage
from wpsdesk.ui.authority.revoking import RevocationDialog
from wpsdesk.ui.trust.asking import KeyFileDialog, NewKeyFileDialog, SureDialog


def part(shown: Shown, name: str) -> UnitsPage:
    page = shown.page("units")
    assert isinstance(page, UnitsPage)
    page.segments.word(name).click()
    return page


def stranger(office: Office, ud: Desk) -> Path:
    """A first report from a unit that UD has never met, with its request inside."""
    fd = office.desk("FD")
    root = root_fingerprint(ud)
    assert root is not None
    load_call(fd, office.call_file, root[0])
    return introduce(office.answered(fd), YEAR, office.folder / "fd.asice.cms", "Kari Test").sent.path


def test_a_report_that_is_set_aside_is_taken_in_once_every_group_has_been_heard(office: Office, show: Show, choose):
    ud = office.ud()
    receive(ud, [stranger(office, ud)])
    shown = show(ud)
    page = part(shown, "aside")
    assert page.segments.word("aside").text().endswith("1")
    aside = page.aside
    choose(new=office.folder / "reply.asice.cms")
    aside.heard.boxes[0].setFocus()
    for box in aside.heard.boxes:
        assert not aside.approve_button.isEnabled()
        QTest.keyClick(box, Qt.Key.Key_Space)
    aside.approve_button.click()
    shown.settle()
    assert [row.unit for row in inbox(ud)] == ["FD"]
    assert waiting(ud) == ()
    assert (office.folder / "reply.asice.cms").exists()


def test_wrong_digits_take_nothing_in_and_what_is_put_away_is_gone(office: Office, show: Show, choose):
    ud = office.ud()
    receive(ud, [stranger(office, ud)])
    shown = show(ud)
    aside = part(shown, "aside").aside
    choose(new=office.folder / "reply.asice.cms")
    QTest.keyClicks(aside.typed, aside.heard.fingerprint[::-1])
    aside.approve_button.click()
    shown.settle()
    assert aside.typed_field.error
    assert inbox(ud) == ()
    in_dialog(SureDialog, lambda dialog: dialog.do_button.click())
    aside.drop_button.click()
    assert waiting(ud) == ()


def test_the_root_key_moves_to_a_file_and_is_asked_for_when_the_issuing_key_is_replaced(office: Office, show: Show):
    ud = office.ud()
    shown = show(ud)
    own = part(shown, "own").own_keys

    def move(dialog: NewKeyFileDialog) -> None:
        dialog.file.show_path(office.folder / "root.wpskey")
        dialog.new.first.line.setText(PASSPHRASE)
        dialog.new.second.line.setText(PASSPHRASE)
        dialog.do_button.click()

    in_dialog(NewKeyFileDialog, move)
    own.root_button.click()
    assert root_facts(ud).is_offline
    before = root_facts(ud).issuing_name

    def replace(dialog: KeyFileDialog) -> None:
        dialog.file.show_path(office.folder / "root.wpskey")
        dialog.passphrase.line.setText(PASSPHRASE)
        dialog.do_button.click()

    in_dialog(KeyFileDialog, replace)
    own.issuer_button.click()
    assert root_facts(ud).issuers == 2
    assert root_facts(ud).issuing_name != before


def test_the_lists_are_made_anew_by_a_button(office: Office, show: Show):
    ud = office.ud()
    shown = show(ud)
    own = part(shown, "own").own_keys
    before = root_facts(ud)
    office.clock.wind(days=20)
    own.lists_button.click()
    shown.settle()
    after = root_facts(ud)
    assert (after.lists_made - before.lists_made).days == 20
    assert after.lists_end > before.lists_end


def test_what_ends_soon_stands_first_and_one_certificate_is_revoked(office: Office, show: Show):
    ud = office.ud()
    office.enrolled(ud, "FD")
    ends = next(each.not_after for each in certificates(ud) if each.unit == "FD")
    office.clock.now = ends
    office.clock.wind(days=-10)
    shown = show(ud)
    page = part(shown, "certificates")
    first = page.certificates.lines.rows.values[0]
    assert page.certificates.chip(first).word == "Slutter om 10 dager"
    place = [line.unit for line in page.certificates.lines.rows.values].index("FD")
    page.certificates.lines.table.selectRow(place)
    in_dialog(RevocationDialog, lambda dialog: dialog.revoke_button.click())
    page.certificates.revoke_button.click()
    assert next(each.state for each in certificates(ud) if each.unit == "FD") is KeyState.REVOKED


def test_the_archive_the_trust_file_and_a_report_given_back_are_written(office: Office, show: Show, choose):
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1))
    receive(ud, [export(fd, YEAR, office.folder / "fd.asice.cms").path])
    shown = show(ud)
    audit = part(shown, "auditing").auditing
    choose(folder=office.folder)
    audit.archive_button.click()
    shown.settle()
    assert (office.folder / "arkiv-2026" / "verify-all.sh").is_file()
    choose(new=office.folder / "trust.pem")
    audit.trust_button.click()
    shown.settle()
    root = root_fingerprint(ud)
    assert root is not None
    assert read_trust(office.folder / "trust.pem").root_fingerprint == root[0]
    choose(new=office.folder / "tilbake.asice.cms")
    audit.back_button.click()
    shown.settle()
    assert (office.folder / "tilbake.asice.cms").is_file()


def test_an_archive_is_looked_through_its_root_compared_and_taken_in(office: Office, show: Show, choose):
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1))
    receive(ud, [export(fd, YEAR, office.folder / "fd.asice.cms").path])
    archive(ud, YEAR, office.folder / "arkiv")
    empty = office.desk("UD")
    shown = show(empty)
    audit = part(shown, "auditing").auditing
    choose(folder=office.folder / "arkiv")

    def compare(dialog: ArchiveDialog) -> None:
        assert not dialog.do_button.isEnabled()
        dialog.compared.click()
        dialog.do_button.click()

    in_dialog(ArchiveDialog, compare)
    audit.load_button.click()
    shown.settle()
    assert [row.unit for row in inbox(empty)] == ["FD"]
    assert audit.archive_button.isEnabled()
    (office.folder / "arkiv" / "contents.tsv").write_text("x")
    audit.load_button.click()
    shown.settle()
    tone, words = shown.told[-1]
    assert (tone, "contents.tsv" in words) == ("danger", True)
