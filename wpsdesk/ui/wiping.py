"""The emergency wipe: reached by a key from anywhere, and meant only when its word is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.gate import GateView

KEYS = "Ctrl+Shift+Delete"


class WipeView(GateView):
    """Which desk, what a wipe does and does not do, and a word to write. It asks for no passphrase."""

    meant = Signal()
    """The word has been written and the button pressed, or Enter."""

    given_up = Signal()

    def __init__(self, say: Catalogue, path: Path) -> None:
        super().__init__(say)
        self.path = path
        self.languages.setEnabled(False)  # nothing is rebuilt under a hand in haste
        self.word = say("WIPE")
        self.line = QLineEdit()
        self.line.setMaximumWidth(style.current().px(240))
        self.line.textChanged.connect(self._compare)
        self.back_button = button(say("Back"), self.given_up.emit)
        self.wipe_button = button(say("Wipe the desk for good"), self._wipe, role="primary")
        self.wipe_button.setEnabled(False)
        column = self.column
        column.addWidget(label(say("Emergency wipe"), type="title"))
        column.addWidget(self.bar)
        column.addWidget(selectable(str(path), type="strong"))
        for text in (
            say("The desk is made unreadable and removed from this machine. Neither the passphrase nor the recovery "
                "code opens it afterwards. This cannot be undone."),
            say("Backups on sticks and other machines are not touched: they still open with their passphrase. What "
                "has been sent to UD is with UD."),
        ):  # fmt: skip
            column.addWidget(label(text, wraps=True))
        self.backups = selectable("")
        self.backups.setAccessibleName(say("Backups"))
        column.addWidget(self.backups)
        self.backups.setVisible(False)
        column.addWidget(Field(say("Write {word} to show that you mean it", word=self.word), self.line))
        column.addLayout(row(None, self.back_button, self.wipe_button, spacing=6))
        column.addStretch(1)

    def begin(self) -> None:
        """Straight to the word."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_backups(self, known: tuple[Path, ...]) -> None:
        """Name the backups that would outlast the wipe, once they have been found."""
        files = self.say.listing(str(one) for one in known)
        self.backups.setText(self.say("These backups still open with their passphrase: {files}.", files=files))
        self.backups.setVisible(bool(known))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter wipes where the word stands; Escape gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wipe()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _compare(self, text: str) -> None:
        self.wipe_button.setEnabled(text.strip().casefold() == self.word.casefold())

    def _wipe(self) -> None:
        if self.wipe_button.isEnabled():
            self.meant.emit()
