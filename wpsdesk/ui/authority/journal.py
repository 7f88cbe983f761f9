"""The journal: what was done on this desk, when and by whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.listing import plain_list, write_list
from wpsdesk.desk.remembering import beginning_of, journal, seekable
from wpsdesk.i18n import N_
from wpsdesk.messages import Sentence
from wpsdesk.messages.journal_words import about, done
from wpsdesk.store.journal import Line, Sought
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button
from wpsdesk.ui.flow import flow
from wpsdesk.ui.page import Page

LIMIT: Final = 1000
"""Lines that are shown; the rest stays in the store."""


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
        self.print_button = button(say("To a PDF file"), self.ask_file)
        self.header(say("Journal"), self.print_button)
        self.unit, self.what, self.who = Choice(say("About")), Choice(say("What")), Choice(say("Who"))
        self.days = Choice(say("Days"), [(place, say(name)) for place, (name, _) in enumerate(DAYS)])
        for choice in (self.unit, self.what, self.who):
            choice.setMaximumWidth(style.current().px(240))
        self.filters = flow(self.unit, self.what, self.who, self.days, spacing=10)
        self.body.addWidget(self.filters)
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
        for choice in (self.unit, self.what, self.who, self.days):
            choice.activated.connect(self._narrow)

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
        self._fill(self.who, say("Everybody"), [(who, who) for who in whos])
        self._narrow()

    def _fill(self, choice: Choice, every: str, pairs: list[tuple[str, str]]) -> None:
        before = choice.chosen()
        choice.offer([("", every), *pairs])
        choice.choose(before if before in choice.values else "")

    def _narrow(self) -> None:
        self.lines.show_values(journal(self.context.desk, LIMIT, self.sought))

    @property
    def sought(self) -> Sought:
        """What the page is narrowed to."""
        place = self.days.chosen()
        back = DAYS[place][1] if isinstance(place, int) else None
        today = self.context.desk.clock().astimezone().date()
        unit, what, who = (str(choice.chosen() or "") for choice in (self.unit, self.what, self.who))
        since = None if back is None else beginning_of(today - timedelta(days=back))
        return Sought(unit=unit, what=what, who=who, since=since)

    def ask_file(self) -> None:
        """Ask for a file, and write the lines that are shown into it as a tagged PDF."""
        say, desk, language = self.say, self.context.desk, self.context.language
        out = choosing.new_file(
            self, say("Where is it to lie?"), folder_of(self.context) / "journal.pdf", kinds="PDF (*.pdf)"
        )
        if out is None:
            return
        columns = self.lines.rows.columns
        listed = plain_list(
            desk,
            language=language,
            title=say("Journal"),
            note=" · ".join([desk.unit.names[language], *self._filters(), say.moment(desk.clock())]),
            heads=tuple(column.title for column in columns),
            rows=tuple(tuple(column.text(line) for column in columns) for line in self.lines.rows.values),
        )
        self.context.jobs.start(
            lambda _progress: write_list(listed, out),
            owner=self, title=say("Writing"), done=lambda _none: self._written(out), failed=self.tell,
        )  # fmt: skip

    def _filters(self) -> list[str]:
        return [choice.currentText() for choice in (self.unit, self.what, self.who, self.days)]

    def _written(self, out: Path) -> None:
        remember(self.context, out.parent)
        told = self.say("The journal is written to {file}.", file=out)
        self.context.told.emit(Sentence(what=told, kept="", do=""), "success")
