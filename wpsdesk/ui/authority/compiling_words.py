"""The words of the compilation page: kinds of file, chapters, editions, audiences, and what is withheld."""

from __future__ import annotations

from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.meeting_pack import With
from wpsdesk.compilation.sources import Edition, Order
from wpsdesk.compilation.withheld import by_basis
from wpsdesk.desk.publication.compiling import Compiled
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import UnitKind
from wpsdesk.ui.context import Context


def form_name(form: Format, say: Catalogue) -> str:
    """What a kind of file is for."""
    match form:
        case Format.PDF:
            return say("PDF, for print and archive")
        case Format.HTML:
            return say("Web page")
        case Format.DOCX:
            return say("Word")
        case Format.XLSX:
            return say("Spreadsheet")
        case Format.JSON:
            return say("Data (JSON)")


def audiences(context: Context) -> list[tuple[str, str]]:
    """Whom a pack can be for: all of a kind, or one ministry."""
    kinds = [(kind.value, word(kind, context.say)) for kind in With]
    ministries = [unit for unit in context.desk.plan.units if unit.kind is UnitKind.MINISTRY]
    return [*kinds, *((str(unit.code), unit.names[context.language]) for unit in ministries)]


def edition_words(edition: Edition, say: Catalogue) -> str:
    """What an edition holds, and for whom it is."""
    match edition:
        case Edition.PUBLIC:
            return say("What is exempt from public access is left out; a public wording stands in its place.")
        case Edition.INTERNAL:
            return say("Everything is in it, also what is exempt from public access. Not to be published.")
        case Edition.MEETING:
            return say("What is open, challenges by kind and questions. What is exempt from public access is left out.")
        case Edition.REVIEW:
            return say("All years so far, side by side. What is exempt from public access is left out.")


def make_words(edition: Edition, say: Catalogue) -> str:
    """What the button makes."""
    match edition:
        case Edition.PUBLIC | Edition.INTERNAL:
            return say("Make the annual report")
        case Edition.MEETING:
            return say("Make the pack for the meeting")
        case Edition.REVIEW:
            return say("Make the report for the review")


def making_words(edition: Edition, say: Catalogue) -> str:
    """What is being made."""
    match edition:
        case Edition.PUBLIC | Edition.INTERNAL:
            return say("Making the annual report")
        case Edition.MEETING:
            return say("Making the pack for the meeting")
        case Edition.REVIEW:
            return say("Making the report for the review")


def order_name(order: Order, say: Catalogue) -> str:
    """What the chapters are."""
    match order:
        case Order.COMMITMENT:
            return say("By commitment")
        case Order.COUNTRY:
            return say("By country")
        case Order.MINISTRY:
            return say("By ministry")


def withheld_words(compiled: Compiled, say: Catalogue) -> str:
    """A line a legal basis."""
    counts = by_basis(compiled.withheld)
    if not counts:
        return say("Nothing is withheld from the public edition.")
    lines = [say("Withheld from the public edition:")]
    for one in counts:
        parts = [
            text
            for n, text in (
                (one.answers, say.plural("{n} whole answer", "{n} whole answers", one.answers)),
                (one.parts, say.plural("part of {n} answer", "parts of {n} answers", one.parts)),
                (one.files, say.plural("{n} file", "{n} files", one.files)),
                (one.names, say.plural("{n} name of a partner", "{n} names of partners", one.names)),
            )
            if n
        ]
        lines.append(f"– {one.basis}: {say.listing(parts)}")
    return "\n".join(lines)
