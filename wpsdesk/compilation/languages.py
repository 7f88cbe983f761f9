"""How much of the report is in which language, held against språklova § 13. Pure.

The law asks an authority for at least 25 per cent of each written Norwegian over time, in all that it publishes; one
report is a part of that. Every word counts in the language of its passage, the report's own words too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.tree import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Matrix,
    Paragraph,
    Screen,
    Stack,
    Table,
    Tiles,
    Words,
)
from wpsdesk.plan.model import LANGUAGES, LanguageCode

LEAST: Final = 25
"""Per cent of the Norwegian words that each of bokmål and nynorsk should have."""

NORWEGIAN: Final[tuple[LanguageCode, ...]] = ("nb", "nn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Counted words by language, every language once."""

    words: tuple[tuple[LanguageCode, int], ...]

    @property
    def whole(self) -> int:
        """All words."""
        return sum(n for _, n in self.words)

    @property
    def norwegian(self) -> int:
        """The words in bokmål and nynorsk."""
        return sum(n for language, n in self.words if language in NORWEGIAN)

    @property
    def too_little(self) -> tuple[LanguageCode, ...]:
        """Those of bokmål and nynorsk that have less than the law asks for; none where nothing is Norwegian."""
        counts = dict(self.words)
        return tuple(one for one in NORWEGIAN if counts[one] * 100 < LEAST * self.norwegian)


def shares(document: Document) -> Shares:
    """The words of the report, passage by passage."""
    found: Counter[Spoken] = Counter()
    for block in document.blocks():
        for words in _passages(block, document.language):
            found[words.language] += sum(1 for word in words.text.split() if any(c.isalpha() for c in word))
    return Shares(words=tuple((language, found[language]) for language in LANGUAGES))


def _passages(block: Block, own: Spoken) -> Iterator[Words]:
    match block:
        case Paragraph(words=words, label=label):
            yield Words(text=label, language=own)
            yield words
        case Heading(words=words):
            yield words
        case Bullets(items=items):
            yield from items
        case Table(caption=caption, columns=columns, rows=rows):
            yield from (Words(text=text, language=own) for text in (caption, *(column.head for column in columns)))
            for cell in (cell for row in rows for cell in row if not cell.is_code):
                yield cell.words
                yield from cell.small
        case Chart(caption=caption, table=table) | Stack(caption=caption, table=table):
            yield Words(text=caption, language=own)
            yield from _passages(table, own) if table is not None else ()
        case Tiles(caption=caption):
            yield Words(text=caption, language=own)
        case Screen(said=said):
            yield Words(text=said, language=own)
        case Matrix(caption=caption):
            yield Words(text=caption, language=own)
