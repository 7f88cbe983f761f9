"""What is told of a file of aid statistics before it is taken in, the same in the window and on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wpsdesk.desk.publication.statistics import AidProposal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.of_statistics import aid_fault_sentence
from wpsdesk.report.aid import AidStatistics

SHOWN_FAULTS = 20


def proposal_sentences(proposal: AidProposal, say: Catalogue) -> Iterator[str]:
    """What the file holds, what is passed over, what it would take the place of, and every fault."""
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
    for fault in found.faults[:SHOWN_FAULTS]:
        yield aid_fault_sentence(fault, say)
    if len(found.faults) > SHOWN_FAULTS:
        yield say("There are more places that cannot be read.")


def _held(held: AidStatistics, say: Catalogue) -> str:
    return say(
        "It would take the place of the statistics that are held: {rows} rows, {currency} {total}, {source}.",
        rows=say.number(len(held.rows)),
        currency=held.currency,
        total=say.number(held.total),
        source=held.source.rstrip("."),
    )
