"""One setting for all tests of the bundle: nothing in them changes it."""

from __future__ import annotations

import pytest

from tests.bundle.setting import Setting, make_setting


@pytest.fixture(scope="session")
def setting() -> Setting:
    return make_setting()
