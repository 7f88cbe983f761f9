"""Connections to a desk's server: the one place where the program speaks over a line, and only where a person says so.

Writers take turns, on whatever machine they sit: each holds one lock of the database for as long as its transaction
lasts, as SQLite's writers do. What a writer has looked at is therefore still so when it writes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from wpsdesk.base.canonical import sha256
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.store.server.address import Address
from wpsdesk.store.server.errors import DriverMissing
from wpsdesk.store.sqlcipher import StoreKey

try:
    import psycopg
except ImportError:
    raise DriverMissing from None

from wpsdesk.store.server.meaning import meaning_of
from wpsdesk.store.server.sealing import seal_bytes

if TYPE_CHECKING:
    from psycopg import Cursor

# Else the pool writes a traceback on the person's terminal when the server dies under it; what happened is told by us.
logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())

CONNECTS_WITHIN: Final = 10
"""Seconds until a server that does not answer, or a line that has gone dead, is given up."""

_ASKED_EVERY: Final = 0.1
"""Seconds between two questions whether a connection is still waited for."""

WAITS: Final = 30_000
"""Milliseconds that a writer waits for its turn."""

IDLES: Final = 300_000
"""Milliseconds until the server ends a transaction in which nothing happens: its machine may be asleep."""

MAKING: Final = "making"
"""The value of the option ``write`` where there is no desk yet that gives the turns."""

_LOOKED_AT: Final = 5.0
"""Seconds of rest after which a connection is tried before it is used again."""


class Line(psycopg.Connection[tuple[Any, ...]]):
    """A connection that speaks as SQLite's does: one call to run a statement, one to run it for several values."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Cursor[tuple[Any, ...]]:  # noqa: ANN401
        """Run a statement; rows come in the binary format."""
        return super().execute(query, params, **{"binary": params is not None, **how})

    def executemany(self, query: str, rows: Sequence[Sequence[object]]) -> Cursor[tuple[Any, ...]]:
        """Run a statement once for each of ``rows``, on their way together."""
        cursor = self.cursor()
        cursor.executemany(query.encode(), rows)
        return cursor


def connect(address: Address, path: Path, password: str | None = None) -> Line:
    """A bare connection. Raises DatabaseAway, DatabaseRefused, LoginWanted."""
    given: dict[str, Any] = {
        "host": address.host, "port": address.port, "user": address.user, "password": password,
        "sslrootcert": address.root,
    }  # fmt: skip
    settings = {
        "search_path": address.schema, "lock_timeout": WAITS, "idle_in_transaction_session_timeout": IDLES,
        "client_min_messages": "error",
    }  # fmt: skip
    try:
        return Line.connect(
            dbname=address.database, sslmode=address.security, connect_timeout=CONNECTS_WITHIN,
            application_name="wpsdesk", autocommit=True, keepalives_idle=30, keepalives_interval=10, keepalives_count=3,
            tcp_user_timeout=CONNECTS_WITHIN * 1000,
            options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
            **{name: value for name, value in given.items() if value},
        )  # fmt: skip
    except psycopg.Error as error:
        raise meaning_of(error, path) from None


def connect_watched(address: Address, path: Path, password: str | None, progress: Progress) -> Line:
    """The same, on a thread of its own, so that whoever waits for a machine that does not answer can stop waiting.

    ``progress`` is asked ten times a second. Raises Cancelled as well.
    """
    answers: SimpleQueue[Line | BaseException] = SimpleQueue()
    is_given_up = Event()

    def work() -> None:
        try:
            made = connect(address, path, password)
        except BaseException as fault:  # noqa: BLE001 - raised again where it is waited for
            answers.put(fault)
        else:
            answers.put(made)
            if is_given_up.is_set():
                made.close()

    Thread(target=work, name="connecting", daemon=True).start()
    try:
        while True:
            with suppress(Empty):
                found = answers.get(timeout=_ASKED_EVERY)
                break
            progress(0, 0)
    except BaseException:
        is_given_up.set()
        raise
    if isinstance(found, BaseException):
        raise found
    return found


def make_server_engine(
    address: Address, path: Path, key: StoreKey, password: str | None = None, progress: Progress = unwatched
) -> Engine:
    """The engine of a desk on a server: readers see the desk as it is when they begin, writers take turns.

    ``progress`` may stop the first connection; the later ones are nobody's work.
    """
    first = [progress]

    def connection() -> Line:
        watched = first.pop() if first else unwatched
        if watched is unwatched:
            made = connect(address, path, password)
        else:
            made = connect_watched(address, path, password, watched)
        seal_bytes(made, key)
        return made

    engine = create_engine(
        "postgresql+psycopg://", creator=connection, paramstyle="format", poolclass=QueuePool, pool_size=2,
        max_overflow=4, pool_use_lifo=True, hide_parameters=True, use_native_hstore=False,
    )  # fmt: skip
    beginnings = {
        None: b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        True: b"BEGIN; SELECT take_turn()",
        MAKING: f"BEGIN; SELECT pg_advisory_xact_lock({turn_of(address.schema)})".encode(),
    }

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        native: Line = connection.connection.driver_connection  # type: ignore[assignment]
        native.execute(beginnings[connection.get_execution_options().get("write")])

    @event.listens_for(engine, "checkin")
    def _note_rest(_connection: object, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own record
        record.info["rests since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _try(native: Line, record: Any, _proxy: object) -> None:  # noqa: ANN401
        rest = time.monotonic() - record.info.get("rests since", time.monotonic())
        if native.closed or (rest > _LOOKED_AT and not _answers(native)):
            raise DisconnectionError  # and the pool makes another

    return engine


def _answers(native: Line) -> bool:
    try:
        native.execute(b"SELECT 1")
    except psycopg.Error:
        return False
    return True


def turn_of(schema: str) -> int:
    """The number of the lock that a desk's writers take: of 64 bits, with a sign, the same on every machine."""
    return int.from_bytes(bytes.fromhex(sha256(f"wpsdesk/{schema}".encode()))[:8], "big", signed=True)
