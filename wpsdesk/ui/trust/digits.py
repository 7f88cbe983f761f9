"""A fingerprint as large groups of digits: to be read out, ticked group by group while listening, and printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style

COLUMNS = 4
"""Groups of digits on a line: what one reads out in a breath."""

LARGE = 24
"""Pixels at 100 % of digits: larger than any other text, for they are read out and compared by eye."""


class Digits(QLabel):
    """A fingerprint as large groups of digits, four on a line; it can be marked and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.fingerprint = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet(f"font-size: {style.current().px(LARGE)}px;")
        style.embolden(self)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_digits(self, fingerprint: str) -> None:
        """Show the groups of ``fingerprint``, which are parted by spaces."""
        groups = fingerprint.split()
        self.fingerprint = fingerprint
        # Fewer on a line where they are so large that four would push the page aside.
        across = COLUMNS if not style.current().is_large else COLUMNS // 2
        lines = (groups[start : start + across] for start in range(0, len(groups), across))
        self.setText("\n".join("   ".join(line) for line in lines))
        self.setAccessibleName(f"{self._name}: {fingerprint}")


class HeardDigits(QWidget):
    """The groups as boxes to tick one by one while the other reads them out; Space ticks and goes on to the next."""

    changed = Signal()
    """A group has been ticked, or its tick taken away."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        look = style.current()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(2))
        self.boxes: list[QCheckBox] = []
        self._digits = ""

    def show_digits(self, fingerprint: str) -> None:
        """Show the groups of another fingerprint, none of them ticked."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        groups = fingerprint.split()
        self._digits, self.boxes = fingerprint, []
        across = COLUMNS if not style.current().is_large else COLUMNS // 2
        for place, group in enumerate(groups):
            box = QCheckBox(group, self)
            words = self._say("Group {n} of {count}: {digits}", n=place + 1, count=len(groups), digits=" ".join(group))
            box.setAccessibleName(words)
            box.setStyleSheet(f"font-size: {style.current().px(LARGE - 4)}px;")
            style.embolden(box)
            box.toggled.connect(self._on_toggle)
            box.installEventFilter(self)
            self._grid.addWidget(box, place // across, place % across)
            self.boxes.append(box)
        self._grid.setColumnStretch(across, 1)
        self.setAccessibleName(self._say("The request's digits") + f": {fingerprint}")

    @property
    def are_all_heard(self) -> bool:
        """Whether every group is ticked."""
        return bool(self.boxes) and all(box.isChecked() for box in self.boxes)

    @property
    def fingerprint(self) -> str:
        """The digits that are shown."""
        return self._digits

    def _on_toggle(self, _is_on: bool) -> None:
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks the group and goes on to the next, so that one can listen with the hand on one key."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched in self.boxes:
            place = self.boxes.index(watched)
            if event.key() == Qt.Key.Key_Space:
                box = self.boxes[place]
                box.setChecked(not box.isChecked())
                if box.isChecked() and place + 1 < len(self.boxes):
                    self.boxes[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False
