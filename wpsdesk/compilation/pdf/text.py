"""Text on the page: runs of the right font, paragraphs, headings, lines of the contents.

Text from outside never passes through the PDF library's markup: it is handed over as fragments, so ``<b>``
and ``&`` are letters like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Self

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as LibraryParagraph
from reportlab.platypus.paragraph import ParaLines
from reportlab.platypus.paraparser import ParaFrag

from wpsdesk.compilation.pdf.fonts import Face
from wpsdesk.compilation.pdf.joining import as_seen, seen_runs_of
from wpsdesk.compilation.pdf.structure import Area, Element
from wpsdesk.compilation.pdf.styles import (
    ACCENT,
    LINE,
    MEASURE,
    MUTED,
    NUMBER_GAP,
    STRONG_LINE,
    SURFACE,
    TEXT,
    styles,
)
from wpsdesk.compilation.tree import Mark, MarkKind, Words

_REPLACEMENT: Final = "\ufffd"
_SPACES: Final = re.compile(" +")
_JOINERS: Final = frozenset((0x200C, 0x200D))  # say whether letters are to be joined
_PLAIN: Final = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026]*")


# -- text ------------------------------------------------------------------------------------------


def runs(text: str, face: Face) -> Iterator[tuple[str, str]]:
    """``text`` as (font name, characters) runs in the order of writing; "\\n" stands alone.

    Control and format characters are left out (bidirectional overrides among them); a character that no font
    of ours can draw, or that means nothing outside one font, becomes U+FFFD.
    """
    if _PLAIN.fullmatch(text):
        yield face.main, text
        return
    for font, group in groupby(_drawable(text, face), key=lambda pair: pair[0]):
        found = "".join(character for _, character in group)
        yield font, face.joining.joined(found) if font == face.arabic else found


def _drawable(text: str, face: Face) -> Iterator[tuple[str, str]]:
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        code = ord(character)
        if character == "\n":
            yield "", character
        elif character.isspace():
            yield face.main, "\u00a0" if character in "\u00a0\u202f\u2007" else " "
        elif code in _JOINERS:
            yield face.arabic, character
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs"):
            continue
        elif unicodedata.category(character) == "Co":
            yield face.main, _REPLACEMENT
        elif code in face.drawn:
            yield face.main, character
        elif code in face.drawn_in_arabic:
            yield face.arabic, character
        else:
            yield face.main, _REPLACEMENT


def seen_runs(text: str, face: Face) -> Iterator[tuple[str, str]]:
    """The same runs in the order in which one line of them is seen, from the left."""
    found = list(runs(text, face))
    return iter(seen_runs_of(found, face.joining))


def _fragments(text: str, style: ParagraphStyle, face: Face, colour: Color | None = None) -> Iterator[ParaFrag]:
    for font, characters in runs(text, face):
        for line, piece in enumerate([characters] if font else characters.split("\n")):
            if line:
                yield _fragment("", face.main, style, colour, is_break=True)
            if piece:
                yield _fragment(piece, font, style, colour)


def _fragment(text: str, font: str, style: ParagraphStyle, colour: Color | None, *, is_break: bool = False) -> ParaFrag:
    fragment = ParaFrag(
        text=text,
        fontName=font,
        fontSize=style.fontSize,
        textColor=style.textColor if colour is None else colour,
        bold=0,
        italic=0,
        rise=0,
        greek=0,
        link=[],
        us_lines=[],
    )
    if is_break:
        fragment.lineBreak = True
    return fragment


def _all_fragments(words: Words | str, style: ParagraphStyle, label: str = "") -> list[ParaFrag]:
    """The label emphasised, a space, the text with its marked passages; never an empty list."""
    found = styles()
    fragments: list[ParaFrag] = []
    text = words if isinstance(words, str) else words.text
    if label:
        fragments += _fragments(label, style, found.faces.semibold, TEXT)
        text = f" {text}" if text and not text.startswith(" ") else text
    if isinstance(words, str) or not words.marks:
        fragments += _fragments(text, style, found.face(style))
    else:
        for part, mark in words.passages():
            fragments += _marked(part, mark, style)
    return fragments or [_fragment("", style.fontName, style, None)]


def _marked(part: str, mark: Mark | None, style: ParagraphStyle) -> Iterator[ParaFrag]:
    """A passage: strong in semibold, code on a quiet ground, a link in the colour of links."""
    found = styles()
    kind = None if mark is None else mark.kind
    is_link = kind is MarkKind.LINK
    face = found.faces.semibold if kind is MarkKind.STRONG else found.face(style)
    for fragment in _fragments(part, style, face, ACCENT if is_link else None):
        fragment.backColor = SURFACE if kind is MarkKind.CODE else None
        if mark is not None and is_link:
            fragment.link = [(mark.start, f"#{mark.target}")]
        yield fragment


class Text(LibraryParagraph):  # type: ignore[misc]
    """A paragraph of plain text. Its lines are broken once for a width, however often its height is asked for."""

    # The library makes the parts of a split paragraph with this class, so the constructor is its own.
    element: Element | None = None  # whose the text is; decoration where there is none
    label: Element | None = None  # whose the bullet is
    bullet: str = ""
    blPara: ParaLines  # noqa: N815 - the broken lines; the library's
    _broken_for: float | None = None
    _written: str | None = None  # the text of the whole, with single spaces
    _ends: Sequence[bool] | None = None  # of a part: whether its lines end with a space

    @classmethod
    def of(cls, words: Words | str, style: ParagraphStyle, element: Element | None = None, *, label: str = "") -> Self:
        """``words`` in ``style``, with ``label`` emphasised in front."""
        made = cls("", style, frags=_all_fragments(words, style, label))
        made.element = element
        return made

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Width and height, in points; the lines do not depend on the height."""
        if self._written is None and self._ends is None:
            self._written = _written(self.frags)  # the library changes them as it breaks the lines
        if self._broken_for != width or "blPara" not in self.__dict__:  # the library drops the lines now and then
            super().wrap(width, height)
            self._broken_for = width
        return width, self.height

    def split(self, width: float, height: float) -> list[Text]:
        """At most two parts, the first no higher than ``height``; they are one element still."""
        parts: list[Text] = super().split(width, height)
        for part in parts:
            part.element = self.element
        if len(parts) == 2:
            ends, lines = self._line_ends(), len(parts[0].blPara.lines)
            parts[0]._ends, parts[1]._ends = ends[:lines], ends[lines:]
            parts[0].bullet, parts[0].label = self.bullet, self.label
        return parts

    def draw(self) -> None:
        """The bullet, the text."""
        canvas = self.canv
        if self.bullet:
            with canvas.marked(self.label):
                draw_text(canvas, 0, self._baseline(), self.bullet, self.style)
        with canvas.marked(self.element), canvas.linking(self.element):
            self.draw_content()

    def draw_content(self) -> None:
        """What is marked as the element's: the lines of the text."""
        self.canv.line_ends = iter(self._line_ends())
        kept = self.blPara
        self.blPara = as_seen(kept)
        try:
            super().draw()
        finally:
            self.blPara = kept

    def _line_ends(self) -> Sequence[bool]:
        return list(_line_ends(self._written or "", self.blPara.lines)) if self._ends is None else self._ends

    def _baseline(self) -> float:
        return float(self.height - self.style.fontSize)


def _written(fragments: Sequence[ParaFrag]) -> str:
    pieces = (" " if getattr(fragment, "lineBreak", False) else fragment.text for fragment in fragments)
    return _SPACES.sub(" ", "".join(pieces)).strip(" ")


def _line_ends(whole: str, lines: Sequence[object]) -> Iterator[bool]:
    """Whether each line was broken at a space, and not within a word that is longer than a line."""
    end = 0
    for line in lines:
        words = line[1] if isinstance(line, tuple) else [fragment.text for fragment in line.words]  # type: ignore[attr-defined]
        text = (" " if isinstance(line, tuple) else "").join(words).strip(" ")
        found = whole.find(text, end)
        end = found + len(text) if found >= 0 else len(whole)
        yield whole[end : end + 1] in ("", " ")


class Plan(Text):
    """The plan's own wording, with a line at its left."""

    line: Color = LINE
    ground: Color | None = None

    def draw(self) -> None:
        """The line, the ground, the text."""
        canvas = self.canv
        with canvas.decoration():
            canvas.saveState()
            if self.ground is not None:
                canvas.setFillColor(self.ground)
                canvas.rect(0, -4, MEASURE, self.height + 7, stroke=0, fill=1)
            canvas.setFillColor(self.line)
            top, bottom = (3, 4) if self.ground is not None else (-2, 0)
            canvas.rect(0, -bottom, 2, self.height + top + bottom, stroke=0, fill=1)
            canvas.restoreState()
        super().draw()


class Withheld(Plan):
    """Says in words that something is not shown; a quiet ground sets it apart."""

    line = STRONG_LINE
    ground = SURFACE


class HeadingText(Text):
    """A heading with its number in the margin, what stands beside it, its bookmark and its outline entry."""

    def __init__(
        self,
        text: str,
        style: ParagraphStyle,
        element: Element,
        *,
        anchor: str,
        number: str = "",
        aside: str = "",
        outline: int | None = None,
        rule: bool = False,
    ) -> None:
        self.anchor, self.number, self.aside, self.outline, self.rule = anchor, number, aside, outline, rule
        self.title = text
        if aside:
            taken = text_width(aside, styles().cells.cell) + 12
            style = ParagraphStyle(style.name, parent=style, rightIndent=taken)
        super().__init__("", style, frags=_all_fragments(text, style))
        self.element = element

    def split(self, _width: float, _height: float) -> list[Text]:
        """A heading stays whole."""
        return []

    def draw(self) -> None:
        """Note the page; then bookmark, rule, number, text, aside."""
        canvas = self.canv
        canvas.note_page(self.anchor)
        canvas.bookmarkHorizontal(self.anchor, 0, self.height + 12)
        if self.outline is not None:
            title = f"{self.number} {self.title}" if self.number else self.title
            canvas.addOutlineEntry(title, self.anchor, self.outline, closed=self.outline == 0)
        if self.rule:
            with canvas.decoration():
                canvas.saveState()
                canvas.setStrokeColor(LINE)
                canvas.setLineWidth(0.6)
                canvas.line(-NUMBER_GAP - 14, self.height + 8, MEASURE, self.height + 8)
                canvas.restoreState()
        super().draw()

    def draw_content(self) -> None:
        """Number, text, aside, with spaces between them for whoever hears them read."""
        _draw_number(self.canv, self._baseline(), self.number, self.style)
        super().draw_content()
        if self.aside:
            aside = f" {self.aside}"
            draw_text(self.canv, MEASURE, self._baseline(), aside, styles().cells.cell, align="right", colour=MUTED)


class ContentsLine(Text):
    """A line of the contents: number, title, page; the whole line is a link."""

    def __init__(self, text: str, style: ParagraphStyle, element: Element, *, anchor: str, number: str = "") -> None:
        self.anchor, self.number, self.title = anchor, number, text
        style = ParagraphStyle(style.name, parent=style, rightIndent=30)
        super().__init__("", style, frags=_all_fragments(text, style))
        self.element = element

    def split(self, _width: float, _height: float) -> list[Text]:
        """A line of the contents stays whole."""
        return []

    def draw_content(self) -> None:
        """The contents are drawn last, so the page is known."""
        canvas, baseline = self.canv, self._baseline()
        _draw_number(canvas, baseline, self.number, self.style)
        super().draw_content()
        page = f" {canvas.page_of(self.anchor)}"
        draw_text(canvas, MEASURE, baseline, page, self.style, align="right", colour=MUTED)
        canvas.link(self.element, self.title, self.anchor, Area(-NUMBER_GAP - 14, -1, MEASURE, self.height + 1))


# -- text without a paragraph --------------------------------------------------------------------------


def text_width(text: str, style: ParagraphStyle) -> float:
    """The width of one line, in points."""
    found = (stringWidth(part, font, style.fontSize) for font, part in runs(text, styles().face(style)) if font)
    return float(sum(found))


def draw_text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    style: ParagraphStyle,
    *,
    align: str = "left",
    colour: Color | None = None,
) -> None:
    """One line with its baseline at ``y``, from ``x`` to the right, or ending at ``x``."""
    canvas.saveState()
    canvas.setFillColor(style.textColor if colour is None else colour)
    if align == "right":
        x -= text_width(text, style)
    for font, part in seen_runs(text, styles().face(style)):
        if font:
            canvas.setFont(font, style.fontSize)
            canvas.drawString(x, y, part)
            x += stringWidth(part, font, style.fontSize)
    canvas.restoreState()


def _draw_number(canvas: Canvas, y: float, number: str, style: ParagraphStyle) -> None:
    """In the margin, ending at a fixed place; the space after it is heard, not seen."""
    if number:
        end = text_width(" ", style) - NUMBER_GAP
        draw_text(canvas, end, y, f"{number} ", style, align="right", colour=ACCENT)
