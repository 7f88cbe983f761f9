"""That what stands beside the fields was answered on another commitment, for the plan was another last year."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from wpsdesk.ui import style
from wpsdesk.ui.controls import label


class MovedNote(QFrame):
    """Hidden where the plan is as it was."""

    def __init__(self) -> None:
        super().__init__()
        look = style.current()
        self.setObjectName("quietcard")
        self._words = label("", wraps=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        inside.addWidget(self._words)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_words(self, words: str) -> None:
        """Show a sentence; "" hides the note."""
        self._words.setText(words)
        self.setVisible(bool(words))
