"""Another key for a desk on a server: whoever has the old one opens nothing that comes from now on.

All of the desk is copied under the new key into a schema of its own beside the old one, which is closed by the same
transaction: there is one desk to write to at any moment. Only the machine at which it is done has the new key; the
others are let in anew. From before that transaction ends until it is known how, the key file there holds both keys.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileMissing, WpsError
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import keyfile
from wpsdesk.store.copying import copy_everything
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import open_store
from wpsdesk.store.rekeying import keys_at
from wpsdesk.store.server.address import next_schema, read_pointer
from wpsdesk.store.server.connecting import make_server_engine
from wpsdesk.store.server.errors import DeskThereAlready, KeyNotYetKnown, NotShared
from wpsdesk.store.server.moving import Note
from wpsdesk.store.server.opening import new_desk, settle_key
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.schema import close_other_schema
from wpsdesk.store.sqlcipher import SALT_SIZE, StoreKey
from wpsdesk.store.store import Store
from wpsdesk.store.transaction import Tx

_TRIES: Final = 50  # schemas that may be taken by earlier changes of key


def shut_out(
    path: Path,
    words: str,
    passphrase: str,
    note: Note,
    *,
    password: str | None = None,
    progress: Progress = unwatched,
) -> str:
    """Give the desk on a server that ``path`` opens a new key, under ``passphrase`` and the recovery code returned.

    Writers wait meanwhile, and find the desk closed afterwards. Raises what opening raises, NotShared, NoRights (the
    user may make no schema), DeskThereAlready, Cancelled: then all is as it was; and KeyNotYetKnown.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    if not is_pointer(path):
        raise NotShared(path=path)
    new = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
    code = keyfile.new_recovery_code()
    coming = keyfile.new_keys(new.secret, new.salt, passphrase, code)
    with closing(open_store(path, words, password=password, progress=progress)) as store:
        keys = replace(keys_at(path), coming=coming)

        def end(target: Tx) -> None:
            note(target)
            keyfile.write_keys(keys_path(path), keys, replace=True)  # 2 this machine opens whichever comes of it

        try:
            _copy(store, new, password, progress, end)  # 1 all of it is there, and 3 the old one is closed, at once
        except WpsError as fault:
            if not _is_made(path, password, fault):
                raise
            return code
    settle_key(path, password)  # 4 this machine opens that alone
    return code


def _copy(store: Store, key: StoreKey, password: str | None, progress: Progress, end: Callable[[Tx], None]) -> None:
    """Into the first schema of its kind that stands empty. Raises DeskThereAlready where none does."""
    path, old = store.path, read_pointer(store.path).address
    to = old
    for _ in range(_TRIES):
        to = replace(to, schema=next_schema(to.schema))
        engine = make_server_engine(to, path, key, password)
        try:
            with new_desk(engine, to, key, path) as target:
                target.on_connection(partial(close_other_schema, name=old.schema, to=to.schema, salt=key.salt))
                with store.read() as source:
                    copy_everything(source, target, progress=progress)
                end(target)
        except DeskThereAlready:
            continue
        finally:
            engine.dispose()
        return
    raise DeskThereAlready(path=path)


def _is_made(path: Path, password: str | None, fault: WpsError) -> bool:
    """Whether the new key is in force all the same: the server may have kept what it did not come to confirm."""
    try:
        return settle_key(path, password)
    except WpsError:
        raise KeyNotYetKnown(path=path) from fault
