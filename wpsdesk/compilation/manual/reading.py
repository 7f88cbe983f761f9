"""One chapter of the manual from its Markdown: headings with anchors, paragraphs, lists, tables, code, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from wpsdesk.base.errors import Malformed
from wpsdesk.compilation.manual.passages import words_of
from wpsdesk.compilation.tree import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Screen,
    Table,
    Tone,
    Words,
)
from wpsdesk.plan.model import LanguageCode

MOST: Final = 200_000
"""Characters of a chapter."""

_ANCHOR: Final = re.compile(r"(?P<title>.+?) *\{#(?P<anchor>[a-z0-9-]+)\}$")
_LEVELS: Final = {"h1": 1, "h2": 2, "h3": 4}
_PICTURE: Final = "picture:"
_LEAST_SHARE, _MOST_SHARE = 22, 60  # characters by which the columns of a table share its width

Pictured = Callable[[str, str], Screen]
"""The picture of a name, with what it shows."""


def read_chapter(text: str, *, language: LanguageCode, name: str, pictured: Pictured) -> Chapter:
    """The chapter ``name``; ``pictured`` gives its pictures.

    Raises Malformed with the chapter, the line and what stands there, where it holds what the manual may not; and what
    ``pictured`` raises.
    """
    if len(text) > MOST:
        raise Malformed(path=name, problem="too-large")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return Chapter(blocks=tuple(_Chapter(reader.parse(text), language, name, pictured).blocks()))


class _Chapter:
    """The tokens of one chapter, taken one after another."""

    def __init__(self, tokens: list[Token], language: LanguageCode, name: str, pictured: Pictured) -> None:
        self._tokens, self._language, self._name, self._pictured = iter(tokens), language, name, pictured
        self._headed = ""  # by the nearest heading

    def blocks(self) -> Iterator[Block]:
        """Every block."""
        for token in self._tokens:
            match token.type:
                case "heading_open" if token.tag in _LEVELS:
                    yield self._heading(token)
                case "paragraph_open":
                    yield self._paragraph()
                case "bullet_list_open" | "ordered_list_open":
                    first = int(token.attrs.get("start", 1)) if token.tag == "ol" else 0
                    yield Bullets(items=tuple(self._items()), first=first)
                case "table_open":
                    yield self._table()
                case "fence":
                    yield Paragraph(words=self._plain(token.content.rstrip("\n")), tone=Tone.CODE)
                case _:
                    raise self._refused(token)

    def _heading(self, opened: Token) -> Heading:
        inline = self._inside("heading_close")[0]
        found = _ANCHOR.fullmatch(inline.content)
        if found is None:
            raise Malformed(path=f"{self._place(inline)}: {{#}}", problem="missing")
        self._headed, level = found["title"], _LEVELS[opened.tag]
        return Heading(level=level, words=self._plain(found["title"]), anchor=found["anchor"], in_contents=level < 4)

    def _paragraph(self) -> Paragraph | Screen:
        inline = self._inside("paragraph_close")[0]
        children = inline.children or []
        if len(children) == 1 and children[0].type == "image":
            source = str(children[0].attrs.get("src", ""))
            if not source.startswith(_PICTURE) or not children[0].content:
                raise Malformed(path=f"{self._place(inline)}: {source}", problem="not-allowed")
            return self._pictured(source.removeprefix(_PICTURE), children[0].content)
        return Paragraph(words=self._words(inline))

    def _items(self) -> Iterator[Words]:
        """Each point one paragraph."""
        for token in takewhile(lambda one: one.tag not in ("ul", "ol"), self._tokens):
            if token.type == "list_item_open":
                inside = self._inside("list_item_close")
                if [one.type for one in inside] != ["paragraph_open", "inline", "paragraph_close"]:
                    raise self._refused(next((one for one in inside[2:] if one.type.endswith("_open")), token))
                yield self._words(inside[1])

    def _table(self) -> Table:
        rows: list[list[Words]] = []
        for token in takewhile(lambda one: one.type != "table_close", self._tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._words(token))
        heads, *body = rows
        columns = tuple(
            Column(head=head.text, share=max(_LEAST_SHARE, min(_MOST_SHARE, max(len(row[at].text) for row in rows))))
            for at, head in enumerate(heads)
        )
        cells = tuple(tuple(Cell(words=words) for words in row) for row in body)
        return Table(caption=self._headed, columns=columns, rows=cells, shows_caption=False)

    # -- what they share ---------------------------------------------------------------------------

    def _inside(self, close: str) -> list[Token]:
        return list(takewhile(lambda token: token.type != close, self._tokens))

    def _words(self, inline: Token) -> Words:
        return words_of(inline.children or [], self._language, self._place(inline))

    def _plain(self, text: str) -> Words:
        return Words(text=text, language=self._language)

    def _place(self, token: Token) -> str:
        return f"{self._name}:{(token.map or [0])[0] + 1}"

    def _refused(self, token: Token) -> Malformed:
        return Malformed(path=f"{self._place(token)}: {token.type}", problem="not-allowed")
