"""The source tree as the shape tests see it: its modules, what each imports, and the files that are published."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "wpsdesk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module of the program."""

    name: str  # wpsdesk.plan.model
    path: Path
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The first name below the package: ``plan``, ``ui``, ``i18n``; ``""`` for the package itself."""
        return self.name.partition(".")[2].partition(".")[0]

    def imports(self) -> Iterator[str]:
        """The full name of everything imported, wherever in the module, lazily or not."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Import(names=names):
                    yield from (alias.name for alias in names)
                case ast.ImportFrom(module=module, names=names, level=0) if module:
                    yield from (f"{module}.{alias.name}" for alias in names)
                case ast.ImportFrom(level=level) if level:
                    yield "." * level  # relative: never used here
                case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
                    if node.args and isinstance(node.args[0], ast.Constant):
                        yield str(node.args[0].value)
                case _:
                    pass


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program, by name."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name=name, path=path, source=source, tree=ast.parse(source, str(path))))
    return tuple(found)


def reaches(imported: str, package: str) -> bool:
    """Whether an imported name lies in ``package``, or is it."""
    return imported == package or imported.startswith(f"{package}.")


@cache
def published() -> tuple[Path, ...]:
    """Every file that is tracked or about to be: what git knows and does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def published_text() -> Iterator[tuple[str, str]]:
    """Name and text of every published file that is text."""
    for path in published():
        try:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
