"""How a part begins, by which it is told from a bundle before anything is read in that reads it."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from wpsdesk.bundle.zipform import LOCAL, LOCAL_SIGN

INDEX_NAME: Final = "index.json"
DATA_NAME: Final = "data"

HEAD: Final = LOCAL.size + len(INDEX_NAME)
"""Bytes of the first record of a part, with its name."""


def is_part(path: Path) -> bool:
    """Whether a file starts as a part does, whatever it is called; False where it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            return False
        with path.open("rb") as stream:
            start = stream.read(HEAD)
    except OSError:
        return False
    return start.startswith(LOCAL_SIGN) and start[LOCAL.size :] == INDEX_NAME.encode("ascii")
