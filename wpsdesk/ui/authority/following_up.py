"""What has been returned and has not come back, the oldest first, and more time for the unit that is read."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.call import calling, extending
from wpsdesk.desk.officers import officer_of
from wpsdesk.desk.review import reviewing
from wpsdesk.desk.review.reviewing import Returned
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import DayEdit, day_in, show_day
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.scrolling import Content, Scroller
from wpsdesk.ui.signs import Sign


def late_chip(each: Returned, say: Catalogue) -> Chip:
    """Late, due, or without a day."""
    if each.late:
        return Chip(sign=Sign.MARK, word=say.plural("{n} day late", "{n} days late", each.late), tone="danger")
    return Chip(sign=Sign.DOTS, word=say("Waits"), tone="neutral")


class FollowUpDialog(QDialog):
    """The list, which leads to each answer, and below it the unit's time."""

    opened = Signal(object)  # (unit, year, answer)
    extended = Signal()

    def __init__(self, context: Context, parent: QWidget, year: Year, unit: UnitCode | None) -> None:
        super().__init__(parent)
        self._context, self._year, self._unit = context, year, unit
        say, look = context.say, style.current()
        self.setWindowTitle(say("Follow-up"))
        self.setModal(True)
        window = parent.window()
        self.resize(min(look.px(860), window.width()), min(look.px(620), window.height()))
        self.rows: Listing[Returned] = Listing(
            say("Returned answers"),
            self._columns(),
            empty=say("Nothing that was returned is outstanding."),
            how=say("An answer that is returned to a unit stands here until it has come again and is accepted."),
        )
        self.rows.setMinimumHeight(look.px(120))
        self.rows.opened.connect(self._open)
        close = button(say("Close"), self.accept, role="primary")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(12))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(say("Returned answers"), type="title"))
        content = Content()  # at large text the two are higher than the window
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(10))
        inside.addWidget(self.rows, 1)
        if unit is not None:
            inside.addWidget(self._time(unit))
        frame.addWidget(Scroller(content), 1)
        frame.addLayout(row(None, close))
        self.rows.show_values(reviewing.returned(context.desk, year))

    def _columns(self) -> tuple[Column[Returned], ...]:
        say = self._context.say
        return (
            Column(title=say("Unit"), text=lambda each: each.unit),
            Column(
                title=say("Commitment"),
                text=lambda each: f"{each.key.commitment} {each.key.country or ''}".strip(),
            ),
            Column(
                title=say("How it stands"),
                text=lambda each: late_chip(each, say).word, chip=lambda each: late_chip(each, say),
            ),
            Column(title=say("Days"), text=lambda each: str(each.days), is_figure=True),
            Column(
                title=say("Answer by"),
                text=lambda each: "" if each.answer_by is None else say.date(each.answer_by),
            ),
            Column(title=say("Told"), text=lambda each: say("Yes") if each.is_told else say("No")),
            Column(title=say("Reason"), text=lambda each: each.reason, is_wide=True),
        )  # fmt: skip

    def _time(self, unit: UnitCode) -> QWidget:
        """The unit's deadline, and a later day for it."""
        say, desk = self._context.say, self._context.desk
        frame, inside = card()
        inside.addWidget(label(say("More time for {unit}", unit=unit), type="head"))
        self._now = label("", wraps=True)
        inside.addWidget(self._now)
        self.day = DayEdit(say)
        self.day.setAccessibleName(say("The unit has time until"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(extending.MAX_REASON)
        self.reason_field = Field(say("Why; it stays with UD"), self.reason)
        self.extend_button = button(say("Give more time"), self._extend)
        inside.addWidget(self.reason_field)
        inside.addWidget(flow(label(say("The unit has time until")), self.day, self.extend_button))
        self._trouble = label("", tone="danger", wraps=True)
        self._trouble.setVisible(False)
        inside.addWidget(self._trouble)
        deadline = self._show_now()
        later = max(deadline, desk.clock().date()) + timedelta(days=14)
        show_day(self.day, later)
        return frame

    def _show_now(self) -> date:
        say, desk = self._context.say, self._context.desk
        deadline = calling.require_call(desk, self._year).deadline
        given = next((e for e in extending.extensions(desk, self._year) if e.unit == self._unit), None)
        told = say("The deadline is {day}.", day=say.date(deadline))
        if given is not None:
            told += " " + say(
                "{officer} has given it time until {day}.", officer=given.officer, day=say.date(given.until)
            )
            told += " " + (say("The unit has been told.") if given.told else say("Not told yet."))
        self._now.setText(told)
        return deadline if given is None else given.until

    def _extend(self) -> None:
        assert self._unit is not None
        desk, until = self._context.desk, day_in(self.day)
        try:
            extending.extend(desk, self._unit, self._year, until, reason=self.reason.text(), officer=officer_of(desk))
        except WpsError as fault:
            self._trouble.setText(str(messages.sentence(fault, self._context.say)))
            self._trouble.setVisible(True)
            return
        self._trouble.setVisible(False)
        self._show_now()
        self.rows.show_values(reviewing.returned(desk, self._year))
        self.extended.emit()

    def _open(self, each: Returned) -> None:
        self.accept()
        self.opened.emit((each.unit, self._year, each.key))
