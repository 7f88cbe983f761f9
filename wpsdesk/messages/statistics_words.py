"""What is told of a file of aid statistics before it is taken in, the same in the window and on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wpsdesk.desk.publication.agreements import Agreement, Says
from wpsdesk.desk.publication.statistics import AidProposal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.of_statistics import aid_fault_sentence
from wpsdesk.report.aid import AidStatistics

SHOWN_FAULTS = 20


def proposal_sentences(proposal: AidProposal, say: Catalogue) -> Iterator[str]:
    """What the file holds, what is passed over, and what it would take the place of."""
    found = proposal.found
    total = sum((row.amount for row in found.rows), Decimal(0))
    yield say.plural(
        "The file has {n} row for {year}, {currency} {total} in all.",
        "The file has {n} rows for {year}, {currency} {total} in all.",
        len(found.rows),
        year=str(found.year), currency=found.currency, total=say.number(total),
    )  # fmt: skip
    if found.other_years:
        yield say.plural(
            "{n} row is of another year and is passed over.", "{n} rows are of other years and are passed over.",
            found.other_years,
        )  # fmt: skip
    if found.without_amount:
        yield say.plural(
            "{n} row has no disbursement and is passed over.", "{n} rows have no disbursement and are passed over.",
            found.without_amount,
        )  # fmt: skip
    if proposal.held is not None:
        yield _held(proposal.held, say)


def fault_sentences(proposal: AidProposal, say: Catalogue) -> Iterator[str]:
    """The first of the places that cannot be read."""
    faults = proposal.found.faults
    for fault in faults[:SHOWN_FAULTS]:
        yield aid_fault_sentence(fault, say)
    if len(faults) > SHOWN_FAULTS:
        yield say("There are more places that cannot be read.")


def _held(held: AidStatistics, say: Catalogue) -> str:
    return say(
        "It would take the place of the statistics that are held: {rows} rows, {currency} {total}, {source}.",
        rows=say.number(len(held.rows)),
        currency=held.currency,
        total=say.number(held.total),
        source=held.source.rstrip("."),
    )


def stands_words(found: Agreement, say: Catalogue) -> str:
    """``5, 7 (named by units)``; where it stands under none, that."""
    numbers = ", ".join(str(number) for number in found.commitments)
    match found.says:
        case Says.NOBODY:
            return say("under no commitment")
        case Says.STATISTICS:
            return say("{numbers} (the statistics say so)", numbers=numbers)
        case Says.AUTHORITY:
            return say("{numbers} (the Ministry says so)", numbers=numbers)
        case Says.UNITS:
            return say("{numbers} (units have named it)", numbers=numbers)
