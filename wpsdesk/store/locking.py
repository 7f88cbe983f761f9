"""One desk opens a store at a time: a lock of the operating system, which a crash cannot leave behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wpsdesk.base.errors import from_os
from wpsdesk.store.errors import StoreInUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def lock_path(store: Path) -> Path:
    """``name.wpsdesk`` -> ``name.wpsdesk.lock``. The file may lie there unlocked; its being there says nothing."""
    return store.with_name(store.name + ".lock")


class StoreLock:
    """The lock on a store, held from the making of the object until :meth:`release` or the end of the process."""

    __slots__ = ("_handle",)

    def __init__(self, store: Path) -> None:
        """Raises StoreInUse, FileMissing (no such folder), FileUnwritable, DiskFull."""
        try:
            # Never removed: a file taken away while another waits for it would be locked twice.
            handle = os.open(lock_path(store), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise from_os(error, store, writing=True) from error
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            raise StoreInUse(path=store) from None
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
