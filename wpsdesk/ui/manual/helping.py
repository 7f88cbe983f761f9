"""F1: the manual at the place where one is, from the window and from every dialog above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from wpsdesk.base.clock import Clock
from wpsdesk.ui.manual.places import BEGINNING, SHORTCUTS, anchor_of

if TYPE_CHECKING:
    from wpsdesk.ui.guarding import GuardedWindow
    from wpsdesk.ui.manual.reader import ManualWindow

KEY: Final = "F1"


class Helping(QObject):
    """Opens the manual for one window. What costs to read in is read in at the first press."""

    def __init__(self, window: GuardedWindow, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self.manual: ManualWindow | None = None
        # A window above one that waits gets no keys of that one's: each has its own F1 once it is in front.
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._on_front)

    def _on_front(self) -> None:
        above = QApplication.activeModalWidget()
        if isinstance(above, QDialog):
            self.heed(above)

    def heed(self, dialog: QDialog) -> None:
        """Let F1 open the manual from ``dialog``."""
        if dialog.findChild(QShortcut, KEY) is None:
            shortcut = QShortcut(QKeySequence(KEY), dialog)
            shortcut.setObjectName(KEY)
            shortcut.activated.connect(self.open)

    def open(self) -> None:
        """The manual at the place where one is; in the manual itself, the shortcuts."""
        front = QApplication.activeModalWidget() or self._window
        if self.manual is not None and self.manual.isActiveWindow():
            self.manual.show_anchor(SHORTCUTS)
            return
        self.show(self._anchor(front), front)

    def open_beginning(self) -> None:
        """The manual at its first chapter."""
        self.show(BEGINNING, self._window)

    def _anchor(self, front: QWidget) -> str:
        focused = QApplication.focusWidget()
        if focused is not None and focused.window() is front and (found := anchor_of(focused)) is not None:
            return found
        if front is not self._window:
            return anchor_of(front) or BEGINNING
        view = self._window.gate or (None if self._window.desk_view is None else self._window.desk_view.page)
        return anchor_of(view) or BEGINNING

    def show(self, anchor: str, above: QWidget) -> None:
        """The manual at ``anchor`` in front of ``above``."""
        if self.manual is None or self.manual.parentWidget() is not above:
            self.close()
            self.manual = self._made(above)
            self.manual.destroyed.connect(self._on_gone)
        self.manual.show_anchor(anchor)
        self.manual.show()
        self.manual.raise_()
        self.manual.activateWindow()
        self.manual.page.setFocus()

    def _made(self, above: QWidget) -> ManualWindow:
        from wpsdesk.desk.explaining import manual
        from wpsdesk.ui.manual.reader import ManualWindow
        from wpsdesk.ui.shortcuts import shortcut_chapter

        window = self._window
        is_authority = window.context is not None and window.context.desk.is_authority
        language = window.settings.language
        made = ManualWindow(
            manual(language, self._clock), shortcut_chapter(window.say, is_authority=is_authority), window.say, above
        )
        QShortcut(QKeySequence(KEY), made).activated.connect(self.open)
        return made

    def _on_gone(self) -> None:
        self.manual = None

    def close(self) -> None:
        """Put the manual away."""
        if self.manual is not None:
            old, self.manual = self.manual, None
            old.destroyed.disconnect(self._on_gone)
            old.close()

    def dress(self) -> None:
        """The window speaks another language, or its text has another size: so does the manual."""
        if self.manual is not None:
            anchor, above = self.manual.anchor, self.manual.parentWidget()
            self.close()
            if above is self._window:
                self.show(anchor, above)
