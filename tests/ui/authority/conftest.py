"""UD's window in a test: an open desk shown with its pages, and hands that answer its dialogs."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.kit import YEAR, Office, answer
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.settings import Settings
from wpsdesk.ui import choosing, style
from wpsdesk.ui.context import Context
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.shell import DeskView

D = TypeVar("D", bound=QDialog)


class Shown:
    """An open desk in a window, and the ways a person deals with it."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path, language: str) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.context = Context(desk, self.jobs, Settings(last_folder=folder), language)
        self.told: list[tuple[str, str]] = []
        self.context.told.connect(lambda sentence, kind: self.told.append((kind, str(sentence))))
        self.view = DeskView(self.context)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 768)
        self.view.show()
        qtbot.waitExposed(self.view)

    def page(self, name: str) -> object:
        """Go to a page."""
        self.view.go(name)
        return self.view.page

    def settle(self) -> None:
        """Wait until the worker has nothing left to do."""
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy, timeout=20_000)

    def close(self) -> None:
        """Let the worker finish before the desk closes."""
        self.jobs.cancel_all()
        self.jobs.wait()


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Show]:
    """Shows a desk in the window."""
    style.register_fonts()
    style.apply(style.look_for("light", 100))
    opened: list[Shown] = []

    def make(desk: Desk, language: str = "nb") -> Shown:
        opened.append(Shown(qtbot, desk, tmp_path, language))
        return opened[-1]

    yield make
    for shown in opened:
        shown.close()


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the person will point at in the system's own file dialogs."""

    def make(*, files: tuple[Path, ...] = (), new: Path | None = None, folder: Path | None = None) -> None:
        monkeypatch.setattr(choosing, "open_files", lambda *_a, **_k: files)
        monkeypatch.setattr(choosing, "new_file", lambda *_a, **_k: new)
        monkeypatch.setattr(choosing, "folder", lambda *_a, **_k: folder)

    return make


def in_dialog(kind: type[D], act: Callable[[D], None]) -> None:
    """When a dialog of this kind comes up, do this in it."""
    watch = QTimer(QApplication.instance())
    watch.setInterval(0)

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            watch.stop()
            try:
                act(found)
            except BaseException:
                found.reject()  # a test that fails must not wait for ever
                raise

    watch.timeout.connect(look)
    watch.start()


@pytest.fixture
def sent(office: Office) -> Callable[..., Path]:
    """A bundle with the answers of a unit's desk, written as the unit would."""

    def make(desk: Desk, name: str, *numbers: int, text: str = "Innsats i året.") -> Path:
        office.answered(desk, *(answer(number, text=text) for number in numbers))
        out = office.folder / f"{name}.asice.cms"
        export(desk, YEAR, out, approved_by="Ola Test")
        return out

    return make
