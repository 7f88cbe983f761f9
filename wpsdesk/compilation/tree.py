"""The report as a tree of plain values, the same for every writer: no fonts, no sizes, no pages.

Every text stands in a :class:`Words` with its own language, because a report in bokmål holds answers in
nynorsk and English. What may not be shown is not in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.records import Records
from wpsdesk.compilation.release import Release
from wpsdesk.compilation.sources import Edition


class MarkKind(Enum):
    """What a passage of a text is."""

    STRONG = auto()
    CODE = auto()  # what is written to a machine: a command, the name of a file
    LINK = auto()  # leads to a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage ``[start:end]`` of a text; ``target`` is the anchor that a link leads to."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in one language; it may come from outside and hold anything.

    ``marks`` are its marked passages, the first first, none within another; only the manual has them.
    """

    text: str
    language: Spoken
    marks: tuple[Mark, ...] = ()

    def passages(self) -> Iterator[tuple[str, Mark | None]]:
        """The text in parts, each with its mark."""
        end = 0
        for mark in self.marks:
            if mark.start > end:
                yield self.text[end : mark.start], None
            yield self.text[mark.start : mark.end], mark
            end = mark.end
        if end < len(self.text) or not self.marks:
            yield self.text[end:], None


class Tone(Enum):
    """What a paragraph is, which a writer turns into how it looks."""

    BODY = auto()
    LEAD = auto()  # an opening that sums up
    PLAN = auto()  # the plan's own wording
    RESPONSIBLE = auto()  # who is responsible for what follows
    FACT = auto()  # "Partners: ...", a label and its value
    NOTE = auto()  # a remark of ours
    WITHHELD = auto()  # says that something is not shown, and why
    SILENT = auto()  # says who has not answered
    SOURCE = auto()  # where an answer comes from
    LABEL = auto()  # names what follows: "Results", "Evidence"
    CODE = auto()  # lines to be written to a machine as they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; ``label`` stands first in it, emphasised."""

    words: Words
    tone: Tone = Tone.BODY
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A plain list; numbered from ``first`` where that is not 0."""

    items: tuple[Words, ...]
    tone: Tone = Tone.BODY
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading. 1: chapter, 2: section, 3: commitment, 4: a unit's answer. ``number`` stands in the margin.

    ``anchor`` is unique in the document; a heading with ``in_contents`` stands in the contents and the outline.
    """

    level: int
    words: Words
    anchor: str
    number: str = ""
    aside: str = ""  # beside the heading, quieter: the status of an answer
    in_contents: bool = False


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column. Of what the figures leave, columns of text take their ``share``."""

    head: str
    share: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table's cell: the words, and below them in small print what belongs to them."""

    words: Words
    small: tuple[Words, ...] = ()
    is_code: bool = False  # digits and letters that may be broken anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; the heads are repeated on every page. ``caption`` also says it aloud."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shows_caption: bool = True
    is_wide: bool = False  # may reach into the margins
    is_dense: bool = False  # short rows, close together


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its own label."""

    label: str
    value: int
    shown: str  # the value as the language writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Plain horizontal bars. ``said`` tells the same in words, ``table`` in figures."""

    caption: str
    bars: tuple[Bar, ...]
    said: str
    table: Table | None = None


class Pattern(Enum):
    """How a part of a bar is filled, so that it is told from the others without its colour."""

    FULL = auto()
    LIGHT = auto()
    EMPTY = auto()
    SLANTED = auto()
    DOTTED = auto()
    UPRIGHT = auto()
    CROSSED = auto()
    DARK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a part of every bar stands for."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """One bar of parts: a value a kind, none below 0. A row with a ``group`` begins one of that name."""

    label: str
    values: tuple[int, ...]
    shown: tuple[str, ...]  # the values as the language writes them, short
    total: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Horizontal bars of parts, the kinds told above them; ``said`` and ``table`` tell the same."""

    caption: str
    kinds: tuple[Kind, ...]
    rows: tuple[StackRow, ...]
    said: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A country on the map: its code, where it lies, and what is told of it; "" is an empty tile."""

    code: str
    column: int
    row: int
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A map on which every country is a square as large as any other; ``said`` and ``table`` tell the same."""

    caption: str
    tiles: tuple[Tile, ...]
    legend: tuple[str, str]  # of a full tile, and of an empty one
    said: str
    table: Table


Picture = Chart | Stack | Tiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A name over some columns of a matrix."""

    name: str
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One unit's cells; ``starts_group`` asks for a line above."""

    name: str
    states: tuple[CellState, ...]
    starts_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Units by commitments, each cell a sign; ``legend`` says each sign in words."""

    caption: str
    corner: str
    spans: tuple[Span, ...]
    heads: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    legend: tuple[tuple[CellState, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A picture of the program's window, a PNG so many pixels large; ``said`` tells what it shows."""

    data: bytes
    width: int
    height: int
    said: str


Block = Paragraph | Bullets | Heading | Table | Picture | Matrix | Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Begins on a new page with a heading of level 1."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePage:
    """The first page."""

    title: str
    subtitle: str
    plan: str
    publisher: str
    compiled: str
    edition: str
    edition_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole report in one language and one edition."""

    language: Spoken
    edition: Edition
    compiled: datetime
    title: str  # "Kvinner, fred og sikkerhet – årsrapport 2026"
    subject: str
    publisher: str
    title_page: TitlePage
    contents_title: str
    page_mark: str  # on every page of an edition that must not be spread; "" in the public one
    chapters: tuple[Chapter, ...]
    records: Records | None = None  # the same as values; only of the annual report
    release: Release | None = None  # of the annual report, once it is released
    is_draft: bool = False
    is_compact: bool = False  # without a first page and without contents: it begins with its first chapter

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for chapter in self.chapters:
            yield from chapter.blocks


def heading_steps(document: Document) -> dict[str, int]:
    """By anchor, from 1: one step below the nearest heading before it that stands above it, so no step is left out."""
    return {anchor: step for chapter in document.chapters for anchor, step in _in_chapter(chapter.blocks)}


def _in_chapter(blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [*(level for level in above if level < block.level), block.level]
            yield block.anchor, len(above)
