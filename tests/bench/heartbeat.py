"""The window's heartbeat: for how long it does not answer while a thousand bundles are taken in.

A timer beats every few milliseconds on the window's thread. A silence counts as our own for no longer than it lasted,
and for no more than our process had of the processor meanwhile: what others on the machine took is not counted.
"""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path
from typing import Final

from tests.bench.importing import MISSIONS, exported
from tests.bench.measuring import Benchmark
from tests.bench.setting import office_in

ALLOWED: Final = 0.1  # seconds
EVERY: Final = 5  # milliseconds


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: the longest silence of UD's window while a folder is taken in. Floor: 100 ms."""
    return max(silences(folder, 30 if is_quick else 1000)) / ALLOWED


def silences(folder: Path, count: int) -> tuple[float, ...]:
    """Every silence in seconds, from the asking to the list with all that came."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from wpsdesk.settings import Settings
    from wpsdesk.ui import style
    from wpsdesk.ui.authority.inbox import InboxPage
    from wpsdesk.ui.context import Context
    from wpsdesk.ui.jobs import Jobs
    from wpsdesk.ui.shell import DeskView

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    style.register_fonts()
    style.apply(style.look_for("light", 100))
    with office_in(folder) as office:
        ud = office.ud(*MISSIONS)
        bundles = exported(office, ud, count)
        jobs = Jobs()
        view = DeskView(Context(ud, jobs, Settings(last_folder=folder), "nb"))
        view.resize(1366, 768)
        view.show()
        view.go("inbox")
        page = view.page
        assert isinstance(page, InboxPage)
        application.processEvents()
        gc.collect()
        gc.freeze()  # as the window does when all is read in: what this process has read in for other benchmarks too
        found, last = [], (time.perf_counter(), time.process_time())

        def beat() -> None:
            nonlocal last
            now = (time.perf_counter(), time.process_time())
            found.append(min(now[0] - last[0], now[1] - last[1]))
            last = now

        timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(beat)
        loop = QEventLoop()
        jobs.ended.connect(lambda _job: QTimer.singleShot(200, loop.quit))  # what follows the last bundle counts too
        last = (time.perf_counter(), time.process_time())
        timer.start(EVERY)
        page.take(bundles)
        loop.exec()
        timer.stop()
        assert len(page.lines.rows.values) == count
        view.close()
        jobs.stop()
    return tuple(found)


BENCHMARKS = (
    Benchmark(
        name="heartbeat",
        unit_of_work="the longest silence of UD's window while 1,000 bundles are taken in",
        floor="100 ms",
        budget=1.0,
        measure=measure,
    ),
)
