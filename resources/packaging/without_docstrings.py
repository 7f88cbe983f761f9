"""Compiles the program's modules once more without what stands in them to be read by people who read the source.

It is an eighth of the archive that they lie in, which is packed already and so cannot be made smaller in the package.
Python's own ``-OO`` would take the assertions too, with which the tests have run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from types import CodeType
from typing import Final

IN_ITS_PLACE: Final = " "  # for some packages add to theirs, or assert that there is one


def without_docstrings(modules: Iterable[tuple[str, str, str]]) -> dict[str, CodeType]:
    """The code of each module that has a source, by its name; ``modules`` is PyInstaller's table of names and files."""
    return {name: _compiled(source) for name, source, _ in modules if source.endswith(".py")}


def _compiled(source: str) -> CodeType:
    tree = ast.parse(Path(source).read_bytes(), source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str()) as text), *_]:
                    text.value = IN_ITS_PLACE
                case _:
                    pass
    return compile(tree, source, "exec", dont_inherit=True)
