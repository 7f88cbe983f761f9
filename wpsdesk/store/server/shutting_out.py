"""Another key for a desk on a server: whoever has the old one opens nothing that comes from now on.

All of the desk is copied under the new key into a schema of its own beside the old one, which is closed, as it is where
a desk is moved. Only the machine at which it is done has the new key; the others are let in anew.
"""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileMissing, WpsError
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import keyfile
from wpsdesk.store.copying import copy_everything
from wpsdesk.store.keyfile import KeyFile, keys_path
from wpsdesk.store.opening import open_store
from wpsdesk.store.rekeying import keys_at
from wpsdesk.store.server.address import Address, Pointer, next_schema, read_pointer, write_pointer
from wpsdesk.store.server.connecting import make_server_engine
from wpsdesk.store.server.errors import DeskThereAlready, NotShared
from wpsdesk.store.server.opening import new_desk
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.schema import close_schema
from wpsdesk.store.sqlcipher import SALT_SIZE, StoreKey
from wpsdesk.store.transaction import Tx

_TRIES: Final = 50  # schemas that may be taken by earlier changes of key


def shut_out(
    path: Path, words: str, passphrase: str, *, password: str | None = None, progress: Progress = unwatched
) -> str:
    """Give the desk on a server that ``path`` opens a new key, under ``passphrase`` and the recovery code returned.

    Writers wait meanwhile, and find the desk closed afterwards. Raises what opening raises, NotShared,
    DatabaseRefused (the user may make no schema), DeskThereAlready, Cancelled: then all is as it was.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    if not is_pointer(path):
        raise NotShared(path=path)
    old, keys = read_pointer(path), keys_at(path)
    new = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
    code = keyfile.new_recovery_code()
    coming = keyfile.new_keys(new.secret, new.salt, passphrase, code)
    with closing(open_store(path, words, password=password)) as store:
        try:
            with store.write() as source:  # 1 nobody writes meanwhile
                place = _copied(source, old.address, new, password, progress)  # 2 all of it is there
                keyfile.write_keys(keys_path(path), replace(keys, coming=coming), replace=True)
                write_pointer(path, Pointer(address=place, salt=new.salt), replace=True)  # 3 this machine opens that
                source.on_connection(close_schema)  # 4 and the others find the old one closed
        except BaseException:
            _go_back(path, old, keys)
            raise
    keyfile.write_keys(keys_path(path), coming, replace=True)
    return code


def _copied(source: Tx, address: Address, key: StoreKey, password: str | None, progress: Progress) -> Address:
    """Where the copy is: the first schema of its kind that stands empty. Raises DeskThereAlready where none does."""
    path = source.path
    for _ in range(_TRIES):
        address = replace(address, schema=next_schema(address.schema))
        engine = make_server_engine(address, path, key, password)
        try:
            with new_desk(engine, address, key, path) as target:
                copy_everything(source, target, progress=progress)
        except DeskThereAlready:
            continue
        finally:
            engine.dispose()
        return address
    raise DeskThereAlready(path=path)


def _go_back(path: Path, old: Pointer, keys: KeyFile) -> None:
    with suppress(WpsError):
        if read_pointer(path) != old:
            write_pointer(path, old, replace=True)
        if keyfile.read_keys(keys_path(path)).coming is not None:
            keyfile.write_keys(keys_path(path), keys, replace=True)
