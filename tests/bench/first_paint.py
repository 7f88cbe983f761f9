"""First paint: from the start of the process to the moment when the unlock window stands on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.measuring import Benchmark, Work, ratio_of

_UNTIL_PAINTED: Final = """
import os, sys
from collections import Counter
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

class Watcher(QObject):
    # The first event out of the queue after a paint: all of the window has been drawn by then.
    is_painted = False

    def eventFilter(self, watched, event):
        kind = event.type()
        if kind is QEvent.Type.Paint:
            self.is_painted = True
        elif self.is_painted and kind in (QEvent.Type.MetaCall, QEvent.Type.Timer):
            if "--count" in sys.argv:
                kinds = Counter(qt_class(widget.metaObject()) for widget in QApplication.allWidgets())
                print(*(f"{name}={count}" for name, count in kinds.items()), flush=True)
            os._exit(0)
        return False

def qt_class(meta):
    while not meta.className().startswith("Q"):
        meta = meta.superClass()
    return meta.className()

application = QApplication(["wpsdesk"])
watcher = Watcher()
application.installEventFilter(watcher)
"""

_OURS: Final = f"""
import sys
from wpsdesk.__main__ import main
import wpsdesk.ui  # before Qt, as in the program: how Qt's binding is imported is a part of its start
{_UNTIL_PAINTED}
sys.exit(main([]))
"""

_BARE: Final = f"""
{_UNTIL_PAINTED}
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
window, middle = QtWidgets.QMainWindow(), QtWidgets.QWidget()
column = QtWidgets.QVBoxLayout(middle)
for kind in sys.argv[1].split(","):
    column.addWidget(getattr(QtWidgets, kind)())
window.setCentralWidget(middle)
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, window, lambda: None)
application.exec()
"""

_PLAIN: Final = ("QLabel", "QPushButton", "QToolButton", "QLineEdit")


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: ``wpsdesk`` in a process of its own, offscreen, until its window has been painted.

    Floor: a window of as many of Qt's own widgets in a process of its own, until it has been painted.
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
    """Qt's class of every widget of our window; a frame is as good as any of those that only hold others."""
    counted = dict(pair.split("=") for pair in _run(_OURS, surroundings, "--count").split())
    assert counted, "no widget was counted"
    return ",".join(kind if kind in _PLAIN else "QFrame" for kind, count in counted.items() for _ in range(int(count)))


def _run(what: str, surroundings: dict[str, str], *arguments: str) -> str:
    line = [sys.executable, "-c", what, *arguments]
    return subprocess.run(line, env=surroundings, check=True, capture_output=True, text=True, timeout=60).stdout


BENCHMARKS = (
    Benchmark(
        name="first-paint",
        unit_of_work="the program from its start to its painted unlock window, offscreen",
        floor="a window of as many of Qt's own widgets, from its start to painted, offscreen",
        budget=1.15,
        measure=measure,
    ),
)
