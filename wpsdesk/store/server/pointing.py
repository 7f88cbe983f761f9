"""Whether a file is a desk's own or the small one that says on which server the desk is; the first window asks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wpsdesk.base.errors import from_os

_BEGINNING: Final = b'{"address":'


def is_pointer(path: Path) -> bool:
    """Whether a desk on a server is opened by the file at ``path``. Raises FileMissing, FileUnreadable."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_BEGINNING)) == _BEGINNING
    except OSError as error:
        raise from_os(error, path) from error
