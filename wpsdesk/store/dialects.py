"""A statement that the two databases have to be told in words of their own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Executable

POSTGRESQL: Final = "postgresql"
"""What SQLAlchemy calls the dialect of a desk on a server; every other store is SQLite."""


class Dialectal(ABC):
    """A statement that differs from database to database; all take the same values and give the same columns."""

    __slots__ = ()

    @abstractmethod
    def of(self, dialect: str) -> Executable:
        """The statement as this dialect knows it, the same object every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDialect(Dialectal):
    """One that has been written once for each database."""

    sqlite: Executable
    postgresql: Executable

    def of(self, dialect: str) -> Executable:
        """The one of the two."""
        return self.postgresql if dialect == POSTGRESQL else self.sqlite
