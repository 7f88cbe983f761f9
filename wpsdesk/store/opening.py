"""Making a store and opening one: the lock, the key file, the checks and the migrations, in this order."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from wpsdesk.base.errors import FileMissing, from_os
from wpsdesk.base.files import rename_to_new, sync_folder
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import journal, keyfile
from wpsdesk.store.errors import DamagedStore, NewerStore, NotAStore
from wpsdesk.store.keyfile import KeyFile, keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.migrations import MIGRATIONS, upgrade, version_of
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.sqlcipher import (
    APPLICATION_ID,
    SALT_SIZE,
    StoreKey,
    connect,
    copy_database,
    empty_file,
    engine_at,
    make_engine,
    remove_database,
)
from wpsdesk.store.store import Store, refuse_taken
from wpsdesk.store.transaction import Connections, faults_of, transaction


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


def _make_files(path: Path, key: StoreKey, keys: KeyFile, now: datetime) -> None:
    """The store under a neutral name, then the key file, then the name: no crash leaves a store without its key."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with faults_of(path), empty_file(temporary), engine_at(temporary, key) as engine:
            upgrade(engine, copy_before=lambda _number: None)
            with transaction(Connections(engine, keep=0), path, is_writing=True) as tx:
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


def open_store(path: Path, passphrase: str, *, password: str | None = None, progress: Progress = unwatched) -> Store:
    """Open the store at ``path`` with its passphrase or its recovery code.

    Raises FileMissing, StoreInUse, KeyFileMissing, KeyFileDamaged, WrongPassphrase, NotAStore, DamagedStore,
    NewerStore, FileUnreadable, FileUnwritable, DiskFull (a migration needs room for the copy). For a desk on a server
    ``path`` is the small file that says where, ``password`` the server's, and ``progress`` can stop the waiting for it;
    see :func:`open_on_server`.
    """
    if not path.is_file():  # 1 there is such a file
        raise FileMissing(path=path)
    if is_pointer(path):
        from wpsdesk.store.server.opening import open_on_server

        return open_on_server(path, passphrase, password=password, progress=progress)
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
    temporary = unfinished_copy(path)
    try:
        remove_database(temporary)  # what an upgrade that was broken off has left
        with closing(connect(path, key)) as connection:
            copy_database(connection, temporary, key)
        temporary.replace(copy)  # one of an upgrade that was broken off is older than this
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, copy, writing=True) from error
    finally:
        remove_database(temporary)


def unfinished_copy(path: Path) -> Path:
    """Where the copy of the store at ``path`` from before an upgrade lies until it is whole; one at a time."""
    return path.with_name(f".{path.name}.before.tmp")


def integrity(store: Store) -> tuple[str, ...]:
    """Read every page of an open store and check it; the database's words for what is wrong, empty if nothing."""
    return store.faults_in(store.path)
