"""The line by the buttons: what must be mended and, apart from it, what is advised; each a link to its field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark

SHOWN = 3
"""Links of a kind in the line; the rest are a number."""


class MissingLine(QWidget):
    """``! 2 fields are missing: Results, Status · 1 piece of advice: Challenges``; empty where there is nothing."""

    wanted = Signal(str)
    """Go to this field."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self.links: list[QPushButton] = []
        self._shown: list[QWidget] = []
        self._told: list[str] = []
        self._inside = FlowLayout(self, spacing=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """All it says, in one string."""
        return " ".join(self._told)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show the fields that must be mended before the answer can be marked ready, then those with advice alone."""
        say = self._say
        stops = _by_field(problems, Severity.BLOCKER)
        advice = {name: found for name, found in _by_field(problems, Severity.ADVICE).items() if name not in stops}
        for old in self._shown:
            self._inside.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown, self._told = [], []
        words = say.plural("{n} field to mend:", "{n} fields to mend:", len(stops))
        self.links = self._show(stops, words, Sign.MARK, "danger")
        words = say.plural("{n} piece of advice:", "{n} pieces of advice:", len(advice))
        self._show(advice, words, Sign.RING, "muted")
        self.setAccessibleName(self.text)

    def _show(self, found: dict[str, Problem], words: str, sign: Sign, tone: str) -> list[QPushButton]:
        if not found:
            return []
        links: list[QPushButton] = []
        for field, problem in list(found.items())[:SHOWN]:
            link = button(_name(problem, self._say), partial(self.wanted.emit, field), role="link")
            link.setProperty("tone", "danger" if tone == "danger" else "")
            link.setToolTip(problem_sentence(problem, self._say))
            link.setAccessibleDescription(link.toolTip())
            links.append(link)
        left = len(found) - SHOWN
        rest = [self._say.plural("and {n} more", "and {n} more", left)] if left > 0 else []
        self._told += [words, *(link.text() for link in links), *rest]
        parts: list[QWidget] = [Mark(sign, tone), label(words, tone=tone), *links, *(label(w, tone=tone) for w in rest)]
        for part in parts:
            self._inside.addWidget(part)
            part.show()
        self._shown += parts
        return links


def _name(problem: Problem, say: Catalogue) -> str:
    """The name of the field, or the question."""
    if problem.question is None:
        return messages.field_name(problem.field, say)
    return messages.shown(problem.question.words[say.names_in], at_most=40)


def _by_field(problems: tuple[Problem, ...], severity: Severity) -> dict[str, Problem]:
    """The first problem of a kind in each field, and at each of UD's own questions."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.severity is severity:
            found.setdefault(problem.place, problem)
    return found
