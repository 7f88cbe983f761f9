"""Tables and figures in Word: a header row that comes again on every page, pictures that say what they show."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from wpsdesk.compilation.drawing import bars
from wpsdesk.compilation.figures import SIGNS, CellState
from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.tree import Align, Cell, Chart, Column, Matrix, Table
from wpsdesk.compilation.word.figures import picture, width
from wpsdesk.compilation.word.looks import CELL, HEAD, SMALL, WIDE, WIDTH
from wpsdesk.compilation.word.parts import add, describe, keep_whole, part, repeat
from wpsdesk.plan.model import LanguageCode

_SIGN: Final = Mm(5.9)


def write_table(word: WordDocument, block: Table, language: LanguageCode) -> None:
    """Header row, rows, horizontal rules only."""
    if block.shows_caption:
        caption = word.add_paragraph(style=HEAD)
        add(caption, block.caption)
        caption.paragraph_format.keep_with_next, caption.paragraph_format.space_before = True, Pt(6)
    table = _table(word, block.caption, len(block.columns))
    for place, column in enumerate(block.columns):
        _write(table.rows[0].cells[place], column.head, HEAD, is_right=column.align is Align.RIGHT)
    for row in block.rows:
        _write_row(_new_row(table), block.columns, row, language)
    _set_widths(table, [_share(column) for column in block.columns], WIDTH)
    _space(word)


def _share(column: Column) -> float:
    """Text gets what figures leave."""
    return 1.1 if column.align is Align.RIGHT else 1.0 + 0.7 * column.share


def _write_row(made: _Row, columns: Sequence[Column], row: Sequence[Cell], language: LanguageCode) -> None:
    for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
        inside, is_right = made.cells[place], column.align is Align.RIGHT
        _write(inside, cell.words.text, CELL, is_right=is_right, language=_other(cell.words.language, language))
        for words in cell.small:
            below = inside.add_paragraph(style=SMALL)
            add(below, words.text, _other(words.language, language))
            if is_right:
                below.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def write_chart(word: WordDocument, block: Chart) -> None:
    """The chart as a picture that says in words what it shows, and its figures as a table below it."""
    add(word.add_paragraph(style=HEAD), block.caption)
    drawing = bars(block, WIDTH.pt, width)
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.0
    shown = paragraph.add_run().add_picture(io.BytesIO(picture(drawing)), width=WIDTH)
    properties = shown._inline.docPr
    properties.set("descr", readable(f"{block.caption}. {block.said}"))
    properties.set("name", readable(block.caption))


def write_matrix(word: WordDocument, block: Matrix) -> None:
    """Units by commitments on a page that lies down, each cell its sign; the legend says the signs in words."""
    _turn(word, is_lying=True)
    add(word.add_paragraph(style=HEAD), block.caption)
    table = _table(word, block.caption, 1 + len(block.heads), rows=2)
    place = 1
    for span in block.spans:
        first, last = table.rows[0].cells[place], table.rows[0].cells[place + span.columns - 1]
        _write(first.merge(last), span.name, HEAD)
        place += span.columns
    _write(table.rows[1].cells[0], block.corner, HEAD)
    for place, head in enumerate(block.heads, start=1):
        _write(table.rows[1].cells[place], head, HEAD, is_middle=True)
    repeat(table.rows[1])
    for row in block.rows:
        made = _new_row(table)
        cells = made.cells
        _write(cells[0], row.name, CELL)
        for place, state in enumerate(row.states, start=1):
            if state is not CellState.NOT_ASKED:
                _write(cells[place], SIGNS[state], CELL, is_middle=True)
    rest = WIDE - _SIGN * len(block.heads)
    _set_widths(table, [float(rest), *(float(_SIGN) for _ in block.heads)], WIDE)
    legend = "   ".join(f"{SIGNS[state]} {said}" for state, said in block.legend)
    line = word.add_paragraph(style=SMALL)
    line.paragraph_format.space_before = Pt(6)
    add(line, legend)
    _turn(word, is_lying=False)


def _turn(word: WordDocument, *, is_lying: bool) -> None:
    """A new page that lies down or stands."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if is_lying else (short, long)
    section.left_margin = section.right_margin = Mm(15 if is_lying else 25)


def _table(word: WordDocument, caption: str, columns: int, *, rows: int = 1) -> WordTable:
    table: WordTable = word.add_table(rows, columns)
    table.autofit = False
    describe(table, caption)
    borders = part("tblBorders")
    for side, size, colour in (("bottom", "4", "C9CACB"), ("insideH", "4", "C9CACB")):
        borders.append(part(side, val="single", sz=size, space="0", color=colour))
    margins = part("tblCellMar")
    for side in ("top", "bottom"):
        margins.append(part(side, w="50", type="dxa"))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for one in (borders, margins):
        (look if look is not None else properties[-1]).addprevious(one)
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        if look is not None:
            look.set(qn(f"w:{name}"), value)
    repeat(table.rows[0])
    return table


def _new_row(table: WordTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    keep_whole(row)
    return row


def _write(
    cell: _Cell,
    text: str,
    style: str,
    *,
    is_right: bool = False,
    is_middle: bool = False,
    language: LanguageCode | None = None,
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    add(paragraph, text, language)
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif is_middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _narrow(cell)


def _narrow(cell: _Cell) -> None:
    """No room at the sides: a sign is as wide as its column."""
    margins = part("tcMar")
    for side in ("left", "right"):
        margins.append(part(side, w="0", type="dxa"))
    cell._tc.get_or_add_tcPr().append(margins)


def _set_widths(table: WordTable, shares: Sequence[float], whole: Length) -> None:
    widths = [Length(int(whole * share / sum(shares))) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for row in table.rows:
        for made in row._tr.tc_lst:
            span = made.grid_span
            at = made.grid_offset
            made.width = Length(sum(widths[at : at + span]))


def _space(word: WordDocument) -> None:
    word.add_paragraph(style=SMALL)


def _other(language: LanguageCode, around: LanguageCode) -> LanguageCode | None:
    return None if language == around else language
