"""The list of what is withheld, as a spreadsheet for UD."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from wpsdesk.compilation.sheets.book import Book, Column
from wpsdesk.compilation.withheld import WHAT, Withheld, by_basis
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.plan.model import LanguageCode


def write_withheld(
    places: Sequence[Withheld], out: BinaryIO, *, language: LanguageCode, year: int, made: datetime
) -> None:
    """Two tables: how much on each legal basis, and every place. ``made`` is aware."""
    say = catalogue(language, "document")
    title = say("Withheld from the public edition of the annual report {year}", year=str(year))
    book = Book(title=title, author="WPS Desk", made=made)
    book.facts(
        say("About"),
        title,
        (
            (say("Compiled"), made),
            (say("For whom"), say("For UD alone: the list tells which units have restricted answers.")),
            (say("Places"), len(places)),
        ),
    )
    _write_bases(book, places, say)
    _write_places(book, places, say)
    out.write(book.done())


def _write_bases(book: Book, places: Sequence[Withheld], say: Catalogue) -> None:
    heads = (say("Whole answers"), say("Parts of answers"), say("Files"), say("Names of partners"))
    book.table(
        say("By legal basis"),
        (Column(head=say("Legal basis"), width=50), *(Column(head=head) for head in heads)),
        [(one.basis, one.answers, one.parts, one.files, one.names) for one in by_basis(places)],
    )


def _write_places(book: Book, places: Sequence[Withheld], say: Catalogue) -> None:
    book.table(
        say("Every place"),
        (
            Column(head=say("Commitment"), width=11),
            Column(head=say("Unit, code"), width=10),
            Column(head=say("Unit"), width=30),
            Column(head=say("Country, code"), width=9),
            Column(head=say("What"), width=22),
            Column(head=say("Number"), width=9),
            Column(head=say("Files"), width=9),
            Column(head=say("Legal basis"), width=50),
            Column(head=say("Until"), width=12),
        ),
        [
            (p.commitment, p.unit, p.unit_name, p.country, say(WHAT[p.what]), p.number, p.files, p.basis, p.until)
            for p in places
        ],
    )
