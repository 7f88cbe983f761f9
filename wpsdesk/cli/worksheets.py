"""``wpsdesk worksheet``, and what ``fill`` does with one: what would change is told before it changes."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import key_name
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name, word

if TYPE_CHECKING:
    from wpsdesk.desk.answers.proposing import Proposal, Proposed
    from wpsdesk.desk.answers.worksheets import WorksheetWritten
    from wpsdesk.plan.model import Plan


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "worksheet",
        say("write a spreadsheet to fill in, for colleagues without the program"),
        write,
        (speaking(say), reading(say), at_desk(say)),
    )
    parser.add_argument("out", type=Path, metavar=say("OUT.xlsx"), help=say("the spreadsheet to write"))
    parser.add_argument(
        "--commitment",
        type=whole(say, 1, 999),
        nargs="+",
        default=[],
        metavar=say("NUMBER"),
        help=say("these commitments only; else all that are asked"),
    )
    parser.add_argument("--country", type=code, metavar=say("CODE"), help=say("the answers for this country only"))
    parser.add_argument(
        "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
    )


def write(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a worksheet."""
    from wpsdesk.base.errors import Malformed
    from wpsdesk.desk.answers.worksheets import write_worksheet

    say = terminal.say
    with opened(args, terminal) as desk:
        if any(number > len(desk.plan.commitments) for number in args.commitment):
            raise Malformed(path="--commitment", problem="unknown-commitment")
        written = write_worksheet(
            desk,
            args.out,
            word=partial(word, say=say),
            language=terminal.language,
            year=None if args.year is None else Year(args.year),
            numbers=tuple(map(CommitmentNumber, args.commitment)),
            country=None if args.country is None else CountryCode(args.country),
        )
    if args.json:
        keys = [{"commitment": key.commitment, "country": key.country} for key in written.keys]
        terminal.json(
            {"file": str(written.path), "year": written.year, "entries": keys, "restricted": written.restricted}
        )
        return 0
    _tell_written(written, terminal)
    return 0


def _tell_written(written: WorksheetWritten, terminal: Terminal) -> None:
    say = terminal.say
    count = len(written.keys)
    terminal.line(
        say.plural(
            "{file} has {n} sheet to fill in for {year}.",
            "{file} has {n} sheets to fill in for {year}.",
            count,
            file=str(written.path),
            year=written.year,
        )
    )
    terminal.line(say("The file is not encrypted. Send it only as you would send the text itself."))
    if written.restricted:
        terminal.line(
            say.plural(
                "{n} answer in it is exempt from public access or tells of a person at risk.",
                "{n} answers in it are exempt from public access or tell of a person at risk.",
                written.restricted,
            )
        )


def add_choices(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    """The options of ``fill`` that decide what of a file is taken in."""
    parser.add_argument(
        "--despite-faults", action="store_true", help=say("take in the rest where cells of a spreadsheet are wrong")
    )
    parser.add_argument(
        "--over-conflicts",
        action="store_true",
        help=say("write over what was changed here too since the spreadsheet was written"),
    )


def fill_from(args: argparse.Namespace, data: bytes, terminal: Terminal) -> int:
    """Tell what a file of answers would change; then, unless only a preview was wanted, change it."""
    from wpsdesk.desk.answers.proposing import propose, take_in

    say = terminal.say
    with opened(args, terminal) as desk:
        proposal = propose(desk, data, None if args.year is None else Year(args.year))
        if not args.json:
            _tell(proposal, desk.plan, terminal)
        is_done = not args.preview
        if is_done:
            if args.json and proposal.faults and not args.despite_faults:
                terminal.json(_to_json(proposal, say, is_done=False))
            chosen = proposal.changes if args.over_conflicts else None
            filled = take_in(desk, proposal, chosen, with_faults=args.despite_faults)
    if args.json:
        terminal.json(_to_json(proposal, say, is_done=is_done))
    elif is_done:
        terminal.line(
            say.plural(
                "{n} answer for {year} is changed, and is a draft to look at.",
                "{n} answers for {year} are changed, and are drafts to look at.",
                len(filled.keys),
                year=filled.year,
            )
        )
    return 0


def _tell(proposal: Proposal, plan: Plan, terminal: Terminal) -> None:
    from wpsdesk.messages.cells import conflict_words, fault_sentence
    from wpsdesk.messages.values import value_words

    say = terminal.say
    for fault in proposal.faults:
        terminal.line(fault_sentence(fault, say))
    if not proposal.changes:
        terminal.line(say("The file would change nothing."))
        return
    rows = [
        (
            key_name(change.key, plan, terminal),
            field_name(change.field, say),
            conflict_words(proposal.origin, say) if change.is_conflict else "",
            _short(value_words(change.field, change.before, say)),
            value_words(change.field, change.after, say),
        )
        for change in proposal.changes
    ]
    terminal.table((say("Commitment"), say("Field"), say("Conflict"), say("Stands here"), say("In the file")), rows)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _to_json(proposal: Proposal, say: Catalogue, *, is_done: bool) -> dict[str, object]:
    from wpsdesk.messages.cells import fault_sentence

    return {
        "year": proposal.year,
        "taken_in": is_done,
        "changes": [_change_to_json(change, say) for change in proposal.changes],
        "faults": [
            {
                "sheet": fault.sheet,
                "cell": fault.cell,
                "field": fault.field or None,
                "code": fault.wrong,
                "text": fault_sentence(fault, say),
            }
            for fault in proposal.faults
        ],
    }


def _change_to_json(change: Proposed, say: Catalogue) -> dict[str, object]:
    from wpsdesk.messages.values import value_words

    return {
        "commitment": change.key.commitment,
        "country": change.key.country,
        "field": change.field,
        "before": value_words(change.field, change.before, say),
        "after": value_words(change.field, change.after, say),
        "conflict": change.is_conflict,
    }
