"""A day of entry by a robot in the window: ``python -m tests.holds.robot [--actions 5000] [--seed 1]``.

It writes, turns to other answers and other pages, takes back, locks the desk and opens it again, and tells after every
five hundred actions how much memory the program holds.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import linear_regression

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from tests.bench.setting import prose
from tests.kit import PASSPHRASE, Office
from tests.kit.housing import at_home_in
from tests.ui.driving import Person
from wpsdesk.ui import style
from wpsdesk.ui.reporter.report_page import ReportPage

TOLD_EVERY = 500
PAGES = ("overview", "measures", "send", "setup", "settings", "help", "safety", "look")


class Robot:
    """One that works like a person, only longer."""

    def __init__(self, person: Person, page: ReportPage, chance: random.Random) -> None:
        self.person = person
        self.page = page
        self.chance = chance
        self.done = 0

    def acts(self) -> None:
        """One action."""
        self.done += 1
        chosen = self.chance.random()
        if chosen < 0.70:
            self._writes()
        elif chosen < 0.90:
            self._turns()
        elif chosen < 0.94:
            self.person.strikes(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        elif chosen < 0.99:
            self._looks_elsewhere()
        else:
            self._locks()
        self.person.qtbot.wait(1)  # as at a real window: what is to be deleted later is, and what was typed is saved

    def _editors(self) -> list[QPlainTextEdit]:
        found = self.page.form.findChildren(QPlainTextEdit)
        return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]

    def _writes(self) -> None:
        editors = self._editors()
        if editors:
            editor = self.chance.choice(editors)
            editor.setFocus()
            editor.selectAll()
            self.person.qtbot.keyClicks(editor, prose(self.done, 4))

    def _turns(self) -> None:
        numbers = list(self.page.list.numbers())
        self.page.step(self.chance.choice((-1, 1, 1)) if len(numbers) > 1 else 1)

    def _looks_elsewhere(self) -> None:
        view = self.person.window.desk_view
        assert view is not None
        self.person.presses(view.rail.button(self.chance.choice(PAGES)))
        self.person.settles()
        self.page = self.person.turns_to("report", ReportPage)

    def _locks(self) -> None:
        self.person.strikes(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.person.writes_anew(self.person.unlock.passphrase.line, PASSPHRASE)
        self.person.strikes(Qt.Key.Key_Return)
        self.person.waits(lambda: self.person.window.desk_view)
        self.page = self.person.turns_to("report", ReportPage)


def memory() -> int:
    """Kilobytes that this process holds."""
    gc.collect()
    found = re.search(r"^VmRSS:\s+(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    assert found
    return int(found[1])


def main() -> int:
    """Work the day, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    qt_api.set_qt_api("pyside6")
    app = QApplication([])
    app.setStyle("fusion")
    style.register_fonts()
    with tempfile.TemporaryDirectory(prefix="robot-") as place, at_home_in(Path(place)):
        office = Office(folder=Path(place))
        person = Person(qtbot=QtBot(None), office=office, folder=Path(place))
        robot = Robot(person, person.reports_for("FD"), random.Random(asked.seed))
        held: list[tuple[int, int]] = []
        begun = time.perf_counter()
        while robot.done < asked.actions:
            robot.acts()
            if robot.done % TOLD_EVERY == 0:
                held.append((robot.done, memory()))
                sys.stdout.write(f"{robot.done} actions, {time.perf_counter() - begun:.0f} s, {held[-1][1]} kB\n")
                sys.stdout.flush()
        person.settles()
        person.go_home()
        office.close()
    late = held[len(held) // 5 :]
    if len(late) > 1:
        slope = linear_regression([x for x, _ in late], [y for _, y in late]).slope
        sys.stdout.write(f"{1000 * slope:.0f} kB a thousand actions, after the first fifth of the day\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
