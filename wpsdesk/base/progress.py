"""How slow work tells how far it has come, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total), in bytes or steps; it raises Cancelled to stop the work."""


def unwatched(_done: int, _total: int) -> None:
    """A Progress that nobody looks at."""


def staged(progress: Progress, stage: int, stages: int) -> Progress:
    """One of several stages of a work, told as a share of the whole; ``stage`` counts from 0."""

    def tell(done: int, total: int) -> None:
        share = 1000 if total <= 0 else min(1000, 1000 * done // total)
        progress(stage * 1000 + share, stages * 1000)

    return tell
