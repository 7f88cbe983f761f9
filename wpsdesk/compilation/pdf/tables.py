"""Tables on the page, and the room that what belongs together needs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Table, TableStyle

from wpsdesk.compilation.pdf.marking import Decoration
from wpsdesk.compilation.pdf.styles import BOTTOM, PAGE_HEIGHT, TOP, styles


class NeedRoom(CondPageBreak):  # type: ignore[misc]
    """Begins a new page where fewer than ``height`` points are left: what follows belongs together.

    What needs more than a page has gets a page of its own, and no empty one before it.
    """

    def __init__(self, height: float) -> None:
        super().__init__(min(height, PAGE_HEIGHT - TOP - BOTTOM - 1))


class Grid(Table):  # type: ignore[misc]
    """A table that may reach into the left margin; made by :func:`grid`."""

    # The library makes the parts of a split table with this class, so the constructor is its own.
    indent: float = 0
    is_continued: bool = False  # its heads have been on a page before

    def height_of_first_rows(self, count: int) -> float:
        """The heads and so many rows after them, in points; the table must have been wrapped."""
        return float(sum(self._rowHeights[: self.repeatRows + count]))

    def split(self, width: float, height: float) -> list[Grid]:
        """Between rows; inside a row only where no page is high enough for it. The heads are repeated.

        The last row does not stand alone on a page where another can be given to it.
        """
        if height < self.height_of_first_rows(1) <= PAGE_HEIGHT - TOP - BOTTOM:
            return []  # the row is whole on the next page
        parts: list[Grid] = super().split(width, height)
        above = parts[0]._nrows if len(parts) == 2 else 0
        if above > self.repeatRows + 2 and above == self._nrows - 1:
            parts = super().split(width, sum(self._rowHeights[: above - 1]) + 0.1)
        for place, part in enumerate(parts):
            part.indent = self.indent
            part.is_continued = self.is_continued or place > 0
        return parts

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw it ``indent`` points to the left of the column."""
        self._open: list[ExitStack] = []
        super().drawOn(canvas, x - self.indent, y, _sW)

    def drawing(self, what: str, *about: object) -> None:
        """The library tells what it begins and ends to draw. What says nothing new is marked as decoration.

        The texts and signs in the cells know their elements.
        """
        if what.startswith("end"):
            self._open.pop().close()
            return
        within = ExitStack()
        decoration = self._decoration(what, about)
        if decoration is not None:
            within.enter_context(self.canv.decoration(decoration))
        self._open.append(within)

    def _decoration(self, what: str, about: tuple[object, ...]) -> Decoration | None:
        match what, about:
            case "startBG" | "startLines", _:
                return Decoration.LAYOUT
            case "startRow", (int(row),) if self.is_continued and row < self.repeatRows:
                return Decoration.REPEATED
            case "startCell", (_, _, str(), *_):  # an empty corner
                return Decoration.LAYOUT
            case _:
                return None


def grid(
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    commands: Sequence[tuple[object, ...]],
    *,
    heads: int = 1,
    indent: float = 0,
) -> Grid:
    """A table of flowables; ``heads`` rows are repeated on every page."""
    made = Grid(
        [list(row) for row in rows],
        colWidths=list(widths),
        repeatRows=heads,
        splitInRow=1,
        style=TableStyle([("FONTNAME", (0, 0), (-1, -1), styles().cells.cell.fontName), *commands]),
        hAlign="LEFT",
        renderCB=Grid.drawing,
    )
    made.indent = indent
    return made
