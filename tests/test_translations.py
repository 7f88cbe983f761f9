"""French and Spanish are whole: a language that came by a file alone says everything that the program says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

UPDATE = Path(__file__).parents[1] / "i18n" / "update.py"


@pytest.mark.parametrize("language", ["fr", "es"])
def test_french_and_spanish_say_everything(language: str) -> None:
    spec = importlib.util.spec_from_file_location("i18n_update", UPDATE)
    assert spec is not None
    assert spec.loader is not None
    update = sys.modules["i18n_update"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    assert {domain: update.lacking(language, domain) for domain in update.DOMAINS} == {"app": 0, "document": 0}
