"""The journal: what was done on this desk, when and by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from wpsdesk.compilation.plain_lists import PlainList
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.listing import plain_list
from wpsdesk.desk.remembering import beginning_of, end_of, journal, seekable
from wpsdesk.i18n import N_
from wpsdesk.messages.journal_words import about, done
from wpsdesk.store.journal import Line, Sought
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import day_field, day_in
from wpsdesk.ui.authority.list_writing import ListMenu
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, label, row
from wpsdesk.ui.flow import flow
from wpsdesk.ui.page import Page

LIMIT: Final = 1000
"""Lines that are shown; the rest stays in the store."""

BETWEEN: Final = -1
"""The place of "from a day to a day" among the choices of days."""

DAYS: Final[tuple[tuple[str, int | None], ...]] = (
    (N_("All days"), None),
    (N_("Today"), 0),
    (N_("The last 7 days"), 6),
    (N_("The last 30 days"), 29),
)
"""How far back the page looks: days before today."""


class JournalPage(Page):
    """A plain table, the newest line first, narrowed by unit, kind, person and days."""

    shows = ("journal", "call", "units", "submissions", "replies", "reviews")

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        say = self.say
        self.writing = ListMenu(self, self.listed, name="journal")
        self.header(say("Journal"), self.writing)
        self.unit, self.what, self.who = Choice(say("About")), Choice(say("What")), Choice(say("Who"))
        days: list[tuple[object, str]] = [(place, say(name)) for place, (name, _) in enumerate(DAYS)]
        self.days = Choice(say("Days"), [*days, (BETWEEN, say("From a day to a day"))])
        for choice in (self.unit, self.what, self.who):
            choice.setMaximumWidth(style.current().px(240))
        today = context.desk.clock().astimezone().date()
        self.first, self.last = day_field(say, say("From the day"), today), day_field(say, say("To the day"), today)
        self.between = QWidget()
        self.between.setLayout(row(self.first, label("–"), self.last))
        self.filters = flow(self.unit, self.what, self.who, self.days, self.between, spacing=10)
        self.between.hide()
        self.body.addWidget(self.filters)
        self.more = label("", tone="muted", wraps=True)
        self.lines: Listing[Line] = Listing(
            say("Journal"),
            (
                Column(title=say("When"), text=lambda line: say.moment(line.at)),
                Column(title=say("What"), text=lambda line: done(line.what, say)),
                Column(title=say("About"), text=lambda line: about(line, say), is_wide=True),
                Column(title=say("Who"), text=lambda line: line.who),
            ),
            empty=say("There is no such line."),
            how=say("Whatever is made, received or written on this desk leaves a line here."),
        )
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.more)
        for choice in (self.unit, self.what, self.who, self.days):
            choice.activated.connect(self._narrow)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._narrow)

    def refresh(self) -> None:
        """Read the lines again, and what they can be narrowed to."""
        say, desk = self.say, self.context.desk
        whos, whats = seekable(desk)
        call = current_call(desk)
        units = [] if call is None else [asked.unit for asked in call.asked]
        self._fill(
            self.unit, say("All units"), [(u.code, f"{u.code}  {u.names[self.context.language]}") for u in units]
        )
        self._fill(self.what, say("Everything"), sorted(((w, done(w, say)) for w in whats), key=lambda pair: pair[1]))
        self._fill(self.who, say("Everybody"), [(who, who) for who in whos if who])
        self._narrow()

    def _fill(self, choice: Choice, every: str, pairs: list[tuple[str, str]]) -> None:
        before = choice.chosen()
        choice.offer([("", every), *pairs])
        choice.choose(before if before in choice.values else "")

    def _narrow(self) -> None:
        say = self.say
        self.between.setVisible(self.days.chosen() == BETWEEN)
        found = journal(self.context.desk, LIMIT + 1, self.sought)
        self.lines.show_values(found[:LIMIT])
        is_cut = len(found) > LIMIT
        words = say("Only the latest {n} lines are shown and printed. Narrow the list to see the others.", n=LIMIT)
        self.more.setText(words if is_cut else "")
        self.more.setVisible(is_cut)

    def open_thing(self, thing: object) -> None:
        """Go to the line of this number, whatever the page was narrowed to."""
        if not isinstance(thing, int):
            return
        for choice in (self.unit, self.what, self.who):
            choice.choose("")
        self.days.choose(0)
        self._narrow()
        place = next((i for i, line in enumerate(self.lines.rows.values) if line.number == thing), None)
        if place is not None:
            self.lines.table.setCurrentIndex(self.lines.rows.index(place, 0))
            self.lines.table.setFocus()

    @property
    def sought(self) -> Sought:
        """What the page is narrowed to."""
        unit, what, who = (str(choice.chosen() or "") for choice in (self.unit, self.what, self.who))
        place = self.days.chosen()
        if place == BETWEEN:
            first, last = sorted((day_in(self.first), day_in(self.last)))
            return Sought(unit=unit, what=what, who=who, since=beginning_of(first), until=end_of(last))
        back = DAYS[place][1] if isinstance(place, int) else None
        today = self.context.desk.clock().astimezone().date()
        since = None if back is None else beginning_of(today - timedelta(days=back))
        return Sought(unit=unit, what=what, who=who, since=since)

    def listed(self) -> PlainList:
        """The lines that are shown, to be written or printed."""
        desk, language, say = self.context.desk, self.context.language, self.say
        columns = self.lines.rows.columns
        return plain_list(
            desk,
            say=say,
            title=say("Journal"),
            note=" · ".join([desk.unit.names[language], *self._filters(), say.moment(desk.clock())]),
            heads=tuple(column.title for column in columns),
            rows=tuple(tuple(column.text(line) for column in columns) for line in self.lines.rows.values),
        )

    def _filters(self) -> list[str]:
        told = [choice.currentText() for choice in (self.unit, self.what, self.who)]
        if self.days.chosen() != BETWEEN:
            return [*told, self.days.currentText()]
        first, last = sorted((day_in(self.first), day_in(self.last)))
        return [*told, f"{self.say.date(first)} – {self.say.date(last)}"]
