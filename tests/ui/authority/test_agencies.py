"""A ministry asks its agency in the window, hears its digits, reads its report and takes its words over."""

from __future__ import annotations

from datetime import date

from tests.flows.test_agencies import agency, asked_by
from tests.kit import YEAR, Office, answer, mission
from tests.ui.authority.conftest import Show, in_dialog
from tests.ui.authority.test_call import QTest
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.agencies.asking import described
from wpsdesk.desk.agencies.contributing import contributors
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, require_call, root_fingerprint
from wpsdesk.desk.call.extending import extend
from wpsdesk.desk.keys.enrolling import load_certificate, request
from wpsdesk.desk.model import gathering
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import UnitKind
from wpsdesk.ui.agencies.gathering_page import GatheringPage
from wpsdesk.ui.agencies.more_time_card import MoreTimeDialog
from wpsdesk.ui.agencies.reporters_page import ReportersPage
from wpsdesk.ui.authority.asking import AskedDialog
from wpsdesk.ui.authority.calling import CallPage
from wpsdesk.ui.authority.enrolling import UnitsPage
from wpsdesk.ui.authority.reviewing import ReviewPage
from wpsdesk.ui.reporter.report_page import ReportPage

TEN = answer(10).key


def add_ffi(dialog: AskedDialog) -> None:
    assert dialog.kind.count() == 1, "a ministry asks its agencies, and nobody else"
    QTest.keyClicks(dialog.code, "ffi")
    QTest.keyClicks(dialog.name, "Forsvarets forskningsinstitutt")
    dialog.some.setChecked(True)
    dialog.commitments.pick((10, 31))
    dialog.save.click()


def test_a_ministry_gathers_from_its_agency_in_the_window(office: Office, show: Show, choose) -> None:
    fd = office.enrolled(office.ud(mission()), "FD")
    shown = show(fd)
    page = shown.page("agencies")
    assert isinstance(page, GatheringPage)
    # 1. Begin, and make a call to one agency.
    page.beginning.begin_button.click()
    call = page.part
    assert isinstance(call, CallPage)
    in_dialog(AskedDialog, add_ffi)
    call.add_button.click()
    out = office.folder / "etatsbestilling.asice"
    choose(new=out)
    call.make_button.click()
    shown.settle()
    assert shown.told[-1][0] == "success"
    # 2. The agency loads it, compares the ministry's digits, and asks for its certificate.
    root = root_fingerprint(gathering(fd))
    assert root is not None
    ffi = office.desk(agency())
    asked_of = load_call(ffi, out, root[0]).call.asked_of(ffi.unit.code)
    assert asked_of is not None
    assert (asked_of.commitments, asked_of.unit.kind, asked_of.unit.parent) == ((10,), UnitKind.AGENCY, "FD")
    asked = request(ffi, "Per", office.folder / "request.asice")
    # 3. The request is dropped on the window, wherever one is, and its digits are heard.
    shown.page("report")
    shown.view.take_files((asked.path,))
    shown.settle()
    units = page.part
    assert isinstance(units, UnitsPage)
    assert units.isVisible()
    choose(new=office.folder / "certificate.asice.cms")
    QTest.keyClicks(units.panel.heard, asked.fingerprint)
    units.panel.approve_button.click()
    shown.settle()
    load_certificate(ffi, office.folder / "certificate.asice.cms")
    # 4. Its report is dropped, reviewed and taken over beside the ministry's own answer.
    sent = export(office.answered(ffi, answer(10, text="Instituttet holdt kurs.")), YEAR, office.folder).path
    shown.view.take_files((sent,))
    shown.settle()
    who = page.go("who") or page.part
    assert isinstance(who, ReportersPage)
    assert [(each.unit.code, each.has_reported) for each in who.rows.rows.values] == [("FFI", True)]
    who.review_button.click()
    assert isinstance(page.part, ReviewPage)
    report = shown.page("report")
    assert isinstance(report, ReportPage)
    report.open_thing(TEN)
    QTest.keyClicks(report.form.editors["effort"].text, "Vi holdt ti møter.")
    assert report.reported.isVisible()
    report.reported.look_button.click()
    report.reported.dialog.boxes["FFI", ""]["challenges"].setChecked(False)
    report.reported.dialog.take_buttons["FFI", ""].click()
    report.reported.dialog.close_button.click()
    held = entry(fd, YEAR, TEN)
    assert held.effort.text == report.form.value().effort.text
    assert held.effort.text == "Vi holdt ti møter.\n\nInstituttet holdt kurs."
    assert (held.challenges.text, [each.unit for each in held.taken]) == ("", ["FFI"])
    # 5. The agency is not to be named in public: the list that goes to UD says so.
    page.go("who")
    who.hide_button.click()
    (told,) = contributors(fd, YEAR)
    assert (told.unit.code, told.may_be_named) == (UnitCode("FFI"), False)


def test_only_a_ministry_and_norad_have_the_page(office: Office, show: Show) -> None:
    ud = office.ud(mission())
    shown = show(office.enrolled(ud, mission()))
    assert "agencies" not in {each.name for each in shown.view.entries}


def test_an_agency_s_window_speaks_of_its_ministry(office: Office, show: Show) -> None:
    """Where others read “UD”, an agency reads who called for its report."""
    side = gathering(office.enrolled(office.ud(mission()), "FD"))
    own = described(side, YEAR, "FFI", "Forsvarets forskningsinstitutt", (10,))
    create_call(side, CallDraft(year=YEAR, deadline=date(2027, 2, 1), asked=(own,)), office.folder / "own-call.asice")
    shown = show(asked_by(office, side, agency()))
    assert shown.context.say("Only UD's desk can do this.") == "Dette kan bare gjøres på FDs arbeidsplass."


def test_more_time_from_ud_is_passed_on_by_one_button(office: Office, show: Show) -> None:
    ud = office.ud(mission())
    fd = office.enrolled(ud, "FD")
    side = gathering(fd)
    own = described(side, YEAR, "FFI", "Forsvarets forskningsinstitutt", (10,))
    create_call(side, CallDraft(year=YEAR, deadline=date(2027, 2, 1), asked=(own,)))
    receive_one(ud, export(office.answered(fd, answer(1)), YEAR, office.folder, approved_by="Ola").path)
    extend(ud, UnitCode("FD"), YEAR, date(2027, 3, 21))
    shown = show(fd)
    page = shown.page("agencies")
    assert isinstance(page, GatheringPage)
    who = page.part
    assert isinstance(who, ReportersPage)
    assert not who.more_time.isVisible()
    shown.view.take_files((reply(ud, UnitCode("FD"), YEAR, office.folder).path,))
    shown.settle()
    shown.page("agencies")
    assert "21. mars 2027" in who.more_time.words.text()
    out = office.folder / "mer-tid.asice"

    def give(dialog: MoreTimeDialog) -> None:
        dialog.file.show_path(out)
        dialog.do_button.click()

    in_dialog(MoreTimeDialog, give)
    who.more_time.button.click()
    assert shown.told[-1][0] == "success"
    assert require_call(side, YEAR).deadline == date(2027, 2, 21)
    assert out.is_file()
    assert not who.more_time.isVisible()
