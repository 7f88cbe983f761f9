"""The window stands before what an open desk needs is read in, and takes in every key meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from wpsdesk.settings import Settings, save_settings

TYPED_AT_ONCE = """
import json, sys
from wpsdesk import __main__ as program

def opened_and_typed(*given):
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from wpsdesk.ui import main

    words, seen = "fjord sild havre", []
    first = "sqlalchemy" in sys.modules

    def key(window, letter):  # as it comes from the screen: to the window, which gives it to whoever has the focus
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.postEvent(window.windowHandle(), event)

    def reads(window, names=main.HEAVY):
        line = window.gate.passphrase.line
        seen.append(line.text())
        if len(seen) <= len(words):
            key(window, words[len(seen) - 1])
        if names:
            reads_in(window, names)
        else:
            print(json.dumps([first, seen, words]), flush=True)
            window.close()

    reads_in, main._import_the_rest = main._import_the_rest, reads
    return opened(*given)

opened, program._opened = program._opened, opened_and_typed
sys.exit(program.main([]))
"""


def test_keys_arrive_one_by_one_while_the_rest_is_read_in(tmp_path: Path) -> None:
    desk = tmp_path / "fd.wpsdesk"
    desk.touch()
    save_settings(Settings(last_store=desk, recent=(desk,)))
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", TYPED_AT_ONCE], capture_output=True, check=False, text=True, timeout=60, env=surroundings
    )
    assert ended.returncode == 0, ended.stderr
    was_heavy, seen, words = json.loads(ended.stdout)
    assert not was_heavy
    assert len(seen) > len(words)
    assert [text for text in seen if len(text) < len(words)] == [words[:count] for count in range(len(words))]
    assert seen[-1] == words
