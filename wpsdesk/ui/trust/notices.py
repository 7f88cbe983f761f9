"""What waits for a choice between two desks, told where a person looks first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from wpsdesk.desk.answers.merging import waiting
from wpsdesk.desk.call import calling
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row


def notices(context: Context) -> QWidget | None:
    """A card with a line for each, or None where all is in order."""
    lines = _choices(context)
    if not lines:
        return None
    frame, inside = card()
    inside.setSpacing(style.current().px(6))
    for line in lines:
        inside.addWidget(line)
    return frame


def _choices(context: Context) -> list[QWidget]:
    call, say = calling.current_call(context.desk), context.say
    count = 0 if call is None else len(waiting(context.desk, call.year))
    if not count:
        return []
    words = say.plural(
        "{n} answer was changed on both desks, and waits for you to choose.",
        "{n} answers were changed on both desks, and wait for you to choose.",
        count,
    )
    return [_line(context, words, say("Compare and choose"), "handover")]


def _line(context: Context, words: str, verb: str, part: str) -> QFrame:
    link = button(verb, partial(context.asked.emit, "setup", part), role="link")
    link.setAccessibleName(f"{words} {verb}")
    frame = QFrame()
    line = row(spacing=12)
    line.addWidget(label(words, wraps=True), 1)
    line.addWidget(link)
    frame.setLayout(line)
    return frame
