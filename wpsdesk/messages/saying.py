"""What a row of the table of sentences is made of, and how values from outside are shown safely in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar, cast

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import N_, Catalogue

E = TypeVar("E", bound=WpsError)
Places = Mapping[str, object]
Fill = Callable[[E, Catalogue], Places]

NOTHING_CHANGED: Final = N_("Nothing was changed, and nothing was lost.")
NOTHING_STORED: Final = N_("Nothing was stored, and the file was left as it is.")
NOTHING_WRITTEN: Final = N_("No file was written, and what you have written in the program is safe.")
STORE_SAFE: Final = N_("The store was left exactly as it was.")

# Controls, line and paragraph separators and the marks that turn the writing direction could make a name from
# outside look like something else, on a terminal as well as in a window.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of error and its three message ids; ``places`` fills their places from the error's fields."""

    kind: type[WpsError]
    what: str
    kept: str
    do: str
    places: Callable[[WpsError, Catalogue], Places]


def row(
    kind: type[E],
    what: str,
    do: str,
    fill: Fill[E] | None = None,
    *,
    kept: str = NOTHING_CHANGED,
) -> Row:
    """A row whose ``fill`` is typed by the error it is for; every place it gives must stand in ``what`` or ``do``."""
    places = cast("Callable[[WpsError, Catalogue], Places]", fill) if fill is not None else _nothing
    return Row(kind=kind, what=what, kept=kept, do=do, places=places)


def _nothing(_error: WpsError, _say: Catalogue) -> Places:
    return {}


def shown(text: object, *, at_most: int = 200) -> str:
    """A value from outside as it may stand in a sentence: on one line, harmless, not too long."""
    clean = _UNSAFE.sub("\ufffd", str(text))
    return clean if len(clean) <= at_most else clean[: at_most - 1] + "…"


def file(path: Path) -> str:
    """A path as it stands in a sentence."""
    return shown(path, at_most=300)


def answer(commitment: int, country: str | None) -> str:
    """``7``, ``7 (SO)``: an answer within its report."""
    return str(commitment) if country is None else f"{commitment} ({shown(country)})"
