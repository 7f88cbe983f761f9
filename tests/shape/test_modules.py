"""What every module of the program is held to."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable

import pytest

from tests.shape.tree import Module, modules, reaches

MOST_LINES = 400
MOST_LINES_IN_A_FUNCTION = 40

DRAWERS = re.compile(r"util|common|helper|manager|controller|misc|shared", re.IGNORECASE)
"""Names that say nothing of what is inside."""

NETWORK = (
    "socket", "socketserver", "ssl", "select", "selectors", "asyncio", "http", "urllib.request", "ftplib", "smtplib",
    "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "webbrowser", "requests", "httpx", "urllib3", "aiohttp",
    "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtHttpServer",
)  # fmt: skip

AT_HOME = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlalchemy": {"store"},
    "sqlcipher3": {"store"},
    "psycopg": {"store"},
    "argon2": {"trust"},
    "reportlab": {"compilation"},
    "xlsxwriter": {"compilation", "evidence"},
    "openpyxl": {"intake"},
    "docx": {"compilation"},
    "fontTools": {"compilation", "ui"},
    "cryptography": {"trust", "bundle", "store"},
}
"""Libraries, and the only rooms that may know of them."""


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", text)


def none_of(offenders: Iterable[str]) -> None:
    """Fail with every offender on a line of its own."""
    found = sorted(set(offenders))
    assert not found, "\n" + "\n".join(found)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, the docstring not counted."""
    assert function.end_lineno is not None
    total = function.end_lineno - function.lineno + 1
    first = function.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return total - ((first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0)


def test_there_are_modules_to_look_at() -> None:
    assert len(modules()) > 50
    assert {"plan", "report", "trust", "bundle", "store", "desk", "cli", "ui"} <= {m.room for m in modules()}


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.name)
def test_a_module_opens_with_a_sentence_that_says_what_it_is_for(module: Module) -> None:
    docstring = ast.get_docstring(module.tree)
    assert docstring, "no docstring"
    opening = docstring.split("\n\n")[0].replace("\n", " ")
    first = sentences(opening)[0]
    is_sentence = first.endswith((".", ":")) and len(first.split()) > 2
    assert is_sentence, f"not a sentence: {first!r}"


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = [(m.name, len(m.source.splitlines())) for m in modules()]
    none_of(f"{name}: {length} lines" for name, length in lengths if length > MOST_LINES)


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = [
        (f"{m.name}.{node.name}", body_lines(node))
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    none_of(f"{name}: {length} lines" for name, length in lengths if length > MOST_LINES_IN_A_FUNCTION)


def test_no_module_is_a_drawer_for_this_and_that() -> None:
    none_of(m.name for m in modules() if DRAWERS.search(m.name))


def test_base_knows_the_standard_library_and_nothing_else() -> None:
    none_of(
        f"{m.name} imports {name}"
        for m in modules()
        if m.room == "base"
        for name in m.imports()
        if name.split(".")[0] not in sys.stdlib_module_names and not reaches(name, "wpsdesk.base")
    )


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_is_imported_only_in_its_own_rooms(library: str) -> None:
    strangers = [m for m in modules() if m.room not in AT_HOME[library]]
    none_of(f"{m.name} imports {name}" for m in strangers for name in m.imports() if reaches(name, library))


def test_nothing_imports_what_could_open_a_connection() -> None:
    none_of(
        f"{m.name} imports {name}"
        for m in modules()
        for name in m.imports()
        if any(reaches(name, way_out) for way_out in NETWORK)
    )


def test_imports_are_absolute() -> None:
    none_of(m.name for m in modules() if "." in {name[:1] for name in m.imports()})


def test_a_public_dataclass_is_frozen_unless_it_is_an_error() -> None:
    classes = [(m, c) for m in modules() for c in ast.walk(m.tree) if isinstance(c, ast.ClassDef)]
    none_of(f"{m.name}.{c.name}" for m, c in classes if c.name[0] != "_" and is_loose_dataclass(c))


def is_loose_dataclass(node: ast.ClassDef) -> bool:
    for mark in node.decorator_list:
        call = mark if isinstance(mark, ast.Call) else None
        name = call.func if call else mark
        if isinstance(name, ast.Name) and name.id == "dataclass":
            given = {k.arg: k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)} if call else {}
            # An error cannot be frozen (its traceback is set on it); it says so with eq=False.
            return given.get("frozen") is not True and given.get("eq") is not False
    return False
