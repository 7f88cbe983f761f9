"""Writing and editing for the annual report in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.kit import YEAR, Office, answer
from tests.ui.authority.conftest import Show
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.compilation.editing import AnswerPlace
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.officers import sign_in
from wpsdesk.desk.publication.editing import work
from wpsdesk.ui.authority.editing import EditingPage
from wpsdesk.ui.authority.editing_list import Shown
from wpsdesk.ui.authority.editing_pane import Doing
from wpsdesk.ui.reporter.preview import PreviewDialog

FD10, FD11 = (AnswerPlace(UnitCode("FD"), CommitmentNumber(n)) for n in (10, 11))


def test_a_person_writes_a_foreword_edits_an_answer_leaves_one_out_and_takes_it_back(
    office: Office, show: Show, sent, qtbot
) -> None:
    ud = office.ud()
    sign_in(ud, "Kari")
    fd = office.enrolled(ud, "FD")
    receive(ud, [sent(fd, "fd", 10, 11)])
    shown = show(ud)
    page = shown.page("editing")
    assert isinstance(page, EditingPage)

    page.pane.what.choose("nn")
    page.pane.what.activated.emit(1)
    qtbot.keyClicks(page.pane.text, "Eit forord.")
    qtbot.waitUntil(lambda: work(ud, YEAR).editing.frame("foreword", "nn") is not None)  # nobody pressed anything

    page.open_thing(FD10)
    assert page.pane.source.text() == page.pane.text.toPlainText() == "Innsats i året."
    page.pane.text.selectAll()
    qtbot.keyClicks(page.pane.text, "Kortere.")
    qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)  # going on keeps what was typed
    (edit,) = work(ud, YEAR).editing.edits
    assert (edit.place, edit.passage.text, edit.by) == (FD10, "Kortere.", "Kari")
    page.open_thing(FD10)
    page.preview_button.click()
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewDialog)), timeout=20_000)
    (preview,) = page.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: "Kortere." in preview.text, timeout=20_000)
    assert "Tiltak 10" in preview.windowTitle()
    assert preview.text.count("Forsvarsdepartementet") >= 1
    preview.accept()
    page.go_on()
    assert page.pane.head.text().startswith("11 ")

    qtbot.mouseClick(page.pane.buttons[Doing.LEAVE_OUT], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.pane.do_button, Qt.MouseButton.LeftButton)
    assert page.pane.reason_field.error  # why?
    qtbot.keyClicks(page.pane.reason, "Gjentakelse")
    qtbot.mouseClick(page.pane.do_button, Qt.MouseButton.LeftButton)
    assert "Utelatt fra rapporten av Kari: Gjentakelse" in page.pane.state.text()
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert work(ud, YEAR).editing.handlings == ()

    office.clock.wind(hours=1)
    office.answered(fd, answer(10, text="Ny innsats."))
    receive(ud, [sent(fd, "fd2", 11)])
    page.refresh()
    page.shown.choose(Shown.WAITING)
    page.shown.activated.emit(2)
    assert [line.text for line in page.list.lines.lines if line.value is not None] == [
        "! Forsvarsdepartementet · må ses på"
    ]
    assert page.pane.source.text() == "Ny innsats."
    assert not page.pane.buttons[Doing.CONFIRM].isHidden()
