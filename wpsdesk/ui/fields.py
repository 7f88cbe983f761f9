"""A control with its label above, and under it a hint and, when there is one, what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.ui import style
from wpsdesk.ui.controls import label, retone

WIDEST = 560
"""Pixels at 100 % of a field of one line; longer ones are hard to read."""


class Field(QWidget):
    """A labelled control. The label is its buddy; hint and error are its accessible description.

    ``beside`` is what is laid out in the control's place where it has company (a Browse button, say).
    """

    def __init__(
        self, name: str, control: QWidget, *, hint: str = "", is_head: bool = False, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self._hint_text = hint
        self.name = name
        self._label = label(name, type="head" if is_head else "strong")
        self._label.setBuddy(control)
        self._hint = label(hint, type="small", wraps=True)
        if not hint:
            self._hint.hide()  # never shown before it has a parent: it would be a window of its own for a moment
        self._error = label("", type="text", tone="danger", wraps=True)
        self._error.setVisible(False)
        if not control.accessibleName():
            control.setAccessibleName(name)
        control.setAccessibleDescription(hint)
        self.setFocusProxy(control)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        for widget in (self._label, beside or control, self._hint, self._error):
            inside.addWidget(widget)

    def show_hint(self, text: str) -> None:
        """Say another hint under the control; "" takes it away."""
        self._hint_text = text
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self.control.setAccessibleDescription(f"{self.error} {text}".strip())

    @property
    def error(self) -> str:
        """What is said to be wrong; "" where nothing is."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Say at the field what is wrong; "" takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        retone(self.control, name="fault", value="true" if text else "")
        self.control.setAccessibleDescription(f"{text} {self._hint_text}".strip())


def line_field(name: str, *, hint: str = "", text: str = "", is_secret: bool = False) -> tuple[Field, QLineEdit]:
    """A field of one line, and its control."""
    control = QLineEdit(text)
    control.setMaximumWidth(style.current().px(WIDEST))
    control.setAcceptDrops(False)  # a dropped file is for the page, its address is no answer
    if is_secret:
        control.setEchoMode(QLineEdit.EchoMode.Password)
    return Field(name, control, hint=hint), control
