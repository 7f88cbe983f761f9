"""The store's schema, version by version: each migration in one transaction, with a copy made before it.

A migration is a module with one function ``migrate(connection)`` that holds its own SQL word for word: what a
migration did must not change when the tables move on. ``PRAGMA user_version`` says how far a store has come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection, Engine

from wpsdesk.store.migrations import m0001_first, m0002_deltas_and_parts, m0003_second_year, m0004_third_year
from wpsdesk.store.sqlcipher import APPLICATION_ID

Migration = Callable[[Connection], None]

MIGRATIONS: Final[tuple[Migration, ...]] = (
    m0001_first.migrate,
    m0002_deltas_and_parts.migrate,
    m0003_second_year.migrate,
    m0004_third_year.migrate,
)
"""In order: the first takes an empty file to version 1."""


def version_of(connection: Connection) -> int:
    """How many migrations the store has had."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def upgrade(
    engine: Engine, *, copy_before: Callable[[int], None], migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a store to the newest version. ``copy_before(n)`` is called before the migration to ``n``, save the first.

    A migration that fails leaves the store as it was before it, and its exception goes on to the caller.
    """
    with engine.connect() as connection:
        version = version_of(connection)
    for number, migrate in enumerate(migrations[version:], version + 1):
        if number > 1:
            copy_before(number)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            migrate(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={number}")
