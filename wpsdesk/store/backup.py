"""A store and its key file as one file, checked by opening it, and back again.

A backup is a stored zip of ``backup.json`` (``{"format": "wps-backup/1", "files": {name: {"sha256", "size"}}}``),
``store.wpskeys`` and ``store.wpsdesk``. It is as secret as the store: encrypted throughout, opened with the
passphrase that the store had on that day, and never on the disk as plaintext on its way.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import FileExistsAlready, FileMissing, Malformed, from_os
from wpsdesk.base.files import CHUNK, new_file, rename_to_new, require_room, shred, sync_folder
from wpsdesk.base.ids import DIGEST, Digest
from wpsdesk.store import keyfile
from wpsdesk.store.errors import (
    DamagedBackup,
    DamagedStore,
    KeyFileDamaged,
    KeyFileMissing,
    NewerStore,
    NotABackup,
    NotAStore,
    WrongPassphrase,
)
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.opening import integrity, open_store
from wpsdesk.store.store import Store, refuse_taken

FORMAT: Final = "wps-backup/1"
STORE: Final = "store.wpsdesk"
KEYS: Final = "store.wpskeys"
CONTENTS: Final = "backup.json"
LARGEST: Final = 1 << 40  # bytes of a store

_FORMAT = re.compile(r"wps-backup/([1-9][0-9]{0,5})")
_MADE = (1980, 1, 1, 0, 0, 0)

SUFFIX: Final = ".wpsbackup"

Facts = dict[str, tuple[Digest, int]]
"""Digest and size by name."""


def backups_beside(path: Path) -> Path:
    """The folder beside the store at ``path`` for backups that the desk makes by itself."""
    return path.absolute().with_name(f"{path.stem}.backups")


def backup_store(store: Store, to: Path) -> None:
    """Everything in the store as it is now, with its key file, as the new file ``to``; the store stays open.

    What has been written is read back and opened before it bears the name. Raises FileExistsAlready,
    DiskFull, FileUnwritable, FileMissing (no such folder), DamagedStore, DamagedBackup, KeyFileMissing,
    KeyFileDamaged.
    """
    if to.exists():
        raise FileExistsAlready(path=to)
    keys = keyfile.keys_bytes(keyfile.read_keys(keys_path(store.path)))
    with _scratch(to) as folder:
        require_room(folder, 2 * store.size)  # 1 the copy and the backup lie side by side for a while
        store.copy(folder / STORE)  # 2 one consistent copy
        with new_file(to) as out:
            _write(out, folder / STORE, keys)  # 3 into one file
            (folder / STORE).unlink()
            out.seek(0)
            try:
                _extract(out, folder, to)  # 4 read back from there
            finally:
                shred(folder / KEYS)  # or it would outlast a wipe
            if store.faults_in(folder / STORE):  # 5 every page opened with the key
                raise DamagedStore(path=store.path) if integrity(store) else DamagedBackup(path=to)


def restore_store(backup: Path, to: Path, passphrase: str) -> None:
    """The store and the key file in ``backup``, laid at ``to`` and beside it; nothing is ever written over.

    Raises FileMissing, NotABackup, DamagedBackup, WrongPassphrase, NewerStore, FileExistsAlready, StoreInUse,
    DiskFull, FileUnwritable.
    """
    refuse_taken(to)
    lock = StoreLock(to)
    try:
        with _scratch(to) as folder:
            try:
                with _opened(backup) as stream:
                    require_room(folder, backup.stat().st_size)
                    _extract(stream, folder, backup)  # 1 what was put into it comes out of it
                _try_out(folder / STORE, passphrase, backup)  # 2 it opens, and every page is right
            except BaseException:
                shred(folder / KEYS)
                raise
            _place(folder, to)  # 3 only now the names
    finally:
        lock.release()


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """A private folder on the same disk as ``beside``, so that a finished file can be renamed; gone afterwards."""
    folder = beside.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise from_os(error, beside, writing=True) from error
    try:
        yield folder
    except OSError as error:
        raise from_os(error, beside, writing=True) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise from_os(error, path) from error
    with stream:
        yield stream


def _write(out: BinaryIO, store: Path, keys: bytes) -> None:
    digest, size = _facts_of(store)
    files = {STORE: {"sha256": digest, "size": size}, KEYS: {"sha256": sha256(keys), "size": len(keys)}}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_member(CONTENTS), canonical_json({"format": FORMAT, "files": files}))
        archive.writestr(_member(KEYS), keys)
        with store.open("rb") as source, archive.open(_member(STORE), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, CHUNK)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _MADE)
    member.external_attr = 0o100600 << 16
    return member


def _facts_of(path: Path) -> tuple[Digest, int]:
    with path.open("rb") as stream:
        return Digest(hashlib.file_digest(stream, "sha256").hexdigest()), path.stat().st_size


def _extract(stream: BinaryIO, folder: Path, backup: Path) -> None:
    """Both files into ``folder``, where their bytes are those that ``backup.json`` tells of."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = {member.filename: member for member in archive.infolist()}
            if sorted(members) != sorted((STORE, KEYS, CONTENTS)) or len(archive.infolist()) != len(members):
                raise NotABackup(path=backup)
            if any(m.compress_type != zipfile.ZIP_STORED or m.flag_bits & 1 for m in members.values()):
                raise NotABackup(path=backup)
            facts = _facts_from(_small(archive, members[CONTENTS], backup), backup)
            for name, (digest, size) in facts.items():
                if members[name].file_size != size:
                    raise DamagedBackup(path=backup)
                with archive.open(members[name]) as source, new_file(folder / name) as target:
                    shutil.copyfileobj(source, target, CHUNK)
                if _facts_of(folder / name) != (digest, size):
                    raise DamagedBackup(path=backup)
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        raise (DamagedBackup if _begins_as_zip(stream) else NotABackup)(path=backup) from None


def _begins_as_zip(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(4) == b"PK\x03\x04"


def _small(archive: zipfile.ZipFile, member: zipfile.ZipInfo, backup: Path) -> bytes:
    if member.file_size > keyfile.LIMIT:
        raise NotABackup(path=backup)
    return archive.read(member)


def _facts_from(data: bytes, backup: Path) -> Facts:
    try:
        reader = load_json(data, limit=keyfile.LIMIT)
        version = _FORMAT.fullmatch(reader.get("format").line(at_most=40))
        if version is None:
            raise NotABackup(path=backup)
        if version[1] != "1":
            raise NewerStore(path=backup, version=int(version[1]), known=1)
        files = reader.get("files")
        found = {name: _fact_from(files.get(name)) for name in (STORE, KEYS)}
        files.done()
        reader.done()
    except Malformed:
        raise NotABackup(path=backup) from None
    return found


def _fact_from(reader: Reader) -> tuple[Digest, int]:
    found = Digest(reader.get("sha256").matching(DIGEST)), reader.get("size").integer(1, LARGEST)
    reader.done()
    return found


def _try_out(copy: Path, passphrase: str, backup: Path) -> None:
    """Open the copy as any store is opened, and read all of it; its faults are those of ``backup``."""
    try:
        store = open_store(copy, passphrase)
        try:
            faults = integrity(store)
        finally:
            store.close()
    except WrongPassphrase:
        raise WrongPassphrase(path=backup) from None
    except NewerStore as error:
        raise NewerStore(path=backup, version=error.version, known=error.known) from None
    except (NotAStore, DamagedStore, KeyFileDamaged, KeyFileMissing, FileMissing):
        raise DamagedBackup(path=backup) from None
    if faults:
        raise DamagedBackup(path=backup)


def _place(folder: Path, to: Path) -> None:
    """The key file first: a store is never seen without it."""
    keys = keys_path(to)
    rename_to_new(folder / KEYS, keys)
    try:
        rename_to_new(folder / STORE, to)
    except BaseException:
        shred(keys)
        raise
    sync_folder(to.parent)
