"""What Qt's binding tells of its own functions is read in when it is asked for, and not before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STARTED = """
import sys, threading
import wpsdesk.ui
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("x")
print("shibokensupport.signature.parser" in sys.modules)

def fails(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
"""

ASKED = {
    "a wrong call": "fails(lambda: label.setText(3))",
    "a wrong call on a worker": "one = threading.Thread(target=fails, args=(lambda: label.setText(3),)); "
    "one.start(); one.join()",
    "help": "print(QLabel.setText.__doc__); fails(lambda: label.setText(3))",
}


@pytest.mark.parametrize("first", ASKED)
def test_a_fault_in_a_call_of_qt_is_told_as_ever(first: str, tmp_path: Path) -> None:
    program = tmp_path / "asks.py"
    program.write_text(STARTED + ASKED[first])
    ended = subprocess.run([sys.executable, program], capture_output=True, check=False, text=True)
    assert ended.returncode == 0, ended.stderr
    is_read, *told = ended.stdout.splitlines()
    assert is_read == "False", "it was read in before anybody asked"
    assert "TypeError 'PySide6.QtWidgets.QLabel.setText' called with wrong argument types:" in told
    assert told[-1].strip() == "PySide6.QtWidgets.QLabel.setText(arg__1: str, /)"
    assert ended.stderr == ""
