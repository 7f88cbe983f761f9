"""Insert, or update where the key is there already: written as PostgreSQL has it, which SQLite understands too."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert, insert


def upsert(table: Table, *key: str) -> Insert:
    """A statement that takes one value a column and leaves one row for ``key``; prepare it once a module."""
    statement = insert(table)
    fixed = {*key, *table.primary_key.columns.keys()}
    rest = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in fixed}
    return statement.on_conflict_do_update(index_elements=list(key), set_=rest)
