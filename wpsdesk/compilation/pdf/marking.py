"""A canvas on which everything drawn is either an element's or decoration, as a tagged PDF asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from wpsdesk.compilation.pdf.joining import JoiningFont
from wpsdesk.compilation.pdf.structure import Area, Element, Structure


class Decoration(Enum):
    """What is drawn without being part of what the report says (ISO 32000-1, 14.8.2.2)."""

    LAYOUT = "/Artifact <</Type /Layout>> BDC"  # lines, grounds
    HEAD = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
    FOOT = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
    REPEATED = "/Artifact <</Type /Pagination>> BDC"  # a table's heads on its later pages


class _Lines(PDFTextObject):  # type: ignore[misc]
    """Lines of text. The space at which one was broken is written, though not seen: words are heard apart."""

    _curSubset: int  # noqa: N815 - of the font in use, the part that was drawn with last; the library's

    def _formatText(self, text: str) -> str:  # noqa: N802
        """The library's own; joined letters are put in their places."""
        font = pdfmetrics.getFont(self._fontname)
        if isinstance(font, JoiningFont):
            return " ".join(self._placed(font, text))
        return str(super()._formatText(text))

    def _placed(self, font: JoiningFont, text: str) -> Iterator[str]:
        """The operators that draw every form in its place (ISO 32000-1, 9.3.7 and 9.4.3)."""
        document, size, places = self._canvas._doc, self._fontsize, iter(text)
        for subset, codes in font.splitString(text, document):
            if subset != self._curSubset:
                yield f"{font.getSubsetInternalName(subset, document)} {size:g} Tf {self._leading:g} TL"
                self._curSubset = subset
            for code, character in zip(codes, places, strict=False):
                before, up, after = font.place_of(character)
                drawn = f"[{-before:g} <{code:02X}> {-after:g}] TJ" if before or after else f"<{code:02X}> Tj"
                yield f"{up * size / 1000:g} Ts {drawn} 0 Ts" if up else drawn

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803
        is_broken_at_space = bool(TStar) and next(self._canvas.line_ends, True)
        super()._textOut(f"{text} " if is_broken_at_space else text, TStar)


class MarkedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose drawing is marked for ``structure``."""

    def __init__(self, *arguments: object, structure: Structure, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._structure = structure
        self._is_marking = False
        self.linked: Element | None = None  # whose text is being drawn: links in it are its own
        self.line_ends: Iterator[bool] = iter(())  # of the paragraph being drawn: whether a space is to end the line

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> _Lines:  # noqa: N802
        """A text object of ours; called by the library."""
        return _Lines(self, x, y, direction=direction)

    @contextmanager
    def marked(self, element: Element | None) -> Iterator[None]:
        """What is drawn within is the element's, or decoration where there is none.

        Within something marked already nothing changes: marks do not nest.
        """
        if element is None:
            begin = Decoration.LAYOUT.value
        elif not self._is_marking:
            begin = f"/{element.role} <</MCID {self._structure.mark(element, self.getPageNumber() - 1)}>> BDC"
        else:
            begin = ""
        with self._between(begin):
            yield

    @contextmanager
    def decoration(self, what: Decoration = Decoration.LAYOUT) -> Iterator[None]:
        """What is drawn within says nothing."""
        with self._between(what.value):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        if self._is_marking:
            yield
            return
        self._is_marking = True
        self.addLiteral(begin)
        try:
            yield
        finally:
            self.addLiteral("EMC")
            self._is_marking = False

    def place(self, element: Element | None, width: float, height: float) -> None:
        """The element's picture stands at the origin, so large."""
        if element is not None:
            left, bottom = self.absolutePosition(0, 0)
            element.area = Area(left, bottom, left + width, bottom + height)

    @contextmanager
    def linking(self, element: Element | None) -> Iterator[None]:
        """The links in the text that is drawn within are the element's."""
        self.linked, before = element, self.linked
        try:
            yield
        finally:
            self.linked = before

    def link(self, element: Element | None, said: str, anchor: str, area: Area) -> None:
        """A link to ``anchor`` over ``area``, which is the element's."""
        if element is not None:
            self._structure.link(element, self.getPageNumber() - 1)
        self.linkRect(said, anchor, tuple(area), relative=1, thickness=0)
