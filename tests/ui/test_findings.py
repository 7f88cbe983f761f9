"""What must be mended and what is advised are told apart, lead to their fields, and go when they are mended."""

from __future__ import annotations

from dataclasses import replace

from tests.kit import answer
from tests.ui.driving import Person
from tests.ui.test_writing import passage
from wpsdesk.report.model import EMPTY
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage


def test_under_send_a_blocker_and_an_advice_are_listed_apart_and_lead_to_their_fields(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    person.office.answered(desk, answer(10, text=""), replace(answer(12), challenges=EMPTY))
    person.sits_down_at(desk)
    send = person.turns_to("send", SendPage)
    assert [link.text() for link in send.findings.blocker_links] == ["Tiltak 10: Innsats"]
    assert [link.text() for link in send.findings.advice_links] == ["Tiltak 12: Utfordringer"]
    send.findings.advice_links[0].click()
    page = person.page
    assert isinstance(page, ReportPage)
    assert page.missing.text == "1 råd: Utfordringer"
    person.waits(passage(page, "challenges").text.hasFocus)
    person.types(passage(page, "challenges").text, "Sikkerheten")
    assert page.missing.text == "", "gone when mended"
    send = person.turns_to("send", SendPage)
    assert send.findings.advice_links == []
    send.findings.blocker_links[0].click()
    page = person.turns_to("report", ReportPage)
    person.types(passage(page, "effort").text, "Kurs")
    send = person.turns_to("send", SendPage)
    assert not send.findings.isVisible()
