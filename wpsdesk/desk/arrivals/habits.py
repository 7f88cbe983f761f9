"""How this desk receives: the backup before the first import of a day, and the folder that is watched."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import DiskAway, DiskFull, FileUnwritable, from_os
from wpsdesk.base.files import make_folder
from wpsdesk.desk.agencies.beginning import has_begun
from wpsdesk.desk.arrivals.arrival_errors import NoBackupFirst
from wpsdesk.desk.arrivals.receiving import SUFFIXES
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.safety.backing_up import Backup, backup_in, backups, folder_beside, is_beside
from wpsdesk.desk.safety.safety_errors import BackupPlaceMissing
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

KEPT: Final = 7
"""Backups from before the first import of a day that are kept, unless the desk was told another number."""

MOST_KEPT: Final = 60
MOST_SEEN: Final = 50_000  # files of a watched folder that are known again

_KIND: Final = "receiving"
_HABITS: Final = "habits"
_SEEN: Final = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What the desk was told about receiving."""

    kept: int = KEPT  # backups from before the first import of a day; 0: none are made
    watched: Path | None = None  # the folder whose bundles are taken in by themselves


def habits(desk: Desk) -> Habits:
    """How this desk receives."""
    with desk.store.read() as tx:
        return _habits(tx)


def keep_backups(desk: Desk, kept: int) -> Habits:
    """Keep so many backups from before the first import of a day; 0: make none."""
    with desk.store.write() as tx:
        told = replace(_habits(tx), kept=max(0, min(kept, MOST_KEPT)))
        _put(tx, told)
        note(tx, "backups-kept", who=desk.unit.code, now=desk.clock(), details={"count": told.kept})
    return told


def watch_folder(desk: Desk, folder: Path | None) -> Habits:
    """Take in by themselves what comes to a folder, or with None no longer.

    Raises OnlyTheAuthority, FileMissing, FileUnreadable.
    """
    require_gathering(desk)
    if folder is not None:
        folder = folder.absolute()
        sightings(folder)
    with desk.store.write() as tx:
        before = _habits(tx)
        told = replace(before, watched=folder)
        _put(tx, told)
        if folder is None and before.watched is not None:
            note(tx, "folder-left", who=desk.unit.code, now=desk.clock())
        elif folder != before.watched:
            note(tx, "folder-watched", who=desk.unit.code, now=desk.clock())
    return told


# -- the backup before the first import of a day -----------------------------------------------------


def back_up_first(desk: Desk) -> Backup | None:
    """A verified backup beside the store, before the first import of a day; the oldest beyond those kept go.

    None where none is due: one was made there today, the desk was told to make none, or no reports come to it.
    Raises NoBackupFirst where it cannot be made; then the import waits for a person to go on without.
    """
    kept = habits(desk).kept
    if not kept or not (desk.gathers or has_begun(desk)):
        return None
    folder, today = folder_beside(desk), desk.clock().astimezone().date()
    if any(one.is_there and is_beside(desk, one) and one.at.astimezone().date() == today for one in backups(desk)):
        return None
    try:
        make_folder(folder)
        return backup_in(desk, folder, keep=kept)
    except (DiskAway, DiskFull, FileUnwritable, BackupPlaceMissing) as error:
        raise NoBackupFirst(folder=folder, is_full=isinstance(error, DiskFull)) from error


# -- the watched folder ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A file in a watched folder as it was seen; a file that changes is another sighting."""

    path: Path
    size: int  # bytes
    changed: int  # microseconds since 1970


def sightings(folder: Path) -> tuple[Sighting, ...]:
    """The bundles and parts that lie in a folder now, by name. Raises FileMissing, FileUnreadable."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if Path(entry.name).suffix.lower() in SUFFIXES and entry.is_file():
                    facts = entry.stat()
                    found.append(
                        Sighting(path=folder / entry.name, size=facts.st_size, changed=facts.st_mtime_ns // 1000)
                    )
    except OSError as error:
        raise from_os(error, folder) from error
    return tuple(sorted(found, key=lambda one: one.path.name))


def unseen(desk: Desk, folder: Path) -> tuple[Sighting, ...]:
    """What lies in the watched folder and has not been looked at yet. Raises FileMissing, FileUnreadable."""
    with desk.store.read() as tx:
        known = _seen(tx)
    return tuple(one for one in sightings(folder) if _line(one) not in known)


def remember_seen(desk: Desk, seen: tuple[Sighting, ...]) -> None:
    """These have been looked at, and are not to be taken in once more; what is gone from their folder is forgotten."""
    if not seen:
        return
    folder = seen[0].path.parent
    with desk.store.write() as tx:
        there = {_line(one) for one in sightings(folder)}
        known = {*(line for line in _seen(tx) if line in there), *map(_line, seen)}
        lines = sorted(known)[:MOST_SEEN]
        put_document(tx, _KIND, _SEEN, canonical_json({"files": [list(line) for line in lines]}))


_Line = tuple[str, int, int]


def _line(one: Sighting) -> _Line:
    return os.fsencode(one.path.name).hex(), one.size, one.changed


def _seen(tx: Tx) -> frozenset[_Line]:
    data = document(tx, _KIND, _SEEN)
    if data is None:
        return frozenset()
    return frozenset(load_json(data, limit=LIMIT).get("files").tuple_of(_line_from, at_most=MOST_SEEN))


def _line_from(reader: Reader) -> _Line:
    name, size, changed = reader.items(at_most=3)
    return name.line(at_most=1000), size.integer(0, 1 << 50), changed.integer(-(1 << 55), 1 << 55)


def _habits(tx: Tx) -> Habits:
    data = document(tx, _KIND, _HABITS)
    if data is None:
        return Habits()
    reader = load_json(data, limit=LIMIT)
    watched = reader.maybe("watched", lambda r: Path(r.line(at_most=4000)))
    return Habits(kept=reader.get("kept").integer(0, MOST_KEPT), watched=watched)


def _put(tx: Tx, told: Habits) -> None:
    watched = None if told.watched is None else str(told.watched)
    put_document(tx, _KIND, _HABITS, canonical_json({"kept": told.kept, "watched": watched}))
