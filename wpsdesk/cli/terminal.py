"""How the command line speaks: sentences, tables that fit the width, JSON, a line that tells how far it has come."""

from __future__ import annotations

import json
import re
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode

GAP: Final = "  "
NARROWEST: Final = 20
"""The fewest characters that a column of running text is squeezed to."""

# What could move the cursor, change colours or turn the writing direction; line feed and tab are ours.
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where the command line writes, and in which language."""

    say: Catalogue
    out: TextIO
    err: TextIO

    @property
    def language(self) -> LanguageCode:
        """The language as names of the plan and of units are looked up by."""
        return self.say.names_in

    def line(self, text: str = "") -> None:
        """A line of text for the person."""
        print(harmless(text), file=self.out)

    def complain(self, text: str) -> None:
        """A line about something that went wrong, after whatever was told before."""
        self.out.flush()
        print(harmless(text), file=self.err)

    def json(self, value: object) -> None:
        """A value for a program to read: UTF-8, two spaces an indent, keys in the order given."""
        print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False), file=self.out)

    def json_bytes(self, data: bytes) -> None:
        """A value that is already JSON, laid out like the others."""
        self.json(json.loads(data))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows under heads; on a terminal the last column is wrapped so that lines fit."""
        width = None
        if self.out.isatty():
            import shutil

            width = shutil.get_terminal_size().columns
        for line in laid_out(heads, rows, width):
            self.line(line)

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values beside each other."""
        width = max(width_of(name) for name, _ in rows)
        for name, value in rows:
            self.line(f"{_padded(name, width)}{GAP}{value}")

    def progress(self, label: str) -> Progress:
        """A line on the terminal that is written over as the work goes on; nothing where no one looks."""
        if not self.err.isatty():
            return unwatched
        shown = -1

        def tell(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // total if total else 100
            if percent == shown:
                return
            shown = percent
            end = "\n" if done >= total else ""
            print(f"\r{label} {self.say.percent(done, total or 1)}", end=end, file=self.err, flush=True)

        return tell


def stdio(say: Catalogue) -> Terminal:
    """The process's own output and error output."""
    return Terminal(say=say, out=sys.stdout, err=sys.stderr)


def harmless(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return _UNSAFE.sub("\ufffd", text)


def width_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(c) or c in "\u200d\ufe0f" else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def laid_out(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """The lines of a table; the last column is wrapped to ``width`` where one is given."""
    cells = [[" ".join(cell.split()) for cell in row] for row in (heads, *rows)]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(heads))]
    before = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    room = None if width is None else max(NARROWEST, width - before - 1)
    lines = []
    for row in cells:
        first = GAP.join(_padded(cell, size) for cell, size in zip(row[:-1], widths[:-1], strict=True))
        wrapped = [row[-1]] if room is None or width_of(row[-1]) <= room else textwrap.wrap(row[-1], room)
        start = first + GAP if len(row) > 1 else ""
        lines.append((start + wrapped[0] if wrapped else start).rstrip())
        lines.extend((" " * before + more).rstrip() for more in wrapped[1:])
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))
