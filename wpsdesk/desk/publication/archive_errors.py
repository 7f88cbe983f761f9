"""What can stand in the way of loading an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year


@dataclass(eq=False, kw_only=True)
class NotAnArchive(WpsError):
    """The folder is no archive of a year: the list of files, or what tells of the year, is not there."""

    path: Path
    name: str  # of what is missing


@dataclass(eq=False, kw_only=True)
class ArchiveNotSigned(WpsError):
    """The list of files is not signed by UD under the archive's own root, or was changed afterwards."""

    path: Path


@dataclass(eq=False, kw_only=True)
class ArchiveAltered(WpsError):
    """A file of the archive is not the one that stands in the list."""

    name: str


@dataclass(eq=False, kw_only=True)
class ArchiveLacks(WpsError):
    """A file that stands in the list is not there."""

    name: str


@dataclass(eq=False, kw_only=True)
class ArchiveHasMore(WpsError):
    """A file lies in the archive that does not stand in the list."""

    name: str


@dataclass(eq=False, kw_only=True)
class ArchivePieceFails(WpsError):
    """A file is the one that stands in the list, and does not hold by itself: signature, chain, or what it says."""

    name: str


@dataclass(eq=False, kw_only=True)
class ArchiveRootUnknown(WpsError):
    """The archive was signed under a root that is not this desk's, and nobody has compared its digits."""

    fingerprint: str


@dataclass(eq=False, kw_only=True)
class YearHeldAlready(WpsError):
    """The desk has a call, reports or a release for the year already."""

    year: Year
