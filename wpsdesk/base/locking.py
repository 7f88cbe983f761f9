"""A lock of the operating system on a file: one holder at a time, and a crash cannot leave it behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """The lock on a file, held from the making of the object until :meth:`release` or the end of the process."""

    __slots__ = ("_handle",)

    def __init__(self, path: Path) -> None:
        """Take it. Raises BlockingIOError where another holds it, and OSError where the file cannot be made."""
        # The file is never removed: one taken away while another waits for it would be locked twice.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            raise BlockingIOError from None
        self._handle: int | None = handle

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _take(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
