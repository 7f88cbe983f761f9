"""A transaction, and the one place where the driver's exceptions become the world's faults."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from wpsdesk.base.errors import AWAY, DiskAway, DiskFull, FileFault, FileUnreadable, FileUnwritable
from wpsdesk.store.dialects import POSTGRESQL, Dialectal
from wpsdesk.store.errors import BrokenRule, DamagedStore, NotAStore, StoreInUse, TogetherLost
from wpsdesk.store.prepared import Result, Values, run_prepared
from wpsdesk.store.sqlcipher import DriverConnection, DriverError

NEARLY_FULL: Final = 1 << 20
"""Bytes free below which a failed write is put down to the full disk."""

_FAULTS: Final[Mapping[str, type[FileFault]]] = {
    "FULL": DiskFull,
    "CORRUPT": DamagedStore,
    "NOTADB": NotAStore,
    "BUSY": StoreInUse,
    "LOCKED": StoreInUse,
    "READONLY": FileUnwritable,
    "CANTOPEN": FileUnwritable,
    "PERM": FileUnwritable,
}
"""SQLite's primary result codes that are the world's faults."""

_IN_WORDS: Final[Mapping[str, str]] = {
    "database or disk is full": "FULL",
    "disk I/O error": "IOERR",
    "database disk image is malformed": "CORRUPT",
    "file is not a database": "NOTADB",
    "database is locked": "BUSY",
    "attempt to write a readonly database": "READONLY",
    "unable to open database file": "CANTOPEN",
}
"""The same codes in the words of SQLite, which is all that the driver tells of a copy that did not succeed."""


class Tx:
    """An open transaction, opaque to whoever holds it: the room's functions take it first.

    Made by ``Store.read()`` and ``Store.write()`` only; useless once that block is left.
    """

    __slots__ = ("_connection", "_driver", "path", "side")

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._driver: DriverConnection | None = connection.connection.driver_connection
        self.path: Final = path  # of the store
        self.side = ""  # of the store, whose documents and secrets are meant: see sides.py

    def run(self, statement: Executable | Dialectal, values: Values | None = None) -> Result:
        """Run one statement, or the same for each of several ``values``. For the store's own modules.

        Raises BrokenRule when the transaction is over.
        """
        if self._driver is None:
            raise BrokenRule("a transaction that is over")
        dialect = self._connection.dialect
        if isinstance(statement, Dialectal):
            statement = statement.of(dialect.name)
        found = run_prepared(self._driver, dialect, statement, values)
        return self._connection.execute(statement, values) if found is None else found

    def tell(self, words: str) -> None:
        """Straight to the driver, for what has neither values nor rows: SQLAlchemy's own way costs four times as much.

        For :func:`part_of`, with words that every database knows.
        """
        if self._driver is None:
            raise BrokenRule("a transaction that is over")
        self._driver.execute(words)

    def on_connection(self, work: Callable[[Connection], None]) -> None:
        """Let ``work`` have the connection itself, for what no statement of the store's modules does. For server/."""
        work(self._connection)

    def within(self) -> Tx:
        """The same transaction, for one part of it; for :func:`part_of`."""
        return Tx(self._connection, self.path)

    @property
    def dialect(self) -> str:
        """Which database this is, as SQLAlchemy names it."""
        return self._connection.dialect.name

    def end(self) -> None:
        """Be of no use from here on; for :func:`transaction`."""
        self._driver = None


class Connections:
    """The connections of an engine, of which a few stay as they are between two transactions.

    For SQLAlchemy takes longer to fetch one and to put it back than most transactions of ours last. The one last used
    comes first: it has the pages decrypted that the next transaction looks at.
    """

    def __init__(self, engine: Engine, *, keep: int = 2) -> None:
        self._engine = engine
        # One to a server may have broken off meanwhile: SQLAlchemy looks at each when it is fetched.
        self._keep = 0 if engine.dialect.name == POSTGRESQL else keep
        self._idle: list[Connection] = []

    def take(self, *, is_writing: bool) -> Connection:
        """One that is in no transaction."""
        try:
            found = self._idle.pop()
        except IndexError:
            found = self._engine.connect()
        if found.get_execution_options().get("write", False) is not is_writing:
            found.execution_options(write=is_writing)
        return found

    def give_back(self, connection: Connection) -> None:
        """Let it go after a transaction that has ended well."""
        if len(self._idle) < self._keep:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close them all; one that is in use, when it is given back."""
        self._keep = 0
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


@contextmanager
def transaction(connections: Connections, path: Path, *, is_writing: bool) -> Iterator[Tx]:
    """Everything or nothing: committed where the block ends, rolled back where it raises.

    Raises DiskFull, FileUnreadable, FileUnwritable, DamagedStore, StoreInUse; BrokenRule for a bug of ours.
    """
    with faults_of(path):
        connection = connections.take(is_writing=is_writing)
        try:
            with connection.begin():
                tx = Tx(connection, path)
                try:
                    yield tx
                finally:
                    tx.end()
        except BaseException:
            connection.close()
            raise
        connections.give_back(connection)


@contextmanager
def part_of(whole: Tx, *, is_writing: bool) -> Iterator[Tx]:
    """A transaction inside the open one ``whole``: what it wrote is taken back where the block raises, and no more.

    Raises TogetherLost where the database has given up the whole one, as it does when the disk is full.
    """
    tx = whole.within()
    with faults_of(whole.path):
        if is_writing:
            whole.tell("SAVEPOINT part")
        try:
            yield tx
        except BaseException as error:
            if is_writing:
                _take_back(whole, error)
            raise
        finally:
            tx.end()
        if is_writing:
            whole.tell("RELEASE SAVEPOINT part")


def _take_back(whole: Tx, error: BaseException) -> None:
    try:
        whole.tell("ROLLBACK TO SAVEPOINT part")
        whole.tell("RELEASE SAVEPOINT part")
    except driver_errors():
        raise TogetherLost from error


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """No exception of SQLAlchemy or of the driver leaves this block: they carry statements and values."""
    try:
        yield
    except DBAPIError as error:
        raise _meaning(error.orig, path) from None
    except driver_errors() as error:
        raise _meaning(error, path) from None
    except SQLAlchemyError as error:
        raise BrokenRule(type(error).__name__) from None


def driver_errors() -> tuple[type[Exception], ...]:
    """The exceptions of the drivers that have been read in: a desk in a file never waits for the server's."""
    server = sys.modules.get("psycopg")
    return (DriverError,) if server is None else (DriverError, server.Error)


def _meaning(error: BaseException | None, path: Path) -> Exception:
    if hasattr(error, "sqlstate"):
        from wpsdesk.store.server.meaning import meaning_of

        return meaning_of(error, path)
    name: str = getattr(error, "sqlite_errorname", "") or _IN_WORDS.get(str(error), type(error).__name__)
    word = name.removeprefix("SQLITE_").split("_")[0]
    if word in ("IOERR", "CORRUPT", "NOTADB") and _is_away(path):
        return DiskAway(path=path)  # SQLite takes a page that cannot be read for one that is damaged
    if word == "IOERR":
        return _input_or_output(name, path)
    if word in _FAULTS:
        return _FAULTS[word](path=path)
    return BrokenRule(f"{name}: {error}")  # the driver's message; values are bound, and not in it


def _is_away(path: Path) -> bool:
    """Whether the disk does not answer any more, or has gone with its folder."""
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except FileNotFoundError:
        return not path.parent.is_dir()
    except OSError as error:
        return error.errno in AWAY
    return False


def _input_or_output(name: str, path: Path) -> FileFault:
    if "READ" in name:
        return FileUnreadable(path=path)
    try:
        is_full = shutil.disk_usage(path.parent).free < NEARLY_FULL
    except OSError:
        is_full = False
    return DiskFull(path=path) if is_full else FileUnwritable(path=path)
