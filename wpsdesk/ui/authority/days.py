"""A field for a day: typed, moved by arrow keys, or picked in a calendar."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import signs, style
from wpsdesk.ui.signs import Sign


def day_field(say: Catalogue, name: str, day: date) -> DayEdit:
    """A field with a name for a screen reader that shows ``day`` as the language writes it."""
    found = DayEdit(say)
    found.setAccessibleName(name)
    show_day(found, day)
    return found


def day_form(say: Catalogue) -> str:
    """How a day is written in a field, in Qt's letters: always with four digits for the year."""
    match say.language:
        case "nb" | "nn":
            return "dd.MM.yyyy"
        case "en":
            return "d MMM yyyy"
        case further:
            short = QLocale(further).dateFormat(QLocale.FormatType.ShortFormat)
            return re.sub("d+", "dd", re.sub("M+", "MM", re.sub("y+", "yyyy", short)))


def day_in(field: DayEdit) -> date:
    """The day that a field shows."""
    found = field.date()
    return date(found.year(), found.month(), found.day())


def show_day(field: DayEdit, day: date) -> None:
    """Show another day."""
    field.setDate(QDate(day.year, day.month, day.day))


class DayEdit(QDateEdit):
    """A day with a calendar behind the chevron (Alt+Down or F4). The wheel is left to the page."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        look = style.current()
        self.setCalendarPopup(True)
        self.setDisplayFormat(day_form(say))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("day")
        # Sub-controls are styled here: Fusion's own do not go with the rounded frame.
        wide = look.px(26)
        self.setStyleSheet(
            f"#day {{ padding: {look.px(3)}px {look.px(10)}px; }}"
            f"#day:focus {{ padding: {look.px(2)}px {look.px(9)}px; }}"
            f"#day::drop-down {{ border: none; width: {wide}px; }} #day::down-arrow {{ image: none; }}"
        )
        self.setMinimumWidth(look.px(150))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then its chevron."""
        super().paintEvent(event)
        look = style.current()
        side = look.px(10)
        painter = QPainter(self)
        box = QRectF(self.width() - side - look.px(9), (self.height() - side) / 2, side, side)
        signs.draw(painter, Sign.CHEVRON, box, look.colour("text"))
        painter.end()
