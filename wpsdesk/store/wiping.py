"""The emergency wipe: the key file first, which makes everything else unreadable for good, then everything else.

It needs no passphrase, takes no room on the disk, and goes on whatever fails. Writing over a file reaches its bytes
on an ordinary disk; a solid-state disk or a file system that copies on writing may keep older ones out of reach.
What remains encrypted there has lost its key.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileMissing
from wpsdesk.base.files import shred, sync_folder
from wpsdesk.store.backup import SUFFIX, backups_beside
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.locking import lock_path
from wpsdesk.store.opening import renewed_path, unfinished_copy

HEAD: Final = 1 << 20
"""Bytes at the head of a store that are written over: the salt and the first pages, at once even on a slow stick."""

_TEMPORARY: Final = re.compile(r"\.[0-9a-f]{16}\.tmp(-wal|-shm|-journal)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WipedStore:
    """What the wipe did."""

    path: Path
    removed: tuple[Path, ...]
    left: tuple[Path, ...]  # what the system would not let us remove; it cannot be read without the key file


def wipe_store(path: Path, *, meanwhile: Callable[[], object] = bool) -> WipedStore:
    """Write over and remove the key file of the store at ``path``, then the store and all that lies beside it of it.

    ``meanwhile`` is called when the key is gone, to close what has the store open here; Windows wants that. A store
    that is open elsewhere is wiped all the same. Raises FileMissing where there is neither store nor key file.
    """
    keys = keys_path(path)
    if not path.exists() and not keys.exists():
        raise FileMissing(path=path)
    removed: list[Path] = []
    left: list[Path] = []
    for file, at_most in _in_order(path, meanwhile):
        if file.is_dir() and not file.is_symlink():
            _destroy(file)
        elif file.exists() or file.is_symlink():
            shred(file, at_most=at_most)
        else:
            continue
        (left if file.exists() else removed).append(file)
    sync_folder(path.parent)
    return WipedStore(path=path, removed=tuple(removed), left=tuple(left))


def _in_order(path: Path, meanwhile: Callable[[], object]) -> Iterator[tuple[Path, int | None]]:
    yield keys_path(path), None
    meanwhile()
    for one in _others(path):
        yield one, HEAD


def _destroy(folder: Path) -> None:
    for one in folder.rglob("*"):  # a backup that was not finished has the key file in it
        if one.is_file():
            shred(one, at_most=HEAD)
    shutil.rmtree(folder, ignore_errors=True)


def _others(path: Path) -> Iterator[Path]:
    """Its own backups, the store, its logs, its copies from before an upgrade, what was half-written, its lock."""
    kept = backups_beside(path)  # each holds its key at its head, and opens with the passphrase of its day
    yield from sorted(kept.glob(f"*{SUFFIX}"))
    yield kept
    fresh = renewed_path(path)
    before = sorted(path.parent.glob(f"{_literal(path.stem)}.before-*{_literal(path.suffix)}"))
    for database in (path, fresh, unfinished_copy(path), *before):
        for ending in ("", "-wal", "-shm", "-journal"):
            yield database.with_name(database.name + ending)
    with suppress(OSError):
        yield from sorted(one for one in path.parent.iterdir() if _TEMPORARY.fullmatch(one.name))
    yield lock_path(path)


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)
