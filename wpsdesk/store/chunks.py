"""Long bytes in rows of 256 KiB: neither a whole file in memory nor a row for every read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

CHUNK: Final = 256 << 10


def in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of exactly CHUNK, the last one shorter; no bytes, no piece."""
    waiting = bytearray()
    for piece in pieces:
        view, at = memoryview(piece), 0
        if waiting:
            at = CHUNK - len(waiting)
            waiting += view[:at]
            if len(waiting) < CHUNK:
                continue
            yield bytes(waiting)
            waiting.clear()
        while len(view) - at >= CHUNK:
            yield bytes(view[at : at + CHUNK])
            at += CHUNK
        waiting += view[at:]
    if waiting:
        yield bytes(waiting)
