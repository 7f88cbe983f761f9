"""One desk opens a store at a time."""

from __future__ import annotations

from pathlib import Path

from wpsdesk.base.errors import from_os
from wpsdesk.base.locking import FileLock
from wpsdesk.store.errors import StoreInUse


def lock_path(store: Path) -> Path:
    """``name.wpsdesk`` -> ``name.wpsdesk.lock``. The file may lie there unlocked; its being there says nothing."""
    return store.with_name(store.name + ".lock")


class StoreLock:
    """The lock on a store, held from the making of the object until :meth:`release` or the end of the process."""

    __slots__ = ("_lock",)

    def __init__(self, store: Path) -> None:
        """Raises StoreInUse, FileMissing (no such folder), FileUnwritable, DiskFull."""
        try:
            self._lock = FileLock(lock_path(store))
        except BlockingIOError:
            raise StoreInUse(path=store) from None
        except OSError as error:
            raise from_os(error, store, writing=True) from error

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        self._lock.release()
