"""A desk from its file to a server, and back: everything or nothing, under the same key, passphrase and recovery code.

The name under which a person opens the desk stays what it is: on the way to the server the small file takes it, and
the file that was lies beside it under another; on the way back the desk on the server is closed for good and kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from wpsdesk.base.errors import FileExistsAlready, FileMissing, FolderMissing, WpsError
from wpsdesk.base.files import rename_to_new, shred, sync_folder
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import keyfile
from wpsdesk.store.copying import copy_everything, copy_to_file
from wpsdesk.store.errors import DamagedStore, StoreInUse
from wpsdesk.store.keyfile import KeyFile, SlotKind, keys_path
from wpsdesk.store.opening import open_store
from wpsdesk.store.rekeying import keys_at, unlocked
from wpsdesk.store.server.address import Address, Pointer, moved_path, read_pointer, write_pointer
from wpsdesk.store.server.connecting import make_server_engine
from wpsdesk.store.server.errors import MoveNotYetKnown, NotShared, OnlyInAFile
from wpsdesk.store.server.opening import new_desk
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.schema import close_schema, mark_coming, moved_to
from wpsdesk.store.sqlcipher import StoreKey, remove_database
from wpsdesk.store.store import Store
from wpsdesk.store.transaction import Tx

Note = Callable[[Tx], None]
"""Writes in the journal of the desk where it is now that it was moved."""


def move_to_server(
    path: Path,
    passphrase: str,
    address: Address,
    note: Note,
    *,
    password: str | None = None,
    progress: Progress = unwatched,
) -> None:
    """Move the desk in the file at ``path``, which must be closed, to ``address``.

    Raises what opening raises on either side, OnlyInAFile, DeskThereAlready, FileExistsAlready (of an earlier move),
    Cancelled: then it is where it was, and what the server may have kept of it gives way when it is tried again.
    """
    if path.is_file() and is_pointer(path):
        raise OnlyInAFile(path=path)
    _require_no_earlier(path)
    with closing(open_store(path, passphrase)) as store:  # 1 nobody else has it, and it is of this version
        key = unlocked(path, passphrase)
        engine = make_server_engine(address, path, key, password, progress)
        try:
            with store.read() as source, new_desk(engine, address, key, path) as target:
                target.on_connection(mark_coming)
                copy_everything(source, target, progress=progress)  # 2 all of it is there, or nothing
                note(target)
        finally:
            engine.dispose()
    if log_of(path):
        raise StoreInUse(path=path)
    _leave_name(path, Pointer(address=address, salt=key.salt))  # 3 its name opens what is there


def _require_no_earlier(path: Path) -> None:
    """That no file lies aside; the desk's own under its second name, which a power cut has left, goes."""
    aside = moved_path(path)
    if aside.exists() and path.is_file() and aside.samefile(path):
        aside.unlink()
    if aside.exists():
        raise FileExistsAlready(path=aside)


def _leave_name(path: Path, pointer: Pointer) -> None:
    aside = moved_path(path)
    rename_to_new(path, aside)  # both names are the desk's, where the disk has such
    try:
        write_pointer(path, pointer, replace=True)
    except BaseException:
        if not path.exists():
            aside.replace(path)
        aside.unlink(missing_ok=True)
        raise


def log_of(path: Path) -> bool:
    """Whether there is a log beside the file with something in it that the file has not."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def move_to_file(
    path: Path, passphrase: str, to: Path, note: Note, *, password: str | None = None, progress: Progress = unwatched
) -> None:
    """Move the desk on a server that ``path`` opens to the new file ``to``, which may be ``path`` itself.

    Writers wait meanwhile, and find the desk closed afterwards. Raises what opening raises, NotShared,
    FileExistsAlready, DiskFull, DamagedStore (what was written does not read back), Cancelled: then it is where it was;
    and MoveNotYetKnown.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    if not is_pointer(path):
        raise NotShared(path=path)
    is_same = to.resolve() == path.resolve()
    copy = path.with_name(f"{path.stem}.after-move{path.suffix}") if is_same else to
    for taken in (copy, keys_path(copy)):
        if taken.exists():
            raise FileExistsAlready(path=taken)
    with closing(open_store(path, passphrase, password=password, progress=progress)) as store:
        is_asked = False
        try:
            with store.write() as source:
                note(source)
                source.on_connection(close_schema)  # 1 once the server has confirmed it, and not if anything fails
                _copy(store, source, copy, unlocked(path, passphrase), progress)  # 2 nobody writes meanwhile
                is_asked = True
        except WpsError as fault:
            if not is_asked:
                raise
            if not _is_closed(path, copy, password, fault):
                _remove(copy)
                raise
    if is_same:
        copy.replace(path)  # 3 and its name opens the file
        shred(keys_path(copy))
        sync_folder(path.parent)


def _copy(store: Store, source: Tx, to: Path, key: StoreKey, progress: Progress) -> None:
    """The new file ``to``, sound, with its key file beside it, or nothing of it."""
    temporary = to.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        copy_to_file(source, temporary, key, progress=progress)
        if store.faults_in(temporary):
            raise DamagedStore(path=to)
        keyfile.write_keys(keys_path(to), keys_at(source.path))
        try:
            rename_to_new(temporary, to)
        except BaseException:
            shred(keys_path(to))
            raise
        sync_folder(to.parent)
    finally:
        remove_database(temporary)


def _remove(copy: Path) -> None:
    copy.unlink()
    shred(keys_path(copy))


def _is_closed(path: Path, copy: Path, password: str | None, fault: WpsError) -> bool:
    """Whether the desk has been closed on the server, which may have kept what it did not come to confirm."""
    try:
        return moved_to(read_pointer(path).address, path, password) is not None
    except WpsError:
        raise MoveNotYetKnown(path=path, copy=copy) from fault


def let_in(path: Path, words: str, folder: Path, passphrase: str) -> Path:
    """The small file and a key file with ``passphrase`` alone, for another officer, in ``folder``; where it lies.

    Raises NotShared, FolderMissing, WrongPassphrase, FileExistsAlready, FileUnwritable.
    """
    if not is_pointer(path):
        raise NotShared(path=path)
    if not folder.is_dir():
        raise FolderMissing(path=folder)
    pointer, key, there = read_pointer(path), unlocked(path, words), folder / path.name
    keys = KeyFile(salt=key.salt, slots=(keyfile.new_slot(SlotKind.PASSPHRASE, passphrase, key.secret),))
    for taken in (there, keys_path(there)):
        if taken.exists():
            raise FileExistsAlready(path=taken)
    keyfile.write_keys(keys_path(there), keys)
    try:
        write_pointer(there, pointer)
    except BaseException:
        shred(keys_path(there))
        raise
    return there
