"""How the report looks: one page, one family in two weights, one scale of sizes, few colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from wpsdesk.compilation.pdf.fonts import Face, Faces, faces
from wpsdesk.compilation.tree import Tone

# -- the page, in points -------------------------------------------------------------------------------

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT: Final = 44 * mm  # the numbers of the commitments stand in this margin
RIGHT: Final = 32 * mm
TOP: Final = 30 * mm
BOTTOM: Final = 28 * mm
MEASURE: Final = PAGE_WIDTH - LEFT - RIGHT  # some 75 characters of body text
NUMBER_GAP: Final = 6 * mm  # between a number in the margin and the text
OUTDENT: Final = 20 * mm  # how far a wide table reaches into the left margin
OVERHANG: Final = 8 * mm  # and into the right one
COVER_MEASURE: Final = PAGE_WIDTH - LEFT - 12 * mm  # the title stands on one line
WIDE: Final = MEASURE + OUTDENT + OVERHANG
BAND: Final = 88 * mm  # height of the title page's band

# -- colours -------------------------------------------------------------------------------------------

ACCENT: Final[Color] = HexColor("#0062BA")
TEXT: Final[Color] = HexColor("#292C30")
MUTED: Final[Color] = HexColor("#5B5D60")
SURFACE: Final[Color] = HexColor("#F3F3F4")
LINE: Final[Color] = HexColor("#C9CACB")
STRONG_LINE: Final[Color] = HexColor("#77797B")
SUCCESS: Final[Color] = HexColor("#068718")
DANGER: Final[Color] = HexColor("#C01B1B")
WHITE: Final[Color] = white


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStyles:
    """What stands in tables, and small print elsewhere."""

    cell: ParagraphStyle
    cell_right: ParagraphStyle
    head: ParagraphStyle
    head_right: ParagraphStyle
    small: ParagraphStyle  # below the words of a cell
    small_right: ParagraphStyle
    caption: ParagraphStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixStyles:
    """The coverage table, where room is short."""

    span: ParagraphStyle
    head: ParagraphStyle
    corner: ParagraphStyle
    row: ParagraphStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Every paragraph style; ``faces`` says which font each character is drawn with."""

    faces: Faces
    title: ParagraphStyle
    subtitle: ParagraphStyle
    cover: ParagraphStyle
    cover_strong: ParagraphStyle
    headings: tuple[ParagraphStyle, ParagraphStyle, ParagraphStyle, ParagraphStyle]
    tones: Mapping[Tone, ParagraphStyle]
    bullets: Mapping[Tone, ParagraphStyle]
    steps: ParagraphStyle  # a numbered list
    cells: CellStyles
    matrix: MatrixStyles
    contents: tuple[ParagraphStyle, ParagraphStyle]
    mark: ParagraphStyle  # on every page of an internal edition

    def face(self, style: ParagraphStyle) -> Face:
        """The weight that the style is set in."""
        return self.faces.semibold if style.fontName == self.faces.semibold.main else self.faces.regular


@cache
def styles() -> Styles:
    """The styles; made once, when the fonts are there."""
    found = faces()
    base = ParagraphStyle(
        "base",
        fontName=found.regular.main,
        bulletFontName=found.regular.main,
        textColor=TEXT,
        alignment=TA_LEFT,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )
    strong = ParagraphStyle("strong", parent=base, fontName=found.semibold.main)
    return Styles(
        faces=found,
        title=_style(strong, "title", 29, 37, textColor=WHITE),
        subtitle=_style(base, "subtitle", 18, 25, textColor=WHITE, spaceBefore=6),
        cover=_style(base, "cover", 11, 17, spaceAfter=2),
        cover_strong=_style(strong, "cover-strong", 11, 17, spaceAfter=2),
        headings=(
            _style(strong, "h1", 21, 27, spaceAfter=14),
            _style(strong, "h2", 13.5, 18, textColor=ACCENT, spaceBefore=20, spaceAfter=6),
            _style(strong, "h3", 12, 16.5, spaceBefore=22, spaceAfter=5),
            _style(strong, "h4", 10.5, 15, spaceBefore=15, spaceAfter=3),
        ),
        tones=MappingProxyType(_tones(_style(base, "body", 9.5, 14.25, spaceAfter=5))),
        bullets=MappingProxyType(_bullets(base)),
        steps=_style(base, "steps", 9.5, 14.25, leftIndent=17, spaceAfter=2.5),
        cells=_cells(base, strong),
        matrix=_matrix(base, strong),
        contents=(
            _style(strong, "contents-1", 9.5, 13, spaceBefore=7, spaceAfter=1),
            _style(base, "contents-2", 9, 12.75),
        ),
        mark=_style(strong, "mark", 9, 12, textColor=DANGER),
    )


def _style(parent: ParagraphStyle, name: str, size: float, leading: float, /, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, parent=parent, fontSize=size, leading=leading, bulletFontSize=size, **more)


def _bullets(base: ParagraphStyle) -> dict[Tone, ParagraphStyle]:
    return {
        Tone.BODY: _style(base, "list", 9.5, 14.25, leftIndent=11, spaceAfter=2.5),
        Tone.NOTE: _style(base, "list-small", 8.5, 12, leftIndent=10, spaceAfter=1.5),
    }


def _cells(base: ParagraphStyle, strong: ParagraphStyle) -> CellStyles:
    return CellStyles(
        cell=_style(base, "cell", 8.5, 11.5),
        cell_right=_style(base, "cell-right", 8.5, 11.5, alignment=TA_RIGHT),
        head=_style(strong, "head", 8, 11, textColor=MUTED),
        head_right=_style(strong, "head-right", 8, 11, textColor=MUTED, alignment=TA_RIGHT),
        small=_style(base, "small", 7.5, 10, textColor=MUTED),
        small_right=_style(base, "small-right", 7.5, 10, textColor=MUTED, alignment=TA_RIGHT),
        caption=_style(strong, "caption", 8.5, 12, spaceBefore=8, spaceAfter=3),
    )


def _matrix(base: ParagraphStyle, strong: ParagraphStyle) -> MatrixStyles:
    return MatrixStyles(
        span=_style(base, "span", 6.4, 7.8),
        head=_style(base, "span-head", 6.4, 7.8, alignment=TA_CENTER),
        corner=_style(strong, "corner", 7.5, 9),
        row=_style(base, "row", 7.5, 9),
    )


def _tones(body: ParagraphStyle) -> dict[Tone, ParagraphStyle]:
    return {
        Tone.BODY: body,
        Tone.LEAD: _style(body, "lead", 11.5, 17.5, spaceAfter=8),
        Tone.PLAN: _style(body, "plan", 9.5, 14.25, textColor=MUTED, leftIndent=10, spaceBefore=2, spaceAfter=7),
        Tone.FACT: _style(body, "fact", 8.5, 12.5, spaceAfter=3),
        Tone.RESPONSIBLE: _style(body, "responsible", 8.5, 12.5, spaceAfter=3),
        Tone.NOTE: _style(body, "note", 8.5, 12.5, textColor=MUTED, spaceAfter=4),
        Tone.WITHHELD: _style(body, "withheld", 9, 13, leftIndent=10, rightIndent=8, spaceBefore=5, spaceAfter=8),
        Tone.SILENT: _style(body, "silent", 8.5, 12.5, spaceBefore=14, spaceAfter=4),
        Tone.SOURCE: _style(body, "source", 7, 10, textColor=MUTED, spaceBefore=5, spaceAfter=2),
        Tone.CODE: _style(body, "code", 8.5, 12.5, leftIndent=10, rightIndent=8, spaceBefore=5, spaceAfter=8),
        Tone.LABEL: _style(body, "label", 8.5, 12.5, textColor=MUTED, spaceBefore=5, spaceAfter=1),
    }
