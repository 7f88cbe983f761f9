"""The buttons that choose between two versions of the same thing, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from wpsdesk.report.sides import Side
from wpsdesk.ui.flow import flow


class SideButtons(QWidget):
    """One of the sides there are, or none yet."""

    chosen = Signal()

    def __init__(self, name: str, sides: Sequence[Side], words: Mapping[Side, str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[Side, QRadioButton] = {}
        for side in sides:
            radio = QRadioButton(words[side], self)
            radio.setAccessibleName(f"{name}: {words[side]}")
            radio.toggled.connect(self._on_toggle)
            self._group.addButton(radio)
            self.buttons[side] = radio
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(flow(*self.buttons.values(), spacing=16))

    def _on_toggle(self, is_on: bool) -> None:
        if is_on:
            self.chosen.emit()

    @property
    def side(self) -> Side | None:
        """What was chosen, or None."""
        return next((side for side, radio in self.buttons.items() if radio.isChecked()), None)

    def choose(self, side: Side) -> None:
        """Choose a side where there is it to choose."""
        if side in self.buttons:
            self.buttons[side].setChecked(True)
