"""SQLCipher itself: connections with their pragmas, the engine, checks and copies of whole files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from wpsdesk.base.errors import from_os
from wpsdesk.base.progress import Progress
from wpsdesk.store.errors import BrokenRule

if TYPE_CHECKING:
    import sqlite3

    # sqlcipher3 has sqlite3's own interface, without types.
    DriverConnection = sqlite3.Connection
    DriverCursor = sqlite3.Cursor
    DriverError = sqlite3.Error
else:
    DriverConnection = driver.Connection
    DriverCursor = driver.Cursor
    DriverError = driver.Error

APPLICATION_ID: Final = 0x57505344
"""``WPSD`` in the file's header (encrypted as all else): tells our store from another program's."""

SALT_SIZE: Final = 16
BUSY_SECONDS: Final = 10
_STEP: Final = 256  # pages of 16 KiB between two looks at whether to go on

PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit that was answered survives the power cord
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else INSERT OR REPLACE deletes past the triggers that forbid it
    "PRAGMA temp_store=MEMORY",  # no plaintext in temporary files
    "PRAGMA trusted_schema=OFF",
    "PRAGMA journal_size_limit=16777216",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKey:
    """The raw key of a store: 32 secret bytes, and the 16 open ones with which its file begins."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)


def connect(path: Path, key: StoreKey) -> DriverConnection:
    """A bare connection to the file at ``path``, which must be there; nothing is read from it yet."""
    connection: DriverConnection = driver.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None,
        timeout=BUSY_SECONDS,
    )  # fmt: skip
    connection.execute("PRAGMA cipher_log_level=NONE")  # else faults are printed on stderr
    # Raw: the passphrase has been through Argon2id already. Never in a URL, where it would reach logs.
    connection.execute(f"PRAGMA key=\"x'{key.secret.hex()}{key.salt.hex()}'\"")
    # Not SQLCipher's default SHA-512: as strong for a page's tag, and a third faster where the processor has SHA-256.
    connection.execute("PRAGMA cipher_hmac_algorithm=HMAC_SHA256")
    connection.execute("PRAGMA cipher_page_size=16384")  # evidence goes in a third faster than by pages of 4 KiB
    return connection


def make_engine(path: Path, key: StoreKey) -> Engine:
    """The engine of a store: real transactions, BEGIN IMMEDIATE where the option ``write`` is set."""

    def connection_with_pragmas() -> DriverConnection:
        connection = connect(path, key)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    # The connection last used comes first: it has the pages decrypted that the next transaction looks at.
    engine = create_engine(
        "sqlite://", creator=connection_with_pragmas, module=driver, poolclass=QueuePool, pool_size=2, max_overflow=4,
        pool_reset_on_return=None, pool_use_lifo=True, hide_parameters=True,
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("write", False)
        # Straight to the driver: a statement of SQLAlchemy's own takes longer than the transactions that only look.
        native: DriverConnection = connection.connection.driver_connection  # type: ignore[assignment]
        native.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    return engine


@contextmanager
def engine_at(path: Path, key: StoreKey) -> Iterator[Engine]:
    """An engine that is gone when the block is left; all that it wrote is in the one file then."""
    engine = make_engine(path, key)
    try:
        yield engine
    finally:
        engine.dispose()


def closed_engine() -> Engine:
    """The engine of a store that is closed: whoever asks it for a connection has a bug."""

    def nothing() -> DriverConnection:
        raise BrokenRule("the store is closed")

    return create_engine("sqlite://", creator=nothing, module=driver)


@contextmanager
def empty_file(path: Path) -> Iterator[None]:
    """An empty file of mode 0600 to make a database in; gone again on any exception. WAL files take its mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    try:
        yield
    except BaseException:
        remove_database(path)
        raise


def remove_database(path: Path) -> None:
    """Remove a database file and what SQLite keeps beside it."""
    for name in (path.name, path.name + "-wal", path.name + "-shm", path.name + "-journal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def copy_database(source: DriverConnection, to: Path, key: StoreKey, *, progress: Progress | None = None) -> None:
    """A consistent copy, encrypted with ``key``, as the new file ``to`` (mode 0600), on the disk when done.

    With ``progress`` it goes by steps, between which it can be cancelled; nobody may write meanwhile.
    """

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    # Else in one step: a stepped one starts again under a busy writer.
    pages = -1 if progress is None else _STEP
    with empty_file(to):
        with closing(connect(to, key)) as target:
            source.backup(target, pages=pages, progress=tell)
        _sync(to)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def faults_in(connection: DriverConnection) -> tuple[str, ...]:
    """What is wrong with the pages, the structure and the references, in the database's words; empty if nothing."""
    found = [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check")]
    if not found:  # a page that cannot be decrypted stops the other checks
        found += [str(line) for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
        found += [f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return tuple(found)
