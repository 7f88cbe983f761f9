"""What a file would change, answer by answer, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from wpsdesk.desk.drafting import EntryChange
from wpsdesk.messages.values import value_words
from wpsdesk.messages.words import field_name
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row
from wpsdesk.ui.scrolling import Content, Scroller

SHOWN = 80
"""Answers that are shown in full; more are a number."""


class ChangesDialog(QDialog):
    """Now at the left, from the file at the right; one button takes it in, the other leaves all as it is."""

    def __init__(
        self, context: Context, parent: QWidget, changes: tuple[EntryChange, ...], take_in: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._context, self._take_in = context, take_in
        look, say = style.current(), context.say
        self.setWindowTitle(say("What will change"))
        self.setModal(True)
        self.resize(min(look.px(900), parent.window().width()), min(look.px(640), parent.window().height()))
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        frame.setSpacing(look.px(12))
        frame.addWidget(label(say("What will change"), type="title"))
        counted = say.plural("{n} answer will be changed.", "{n} answers will be changed.", len(changes))
        nothing = say("Nothing: the desk holds all of it already.")
        frame.addWidget(label(counted if changes else nothing, wraps=True))
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(12))
        for change in changes[:SHOWN]:
            inside.addWidget(self._answer(change))
        if len(changes) > SHOWN:
            inside.addWidget(label(say.plural("and {n} more", "and {n} more", len(changes) - SHOWN), tone="muted"))
        inside.addStretch(1)
        self.scroller = Scroller(content)
        frame.addWidget(self.scroller, 1)
        self.leave_button = button(say("Leave all as it is"), self.reject)
        self.take_button = button(say("Take it in"), self._on_take, role="primary")
        self.take_button.setEnabled(bool(changes))
        frame.addLayout(row(None, self.leave_button, self.take_button))
        (self.take_button if changes else self.leave_button).setFocus()

    def _on_take(self) -> None:
        self.accept()
        self._take_in()

    def _answer(self, change: EntryChange) -> QWidget:
        look, say = style.current(), self._context.say
        frame, inside = card()
        inside.addWidget(label(answer_name(self._context, change.key), type="head", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, head in enumerate((say("Field"), say("Now"), say("From the file"))):
            grid.addWidget(label(head, type="small"), 0, place)
        for line, field in enumerate(change.fields, start=1):
            before, after = (value_words(field.name, value, say) for value in (field.before, field.after))
            grid.addWidget(label(field_name(field.name, say), type="strong", wraps=look.is_large), line, 0)
            grid.addWidget(label(before or "–", tone="muted", wraps=True), line, 1)
            grid.addWidget(label(after or "–", wraps=True), line, 2)
        inside.addLayout(grid)
        return frame


def answer_name(context: Context, key: EntryKey) -> str:
    """``7  Kjønnsperspektiv i forhandlinger, Somalia``."""
    plan = context.desk.plan
    name = f"{key.commitment}  {plan.commitment(key.commitment).titles[context.language]}"
    return name if key.country is None else f"{name}, {plan.country(key.country).names[context.language]}"
