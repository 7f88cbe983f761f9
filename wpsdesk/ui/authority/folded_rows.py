"""A row of a table that has no room for its columns: its first words, its states, and below them the rest by name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from wpsdesk.ui import style
from wpsdesk.ui.chips import Chip, chip_size, paint_chip
from wpsdesk.ui.style import Type

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Folded:
    """What a row says when it is folded."""

    lead: str
    chips: tuple[Chip, ...]
    rest: str


def folded_size(row: Folded, width: int) -> QSize:
    """How high the row is at this width."""
    return QSize(width, _lay(row, width, None, QRect(0, 0, width, 0)))


def paint_folded(painter: QPainter, row: Folded, box: QRect) -> None:
    """Draw the row in its box."""
    painter.save()
    _lay(row, box.width(), painter, box)
    painter.restore()


def _lay(row: Folded, width: int, painter: QPainter | None, box: QRect) -> int:
    """Lay the parts out below one another, and draw them where there is a painter; the height they take."""
    look = style.current()
    side, gap = look.px(12), look.px(3)
    inner, top = max(width - 2 * side, look.px(60)), look.px(7)
    for text, font, tone in (
        (row.lead, look.font(Type.TEXT, is_strong=True), "text"),
        ("", look.font(Type.TEXT), ""),
        (row.rest, look.font(Type.TEXT), "muted"),
    ):
        if not text and not tone:
            top += _chips(row.chips, painter, QRect(box.left() + side, box.top() + top, inner, 0), gap)
        elif text:
            high = QFontMetrics(font).boundingRect(QRect(0, 0, inner, 1 << 20), int(_WRAP), text).height()
            if painter is not None:
                painter.setFont(font)
                painter.setPen(look.colour(tone))
                painter.drawText(QRect(box.left() + side, box.top() + top, inner, high), int(_WRAP), text)
            top += high + gap
    return top + look.px(4)


def _chips(chips: tuple[Chip, ...], painter: QPainter | None, place: QRect, gap: int) -> int:
    """Chips in lines; the height they take."""
    left, top, high = 0, 0, 0
    for chip in chips:
        size = chip_size(chip)
        if left and left + size.width() > place.width():
            left, top = 0, top + high + gap
        high = size.height()
        if painter is not None:
            paint_chip(painter, chip, QRectF(place.left() + left, place.top() + top, place.width() - left, high))
        left += size.width() + 2 * gap
    return top + high + 2 * gap if chips else 0
