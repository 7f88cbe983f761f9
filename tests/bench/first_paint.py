"""First paint: from the start of the process to the moment when the unlock window stands on the screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.measuring import Benchmark, Work, ratio_of

_WATCHED: Final = """
import os, sys

def watch(end):
    # The first turn of the queue after a paint: all of the window has been drawn by then. Only the window itself is
    # watched, and from the moment when it waits for events: a look at every event of every widget from Python would
    # take longer than much of what is measured.
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watcher(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, end)
            return False

    def wait():
        watcher = Watcher()
        (window,) = (one for one in QApplication.topLevelWidgets() if one.isVisible())
        window.installEventFilter(watcher)
        return waits()

    waits, QApplication.exec = QApplication.exec, staticmethod(wait)

def tell():
    import json
    from PySide6.QtWidgets import QApplication
    print(json.dumps([told(widget) for widget in QApplication.allWidgets()]), flush=True)
    os._exit(0)

def told(widget):
    meta = widget.metaObject()
    while not meta.className().startswith("Q"):
        meta = meta.superClass()
    return meta.className(), str(widget.property("text") or ""), widget.isVisible()
"""

_OURS: Final = """
from wpsdesk import __main__ as program

def opened_and_watched(*given):
    import wpsdesk.ui.main  # as the program does: how Qt's binding is imported is a part of its start
    watch(tell if "--tell" in sys.argv else lambda: os._exit(0))
    return opened(*given)

opened, program._opened = program._opened, opened_and_watched
sys.exit(program.main([]))
"""

_BARE: Final = """
import json
from PySide6 import QtWidgets
application = QtWidgets.QApplication(["bare"])
watch(lambda: os._exit(0))
window, middle = QtWidgets.QMainWindow(), QtWidgets.QWidget()
column = QtWidgets.QVBoxLayout(middle)
for kind, text, is_shown in json.loads(sys.argv[1]):
    widget = getattr(QtWidgets, kind)()
    if text:
        widget.setText(text)
    column.addWidget(widget)
    if not is_shown:
        widget.hide()
window.setCentralWidget(middle)
window.resize(1366, 768)
window.show()
QtWidgets.QApplication.exec()
"""

_PLAIN: Final = ("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QLineEdit")


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: ``wpsdesk`` in a process of its own, offscreen, until its window has been painted.

    Floor: a window of as many of Qt's own widgets with the same texts, as many of them hidden, in one column and
    without a style sheet, a typeface or settings of its own, in a process of its own, until it has been painted.
    """
    surroundings = _surroundings(folder)
    widgets = _widgets(surroundings)

    def ours() -> None:
        _run(_OURS, surroundings)

    def bare() -> None:
        _run(_BARE, surroundings, widgets)

    def pairs() -> Iterator[tuple[Work, Work]]:
        for _ in range(3 if is_quick else 21):
            yield ours, bare

    ours()  # bytecode and the disk's cache are warm from here on
    bare()
    return ratio_of(pairs())


def _surroundings(folder: Path) -> dict[str, str]:
    """A person without settings, and bytecode that is kept as it is for everybody."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen"}


def _widgets(surroundings: dict[str, str]) -> str:
    """Every widget of our window: Qt's class, its text, whether it is shown.

    A frame is as good as any of those that only hold others.
    """
    told = json.loads(_run(_OURS, surroundings, "--tell"))
    assert any(text for _, text, _ in told), "no widget was counted"
    plain = [(kind, text) if kind in _PLAIN else ("QFrame", "") for kind, text, _ in told]
    return json.dumps([(*pair, is_shown) for pair, (_, _, is_shown) in zip(plain, told, strict=True)])


def _run(what: str, surroundings: dict[str, str], *arguments: str) -> str:
    line = [sys.executable, "-c", _WATCHED + what, *arguments]
    return subprocess.run(line, env=surroundings, check=True, capture_output=True, text=True, timeout=60).stdout


BENCHMARKS = (
    Benchmark(
        name="first-paint",
        unit_of_work="the program from its start to its painted unlock window, offscreen",
        floor="a window of as many of Qt's own widgets and the same texts, from its start to painted, offscreen",
        budget=1.15,
        measure=measure,
    ),
)
