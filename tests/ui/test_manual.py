"""The manual in the window: F1 leads to the place where one is, and everything in it is done with the keyboard."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import wpsdesk.ui
from tests.ui.driving import Person
from wpsdesk.compilation.manual.binding import bound
from wpsdesk.compilation.tree import Heading
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.manual.places import ANCHORS, anchor_of
from wpsdesk.ui.manual.reader import ManualWindow
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.history import HistoryDialog
from wpsdesk.ui.reporter.send_page import SendPage

BUILT_UPON = {"Asking", "RequestAsking", "_Form", "_WithWords", "ReportReading"}
"""What only others are."""

FROM_WHAT_IS_BEHIND = {"SureDialog"}
"""Asks once more, on any page: the page's own place in the manual is the right one."""


def classes(above: type[QWidget]) -> Iterator[type[QWidget]]:
    for each in above.__subclasses__():
        if each.__module__.startswith("wpsdesk."):
            yield each
        yield from classes(each)


def test_every_view_page_and_dialog_has_its_place_in_the_manual() -> None:
    for module in pkgutil.walk_packages(wpsdesk.ui.__path__, "wpsdesk.ui."):
        importlib.import_module(module.name)
    shown = {each.__name__ for above in (GateView, Page, QDialog) for each in classes(above)}
    assert shown - BUILT_UPON - FROM_WHAT_IS_BEHIND - set(ANCHORS) == set()
    known = {each.__name__ for each in classes(QWidget)}
    assert set(ANCHORS) - known == set()


def test_f1_leads_to_the_heading_itself_below_pictures_too_and_stays_there_as_the_window_grows(person: Person) -> None:
    person.reports_for("FD")
    person.turns_to("send", SendPage)
    manual = presses_f1(person)
    page = manual.page

    def top_of_heading() -> int:
        found = page.document().find("Godkjenn, signer og send")
        assert not found.isNull()
        return page.cursorRect(found).top()

    person.waits(lambda: page.settled and 0 <= top_of_heading() < 60)
    manual.resize(manual.width() + 200, manual.height())
    person.waits(lambda: not page.settled)
    person.waits(lambda: page.settled and 0 <= top_of_heading() < 60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_f1_leads_to_is_there(language: LanguageCode) -> None:
    document = bound(language, version="1.0", made=datetime(2026, 11, 23, tzinfo=UTC))
    there = {block.anchor for block in document.blocks() if isinstance(block, Heading)}
    assert set(ANCHORS.values()) - there == set()


def presses_f1(person: Person) -> ManualWindow:
    person.strikes(Qt.Key.Key_F1)
    manual = person.window.helping.manual
    assert manual is not None
    person.waits(lambda: manual.isActiveWindow() and manual.page.hasFocus())
    return manual


def test_f1_leads_to_where_one_is_on_a_page_in_its_parts_and_in_a_dialog(person: Person) -> None:
    page = person.reports_for("FD")
    assert presses_f1(person).anchor == "report"
    person.window.activateWindow()
    page.go_to("access")
    person.waits(person.window.isActiveWindow)
    assert anchor_of(QApplication.focusWidget()) == "access"
    person.turns_to("send", SendPage)
    manual = presses_f1(person)
    assert manual.anchor == "send"
    person.strikes(Qt.Key.Key_F1)  # once more: the shortcuts
    assert "Ctrl+L" in manual.page.toPlainText()
    person.strikes(Qt.Key.Key_Escape)
    person.waits(lambda: person.window.helping.manual is None)
    dialog = HistoryDialog(page.context, 2026, page.key, "results", page)  # type: ignore[arg-type]
    dialog.open()
    dialog.activateWindow()
    person.waits(dialog.isActiveWindow)
    person.strikes(Qt.Key.Key_F1)
    above = person.window.helping.manual
    assert above is not None
    assert above.parentWidget() is dialog  # the dialog waits, and the manual can be read beside it
    dialog.close()


def test_before_a_desk_is_open_the_manual_is_searched_followed_and_left_by_keyboard(person: Person) -> None:
    person.starts()
    manual = presses_f1(person)
    assert manual.anchor == "unlock"
    person.strikes(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    person.waits(manual.words.hasFocus)
    person.qtbot.keyClicks(manual.words, "gjenopprettingskode")
    assert manual.list.lines.lines
    assert manual.page.extraSelections()
    person.strikes(Qt.Key.Key_Return)
    person.waits(manual.page.hasFocus)
    found = manual.anchor
    assert found == manual.list.value()
    person.strikes(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert manual.anchor == "unlock"
    manual.words.setText("xyzzy")
    assert manual.list.lines.lines == ()
    assert manual.count.isVisible()
    manual.words.clear()
    assert manual.list.value() == "unlock"
    while not manual.page.textCursor().hasSelection():  # Tab takes the links of the text one after another
        person.strikes(Qt.Key.Key_Tab)
    with person.qtbot.waitSignal(manual.page.led):
        person.strikes(Qt.Key.Key_Return)


def test_the_manual_speaks_the_windows_language_and_stays_where_one_is(person: Person) -> None:
    window = person.starts()
    before = presses_f1(person)
    assert "Lukk" in before.close_button.text()
    window.wear("language", "en")
    after = window.helping.manual
    assert after is not None
    assert after is not before
    assert (after.close_button.text(), after.anchor) == ("Close", "unlock")
    window.close()
    assert window.helping.manual is None
