"""What must be mended before answers can go, and what is advised about those that go; each a link to its field."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from wpsdesk import messages
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.reporter.todo_card import key_name
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark

LISTED = 10
"""Lines of a kind; the rest are a number."""


class FindingsCard(QFrame):
    """Blockers first, advice apart; a line goes when its field is mended, and the card with the last of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("card")
        look = style.current()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._lines.setSpacing(look.px(6))
        self.blocker_links: list[QPushButton] = []
        self.advice_links: list[QPushButton] = []
        self.setVisible(False)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these; what is only still to come is told by the overview."""
        say = self._context.say
        emptied(self._lines)
        stops = [p for p in problems if p.severity is Severity.BLOCKER]
        advice = [p for p in problems if p.severity is Severity.ADVICE]
        words = say.plural("{n} thing must be mended first", "{n} things must be mended first", len(stops))
        hint = say("The answers stay here as drafts until then; the others can go.")
        self.blocker_links = self._show(stops, words, hint, Sign.MARK, "danger")
        words = say.plural("{n} piece of advice", "{n} pieces of advice", len(advice))
        self.advice_links = self._show(advice, words, say("It may be left as it is."), Sign.RING, "muted")
        self.setVisible(bool(stops or advice))

    def _show(self, found: list[Problem], words: str, hint: str, sign: Sign, tone: str) -> list[QPushButton]:
        if not found:
            return []
        links: list[QPushButton] = []
        head = row(Mark(sign, tone), label(words, type="strong"), spacing=8)
        head.addWidget(label(hint, tone="muted", wraps=True), 1)
        self._lines.addLayout(head)
        for problem in found[:LISTED]:
            field = messages.field_name(problem.field, self._context.say)
            go = partial(self._context.asked.emit, "report", (problem.key, problem.field))
            link = button(f"{key_name(problem.key, self._context)}: {field}", go, role="link")
            sentence = label(problem_sentence(problem, self._context.say), tone="muted", wraps=True)
            link.setAccessibleDescription(sentence.text())
            line = row(link, spacing=8)
            line.addWidget(sentence, 1)
            self._lines.addLayout(line)
            links.append(link)
        if len(found) > LISTED:
            more = self._context.say.plural("and {n} more", "and {n} more", len(found) - LISTED)
            self._lines.addWidget(label(more, tone="muted"))
        return links
