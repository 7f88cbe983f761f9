"""Before anybody is asked: what asking one's own agencies or organisations is, and the way to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal

from wpsdesk.plan.model import UnitKind
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.page import Page


def title_of(context: Context) -> str:
    """What those are called who report to this unit."""
    say = context.say
    return say("Organisations") if context.desk.unit.kind is UnitKind.NORAD else say("Agencies")


class BeginningPage(Page):
    """A few sentences and one button."""

    asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, is_norad = self.say, context.desk.unit.kind is UnitKind.NORAD
        self.begin_button = button(say("Begin"), self.asked.emit, role="primary")
        self.header(title_of(context))
        words = (
            say(
                "Organisations report to Norad, and Norad to UD. You make a call to them under UD's, receive and "
                "review their reports here, and take what you want over into your own answers, with the source."
            )
            if is_norad
            else say(
                "Agencies report to their ministry, and the ministry to UD. You make a call to them under UD's, "
                "receive and review their reports here, and take what you want over into your own answers, with the "
                "source."
            )
        )
        digits = say(
            "You vouch for them yourself: each compares your digits with you by telephone, and you theirs, once. UD "
            "does not take part in it, and sees who has reported to you in the report that you send."
        )
        frame, inside = card()
        inside.addWidget(label(say("Ask others under UD's call"), type="head", wraps=True))
        inside.addWidget(label(words, wraps=True))
        inside.addWidget(label(digits, tone="muted", wraps=True))
        inside.addWidget(flow(self.begin_button, is_right=True))
        self.body.addWidget(frame)
        self.body.addStretch(1)
