"""The folder whose bundles are taken in by themselves: a file is taken once it has stood still, and never twice."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from wpsdesk.base.errors import WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.arrivals import habits
from wpsdesk.desk.arrivals.habits import Sighting
from wpsdesk.ui.context import Context

STILL: Final = 2_000
"""Milliseconds for which a file must keep its size and its time: it is then no longer being copied."""

POLL: Final = 60_000
"""Milliseconds between two looks where nothing is told: folders on a network tell nothing."""


class FolderWatch(QObject):
    """Looks at the folder that the desk watches, if any, and says what has come and stood still."""

    came = Signal(object)
    """What is to be taken in: sightings, each once. Whoever took them in calls :meth:`took`."""

    lost = Signal(object)
    """The fault with which the folder cannot be looked at; told once, until it can be again."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.folder: Path | None = None
        self.still = STILL
        self._before: frozenset[Sighting] = frozenset()
        self._given: set[Sighting] = set()
        self._is_lost = self._is_looking = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_news)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch what the desk was told to watch; nothing where it was told nothing."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self.folder = habits.habits(self._context.desk).watched
        self._before, self._is_lost = frozenset(), False
        self._given.clear()
        if self.folder is None:
            self._poll.stop()
            self._soon.stop()
            return
        self._watcher.addPath(str(self.folder))
        self._poll.start()
        self.look()

    def _on_news(self, _folder: str) -> None:
        self._soon.start(self.still)

    def look(self) -> None:
        """Look at the folder, off the window's thread: it may lie on a slow network."""
        folder, desk = self.folder, self._context.desk
        if folder is None or self._is_looking:
            return
        self._is_looking = True

        def work(_progress: Progress) -> tuple[Sighting, ...]:
            return habits.unseen(desk, folder)

        title = self._context.say("Looking at the watched folder")
        self._context.jobs.start(work, owner=self, title=title, done=self._on_seen, failed=self._on_fault)

    def _on_seen(self, found: tuple[Sighting, ...]) -> None:
        self._is_looking = False
        if self.folder is None:
            return
        if self._is_lost:  # it was away: whatever watched it has let it go
            self._is_lost = False
            self._watcher.addPath(str(self.folder))
        new = [one for one in found if one not in self._given]
        whole = tuple(one for one in new if one in self._before)
        self._before = frozenset(new)
        if len(whole) < len(new):
            self._soon.start(self.still)
        if whole:
            self._given.update(whole)
            self.came.emit(whole)

    def _on_fault(self, fault: WpsError) -> None:
        self._is_looking = False
        if not self._is_lost:
            self._is_lost = True
            self.lost.emit(fault)

    def took(self, sightings: tuple[Sighting, ...]) -> None:
        """These have been looked at, whatever came of them, and are known from now on."""
        habits.remember_seen(self._context.desk, sightings)
