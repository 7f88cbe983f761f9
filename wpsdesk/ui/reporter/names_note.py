"""Names that stand in the answer and perhaps should not: said above it, with the way to each and to the pseudonyms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.report.checks import Problem
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.flow import flow

MOST = 3
"""Names that are told of at once."""


class NamesNote(QFrame):
    """Hidden where there is nothing to tell."""

    wanted = Signal(str)
    """Go to this field."""

    pseudonyms_asked = Signal()

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        look = style.current()
        self._say = say
        self.setObjectName("quietcard")
        self._told: tuple[Problem, ...] = ()
        self.lines: list[QWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(6))
        self.pseudonyms_button = button(say("Pseudonyms …"), self.pseudonyms_asked.emit)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        inside.addLayout(self._rows)
        inside.addLayout(row(self.pseudonyms_button, None))
        self.setVisible(False)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what is about a name."""
        told = tuple(problem for problem in problems if problem.about)
        if told == self._told:
            return
        self._told = told
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(problem) for problem in told[:MOST]]
        for line in self.lines:
            self._rows.addWidget(line)
        self.setVisible(bool(told))

    def _line(self, problem: Problem) -> QWidget:
        words = label(problem_sentence(problem, self._say), tone="warning", wraps=True)
        link = button(
            messages.field_name(problem.field, self._say), partial(self.wanted.emit, problem.field), role="link"
        )
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(words)
        inside.addWidget(flow(link, spacing=0))
        return holder
