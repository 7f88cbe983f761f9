"""Search from UD's window: as one types, through everything, and Enter goes to the right place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.kit import YEAR, Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.meetings.holding import About, hold
from wpsdesk.report.meetings import MeetingKind
from wpsdesk.ui.authority.coverage import CoveragePage
from wpsdesk.ui.authority.journal import JournalPage
from wpsdesk.ui.authority.meetings import MeetingsPage
from wpsdesk.ui.authority.reviewing import ReviewPage

PLACES = {
    "patruljer": ReviewPage, "forsvarsdepartementet": CoveragePage, "prio": MeetingsPage,
    "seksualisert vold": CoveragePage, "fd 1": JournalPage,
}  # fmt: skip
"""What is looked for, and the page on which the first place is."""


def test_enter_goes_to_the_place(office: Office, show: Show, sent) -> None:
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10, text="Blandede patruljer i sør.")])
    hold(ud, YEAR, About(day=date(2027, 1, 5), kind=MeetingKind.RESEARCHERS, who="PRIO"))
    shown = show(ud)
    for words, page in PLACES.items():
        shown.view.topline.search.click()
        dialog = shown.view.searching.dialog
        assert dialog is not None
        shown.settle()
        QTest.keyClicks(dialog.words, words)
        QTest.keyClick(dialog.words, Qt.Key.Key_Return)  # before the worker has found anything
        shown.qtbot.waitUntil(lambda k=page: isinstance(shown.view.page, k), timeout=20_000)
        assert isinstance(shown.view.page, page), words
