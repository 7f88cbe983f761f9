"""UD is a responsible ministry as well: it answers at its own desk and sends to itself."""

from __future__ import annotations

from tests.kit import YEAR, Office, answer
from tests.ui.authority.conftest import Show
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.receiving import Received, receive_one
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage


def test_ud_answers_for_its_own_commitments_and_takes_its_own_report_in(office: Office, show: Show):
    shown = show(office.ud())
    desk = shown.context.desk
    page = shown.page("report")
    assert isinstance(page, ReportPage)
    assert page.list.progress_text == "0 av 25 klare"
    save(desk, YEAR, answer(5))
    sending = shown.page("send")
    assert isinstance(sending, SendPage)
    folder = office.folder / "egen"
    folder.mkdir()
    sending.approved_by.setText("Ola Test")
    sending.folder.line.setText(str(folder))
    shown.qtbot.waitUntil(sending.export_button.isEnabled, timeout=20_000)
    sending.export_button.click()
    shown.settle()
    (bundle,) = folder.iterdir()
    got = receive_one(desk, bundle)
    assert isinstance(got, Received)
    assert got.unit == "UD"
