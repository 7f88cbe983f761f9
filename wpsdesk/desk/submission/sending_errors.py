"""What can stand in the way of approving a report, of sending it by a carrier, and of reading what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year


@dataclass(eq=False, kw_only=True)
class NotMarkedReady(WpsError):
    """The report is not marked as ready for approval: it cannot be sent back, or approved by another person."""

    year: Year


@dataclass(eq=False, kw_only=True)
class PreparedByTheSame(WpsError):
    """Several people have keys at this desk, and whoever prepared the report would approve it too."""

    name: str


@dataclass(eq=False, kw_only=True)
class NoSuchVersion(WpsError):
    """No report with this number has been sent for the year, or it cannot be read whole any more."""

    year: Year
    seq: int


@dataclass(eq=False, kw_only=True)
class CarrierTooSmall(WpsError):
    """A carrier takes so little at a time (bytes) that not even a part of the least size fits."""

    limit: int
    least: int


@dataclass(eq=False, kw_only=True)
class NotAsWritten(WpsError):
    """A file that has just been written, read again from the disk, is not what was signed and sealed."""

    path: Path


@dataclass(eq=False, kw_only=True)
class LaterAtUd(WpsError):
    """UD holds a report of the year with a number that this desk has never sent: one from here would make a fork."""

    year: Year
    held: int


@dataclass(eq=False, kw_only=True)
class LaidBack(WpsError):
    """The desk was laid back from a backup (last changed at ``saved``), and UD has not told since what it holds."""

    year: Year
    saved: datetime
