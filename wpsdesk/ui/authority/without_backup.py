"""Asking whether to import although the day's backup could not be made."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row


class WithoutBackupDialog(QDialog):
    """Says why there is no backup; accepted where the person goes on without one."""

    def __init__(self, parent: QWidget, why: Sentence, say: Catalogue) -> None:
        super().__init__(parent)
        look = style.current()
        self.setWindowTitle(say("No backup"))
        self.setModal(True)
        self.go_on_button = button(say("Import without a backup"), self.accept)
        self.cancel_button = button(say("Cancel"), self.reject, role="primary")
        self.cancel_button.setDefault(True)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(say("No backup"), type="title"))
        for text in (why.what, why.kept, why.do):
            frame.addWidget(label(text, wraps=True))
        frame.addStretch(1)
        frame.addLayout(row(None, self.go_on_button, self.cancel_button))
        window = parent.window().size()
        self.resize(min(look.px(520), window.width() - 40), min(look.px(260), window.height() - 40))
