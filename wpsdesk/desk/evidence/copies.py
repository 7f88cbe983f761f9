"""Where copies of evidence lie that were opened to be looked at, and their going."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from wpsdesk.base.canonical import sha256
from wpsdesk.base.files import shred
from wpsdesk.base.places import logs_folder


def remove_copies(store: Path) -> None:
    """Write over and remove every copy that was opened from the desk in ``store``; none is fine too.

    Called when a desk is opened, locked, closed or wiped: a machine that lost its power leaves nothing for long.
    """
    folder = copies_folder(store)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        shred(path)  # what a program on Windows still has open, the next opening removes
    with suppress(OSError):
        folder.rmdir()


def copies_folder(store: Path) -> Path:
    """The folder for the copies of the desk in ``store``; it is there only while there are any."""
    return logs_folder() / "opened" / sha256(os.fsencode(store.resolve()))[:16]
