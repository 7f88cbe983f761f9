"""Tables in Word: a header row that comes again on every page, rows that stay whole, horizontal rules only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wpsdesk.compilation.figures import SIGNS
from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.tree import Align, Cell, Column, Matrix, MatrixRow, Table
from wpsdesk.compilation.word.looks import CELL, HEAD, SMALL, WIDE, WIDTH
from wpsdesk.compilation.word.parts import attribute, paragraph, passage, run

_SIGN: Final = 334  # twentieths of a point: the width of a sign's column
_MIDDLE: Final = '<w:jc w:val="center"/>'
_RIGHT: Final = '<w:jc w:val="right"/>'
_BARE: Final = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
_RULES: Final = (
    '<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="C9CACB"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9CACB"/></w:tblBorders>'
)
_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1"'
    ' w:noVBand="1"/>'
)


def table(block: Table, language: Spoken) -> str:
    """The caption, the header row, the rows."""
    widths = _widths(block)
    head = "".join(
        _cell(paragraph(run(column.head), HEAD, _jc(column)), wide)
        for column, wide in zip(block.columns, widths, strict=True)
    )
    rows = "".join(_row(_cells(block.columns, row, widths, language)) for row in block.rows)
    caption = ""
    if block.shows_caption:
        caption = paragraph(run(block.caption), HEAD, '<w:keepNext/><w:spacing w:before="120"/>')
    made = _table(block.caption, widths, _row(head, is_head=True) + rows)
    return caption + made + paragraph("", SMALL)


def _cells(columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int], language: Spoken) -> str:
    made = ""
    for column, cell, wide in zip(columns, row, widths, strict=True):
        inside = paragraph(passage(cell.words, language), CELL, _jc(column))
        inside += "".join(paragraph(passage(words, language), SMALL, _jc(column)) for words in cell.small)
        made += _cell(inside, wide)
    return made


def _jc(column: Column) -> str:
    return _RIGHT if column.align is Align.RIGHT else ""


def matrix(block: Matrix) -> str:
    """Units by commitments, each cell its sign; the legend says the signs in words."""
    widths = [WIDE.twips - _SIGN * len(block.heads), *(_SIGN for _ in block.heads)]
    over = _cell(paragraph("", HEAD), widths[0])
    for span in block.spans:
        over += _cell(paragraph(run(span.name), HEAD), _SIGN * span.columns, span=span.columns)
    heads = _cell(paragraph(run(block.corner), HEAD), widths[0])
    heads += "".join(_cell(paragraph(run(head), HEAD, _MIDDLE), _SIGN, more=_BARE) for head in block.heads)
    rows = "".join(_row(_signs(row, widths[0])) for row in block.rows)
    made = _table(block.caption, widths, _row(over, is_head=True) + _row(heads, is_head=True) + rows)
    legend = "   ".join(f"{SIGNS[state]} {said}" for state, said in block.legend)
    caption = paragraph(run(block.caption), HEAD, "<w:keepNext/>")
    return caption + made + paragraph(run(legend), SMALL, '<w:spacing w:before="120"/>')


def _signs(row: MatrixRow, wide: int) -> str:
    cells = (_cell(paragraph(run(SIGNS[state]), CELL, _MIDDLE), _SIGN, more=_BARE) for state in row.states)
    return _cell(paragraph(run(row.name), CELL), wide) + "".join(cells)


# -- markup ------------------------------------------------------------------------------------------


def _table(caption: str, widths: Sequence[int], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_RULES}<w:tblLayout w:type="fixed"/>{_MARGINS}'
        f'<w:tblCaption w:val="{attribute(caption)}"/>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: str, *, is_head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(inside: str, wide: int, *, span: int = 1, more: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{spanned}{more}</w:tcPr>{inside}</w:tc>'


# -- widths ------------------------------------------------------------------------------------------

_LETTER: Final = 104  # twentieths of a point: a letter or a figure in a table, taken widely
_PADDING: Final = 300  # beside the text, both sides together, and for what is wider than most
_TEXT_PART: Final = 0.25  # of a table's width, that columns of text get at least


def _widths(block: Table) -> list[int]:
    """Columns of figures get what their figures and the longest word over them need; those of text share the rest."""
    whole = WIDTH.twips
    needs = [
        _PADDING + _LETTER * _letters(block, place) if column.align is Align.RIGHT else 0
        for place, column in enumerate(block.columns)
    ]
    has_text = 0 in needs
    most = whole * (1 - _TEXT_PART) if has_text else whole
    if sum(needs) > most or not has_text:
        needs = [int(need * most / sum(needs)) for need in needs]
    shares = sum(column.share for column, need in zip(block.columns, needs, strict=True) if need == 0)
    rest = whole - sum(needs)
    return [need or int(rest * column.share / shares) for column, need in zip(block.columns, needs, strict=True)]


def _letters(block: Table, place: int) -> int:
    words = block.columns[place].head.split()
    words += [row[place].words.text for row in block.rows]
    words += [word for row in block.rows for small in row[place].small for word in small.text.split()]
    return max(map(len, words), default=1)
