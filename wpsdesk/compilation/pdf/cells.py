"""Tables, the coverage matrix and its legend: what stands in their cells, and how wide these are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm

from wpsdesk.compilation.figures import SIGNS, CellState
from wpsdesk.compilation.pdf.drawings import Sign
from wpsdesk.compilation.pdf.structure import Element, Role, Scope
from wpsdesk.compilation.pdf.styles import LINE, MEASURE, OUTDENT, STRONG_LINE, WIDE, styles
from wpsdesk.compilation.pdf.tables import Grid, grid
from wpsdesk.compilation.pdf.text import Text, text_width
from wpsdesk.compilation.tree import Align, Cell, Column, Matrix, MatrixRow, Table, Words


def table(block: Table, element: Element) -> Grid:
    """The table's rows below its heads; ``element`` gets them both."""
    head = element.add(Role.HEADS).add(Role.ROW)
    heads = [_head(column, head) for column in block.columns]
    body = element.add(Role.ROWS)
    rows = [_row(row, block.columns, body.add(Role.ROW)) for row in block.rows]
    commands: list[tuple[object, ...]] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, STRONG_LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, STRONG_LINE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5 if block.is_dense else 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 if block.is_dense else 5),
    ]
    return grid(
        [heads, *rows],
        _widths(block, WIDE if block.is_wide else MEASURE),
        commands,
        indent=OUTDENT if block.is_wide else 0,
    )


_PADDING: Final = 5
_HEAD_PART: Final = 0.6  # a head may take two lines,
_SHORT_HEAD: Final = 30  # points; but not for so little
_WIDEST_FIGURE: Final = 90  # points; a longer one is broken
_TEXT_PART: Final = 0.25  # of a table's width, that columns of text get at least, where their words need as much


def _widths(block: Table, width: float) -> list[float]:
    """Columns of figures get what they need; the columns of text share the rest."""
    look = styles()
    needs: list[float | None] = []
    for place, column in enumerate(block.columns):
        if column.align is Align.LEFT:
            needs.append(None)
            continue
        figures = [text_width(row[place].words.text, look.cells.cell) for row in block.rows]
        units = [text_width(small.text, look.cells.small) for row in block.rows for small in row[place].small]
        word = max((text_width(word, look.cells.head) for word in column.head.split()), default=0)
        whole = text_width(column.head, look.cells.head)
        head = max(word, whole if whole <= _SHORT_HEAD else whole * _HEAD_PART)
        needs.append(max(head, *figures, *units, 0))
    padded = [None if need is None else min(need, _WIDEST_FIGURE) + 2 * _PADDING + 1 for need in needs]
    taken = sum(need for need in padded if need is not None)
    least = min(width * _TEXT_PART, sum(_longest_word(block, p) for p, n in enumerate(padded) if n is None))
    shrink = min(1, (width - least) / taken) if taken else 1
    rest = width - taken * shrink
    shares = sum(column.share for column, need in zip(block.columns, padded, strict=True) if need is None)
    return [
        rest * column.share / shares if need is None else need * shrink
        for column, need in zip(block.columns, padded, strict=True)
    ]


def _longest_word(block: Table, place: int) -> float:
    """What a column of text cannot do without, with its padding."""
    look = styles().cells
    words = [(word, look.head) for word in block.columns[place].head.split()]
    words += [(word, look.cell) for row in block.rows for word in row[place].words.text.split()]
    return max((text_width(word, style) for word, style in words), default=0) + 2 * _PADDING


def _head(column: Column, row: Element) -> Text:
    look = styles().cells
    style = look.head_right if column.align is Align.RIGHT else look.head
    return Text.of(column.head, style, row.add(Role.HEAD, scope=Scope.COLUMN))


def _row(cells: tuple[Cell, ...], columns: tuple[Column, ...], row: Element) -> list[list[Text]]:
    return [
        _cell(cell, column.align, row.add(Role.CELL, cell.words.language))
        for cell, column in zip(cells, columns, strict=True)
    ]


def _cell(cell: Cell, align: Align, element: Element) -> list[Text]:
    look, is_right = styles().cells, align is Align.RIGHT
    below = look.small_right if is_right else look.small

    def paragraph(words: Words) -> Element:
        return element.add(Role.PARAGRAPH, words.language) if cell.small else element

    words = Text.of(cell.words, look.cell_right if is_right else look.cell, paragraph(cell.words))
    return [words, *(Text.of(one.text, below, paragraph(one)) for one in cell.small)]


_CELL_HEIGHT: Final = 13.5


def matrix(block: Matrix, element: Element) -> Grid:
    """Units by commitments; ``element`` gets heads and rows."""
    count = len(block.heads)
    name_width = 38 * mm
    step = (WIDE - name_width) / max(count, 1)
    heads, body, words = element.add(Role.HEADS), element.add(Role.ROWS), dict(block.legend)
    rows = [
        _matrix_spans(block, heads.add(Role.ROW)),
        _matrix_heads(block, heads.add(Role.ROW)),
        *(_matrix_row(row, step, body.add(Role.ROW), words) for row in block.rows),
    ]
    commands: list[tuple[object, ...]] = [
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 3),
        ("TOPPADDING", (0, 2), (0, -1), 1.5),
        ("BOTTOMPADDING", (0, 2), (0, -1), 1.5),
        ("VALIGN", (0, 0), (-1, 1), "BOTTOM"),
        ("VALIGN", (0, 2), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 1), (-1, 1), 0.6, STRONG_LINE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.6, STRONG_LINE),
        *_span_commands(block),
        *(
            ("LINEABOVE", (0, place), (-1, place), 0.6, STRONG_LINE)
            for place, row in enumerate(block.rows, start=2)
            if row.starts_group
        ),
    ]
    return grid(rows, [name_width, *[step] * count], commands, heads=2, indent=OUTDENT)


def _matrix_spans(block: Matrix, row: Element) -> list[object]:
    row.add(Role.CELL)  # the empty corner
    over: list[object] = [""]
    for span in block.spans:
        head = row.add(Role.HEAD, scope=Scope.COLUMN, columns=span.columns)
        over += [Text.of(span.name, styles().matrix.span, head), *[""] * (span.columns - 1)]
    return over


def _matrix_heads(block: Matrix, row: Element) -> list[object]:
    look = styles().matrix
    return [
        Text.of(block.corner, look.corner, row.add(Role.HEAD, scope=Scope.COLUMN)),
        *(Text.of(head, look.head, row.add(Role.HEAD, scope=Scope.COLUMN)) for head in block.heads),
    ]


def _matrix_row(found: MatrixRow, step: float, row: Element, words: dict[CellState, str]) -> list[object]:
    name = Text.of(found.name, styles().matrix.row, row.add(Role.HEAD, scope=Scope.ROW))
    return [name, *(_sign(state, step, row.add(Role.CELL), words) for state in found.states)]


def _sign(state: CellState, step: float, cell: Element, words: dict[CellState, str]) -> Sign:
    if state is CellState.NOT_ASKED:
        return Sign(state, step, _CELL_HEIGHT)
    return Sign(state, step, _CELL_HEIGHT, cell.add(Role.FIGURE, said=words.get(state, SIGNS[state])))


def _span_commands(block: Matrix) -> Iterator[tuple[object, ...]]:
    """Area names over their columns, and a thin line between the areas."""
    first = 1
    for place, span in enumerate(block.spans):
        last = first + span.columns - 1
        yield ("SPAN", (first, 0), (last, 0))
        yield ("LEFTPADDING", (first, 0), (last, 0), 2)
        if place:
            yield ("LINEBEFORE", (first, 0), (first, -1), 0.4, LINE)
        first = last + 1


def legend(block: Matrix, element: Element) -> Grid:
    """The signs in words. ``element`` gets the words as a list: who hears the table hears them in place of signs."""
    look = styles().cells
    cells: list[object] = []
    widths: list[float] = []
    listed = element.add(Role.LIST)
    for state, words in block.legend:
        cells += [Sign(state, 11, 11), Text.of(words, look.small, listed.add(Role.ITEM).add(Role.BODY))]
        widths += [15, text_width(words, look.small) + 16]
    commands = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("TOP", "BOTTOM", "LEFT", "RIGHT")),
    ]
    return grid([cells], widths, commands, heads=0, indent=OUTDENT)
