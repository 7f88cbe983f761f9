"""A file of aid statistics before it is taken in: what it holds, what would change, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from wpsdesk.base.ids import Year
from wpsdesk.compilation.aid_figures import AidChange
from wpsdesk.desk.publication.statistics import AidProposal
from wpsdesk.i18n import Catalogue
from wpsdesk.intake.aid import AidFault
from wpsdesk.messages import shown
from wpsdesk.messages.of_statistics import aid_fault_words
from wpsdesk.messages.statistics_words import proposal_sentences
from wpsdesk.ui import style
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import Choice, label
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow


class AidFileCard(QFrame):
    """Asks for year, source and currency, and tells what the file would change. The page has the buttons."""

    asked_again = Signal()
    """Year or currency is another: the file is to be read again."""

    def __init__(self, say: Catalogue, recipient: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say
        self.proposal: AidProposal | None = None
        self._read_with: tuple[object, str] = (None, "")
        self.setObjectName("card")
        self._title = label("", type="head", wraps=True)
        self.year = Choice(say("Year"))
        self.year_field = Field(say("Year"), self.year)
        self.source = _line(300)
        self.source_field = Field(say("Source"), self.source)
        self.currency = _line(100)
        self.currency.setMaxLength(3)
        self.currency_field = Field(say("Currency"), self.currency)
        self._hint = label(
            say("The annual report names the source as you write it. Give the currency only where the file does not."),
            type="small", wraps=True,
        )  # fmt: skip
        self._told = label("", wraps=True)
        self._build_tables(recipient)
        self._lay_out()
        self.year.activated.connect(self._ask_again)
        self.currency.editingFinished.connect(self._ask_again)

    def _build_tables(self, recipient: Callable[[str], str]) -> None:
        say = self._say
        self._faults_head = label("", type="strong", tone="danger", wraps=True)
        self.faults: Listing[AidFault] = Listing(
            say("What cannot be read"),
            (
                Column(title=say("Place"), text=lambda one: shown(one.place)),
                Column(title=say("What is the matter"), text=lambda one: aid_fault_words(one, say), is_wide=True),
            ),
            empty="",
        )
        self._changes_head = label(say("What changes, by recipient"), type="strong")
        self.changes: Listing[AidChange] = Listing(
            say("What changes, by recipient"),
            (
                Column(title=say("Recipient"), text=lambda one: recipient(one.key), is_wide=True),
                Column(title=say("Now"), text=lambda one: say.number(one.before), is_figure=True),
                Column(title=say("In the file"), text=lambda one: say.number(one.after), is_figure=True),
                Column(title=say("Difference"), text=lambda one: say.number(one.after - one.before), is_figure=True),
            ),
            empty=say("Nothing changes."),
        )

    def _lay_out(self) -> None:
        look, inside = style.current(), QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        inside.addWidget(self._title)
        inside.addWidget(flow(self.year_field, self.source_field, self.currency_field, spacing=16))
        for widget in (self._hint, self._told, self._faults_head, self.faults, self._changes_head, self.changes):
            inside.addWidget(widget)
        for listing in (self.faults, self.changes):
            listing.setMinimumHeight(look.px(150))
        self.setVisible(False)

    def show_file(self, path: Path, years: tuple[Year, ...], year: Year, source: str) -> None:
        """Begin with a file."""
        self._title.setText(self._say("The file {name}", name=shown(path.name)))
        self.year.offer((each, str(each)) for each in years)
        self.year.choose(year)
        self.source.setText(source)
        self.currency.clear()
        for field in (self.year_field, self.source_field, self.currency_field):
            field.show_error("")
        self._show(None)
        self.setVisible(True)

    @property
    def chosen_year(self) -> Year:
        """The year that the file is read for."""
        found = self.year.chosen()
        assert isinstance(found, int)
        return Year(found)

    @property
    def chosen_currency(self) -> str:
        """Three capitals, or ""."""
        return self.currency.text().strip().upper()

    def show_proposal(self, proposal: AidProposal) -> None:
        """What the file would change, and every place that cannot be read."""
        self._read_with = (self.year.chosen(), self.chosen_currency)
        self.year_field.show_error("")
        self.currency_field.show_error("")
        self._show(proposal)

    def show_trouble(self, field: Field, words: str) -> None:
        """Nothing could be read with what stands in a field."""
        self._read_with = (self.year.chosen(), self.chosen_currency)
        self._show(None)
        self.year_field.show_error("")
        self.currency_field.show_error("")
        field.show_error(words)
        field.control.setFocus()

    def _show(self, proposal: AidProposal | None) -> None:
        say = self._say
        self.proposal = proposal
        faults = () if proposal is None else proposal.found.faults
        changes = () if proposal is None or faults else proposal.changes
        self._told.setText("" if proposal is None else " ".join(proposal_sentences(proposal, say)))
        told = say.plural(
            "{n} place cannot be read, so nothing is taken in. Mend the file, and load it again.",
            "{n} places cannot be read, so nothing is taken in. Mend the file, and load it again.",
            len(faults),
        )
        self._faults_head.setText(told)
        self._faults_head.setVisible(bool(faults))
        self.faults.setVisible(bool(faults))
        self._changes_head.setVisible(proposal is not None and not faults)
        self.changes.setVisible(proposal is not None and not faults)
        self.faults.show_values(faults)
        self.changes.show_values(changes)

    @property
    def told(self) -> str:
        """What is said of the file."""
        return self._told.text()

    def _ask_again(self, _index: int = 0) -> None:
        if (self.year.chosen(), self.chosen_currency) != self._read_with and self.isVisible():
            self._read_with = (self.year.chosen(), self.chosen_currency)
            self.asked_again.emit()


def _line(width: int) -> QLineEdit:
    found = QLineEdit()
    found.setMinimumWidth(style.current().px(width))
    found.setAcceptDrops(False)  # a dropped file is for the page
    return found
