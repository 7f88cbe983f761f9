"""What can stand in the way of a backup or a wipe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import WpsError


@dataclass(eq=False, kw_only=True)
class BackupPlaceMissing(WpsError):
    """The folder for backups is not there: its stick is not in the machine, or was taken out."""

    folder: Path


@dataclass(eq=False, kw_only=True)
class AnotherName(WpsError):
    """The name that was to confirm a wipe is not that of the store, which is ``wanted``."""

    wanted: str
