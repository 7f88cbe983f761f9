"""A grid of coverage as a file: a tagged page to print, a list of comma-separated values, a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from wpsdesk.compilation.figures import SIGNS, CellState
from wpsdesk.compilation.grids import Grid, Speaking
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import STATE
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Document,
    Heading,
    Matrix,
    MatrixRow,
    Paragraph,
    Span,
    Table,
    TitlePage,
    Tone,
    Words,
)

_GROUND: Final = {
    CellState.ACCEPTED: "#DDEFDF",
    CellState.RECEIVED: "#DCE9F5",
    CellState.RETURNED: "#F7DDDD",
    CellState.NOTHING: "#E6E7E8",
    CellState.LATE: "#FBEBD0",
    CellState.MISSING: "#FFFFFF",
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A grid with what stands above it."""

    grid: Grid
    title: str
    note: str  # whose it is, what was let through, and when
    publisher: str
    made: datetime  # aware


def grid_document(speaking: Speaking, printed: Printed) -> Document:
    """The grid on pages of its own: the matrix with its legend, then the sums, then the remarks."""
    say, grid = speaking.say, printed.grid
    blocks: list[Block] = [
        Heading(level=1, words=_words(speaking, printed.title), anchor="coverage", in_contents=True),
        Paragraph(words=_words(speaking, printed.note), tone=Tone.NOTE),
        _matrix(speaking, printed),
        Heading(level=2, words=_words(speaking, say("Sums")), anchor="sums"),
        _sums(speaking, say("Answered by row"), grid.corner, tuple((row.name, row.sums) for row in grid.rows)),
        _sums(
            speaking,
            say("Answered by column"),
            say("Column"),
            tuple(zip(grid.heads, grid.column_sums(), strict=True)),
        ),
    ]
    remarked = tuple(row for row in grid.rows if row.remark)
    if remarked:
        columns = (Column(head=grid.corner), Column(head=say("Remark")))
        rows = tuple(
            (Cell(words=_words(speaking, row.name)), Cell(words=_words(speaking, row.remark))) for row in remarked
        )
        blocks.append(Table(caption=say("Worth a look"), columns=columns, rows=rows))
    page = TitlePage(
        title=printed.title, subtitle="", plan="", publisher=printed.publisher, compiled="", edition="", edition_note=""
    )
    return Document(
        language=speaking.say.language,
        edition=Edition.INTERNAL,
        compiled=printed.made,
        title=printed.title,
        subject=printed.note,
        publisher=printed.publisher,
        title_page=page,
        contents_title="",
        page_mark="",
        chapters=(Chapter(blocks=tuple(blocks)),),
        is_compact=True,
    )


def _words(speaking: Speaking, text: str) -> Words:
    return Words(text=text, language=speaking.say.language)


def _matrix(speaking: Speaking, printed: Printed) -> Matrix:
    grid, say = printed.grid, speaking.say
    spans = grid.spans or ((say("Year"), len(grid.heads)),)
    return Matrix(
        caption=printed.title,
        corner=grid.corner,
        spans=tuple(Span(name=name, columns=count) for name, count in spans if count),
        heads=grid.heads,
        rows=tuple(MatrixRow(name=row.name, states=row.states, starts_group=row.starts_group) for row in grid.rows),
        legend=tuple((state, say(STATE[state])) for state in grid.counts()),
    )


def _sums(speaking: Speaking, caption: str, corner: str, rows: tuple[tuple[str, tuple[int, int]], ...]) -> Table:
    say = speaking.say
    columns = (
        Column(head=corner),
        Column(head=say("Answered"), align=Align.RIGHT),
        Column(head=say("Asked"), align=Align.RIGHT),
    )
    cells = tuple(
        tuple(Cell(words=_words(speaking, text)) for text in (name, say.number(done), say.number(asked)))
        for name, (done, asked) in rows
    )
    return Table(caption=caption, columns=columns, rows=cells)


def grid_lines(speaking: Speaking, grid: Grid) -> list[list[str | int]]:
    """Heads, a line for each row with its sums and its remark, and the columns' sums last."""
    say = speaking.say
    has_remarks = any(row.remark for row in grid.rows)
    last: list[str | int] = [say("Remark")] if has_remarks else []
    lines: list[list[str | int]] = [[grid.corner, *grid.heads, say("Answered"), say("Asked"), *last]]
    for row in grid.rows:
        words = ["" if state is CellState.NOT_ASKED else say(STATE[state]) for state in row.states]
        lines.append([row.name, *words, *row.sums, *([row.remark] if has_remarks else [])])
    columns = grid.column_sums()
    for place, name in enumerate((say("Answered"), say("Asked"))):
        figures = [each[place] for each in columns]
        line: list[str | int] = [name, *figures, "", ""]
        line[len(figures) + 1 + place] = sum(figures)
        lines.append(line)
    return lines


def write_csv(speaking: Speaking, grid: Grid, out: BinaryIO) -> None:
    """UTF-8 with a mark at its beginning, semicolons: as a Norwegian spreadsheet opens it; ``out`` is left open."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in line] for line in grid_lines(speaking, grid))
    out.write(text.getvalue().encode("utf-8-sig"))


def harmless(cell: str | int) -> str | int:
    """No name of a unit is run as a formula by the spreadsheet that opens the list."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_xlsx(speaking: Speaking, printed: Printed, out: BinaryIO) -> None:
    """A sheet with the words and colours of the states; ``out`` is left open."""
    import xlsxwriter

    say, grid = speaking.say, printed.grid
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": printed.title, "author": printed.publisher, "created": printed.made})
        sheet = book.add_worksheet(say("Coverage"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        grounds = {state: book.add_format({"bg_color": colour, "border": 1}) for state, colour in _GROUND.items()}
        sheet.write(0, 0, printed.title, head)
        sheet.write(1, 0, printed.note)
        lines = grid_lines(speaking, grid)
        for down, line in enumerate(lines, start=3):
            for across, cell in enumerate(line):
                states = grid.rows[down - 4].states if 4 <= down < 4 + len(grid.rows) else ()
                state = states[across - 1] if 0 < across <= len(states) else CellState.NOT_ASKED
                if state is CellState.NOT_ASKED:
                    sheet.write(down, across, cell, head if down == 3 or across == 0 else None)
                else:
                    sheet.write(down, across, f"{SIGNS[state]} {cell}", grounds[state])
        sheet.freeze_panes(4, 1)
        sheet.set_column(0, 0, 36)
    out.write(made.getvalue())
