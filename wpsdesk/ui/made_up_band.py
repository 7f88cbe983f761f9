"""The band over a made-up desk: that it is one, what its passphrase is, and the way out of it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from wpsdesk.desk.looking_around import PASSPHRASE
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label


class MadeUpBand(QFrame):
    """Stands over every page for as long as the desk is open, and cannot be closed alone."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        look = style.current()
        self.setProperty("bar", "warning")
        told = say(
            "This desk is made up, and so is everyone in it. It is thrown away when you close it. Where a passphrase "
            "is asked for, write: {passphrase}",
            passphrase=PASSPHRASE,
        )
        self.setAccessibleName(told)
        self.throw_button = button(say("Throw it away"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        inside.setSpacing(look.px(12))
        inside.addWidget(label(told, wraps=True), 1)
        inside.addWidget(self.throw_button)
