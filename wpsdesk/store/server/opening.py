"""Making a desk on a server and opening one, by the small file and the key file on a person's own machine."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from sqlalchemy import Engine, text

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import journal, keyfile
from wpsdesk.store.copying import copy_to_file
from wpsdesk.store.errors import DamagedStore, NotAStore
from wpsdesk.store.identity import read_identity
from wpsdesk.store.keyfile import KeyFile, keys_path
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.server.address import Address, Pointer, in_schema, read_pointer, write_pointer
from wpsdesk.store.server.connecting import MAKING, make_server_engine
from wpsdesk.store.server.errors import BadAddress
from wpsdesk.store.server.schema import Found, check_schema, grow_schema, make_schema, moved_to
from wpsdesk.store.sqlcipher import SALT_SIZE, StoreKey
from wpsdesk.store.store import Store, refuse_taken
from wpsdesk.store.transaction import Tx, faults_of

_SIZE: Final = text(
    "SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint) FROM pg_class c "
    "WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r'"
)


class ServerStore(Store):
    """An open desk on a server: :class:`Store` as its callers know it; other officers may have it open too."""

    is_shared: ClassVar[bool] = True

    __slots__ = ("address",)

    def __init__(self, path: Path, key: StoreKey, engine: Engine, address: Address) -> None:
        super().__init__(path, key, engine, lock=None)
        self.address = address

    @property
    def size(self) -> int:
        """Bytes that the desk takes on the server, about."""
        with self.read() as tx:
            found: int = tx.run(_SIZE).scalar_one()
        return found

    def copy(self, to: Path) -> None:
        """The whole desk as it is now, as an encrypted file under the same key."""
        with self.read() as tx:
            copy_to_file(tx, to, self._key)

    def faults_in(self, file: Path) -> tuple[str, ...]:
        """What is wrong with a copy in a file; of the desk itself, whether the key opens what stands there."""
        if file != self.path:
            return super().faults_in(file)
        with self.read() as tx:
            return () if read_identity(tx) is not None else ("no desk",)


def create_on_server(
    address: Address,
    path: Path,
    passphrase: str,
    *,
    now: datetime,
    password: str | None = None,
    progress: Progress = unwatched,
) -> tuple[Store, str]:
    """A new, empty desk at ``address``, the small file at ``path`` with the key file beside it, and the recovery code.

    Raises FileExistsAlready (for either file), DeskThereAlready, DatabaseAway, DatabaseRefused, NoRights, LoginWanted;
    Cancelled while the server does not answer.
    """
    refuse_taken(path)
    key = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
    code = keyfile.new_recovery_code()
    keys = keyfile.new_keys(key.secret, key.salt, passphrase, code)
    return make_on_server(address, path, key, keys, now=now, password=password, progress=progress), code


def make_on_server(
    address: Address,
    path: Path,
    key: StoreKey,
    keys: KeyFile,
    *,
    now: datetime,
    password: str | None = None,
    progress: Progress = unwatched,
) -> Store:
    """The same for a key that is there already, with the key file that opens it."""
    engine = make_server_engine(address, path, key, password, progress)
    made: list[Path] = []
    try:
        with new_desk(engine, address, key, path) as tx:
            journal.note(tx, "store-created", who="", now=now)
            keyfile.write_keys(keys_path(path), keys)  # before there is anything that only it can open
            made.append(keys_path(path))
            write_pointer(path, Pointer(address=address, salt=key.salt))
            made.append(path)
    except BaseException:
        engine.dispose()
        for one in made:
            one.unlink(missing_ok=True)
        raise
    return ServerStore(path, key, engine, address)


@contextmanager
def new_desk(engine: Engine, address: Address, key: StoreKey, path: Path) -> Iterator[Tx]:
    """A transaction in which a new desk is made and can be filled: all of it is there at the end, or nothing."""
    with faults_of(path), engine.connect().execution_options(write=MAKING) as connection, connection.begin():
        make_schema(connection, address.schema, key.salt, path)
        tx = Tx(connection, path)
        try:
            yield tx
        finally:
            tx.end()


def open_on_server(
    path: Path, passphrase: str, *, password: str | None = None, progress: Progress = unwatched
) -> Store:
    """The desk that the small file at ``path`` tells of, with the passphrase or recovery code of the key file beside.

    Raises KeyFileMissing, KeyFileDamaged, WrongPassphrase, NotAStore, NewerStore, DeskNotThere, DatabaseAway,
    DatabaseRefused, NoRights, LoginWanted, DriverMissing; Cancelled while the server does not answer.
    """
    settle_key(path, password)  # 0 what a change of key has left is ended
    pointer = read_pointer(path)  # 1 which desk
    keys = keyfile.in_force(keyfile.read_keys(keys_path(path)), pointer.salt)
    if keys.salt != pointer.salt:
        raise NotAStore(path=path)
    key = keyfile.unlock(keys, passphrase, path)  # 2 the words open the key
    engine = make_server_engine(pointer.address, path, key, password, progress)
    try:
        found = _found(engine, key, path)
        if found.is_coming or found.version < len(MIGRATIONS):  # 3 it is the desk that the key belongs to
            with faults_of(path), engine.connect().execution_options(write=True) as connection, connection.begin():
                grow_schema(connection, key.salt, path)  # 4 and of this program's version
    except BaseException:
        engine.dispose()
        raise
    return ServerStore(path, key, engine, pointer.address)


def settle_key(path: Path, password: str | None = None) -> bool:
    """End a change of key of which only the server knows whether it was made; whether the new key is in force.

    False too where none was under way. Raises what asking the server raises: then both keys are kept.
    """
    pointer, keys = read_pointer(path), keyfile.read_keys(keys_path(path))
    if keys.coming is None:
        return False
    if pointer.salt != keys.coming.salt:
        to, _, salt = (moved_to(pointer.address, path, password) or "").partition(" ")
        if salt != keys.coming.salt.hex():  # it was not made; where another change was, whoever opens is told of it
            keyfile.write_keys(keys_path(path), keyfile.in_force(keys, pointer.salt), replace=True)
            return False
        try:
            place = in_schema(pointer.address, to)
        except BadAddress:
            raise NotAStore(path=path) from None
        write_pointer(path, Pointer(address=place, salt=keys.coming.salt), replace=True)
    keyfile.write_keys(keys_path(path), keys.coming, replace=True)
    return True


def _found(engine: Engine, key: StoreKey, path: Path) -> Found:
    try:
        with faults_of(path), engine.connect() as connection, connection.begin():
            return check_schema(connection, key.salt, path)
    except DamagedStore:
        raise NotAStore(path=path) from None  # another key sealed it
