"""The signs that stand beside words, drawn, since a font may lack them: tick, dots, ring, dash, mark, clock."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


class Sign(Enum):
    """A sign; the value is only its name."""

    TICK = "tick"
    DOTS = "dots"
    RING = "ring"
    DASH = "dash"
    MARK = "mark"
    DISC = "disc"
    BOX = "box"
    CHEVRON = "chevron"
    CROSS = "cross"
    CLOCK = "clock"


def draw(painter: QPainter, sign: Sign, box: QRectF, colour: QColor) -> None:
    """Draw ``sign`` in the middle of ``box`` in ``colour``, as large as the box's shorter side allows."""
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / 12, side / 12)
    pen = QPen(
        colour,
        1.6,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
    painter.setPen(pen)
    _strokes(painter, sign, colour)
    painter.restore()


def _strokes(painter: QPainter, sign: Sign, colour: QColor) -> None:  # noqa: C901 - one for each sign
    """The sign on a square of 12."""
    match sign:
        case Sign.TICK:
            painter.drawPolyline([QPointF(2, 6.5), QPointF(4.8, 9.4), QPointF(10, 2.8)])
        case Sign.DASH:
            painter.drawLine(QPointF(2.5, 6), QPointF(9.5, 6))
        case Sign.RING:
            painter.drawEllipse(QPointF(6, 6), 3.8, 3.8)
        case Sign.BOX:
            painter.drawRoundedRect(QRectF(2, 2, 8, 8), 1, 1)
        case Sign.CHEVRON:
            painter.drawPolyline([QPointF(2.5, 4.2), QPointF(6, 7.8), QPointF(9.5, 4.2)])
        case Sign.CROSS:
            painter.drawLine(QPointF(3, 3), QPointF(9, 9))
            painter.drawLine(QPointF(9, 3), QPointF(3, 9))
        case Sign.CLOCK:
            painter.drawEllipse(QPointF(6, 6), 4.6, 4.6)
            painter.drawPolyline([QPointF(6, 3.2), QPointF(6, 6), QPointF(8.2, 6)])
        case Sign.MARK:
            painter.drawLine(QPointF(6, 1.8), QPointF(6, 7))
            _dot(painter, QPointF(6, 9.9), colour, 1.1)
        case Sign.DISC:
            _dot(painter, QPointF(6, 6), colour, 3.6)
        case Sign.DOTS:
            for x in (2.0, 6.0, 10.0):
                _dot(painter, QPointF(x, 7.5), colour, 1.1)


def _dot(painter: QPainter, centre: QPointF, colour: QColor, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)
