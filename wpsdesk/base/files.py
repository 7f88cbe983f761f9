"""The only verbs by which the program writes files: whole or not at all, private, on the disk when done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, TypeVar

from wpsdesk.base.errors import DiskFull, FileExistsAlready, FileTooLarge, from_os

T = TypeVar("T")

CHUNK = 1 << 20


@contextmanager
def new_file(path: Path, *, replace: bool = False, shreds: bool = False) -> Iterator[BinaryIO]:
    """A file to write that bears its name only when it is whole.

    Written beside ``path`` under a neutral name with mode 0600, synced, then renamed; on any exception
    the half-written file is removed. With ``shreds`` the bytes of the file whose place is taken are written over
    too, where the system can (Windows lets nobody hold a file that is being replaced).
    Raises FileExistsAlready unless ``replace``, DiskFull, FileUnwritable.
    """
    _require_free(path, replace=replace)
    former = _held(path) if shreds and sys.platform != "win32" else None
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            temporary.replace(path)
        else:
            rename_to_new(temporary, path)
        sync_folder(path.parent)
        if former is not None:
            overwrite(former)
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    finally:
        if former is not None:
            former.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _require_free(path: Path, *, replace: bool) -> None:
    try:
        is_taken = path.exists()
    except OSError as error:  # not even that can be asked of a disk that is away
        raise from_os(error, path, writing=True) from error
    if is_taken and not replace:
        raise FileExistsAlready(path=path)


def _held(path: Path) -> BinaryIO | None:
    try:
        return path.open("r+b")
    except OSError:
        return None


def overwrite(stream: BinaryIO, *, at_most: int | None = None) -> None:
    """Write random bytes over an open file, over its first ``at_most`` only where given, and on to the disk.

    It takes no room, so a full disk does not stop it. Raises OSError.
    """
    size = stream.seek(0, os.SEEK_END)
    left = size if at_most is None else min(size, at_most)
    stream.seek(0)
    while left > 0:
        left -= stream.write(os.urandom(min(left, CHUNK)))
    stream.flush()
    os.fsync(stream.fileno())


def shred(path: Path, *, at_most: int | None = None) -> None:
    """Write over a file, see :func:`overwrite`, and remove it; what the system does not let us is left undone."""
    with suppress(OSError), path.open("r+b") as stream:
        overwrite(stream, at_most=at_most)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def rename_to_new(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless another bears it (FileExistsAlready)."""
    try:
        path.hardlink_to(temporary)  # fails where the name has been taken meanwhile
    except FileExistsError:
        raise FileExistsAlready(path=path) from None
    except OSError:  # a stick's file system has no hard links
        if path.exists():
            raise FileExistsAlready(path=path) from None
        temporary.replace(path)


def write_file(path: Path, data: bytes, *, replace: bool = False, shreds: bool = False) -> None:
    """``data`` as the whole of a new file; see :func:`new_file`."""
    with new_file(path, replace=replace, shreds=shreds) as stream:
        stream.write(data)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last through a power cut (where the system can)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_file(path: Path, *, limit: int) -> bytes:
    """The whole of a file of at most ``limit`` bytes. Raises FileMissing, FileUnreadable, FileTooLarge."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise from_os(error, path) from error
    if len(data) > limit:
        raise FileTooLarge(path=path)
    return data


def held_open(path: Path, look: Callable[[BinaryIO], T]) -> T:
    """What ``look`` makes of a file that it keeps open; where it fails, the file is closed.

    Raises FileMissing, FileUnreadable and what ``look`` raises.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise from_os(error, path) from error
    try:
        return look(stream)
    except OSError as error:
        stream.close()
        raise from_os(error, path) from error
    except BaseException:
        stream.close()
        raise


@contextmanager
def private_folder(within: Path | None = None) -> Iterator[Path]:
    """A folder of mode 0700 that is removed with everything in it, whatever happens.

    It lies in ``within``, or where the system keeps what is temporary. Raises FileMissing, FileUnwritable, DiskFull.
    """
    import shutil
    import tempfile

    try:
        folder = Path(tempfile.mkdtemp(prefix="wps-" if within is None else ".wps-", dir=within))
    except OSError as error:
        raise from_os(error, within or Path(tempfile.gettempdir()), writing=True) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_folder(path: Path) -> None:
    """A folder of mode 0700 (parents too); one that is there is left as it is.

    Raises FileExistsAlready for a file of that name, FileUnwritable, DiskFull.
    """
    try:
        missing = [*takewhile(lambda folder: not folder.is_dir(), (path, *path.parents))]
        for folder in reversed(missing):  # one by one: parents that mkdir makes of its own are open to others
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise from_os(error, path, writing=True) from error


def require_room(folder: Path, size: int) -> None:
    """Raise DiskFull where fewer than ``size`` bytes are free in ``folder``."""
    import shutil

    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise from_os(error, folder) from error
    if free < size:
        raise DiskFull(path=folder)
