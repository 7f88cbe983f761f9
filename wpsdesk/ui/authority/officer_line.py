"""Who sits here: asked for once, shown from then on, and changed when somebody else takes over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from wpsdesk.desk.officers import MAX_NAME
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.topline import ElidedLabel


class OfficerLine(QWidget):
    """Says the name, or asks for it."""

    named = Signal(str)

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._words = ElidedLabel()
        self.change_button = button(say("Somebody else"), self.ask, role="link")
        self.line = QLineEdit()
        self.line.setMaxLength(MAX_NAME)
        self.line.setAccessibleName(say("Your name, as it will stand beside your decisions"))
        self.line.setPlaceholderText(say("Your name"))
        self.line.setMinimumWidth(style.current().px(140))
        self.save_button = button(say("Use this name"), self._save)
        self._asking = label(say("Who decides?"), type="strong")
        said, asks = QWidget(), QWidget()
        said.setLayout(row(self._words, self.change_button))
        asks.setLayout(row(self._asking, self.line, self.save_button, None))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(said)
        self._stack.addWidget(asks)
        self.line.returnPressed.connect(self._save)

    def show_officer(self, name: str) -> None:
        """Say who decides; ask where nobody has said it yet."""
        self.line.setText(name)
        self._words.show_text(self._say("{officer} decides", officer=name))
        self._stack.setCurrentIndex(0 if name else 1)

    @property
    def is_asking(self) -> bool:
        """Whether a name is being asked for."""
        return self._stack.currentIndex() == 1

    def ask(self) -> None:
        """Ask for the name."""
        self._stack.setCurrentIndex(1)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        if self.line.text().strip():
            self.named.emit(self.line.text())
