"""A module may be imported without what it imports in its turn, and comes to it all the same when it has need of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BOOK = """
import sys, colorsys, chunk_of_code
from chunk_of_code import asked_at_once

def grey():
    return colorsys.rgb_to_hsv(1, 1, 1)
"""

READ = """
import sys
from wpsdesk.base.unread import left_unread
with left_unread("colorsys", "chunk_of_code", "sys"):
    import book
print("colorsys" in sys.modules, book.asked_at_once, book.sys is sys, book.grey())
import colorsys, chunk_of_code
print(colorsys.rgb_to_hsv is book.colorsys.rgb_to_hsv, book.chunk_of_code.asked_at_once is chunk_of_code.asked_at_once)
print(book.colorsys.nothing)
"""


def test_what_is_left_unread_is_read_when_it_is_used_and_is_itself_for_everybody_else(tmp_path: Path) -> None:
    (tmp_path / "book.py").write_text(BOOK)
    (tmp_path / "chunk_of_code.py").write_text("asked_at_once = [1]\n")
    (tmp_path / "reads.py").write_text(READ)
    ended = subprocess.run([sys.executable, tmp_path / "reads.py"], capture_output=True, check=False, text=True)
    assert ended.stdout.splitlines() == ["False [1] True (0.0, 0.0, 1)", "True True"], ended.stderr
    assert "AttributeError: module 'colorsys' has no attribute 'nothing'" in ended.stderr
