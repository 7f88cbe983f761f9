"""The schema of a desk on a server: made from the tables, and grown to what they are now.

There is no second schema written by hand. New tables, columns and indexes are those of tables.py, and what must not be
changed is what append_only.py names; only what a table cannot tell (rows that a new version reads in another way)
needs a step in :data:`STEPS`, under the number of the version that it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect
from sqlalchemy.schema import CreateIndex

from wpsdesk.store.append_only import server_triggers
from wpsdesk.store.errors import NewerStore, NotAStore
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.search import SERVER_INDEX
from wpsdesk.store.server.address import Address
from wpsdesk.store.server.connecting import connect, turn_of
from wpsdesk.store.server.errors import DeskNotThere, DeskThereAlready, NoRights
from wpsdesk.store.tables import METADATA
from wpsdesk.store.transaction import faults_of

STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {}
"""What a new version does with rows that are there: none so far, the first version on a server was 4."""

_FACTS: Final = "CREATE TABLE wps_facts (name text PRIMARY KEY, value text NOT NULL, sealed bytea NOT NULL)"
_TURNS: Final = """CREATE OR REPLACE FUNCTION take_turn() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT
    AS $$ BEGIN PERFORM pg_advisory_xact_lock({turn});
    IF EXISTS (SELECT 1 FROM wps_facts WHERE name = 'moved') THEN
    RAISE EXCEPTION 'moved' USING ERRCODE = 'invalid_schema_name'; END IF; END $$"""
"""A writer that has waited while the desk was moved elsewhere writes nothing here."""

_MOVED: Final = "moved"
"""The fact that a desk has been moved away: its value is the schema and the salt of its next key, "" for a file."""

_COMING: Final = "coming"
"""The fact that a desk has been copied here and nobody has opened it yet: its file was still the desk."""

_PUT: Final = "INSERT INTO wps_facts VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_PROBE: Final = b"WPS Desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A desk that the key opens."""

    version: int
    is_coming: bool  # nobody has opened it since it was copied here


def make_schema(connection: Connection, name: str, salt: bytes, path: Path) -> None:
    """Everything that a new desk needs, in the open transaction. An empty schema that stands ready is taken.

    So is one with a copy of the same desk that never came into force: whoever asks has the desk itself. Raises
    DeskThereAlready.
    """
    there = connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,)).first()
    if there is None:
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    else:
        tables = inspect(connection).get_table_names(schema=name)
        if tables and not _is_unused_copy(connection, tables, name, salt):
            raise DeskThereAlready(path=path)
        for table in tables:
            connection.exec_driver_sql(f'DROP TABLE "{name}"."{table}" CASCADE')
    connection.exec_driver_sql(_FACTS)
    connection.exec_driver_sql(_PUT, ("salt", salt.hex(), _PROBE))
    METADATA.create_all(connection, checkfirst=False)
    _finish(connection)


def _is_unused_copy(connection: Connection, tables: list[str], name: str, salt: bytes) -> bool:
    if "wps_facts" not in tables:
        return False
    asked = f'SELECT name, value FROM "{name}".wps_facts'  # noqa: S608 - a name that was looked at
    facts: dict[str, str] = {row.name: row.value for row in connection.exec_driver_sql(asked)}
    return _COMING in facts and facts.get("salt") == salt.hex()


def mark_coming(connection: Connection) -> None:
    """Say of the desk that is being copied here that it is not in force before somebody opens it here."""
    connection.exec_driver_sql(_PUT, (_COMING, "", _PROBE))


def check_schema(connection: Connection, salt: bytes, path: Path) -> Found:
    """The desk in the database; the key is tried on what it sealed when the desk was made.

    Raises DeskNotThere, NoRights, NotAStore (another desk is there), NewerStore; the driver's NotSealedByUs for another
    key.
    """
    if connection.exec_driver_sql("SELECT to_regclass('wps_facts')").scalar_one() is None:
        raise (NoRights if _is_shut(connection) else DeskNotThere)(path=path)
    facts = {row.name: row for row in connection.exec_driver_sql("SELECT name, value, sealed FROM wps_facts")}
    if _MOVED in facts:
        raise DeskNotThere(path=path)
    if "salt" not in facts or facts["salt"].value != salt.hex() or facts["salt"].sealed != _PROBE:
        raise NotAStore(path=path)
    version = int(facts["version"].value)
    if version > len(MIGRATIONS):
        raise NewerStore(path=path, version=version, known=len(MIGRATIONS))
    return Found(version=version, is_coming=_COMING in facts)


def _is_shut(connection: Connection) -> bool:
    """Whether there is such a schema and this login may not even look into it."""
    asked = "SELECT 1 FROM pg_namespace WHERE nspname = current_setting('search_path') AND NOT "
    return connection.exec_driver_sql(f"{asked} has_schema_privilege(oid, 'USAGE')").first() is not None


def grow_schema(connection: Connection, salt: bytes, path: Path) -> None:
    """Bring the desk into force and to this program's version; nothing where another officer was faster."""
    version = check_schema(connection, salt, path).version
    connection.exec_driver_sql("DELETE FROM wps_facts WHERE name = %s", (_COMING,))
    if version < len(MIGRATIONS):
        _grow(connection)
        for number in range(version + 1, len(MIGRATIONS) + 1):
            STEPS.get(number, _nothing)(connection)


def close_schema(connection: Connection) -> None:
    """Let nobody open the desk or write to it any more: it has been moved. What it held stays as it was."""
    connection.exec_driver_sql(_PUT, (_MOVED, "", _PROBE))


def close_other_schema(connection: Connection, name: str, to: str, salt: bytes) -> None:
    """The same for the desk in the schema ``name``, in one transaction with its copy in ``to`` for the key of ``salt``.

    Whoever writes there has finished then, and nobody else begins. Raises the driver's error for DeskNotThere.
    """
    connection.exec_driver_sql(f'SELECT "{name}".take_turn()')
    fact = f"SELECT '{_MOVED}', %s, sealed FROM \"{name}\".wps_facts WHERE name = 'salt'"  # noqa: S608 - our own names
    connection.exec_driver_sql(f'INSERT INTO "{name}".wps_facts {fact}', (f"{to} {salt.hex()}",))


def moved_to(address: Address, path: Path, password: str | None = None) -> str | None:
    """None where the desk at ``address`` is open; else where it went: "", or schema and salt of its next key.

    Whoever may be about to close it has finished then. Raises DatabaseAway, DatabaseRefused, LoginWanted, DatabaseBusy,
    DeskNotThere.
    """
    with faults_of(path), closing(connect(address, path, password)) as line, line.transaction():
        line.execute(f"SELECT pg_advisory_xact_lock({turn_of(address.schema)})")
        found = line.execute("SELECT value FROM wps_facts WHERE name = %s", (_MOVED,)).fetchone()
    return None if found is None else str(found[0])


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
