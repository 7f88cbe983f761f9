"""Asking whether the aid statistics of a year are to be removed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row


class RemovingDialog(QDialog):
    """Accepted where the person means it."""

    def __init__(self, parent: QWidget, say: Catalogue, year: Year) -> None:
        super().__init__(parent)
        look, title = style.current(), say("Remove the statistics for {year}?", year=str(year))
        self.setWindowTitle(title)
        self.remove_button = button(say("Remove the statistics"), self.accept, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        told = say(
            "The annual report for {year} is then made without the chapter on aid. What has been released stays as it "
            "is. The file can be loaded again.",
            year=str(year),
        )
        inside.addWidget(label(told, wraps=True))
        inside.addStretch(1)
        inside.addLayout(row(None, self.cancel_button, self.remove_button))
        self.resize(look.px(460), look.px(180))
        self.cancel_button.setFocus()
