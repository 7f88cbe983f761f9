"""Making a store and opening one: the lock, the key file, the checks and the migrations, in this order."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from wpsdesk.base.errors import FileExistsAlready, FileMissing, from_os
from wpsdesk.base.files import rename_to_new, sync_folder
from wpsdesk.store import journal, keyfile
from wpsdesk.store.errors import BrokenRule, DamagedStore, NewerStore, NotAStore
from wpsdesk.store.keyfile import KeyFile, keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.migrations import MIGRATIONS, upgrade, version_of
from wpsdesk.store.server.address import is_pointer
from wpsdesk.store.sqlcipher import (
    APPLICATION_ID,
    SALT_SIZE,
    StoreKey,
    closed_engine,
    connect,
    copy_database,
    empty_file,
    faults_in,
    make_engine,
    remove_database,
)
from wpsdesk.store.transaction import Tx, faults_of, part_of, transaction


class Store:
    """An open store. Any thread may read; writers take turns.

    Made by :func:`create_store` and :func:`open_store`; ``path`` is the ``.wpsdesk`` file.
    """

    __slots__ = ("_engine", "_is_inside", "_key", "_lock", "_queue", "_shared", "_turn", "_writer", "path")

    def __init__(self, path: Path, key: StoreKey, engine: Engine, lock: StoreLock | None) -> None:
        self.path = path
        self._key = key
        self._engine = engine
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
        return transaction(self._engine, self.path, is_writing=False)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that keeps everything or, where the block raises, nothing; on the disk when the block is left.

        A second writer waits for the first, however long it takes. Raises BrokenRule for one inside the other on
        one thread, which would wait for itself.
        """
        if self._writer != threading.get_ident():
            with self._turn_of_writing(), transaction(self._engine, self.path, is_writing=True) as tx:
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
        with self._turn_of_writing(), transaction(self._engine, self.path, is_writing=True) as tx:
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
        self._engine.dispose()
        # A disposed engine would connect again by itself, with the key that it was made with.
        self._engine = closed_engine()
        self._key = StoreKey(secret=b"", salt=b"")
        if self._lock is not None:
            self._lock.release()


def create_store(path: Path, passphrase: str, *, now: datetime) -> tuple[Store, str]:
    """A new, empty store at ``path`` with its key file beside it, and the recovery code to print, in groups.

    Raises FileExistsAlready (for either file), FileMissing (no such folder), FileUnwritable, DiskFull, StoreInUse.
    """
    lock = StoreLock(path)
    try:
        refuse_taken(path)
        key = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
        code = keyfile.new_recovery_code()
        _make_files(path, key, keyfile.new_keys(key.secret, key.salt, passphrase, code), now)
        return Store(path, key, make_engine(path, key), lock), code
    except BaseException:
        lock.release()
        raise


def refuse_taken(path: Path) -> None:
    """Raise FileExistsAlready where a store, or the key file of one, stands at ``path``."""
    for taken in (path, keys_path(path)):
        if taken.exists():
            raise FileExistsAlready(path=taken)


def _make_files(path: Path, key: StoreKey, keys: KeyFile, now: datetime) -> None:
    """The store under a neutral name, then the key file, then the name: no crash leaves a store without its key."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with faults_of(path), empty_file(temporary), engine_at(temporary, key) as engine:
            upgrade(engine, copy_before=lambda _number: None)
            with transaction(engine, path, is_writing=True) as tx:
                journal.note(tx, "store-created", who="", now=now)
        keyfile.write_keys(keys_path(path), keys)
        try:
            rename_to_new(temporary, path)
        except BaseException:
            keys_path(path).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    finally:
        remove_database(temporary)


@contextmanager
def engine_at(path: Path, key: StoreKey) -> Iterator[Engine]:
    """An engine that is gone when the block is left; all that it wrote is in the one file then."""
    engine = make_engine(path, key)
    try:
        yield engine
    finally:
        engine.dispose()


def open_store(path: Path, passphrase: str, *, password: str | None = None) -> Store:
    """Open the store at ``path`` with its passphrase or its recovery code.

    Raises FileMissing, StoreInUse, KeyFileMissing, KeyFileDamaged, WrongPassphrase, NotAStore, DamagedStore,
    NewerStore, FileUnreadable, FileUnwritable, DiskFull (a migration needs room for the copy). For a desk on a server
    ``path`` is the small file that says where, ``password`` the server's; see :func:`open_on_server`.
    """
    if not path.is_file():  # 1 there is such a file
        raise FileMissing(path=path)
    if is_pointer(path):
        from wpsdesk.store.server.opening import open_on_server

        return open_on_server(path, passphrase, password=password)
    lock = StoreLock(path)  # 2 nobody else has it open
    try:
        keys = keyfile.read_keys(keys_path(path))
        key = keyfile.unlock(keyfile.in_force(keys, salt_of(path)), passphrase, path)  # 3 the words open the key
        engine = make_engine(path, key)
        try:
            version = _check(engine, path, key)  # 4 the key opens the file, and it is one of ours
            if version < len(MIGRATIONS):  # 5 it is brought to the newest version
                with faults_of(path):
                    upgrade(engine, copy_before=lambda number: _copy_before(path, key, number))
            _end_change_of_key(path, keys, key)  # 6 what a power cut left of a change of key is tidied up
        except BaseException:
            engine.dispose()
            raise
        return Store(path, key, engine, lock)
    except BaseException:
        lock.release()
        raise


def _end_change_of_key(path: Path, keys: KeyFile, key: StoreKey) -> None:
    remove_database(renewed_path(path))
    if keys.coming is not None:
        keyfile.write_keys(keys_path(path), keyfile.in_force(keys, key.salt), replace=True)


def renewed_path(path: Path) -> Path:
    """Where the store lies under its next key until it takes the place of the old one."""
    return path.with_name(path.name + ".new")


def _check(engine: Engine, path: Path, key: StoreKey) -> int:
    if not salt_of(path):  # SQLite takes an empty file for a new database
        raise NotAStore(path=path)
    try:
        with faults_of(path), engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            version = version_of(connection)
    except NotAStore:
        if salt_of(path) == key.salt:  # it was ours
            raise DamagedStore(path=path) from None
        raise
    if application != APPLICATION_ID:
        raise NotAStore(path=path)
    if version > len(MIGRATIONS):
        raise NewerStore(path=path, version=version, known=len(MIGRATIONS))
    return version


def salt_of(path: Path) -> bytes:
    """The 16 open bytes with which the store at ``path`` begins; fewer where it is shorter. Raises FileUnreadable."""
    try:
        with path.open("rb") as stream:
            return stream.read(SALT_SIZE)
    except OSError as error:
        raise from_os(error, path) from error


def _copy_before(path: Path, key: StoreKey, number: int) -> None:
    """``name.before-2.wpsdesk``: the store as it was; given its old name back, it opens with the same key file."""
    copy = path.with_name(f"{path.stem}.before-{number}{path.suffix}")
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with closing(connect(path, key)) as connection:
            copy_database(connection, temporary, key)
        temporary.replace(copy)  # one of an upgrade that was broken off is older than this
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, copy, writing=True) from error
    finally:
        remove_database(temporary)


def integrity(store: Store) -> tuple[str, ...]:
    """Read every page of an open store and check it; the database's words for what is wrong, empty if nothing."""
    return store.faults_in(store.path)
