"""Insert, or update where the key is there already; both databases have it, each in a dialect of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Executable, Table
from sqlalchemy.dialects import sqlite

from wpsdesk.store.dialects import POSTGRESQL, Dialectal

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


class Upsert(Dialectal):
    """See :func:`upsert`."""

    __slots__ = ("_key", "_made", "_returning", "_table")

    def __init__(self, table: Table, key: tuple[str, ...], returning: Column[int] | None) -> None:
        self._table = table
        self._key = key
        self._returning = returning
        self._made: dict[str, Executable] = {}

    def of(self, dialect: str) -> Executable:
        """The statement; PostgreSQL's part of SQLAlchemy is read in where there is a server only."""
        if dialect not in self._made:
            self._made[dialect] = self._in(dialect)
        return self._made[dialect]

    def _in(self, dialect: str) -> Executable:
        statement: sqlite.Insert | postgresql.Insert  # which are told in the same words
        if dialect == POSTGRESQL:
            from sqlalchemy.dialects.postgresql import insert

            statement = insert(self._table)
        else:
            statement = sqlite.insert(self._table)
        fixed = {*self._key, *self._table.primary_key.columns.keys()}
        names = [column.name for column in self._table.columns if column.name not in fixed]
        rest = {name: statement.excluded[name] for name in names}
        found = statement.on_conflict_do_update(index_elements=list(self._key), set_=rest)
        return found if self._returning is None else found.returning(self._returning)


def upsert(table: Table, *key: str, returning: Column[int] | None = None) -> Upsert:
    """A statement that takes one value a column and leaves one row for ``key``; prepare it once a module."""
    return Upsert(table, key, returning)
