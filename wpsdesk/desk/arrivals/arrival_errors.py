"""What can stand in the way before anything is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import WpsError


@dataclass(eq=False, kw_only=True)
class NoBackupFirst(WpsError):
    """The backup before the first import of the day could not be made in ``folder``, so nothing was taken in."""

    folder: Path
    is_full: bool  # there is no room on the disk; else the folder cannot be written to
