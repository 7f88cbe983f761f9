"""The window as a screen reader meets it: asked from another process, through the desktop's accessibility bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, Office

ASKER = """
import sys, time
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi
Atspi.init()
def find(deadline):
    while time.monotonic() < deadline:
        desktop = Atspi.get_desktop(0)
        for n in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(n)
            if one is not None and "WPS Desk" in (one.get_name() or "") and one.get_child_count():
                return one
        time.sleep(0.2)
    sys.exit("the program never came on the bus")
def walk(node, depth=0):
    if depth > 40: return
    yield node
    for n in range(node.get_child_count()):
        child = node.get_child_at_index(n)
        if child is not None: yield from walk(child, depth + 1)
def tell(program):
    for node in walk(program):
        states = node.get_state_set()
        flags = [s for s, v in (("focusable", Atspi.StateType.FOCUSABLE), ("showing", Atspi.StateType.SHOWING))
                 if states.contains(v)]
        print(f"{node.get_role_name()}\\t{' '.join((node.get_name() or '').split())}\\t{' '.join(flags)}")
def one(program, role, name):
    return next((n for n in walk(program) if n.get_role_name() == role and n.get_name() == name), None)
program = find(time.monotonic() + 60)
tell(program)
print("--")
Atspi.EditableText.set_text_contents(one(program, "password text", "Passphrase"), sys.argv[1])
Atspi.Action.do_action(one(program, "push button", "Open the desk"), 0)
deadline = time.monotonic() + 60
while one(program, "push button", "Lock") is None:
    if time.monotonic() > deadline: sys.exit("the desk never opened")
    time.sleep(0.2)
tell(program)
"""

# Qt starts its bridge only where the bus says that somebody listens, or this is set.
SESSION = """
set -e
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$WORK/display" 2>"$WORK/xvfb.err" & x=$!
trap 'kill $p $x 2>/dev/null; wait 2>/dev/null' EXIT
while [ ! -s "$WORK/display" ]; do sleep 0.1; done
export DISPLAY=:$(cat "$WORK/display")
/usr/libexec/at-spi-bus-launcher --launch-immediately 2>"$WORK/spi.err" & b=$!
"$PYTHON" -m wpsdesk "$STORE" 2>"$WORK/program.err" & p=$!
trap 'kill $p $b $x 2>/dev/null; wait 2>/dev/null' EXIT
/usr/bin/python3 -c "$ASKER" "$WORDS"
"""


def why_not() -> str:
    """What is missing for asking from outside; "" where nothing is."""
    for program in ("Xvfb", "dbus-run-session"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        return "at-spi2-core is not installed"
    asked = 'import gi; gi.require_version("Atspi", "2.0")'
    if subprocess.run(["/usr/bin/python3", "-c", asked], capture_output=True, check=False).returncode:
        return "gir1.2-atspi-2.0 or python3-gi is not installed"
    return ""


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")
def test_a_screen_reader_in_another_process_finds_every_control_by_name(
    tmp_path: Path, home: Path, office: Office
) -> None:
    if missing := why_not():
        pytest.skip(missing)
    desk = office.desk("FD")
    office.close()
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "ASKER": ASKER,
        "WORK": str(tmp_path), "PYTHON": sys.executable, "STORE": str(desk.store.path), "WORDS": PASSPHRASE,
        "WPSDESK_LANG": "en",
        "XDG_RUNTIME_DIR": str(runtime), "HOME": str(home), "GTK_MODULES": "",
    }  # fmt: skip
    found = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SESSION], env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr + (tmp_path / "program.err").read_text()
    before, after = (controls(part) for part in found.stdout.split("--\n"))
    assert {"Open the desk", "Passphrase", "Desk", "Make a new desk", "Restore from a backup"} <= {n for _, n in before}
    assert ("password text", "Passphrase") in before
    assert {"Overview", "Report", "Send", "Safety", "Lock"} <= {name for _, name in after}
    assert [one for one in before + after if not one[1].strip()] == []


def controls(told: str) -> list[tuple[str, str]]:
    """Role and name of what can be gone to, windows and what holds others left out."""
    lines = [line.split("\t") for line in told.splitlines() if "\t" in line]  # the bus says something of its own
    shown = [(role, name) for role, name, states in lines if "focusable" in states and "showing" in states]
    return [one for one in shown if one[0] not in ("frame", "window", "application")]
