"""A home of its own, so that nothing a test or a script does reaches what belongs to the person who runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PLACES: Final = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")


def places(folder: Path) -> dict[str, str]:
    """What the environment says of a home in ``folder``: settings, reports of bugs, open windows."""
    return {name: str(folder / name.lower()) for name in PLACES}


@contextmanager
def at_home_in(folder: Path) -> Iterator[None]:
    """Settings and all else of the kind lie in ``folder``."""
    before = {name: os.environ.get(name) for name in PLACES}
    os.environ.update(places(folder))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
