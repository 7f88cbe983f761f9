"""That a day for reminders has come, and how many units it concerns; nothing where none has, or all are written to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wpsdesk.desk.call import calling
from wpsdesk.desk.review.reminder_days import day_come, reminders_due
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark


class ReminderNotice(QWidget):
    """One line with a button that leads on."""

    wanted = Signal()

    def __init__(self, context: Context, act: str) -> None:
        super().__init__()
        self._context = context
        self._words = label("", type="strong", wraps=True)
        self.act_button = button(act, self.wanted.emit, role="link")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        inside.addWidget(Mark(Sign.MARK, "warning"))
        inside.addWidget(self._words, 1)
        inside.addWidget(self.act_button)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says; "" where it is not shown."""
        return "" if self.isHidden() else self._words.text()

    def refresh(self) -> None:
        """Look at the latest call again."""
        desk, say = self._context.desk, self._context.say
        call = calling.current_call(desk)
        day = None if call is None else day_come(desk, call)
        count = 0 if call is None or day is None else len(reminders_due(desk, call.year, language="nb"))
        if day is not None:
            self._words.setText(
                say.plural(
                    "The day for a reminder, {day}, has come. {n} unit owes something and has not been written to.",
                    "The day for a reminder, {day}, has come. {n} units owe something and have not been written to.",
                    count, day=say.date(day),
                )
            )  # fmt: skip
        self.setVisible(count > 0)
