"""A plain list (the journal, the meetings of a year) as a tagged page to print, or as comma-separated values."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from wpsdesk.compilation.grid_forms import harmless
from wpsdesk.compilation.language_tags import Spoken
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainList:
    """Rows under heads, with what stands above them; every row has as many cells as there are heads."""

    language: Spoken
    title: str
    note: str
    publisher: str
    made: datetime  # aware
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def list_document(listed: PlainList) -> Document:
    """The list as a document without a first page."""

    def words(text: str) -> Words:
        return Words(text=text, language=listed.language)

    blocks: list[Block] = [
        Heading(level=1, words=words(listed.title), anchor="list", in_contents=True),
        Paragraph(words=words(listed.note), tone=Tone.NOTE),
    ]
    if listed.rows:
        columns = tuple(Column(head=head) for head in listed.heads)
        rows = tuple(tuple(Cell(words=words(cell)) for cell in row) for row in listed.rows)
        blocks.append(Table(caption=listed.title, columns=columns, rows=rows, shows_caption=False, is_wide=True))
    return plain_document(
        blocks,
        language=listed.language,
        title=listed.title,
        note=listed.note,
        publisher=listed.publisher,
        made=listed.made,
    )


def write_list_csv(listed: PlainList, out: BinaryIO) -> None:
    """UTF-8 with a mark at its beginning, semicolons; ``out`` is left open."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in line] for line in (listed.heads, *listed.rows))
    out.write(text.getvalue().encode("utf-8-sig"))
