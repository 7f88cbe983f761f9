"""An officer chooses between two reports of a unit in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desk.review.test_conflicts import forked, key, texts
from tests.kit import YEAR
from tests.ui.authority.conftest import Show
from wpsdesk.desk.arrivals.inbox import Stands
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.conflicts import conflicts
from wpsdesk.report.sides import Side
from wpsdesk.ui.authority.inbox import InboxPage

__all__ = ["forked"]


def test_both_reports_stand_side_by_side_and_the_choice_can_be_taken_back(
    forked: tuple[Desk, Desk],
    show: Show,
):
    ud, _ = forked
    shown = show(ud)
    page = shown.page("inbox")
    assert isinstance(page, InboxPage)

    def stand_on(stands: Stands) -> None:
        rows = page.lines.rows
        place = next(i for i, line in enumerate(rows.values) if line.row.stands is stands)
        page.lines.table.setCurrentIndex(rows.index(place, 0))

    stand_on(Stands.HELD)
    QTest.mouseClick(page.details.choice_button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert dialog is not None
    ten, eleven = dialog.answers
    assert not dialog.save_button.isEnabled()
    ten.sides.buttons[Side.BOTH].click()
    eleven.sides.buttons[Side.THEIRS].click()
    assert not dialog.save_button.isEnabled(), "both need a note"
    QTest.keyClicks(ten.note, "Begge gjelder.")
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert texts(ud)[10] == "Fra den ene.\n\nFra den andre."
    assert conflicts(ud, YEAR) == ()
    assert shown.told[-1][0] == "success"
    stand_on(Stands.SETTLED)
    QTest.mouseClick(page.details.choice_button, Qt.MouseButton.LeftButton)
    assert [d.key for d in conflicts(ud, YEAR)[0].differences] == [key(10), key(11)]
