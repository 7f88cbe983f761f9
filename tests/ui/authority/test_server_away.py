"""The shared database goes away under the window in the middle of a review, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from tests.kit import ON_SERVER, YEAR, Office
from tests.kit.server import server_away
from tests.ui.authority.conftest import Show
from tests.ui.authority.test_review import FD, decided, review_page, strike
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.officers import sign_in
from wpsdesk.desk.review import reviewing
from wpsdesk.report.states import Decision

pytestmark = ON_SERVER


def test_the_window_says_so_keeps_what_was_written_and_goes_on_when_it_is_back(
    office: Office, show: Show, sent: Callable[..., Path]
) -> None:
    ud = office.ud()
    receive_one(ud, sent(office.enrolled(ud, "FD"), "fd", 1, 10))
    sign_in(ud, "Kari")
    shown = show(ud)
    page = review_page(shown, number=1)
    page.pane.note.setPlainText("Ring dem først.")
    with server_away():
        page.rows.table.setFocus()
        strike(Qt.Key.Key_A)
        assert shown.told[-1][0] == "danger"
        assert "svarer ikke" in shown.told[-1][1]
        page.pane.note_written.emit("Ring dem først.")
        shown.view.go("coverage")
        shown.view.go("inbox")
        assert shown.view.page is page, "the page that could not be read is not shown"
        assert shown.view.leave(), "it can be locked all the same"
    assert page.pane.note.toPlainText() == "Ring dem først."
    assert decided(ud) == {1: None, 10: None}, "nothing is half done"
    page.rows.table.setFocus()
    strike(Qt.Key.Key_A)
    assert decided(ud) == {1: Decision.ACCEPTED, 10: None}
    page.pane.note_written.emit("Ring dem først.")
    assert [note.text for note in reviewing.notes(ud, FD, YEAR)] == ["Ring dem først."]
    shown.view.go("coverage")
    assert shown.view.name == "coverage"
