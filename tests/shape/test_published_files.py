"""What may stand in a file that leaves this machine with the source."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from functools import cache
from types import ModuleType

import pytest

from tests.shape.tree import ROOT, published, published_text

LOCK_FILE = re.compile(r"(^|/)(uv|poetry|pdm|pixi|conda|Pipfile)[.-]?lock\w*$|(^|/)pylock.*\.toml$|-lock\.(json|yaml)$")
THIS_FILE = "tests/shape/test_published_files.py"

REGISTER = re.compile(
    r"(https?:)?//[\w.-]*(pypi|pythonhosted|npmjs|artifactory|nexus|devpi|anaconda|crates)[\w.-]*\b"
    r"|https?://[^\s\"'<>]*/simple\b"
    r"|\b(extra-)?index-url\b|\bfind-links\b|\[tool\.uv\.index\]"
    r"|\b(UV|PIP)_\w*(INDEX|PROXY)\w*|\bHTTPS?_PROXY\b",
    re.IGNORECASE,
)
HOST = re.compile(r"https?://(localhost|\d{1,3}(\.\d{1,3}){3}|[\w-]+(?=[:/]))")
MACHINE = re.compile(r"(?<![\w.-])/(work|root|home/\w+|Users/\w+)/")


def test_there_are_files_to_look_at() -> None:
    assert ROOT / "pyproject.toml" in published()


def test_no_lock_file_is_published() -> None:
    # A lock file names the register that it was made with.
    assert [p.name for p in published() if LOCK_FILE.search(p.as_posix())] == []


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in published_text()
        if name != THIS_FILE
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_register() -> None:
    assert lines_with(REGISTER) == []


def test_no_file_names_a_machine_of_ours() -> None:
    assert lines_with(HOST) == []
    assert lines_with(MACHINE) == []


@pytest.mark.parametrize(
    "line",
    [
        "https://register.example/simple",
        "http://10.0.0.7:8081/x",
        "//nexus.example.no/repository",
        "index-url = 'x'",
        "http://proxy:3128/",
    ],
)
def test_the_patterns_would_notice(line: str) -> None:
    assert REGISTER.search(line) or HOST.search(line)


def test_dependencies_are_pinned_exactly_and_come_without_an_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(d for extra in project["project"]["optional-dependencies"].values() for d in extra),
        *(d for group in project["dependency-groups"].values() for d in group if isinstance(d, str)),
    ]
    assert len(wanted) > 15
    pinned = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][0-9a-z.]*")
    assert [d for d in wanted if not pinned.fullmatch(d)] == []


@cache  # what the code says is looked for once
def update() -> ModuleType:
    """``i18n/update.py`` as a module."""
    spec = importlib.util.spec_from_file_location("i18n_update", ROOT / "i18n" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["i18n_update"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("domain", ["app", "document"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_catalogue_is_complete_and_as_the_code_is(language: str, domain: str) -> None:
    faults = update().faults(language, domain)
    assert not faults, f"{len(faults)} faults, the first of them:\n" + "\n".join(faults[:20])
