"""A page with a few paragraphs under one another, for a printer or as PDF: a code, or digits beside a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from wpsdesk.ui import style


class Paragraph(NamedTuple):
    """A text, its size in points and its weight (400 is plain, 600 semibold)."""

    points: float
    weight: int
    text: str


def page(title: str, paragraphs: Sequence[Paragraph]) -> bytes:
    """The page as PDF."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    draw(writer, paragraphs)
    buffer.close()
    return bytes(data.data())


def draw(paper: QPagedPaintDevice, paragraphs: Sequence[Paragraph]) -> None:
    """Draw it on A4, on whatever is given."""
    margins = QMarginsF(64, 72, 64, 72)
    paper.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins))
    painter = QPainter(paper)
    room = QRectF(painter.viewport())
    top = 0.0
    for points, weight, text in paragraphs:
        font = QFont(style.FAMILY)
        font.setPointSizeF(points)
        font.setWeight(QFont.Weight(weight))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        box = painter.boundingRect(QRectF(0, top, room.width(), room.height()), flags, text)
        painter.drawText(box, flags, text)
        top = box.bottom() + painter.fontMetrics().height() * 0.8
    painter.end()
