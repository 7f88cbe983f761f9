"""What is drawn rather than written: the bars of a chart and the signs of the coverage table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from wpsdesk.compilation.figures import SIGNS, CellState
from wpsdesk.compilation.pdf.structure import Element
from wpsdesk.compilation.pdf.styles import ACCENT, DANGER, MEASURE, STRONG_LINE, SUCCESS, TEXT, styles
from wpsdesk.compilation.pdf.text import draw_text, text_width


class Bars(Flowable):  # type: ignore[misc]
    """Plain horizontal bars, each with its label at the left and its value at the end."""

    _STEP: Final = 19.0
    _BAR: Final = 11.0
    _GAP: Final = 8.0

    def __init__(self, bars: Sequence[tuple[str, int, str]], element: Element | None = None) -> None:
        super().__init__()
        self.bars, self.element = tuple(bars), element
        self.width, self.height = MEASURE, self._STEP * len(self.bars) + 4
        self.spaceAfter = 8

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Always the whole measure."""
        return self.width, self.height

    def draw(self) -> None:
        """From the top: label, bar, value."""
        canvas = self.canv
        if canvas.is_rehearsal:
            return
        canvas.place(self.element, self.width, self.height)
        with canvas.marked(self.element):
            self._draw_bars(canvas)

    def _draw_bars(self, canvas: Canvas) -> None:
        style = styles().cells.cell
        room = max((text_width(label, style) for label, _, _ in self.bars), default=0) + self._GAP
        longest = max((text_width(shown, style) for _, _, shown in self.bars), default=0) + self._GAP
        most = max((value for _, value, _ in self.bars), default=0) or 1
        scale = (self.width - room - longest) / most
        canvas.saveState()
        for place, (label, value, shown) in enumerate(self.bars):
            y = self.height - self._STEP * (place + 1) + (self._STEP - self._BAR) / 2
            draw_text(canvas, room - self._GAP, y + 2.5, label, style, align="right")
            canvas.setFillColor(ACCENT)
            if value:
                canvas.rect(room, y, value * scale, self._BAR, stroke=0, fill=1)
            draw_text(canvas, room + value * scale + self._GAP / 2, y + 2.5, shown, styles().cells.head, colour=TEXT)
        canvas.setStrokeColor(STRONG_LINE)
        canvas.setLineWidth(0.6)
        canvas.line(room, 2, room, self.height - 2)
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
    _INK: Final = {
        CellState.ACCEPTED: SUCCESS,
        CellState.RECEIVED: ACCENT,
        CellState.RETURNED: DANGER,
        CellState.NOTHING: TEXT,
        CellState.MISSING: STRONG_LINE,
        CellState.LATE: TEXT,
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
        ink = self._INK[self.state]
        canvas.setFillColor(ink)
        canvas.setStrokeColor(ink)
        canvas.translate(self.width / 2, self.height / 2)
        self._draw_sign(canvas, side)
        canvas.restoreState()

    def _draw_sign(self, canvas: Canvas, side: float) -> None:
        """Centred on the origin."""
        reach = side * 0.27
        match self.state:
            case CellState.ACCEPTED:
                canvas.setLineWidth(side * 0.13)
                tick = canvas.beginPath()
                tick.moveTo(-reach, 0)
                tick.lineTo(-reach * 0.2, -reach * 0.8)
                tick.lineTo(reach, reach * 0.9)
                canvas.drawPath(tick, stroke=1, fill=0)
            case CellState.RECEIVED:
                canvas.circle(0, 0, reach * 0.85, stroke=0, fill=1)
            case CellState.NOTHING:
                canvas.rect(-reach, -side * 0.06, reach * 2, side * 0.12, stroke=0, fill=1)
            case CellState.MISSING:
                canvas.setLineWidth(side * 0.08)
                canvas.rect(-reach, -reach, reach * 2, reach * 2, stroke=1, fill=0)
            case CellState.LATE:
                canvas.setLineWidth(side * 0.08)
                canvas.circle(0, 0, reach, stroke=1, fill=0)
                canvas.line(0, 0, 0, reach * 0.7)
                canvas.line(0, 0, reach * 0.55, 0)
            case _:
                style = styles().cells.head
                draw_text(
                    canvas, -text_width(SIGNS[self.state], style) / 2, -reach, SIGNS[self.state], style, colour=DANGER
                )
