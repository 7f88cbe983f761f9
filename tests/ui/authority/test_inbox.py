"""Taking in what units have sent, in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.kit import YEAR, Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.call.calling import load_call, root_fingerprint
from wpsdesk.desk.keys.enrolling import request
from wpsdesk.desk.review.replying import replies
from wpsdesk.ui.authority.arrivals import Held, Turned
from wpsdesk.ui.authority.enrolling import UnitsPage
from wpsdesk.ui.authority.inbox import InboxPage


def inbox_page(shown) -> InboxPage:
    page = shown.page("inbox")
    assert isinstance(page, InboxPage)
    return page


def altered(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    out = path.with_name(f"altered_{path.name}")
    out.write_bytes(data)
    return out


def test_an_empty_inbox_says_how_to_begin(office: Office, show: Show):
    page = inbox_page(show(office.ud()))
    assert page.lines.currentIndex() == 1
    assert not page.details.isVisible()


def test_a_report_is_imported_by_the_button(office: Office, show: Show, choose, sent):
    ud = office.ud()
    bundle = sent(office.enrolled(ud, "FD"), "fd", 10, 11)
    shown = show(ud)
    page = inbox_page(shown)
    choose(files=(bundle,))
    page.files_button.click()
    shown.settle()
    assert shown.told[-1] == ("success", "1 rapport mottatt.")
    (line,) = page.lines.rows.values
    assert isinstance(line, Held)
    cells = [page.lines.rows.index(0, column).data() for column in range(7)]
    assert cells[:6] == ["FD", str(YEAR), "1", "Ny", "Uendret, gyldig, betrodd", "Forsvarsdepartementet"]
    assert page.details.chips == ("Uendret", "Gyldig signatur", "Betrodd avsender")
    text = page.details.text.toPlainText()
    assert line.row.digest in text
    assert "Ola Test" in text
    assert "2 svar" in text


def test_a_bad_file_beside_a_good_one_never_stops_it(office: Office, show: Show, sent):
    ud = office.ud()
    folder = office.folder / "post"
    folder.mkdir()
    shutil.move(sent(office.enrolled(ud, "FD"), "fd", 10), folder / "b_fd.asice.cms")
    good = sent(office.enrolled(ud, "JD"), "jd", 11)
    shutil.move(altered(good), folder / "a_altered.asice.cms")
    (folder / "c_note.asice").write_bytes(b"no bundle at all")
    shown = show(ud)
    shown.page("coverage")
    shown.view.take_files((folder,))  # dropped while another page is shown
    shown.settle()
    page = shown.view.page
    assert isinstance(page, InboxPage)
    assert [row.unit for row in inbox(ud)] == ["FD"]
    turned = [line for line in page.lines.rows.values if isinstance(line, Turned)]
    assert [line.path.name for line in turned] == ["a_altered.asice.cms", "c_note.asice"]
    assert shown.told[-1][0] == "warning"
    assert [page.lines.rows.index(row, 4).data() for row in (0, 1)] == [
        "Endret etter signering",
        "Ikke en rapportpakke",
    ]
    assert page.lines.current() is turned[0]
    assert "endret" in page.details.text.toPlainText()


def test_a_later_report_replaces_the_earlier_and_both_stay(office: Office, show: Show, sent):
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    first = sent(fd, "fd1", 10)
    second = sent(fd, "fd2", 10, 11)
    shown = show(ud)
    page = inbox_page(shown)
    page.take((first,))
    shown.settle()
    page.take((second,))
    shown.settle()
    states = {page.lines.rows.index(r, 2).data(): page.lines.rows.index(r, 3).data() for r in range(2)}
    assert states == {"2": "Erstatter en tidligere rapport", "1": "Erstattet av en senere"}


def test_the_same_file_again_is_turned_away_with_the_reason(office: Office, show: Show, sent):
    ud = office.ud()
    bundle = sent(office.enrolled(ud, "FD"), "fd", 10)
    shown = show(ud)
    page = inbox_page(shown)
    for _ in range(2):
        page.take((bundle,))
        shown.settle()
    assert len(inbox(ud)) == 1
    first = page.lines.rows.values[0]
    assert isinstance(first, Turned)
    assert page.lines.rows.index(0, 4).data() == "Uendret, gyldig, betrodd"


def test_a_stopped_import_keeps_what_had_come(office: Office, show: Show, sent):
    ud = office.ud()
    fd, jd = sent(office.enrolled(ud, "FD"), "fd", 10), sent(office.enrolled(ud, "JD"), "jd", 11)
    receive(ud, [fd])
    shown = show(ud)
    page = inbox_page(shown)
    page.take((jd,))
    shown.jobs.cancel_all()
    shown.settle()
    assert [row.unit for row in inbox(ud)] == ["FD"]
    assert shown.told[-1] == ("info", "Importen ble stoppet. Det som alt var mottatt, er fortsatt mottatt.")


def test_a_receipt_is_written_and_the_unit_can_load_it(office: Office, show: Show, choose, sent):
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    bundle = sent(fd, "fd", 10)
    shown = show(ud)
    page = inbox_page(shown)
    page.take((bundle,))
    shown.settle()
    out = office.folder / "kvittering.asice.cms"
    choose(new=out)
    page.details.receipt_button.click()
    shown.settle()
    assert shown.told[-1][0] == "success"
    receive(fd, [out])
    (reply,) = replies(fd, YEAR)
    assert reply.about is not None
    assert reply.about.seq == 1


def test_a_request_in_the_post_is_opened_on_the_page_of_units(office: Office, show: Show):
    ud = office.ud()
    fd = office.desk("FD")
    root = root_fingerprint(ud)
    assert root is not None
    load_call(fd, office.call_file, root[0])
    asked = request(fd, "Kari Nordmann", office.folder / "request.asice")
    shown = show(ud)
    page = inbox_page(shown)
    page.take((asked.path,))
    shown.settle()
    assert page.lines.rows.index(0, 3).data() == "Forespørsel venter"
    page.details.request_button.click()
    units = shown.view.page
    assert isinstance(units, UnitsPage)
    assert units.panel.isVisible()
    assert asked.fingerprint in units.panel.digits.accessibleName()
