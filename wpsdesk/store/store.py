"""The desk's memory while it is open: transactions, one writer at a time, and letting go of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Engine

from wpsdesk.base.errors import FileExistsAlready
from wpsdesk.store.errors import BrokenRule, DamagedStore, NotAStore
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.sqlcipher import (
    StoreKey,
    closed_engine,
    connect,
    copy_database,
    faults_in,
)
from wpsdesk.store.transaction import Connections, Tx, faults_of, part_of, transaction


class Store:
    """An open store. Any thread may read; writers take turns.

    Made by :func:`create_store` and :func:`open_store`; ``path`` is the ``.wpsdesk`` file.
    """

    is_shared: ClassVar[bool] = False
    """Whether it is on a server."""

    __slots__ = ("_connections", "_is_inside", "_key", "_lock", "_queue", "_shared", "_turn", "_writer", "path")

    def __init__(self, path: Path, key: StoreKey, engine: Engine, lock: StoreLock | None) -> None:
        self.path = path
        self._key = key
        self._connections = Connections(engine)
        self._lock = lock
        self._turn = threading.Lock()
        self._queue: set[int] = set()  # the threads that wait for theirs
        self._writer: int | None = None  # the thread whose turn it is
        self._shared: Tx | None = None  # what it writes together
        self._is_inside = False  # one part of that

    def read(self) -> AbstractContextManager[Tx]:
        """A transaction that sees the store as it is now, whoever writes meanwhile.

        Inside :meth:`together` it sees what has been written there, too.
        """
        if self._shared is not None and self._writer == threading.get_ident():
            return part_of(self._shared, is_writing=False)
        return transaction(self._connections, self.path, is_writing=False)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that keeps everything or, where the block raises, nothing; on the disk when the block is left.

        A second writer waits for the first, however long it takes. Raises BrokenRule for one inside the other on
        one thread, which would wait for itself.
        """
        if self._writer != threading.get_ident():
            with self._turn_of_writing(), transaction(self._connections, self.path, is_writing=True) as tx:
                yield tx
            return
        if self._shared is None or self._is_inside:
            raise BrokenRule("a writer inside a writer")
        self._is_inside = True
        try:
            with part_of(self._shared, is_writing=True) as tx:
                yield tx
        finally:
            self._is_inside = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let all that this thread writes in the block reach the disk at once, when the block is left.

        Each :meth:`write` in it keeps everything or nothing as ever; where the block itself raises, or the disk
        refuses in the end, nothing of any of them is kept. Others wait for their turn: see :attr:`is_wanted`. Raises
        TogetherLost from the write at which the database gave everything up.
        """
        with self._turn_of_writing(), transaction(self._connections, self.path, is_writing=True) as tx:
            self._shared = tx
            try:
                yield
            finally:
                self._shared = None

    @property
    def is_wanted(self) -> bool:
        """Whether another thread waits for its turn to write."""
        return bool(self._queue)

    @contextmanager
    def _turn_of_writing(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._writer == me:
            raise BrokenRule("a writer inside a writer")
        self._queue.add(me)
        try:
            self._turn.acquire()
        finally:
            self._queue.discard(me)
        try:
            self._writer = me
            yield
        finally:
            self._writer = None
            self._turn.release()

    @property
    def size(self) -> int:
        """Bytes that the store takes. For backup.py."""
        return self.path.stat().st_size

    def copy(self, to: Path) -> None:
        """The whole store as it is now, encrypted with the same key, as the new file ``to``. For backup.py."""
        with faults_of(self.path), closing(connect(self.path, self._key)) as connection:
            copy_database(connection, to, self._key)

    def faults_in(self, file: Path) -> tuple[str, ...]:
        """What is wrong with this store's own file or a copy of it, in the database's words; empty if nothing."""
        try:
            with faults_of(file), closing(connect(file, self._key)) as connection:
                return faults_in(connection)
        except (DamagedStore, NotAStore):
            return ("unreadable",)

    def close(self) -> None:
        """Let go of the file, of the lock and of the key, for good; a second call does nothing."""
        self._connections.close()
        # A disposed engine would connect again by itself, with the key that it was made with.
        self._connections = Connections(closed_engine())
        self._key = StoreKey(secret=b"", salt=b"")
        if self._lock is not None:
            self._lock.release()


def refuse_taken(path: Path) -> None:
    """Raise FileExistsAlready where a store, or the key file of one, stands at ``path``."""
    for taken in (path, keys_path(path)):
        if taken.exists():
            raise FileExistsAlready(path=taken)
