"""The journal: what was done on this desk, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.remembering import journal
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages import language_name, word
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.store.journal import Line
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.page import Page

LIMIT: Final = 1000
"""Lines that are shown; the rest stays in the store."""

DONE: Final[Mapping[str, str]] = {
    "desk-created": N_("The desk was made"),
    "call-made": N_("Call for reports made"),
    "certificate-issued": N_("Certificate issued"),
    "certificate-revoked": N_("Certificate revoked"),
    "received": N_("Report received"),
    "replied": N_("Receipt written"),
    "accepted": N_("Answer accepted"),
    "returned": N_("Answer returned"),
    "withdrawn": N_("Decision undone"),
    "noted": N_("Internal note written"),
    "compiled": N_("Annual report compiled"),
    "backed-up": N_("Backup written"),
    "restored": N_("Desk restored from a backup"),
    "passphrase-changed": N_("Passphrase changed"),
    "recovery-code-renewed": N_("New recovery code made"),
    "store-key-renewed": N_("The store was encrypted anew"),
}
"""What the lines of UD's desk say; a line of a later version of the program shows its own word."""


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


def about(line: Line, say: Catalogue) -> str:
    """What the line is about: the parts of it in words."""
    parts = line.about.split("/")
    if line.what == "compiled" and len(parts) == 3:
        year, edition, language = parts
        named = [language_name(code, say) for code in LANGUAGES if code == language]
        parts = [year, *(word(e, say) for e in Edition if e == edition), *named]
    return " · ".join(parts)


def done(what: str, say: Catalogue) -> str:
    """What was done, in words."""
    known = DONE.get(what)
    return say(known) if known else what
