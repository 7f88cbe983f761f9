"""Sentences for what stands in the way of loading an archive."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.publication.archive_errors import (
    ArchiveAltered,
    ArchiveHasMore,
    ArchiveLacks,
    ArchiveNotSigned,
    ArchivePieceFails,
    ArchiveRootUnknown,
    NotAnArchive,
    YearHeldAlready,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import Places, Row, file, row, shown

_ELSEWHERE: Final = N_("Get the archive anew from where it is kept, and tell whoever keeps it.")


def _name(error: ArchiveAltered | ArchiveLacks | ArchiveHasMore | ArchivePieceFails, _say: Catalogue) -> Places:
    return {"file": shown(error.name)}


ARCHIVING: Final[tuple[Row, ...]] = (
    row(
        NotAnArchive,
        what=N_("The folder {folder} is not the archive of a year that can be taken in: {file} is not there."),
        do=N_(
            "Choose the folder that the archive was written to. An archive of an earlier version can be checked with "
            "sh verify-all.sh, but not taken in."
        ),
        fill=lambda error, _say: {"folder": file(error.path), "file": shown(error.name)},
    ),
    row(
        ArchiveNotSigned,
        what=N_("The list of files in {folder} is not as UD signed it, or UD has not signed it."),
        do=_ELSEWHERE,
        fill=lambda error, _say: {"folder": file(error.path)},
    ),
    row(
        ArchiveAltered,
        what=N_("{file} has been changed since the archive was written."),
        do=_ELSEWHERE,
        fill=_name,
    ),
    row(
        ArchiveLacks,
        what=N_("{file} stands in the archive's list of files, and is not there."),
        do=_ELSEWHERE,
        fill=_name,
    ),
    row(
        ArchiveHasMore,
        what=N_("{file} lies in the archive, and does not stand in its list of files."),
        do=N_("Move it out of the folder and try again, or get the archive anew from where it is kept."),
        fill=_name,
    ),
    row(
        ArchivePieceFails,
        what=N_("{file} does not hold by itself: its signature, its certificate or what it says is not as it must be."),
        do=N_("Check the archive with sh verify-all.sh, and ask whoever wrote it."),
        fill=_name,
    ),
    row(
        ArchiveRootUnknown,
        what=N_("The archive was signed under a root that this desk does not know: {digits}."),
        do=N_(
            "Compare these digits with those that UD has made known elsewhere than in the archive. Are they the same, "
            "give them with --fingerprint."
        ),
        fill=lambda error, _say: {"digits": shown(error.fingerprint)},
    ),
    row(
        YearHeldAlready,
        what=N_("This desk already has something of {year}: a call, a report or a release."),
        do=N_("Take the archive into a desk that has nothing of that year."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
)
