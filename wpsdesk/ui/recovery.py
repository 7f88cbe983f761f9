"""The sheet with the recovery code: one page of PDF to print and lock away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import write_file
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style


def write_sheet(path: Path, code: str, unit_name: str, say: Catalogue) -> WpsError | None:
    """Write the sheet, whole or not at all; the fault where that did not go."""
    try:
        write_file(path if path.suffix else path.with_suffix(".pdf"), sheet(code, unit_name, say))
    except WpsError as fault:
        return fault
    return None


def sheet(code: str, unit_name: str, say: Catalogue) -> bytes:
    """The page as PDF."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(64, 72, 64, 72))
    )
    writer.setTitle(say("Recovery code"))
    painter = QPainter(writer)
    room = QRectF(painter.viewport())
    paragraphs = (
        (20.0, 600, say("Recovery code")),
        (12.0, 400, unit_name),
        (18.0, 600, code),
        (11.0, 400, say("Opens the desk if the passphrase is forgotten: write it where the passphrase is asked for.")),
        (
            11.0,
            400,
            say("Lock this sheet away from the machine. Whoever has the file and the code can read everything."),
        ),
    )
    top = 0.0
    for points, weight, text in paragraphs:
        font = QFont(style.FAMILY)
        font.setPointSizeF(points)
        font.setWeight(QFont.Weight(weight))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        box = painter.boundingRect(QRectF(0, top, room.width(), room.height()), flags, text)
        painter.drawText(box, flags, text)
        top = box.bottom() + box.height() / max(1, text.count("\n") + 1) * 0.8
    painter.end()
    buffer.close()
    return bytes(data.data())
