"""On the overview: what the unit has said of its own that waits, the follow-up document and measures past their day."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import measures
from wpsdesk.desk.evidence.follow_up import follow_up_of
from wpsdesk.plan.model import UnitKind
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow


class OwnLines(QWidget):
    """A line for each, with the way there; nothing where nothing waits."""

    def __init__(self, context: Context, year: Year) -> None:
        super().__init__()
        say, desk = context.say, context.desk
        self.links: list[QPushButton] = []
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        stands = follow_up_of(desk, year)
        told: list[tuple[str, str]] = []
        if stands.aside is not None:
            told.append((say("The unit's two desks have different follow-up documents."), say("Choose one")))
        elif stands.codes:
            told.append((say("The follow-up document lacks something, and is not sent."), say("See what it lacks")))
        elif stands.document is None and desk.unit.kind is UnitKind.MINISTRY:
            told.append((say("The unit's follow-up document is not attached."), say("Attach it")))
        late = sum(line.is_late for line in measures.measures(desk, year))
        if late:
            words = say.plural(
                "{n} measure of the unit's own is past its day.", "{n} measures of the unit's own are past their day.",
                late,
            )  # fmt: skip
            told.append((words, say("See own measures")))
        for words, verb in told:
            link = button(verb, partial(context.asked.emit, "measures", None), role="link")
            link.setAccessibleDescription(words)
            self.links.append(link)
            inside.addWidget(flow(label(words), link, spacing=8))
