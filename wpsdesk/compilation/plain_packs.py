"""A pack to read before or after a meeting: chapters of facts and tables, laid out as the reports are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wpsdesk.compilation.plain_documents import plain_document
from wpsdesk.compilation.tree import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Tone,
    Words,
)
from wpsdesk.plan.model import LanguageCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCell:
    """The words of a cell, and below them in small print what belongs to them."""

    text: str
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPart:
    """A heading, facts with their labels, a remark, and a table; every row has as many cells as there are heads."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    heads: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()  # how the columns divide the width
    rows: tuple[tuple[PackCell, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The whole, in one language."""

    language: LanguageCode
    title: str
    note: str
    publisher: str
    mark: str  # on every page
    made: datetime  # aware
    parts: tuple[PackPart, ...]


def pack_document(pack: Pack) -> Document:
    """The pack as a document without a first page."""
    return plain_document(
        _blocks(pack),
        language=pack.language,
        title=pack.title,
        note=pack.note,
        publisher=pack.publisher,
        made=pack.made,
        mark=pack.mark,
    )


def _blocks(pack: Pack) -> Iterator[Block]:
    def words(text: str) -> Words:
        return Words(text=text, language=pack.language)

    yield Heading(level=1, words=words(pack.title), anchor="pack", in_contents=True)
    yield Paragraph(words=words(pack.note), tone=Tone.NOTE)
    for number, part in enumerate(pack.parts, 1):
        yield Heading(level=2, words=words(part.title), anchor=f"part-{number}", in_contents=True)
        for name, value in part.facts:
            yield Paragraph(words=words(value), tone=Tone.FACT, label=name)
        if part.note:
            yield Paragraph(words=words(part.note), tone=Tone.NOTE)
        if part.rows:
            columns = tuple(Column(head=head, share=share) for head, share in zip(part.heads, part.shares, strict=True))
            rows = tuple(
                tuple(Cell(words=words(cell.text), small=tuple(words(each) for each in cell.small)) for cell in row)
                for row in part.rows
            )
            yield Table(caption=part.title, columns=columns, rows=rows, shows_caption=False, is_wide=True)
