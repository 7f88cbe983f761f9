"""The windows that are open on this machine: a later start hands its files to one of them instead of opening another.

Each window has a small private folder with a lock that lives as long as its process. Whoever comes later writes what
it was asked to open into that folder, and waits until it has been taken: a window that hangs takes nothing, and then
the later start opens a window of its own. Nothing listens, and nothing but paths passes, for a moment.

The first window waits for this module, so what only some starts need is read in where they need it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from wpsdesk.base.locking import FileLock
from wpsdesk.base.places import running_folder

PATIENCE: Final = 3.0
"""Seconds that a window has to take what it is handed."""

_STEP: Final = 0.02  # seconds between two looks
_LOCK: Final = "lock"
_DESK: Final = "desk"
_ASKED: Final = ".asked"
_LARGEST: Final = 256_000  # bytes of a list of paths
_MOST: Final = 32  # windows that are looked at


class OwnPlace:
    """The place of the window of this process among those that are open."""

    def __init__(self) -> None:
        """Take a place. Raises OSError, DiskFull or FileUnwritable where there is none to be had."""
        from wpsdesk.base.files import make_folder

        self.folder = running_folder() / os.urandom(8).hex()
        make_folder(self.folder)
        self._lock = FileLock(self.folder / _LOCK)
        self.tell_desk(None)

    def tell_desk(self, store: Path | None, marks: Sequence[str] = ()) -> None:
        """Say which desk is open here, as a digest that names nobody; the latest to say so is asked first.

        ``marks``, as short digests too: by which files for this desk are known before they are opened.
        """
        with suppress(OSError):
            (self.folder / _DESK).write_text("" if store is None else "\n".join((_digest(store), *marks)), "ascii")

    def take(self) -> tuple[tuple[Path, ...], ...]:
        """What has been handed over since the last look, one tuple of paths for each later start."""
        found: list[tuple[Path, ...]] = []
        for asked in sorted(self.folder.glob(f"*{_ASKED}")):
            with suppress(OSError):
                if asked.stat().st_size <= _LARGEST:
                    found.append(tuple(Path(os.fsdecode(one)) for one in asked.read_bytes().split(b"\0") if one))
                asked.unlink()
        return tuple(found)

    def leave(self) -> None:
        """The window has gone."""
        self._lock.release()
        _remove(self.folder)


def hand_over(
    files: Sequence[Path],
    *,
    marks: frozenset[str] = frozenset(),
    desk: Path | None = None,
    patience: float = PATIENCE,
) -> bool:
    """Hand ``files`` to a window that is open; False where there is none that takes them.

    A desk's file goes only to the window in which that desk is open; no file at all only brings a window forward.
    Files with ``marks`` go to the window whose desk has one of them; where they are known to be for ``desk``, which
    is not open, to a window without any desk and to no other.
    """
    desks = [_digest(path) for path in files if path.suffix == ".wpsdesk"]
    fitting = [(folder, told) for folder, told in _windows() if all(one == told[0] for one in desks)]
    meant = [pair for pair in fitting if marks.intersection(pair[1][1:])]
    if not meant and desk is not None:
        meant = [pair for pair in fitting if pair[1][0] in ("", _digest(desk))]
    elif not meant:
        meant = fitting
    return any(_is_taken(folder, files, patience) for folder, _ in meant)


def _windows() -> list[tuple[Path, list[str]]]:
    """The open windows, the latest used first, each with what it tells of its desk; what others left behind goes."""
    found: list[tuple[float, Path, list[str]]] = []
    with suppress(OSError):
        for folder in sorted(running_folder().iterdir())[:_MOST]:
            with suppress(OSError):
                if _is_open(folder):
                    desk = folder / _DESK
                    found.append((desk.stat().st_mtime, folder, desk.read_text("ascii").split("\n")))
    return [(folder, told) for _, folder, told in sorted(found, reverse=True)]


def _is_open(folder: Path) -> bool:
    try:
        FileLock(folder / _LOCK).release()
    except BlockingIOError:
        return True
    _remove(folder)
    return False


def _remove(folder: Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def _is_taken(folder: Path, files: Sequence[Path], patience: float) -> bool:
    name = f"{time.time_ns():020}{os.urandom(4).hex()}"
    temporary, asked = folder / f"{name}.tmp", folder / f"{name}{_ASKED}"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(b"\0".join(os.fsencode(path.absolute()) for path in files))
        temporary.replace(asked)
    except OSError:
        return False
    until = time.monotonic() + patience
    while asked.exists():
        if time.monotonic() > until:
            with suppress(OSError):
                asked.unlink()
                return False
            return True  # taken in the last moment
        time.sleep(_STEP)
    return True


def _digest(store: Path) -> str:
    from hashlib import sha256

    return sha256(os.fsencode(store.resolve())).hexdigest()
