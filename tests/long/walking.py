"""A walk through every page of two desks of the demonstration, by keyboard and over the accessibility bus.

``python -m tests.long.walking [FOLDER]``; FOLDER holds a demonstration that was made before. Prints what was found
clause by clause of EN 301 549, chapter 11; the manual's last chapter is written from it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.kit.housing import at_home_in
from tests.manual_pictures import settle
from tests.ui.test_from_outside import why_not
from wpsdesk.base.clock import system_now
from wpsdesk.desk.demonstrating import run
from wpsdesk.desk.opening import open_desk
from wpsdesk.settings import Settings
from wpsdesk.ui import style
from wpsdesk.ui.window import Window

HERE = Path(__file__).parent
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
SHOWN = ("nair", "ud", "fd")
MARGIN = 6  # pixels round a control in which its focus may be drawn

SESSION = """
set -e
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$WORK/display" 2>/dev/null & x=$!
trap 'kill $p $x 2>/dev/null; wait 2>/dev/null' EXIT
while [ ! -s "$WORK/display" ]; do sleep 0.1; done
export DISPLAY=:$(cat "$WORK/display")
/usr/libexec/at-spi-bus-launcher --launch-immediately 2>/dev/null & b=$!
"$PYTHON" -m wpsdesk "$STORE" 2>"$WORK/program.err" & p=$!
trap 'kill $p $b $x 2>/dev/null; wait 2>/dev/null' EXIT
/usr/bin/python3 "$ASKER" "$@"
"""


def main() -> None:
    """Make the demonstration where none is given, walk, and print."""
    with tempfile.TemporaryDirectory() as name, at_home_in(Path(name)):
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name) / "demo"
        if not folder.exists():
            run(folder, system_now, lambda _step: None)
        words = (folder / "passphrase.txt").read_text().strip()
        application = QApplication.instance() or QApplication(["walking"])
        assert isinstance(application, QApplication)
        application.setStyle("fusion")
        style.register_fonts()
        for store in SHOWN:
            path = folder / "stores" / f"{store}.wpsdesk"
            titles = _by_keyboard(path, words)
            if missing := why_not():
                print(f"{store}: not asked over the bus: {missing}")
            else:
                _over_the_bus(path, words, titles, Path(name))


# -- by keyboard -------------------------------------------------------------------------------------


def _by_keyboard(store: Path, words: str) -> list[str]:
    """Tab through every page; the words in the rail."""
    window = Window(Settings(scheme="light", language="en"), system_now)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.open_desk(open_desk(store, words, clock=system_now))
    view = window.desk_view
    assert view is not None
    for entry in view.entries:
        view.go(entry.name)
        settle(window)
        view.rail.button(entry.name).setFocus()
        wanted = [one for one in _controls(view.page) if one.isEnabled()]
        seen, unseen = _tabbed(window)
        missed = [_about(one) for one in wanted if one not in seen and not _stands_for(one, seen)]
        back = [_about(one) for one in seen if not one.isVisible()]
        print(f"{store.stem} {entry.name}: {len(wanted)} controls, reached {len(seen)}; ", end="")
        other = [_about(one) for one in wanted if isinstance(one, QAbstractButton) and not _is_called_as_written(one)]
        print(f"not reached {missed}; focus not seen {unseen}; gone {back}; called otherwise {other}")
    titles = [entry.title for entry in view.entries]
    window.close()
    return titles


def _controls(root: QWidget) -> Iterator[QWidget]:
    for found in root.findChildren(QWidget):
        inside = isinstance(found.parent(), (QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox))
        takes_focus = found.isVisible() and found.focusPolicy() is not Qt.FocusPolicy.NoFocus
        if isinstance(found, CONTROLS) and takes_focus and not inside:
            yield found


def _tabbed(window: QWidget) -> tuple[set[QWidget], list[str]]:
    """What Tab comes to until it is round, and where one does not see that it has come."""
    seen: set[QWidget] = set()
    unseen: list[str] = []
    before = None
    while (focused := QApplication.focusWidget()) is not None and (focused is before or focused not in seen):
        if focused is before:
            unseen.append(f"Tab stays in {_about(focused)}")
            break
        before = focused
        seen.add(focused)
        with_focus = _taken(window, focused)
        for _ in range(3 if isinstance(focused, QAbstractSpinBox) else 1):  # day, month and year
            if QApplication.focusWidget() is focused:
                QTest.keyClick(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
        if QApplication.focusWidget() is not focused and focused.isVisible() and with_focus == _taken(window, focused):
            unseen.append(_about(focused))
    return seen, unseen


def _taken(window: QWidget, control: QWidget) -> QImage:
    corner = control.mapTo(window, QPoint(0, 0))
    box = control.rect().translated(corner).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    return window.grab(box).toImage()


def _stands_for(control: QWidget, seen: set[QWidget]) -> bool:
    """Of words of which one is down, Tab comes to one and the arrows to the others."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in seen for one in group.buttons())


def _is_called_as_written(button: QAbstractButton) -> bool:
    """Whether what stands on it is in its name: whoever steers by voice says what is seen."""
    name = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name).casefold()
    return button.text().replace("&", "").strip(" …−+").casefold() in name


def _about(control: QWidget) -> str:
    name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
    return f"{type(control).__name__} {name[:50]!r}"


# -- from outside ------------------------------------------------------------------------------------


def _over_the_bus(store: Path, words: str, titles: list[str], work: Path) -> None:
    runtime = work / f"run-{store.stem}"
    runtime.mkdir(mode=0o700, parents=True)
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "WORK": str(runtime),
        "PYTHON": sys.executable, "STORE": str(store), "ASKER": str(HERE / "asking_atspi.py"), "WPSDESK_LANG": "en",
        "XDG_RUNTIME_DIR": str(runtime), "GTK_MODULES": "",
    }  # fmt: skip
    command = ["dbus-run-session", "--", "bash", "-c", SESSION, "walk", words, *titles]
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if asked.returncode:
        print(f"{store.stem}: the bus: {asked.stderr[-500:]}")
        return
    told: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    for page, found in told.items():
        print(f"{store.stem} {page}: over the bus {found['controls']} controls of {found['roles']}; ", end="")
        print(f"short of {found['short of']}; focus could be moved: {found.get('focus moved')}")


if __name__ == "__main__":
    main()
