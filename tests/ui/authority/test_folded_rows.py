"""At large text a table that has no room for its columns shows every row whole, in lines below one another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.ui import style
from wpsdesk.ui.authority.inbox import InboxPage
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.scrolling import Scroller


@pytest.mark.parametrize("percent", [100, 200])
def test_rows_are_folded_where_there_is_no_room_and_nothing_scrolls_sideways(
    office: Office, show: Show, sent, percent: int
) -> None:
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    try:
        style.apply(style.look_for("light", percent))
        page = show(ud).page("inbox")
        assert isinstance(page, InboxPage)
        table, is_large = page.lines.table, percent == 200
        assert table.isColumnHidden(3) is is_large
        assert table.horizontalHeader().isHidden() is is_large
        assert table.horizontalScrollBar().maximum() == 0
        said = page.lines.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert ("Signert av: Forsvarsdepartementet" in said) is is_large
        assert (table.rowHeight(0) > 3 * style.current().px(20)) is is_large
    finally:
        style.apply(style.look_for("light", 100))


def test_what_an_empty_list_says_is_not_scrolled_where_there_is_room(qtbot: QtBot) -> None:
    listing: Listing[str] = Listing(
        "Liste", (Column(title="Ord", text=str),), empty="Ingenting her.", how="Her står det som er kommet. " * 5
    )
    qtbot.addWidget(listing)
    listing.resize(900, 110)
    listing.show()
    scroller = listing.currentWidget()
    assert isinstance(scroller, Scroller)
    qtbot.waitUntil(lambda: scroller.viewport().width() > 800)
    assert scroller.verticalScrollBar().maximum() == 0
    listing.resize(200, 110)
    qtbot.waitUntil(lambda: scroller.verticalScrollBar().maximum() > 0)
