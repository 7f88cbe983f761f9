"""Backups: made where the person keeps them, named by the day, verified, listed, and reminded of when it is time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import FileMissing, Malformed, WpsError
from wpsdesk.base.files import shred
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.safety.safety_errors import BackupPlaceMissing
from wpsdesk.store.backup import SUFFIX, backup_store, backups_beside
from wpsdesk.store.changes import changes_since
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.store.wiping import HEAD

KEPT: Final = 10
"""Backups of a desk that are kept in one folder; of those that it made there itself, the oldest go."""

MANY: Final = 40
"""Changes after which a backup is due whatever the day."""

_KIND: Final = "backup-made"
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that this desk has made."""

    path: Path
    at: datetime  # UTC
    size: int  # bytes
    is_there: bool  # whether a file of that size can be seen there now; a stick may be elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with backups."""

    last: datetime | None  # UTC
    days: int  # since the last, or since the desk was made
    changes: int  # since then
    is_due: bool


def backup(desk: Desk, to: Path) -> Backup:
    """One file that holds the whole desk, still encrypted, verified after writing by opening it.

    Raises BackupPlaceMissing, FileExistsAlready, DiskFull, FileUnwritable.
    """
    now = desk.clock()
    try:
        backup_store(desk.store, to)
        size = to.stat().st_size
    except FileMissing:
        raise BackupPlaceMissing(folder=to.parent) from None
    except (WpsError, OSError) as error:
        if to.parent.is_dir():
            raise
        raise BackupPlaceMissing(folder=to.parent) from error  # taken out while it was written to
    with desk.store.write() as tx:
        value = {"path": str(to.absolute()), "at": rfc3339(now), "size": size}
        with suppress(UnicodeEncodeError):  # a name that is no text cannot be listed; the backup is none the worse
            put_document(tx, _KIND, f"{rfc3339(now)} {to.name}", canonical_json(value))
        note(tx, "backed-up", who=desk.unit.code, now=now)
    return Backup(path=to, at=now, size=size, is_there=True)


def backup_in(desk: Desk, folder: Path, *, keep: int = KEPT) -> Backup:
    """A backup named by the day in ``folder``, beside the earlier ones; no file is ever written over.

    When the new one is verified, the oldest beyond ``keep`` that this desk made there are removed.
    Raises BackupPlaceMissing, DiskFull, FileUnwritable.
    """
    if not folder.is_dir():
        raise BackupPlaceMissing(folder=folder)
    made = backup(desk, folder / _free_name(desk, folder))
    pattern = re.compile(re.escape(_stem(desk)) + r"-[0-9]{8}(-[0-9]+)?" + re.escape(SUFFIX))
    here = [
        one for one in backups(desk)
        if one.is_there and one.path.parent == folder.absolute() and pattern.fullmatch(one.path.name)
    ]  # fmt: skip
    for old in here[keep:]:
        shred(old.path, at_most=HEAD)  # its key file is at its head
    return made


def suggested_name(desk: Desk) -> str:
    """``nair-20270301.wpsbackup``."""
    return f"{_stem(desk)}-{desk.clock().astimezone():%Y%m%d}{SUFFIX}"


def _stem(desk: Desk) -> str:
    return desk.unit.code.lower()


def _free_name(desk: Desk, folder: Path) -> str:
    plain, number = suggested_name(desk), 2
    name = plain
    while (folder / name).exists():
        name = f"{plain.removesuffix(SUFFIX)}-{number}{SUFFIX}"
        number += 1
    return name


def backups(desk: Desk) -> tuple[Backup, ...]:
    """What this desk has made, the newest first."""
    with desk.store.read() as tx:
        found = _made(tx)
    return tuple(found[:_SHOWN])


def folder_beside(desk: Desk) -> Path:
    """The folder beside the store for backups that the desk makes by itself."""
    return backups_beside(desk.store.path)


def is_beside(desk: Desk, one: Backup) -> bool:
    """Whether a backup was laid beside the store by the desk itself."""
    return one.path.parent == folder_beside(desk)


def _made(tx: Tx) -> list[Backup]:
    found = []
    for one in documents(tx, _KIND):
        with suppress(Malformed):
            reader = load_json(one.data, limit=LIMIT)
            path, size = Path(reader.get("path").line(at_most=4000)), reader.get("size").integer(0, 1 << 50)
            found.append(Backup(path=path, at=reader.get("at").time(), size=size, is_there=_is_there(path, size)))
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.is_file() and path.stat().st_size == size
    except OSError:
        return False


def standing(desk: Desk, *, after_days: int) -> Standing:
    """Whether a backup is due: something has changed, and ``after_days`` went by (0: never due), or much has.

    What the desk lays beside its store by itself does not count: it goes down with the machine.
    """
    now = desk.clock()
    with desk.store.read() as tx:
        made = [one for one in _made(tx) if not is_beside(desk, one)]
        last = made[0].at if made else None
        since = last or desk.identity.created
        changes = changes_since(tx, last or _EVER)
    days = max(0, (now - since).days)
    is_due = after_days > 0 and changes > 0 and (days >= after_days or changes >= MANY)
    return Standing(last=last, days=days, changes=changes, is_due=is_due)


def copies_before(desk: Desk) -> tuple[Path, ...]:
    """What lies beside the store from before it was brought to a newer version, or moved to a server."""
    path = desk.store.path
    return tuple(sorted(one for one in path.parent.iterdir() if one.name.startswith(f"{path.stem}.before-")))


def backups_in(folders: Iterable[Path | None]) -> tuple[Path, ...]:
    """Files named as backups in these folders, whoever made them; needs no passphrase and opens nothing."""
    found: set[Path] = set()
    for folder in folders:
        if folder is not None:
            with suppress(OSError):
                found.update(one for one in folder.iterdir() if one.suffix == SUFFIX)
    return tuple(sorted(found))
