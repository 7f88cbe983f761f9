"""The schema of a desk on a server: made from the tables, and grown to what they are now.

There is no second schema written by hand. New tables, columns and indexes are those of tables.py, and what must not be
changed is what append_only.py names; only what a table cannot tell (rows that a new version reads in another way)
needs a step in :data:`STEPS`, under the number of the version that it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect
from sqlalchemy.schema import CreateIndex

from wpsdesk.store.append_only import server_triggers
from wpsdesk.store.errors import NewerStore, NotAStore
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.search import SERVER_INDEX
from wpsdesk.store.server.connecting import turn_of
from wpsdesk.store.server.errors import DeskNotThere, DeskThereAlready
from wpsdesk.store.tables import METADATA

STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {}
"""What a new version does with rows that are there: none so far, the first version on a server was 4."""

_FACTS: Final = "CREATE TABLE wps_facts (name text PRIMARY KEY, value text NOT NULL, sealed bytea NOT NULL)"
_TURNS: Final = """CREATE OR REPLACE FUNCTION take_turn() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT
    AS $$ BEGIN PERFORM pg_advisory_xact_lock({turn});
    IF EXISTS (SELECT 1 FROM wps_facts WHERE name = 'moved') THEN
    RAISE EXCEPTION 'moved' USING ERRCODE = 'invalid_schema_name'; END IF; END $$"""
"""A writer that has waited while the desk was moved elsewhere writes nothing here."""

_PUT: Final = "INSERT INTO wps_facts VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_PROBE: Final = b"WPS Desk"


def make_schema(connection: Connection, name: str, salt: bytes, path: Path) -> None:
    """Everything that a new desk needs, in the open transaction. An empty schema that stands ready is taken.

    Raises DeskThereAlready.
    """
    there = connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,)).first()
    if there is None:
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    elif inspect(connection).get_table_names(schema=name):
        raise DeskThereAlready(path=path)
    connection.exec_driver_sql(_FACTS)
    connection.exec_driver_sql(_PUT, ("salt", salt.hex(), _PROBE))
    METADATA.create_all(connection, checkfirst=False)
    _finish(connection)


def check_schema(connection: Connection, salt: bytes, path: Path) -> int:
    """The version of the desk in the database; the key is tried on what it sealed when the desk was made.

    Raises DeskNotThere, NotAStore (another desk is there), NewerStore; the driver's NotSealedByUs for another key.
    """
    if connection.exec_driver_sql("SELECT to_regclass('wps_facts')").scalar_one() is None:
        raise DeskNotThere(path=path)
    facts = {row.name: row for row in connection.exec_driver_sql("SELECT name, value, sealed FROM wps_facts")}
    if "moved" in facts:
        raise DeskNotThere(path=path)
    if "salt" not in facts or facts["salt"].value != salt.hex() or facts["salt"].sealed != _PROBE:
        raise NotAStore(path=path)
    version = int(facts["version"].value)
    if version > len(MIGRATIONS):
        raise NewerStore(path=path, version=version, known=len(MIGRATIONS))
    return version


def grow_schema(connection: Connection, salt: bytes, path: Path) -> None:
    """Bring the desk to this program's version, in the open transaction; nothing where another officer was faster."""
    version = check_schema(connection, salt, path)
    if version < len(MIGRATIONS):
        _grow(connection)
        for number in range(version + 1, len(MIGRATIONS) + 1):
            STEPS.get(number, _nothing)(connection)


def close_schema(connection: Connection) -> None:
    """Let nobody open the desk or write to it any more: it has been moved. What it held stays as it was."""
    connection.exec_driver_sql(_PUT, ("moved", "", _PROBE))


def _nothing(_connection: Connection) -> None:
    return


def _grow(connection: Connection) -> None:
    METADATA.create_all(connection)
    _add_columns(connection)
    _finish(connection)


def _finish(connection: Connection) -> None:
    """What stands beside the tables, as it is now; the version last."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    for statement in (_TURNS.format(turn=turn_of(schema)), *SERVER_INDEX, *server_triggers()):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_PUT, ("version", str(len(MIGRATIONS)), _PROBE))


def _add_columns(connection: Connection) -> None:
    """Columns and indexes that a table has got since; such a column can be null, or has the server's default."""
    seen = inspect(connection)
    for table in METADATA.sorted_tables:
        known = {column["name"] for column in seen.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {kind}')
        indexes = {index["name"] for index in seen.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in indexes:
                connection.execute(CreateIndex(index))
