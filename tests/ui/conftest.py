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

    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
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


@pytest.fixture
def why_no_window() -> str:
    """Why Qt could not be imported; "" where it could."""
    return WHY
