"""Repair: what can still be read of a damaged store, or of a backup of one, goes into a new store; the rest is named.

The damaged file is never changed: everything is done on a copy, and the new store gets its name only when it is whole.
"""

from __future__ import annotations

import secrets
import shutil
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import FileMissing, from_os
from wpsdesk.base.files import CHUNK, private_folder, rename_to_new, require_room, shred, sync_folder
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store import backup, keyfile
from wpsdesk.store.errors import BrokenRule, DamagedBackup, DamagedStore
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.locking import StoreLock
from wpsdesk.store.mending import Loss, Mending
from wpsdesk.store.opening import salt_of
from wpsdesk.store.salvage import Damaged, Gap, Row
from wpsdesk.store.sqlcipher import (
    APPLICATION_ID,
    SALT_SIZE,
    DriverConnection,
    StoreKey,
    connect,
    empty_file,
    faults_in,
)
from wpsdesk.store.store import refuse_taken
from wpsdesk.store.transaction import faults_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a repair has come to."""

    recovery_code: str
    rows: int  # that were saved
    lost: tuple[Loss, ...]


def repair_store(damaged: Path, to: Path, words: str, passphrase: str, *, progress: Progress = unwatched) -> Repaired:
    """Put what can be read of the store, or the backup, at ``damaged`` into a new store at ``to``.

    ``words`` open the damaged one: its passphrase or its recovery code; the new one opens with ``passphrase`` and a
    new recovery code. Raises FileMissing, StoreInUse, KeyFileMissing, KeyFileDamaged, WrongPassphrase, DamagedBackup,
    DamagedStore (nothing at all can be read), FileExistsAlready, DiskFull, FileUnwritable, Cancelled.
    """
    if not damaged.is_file():
        raise FileMissing(path=damaged)
    refuse_taken(to)
    lock, other = StoreLock(to), StoreLock(damaged)
    try:
        require_room(to.parent, 2 * damaged.stat().st_size)
        with private_folder(to.parent) as folder:
            source, old = _copied(damaged, folder, words)
            new = StoreKey(secret=secrets.token_bytes(keyfile.KEY_SIZE), salt=secrets.token_bytes(SALT_SIZE))
            made = folder / "new"
            with faults_of(damaged):
                rows, lost = carry_over(source, old, made, new, progress=progress)
            with faults_of(to):
                code = keyfile.new_recovery_code()
                keyfile.write_keys(keys_path(to), keyfile.new_keys(new.secret, new.salt, passphrase, code))
                rename_to_new(made, to)
            sync_folder(to.parent)
    except OSError as error:
        raise from_os(error, to, writing=True) from error
    finally:
        other.release()
        lock.release()
    return Repaired(recovery_code=code, rows=rows, lost=lost)


def _copied(damaged: Path, folder: Path, words: str) -> tuple[Path, StoreKey]:
    """The damaged store in ``folder``, and its key; the open bytes at its beginning are put right from the key file."""
    copy, keys_at = folder / "old", keys_path(damaged)
    with damaged.open("rb") as stream:
        is_backup = stream.read(2) == b"PK"
    if is_backup:
        keys_at = folder / "keys"
        _unpack(damaged, {backup.STORE: copy, backup.KEYS: keys_at})
    else:
        shutil.copyfile(damaged, copy)
        log = damaged.with_name(damaged.name + "-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name("old-wal"))
    keys = keyfile.read_keys(keys_at)
    if is_backup:
        shred(keys_at)
    key = keyfile.unlock(keyfile.in_force(keys, salt_of(copy)), words, damaged)
    with copy.open("r+b") as stream:
        stream.write(key.salt)
    return copy, key


def _unpack(damaged: Path, members: dict[str, Path]) -> None:
    """The members of a backup as they lie there, whether or not their bytes are those that were put in."""
    try:
        with zipfile.ZipFile(damaged) as archive:
            found = {one.filename: one for one in archive.infolist()}
        with damaged.open("rb") as stream:
            for name, to in members.items():
                stream.seek(found[name].header_offset + 26)  # two lengths, then the name and what else stands there
                lengths = stream.read(4)
                stream.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
                left = found[name].file_size
                with to.open("xb") as out:
                    while left > 0 and (data := stream.read(min(left, CHUNK))):
                        left -= out.write(data)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError):
        raise DamagedBackup(path=damaged) from None


def carry_over(
    source: Path, old: StoreKey, made: Path, new: StoreKey, *, progress: Progress = unwatched
) -> tuple[int, tuple[Loss, ...]]:
    """All that can be read of ``source`` in a new file ``made``; how many rows, and what is missing.

    In one transaction, and mended until it holds together. Raises DamagedStore, OSError and the driver's errors.
    """
    with empty_file(made), closing(Damaged(source, old)) as there, closing(connect(made, new)) as target:
        return _carried_over(there, target, source, progress)


def _carried_over(
    there: Damaged, new: DriverConnection, damaged: Path, progress: Progress
) -> tuple[int, tuple[Loss, ...]]:
    schema = there.ask("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    versions = there.ask("PRAGMA user_version")
    if not schema or not versions:
        raise DamagedStore(path=damaged)  # without the list of tables no page tells whose it is
    indexes = tuple(str(name) for kind, name, sql in schema if kind == "table" and "VIRTUAL" in str(sql))
    tables = [str(n) for kind, n, _ in schema if kind == "table" and not str(n).startswith((*indexes, "sqlite_"))]
    version = int(str(versions[0][0]))
    for pragma in ("foreign_keys=OFF", "synchronous=FULL", "temp_store=MEMORY"):
        new.execute(f"PRAGMA {pragma}")
    new.execute("BEGIN")
    _make(new, [row for row in schema if row[0] == "table" and row[1] in {*tables, *indexes}])
    mending, rows = Mending(new, frozenset(tables), version), 0
    for done, table in enumerate(tables):
        progress(done, len(tables))
        rows += _carry(there, new, table, mending)
    mending.mend()
    _make(new, [row for row in schema if row[0] in {"index", "trigger"}])
    new.execute(f"PRAGMA application_id={APPLICATION_ID}")
    new.execute(f"PRAGMA user_version={version}")
    new.execute("COMMIT")
    if faults := faults_in(new):
        raise BrokenRule(f"a repaired store has faults: {faults[0]}")
    progress(len(tables), len(tables))
    return rows, mending.lost


def _make(new: DriverConnection, schema: list[Row]) -> None:
    for _, _, sql in schema:
        new.execute(str(sql))


def _carry(there: Damaged, new: DriverConnection, table: str, mending: Mending) -> int:
    """Every row of one table that can be read, and the gaps told; how many rows."""
    count, before, is_behind_a_gap = 0, None, False
    for row in there.rows(table):
        if isinstance(row, Gap):
            is_behind_a_gap = True
            continue
        if is_behind_a_gap:
            mending.gap(table, before, row)
        marks = ", ".join("?" for _ in row)
        new.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', row)  # noqa: S608  a name out of the schema
        count, before, is_behind_a_gap = count + 1, row, False
    if is_behind_a_gap:
        mending.gap(table, before, None)
    return count
