"""The days on which UD means to remind the units, on the page of the call."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import day_field, day_in, show_day
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.flow import headed_line

Days = tuple[date, ...]


class RemindersSection(QWidget):
    """Told which days stand on the page; gives them back as they have become."""

    changed = Signal()

    def __init__(self, say: Catalogue, today: date) -> None:
        super().__init__()
        self._say = say
        self._days: Days = ()
        self.list: Listing[date] = Listing(
            say("Days for reminders"),
            (Column(title=say("Day"), text=say.date, is_wide=True),),
            empty=say("No days for reminders."),
            how=say("Choose a day above and add it."),
        )
        self.day = day_field(say, say("A day for a reminder"), today + timedelta(days=14))
        self.add_button = button(say("Add the day"), self.add)
        self.remove_button = button(say("Take away"), self.remove)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        inside.addLayout(headed_line(label(say("Days for reminders"), type="head"), self.remove_button))
        told = say("When a day has come, UD and every unit that has not sent are told so in the window.")
        inside.addWidget(label(told, type="small", wraps=True))
        inside.addLayout(row(self.day, self.add_button, None))
        inside.addWidget(self.list, 1)
        self.list.chosen.connect(self._on_chosen)
        self._enable()

    def show_days(self, days: Days, deadline: date) -> None:
        """Show these; the next one that is offered is two weeks before the deadline."""
        self._days = tuple(sorted(set(days)))
        self.list.show_values(self._days)
        if not self._days:
            show_day(self.day, deadline - timedelta(days=14))
        self._enable()

    def days(self) -> Days:
        """The days in order."""
        return self._days

    def _on_chosen(self, _day: object) -> None:
        self._enable()

    def _enable(self) -> None:
        self.remove_button.setEnabled(self.list.current() is not None)

    def add(self) -> None:
        """Remind on this day too."""
        self._days = tuple(sorted({*self._days, day_in(self.day)}))
        self.list.show_values(self._days)
        self._enable()
        self.changed.emit()

    def remove(self) -> None:
        """Do not remind on the day that one stands on."""
        current = self.list.current()
        if current is not None:
            self._days = tuple(day for day in self._days if day != current)
            self.list.show_values(self._days)
            self._enable()
            self.changed.emit()
