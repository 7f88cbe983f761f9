"""SHA-256 of a stream, worked out beside whoever reads the stream: the reading goes on meanwhile."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from wpsdesk.base.ids import Digest

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

STEP: Final = 1 << 20
"""Bytes that are handed over at once; a stream shorter than this is digested where it is read."""

_AT_ONCE: Final = 2  # what goes into a bundle has two digests, its own and the bundle's


class Digesting:
    """A digest that is fed piece by piece; at most two STEPs wait, besides what a single piece is longer than that."""

    __slots__ = ("_running", "_size", "_state", "_waiting")

    def __init__(self) -> None:
        self._state = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._size = 0
        self._running: Future[None] | None = None

    def update(self, piece: bytes) -> None:
        """Take the next piece, which must stay as it is: no view of a buffer that is used again."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size >= STEP:
            handed, self._waiting, self._size = self._waiting, [], 0
            self._settle()
            self._running = _pool().submit(self._feed, handed)

    def _feed(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self._state.update(piece)  # long ones let other threads run

    def _settle(self) -> None:
        if self._running is not None:
            self._running.result()
            self._running = None

    def digest(self) -> Digest:
        """The digest of all that came."""
        self._settle()
        self._feed(self._waiting)
        self._waiting, self._size = [], 0
        return Digest(self._state.hexdigest())


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="digest")
