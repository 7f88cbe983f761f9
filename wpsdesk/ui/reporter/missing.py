"""The line by the buttons that says what is missing, each a link to its field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark

SHOWN = 3
"""Links in the line; the rest are a number."""


class MissingLine(QWidget):
    """``! 2 fields are missing: Results, Status``; empty where nothing is missing."""

    wanted = Signal(str)
    """Go to this field."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self.links: list[QPushButton] = []
        self._mark = Mark(Sign.MARK, "danger")
        self._words = label("", tone="danger")
        self._rest = label("", tone="danger")
        self._inside = FlowLayout(self, spacing=6)
        self._inside.addWidget(self._mark)
        self._inside.addWidget(self._words)
        self._inside.addWidget(self._rest)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_problems(())

    @property
    def text(self) -> str:
        """All it says, in one string."""
        parts = (self._words.text(), *(link.text() for link in self.links), self._rest.text())
        return " ".join(part for part in parts if part)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show the fields that must be mended before the answer can be marked ready."""
        fields = tuple(dict.fromkeys(p.field for p in problems if p.severity is Severity.BLOCKER))
        for link in self.links:
            self._inside.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        self._mark.setVisible(bool(fields))
        self._words.setText(
            self._say.plural("{n} field to mend:", "{n} fields to mend:", len(fields)) if fields else ""
        )
        for field in fields[:SHOWN]:
            link = button(messages.field_name(field, self._say), partial(self.wanted.emit, field), role="link")
            link.setProperty("tone", "danger")
            self._inside.addWidget(link)
            self.links.append(link)
        self._inside.removeWidget(self._rest)
        self._inside.addWidget(self._rest)
        left = len(fields) - SHOWN
        self._rest.setText(self._say.plural("and {n} more", "and {n} more", left) if left > 0 else "")
        self._words.setVisible(bool(fields))
        self._rest.setVisible(left > 0)
        self.setAccessibleName(self.text)
