"""A state as a sign and a word on a soft ground; never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wpsdesk.report.states import EntryState
from wpsdesk.ui import signs, style
from wpsdesk.ui.signs import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What a chip shows: its sign, its word, and its tone (success, warning, danger, info or neutral)."""

    sign: Sign
    word: str
    tone: str


def entry_chip(state: EntryState, word: str) -> Chip:
    """The chip of an entry's state; ``word`` is the state in the window's language."""
    match state:
        case EntryState.READY:
            return Chip(sign=Sign.TICK, word=word, tone="success")
        case EntryState.NOTHING:
            return Chip(sign=Sign.DASH, word=word, tone="neutral")
        case EntryState.DRAFT:
            return Chip(sign=Sign.DOTS, word=word, tone="warning")
        case EntryState.RETURNED:
            return Chip(sign=Sign.MARK, word=word, tone="danger")
        case EntryState.EMPTY:
            return Chip(sign=Sign.RING, word=word, tone="neutral")


def chip_size(chip: Chip) -> QSize:
    """The pixels a chip takes up."""
    look = style.current()
    width = QFontMetricsF(look.font(style.Type.SMALL)).horizontalAdvance(chip.word)
    return QSize(round(width) + look.px(34), look.px(20))


def paint_chip(painter: QPainter, chip: Chip, box: QRectF) -> None:
    """Draw ``chip`` from the left edge of ``box``."""
    look = style.current()
    size = chip_size(chip)
    ground = QRectF(box.left(), box.top(), min(size.width(), box.width()), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{chip.tone}_soft"))
    painter.drawRoundedRect(ground, ground.height() / 2, ground.height() / 2)
    side = look.px(11)
    mark = QRectF(ground.left() + look.px(9), ground.center().y() - side / 2, side, side)
    signs.draw(painter, chip.sign, mark, look.colour(chip.tone))
    painter.setPen(look.colour(chip.tone))
    painter.setFont(look.font(style.Type.SMALL))
    words = ground.adjusted(look.px(24), 0, -look.px(6), 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    text = QFontMetricsF(painter.font()).elidedText(chip.word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, flags, text)
    painter.restore()


class StateChip(QWidget):
    """A chip that stands by itself."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(chip)

    def show_chip(self, chip: Chip) -> None:
        """Show another state."""
        self._chip = chip
        self.setAccessibleName(chip.word)
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """The word it shows."""
        return self._chip.word

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return chip_size(self._chip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_chip(painter, self._chip, QRectF(self.rect()))
        painter.end()
