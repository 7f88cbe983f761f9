"""The tables of a document as values, for the forms that hold no text: spreadsheets and data. Pure."""

from __future__ import annotations

from dataclasses import replace

from wpsdesk.compilation.records import TableRecord
from wpsdesk.compilation.tree import Cell, Document, Table


def with_tables(document: Document) -> Document:
    """The document whose records have its tables too."""
    assert document.records is not None, "a document without records has no such form"
    tables = tuple(_told(block) for block in document.blocks() if isinstance(block, Table))
    return replace(document, records=replace(document.records, tables=tables))


def _told(table: Table) -> TableRecord:
    return TableRecord(
        title=table.caption,
        heads=tuple(column.head for column in table.columns),
        rows=tuple(tuple(_text(cell) for cell in row) for row in table.rows),
    )


def _text(cell: Cell) -> str:
    return "\n".join((cell.words.text, *(words.text for words in cell.small)))
