"""A window that stands open for days must not end because Qt's binding used up None."""

from __future__ import annotations

import subprocess
import sys

MANY_CALLS = """
import wpsdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(100_000):
    thing.setObjectName("")
print("alive")
"""


def test_none_is_not_used_up_by_calls_that_give_nothing_back():
    done = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr
