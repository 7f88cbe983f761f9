"""The window in a test: a real desk, driven as a person drives it, without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

import pytest

try:
    import PySide6.QtWidgets  # noqa: F401
except ImportError as error:
    collect_ignore_glob = ["test_[!q]*.py", "authority", "driving.py"]
    WHY = str(error)
else:
    WHY = ""

    import tempfile
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from tests.kit import Office
    from tests.ui.driving import Person
    from wpsdesk.ui import style

    @pytest.fixture(autouse=True)
    def clipboard(qapp: QApplication) -> Iterator[None]:
        """Emptied, for the next test, and for Qt: it must not find there at its end what Python, gone by then, made."""
        yield
        qapp.clipboard().clear()

    @pytest.fixture
    def person(qtbot: QtBot, office: Office, tmp_path: Path, qapp: QApplication) -> Iterator[Person]:
        """Someone at the window, before any desk is open."""
        qapp.setStyle("fusion")
        style.register_fonts()
        found = Person(qtbot=qtbot, office=office, folder=tmp_path)
        yield found
        found.go_home()

    class _Titles(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: set[str] = set()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.WindowTitleChange and isinstance(watched, QWidget):
                self.seen.add(watched.windowTitle())
            return False

    @pytest.fixture
    def titles(qapp: QApplication) -> Iterator[set[str]]:
        """Every title that a window has had in the test."""
        found = _Titles()
        qapp.installEventFilter(found)
        yield found.seen
        qapp.removeEventFilter(found)

    @pytest.fixture
    def machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A home with everything that a program might write to: settings, state, cache, temporary files."""
        for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            folder = home / name.lower()
            folder.mkdir(mode=0o700)
            monkeypatch.setenv(name, str(folder))
        monkeypatch.setattr(tempfile, "tempdir", None)
        return home


@pytest.fixture
def why_no_window() -> str:
    """Why Qt could not be imported; "" where it could."""
    return WHY
