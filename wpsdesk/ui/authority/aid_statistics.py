"""Aid statistics: a file is loaded after telling what it changes, the sums are shown, agreements joined to the plan."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.compilation.aid_figures import AidBy
from wpsdesk.compilation.tree import Stack
from wpsdesk.desk.call import calling
from wpsdesk.desk.publication import statistics
from wpsdesk.desk.publication.agreements import Agreement, agreements
from wpsdesk.desk.publication.statistics import AidProposal
from wpsdesk.desk.publication.statistics_shown import picture_of, recipient
from wpsdesk.i18n import N_
from wpsdesk.intake.aid import CurrencyUnknown, NothingForYear
from wpsdesk.messages import Sentence, sentence, shown
from wpsdesk.messages.statistics_words import stands_words
from wpsdesk.report.aid import CURRENCY, AidStatistics
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.aid_file_card import AidFileCard
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.joining_dialog import JoiningDialog
from wpsdesk.ui.authority.picture_view import PictureView
from wpsdesk.ui.authority.removing_dialog import RemovingDialog
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, MenuButton, button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xml")
AGREEMENTS: Final = "agreement"
BY: Final = (
    (AidBy.COUNTRY, N_("By country")),
    (AidBy.PURPOSE, N_("By purpose")),
    (AidBy.MARKER, N_("By gender marker, year by year")),
    (AidBy.COMMITMENT, N_("By commitment")),
    (AGREEMENTS, N_("Agreement by agreement")),
)
EARLIEST: Final = 10
"""Years back that statistics can be loaded for: a trend may begin before the plan."""

Row = tuple[str, ...]


class AidStatisticsPage(Page):
    """Sums as a picture and a table; a file that waits stands in their place until it is taken in or put away."""

    shows = ("statistics", "submissions", "call")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, look = self.say, style.current()
        self._year: Year | None = None
        self._path: Path | None = None
        self.years = MenuButton("")
        self.header(say("Aid statistics"), self.years)
        self.facts = label("", tone="muted", wraps=True)
        self.card = AidFileCard(say, self._recipient)
        self.by = Choice(say("Show the sums"), [(value, say(text)) for value, text in BY])
        self.join_button = button(say("Put under commitments"), self._join_current)
        self.caption = label("", type="strong", wraps=True)
        self.picture = PictureView()
        self.sums: Listing[Row] = Listing(
            say("The sums"), (), empty=say("No agreement stands under any commitment."),
            how=say("Choose “Agreement by agreement” to put agreements under commitments."),
        )  # fmt: skip
        self.agreements: Listing[Agreement] = Listing(say("Agreements"), self._agreement_columns(), empty="")
        self._empty = label("", type="head", wraps=True)
        self._how = label("", tone="muted", wraps=True)
        for widget in (self.facts, self.card, self._empty, self._how):
            self.body.addWidget(widget)
        self._tools = flow(self.by, self.join_button, spacing=12)
        self.body.addWidget(self._tools)
        self.body.addWidget(self.caption)
        self.body.addWidget(self.picture)
        for listing in (self.sums, self.agreements):
            listing.setMinimumHeight(look.px(230))
            self.body.addWidget(listing, 1)
        self.body.addStretch(0)
        self._told = label("", type="small", wraps=True)
        self.remove_button = button(say("Remove the statistics"), self.ask_remove)
        self.load_button = button(say("Load a file"), self.choose_file, role="primary")
        self.away_button = button(say("Put the file away"), self.put_away)
        self.take_button = button(say("Take in the statistics"), self.take_in, role="primary")
        self.footer(self.remove_button, self.load_button, self.away_button, self.take_button, left=self._told)
        self.card.asked_again.connect(self._look)
        self.by.activated.connect(self._show_sums)
        self.agreements.opened.connect(self.join)
        self.agreements.chosen.connect(self._enable)

    def _agreement_columns(self) -> tuple[Column[Agreement], ...]:
        say = self.say
        return (
            Column(title=say("Agreement"), text=lambda one: shown(one.number)),
            Column(title=say("Recipient"), text=lambda one: ", ".join(map(self._recipient, one.recipients))),
            Column(title=say("Purpose"), text=lambda one: ", ".join(one.purposes)),
            Column(title=say("In all"), text=lambda one: say.number(one.total), is_figure=True),
            Column(title=say("Commitments"), text=lambda one: stands_words(one, say), is_wide=True),
        )

    def _recipient(self, key: str) -> str:
        return shown(recipient(self.context.desk, key, self.context.language))

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read which years are held, and the sums of the one that is shown."""
        desk, say = self.context.desk, self.say
        held = statistics.years_with_statistics(desk)
        if self._year not in held:
            self._year = held[0] if held else None
        if self._year is not None:
            marked = held.index(self._year)
            self.years.choices(
                [(say("Year {year}", year=year), partial(self.look_at, year)) for year in held], marked=marked
            )
            self.years.setText(say("Year {year}", year=self._year))
        self._show()

    def look_at(self, year: Year) -> None:
        """Show another year."""
        self._year = year
        self.refresh()

    def _show(self) -> None:
        """Either the file that waits, or the sums, or the words where there is nothing."""
        say, waits = self.say, self._path is not None
        has_sums = not waits and self._year is not None
        self.card.setVisible(waits)
        self.years.setVisible(has_sums)
        for widget in (self.facts, self._tools, self.caption, self.picture, self.sums, self.agreements):
            widget.setVisible(has_sums)
        for words in (self._empty, self._how):
            words.setVisible(not waits and self._year is None)
        self._empty.setText(say("No aid statistics are loaded yet."))
        self._how.setText(
            say(
                "Ask Norad for the year's disbursements as CSV or XLSX with the columns of the OECD's extracts, or as "
                "IATI activities. Choose “Load a file”: you see what it holds before anything is taken in."
            )
        )
        for action in (self.remove_button, self.load_button):
            action.setVisible(not waits)
        for action in (self.away_button, self.take_button):
            action.setVisible(waits)
        self.remove_button.setEnabled(has_sums)
        self._told.setText(say("Nothing is changed yet.") if waits else say("A file can be dropped on this page."))
        if has_sums:
            self._show_sums()

    def _show_sums(self, _index: int = 0) -> None:
        assert self._year is not None
        desk, what = self.context.desk, self.by.chosen()
        held = statistics.statistics(desk, self._year)
        if held is None:  # another officer has just removed them
            self.facts.setText("")
            return
        self.facts.setText(self._facts(held))
        is_each = what == AGREEMENTS
        self.agreements.setVisible(is_each)
        self.sums.setVisible(not is_each)
        self.join_button.setVisible(is_each)
        if is_each:
            self._draw(None)
            found, before = agreements(desk, self._year), self.agreements.current()
            wanted = before.number if before is not None else next((one.number for one in found), "")
            self.agreements.show_values(found, current=lambda one: one.number == wanted)
        else:
            made = picture_of(desk, self._year, AidBy(str(what)), self.context.language)
            self._draw(made)
            if made is not None:
                heads = made.table.columns
                self.sums.rows.columns = tuple(
                    Column(title=head.head, text=partial(_cell, place), is_wide=not place, is_figure=bool(place))
                    for place, head in enumerate(heads)
                )
            rows = () if made is None else made.table.rows
            self.sums.show_values(tuple(tuple(cell.words.text for cell in each) for each in rows))
        self._enable()

    def _draw(self, made: Stack | None) -> None:
        self.caption.setText("" if made is None else made.caption)
        self.caption.setVisible(made is not None)
        self.picture.show_picture(made)

    def _facts(self, held: AidStatistics) -> str:
        say = self.say
        return say(
            "{source}. {currency} {total} on {rows}, taken in {day}.",
            source=shown(held.source).rstrip("."), currency=held.currency, total=say.number(held.total),
            rows=say.plural("{n} row", "{n} rows", len(held.rows)), day=say.moment(held.loaded_at),
        )  # fmt: skip

    def _enable(self, _row: object = None) -> None:
        self.join_button.setEnabled(self.agreements.current() is not None)

    # -- loading -----------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file, and look into it."""
        say = self.say
        kinds = say("Statistics") + " (" + " ".join(f"*{suffix}" for suffix in SUFFIXES) + ")"
        found = choosing.open_files(self, say("Load a file"), folder_of(self.context), kinds=kinds, many=False)
        if found:
            remember(self.context, found[0].parent)
            self.look_into(found[0])

    def accept_file_drop(self, paths: list[str]) -> bool:
        """Look into the first file that may be statistics; bundles are left to the inbox."""
        found = next((Path(path) for path in paths if Path(path).suffix.lower() in SUFFIXES), None)
        if found is not None:
            self.look_into(found)
        return found is not None

    def look_into(self, path: Path) -> None:
        """Read a file and tell what it would change; nothing is changed."""
        desk = self.context.desk
        held, asked = statistics.years_with_statistics(desk), calling.years(desk)
        today = desk.clock().astimezone().year
        years = tuple(sorted({*held, *asked, *(Year(today - back) for back in range(EARLIEST + 1))}, reverse=True))
        year = self._year or (max(asked) if asked else Year(today - 1))
        last = statistics.statistics(desk, held[0]) if held else None
        self._path = path
        self.card.show_file(path, years, year, "" if last is None else last.source)
        self._show()
        self._look()

    def _look(self) -> None:
        desk, path = self.context.desk, self._path
        year, currency = self.card.chosen_year, self.card.chosen_currency
        if path is None:
            return
        if currency and CURRENCY.fullmatch(currency) is None:
            self.card.show_trouble(self.card.currency_field, self.say("Write three letters, such as NOK."))
            return
        self.context.quieted.emit()
        self.take_button.setEnabled(False)
        self.context.jobs.start(
            lambda progress: statistics.look_into(desk, path, year, "", currency=currency, progress=progress),
            owner=self, title=self.say("Reading the statistics"), done=self._looked, failed=self._not_looked,
        )  # fmt: skip

    def _looked(self, proposal: AidProposal) -> None:
        self.card.show_proposal(proposal)
        self.take_button.setEnabled(not proposal.found.faults)
        if not proposal.found.faults and not self.card.source.text().strip():
            self.card.source.setFocus()

    def _not_looked(self, fault: WpsError) -> None:
        told = sentence(fault, self.say)
        match fault:
            case CurrencyUnknown():
                self.card.show_trouble(self.card.currency_field, f"{told.what} {told.do}")
            case NothingForYear():
                self.card.show_trouble(self.card.year_field, self.say("The file has nothing for this year."))
            case _:
                self.put_away()
                self.tell(fault)

    def take_in(self) -> None:
        """Keep what the file holds in place of what is held for the year."""
        say, proposal, source = self.say, self.card.proposal, " ".join(self.card.source.text().split())
        self.card.source_field.show_error("" if source else say("Say who the figures come from."))
        if not source or proposal is None:
            self.card.source.setFocus()
            return
        desk, whole = self.context.desk, replace(proposal, source=source)
        self.take_button.setEnabled(False)
        self.context.jobs.start(
            lambda _progress: statistics.take_in(desk, whole),
            owner=self, title=say("Taking in the statistics"), done=self._taken, failed=self._not_looked,
        )  # fmt: skip

    def _taken(self, made: AidStatistics) -> None:
        self._year, self._path = made.year, None
        what = self.say("The statistics for {year} are taken in.", year=str(made.year))
        self._tell_change(what)

    def put_away(self) -> None:
        """Leave everything as it was."""
        self._path = None
        self._show()
        self.load_button.setFocus()

    # -- removing and joining ----------------------------------------------------------------------

    def ask_remove(self) -> None:
        """Ask whether to remove what is shown."""
        if self._year is not None:
            self.removing = RemovingDialog(self, self.say, self._year)
            self.removing.accepted.connect(self._remove)
            show_over(self.removing)

    def _remove(self) -> None:
        assert self._year is not None
        try:
            gone = statistics.remove_statistics(self.context.desk, self._year)
        except WpsError as fault:
            self.tell(fault)
            self.refresh()
            return
        self._tell_change(self.say("The statistics for {year} are removed.", year=str(gone.year)))

    def _tell_change(self, what: str) -> None:
        self.refresh()
        self.context.told.emit(Sentence(what=what, kept="", do=""), "success")
        self.context.changed.emit("journal")
        self.load_button.setFocus()

    def _join_current(self) -> None:
        current = self.agreements.current()
        if current is not None:
            self.join(current)

    def join(self, agreement: Agreement) -> None:
        """Ask which commitments an agreement belongs under."""
        assert self._year is not None
        self.joining = JoiningDialog(self.context, self, self._year, agreement)
        self.joining.joined.connect(self._on_joined)
        show_over(self.joining)

    def _on_joined(self) -> None:
        self.refresh()
        self.context.changed.emit("journal")
        self.agreements.table.setFocus()

    # -- coming and going --------------------------------------------------------------------------

    def place(self) -> object:
        """Year, what the sums are by, and the file that waits."""
        return self._year, self.by.chosen(), self._path

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 3:
            self._year, what, path = place
            self.by.choose(what)
            self.refresh()
            if isinstance(path, Path):
                self.look_into(path)


def _cell(place: int, row: Row) -> str:
    return row[place] if place < len(row) else ""
