"""The matrix on paper: A4 across, black on white with the same signs and words as on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.ui.authority.matrix import LEGEND, CoverageTable
from wpsdesk.ui.authority.matrix_view import paint_state
from wpsdesk.ui.style import LIGHT, Look, Type

WIDTH: Final = 1080.0  # the page's width in the units that everything below is given in
NAMES: Final = 170.0
LINE: Final = 22.0
TOP: Final = 84.0
FOOT: Final = 40.0
PAPER: Final = Look(colours=LIGHT, percent=100)


def prepare(paper: QPagedPaintDevice) -> None:
    """A4 across, with the margins that every printer can manage."""
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    paper.setPageOrientation(QPageLayout.Orientation.Landscape)
    paper.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout.Unit.Millimeter)


def print_matrix(paper: QPagedPaintDevice, table: CoverageTable, title: str, when: str, say: Catalogue) -> int:
    """Draw ``table`` on as many pages as it takes; returns how many."""
    painter = QPainter(paper)
    page = paper.pageLayout().paintRectPixels(paper.logicalDpiX())
    scale = page.width() / WIDTH
    painter.scale(scale, scale)
    height = page.height() / scale
    on_page = max(1, int((height - TOP - FOOT) // LINE))
    rows = table.rowCount()
    pages = max(1, -(-rows // on_page))
    for number in range(pages):
        if number:
            paper.newPage()
        _head(painter, table, title, f"{when} · {number + 1}/{pages}")
        for place, line in enumerate(range(number * on_page, min(rows, (number + 1) * on_page))):
            _row(painter, table, line, TOP + place * LINE)
        _legend(painter, height - FOOT / 2, say)
    painter.end()
    return pages


def _cell_width(table: CoverageTable) -> float:
    return min((WIDTH - NAMES) / max(1, table.columnCount()), 40.0)


def _write(painter: QPainter, box: QRectF, text: str, kind: Type, *, centred: bool = False, tone: str = "text") -> None:
    painter.setFont(PAPER.font(kind))
    painter.setPen(PAPER.colour(tone))
    across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, across | Qt.AlignmentFlag.AlignVCenter, text)


def _head(painter: QPainter, table: CoverageTable, title: str, note: str) -> None:
    _write(painter, QRectF(0, 0, WIDTH * 0.7, 26), title, Type.TITLE)
    _write(painter, QRectF(0, 26, WIDTH, 16), note, Type.SMALL, tone="muted")
    wide = _cell_width(table)
    for span in table.spans:
        box = QRectF(NAMES + span.first * wide + 2, TOP - 38, span.count * wide - 4, 16)
        _write(painter, box, span.caption, Type.SMALL, tone="muted")
    for column, number in enumerate(table.numbers):
        _write(painter, QRectF(NAMES + column * wide, TOP - 20, wide, 16), str(number), Type.SMALL, centred=True)


def _row(painter: QPainter, table: CoverageTable, line: int, top: float) -> None:
    name = str(table.headerData(line, Qt.Orientation.Vertical))
    _write(painter, QRectF(0, top, NAMES - 8, LINE), name, Type.SMALL)
    wide = _cell_width(table)
    for column in range(table.columnCount()):
        box = QRectF(NAMES + column * wide + 1.5, top + 1.5, wide - 3, LINE - 3)
        paint_state(painter, table.state(line, column), box, PAPER)
    if table.starts_group(line):
        painter.setPen(PAPER.colour("control"))
        painter.drawLine(0, int(top), int(WIDTH), int(top))


def _legend(painter: QPainter, top: float, say: Catalogue) -> None:
    left = 0.0
    for state in LEGEND:
        paint_state(painter, state, QRectF(left, top, 20, 16), PAPER)
        _write(painter, QRectF(left + 26, top, 160, 16), word(state, say), Type.SMALL)
        left += 44 + painter.fontMetrics().horizontalAdvance(word(state, say))
