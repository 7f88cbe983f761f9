"""The journal: what was done on this desk, when and by whom."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.remembering import journal
from wpsdesk.messages.journal_words import about, done
from wpsdesk.store.journal import Line
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.page import Page

LIMIT: Final = 1000
"""Lines that are shown; the rest stays in the store."""


class JournalPage(Page):
    """A plain table, the newest line first."""

    shows = ("journal", "call", "units", "submissions", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        say = self.say
        self.header(say("Journal"))
        self.lines: Listing[Line] = Listing(
            say("Journal"),
            (
                Column(title=say("When"), text=lambda line: say.moment(line.at)),
                Column(title=say("What"), text=lambda line: done(line.what, say)),
                Column(title=say("About"), text=lambda line: about(line, say), is_wide=True),
                Column(title=say("Who"), text=lambda line: line.who),
            ),
            empty=say("Nothing has been done here yet."),
            how=say("Whatever is made, received or written on this desk leaves a line here."),
        )
        self.body.addWidget(self.lines, 1)

    def refresh(self) -> None:
        """Read the lines again."""
        self.lines.show_values(journal(self.context.desk, LIMIT))
