"""The public wording of a text, written with the whole text in sight at its side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import TextArea, button, label, row


class BesideEditor(QWidget):
    """Two columns: the text as it is written in the answer, and what the public is to read."""

    changed = Signal()

    def __init__(self, say: Catalogue, name: str, public_name: str) -> None:
        super().__init__()
        look = style.current()
        self.whole = TextArea(say("Whole text: {field}", field=name), lines=2, is_read_only=True)
        self.public = TextArea(public_name, lines=2)
        self.copy_button = button(say("Start from the whole text"), self._copy, role="link")
        self.copy_button.setAccessibleName(f"{public_name}: {self.copy_button.text()}")
        direction = QBoxLayout.Direction
        across = QBoxLayout(direction.TopToBottom if look.is_large else direction.LeftToRight, self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(12))
        self._add(across, label(say("Whole text: {field}", field=name), type="strong", wraps=True), self.whole)
        head = label(public_name, type="strong", wraps=True)
        head.setBuddy(self.public)
        self._add(across, head, self.public, self.copy_button)
        self.setFocusProxy(self.public)
        self.public.textChanged.connect(self._on_written)

    def _add(self, across: QBoxLayout, *widgets: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(style.current().px(4))
        for widget in widgets[:2]:
            column.addWidget(widget)
        if widgets[2:]:
            column.addLayout(row(*widgets[2:], None))
        column.addStretch(1)
        across.addLayout(column, 1)

    def _copy(self) -> None:
        cursor = self.public.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(self.whole.toPlainText())  # as typed, so that it can be undone
        self.public.setFocus()

    def _on_written(self) -> None:
        self.copy_button.setVisible(not self.public.toPlainText().strip())
        self.changed.emit()

    def show_whole(self, text: str) -> None:
        """The text as the answer has it now."""
        if self.whole.toPlainText() != text:
            self.whole.setPlainText(text)

    def show_public(self, text: str) -> None:
        """Show a wording, without telling of it."""
        if self.public.toPlainText() != text:
            self.public.blockSignals(True)
            self.public.setPlainText(text)
            self.public.blockSignals(False)
        self.copy_button.setVisible(not text.strip())
