"""What holds for every test: a home of its own, the time zone UTC, the language bokmål."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.kit import Office
from tests.kit.housing import at_home_in, places
from wpsdesk.trust import wrapping

# How long an example takes says more of the machine than of the code.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

# Many tests start the program in a process of its own: what one has compiled, the next need not.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Guessing words shall be dear, and the tests open desks some thousand times with words that they know: as cheap as a
# reader takes it. What it really costs is looked at under ``full_cost``; the stores in tests/vectors have it too.
FULL_COST = wrapping.COST
wrapping.COST = wrapping.Cost(time=1, memory=8 << 10, lanes=FULL_COST.lanes)

# Where Qt's system libraries are missing, pytest-qt would stop the whole run: then it is left out, and the tests of
# the window say that they could not run.
os.environ.setdefault("PYTEST_QT_API", "pyside6")
try:
    import PySide6.QtWidgets  # noqa: F401
except ImportError:
    pass
else:
    pytest_plugins = ["pytestqt.plugin"]


@pytest.fixture(scope="session", autouse=True)
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where what several tests share is made, before any of them has its own home."""
    folder = tmp_path_factory.mktemp("house")
    with at_home_in(folder):
        yield folder


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or changes what belongs to the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    for name, place in places(folder).items():
        monkeypatch.setenv(name, place)
    # Made typefaces are kept from test to test: nothing of a person is in them, and making one takes a second.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp().parent / "cache"))
    for name in ("WPSDESK_NOW", "WPSDESK_PASSPHRASE", "WPSDESK_LANG"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrapped costs what it costs outside the tests."""
    monkeypatch.setattr(wrapping, "COST", FULL_COST)


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """UD and its units in a folder; UD's desk on a server where the test (see EITHER_STORE) or the person asks for it.

    ``WPSDESK_TEST_STORE=server uv run pytest tests/flows tests/desk`` plays everything there.
    """
    kind = getattr(request, "param", os.environ.get("WPSDESK_TEST_STORE", "file"))
    made = Office(folder=tmp_path, on_server=kind == "server")
    yield made
    made.close()
