"""Qt's binding may not read the source of every module that is imported while a window is open."""

from __future__ import annotations

import subprocess
import sys

IMPORTED = """
import wpsdesk.ui.main
import linecache
first = ("ui/importing.py", "ui/lasting.py", "ui/signatures.py")
print(*(name for name in linecache.cache if "wpsdesk" in name and not name.endswith(first)))
from PySide6.QtWidgets import QLabel
print(QLabel.__name__)
"""


def test_no_source_is_read_for_the_windows_and_qt_is_there_all_the_same():
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["QLabel"], done.stderr
