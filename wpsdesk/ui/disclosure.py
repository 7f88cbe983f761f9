"""A line that says how things stand and opens when it is wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.scrolling import bring_up, surface_of
from wpsdesk.ui.topline import ElidedLabel


class Disclosure(QWidget):
    """A head, a summary and a button in one line; the button opens what lies under it."""

    def __init__(self, name: str, body: QWidget, *, opens: str, closes: str, extra: QPushButton | None = None) -> None:
        super().__init__()
        look = style.current()
        self._opens, self._closes, self._name = opens, closes, name
        self.body = body
        self._summary = ElidedLabel()
        self.toggle_button = button(opens, self._toggle)
        line = QHBoxLayout()
        line.setSpacing(look.px(10))
        line.addWidget(label(name, type="head"))
        line.addWidget(self._summary, 1)
        if extra is not None:
            line.addWidget(extra)
        line.addWidget(self.toggle_button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(8))
        inside.addLayout(line)
        inside.addWidget(body)
        self.set_open(is_open=False)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return not self.body.isHidden()

    def set_open(self, *, is_open: bool) -> None:
        """Open or close it."""
        self.body.setVisible(is_open)
        text = self._closes if is_open else self._opens
        self.toggle_button.setText(text)
        self.toggle_button.setAccessibleName(f"{self._name}: {text}")

    def _toggle(self) -> None:
        self.set_open(is_open=not self.is_open)
        if self.is_open:
            self.body.setFocus()
            surface = surface_of(self)
            if surface is not None:  # what was opened at the foot of the window would else be out of sight
                bring_up(surface, self)

    def show_summary(self, text: str) -> None:
        """Say in the line how things stand."""
        self._summary.show_text(text)

    @property
    def summary(self) -> str:
        """What the line says."""
        return self._summary.text()
