"""A side of a store: the same file, in which documents and secrets of one kind of work are kept by themselves.

A ministry answers UD's call and makes one of its own to its agencies. Each has its call, its trust set, its keys;
what was received, the evidence, the drafts and the journal are the desk's, and stand there once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wpsdesk.store.store import Store
from wpsdesk.store.transaction import Tx


class SideStore(Store):
    """The open store ``main``, seen from its side ``side``; closing it closes ``main``."""

    __slots__ = ("_main", "_side")

    def __init__(self, main: Store, side: str) -> None:
        self._main = main
        self._side = side
        self.path = main.path

    @property
    def main(self) -> Store:
        """The store itself."""
        return self._main

    @property
    def size(self) -> int:
        """Bytes of the whole store."""
        return self._main.size

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """As the store's own, on this side."""
        with self._main.read() as tx:
            tx.side = self._side
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """As the store's own, on this side."""
        with self._main.write() as tx:
            tx.side = self._side
            yield tx

    @contextmanager
    def together(self) -> Iterator[None]:
        """As the store's own."""
        with self._main.together():
            yield

    @property
    def is_wanted(self) -> bool:
        """Whether another thread waits for its turn to write."""
        return self._main.is_wanted

    def copy(self, to: Path) -> None:
        """The whole store, all sides of it."""
        self._main.copy(to)

    def faults_in(self, file: Path) -> tuple[str, ...]:
        """What is wrong with the store's file, or a copy of it."""
        return self._main.faults_in(file)

    def close(self) -> None:
        """Close the store itself."""
        self._main.close()
