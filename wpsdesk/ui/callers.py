"""Later starts of the program: what they were asked to open comes to the window that is open, and it comes forward."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QSysInfo, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from wpsdesk.base.errors import WpsError
from wpsdesk.base.running import OwnPlace
from wpsdesk.ui.window import Window


class Callers(QObject):
    """Stands at the door of one window for as long as it is there."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        if application is not None and QSysInfo.kernelType() == "darwin":  # elsewhere it would only cost time
            application.installEventFilter(self)
        try:
            self._place: OwnPlace | None = OwnPlace()
        except (OSError, WpsError):  # no place to be had: every start then opens a window of its own
            self._place = None
            return
        self._watcher = QFileSystemWatcher([str(self._place.folder)], self)
        self._watcher.directoryChanged.connect(self.look)
        window.desk_shown.connect(self._place.tell_desk)
        window.gone.connect(self._place.leave)
        if window.context is not None:
            self._place.tell_desk(window.context.desk.store.path, window.marks)
        self.look()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A file opened from macOS's Finder comes as an event to the program that runs, not as a later start."""
        if isinstance(event, QFileOpenEvent) and event.file():
            come_forward(self._window)
            self._window.be_given((Path(event.file()),))
            return True
        return False

    def look(self, _folder: str = "") -> None:
        """Take what has been handed over, and come forward."""
        assert self._place is not None
        for files in self._place.take():
            come_forward(self._window)
            self._window.be_given(files)


def come_forward(window: Window) -> None:
    """Before the person's eyes, or, where the system lets no window push itself forward, marked in the task bar."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
