"""Who reports to this unit: what has come of each, and whether it may be named in the published report."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.desk.agencies.contributing import contributors, name_in_public
from wpsdesk.desk.call import calling
from wpsdesk.report.contributions import Contributor
from wpsdesk.ui.agencies.more_time_card import MoreTimeCard
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.page import Page
from wpsdesk.ui.signs import Sign


class ReportersPage(Page):
    """The list that goes to UD with the unit's own report."""

    shows = ("call", "submissions", "contributors", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.name_button = button(say("May be named"), self.name_it)
        self.hide_button = button(say("Do not name in public"), self.hide_it)
        self.review_button = button(say("Review the report"), self.review, role="primary")
        self.header(say("Who reports"))
        self.more_time = MoreTimeCard(context, self)
        self.body.addWidget(self.more_time)
        self.rows: Listing[Contributor] = Listing(
            say("Who reports"), self._columns(),
            empty=say("Nobody is asked yet."), how=say("Make a call to them under “Call”."),
        )  # fmt: skip
        self.body.addWidget(self.rows, 1)
        self.footer(self.hide_button, self.name_button, self.review_button, left=self._note())
        self.rows.chosen.connect(self._on_chosen)
        self.rows.opened.connect(self._on_opened)

    def _note(self) -> QWidget:
        say = self.say
        words = say("This list goes with your report. Whoever is not to be named is left out of what is published.")
        return label(words, type="small", wraps=True)

    def _columns(self) -> tuple[Column[Contributor], ...]:
        say, language = self.say, self.context.language
        return (
            Column(title=say("Code"), text=lambda each: each.unit.code),
            Column(title=say("Name"), text=lambda each: each.unit.names[language], is_wide=True),
            Column(
                title=say("How it stands"),
                text=lambda each: _standing(each, self).word, chip=lambda each: _standing(each, self),
            ),
            Column(
                title=say("Answers"),
                text=lambda each: say.number(each.answers) if each.has_reported else "–", is_figure=True,
            ),
            Column(
                title=say("Received"), text=lambda each: "–" if each.received is None else say.moment(each.received)
            ),
            Column(
                title=say("In public"), text=lambda each: say("named") if each.may_be_named else say("not named")
            ),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the list again."""
        call, before = calling.current_call(self.context.desk), self.rows.current()
        found = () if call is None else contributors(self.context.desk, call.year)
        code = None if before is None else before.unit.code
        self.rows.show_values(found, current=lambda each: code in (None, each.unit.code))
        self.more_time.refresh()
        self._enable()

    def _enable(self) -> None:
        now = self.rows.current()
        self.name_button.setEnabled(now is not None and not now.may_be_named)
        self.hide_button.setEnabled(now is not None and now.may_be_named)
        self.review_button.setEnabled(now is not None and now.has_reported)

    def _on_chosen(self, _each: object) -> None:
        self._enable()

    def _on_opened(self, _each: object) -> None:
        self.review()

    def review(self) -> None:
        """Read the report of the one that is chosen."""
        now, call = self.rows.current(), calling.current_call(self.context.desk)
        if now is not None and now.has_reported and call is not None:
            self.context.asked.emit("review", (now.unit.code, call.year, None))

    def name_it(self) -> None:
        """The one that is chosen may be named."""
        self._name(may_be_named=True)

    def hide_it(self) -> None:
        """The one that is chosen may not be named."""
        self._name(may_be_named=False)

    def _name(self, *, may_be_named: bool) -> None:
        now, call = self.rows.current(), calling.current_call(self.context.desk)
        if now is None or call is None:
            return
        try:
            name_in_public(self.context.desk, now.unit.code, call.year, may_be_named=may_be_named)
        except WpsError as fault:
            self.tell(fault)
            return
        self.context.changed.emit("journal")
        self.refresh()


def _standing(each: Contributor, page: ReportersPage) -> Chip:
    if each.has_reported:
        return Chip(sign=Sign.TICK, word=page.say("Has reported"), tone="success")
    return Chip(sign=Sign.RING, word=page.say("Has not reported"), tone="neutral")
