"""From a block of the document tree to its element."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wpsdesk.compilation.drawing_stacks import drawn
from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Matrix,
    MatrixRow,
    Paragraph,
    Picture,
    Screen,
    Stack,
    Table,
    Tiles,
    Tone,
)
from wpsdesk.compilation.web.figures import about, svg, use
from wpsdesk.compilation.web.markup import element, lang, marked, text, void
from wpsdesk.i18n import Catalogue

_WIDTH: Final = 320.0  # of a figure, in its own measure: it is scaled to the window
_WIDE_FIGURE: Final = 420.0
_WIDE: Final = 4  # columns that a telephone has no room for


class Blocks:
    """Writes blocks in one language; ``steps`` are the headings' places in the outline, by anchor."""

    def __init__(self, language: Spoken, say: Catalogue, steps: dict[str, int]) -> None:
        self._language, self._say, self._steps = language, say, steps

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return self._list(block)
            case Table():
                return self._table(block)
            case Chart() | Stack() | Tiles() | Screen():
                return self._picture(block)
            case Matrix():
                return self._matrix(block)

    def _heading(self, block: Heading) -> str:
        number = element("span", text(block.number), class_="number") + " " if block.number else ""
        aside = " " + element("span", text(block.aside), class_="aside") if block.aside else ""
        inside = number + text(block.words.text) + aside
        tag = f"h{self._steps[block.anchor] + 1}"  # the report's title is the first
        return element(
            tag, inside, id=block.anchor, class_=f"level-{block.level}", lang=lang(block.words, self._language)
        )

    def _paragraph(self, block: Paragraph) -> str:
        label = element("strong", text(block.label)) if block.label else ""
        if block.tone is Tone.CODE:
            return _scrolling(element("pre", text(block.words.text, keeps_lines=True)), self._say("To be written"))
        told = marked(block.words)
        language = lang(block.words, self._language)
        if label and told:  # the label is ours, and in the report's language
            told = label + " " + (element("span", told.strip(), lang=language) if language else told.strip())
            language = ""
        return element("p", told or label, class_=block.tone.name.lower(), lang=language)

    def _list(self, block: Bullets) -> str:
        items = "".join(element("li", marked(w), lang=lang(w, self._language)) for w in block.items)
        if block.first:
            return element("ol", items, start=str(block.first))
        return element("ul", items, class_=block.tone.name.lower())

    # -- tables ------------------------------------------------------------------------------------

    def _table(self, block: Table) -> str:
        caption = element("caption", text(block.caption), class_="" if block.shows_caption else "heard")
        head = element("tr", "".join(_head(column) for column in block.columns))
        rows = "".join(self._row(block.columns, row) for row in block.rows)
        made = element("table", caption + element("thead", head) + element("tbody", rows))
        return _scrolling(made, block.caption) if len(block.columns) >= _WIDE else made

    def _row(self, columns: tuple[Column, ...], row: tuple[Cell, ...]) -> str:
        made = ""
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            style = _classes(column.align is Align.RIGHT and "right", cell.is_code and "code")
            if place == 0:
                made += element("th", self._cell(cell), scope="row", class_=style)
            else:
                made += element("td", self._cell(cell), class_=style)
        return element("tr", made)

    def _cell(self, cell: Cell) -> str:
        language = lang(cell.words, self._language)
        told = element("span", marked(cell.words), lang=language) if language else marked(cell.words)
        return told + "".join(
            element("small", text(words.text), lang=lang(words, self._language)) for words in cell.small
        )

    # -- figures -----------------------------------------------------------------------------------

    def _picture(self, block: Picture | Screen) -> str:
        if isinstance(block, Screen):
            return _screen(block)
        width = _WIDTH if isinstance(block, Chart) else _WIDE_FIGURE
        shown = svg(drawn(block, width, about), said=f"{block.caption}. {block.said}")
        details = ""
        if block.table is not None:
            summary = element("summary", text(self._say("The figures as a table")))
            details = element("details", summary + self._table(replace(block.table, shows_caption=False)))
        return element("figure", element("figcaption", text(block.caption)) + shown + details)

    def _matrix(self, block: Matrix) -> str:
        words = dict(block.legend)
        caption = element("caption", text(block.caption), class_="heard")
        corner = element("th", text(block.corner), scope="col", rowspan="2")
        spans = "".join(element("th", text(s.name), scope="colgroup", colspan=str(s.columns)) for s in block.spans)
        heads = "".join(element("th", text(head), scope="col") for head in block.heads)
        columns = "<colgroup><col></colgroup>"
        columns += "".join(f'<colgroup span="{span.columns}"></colgroup>' for span in block.spans)
        head = element("thead", element("tr", corner + spans) + element("tr", heads))

        def row(one: MatrixRow) -> str:
            cells = "".join(
                element("td", use(state) + element("span", text(words[state]), class_="heard"))
                if state in words
                else "<td></td>"
                for state in one.states
            )
            name = element("th", text(one.name), scope="row")
            return element("tr", name + cells, class_="group" if one.starts_group else "")

        body = element("tbody", "".join(row(one) for one in block.rows))
        table = element("table", caption + columns + head + body, class_="matrix")
        legend = "".join(element("li", use(state) + " " + text(word)) for state, word in block.legend)
        return _scrolling(table, block.caption) + element("ul", legend, class_="legend")


def _screen(block: Screen) -> str:
    source = f"data:image/png;base64,{b64encode(block.data).decode()}"
    size = {"width": str(block.width), "height": str(block.height)}
    return element("figure", void("img", src=source, alt=block.said, **size), class_="screen")


def _head(column: Column) -> str:
    return element("th", text(column.head), scope="col", class_="right" if column.align is Align.RIGHT else "")


def _classes(*names: str | bool) -> str:
    return " ".join(name for name in names if isinstance(name, str))


def _scrolling(table: str, name: str) -> str:
    """What is wider than the window moves by itself, with the keyboard too."""
    return element("div", table, class_="scroll", role="group", aria_label=name, tabindex="0")


def joined(parts: Iterable[str]) -> str:
    """Elements, each on a line of its own."""
    return "\n".join(parts)
