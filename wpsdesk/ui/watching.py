"""When a desk must lock itself: nobody has touched it for a while, or the machine has slept.

Qt tells neither of sleep nor of the session's own lock without a connection to the system's bus, and the program opens
none. So sleep is noticed when it ends, by a clock that has jumped, before anything of the window is painted again for
longer than a moment; on phones and tablets Qt tells that the program was put away, and that is heard.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

LOOKS_EVERY: Final = 5
"""Seconds between two looks at the clocks."""

SLEPT: Final = 60
"""Seconds that a look must come late for the machine to have slept."""

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class Watch(QObject):
    """Watches one application for a person's hands, and the clocks for a sleep."""

    left = Signal()
    """Nobody has been there for as long as was allowed, or the machine has slept."""

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        """``minutes``: how long the desk may lie untouched, as it is wanted now; 0: for ever."""
        super().__init__(parent)
        self._minutes = minutes
        self.wall: Callable[[], float] = time.time
        self.steady: Callable[[], float] = time.monotonic
        self._touched = self._looked = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY * 1000)
        self._timer.timeout.connect(self.look)
        self._follows = False

    def begin(self) -> None:
        """A desk has been opened."""
        self._touched, self._looked = self.steady(), self.wall()
        if (
            not self._follows
        ):  # not before there is a desk: the first painting would wait for Qt's windows to be read in
            self._follows = True
            application = QGuiApplication.instance()
            assert isinstance(application, QGuiApplication)
            # Events of whole windows only: those of every widget would pass through here thousands of times a second.
            application.focusWindowChanged.connect(self._follow)
            application.applicationStateChanged.connect(self._on_state)
        self._follow(QGuiApplication.focusWindow())
        self._timer.start()

    def end(self) -> None:
        """No desk is open any more."""
        self._timer.stop()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See Qt."""
        if event.type() in _TOUCHES:
            self._touched = self.steady()
        return False

    def look(self) -> None:
        """Look at the clocks."""
        now = self.wall()
        late, self._looked = now - self._looked - LOOKS_EVERY, now
        allowed = self._minutes() * 60
        if late >= SLEPT or (allowed and self.steady() - self._touched >= allowed):
            self.left.emit()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if self._timer.isActive() and state == Qt.ApplicationState.ApplicationSuspended:
            self.left.emit()
