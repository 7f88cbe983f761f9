"""From the document tree to what stands on the pages, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from wpsdesk.compilation.pdf.drawings import Bars, Sign
from wpsdesk.compilation.pdf.styles import (
    BAND,
    COVER_MEASURE,
    LINE,
    MEASURE,
    OUTDENT,
    PAGE_HEIGHT,
    STRONG_LINE,
    TOP,
    WIDE,
    styles,
)
from wpsdesk.compilation.pdf.tables import Grid, NeedRoom, grid
from wpsdesk.compilation.pdf.text import ContentsLine, HeadingText, Plan, Text, Withheld, text_width
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Heading,
    Matrix,
    Paragraph,
    Table,
    Tone,
)

COVER: Final = "cover"
PAGE: Final = "page"

_LINES_TOGETHER: Final = 3  # of a paragraph, below what leads to it


def story(document: Document) -> list[Flowable]:
    """Everything in reading order: title page, contents, chapters."""
    found: list[Flowable] = [*_cover(document), NextPageTemplate(PAGE), PageBreak(), *_contents(document)]
    for chapter in document.chapters:
        found.append(PageBreak())
        found.extend(_kept_together(chapter.blocks))
    return found


def _cover(document: Document) -> Iterator[Flowable]:
    page, look = document.title_page, styles()
    language = document.language
    title = Text.of(page.title, look.title, language)
    subtitle = Text.of(page.subtitle, look.subtitle, language)
    height = title.wrap(COVER_MEASURE, 0)[1] + subtitle.wrap(COVER_MEASURE, 0)[1] + look.subtitle.spaceBefore
    yield Spacer(1, max(0, BAND - TOP - height - 16 * mm))
    yield title
    yield subtitle
    yield Spacer(1, 28 * mm)
    yield Text.of(page.plan, look.cover, language)
    yield Text.of(page.publisher, look.cover_strong, language)
    yield Spacer(1, 10 * mm)
    yield Text.of(page.compiled, look.cover, language)
    yield Text.of(page.edition, look.cover_strong, language)
    if page.edition_note:
        yield Text.of(page.edition_note, look.cover, language)


def _contents(document: Document) -> Iterator[Flowable]:
    look = styles()
    yield HeadingText(document.contents_title, look.headings[0], document.language, anchor="contents", outline=0)
    for block in document.blocks():
        if isinstance(block, Heading) and block.in_contents:
            style = look.contents[0] if block.level == 1 else look.contents[1]
            yield ContentsLine(block.words.text, style, block.words.language, anchor=block.anchor, number=block.number)


# -- what belongs together -----------------------------------------------------------------------------


def _kept_together(blocks: Sequence[Block]) -> Iterator[Flowable]:
    """The blocks' flowables; a new page is begun rather than part a heading from what it heads."""
    waiting: list[Flowable] = []
    for block in blocks:
        made = _flowables(block)
        if _leads(block):
            waiting.extend(made)
            continue
        is_whole = isinstance(block, Matrix)  # is best seen at once; it is split only where no page is high enough
        if waiting:
            yield NeedRoom(sum(_height(one) for one in waiting) + _first_part(made, is_whole))
            yield from waiting
            waiting = []
        elif not isinstance(block, Paragraph | Bullets):
            yield NeedRoom(_first_part(made, is_whole))
        yield from made
    yield from waiting


def _leads(block: Block) -> bool:
    """Whether the block says what comes next, and means nothing alone."""
    match block:
        case Heading():
            return True
        case Paragraph(tone=Tone.LABEL | Tone.PLAN | Tone.RESPONSIBLE):
            return True
        case _:
            return False


def _height(flowable: Flowable) -> float:
    _, height = flowable.wrap(MEASURE, 0)
    return float(height + flowable.getSpaceBefore() + flowable.getSpaceAfter())


def _first_part(made: Sequence[Flowable], is_whole: bool) -> float:
    """The height of the least of it that may stand below a heading; a caption needs the table it names."""
    flowable, height = made[0], _height(made[0])
    if isinstance(flowable, Text | Spacer) and len(made) > 1 and isinstance(made[1], Grid):
        return height + _first_part(made[1:], is_whole)
    if is_whole and height < PAGE_HEIGHT / 2:
        return height
    if isinstance(flowable, Text):
        return min(height, float(_LINES_TOGETHER * flowable.style.leading + flowable.getSpaceBefore()))
    if isinstance(flowable, Grid):
        return min(height, flowable.height_of_first_rows())
    return height


# -- block by block ------------------------------------------------------------------------------------


def _flowables(block: Block) -> list[Flowable]:
    match block:
        case Heading():
            return [_heading(block)]
        case Paragraph():
            return [_paragraph(block)]
        case Bullets():
            style = styles().bullets[block.tone]
            return [Text.of(item.text, style, item.language, bullet="–") for item in block.items]
        case Table():
            caption = [Text.of(block.caption, styles().cells.caption, None)] if block.shows_caption else []
            return [*caption, _table(block), Spacer(1, 7)]
        case Chart():
            return [Bars([(bar.label, bar.value, bar.shown) for bar in block.bars], block.said)]
        case Matrix():
            return [Spacer(1, 8), _matrix(block), Spacer(1, 6), _legend(block)]


def _heading(block: Heading) -> HeadingText:
    outline = {1: 0, 3: 1}.get(block.level) if block.in_contents else None
    return HeadingText(
        block.words.text,
        styles().headings[block.level - 1],
        block.words.language,
        anchor=block.anchor,
        number=block.number,
        aside=block.aside,
        outline=outline,
        rule=block.level == 3,
    )


def _paragraph(block: Paragraph) -> Text:
    kind = {Tone.PLAN: Plan, Tone.WITHHELD: Withheld}.get(block.tone, Text)
    return kind.of(block.words.text, styles().tones[block.tone], block.words.language, label=block.label)


# -- tables --------------------------------------------------------------------------------------------


def _table(block: Table) -> Grid:
    look = styles()
    heads = [
        Text.of(column.head, look.cells.head_right if column.align is Align.RIGHT else look.cells.head, None)
        for column in block.columns
    ]
    rows = [[_cell(cell, column.align) for cell, column in zip(row, block.columns, strict=True)] for row in block.rows]
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
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    return grid(
        [heads, *rows],
        _widths(block, WIDE if block.is_wide else MEASURE),
        commands,
        indent=OUTDENT if block.is_wide else 0,
    )


_PADDING: Final = 5
_HEAD_PART: Final = 0.6  # a head may take two lines
_WIDEST_FIGURE: Final = 90  # points; a longer one is broken
_FIGURES_PART: Final = 0.75  # of a table's width at most


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
        head = max(word, text_width(column.head, look.cells.head) * _HEAD_PART)
        needs.append(max(head, *figures, *units, 0))
    padded = [None if need is None else min(need, _WIDEST_FIGURE) + 2 * _PADDING + 1 for need in needs]
    taken = sum(need for need in padded if need is not None)
    shrink = min(1, width * _FIGURES_PART / taken) if taken else 1
    rest = width - taken * shrink
    shares = sum(column.share for column, need in zip(block.columns, padded, strict=True) if need is None)
    return [
        rest * column.share / shares if need is None else need * shrink
        for column, need in zip(block.columns, padded, strict=True)
    ]


def _cell(cell: Cell, align: Align) -> list[Text]:
    look, is_right = styles(), align is Align.RIGHT
    words = Text.of(cell.words.text, look.cells.cell_right if is_right else look.cells.cell, cell.words.language)
    below = look.cells.small_right if is_right else look.cells.small
    return [words, *(Text.of(one.text, below, one.language) for one in cell.small)]


_CELL_HEIGHT: Final = 13.5


def _matrix(block: Matrix) -> Grid:
    look, count = styles(), len(block.heads)
    name_width = 38 * mm
    step = (WIDE - name_width) / max(count, 1)
    over: list[object] = [""]
    for span in block.spans:
        over += [Text.of(span.name, look.matrix.span, None), *[""] * (span.columns - 1)]
    heads = [
        Text.of(block.corner, look.matrix.corner, None),
        *(Text.of(head, look.matrix.head, None) for head in block.heads),
    ]
    rows = [
        [Text.of(row.name, look.matrix.row, None), *(Sign(state, step, _CELL_HEIGHT) for state in row.states)]
        for row in block.rows
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
    return grid([over, heads, *rows], [name_width, *[step] * count], commands, heads=2, indent=OUTDENT)


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


def _legend(block: Matrix) -> Grid:
    look = styles()
    cells: list[object] = []
    widths: list[float] = []
    for state, words in block.legend:
        text = Text.of(words, look.cells.small, None)
        cells += [Sign(state, 11, 11), text]
        widths += [15, text_width(words, look.cells.small) + 16]
    commands = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("TOP", "BOTTOM", "LEFT", "RIGHT")),
    ]
    return grid([cells], widths, commands, heads=0, indent=OUTDENT)
