"""Other words for a store, or another key: whatever moment the power goes, the old or the new words open it.

Changed words touch the key file alone, which is replaced whole. A new key for the store itself takes two files, and
goes by steps of which each leaves a store that opens::

    1  the store is copied under the new key, beside the old one       the old words open it
    2  the key file gets the new key beside the old                    the old words open it
    3  the copy takes the store's name                                 the new words open it
    4  the key file keeps the new key alone

The salt with which the store begins tells after a power cut which of the two keys it is encrypted with.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from wpsdesk.base.errors import FileMissing, from_os
from wpsdesk.base.files import require_room, sync_folder
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import keyfile
from wpsdesk.store.errors import DamagedStore, StoreInUse
from wpsdesk.store.keyfile import KeyFile, keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.opening import open_store, renewed_path, salt_of
from wpsdesk.store.server.address import read_pointer
from wpsdesk.store.server.errors import OnlyInAFile
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.sqlcipher import SALT_SIZE, StoreKey, connect, copy_database, faults_in, remove_database
from wpsdesk.store.transaction import faults_of


def change_passphrase(path: Path, old: str, new: str) -> None:
    """Give the store at ``path`` another passphrase, by the old one or the recovery code, which stays as it is.

    The key file alone is replaced, whole or not at all. Raises FileMissing, KeyFileMissing, KeyFileDamaged,
    WrongPassphrase, NewerStore, DiskFull, FileUnwritable.
    """
    keys, secret = _opened(path, old)
    keyfile.write_keys(keys_path(path), keyfile.with_passphrase(keys, secret, new), replace=True)


def renew_recovery_code(path: Path, words: str) -> str:
    """A new recovery code, by the passphrase or the old code, which opens nothing from now on.

    Raises what :func:`change_passphrase` raises.
    """
    keys, secret = _opened(path, words)
    code = keyfile.new_recovery_code()
    keyfile.write_keys(keys_path(path), keyfile.with_recovery_code(keys, secret, code), replace=True)
    return code


def opens(path: Path, words: str) -> bool:
    """Whether the words open the key of the store at ``path``, which may be open. Raises as above."""
    return _opened(path, words)[1] is not None


def unlocked(path: Path, words: str) -> StoreKey:
    """The key of the store at ``path``, which may be open. For moving.py. Raises as above."""
    keys, secret = _opened(path, words)
    return StoreKey(secret=secret, salt=keys.salt)


def _opened(path: Path, words: str) -> tuple[KeyFile, bytes]:
    if not path.is_file():
        raise FileMissing(path=path)
    keys = keys_at(path)
    return keys, keyfile.unlock(keys, words, path).secret


def keys_at(path: Path) -> KeyFile:
    """The key file of the store at ``path``, as it is in force."""
    salt = read_pointer(path).salt if is_pointer(path) else salt_of(path)
    return keyfile.in_force(keyfile.read_keys(keys_path(path)), salt)


def renew_key(path: Path, words: str, passphrase: str, *, progress: Progress = unwatched) -> str:
    """Encrypt the whole store at ``path`` with a new key, under ``passphrase`` and the recovery code returned.

    The store must be closed. Raises what opening it raises; DiskFull, Cancelled (the store is as it was).
    """
    if path.is_file() and is_pointer(path):
        raise OnlyInAFile(path=path)
    open_store(path, words).close()  # it is sound, of the newest version, and nothing is left of an earlier change
    lock = StoreLock(path)
    fresh = renewed_path(path)
    try:
        keys, secret = _opened(path, words)
        old = StoreKey(secret=secret, salt=keys.salt)
        new = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
        code = keyfile.new_recovery_code()
        coming = keyfile.new_keys(new.secret, new.salt, passphrase, code)
        require_room(path.parent, path.stat().st_size)
        _copy(path, old, fresh, new, progress)
        keyfile.write_keys(keys_path(path), replace(keys, coming=coming), replace=True)
        fresh.replace(path)
        sync_folder(path.parent)
        keyfile.write_keys(keys_path(path), coming, replace=True)
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    finally:
        remove_database(fresh)
        lock.release()
    return code


def _copy(path: Path, old: StoreKey, fresh: Path, new: StoreKey, progress: Progress) -> None:
    """The store under the new key; what stood in the old one's log is in it, and the log is gone."""
    with faults_of(path):
        with closing(connect(path, old)) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            copy_database(source, fresh, new, progress=progress)
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise StoreInUse(path=path)  # it would be read into a store that it does not belong to
        with closing(connect(fresh, new)) as made:
            if faults_in(made):
                raise DamagedStore(path=path)
