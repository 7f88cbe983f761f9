"""A person at the window: what they see, type and press. Waits for conditions, never for time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.kit import PASSPHRASE, YEAR, Office, mission
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.plan.model import Unit
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.settings import Settings
from wpsdesk.ui.controls import Choice
from wpsdesk.ui.create import CreateView
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.unlock import UnlockView
from wpsdesk.ui.window import Window

W = TypeVar("W", bound=QWidget)
PATIENCE = 20_000


@dataclass
class Person:
    """Someone at one window."""

    qtbot: QtBot
    office: Office
    folder: Path
    windows: list[Window] = field(default_factory=list)

    # -- the window --------------------------------------------------------------------------------

    def starts(self, settings: Settings | None = None) -> Window:
        """Start the program."""
        window = Window(settings or Settings(scheme="light"), self.office.clock)
        self.windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        self.waits(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)
        return window

    @property
    def window(self) -> Window:
        """The window that was started last."""
        return self.windows[-1]

    def go_home(self) -> None:
        """Close every window and what it has open."""
        for window in self.windows:
            window.close()
            window.deleteLater()
        self.windows.clear()

    def sits_down_at(self, desk: Desk, *, language: str = "nb", percent: int = 100) -> Window:
        """Start the program with this desk open in it; the window closes the desk."""
        if desk in self.office.desks:
            self.office.desks.remove(desk)
        found = Settings(scheme="light", language=language, text_size=percent, last_folder=self.folder)  # type: ignore[arg-type]
        window = self.starts(found)
        window.open_desk(desk)
        return window

    def reports_for(self, unit: Unit | str = "FD", *, language: str = "nb", percent: int = 100) -> ReportPage:
        """Open the desk of a unit that has its call and certificate, at the report."""
        ud = self.office.ud(*(() if isinstance(unit, str) else (unit,)))
        self.sits_down_at(self.office.enrolled(ud, unit), language=language, percent=percent)
        return self.turns_to("report", ReportPage)

    def turns_to(self, name: str, kind: type[W]) -> W:
        """Press a word in the rail."""
        view = self.window.desk_view
        assert view is not None
        self.presses(view.rail.button(name))
        assert isinstance(view.page, kind)
        return view.page

    @property
    def page(self) -> Page:
        """The page that is shown."""
        assert self.window.desk_view is not None
        return self.window.desk_view.page

    @property
    def desk(self) -> Desk:
        """The desk that is open in the window."""
        assert self.window.context is not None
        return self.window.context.desk

    @property
    def unlock(self) -> UnlockView:
        """The view that asks for the passphrase."""
        assert isinstance(self.window.gate, UnlockView)
        return self.window.gate

    @property
    def wizard(self) -> CreateView:
        """The wizard."""
        assert isinstance(self.window.gate, CreateView)
        return self.window.gate

    # -- hands -------------------------------------------------------------------------------------

    def presses(self, button: QAbstractButton) -> None:
        """Press a button with the mouse, once it has come up."""
        self.waits(button.isVisible)
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))

    def types(self, place: QWidget, text: str) -> None:
        """Type into a field."""
        place.setFocus()
        self.qtbot.keyClicks(place, text)

    def strikes(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Strike a key where the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)

    def writes_anew(self, place: QLineEdit, text: str) -> None:
        """Put another text in a line."""
        place.setFocus()
        place.selectAll()
        self.qtbot.keyClicks(place, text)

    def chooses(self, box: Choice, value: object) -> None:
        """Choose from a list, with the arrow keys."""
        box.setFocus()
        wanted = box.values.index(value)
        key = Qt.Key.Key_Down if wanted > box.currentIndex() else Qt.Key.Key_Up
        while box.currentIndex() != wanted:
            self.qtbot.keyClick(box, key)

    def drops(self, *paths: Path) -> None:
        """Drop files on the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(700, 400), action, mime, button, none)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(QPointF(700, 400), action, mime, button, none))
        self.qtbot.wait(0)  # let what follows from the drop begin
        self.settles()

    def points_at(self, path: Path, act: Callable[[], object]) -> None:
        """Do something that opens the file dialog, and choose ``path`` in it."""
        watch = QTimer(self.window)
        watch.setInterval(0)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                watch.stop()
                line = dialog.findChild(QLineEdit, "fileNameEdit")
                assert line is not None
                cast("QLineEdit", line).setText(str(path))
                QTimer.singleShot(0, dialog, dialog.accept)  # type: ignore[attr-defined]

        watch.timeout.connect(look)
        watch.start()
        act()
        assert not watch.isActive(), "no dialog came up"

    # -- eyes --------------------------------------------------------------------------------------

    def waits(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def settles(self) -> None:
        """Wait until no slow work is left."""
        self.waits(lambda: not self.window.jobs.is_busy)

    def is_told(self) -> str:
        """What the bar at the head says."""
        assert self.window.desk_view is not None
        return self.window.desk_view.bar.text

    def on_the_disk(self, number: int, country: str | None = None) -> Entry:
        """The answer as the open store has it."""
        return entry(self.desk, YEAR, key(number, country))

    def closes_and_reads(self, number: int, country: str | None = None) -> Entry:
        """Close the window, open the store again with the passphrase, and read the answer."""
        path = self.desk.store.path
        assert self.window.close()
        again = open_desk(path, PASSPHRASE, clock=self.office.clock)
        try:
            return entry(again, YEAR, key(number, country))
        finally:
            close_desk(again)


def key(number: int, country: str | None = None) -> EntryKey:
    """The key of an answer."""
    return EntryKey(number, country)  # type: ignore[arg-type]


def two_countries() -> Unit:
    """A mission that answers for two focus countries."""
    return mission("NAIR", "SO", "SS")


def words_on(page: QWidget) -> str:
    """All that a page says in so many words."""
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
