"""``wpsdesk statistics``: load aid statistics, telling first what they would change; show them; remove them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.compilation.aid_figures import AidLine
    from wpsdesk.desk.publication.agreements import Agreement
    from wpsdesk.desk.publication.statistics import AidProposal
    from wpsdesk.report.aid import AidStatistics

AGREEMENT = "agreement"
BY = ("country", "purpose", "marker", "commitment", AGREEMENT)


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "statistics", say("aid statistics of a year (UD)"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    book = add_command(group, "load", say("load statistics from CSV, XLSX or IATI activities"), load, shared)
    book.add_argument("file", type=Path, metavar=say("FILE"), help=say("the statistics"))
    book.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    book.add_argument("--source", required=True, metavar=say("TEXT"), help=say("who says so, as the report names it"))
    book.add_argument(
        "--currency", type=code, default="", metavar=say("CODE"), help=say("the currency, where the file does not say")
    )
    book.add_argument("--preview", action="store_true", help=say("only tell what would change"))
    told = add_command(group, "show", say("show the sums"), show, shared)
    told.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    told.add_argument("--by", choices=BY, default="country", help=say("what the rows are"))
    put = add_command(group, "join", say("put an agreement under commitments"), join, shared)
    put.add_argument("agreement", metavar=say("AGREEMENT"), help=say("its number, as the statistics write it"))
    put.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    put.add_argument(
        "--commitment", type=whole(say, 1, 999), nargs="*", default=[], metavar=say("NUMBER"),
        help=say("the commitments; without any, what was said before is taken back"),
    )  # fmt: skip
    gone = add_command(group, "remove", say("remove the statistics of a year"), remove, shared)
    gone.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))


def load(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what the file would change; then, unless only a preview was wanted, change it."""
    from wpsdesk.desk.publication.statistics import look_into, take_in

    say = terminal.say
    with opened(args, terminal) as desk:
        proposal = look_into(
            desk, args.file, Year(args.year), args.source, currency=args.currency,
            progress=terminal.progress(say("Reading")),
        )  # fmt: skip
        if not args.json:
            _tell(proposal, terminal)
        is_taken = not args.preview and not proposal.found.faults
        if args.json:
            terminal.json(_proposal_to_json(proposal, say, is_taken=is_taken))
        if not args.preview:
            take_in(desk, proposal)
    if is_taken and not args.json:
        terminal.line(say("The statistics for {year} are taken in.", year=str(args.year)))
    return 0


def _tell(proposal: AidProposal, terminal: Terminal) -> None:
    from wpsdesk.messages.statistics_words import fault_sentences, proposal_sentences

    say = terminal.say
    for line in (*proposal_sentences(proposal, say), *fault_sentences(proposal, say)):
        terminal.line(line)
    if proposal.held is not None and proposal.changes:
        heads = (say("Recipient"), say("Before"), say("In the file"))
        terminal.table(heads, [(one.key, say.number(one.before), say.number(one.after)) for one in proposal.changes])


def _proposal_to_json(proposal: AidProposal, say: Catalogue, *, is_taken: bool) -> dict[str, object]:
    from wpsdesk.messages.of_statistics import aid_fault_sentence

    found = proposal.found
    return {
        "year": found.year,
        "taken_in": is_taken,
        "shape": found.shape.value,
        "currency": found.currency,
        "rows": len(found.rows),
        "total": format(sum(row.amount for row in found.rows), "f"),
        "other_years": found.other_years,
        "without_amount": found.without_amount,
        "replaces": None if proposal.held is None else _about(proposal.held),
        "changes": [
            {"recipient": one.key, "before": format(one.before, "f"), "after": format(one.after, "f")}
            for one in proposal.changes
        ],
        "faults": [
            {"place": f.place, "code": f.wrong.value, "found": f.found, "text": aid_fault_sentence(f, say)}
            for f in found.faults
        ],
    }


def _about(held: AidStatistics) -> dict[str, object]:
    return {
        "source": held.source,
        "currency": held.currency,
        "shape": held.shape.value,
        "sha256": held.digest,
        "rows": len(held.rows),
        "total": format(held.total, "f"),
    }


def join(args: argparse.Namespace, terminal: Terminal) -> int:
    """Put an agreement under commitments, or take that back."""
    from wpsdesk.base.ids import CommitmentNumber
    from wpsdesk.desk.publication.agreements import join_agreement
    from wpsdesk.messages.statistics_words import stands_words

    with opened(args, terminal) as desk:
        found = join_agreement(desk, Year(args.year), args.agreement, map(CommitmentNumber, args.commitment))
    if args.json:
        terminal.json(_agreement(found))
    else:
        terminal.line(f"{found.number}: {stands_words(found, terminal.say)}")
    return 0


def _agreement(found: Agreement) -> dict[str, object]:
    return {
        "agreement": found.number,
        "recipients": list(found.recipients),
        "purposes": list(found.purposes),
        "total": format(found.total, "f"),
        "commitments": list(found.commitments),
        "says": found.says.value,
    }


def _show_agreements(args: argparse.Namespace, terminal: Terminal) -> int:
    from wpsdesk.desk.publication.agreements import agreements
    from wpsdesk.messages.statistics_words import stands_words

    say = terminal.say
    with opened(args, terminal) as desk:
        found = agreements(desk, Year(args.year))
    if args.json:
        terminal.json({"year": args.year, "by": args.by, "lines": [_agreement(one) for one in found]})
        return 0
    heads = (say("Agreement"), say("Recipient"), say("Purpose"), say("In all"), say("Commitment"))
    rows = [
        (one.number, ", ".join(one.recipients), ", ".join(one.purposes), say.number(one.total), stands_words(one, say))
        for one in found
    ]
    terminal.table(heads, rows)
    return 0


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show the sums of a year."""
    if args.by == AGREEMENT:
        return _show_agreements(args, terminal)
    from wpsdesk.compilation.aid_figures import MARKERS, AidBy, aid_lines
    from wpsdesk.desk.publication.agreements import told_agreements
    from wpsdesk.desk.publication.statistics import statistics
    from wpsdesk.intake.aid import NothingForYear

    say = terminal.say
    with opened(args, terminal) as desk:
        when, by = Year(args.year), AidBy(args.by)
        held = statistics(desk, when)
        if held is None:
            raise NothingForYear(year=when)
        told = told_agreements(desk, when) if by is AidBy.COMMITMENT else {}
    lines = aid_lines(held, by, told)
    if args.json:
        terminal.json({"year": held.year, **_about(held), "by": args.by, "lines": [_line(line) for line in lines]})
        return 0
    terminal.line(say("{source}. Amounts in {currency}.", source=held.source.rstrip("."), currency=held.currency))
    heads = (_heads(say)[args.by], "2", "1", "0", say("not screened"), say("In all"), say("Agreements"))
    rows = [
        (
            line.key,
            *(say.number(line.amount(marker)) for marker in MARKERS),
            say.number(line.total),
            say.number(line.agreements),
        )
        for line in lines
    ]
    terminal.table(heads, rows)
    return 0


def _heads(say: Catalogue) -> dict[str, str]:
    return {
        "country": say("Recipient"),
        "purpose": say("Purpose"),
        "marker": say("Gender marker"),
        "commitment": say("Commitment"),
    }


def _line(line: AidLine) -> dict[str, object]:
    return {
        "key": line.key,
        "by_marker": {marker.value: format(amount, "f") for marker, amount in line.amounts.items()},
        "total": format(line.total, "f"),
        "agreements": line.agreements,
    }


def remove(args: argparse.Namespace, terminal: Terminal) -> int:
    """Remove the statistics of a year."""
    from wpsdesk.desk.publication.statistics import remove_statistics

    with opened(args, terminal) as desk:
        gone = remove_statistics(desk, Year(args.year))
    if args.json:
        terminal.json({"year": gone.year, **_about(gone)})
    else:
        terminal.line(terminal.say("The statistics for {year} are removed.", year=str(gone.year)))
    return 0
