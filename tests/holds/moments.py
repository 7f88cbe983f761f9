"""A moment that is told by what a process does to a folder: a change in it by number, as the system gives notice of it.

A kill after a random time mostly meets a verb while it reckons: two thirds of a change of key are Argon2id. A kill at
a random change meets it between two writes.
"""

from __future__ import annotations

import ctypes
import os
import select
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

# From sys/inotify.h; Python has no names for them.
_WRITTEN: Final = 0x002
_MOVED: Final = 0x040 | 0x080
_MADE: Final = 0x100
_REMOVED: Final = 0x200
_HEAD: Final = struct.Struct("iIII")  # watch, mask, cookie, length of the name that follows


class Changes:
    """The changes in a folder since it is watched. Several alike, before anyone has looked, are one."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.seen = 0

    def wait_for(self, number: int, *, at_most: float) -> bool:
        """Whether there have been so many before so many seconds have passed; comes back at once when there have."""
        ends = time.monotonic() + at_most
        while self.seen < number:
            ready, _, _ = select.select([self._handle], [], [], max(0.0, ends - time.monotonic()))
            if not ready:
                return False
            self.seen += _count(os.read(self._handle, 1 << 16))
        return True


@contextmanager
def changes_in(folder: Path, *, of_names: bool = False) -> Iterator[Changes]:
    """Watch a folder: files made, renamed and removed in it, and unless ``of_names`` written too."""
    mask = _MADE | _MOVED | _REMOVED | (0 if of_names else _WRITTEN)
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if handle < 0 or libc.inotify_add_watch(handle, os.fsencode(folder), mask) < 0:
            raise OSError(ctypes.get_errno(), "the folder cannot be watched")
        yield Changes(handle)
    finally:
        if handle >= 0:
            os.close(handle)


def _count(told: bytes) -> int:
    found, place = 0, 0
    while place < len(told):
        place += _HEAD.size + int(_HEAD.unpack_from(told, place)[3])
        found += 1
    return found
