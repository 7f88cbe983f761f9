"""The pages: their frames and furniture, and the canvas that knows which page an anchor is on."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import UTC
from operator import itemgetter
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFName, PDFStream
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from wpsdesk.compilation.language_tags import language_tag
from wpsdesk.compilation.pdf.layout import CONTENTS, COVER, PAGE
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
from wpsdesk.compilation.pdf.text import draw_text
from wpsdesk.compilation.tree import Document, Heading


class Sheet(MarkedCanvas):
    """A canvas whose pages may be drawn in another order than they stand in, and that knows where an anchor stands."""

    def __init__(
        self, *arguments: object, structure: Structure, anchors: Iterable[str] = (), **options: object
    ) -> None:  # fmt: skip
        font = styles().cells.cell.fontName
        super().__init__(*arguments, structure=structure, **{**options, "initialFontName": font})
        self._anchors = dict.fromkeys(anchors, 0)  # the page of each, 0 until it is drawn
        self._numbers: list[int] = []  # of the pages, as they were drawn

    def note_page(self, anchor: str) -> None:
        """The anchor stands on the present page."""
        self._anchors[anchor] = self.getPageNumber()

    def page_of(self, anchor: str) -> int:
        """The page of an anchor that has been drawn."""
        return self._anchors[anchor]

    def turn_to(self, number: int) -> None:
        """The page that is now begun has this number; nothing must have been drawn on it."""
        self._pageNumber = number

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

    def showPage(self) -> None:  # noqa: N802
        """End the page. What was drawn on it is packed at once, for there may be a thousand of them."""
        self._numbers.append(self.getPageNumber())
        super().showPage()
        page = self._doc.Pages.pages[-1]
        packed = PDFStream(content=zlib.compress(page.stream.encode("ascii")))
        packed.dictionary["Filter"] = PDFName("FlateDecode")
        page.stream, page.Contents = None, packed

    def save(self) -> None:
        """Put the pages in order and write them."""
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        pages[:] = [page for _, page in sorted(zip(self._numbers, pages, strict=True), key=itemgetter(0))]
        super().save()


class Pages(BaseDocTemplate):  # type: ignore[misc]
    """The report's pages, which take one flowable after the other: begin, put what there is, finish."""

    def __init__(self, document: Document, out: BinaryIO, structure: Structure) -> None:
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
            lang=language_tag(document.language),
            invariant=1,
            pageCompression=0,  # the sheet packs its pages itself
            displayDocTitle=1,
        )
        self._document, self._structure = document, structure
        first = PageTemplate(id=COVER, frames=[_frame(COVER, COVER_MEASURE)], onPage=self._draw_cover)
        others = PageTemplate(id=PAGE, frames=[_frame(PAGE, MEASURE)], onPage=self._draw_furniture)
        self.addPageTemplates([others] if document.is_compact else [first, others])

    def begin(self) -> None:
        """Before anything is put."""
        self._startBuild(canvasmaker=self._sheet)

    def put(self, flowables: Iterable[Flowable]) -> None:
        """Set them where the last ones ended; none is kept."""
        for flowable in flowables:
            waiting = [flowable]  # with what is left of it when a page is full
            while waiting:
                self.clean_hanging()
                self.handle_flowable(waiting)

    def break_page(self) -> None:
        """What follows begins a new page."""
        self.put([PageBreak()])

    @property
    def next_page(self) -> int:
        """The number of the page that is next begun; there must have been a break of pages."""
        return int(self.canv.getPageNumber())

    def turn_to(self, number: int) -> None:
        """What follows begins a page of this number; there must have been a break of pages."""
        self.canv.turn_to(number)

    def note_outline(self, title: str, anchor: str) -> None:
        """An entry of the outline for what is drawn later than what follows it."""
        self.canv.addOutlineEntry(title, anchor, 0, closed=True)

    def finish(self) -> None:
        """Write the file."""
        self._endBuild()

    def _sheet(self, *arguments: object, **options: object) -> Sheet:
        """The canvas, made where the library asks for one."""
        anchors = (CONTENTS, *(block.anchor for block in self._document.blocks() if isinstance(block, Heading)))
        made = Sheet(*arguments, anchors=anchors, structure=self._structure, **options)
        made.showOutline()
        made.setProducer("WPS Desk")
        made.setDateFormatter(self._moment)
        return made

    def _moment(self, *_: object) -> str:
        return _pdf_date(self._document)

    def _draw_cover(self, canvas: Sheet, _pages: object) -> None:
        with canvas.decoration():
            canvas.saveState()
            canvas.setFillColor(ACCENT)
            canvas.rect(0, PAGE_HEIGHT - BAND, PAGE_WIDTH, BAND, stroke=0, fill=1)
            canvas.restoreState()
        with canvas.decoration(Decoration.HEAD):
            self._draw_mark(canvas, PAGE_HEIGHT - BAND - 22)

    def _draw_furniture(self, canvas: Sheet, _pages: object) -> None:
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
