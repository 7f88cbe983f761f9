"""A statement that the two databases have to be told in words of their own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Executable

POSTGRESQL = "postgresql"
"""What SQLAlchemy calls the dialect of a desk on a server; every other store is SQLite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDialect:
    """One statement, once for each database; both take the same values and give the same columns."""

    sqlite: Executable
    postgresql: Executable

    def of(self, dialect: str) -> Executable:
        """The one that this dialect knows."""
        return self.postgresql if dialect == POSTGRESQL else self.sqlite
