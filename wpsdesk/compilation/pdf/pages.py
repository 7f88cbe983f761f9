"""The pages: their frames and furniture, and the canvas that knows which page an anchor is on."""

from __future__ import annotations

from datetime import UTC
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.pdf.layout import COVER, PAGE
from wpsdesk.compilation.pdf.marking import Decoration, MarkedCanvas
from wpsdesk.compilation.pdf.structure import Role, Structure
from wpsdesk.compilation.pdf.styles import (
    ACCENT,
    BAND,
    BOTTOM,
    COVER_MEASURE,
    DANGER,
    LEFT,
    MEASURE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    styles,
)
from wpsdesk.compilation.pdf.tagged import LANGUAGE_TAG
from wpsdesk.compilation.pdf.text import draw_text
from wpsdesk.compilation.tree import Document


class Sheet(MarkedCanvas):
    """A canvas for one of the two rounds: first the pages are counted, then they are drawn."""

    def __init__(
        self, *arguments: object, is_rehearsal: bool, anchors: dict[str, int], structure: Structure, **options: object
    ) -> None:
        font = styles().cells.cell.fontName
        super().__init__(*arguments, structure=structure, **{**options, "initialFontName": font})
        self.is_rehearsal = is_rehearsal
        self._anchors = anchors

    def note_page(self, anchor: str) -> None:
        """The anchor stands on the present page."""
        self._anchors[anchor] = self.getPageNumber()

    def linkRect(  # noqa: N802
        self,
        contents: str,
        destinationname: str,
        Rect: tuple[float, ...] | None = None,  # noqa: N803
        **options: object,
    ) -> None:
        """The library's own; a link inside a text becomes an element within the text's, if it leads anywhere."""
        if not contents and self.linked is not None:
            if destinationname not in self._anchors:
                return
            self._structure.link(self.linked.add(Role.LINK), self.getPageNumber() - 1)
            contents, options = destinationname, {**options, "thickness": 0}
        super().linkRect(contents, destinationname, Rect, **options)

    def page_of(self, anchor: str) -> int:
        """The page of an anchor, known from the first round."""
        return self._anchors[anchor]


class Pages(BaseDocTemplate):  # type: ignore[misc]
    """One round over the report's pages. ``steps``: the steps done before it, when it ends, and in all."""

    def __init__(
        self, document: Document, out: BinaryIO, *, anchors: dict[str, int], structure: Structure, is_rehearsal: bool,
        progress: Progress, steps: tuple[int, int, int],
    ) -> None:  # fmt: skip
        super().__init__(
            out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            leftMargin=LEFT,
            topMargin=TOP,
            bottomMargin=BOTTOM,
            title=document.title,
            subject=document.subject,
            author=document.publisher,
            creator="WPS Desk",
            producer="WPS Desk",
            lang=LANGUAGE_TAG[document.language],
            invariant=1,
            pageCompression=0,  # the pages are compressed when they are tagged
            displayDocTitle=1,
        )
        self._document, self._anchors, self._structure, self._is_rehearsal = document, anchors, structure, is_rehearsal
        self._progress, (self._done, self._last, self._total) = progress, steps
        first = PageTemplate(id=COVER, frames=[_frame(COVER, COVER_MEASURE)], onPage=self._draw_cover)
        others = PageTemplate(id=PAGE, frames=[_frame(PAGE, MEASURE)], onPage=self._draw_furniture)
        self.addPageTemplates([others] if document.is_compact else [first, others])

    def sheet(self, *arguments: object, **options: object) -> Sheet:
        """The canvas of this round; made where the library asks for one."""
        made = Sheet(
            *arguments, is_rehearsal=self._is_rehearsal, anchors=self._anchors, structure=self._structure, **options
        )
        made.showOutline()
        made.setProducer("WPS Desk")
        made.setDateFormatter(lambda *_: _pdf_date(self._document))
        return made

    def afterFlowable(self, _flowable: Flowable) -> None:  # noqa: N802
        """Tell how far it has come."""
        self._done = min(self._done + 1, self._last)  # parts of what was split are not counted twice
        self._progress(self._done, self._total)

    def _draw_cover(self, canvas: Sheet, _pages: object) -> None:
        if canvas.is_rehearsal:
            return
        with canvas.decoration():
            canvas.saveState()
            canvas.setFillColor(ACCENT)
            canvas.rect(0, PAGE_HEIGHT - BAND, PAGE_WIDTH, BAND, stroke=0, fill=1)
            canvas.restoreState()
        with canvas.decoration(Decoration.HEAD):
            self._draw_mark(canvas, PAGE_HEIGHT - BAND - 22)

    def _draw_furniture(self, canvas: Sheet, _pages: object) -> None:
        if canvas.is_rehearsal:
            return
        look, right = styles(), LEFT + MEASURE
        with canvas.decoration(Decoration.HEAD):
            draw_text(canvas, LEFT, PAGE_HEIGHT - 17 * mm, self._document.title, look.cells.small)
            self._draw_mark(canvas, PAGE_HEIGHT - 17 * mm)
        with canvas.decoration(Decoration.FOOT):
            draw_text(canvas, LEFT, 15 * mm, self._document.title_page.edition, look.cells.small)
            draw_text(canvas, right, 15 * mm, str(canvas.getPageNumber()), look.cells.cell, align="right")

    def _draw_mark(self, canvas: Sheet, y: float) -> None:
        mark = self._document.page_mark
        if mark:
            draw_text(canvas, LEFT + MEASURE, y, mark, styles().mark, align="right", colour=DANGER)


def _frame(name: str, width: float) -> Frame:
    return Frame(
        LEFT, BOTTOM, width, PAGE_HEIGHT - TOP - BOTTOM, id=name,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _pdf_date(document: Document) -> str:
    return f"D:{document.compiled.astimezone(UTC):%Y%m%d%H%M%S}Z"
