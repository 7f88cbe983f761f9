"""The emergency wipe: this machine forgets a desk, without a passphrase and for good."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.desk.evidence.copies import remove_copies
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk
from wpsdesk.desk.safety.backing_up import backups, backups_in
from wpsdesk.desk.safety.safety_errors import AnotherName
from wpsdesk.settings import Settings, forget_desk, load_settings
from wpsdesk.store.backup import backups_beside
from wpsdesk.store.wiping import wipe_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """What the wipe did, and what it could not reach."""

    path: Path  # of the store that was
    left: tuple[Path, ...]  # encrypted files that the system would not let us remove; their key is gone
    backups: tuple[Path, ...]  # that are known of; they still open with the passphrase of their day
    settings: Settings  # what is remembered now


def backups_known(path: Path, listed: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """Backups that would outlast a wipe of the store at ``path``: in the folders that are known of, and ``listed``.

    Needs no open desk: it may go on in its own time while the desk is wiped.
    """
    return _found(path, load_settings(), listed)


def backups_listed(desk: Desk | None) -> tuple[Path, ...]:
    """The backups in an open desk's own list; none where it cannot be read."""
    with suppress(WpsError):
        return tuple(one.path for one in backups(desk)) if desk is not None else ()
    return ()


def _found(path: Path, remembered: Settings, listed: tuple[Path, ...]) -> tuple[Path, ...]:
    folders = (path.parent, backups_beside(path), remembered.backup_folder, remembered.last_folder)
    return tuple(sorted({*listed, *backups_in(folders)}))


def wipe(path: Path, *, desk: Desk | None = None, close: Callable[[Desk], object] = close_desk) -> Wiped:
    """Wipe the store at ``path``; ``desk`` is the open one in it, if any, and is closed by ``close``.

    The key goes first, before anything that may fail or take its time.

    Raises FileMissing where there is neither a store nor a key file.
    """
    remembered, listed = load_settings(), backups_listed(desk)
    # Folders are looked through only afterwards: a slow stick must not keep it waiting.
    done = wipe_store(path) if desk is None else wipe_store(path, meanwhile=partial(close, desk))
    remove_copies(path)
    left = forget_desk(path)
    return Wiped(path=path, left=done.left, backups=_found(path, remembered, listed), settings=left)


def check_name(path: Path, name: str) -> None:
    """Raise AnotherName unless ``name`` is that of the store, with or without its ending."""
    if name not in (path.name, path.stem):
        raise AnotherName(wanted=path.stem)
