"""Makes None, True, False and NotImplemented last on Python 3.11, where Qt's binding counts them wrongly.

PySide 6.12 is built for an interface of Python in which these four are immortal and no longer counted: every call
that gives nothing back takes one reference to None too many. From Python 3.12 on that is right; on 3.11 the count
reaches zero after some thousand calls, and the interpreter ends the program with "none_dealloc".
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

ENOUGH: Final = sys.maxsize // 4
"""References that no program can use up, and far from where the count would overflow."""


def make_lasting() -> None:
    """Give the four so many references that they never run out; done once, and only where they are counted."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > ENOUGH // 2:
        return
    for value in (None, True, False, NotImplemented):
        # The count is the first word of every object of CPython.
        ctypes.c_ssize_t.from_address(id(value)).value += ENOUGH
