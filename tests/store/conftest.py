"""A real encrypted store, made once and copied for every test, and one on a real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.kit.server import fresh_address
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan
from wpsdesk.store.keyfile import keys_path, read_keys, unlock
from wpsdesk.store.opening import create_store, open_store
from wpsdesk.store.server.opening import make_on_server
from wpsdesk.store.sqlcipher import StoreKey
from wpsdesk.store.store import Store

NOW = datetime(2027, 3, 1, 14, 2, tzinfo=UTC)
PASSPHRASE = "blåbær på tunet i Åmot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A store on the disk that nobody has open."""

    path: Path
    code: str


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = tmp_path_factory.mktemp("template") / "desk.wpsdesk"
    store, code = create_store(path, PASSPHRASE, now=NOW)
    store.close()
    return Made(path=path, code=code)


@pytest.fixture
def made(template: Made, tmp_path: Path) -> Made:
    path = tmp_path / "desk.wpsdesk"
    shutil.copy(template.path, path)
    shutil.copy(keys_path(template.path), keys_path(path))
    return Made(path=path, code=template.code)


@pytest.fixture(params=("file", "server"))
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An open store of either kind."""
    with closing(request.getfixturevalue(f"{request.param}_store")) as opened:
        yield opened


@pytest.fixture
def file_store(made: Made) -> Store:
    return open_store(made.path, PASSPHRASE)


@cache
def _unlocked(path: Path) -> StoreKey:
    return unlock(read_keys(keys_path(path)), PASSPHRASE, path)


@pytest.fixture
def server_store(template: Made, tmp_path: Path) -> Store:
    """With the keys of the template: making new ones takes longer than all the rest."""
    keys = read_keys(keys_path(template.path))
    key = _unlocked(template.path)
    return make_on_server(fresh_address(), tmp_path / "desk.wpsdesk", key, keys, now=NOW)


IN_A_FILE = pytest.mark.parametrize("store", ["file"], indirect=True)
"""For tests of what a store in a file has of its own."""


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan()
