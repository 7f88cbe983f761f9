"""A table of units or of focus countries before it is taken in: all that it names, or what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.desk.call.listing_units import (
    keep_countries,
    keep_units,
    listed_countries,
    preview_countries,
    preview_units,
)
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.messages.of_calling import cell_sentence
from wpsdesk.plan.model import FocusCountry, LanguageCode, with_countries
from wpsdesk.report.call import Asked
from wpsdesk.report.unit_rows import BadCell, CountriesRead, UnitsRead
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.countries_section import country_columns
from wpsdesk.ui.authority.folders import folder_of
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page

T = TypeVar("T", UnitsRead, CountriesRead)


def units_taken(page: Page, context: Context, countries: tuple[FocusCountry, ...]) -> tuple[Asked, ...]:
    """Ask for a table of units, show what it says, and keep it where the person says so; () where nothing was."""
    say, desk = context.say, context.desk
    read = _read(page, context, lambda path: preview_units(desk, path, countries))
    if read is None:
        return ()
    listing: Listing[Asked] = Listing(
        say("A list of units"), _unit_columns(say, context.language), empty=say("The list is empty.")
    )
    listing.show_values(read.asked)
    kept = say("They are used in this call and in those that follow. A unit that stands there already is replaced.")
    if not is_accepted(ListDialog(page, say, listing, read.problems, kept)):
        return ()
    keep_units(desk, read.asked)
    return read.asked


def countries_taken(page: Page, context: Context) -> tuple[FocusCountry, ...]:
    """The same with a table of focus countries; what it does not name stays as it is."""
    say, desk = context.say, context.desk
    read = _read(page, context, lambda path: preview_countries(desk, path))
    if read is None:
        return ()
    listing: Listing[FocusCountry] = Listing(
        say("A list of focus countries"), country_columns(say, context.language), empty=say("The list is empty.")
    )
    listing.show_values(read.countries)
    kept = say("They hold in this call and in those that follow. A country that the list does not name stays as it is.")
    if not is_accepted(ListDialog(page, say, listing, read.problems, kept)):
        return ()
    keep_countries(desk, with_countries(listed_countries(desk), read.countries))
    return read.countries


def _read(page: Page, context: Context, preview: Callable[[Path], T]) -> T | None:
    say = context.say
    kinds = f"{say('Tables')} (*.csv *.txt *.tsv *.xlsx)"
    files = choosing.open_files(page, say("Load a list"), folder_of(context), kinds=kinds, many=False)
    if not files:
        return None
    try:
        return preview(files[0])
    except WpsError as fault:
        page.tell(fault)
        return None


class ListDialog(QDialog):
    """Shows what a table says. It is accepted only where nothing is wrong and the person takes it in.

    ``kept`` says what becomes of it then.
    """

    def __init__(
        self,
        parent: QWidget,
        say: Catalogue,
        listing: Listing[Asked] | Listing[FocusCountry],
        problems: tuple[BadCell, ...],
        kept: str,
    ) -> None:
        super().__init__(parent)
        look, title = style.current(), listing.table.accessibleName()
        self.setWindowTitle(title)
        self.take_button = button(say("Take in"), self.accept, role="primary")
        self.take_button.setEnabled(not problems)
        self.cancel_button = button(say("Cancel") if not problems else say("Close"), self.reject)
        self.problems: Listing[BadCell] = Listing(
            say("What is wrong"),
            (Column(title=say("What is wrong"), text=lambda cell: cell_sentence(cell, say), is_wide=True),),
            empty=say("Nothing is wrong."),
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        told = _what_is_wrong(say, len(problems)) if problems else kept
        inside.addWidget(label(told, tone="danger" if problems else "muted", wraps=True))
        inside.addWidget(self.problems if problems else listing, 1)
        unseen = listing if problems else self.problems
        unseen.setParent(self)
        unseen.hide()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        inside.addLayout(foot)
        self.problems.show_values(problems)
        room = self.screen().availableSize()
        self.resize(min(look.px(760), room.width() - 40), min(look.px(520), room.height() - 60))


def _what_is_wrong(say: Catalogue, count: int) -> str:
    return say.plural(
        "{n} cell cannot be taken in, so nothing is. Correct the table and load it again.",
        "{n} cells cannot be taken in, so nothing is. Correct the table and load it again.",
        count,
    )


def _unit_columns(say: Catalogue, language: LanguageCode) -> tuple[Column[Asked], ...]:
    return (
        Column(title=say("Code"), text=lambda a: a.unit.code),
        Column(title=say("Name"), text=lambda a: a.unit.names[language], is_wide=True),
        Column(title=say("Kind"), text=lambda a: word(a.unit.kind, say)),
        Column(title=say("Org. no."), text=lambda a: a.unit.organisation_number or "–"),
        Column(title=say("Countries"), text=lambda a: ", ".join(a.unit.covers) or "–"),
        Column(title=say("Commitments"), text=lambda a: say.number(len(a.commitments)), is_figure=True),
    )
