"""How slow work tells how far it has come, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total), in bytes or steps; it raises Cancelled to stop the work."""


def unwatched(_done: int, _total: int) -> None:
    """A Progress that nobody looks at."""
