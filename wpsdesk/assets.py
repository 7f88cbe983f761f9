"""Where the files that ship with the program lie: in the source tree, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

OWN: Final = ("nb", "nn", "en")
"""The languages of the plan, of units' names and of the report; they have every text."""


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).parent
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent


def resource(*parts: str) -> Path:
    """A file below ``resources/``."""
    return _root().joinpath("resources", *parts)


def catalogue(language: str, domain: str) -> Path:
    """The compiled catalogue of a language and a domain (``app`` or ``document``)."""
    return _root() / "i18n" / language / "LC_MESSAGES" / f"{domain}.mo"


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue of the window's texts: our own first, then any further one."""
    found = {file.parents[1].name for file in (_root() / "i18n").glob("*/LC_MESSAGES/app.mo")}
    return (*OWN, *sorted(found.difference(OWN)))


@cache
def own_version() -> str:
    """The program's version, as it was installed or frozen; "0" in a source tree that was never installed."""
    from importlib.metadata import PackageNotFoundError, version  # costs more than the rest of this module

    try:
        return version("wpsdesk")
    except PackageNotFoundError:
        return "0"
