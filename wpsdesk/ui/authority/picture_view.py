"""A picture of the report on the screen: the same shapes as on paper, in the colours of the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wpsdesk.compilation.drawing import SIZE, Box, Dot, Drawing, Ink, Label, Path, Shape
from wpsdesk.compilation.drawing_stacks import drawn
from wpsdesk.compilation.tree import Picture
from wpsdesk.ui import style
from wpsdesk.ui.style import Type

COLOURS: Final = {
    Ink.ACCENT: "accent", Ink.TEXT: "text", Ink.LINE: "control", Ink.SUCCESS: "success", Ink.DANGER: "danger",
    Ink.TINT: "accent_soft", Ink.PAPER: "surface",
}  # fmt: skip
WIDEST: Final = 900
"""Pixels at 100 %: longer bars are not easier to compare."""


class PictureView(QWidget):
    """Draws a picture as wide as there is room; says the same in words to those who cannot see it."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(style.current().px(WIDEST))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a screen reader comes to it with Tab

    def show_picture(self, picture: Picture | None) -> None:
        """Draw another picture, or nothing."""
        self._picture = picture
        self.setAccessibleName("" if picture is None else picture.caption)
        self.setAccessibleDescription("" if picture is None else picture.said)
        self.setVisible(picture is not None)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines its labels take."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the drawing is at this width."""
        return 0 if self._picture is None else round(self._drawing(width).height * _scale()) + 2

    def sizeHint(self) -> QSize:
        """Wide enough for labels and bars."""
        wide = style.current().px(640)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """As narrow as labels can be."""
        return QSize(style.current().px(240), 0)

    def _drawing(self, width: int) -> Drawing:
        assert self._picture is not None
        scale, fonts = _scale(), {strong: QFontMetricsF(_font(is_strong=strong)) for strong in (False, True)}
        return drawn(
            self._picture, max(width, 1) / scale, lambda text, strong: fonts[strong].horizontalAdvance(text) / scale
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shapes, the first at the bottom; a frame where the keyboard is."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(style.current().colour("accent"), style.current().px(2)))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.scale(_scale(), _scale())
        for shape in self._drawing(self.width()).shapes:
            _paint(painter, shape)
        painter.end()


def _scale() -> float:
    return style.current().px(Type.SMALL.value[0]) / SIZE


def _font(*, is_strong: bool) -> QFont:
    return style.current().font(Type.SMALL, is_strong=is_strong)


def _paint(painter: QPainter, shape: Shape) -> None:
    colour = style.current().colour(COLOURS[shape.ink])
    match shape:
        case Label():
            _write(painter, shape)
        case Path(points=points, line=line):
            painter.setPen(QPen(colour, line))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
        case Box() | Dot():
            painter.setPen(QPen(colour, shape.line) if shape.line else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(Qt.BrushStyle.NoBrush if shape.line else colour)
            if isinstance(shape, Box):
                painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
            else:
                painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)


def _write(painter: QPainter, shape: Label) -> None:
    """In whole pixels of the screen: type that is scaled as it is drawn is less clear."""
    font, scale = _font(is_strong=shape.is_strong), _scale()
    wide = QFontMetricsF(font).horizontalAdvance(shape.text)
    left = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    painter.save()
    painter.scale(1 / scale, 1 / scale)
    painter.setFont(font)
    painter.setPen(style.current().colour(COLOURS[shape.ink]))
    painter.drawText(QPointF(shape.x * scale - left, shape.y * scale), shape.text)
    painter.restore()
