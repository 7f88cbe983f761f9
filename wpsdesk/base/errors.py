"""The world's faults as values: what went wrong, in fields, never in prose.

Every fault a person can meet is a subclass of :class:`WpsError`. ``messages.py`` holds its sentence in
every language, and a test walks all subclasses. Any other exception is a bug of ours.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(eq=False, kw_only=True)
class WpsError(Exception):
    """A fault of the world, not of the program; its fields are its only content."""

    def __str__(self) -> str:
        # For developers only: the field values may be secret, and never stand in a log.
        return type(self).__name__


@dataclass(eq=False, kw_only=True)
class FileFault(WpsError):
    """Something about the file at ``path``; only its subclasses are raised."""

    path: Path


class FileMissing(FileFault):
    """A file that was named is not there (any more)."""


class FolderMissing(FileFault):
    """A folder that something was to be written in is not there."""


class FileUnreadable(FileFault):
    """A file is there and the system will not let us read it."""


class FileUnwritable(FileFault):
    """The system will not let us write here."""


class FileExistsAlready(FileFault):
    """A file stands where a new one was to be made; it was left alone."""


class FileTooLarge(FileFault):
    """A file is larger than anything that can rightly be asked for here."""


class DiskAway(FileFault):
    """The disk that a file lies on does not answer: it was taken out, or it is failing."""


class DiskFull(FileFault):
    """There was no room left while writing; the half-written file is gone again."""


AWAY: Final = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO})
"""What the system says of a disk that is not there any more."""


@dataclass(eq=False, kw_only=True)
class Malformed(WpsError):
    """A document that cannot be read.

    ``path`` is the place in it (``entries[3].status``), ``problem`` a word from
    :data:`wpsdesk.base.decoding.PROBLEMS`.
    """

    path: str
    problem: str


class Cancelled(WpsError):
    """The person asked to stop; nothing was changed."""


def from_os(error: OSError, path: Path, *, writing: bool = False) -> FileFault:
    """The fault that an ``OSError`` at ``path`` stands for."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return FileMissing(path=path)
        case FileExistsError():
            return FileExistsAlready(path=path)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG):
            return DiskFull(path=path)
        case OSError(errno=number) if number in AWAY:
            return DiskAway(path=path)
        case OSError(errno=errno.EROFS):
            return FileUnwritable(path=path)
        case _:
            return FileUnwritable(path=path) if writing else FileUnreadable(path=path)
