"""What can go wrong with a desk on a server. ``path`` is the small file on this machine that says where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileFault, WpsError


class BadAddress(WpsError):
    """What was given is no address of a database."""


class PasswordInAddress(WpsError):
    """An address holds a password, which would be seen by others; it was neither used nor kept."""


class DriverMissing(WpsError):
    """The program was installed without the part that speaks to PostgreSQL."""


class DatabaseAway(FileFault):
    """The server of the desk at ``path`` does not answer, or went away in the middle."""


class DatabaseRefused(FileFault):
    """The server of the desk at ``path`` does not let this person in, or has no such database."""


class NoRights(FileFault):
    """The server of the desk at ``path`` lets this person in, and does not let them do there what they asked for."""


class LoginWanted(FileFault):
    """The server of the desk at ``path`` wants a password that nobody has given."""


class DatabaseBusy(FileFault):
    """Somebody else had the desk at ``path`` in hand for so long that the waiting was given up."""


@dataclass(eq=False, kw_only=True)
class MoveNotYetKnown(FileFault):
    """Whether the desk was closed on the server is not known; all of it also lies in the file ``copy``."""

    copy: Path


class KeyNotYetKnown(FileFault):
    """Whether the desk has got its new key is not known, or known and it could not be opened with it."""


class MovedNotOpened(FileFault):
    """The desk has been moved, and could not be opened where it is now."""


NOT_YET_KNOWN: Final = (MoveNotYetKnown, KeyNotYetKnown, MovedNotOpened)
"""The faults after which the desk is perhaps no longer what it was."""


class DeskNotThere(FileFault):
    """The database holds no desk of ours under this address, or no longer: it may have been moved."""


class DeskThereAlready(FileFault):
    """The database holds something under this address already."""


class NotShared(FileFault):
    """The desk at ``path`` is in a file of its own, and what was asked for is of shared ones."""


class OnlyInAFile(FileFault):
    """Something was asked for that only a desk in a file of its own can do."""
