"""A real encrypted store, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import Store, create_store, open_store

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


@pytest.fixture
def store(made: Made) -> Iterator[Store]:
    with closing(open_store(made.path, PASSPHRASE)) as opened:
        yield opened


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan()
