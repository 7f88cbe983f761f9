"""Draws the proof sheet: one A4 page, from top to bottom, with the bundle's hash as a QR code."""

from __future__ import annotations

from datetime import UTC
from typing import BinaryIO, Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from wpsdesk.compilation.language_tags import language_tag
from wpsdesk.compilation.pdf.pages import Sheet as Canvas
from wpsdesk.compilation.pdf.structure import Structure
from wpsdesk.compilation.pdf.styles import ACCENT, DANGER, LINE, MUTED, STRONG_LINE, SUCCESS, SURFACE, TEXT, styles
from wpsdesk.compilation.pdf.text import Text, draw_text, text_width
from wpsdesk.compilation.proof import Answer, Sheet, Step, grouped

WIDTH, HEIGHT = A4
EDGE: Final = 20 * mm
INNER: Final = WIDTH - 2 * EDGE
QR: Final = 34 * mm
_LABELS: Final = 36 * mm
_LEFT: Final = INNER - QR - 8 * mm  # what stands beside the code
_BOTTOM: Final = 16 * mm
_GROUPED: Final = 71  # signs of a hash in groups


def write_proof(sheet: Sheet, out: BinaryIO) -> None:
    """The page as PDF, A4; ``out`` is left open. The same sheet gives the same bytes."""
    options = {"pagesize": A4, "invariant": 1, "pageCompression": 1, "lang": language_tag(sheet.language)}
    canvas = Canvas(out, structure=Structure(), **options)
    canvas.setTitle(f"{sheet.title}: {sheet.subtitle}")
    canvas.setSubject(sheet.digest)
    canvas.setCreator("WPS Desk")
    canvas.setProducer("WPS Desk")
    canvas.setDateFormatter(lambda *_: f"D:{sheet.made.astimezone(UTC):%Y%m%d%H%M%S}Z")
    _Page(canvas).draw(sheet)
    canvas.showPage()
    canvas.save()


class _Page:
    """Where the pen stands on the page; ``y`` goes down as things are drawn."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.y = canvas, HEIGHT - EDGE

    def draw(self, sheet: Sheet) -> None:
        """Title, facts with the code beside them, the four answers, the hash, how to check it, the files."""
        self._title(sheet)
        top = self.y
        self._code(sheet, top)
        self._facts(sheet.facts)
        self.y = min(self.y - 3 * mm, top - QR - 14 * mm)
        self._answers(sheet.answers)
        self._text(sheet.judged, _small())
        self._heading(sheet.hash_title)
        self._hash(sheet.digest)
        steps = self._height_of_steps(sheet)
        self._files(sheet, room=self.y - _BOTTOM - steps)
        self._steps(sheet)

    # -- the parts -------------------------------------------------------------------------------

    def _title(self, sheet: Sheet) -> None:
        self.canvas.setFillColor(ACCENT)
        self.canvas.rect(0, HEIGHT - 6 * mm, WIDTH, 6 * mm, stroke=0, fill=1)
        self._text(sheet.title, styles().headings[0], after=0)
        self._text(sheet.subtitle, styles().headings[1], after=5 * mm)

    def _code(self, sheet: Sheet, top: float) -> None:
        widget = QrCodeWidget(sheet.digest, barLevel="M", barWidth=QR, barHeight=QR, barBorder=0)
        widget.barFillColor = black
        drawing = Drawing(QR, QR)
        drawing.add(widget)
        left = WIDTH - EDGE - QR
        renderPDF.draw(drawing, self.canvas, left, top - QR)
        caption = Text.of(sheet.qr_caption, _small())
        _, height = caption.wrap(QR, HEIGHT)
        caption.drawOn(self.canvas, left, top - QR - height - 4)

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        style = styles().cells.cell
        for name, value in facts:
            told = Text.of(value, style)
            is_hash = len(value) == _GROUPED  # it stands below the code, and has the whole width
            _, height = told.wrap((INNER if is_hash else _LEFT) - _LABELS, HEIGHT)
            draw_text(self.canvas, EDGE, self.y - style.fontSize, name, style, colour=MUTED)
            told.drawOn(self.canvas, EDGE + _LABELS, self.y - height)
            self.y -= height + 3.5

    def _answers(self, answers: tuple[Answer, ...]) -> None:
        width, height = INNER / len(answers), 13 * mm
        self.canvas.saveState()
        self.canvas.setFillColor(SURFACE)
        self.canvas.rect(EDGE, self.y - height, INNER, height, stroke=0, fill=1)
        self.canvas.restoreState()
        for place, answer in enumerate(answers):
            left = EDGE + place * width
            self.canvas.setFillColor(_colour(answer.is_good))
            self.canvas.rect(left, self.y - height, 2, height, stroke=0, fill=1)
            draw_text(self.canvas, left + 9, self.y - 13, answer.name, _small())
            colour = _colour(answer.is_good)
            draw_text(self.canvas, left + 9, self.y - 28, answer.text, styles().headings[3], colour=colour)
        self.y -= height + 6

    def _heading(self, text: str) -> None:
        self.y -= 4 * mm
        self._text(text, styles().headings[3], after=3)

    def _hash(self, digest: str) -> None:
        style = styles().headings[2]
        draw_text(self.canvas, EDGE, self.y - style.fontSize, grouped(digest), style)
        self.y -= style.leading

    def _files(self, sheet: Sheet, *, room: float) -> None:
        self._heading(sheet.files_title)
        style = styles().cells.small
        step = 11.5
        bottom = self.y - room + 14 * mm
        fits = max(1, int((self.y - bottom) / step))
        shown = sheet.files if len(sheet.files) <= fits else sheet.files[: fits - 1]
        for file in shown:
            hashed = grouped(file.digest)
            taken = text_width(hashed, style)
            draw_text(self.canvas, EDGE, self.y - 8, _cut(file.name, INNER - taken - 12, style), style, colour=TEXT)
            draw_text(self.canvas, WIDTH - EDGE, self.y - 8, hashed, style, align="right", colour=TEXT)
            self.y -= step
            self.canvas.setStrokeColor(LINE)
            self.canvas.setLineWidth(0.3)
            self.canvas.line(EDGE, self.y, WIDTH - EDGE, self.y)
        more = len(sheet.files) - len(shown)
        if more:
            self._text(sheet.more.format(n=more), style)

    def _height_of_steps(self, sheet: Sheet) -> float:
        return float(12 * mm) + sum(_height(step) for step in sheet.steps)

    def _steps(self, sheet: Sheet) -> None:
        self._heading(sheet.steps_title)
        for number, step in enumerate(sheet.steps, start=1):
            self._text(f"{number}. {step.text}", styles().cells.cell, after=1)
            command = Text.of(step.command, _command())
            _, height = command.wrap(INNER - 12, HEIGHT)
            self.canvas.setFillColor(SURFACE)
            self.canvas.rect(EDGE, self.y - height - 5, INNER, height + 5, stroke=0, fill=1)
            command.drawOn(self.canvas, EDGE + 6, self.y - height - 2)
            self.y -= height + 5 + 4

    def _text(self, text: str, style: ParagraphStyle, *, after: float = 2) -> None:
        told = Text.of(text, style)
        _, height = told.wrap(INNER, HEIGHT)
        told.drawOn(self.canvas, EDGE, self.y - height)
        self.y -= height + after


def _height(step: Step) -> float:
    _, text = Text.of(step.text, styles().cells.cell).wrap(INNER, HEIGHT)
    _, command = Text.of(step.command, _command()).wrap(INNER - 12, HEIGHT)
    return float(text + command) + 10


def _small() -> ParagraphStyle:
    return styles().cells.small


def _command() -> ParagraphStyle:
    return ParagraphStyle("command", parent=styles().cells.cell, fontSize=7.5, leading=10.5, textColor=TEXT)


def _colour(is_good: bool | None) -> Color:
    if is_good is None:
        return STRONG_LINE
    return SUCCESS if is_good else DANGER


def _cut(text: str, room: float, style: ParagraphStyle) -> str:
    while len(text) > 1 and text_width(text, style) > room:
        text = f"{text[:-2]}…"
    return text
