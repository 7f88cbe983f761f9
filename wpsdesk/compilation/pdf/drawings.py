"""What is drawn rather than written: pictures and the signs of the coverage table."""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from wpsdesk.compilation.drawing import Box, Dot, Drawing, Ink, Label, Path, Shape, sign
from wpsdesk.compilation.drawing_stacks import drawn
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.pdf.structure import Element
from wpsdesk.compilation.pdf.styles import (
    ACCENT,
    DANGER,
    LINE,
    MEASURE,
    PAGE_HEIGHT,
    STRONG_LINE,
    SUCCESS,
    TEXT,
    WHITE,
    styles,
)
from wpsdesk.compilation.pdf.text import draw_text, text_width
from wpsdesk.compilation.tree import Picture, Screen

_COLOUR: Final[dict[Ink, Color]] = {
    Ink.ACCENT: ACCENT,
    Ink.TEXT: TEXT,
    Ink.LINE: STRONG_LINE,
    Ink.SUCCESS: SUCCESS,
    Ink.DANGER: DANGER,
    Ink.TINT: HexColor("#CFE2F4"),
    Ink.PAPER: WHITE,
}


def paint(canvas: Canvas, drawing: Drawing) -> None:
    """The shapes, with the drawing's lower left corner at the origin."""
    for shape in drawing.shapes:
        canvas.setFillColor(_COLOUR[shape.ink])
        canvas.setStrokeColor(_COLOUR[shape.ink])
        _paint(canvas, shape, drawing.height)


def _paint(canvas: Canvas, shape: Shape, height: float) -> None:
    """One shape; ``height`` turns what goes down into what goes up."""
    match shape:
        case Box(line=line):
            canvas.setLineWidth(line)
            bottom = height - shape.y - shape.height
            canvas.rect(shape.x, bottom, shape.width, shape.height, stroke=int(line > 0), fill=int(line == 0))
        case Dot(line=line):
            canvas.setLineWidth(line)
            canvas.circle(shape.x, height - shape.y, shape.radius, stroke=int(line > 0), fill=int(line == 0))
        case Path(points=points):
            canvas.setLineWidth(shape.line)
            way = canvas.beginPath()
            way.moveTo(points[0][0], height - points[0][1])
            for x, y in points[1:]:
                way.lineTo(x, height - y)
            canvas.drawPath(way, stroke=1, fill=0)
        case Label():
            style = styles().cells.head if shape.is_strong else styles().cells.cell
            x = shape.x - text_width(shape.text, style) / 2 if shape.anchor == "middle" else shape.x
            align = "right" if shape.anchor == "end" else "left"
            draw_text(canvas, x, height - shape.y, shape.text, style, align=align, colour=_COLOUR[shape.ink])


def _wide(text: str, is_strong: bool) -> float:
    return text_width(text, styles().cells.head if is_strong else styles().cells.cell)


class Shown(Flowable):  # type: ignore[misc]
    """A picture over the whole measure."""

    def __init__(self, picture: Picture, element: Element | None = None) -> None:
        super().__init__()
        self.drawing, self.element = drawn(picture, MEASURE, _wide), element
        self.width, self.height = MEASURE, self.drawing.height
        self.spaceAfter = 8

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Always the whole measure."""
        return self.width, self.height

    def draw(self) -> None:
        """The shapes, as the element's."""
        canvas = self.canv
        canvas.place(self.element, self.width, self.height)
        with canvas.marked(self.element):
            canvas.saveState()
            paint(canvas, self.drawing)
            canvas.restoreState()


class Photograph(Flowable):  # type: ignore[misc]
    """A picture of the window over the measure, or as wide as it is high on half a page; a line around it."""

    _HIGHEST: Final = PAGE_HEIGHT / 2

    def __init__(self, screen: Screen, element: Element | None = None) -> None:
        super().__init__()
        self.element, self._image = element, ImageReader(io.BytesIO(screen.data))
        scale = min(MEASURE / screen.width, self._HIGHEST / screen.height)
        self.width, self.height = screen.width * scale, screen.height * scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Always as large."""
        return self.width, self.height

    def draw(self) -> None:
        """The picture as the element's, and the line around it."""
        canvas = self.canv
        canvas.place(self.element, self.width, self.height)
        with canvas.marked(self.element):
            canvas.drawImage(self._image, 0, 0, self.width, self.height)
        with canvas.decoration():
            canvas.saveState()
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
            canvas.restoreState()


class Sign(Flowable):  # type: ignore[misc]
    """The sign of a state in a box, drawn, since no font can be counted on to have it."""

    _GROUND: Final = {
        CellState.ACCEPTED: HexColor("#DDEFDF"),
        CellState.RECEIVED: HexColor("#DCE9F5"),
        CellState.RETURNED: HexColor("#F7DDDD"),
        CellState.NOTHING: HexColor("#E6E7E8"),
        CellState.MISSING: HexColor("#FFFFFF"),
        CellState.LATE: HexColor("#FBEBD0"),
    }

    def __init__(self, state: CellState, width: float, height: float, element: Element | None = None) -> None:
        super().__init__()
        self.state, self.width, self.height, self.element = state, width, height, element

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Ground, then the sign; an unasked cell stays empty."""
        if self.state is CellState.NOT_ASKED:
            return
        canvas = self.canv
        canvas.place(self.element, self.width, self.height)
        with canvas.marked(self.element):
            self._draw_state(canvas, min(self.width, self.height))

    def _draw_state(self, canvas: Canvas, side: float) -> None:
        canvas.saveState()
        canvas.setFillColor(self._GROUND[self.state])
        canvas.rect(0.5, 0.5, self.width - 1, self.height - 1, stroke=0, fill=1)
        drawing = sign(self.state, side)
        canvas.translate((self.width - side) / 2, (self.height - side) / 2)
        paint(canvas, drawing)
        canvas.restoreState()
