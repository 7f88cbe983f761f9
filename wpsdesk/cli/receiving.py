"""``wpsdesk import``, ``inbox``, ``coverage``, ``reply`` and ``compile``: what comes in, and what comes of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, code, reading, speaking, year
from wpsdesk.cli.reporting import year_of
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, word
from wpsdesk.plan.model import LANGUAGES

if TYPE_CHECKING:
    from wpsdesk.compilation.figures import Coverage
    from wpsdesk.desk.receiving import Arrival, InboxRow, Outcome


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    take = add_command(commands, "import", say("receive bundles; one bad file never stops the rest"), import_, shared)
    take.add_argument("files", type=Path, nargs="+", metavar=say("FILE"), help=say("bundles, or folders with bundles"))
    come = add_command(commands, "inbox", say("tell what has come (UD)"), inbox, shared)
    come.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("only this year"))
    who = add_command(commands, "coverage", say("tell who has answered what (UD)"), coverage, shared)
    who.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    answer = add_command(commands, "reply", say("write the receipt for a unit's report (UD)"), reply, shared)
    answer.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    answer.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    answer.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    # Here --lang is the report's language; the speaker's goes before the command.
    book = add_command(commands, "compile", say("write the annual report (UD)"), compile_, (reading(say), at_desk(say)))
    book.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    book.add_argument(
        "--lang", dest="report_language", choices=LANGUAGES, default="nb", help=say("the report's language")
    )
    book.add_argument("--edition", choices=("public", "internal"), default="public", help=say("for whom it is"))
    book.add_argument("--out", type=Path, required=True, metavar=say("FOLDER"), help=say("where the report is to lie"))
    book.add_argument("--format", choices=("pdf",), default="pdf", help=say("kind of file"))


# -- import --------------------------------------------------------------------------------------


def import_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Receive files; the exit code is 1 where any was refused, though the others were taken."""
    from wpsdesk.desk.receiving import Refused, receive

    with opened(args, terminal) as desk:
        arrivals = receive(desk, args.files, progress=terminal.progress(terminal.say("Importing")))
    if args.json:
        terminal.json([_arrival_to_json(arrival, terminal.say) for arrival in arrivals])
    else:
        for arrival in arrivals:
            tell = terminal.complain if isinstance(arrival.outcome, Refused) else terminal.line
            tell(f"{arrival.path}: {_told(arrival.outcome, terminal.say)}")
        if not arrivals:
            terminal.line(terminal.say("There is no bundle in the folder."))
    return 1 if any(isinstance(arrival.outcome, Refused) for arrival in arrivals) else 0


def _told(outcome: Outcome, say: Catalogue) -> str:
    """What came of one file, as a sentence."""
    from wpsdesk.desk.calling import CallLoaded
    from wpsdesk.desk.enrolling import Enrolled, Pending
    from wpsdesk.desk.receiving import Received, Refused
    from wpsdesk.desk.replying import ReplyLoaded

    match outcome:
        case Received():
            relation, files = word(outcome.relation, say), say.plural("{n} file", "{n} files", outcome.files)
            return say.plural(
                "report no. {seq} from {unit} for {year}, {n} answer, {files}. {relation}.",
                "report no. {seq} from {unit} for {year}, {n} answers, {files}. {relation}.",
                outcome.entries,
                seq=outcome.seq,
                unit=outcome.unit,
                year=outcome.year,
                files=files,
                relation=relation,
            )
        case CallLoaded(call=call):
            return say("the call for {year} is loaded.", year=call.year)
        case Enrolled():
            return say("the certificate of {unit} is loaded.", unit=outcome.unit)
        case ReplyLoaded(reply=reply):
            return say("reply from UD: {receipt}.", receipt=word(reply.receipt, say))
        case Pending():
            return say(
                "{unit} asks for a certificate. Compare the digits {digits} over the telephone, then use "
                "wpsdesk enrol approve.",
                unit=outcome.unit,
                digits=outcome.fingerprint,
            )
        case Refused(error=error):
            return str(sentence(error, say))


def _arrival_to_json(arrival: Arrival, say: Catalogue) -> dict[str, object]:
    return {"file": str(arrival.path), **_outcome_to_json(arrival.outcome, say)}


def _outcome_to_json(outcome: Outcome, say: Catalogue) -> dict[str, object]:
    from wpsdesk.desk.calling import CallLoaded
    from wpsdesk.desk.enrolling import Enrolled, Pending
    from wpsdesk.desk.receiving import Received, Refused
    from wpsdesk.desk.replying import ReplyLoaded

    match outcome:
        case Received():
            return {
                "result": "received",
                "relation": outcome.relation,
                "unit": outcome.unit,
                "year": outcome.year,
                "seq": outcome.seq,
                "entries": outcome.entries,
                "files": outcome.files,
                "sha256": outcome.digest,
                "signed_by": outcome.signed_by,
                "signed_at": rfc3339(outcome.signed_at),
            }
        case CallLoaded(call=call):
            return {"result": "call", "year": call.year, "number": call.number, "was_compared": outcome.was_compared}
        case Enrolled():
            return {"result": "certificate", "unit": outcome.unit, "not_after": rfc3339(outcome.not_after)}
        case ReplyLoaded(reply=reply):
            return {"result": "reply", "year": reply.year, "receipt": reply.receipt, "notes": list(reply.notes)}
        case Pending():
            return {"result": "request", "unit": outcome.unit, "fingerprint": outcome.fingerprint}
        case Refused(error=error):
            return {"result": "refused", "error": type(error).__name__, "text": str(sentence(error, say))}


# -- inbox and coverage --------------------------------------------------------------------------


def inbox(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what has come, the latest first."""
    from wpsdesk.desk.receiving import inbox as what_has_come

    with opened(args, terminal) as desk:
        rows = what_has_come(desk, None if args.year is None else Year(args.year))
    say = terminal.say
    if args.json:
        terminal.json([_inbox_to_json(row) for row in rows])
    elif not rows:
        terminal.line(say("Nothing has come yet."))
    else:
        heads = (say("Unit"), say("Year"), say("No."), say("Received"), say("Size"), say("Stands"), say("Signed by"))
        lines = [
            (
                row.unit,
                str(row.year),
                str(row.seq),
                say.moment(row.received_at),
                say.size(row.size),
                word(row.stands, say),
                row.signed_by,
            )
            for row in rows
        ]
        terminal.table(heads, lines)
    return 0


def _inbox_to_json(row: InboxRow) -> dict[str, object]:
    return {
        "unit": row.unit,
        "year": row.year,
        "seq": row.seq,
        "stands": row.stands,
        "bundle": row.bundle,
        "sha256": row.digest,
        "size": row.size,
        "signed_by": row.signed_by,
        "signed_at": rfc3339(row.signed_at),
        "received_at": rfc3339(row.received_at),
        "file_name": row.file_name,
    }


def coverage(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell who has answered what."""
    from wpsdesk.desk.compiling import coverage as who_has_answered

    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found = who_has_answered(desk, when)
    if args.json:
        terminal.json(_coverage_to_json(when, found, terminal))
    else:
        _print_coverage(found, terminal)
    return 0


def _coverage_to_json(when: Year, found: Coverage, terminal: Terminal) -> dict[str, object]:
    return {
        "year": when,
        "units": [
            {
                "code": unit.code,
                "name": unit.names[terminal.language],
                "answers": {
                    str(number): found.cells[unit.code, number]
                    for number in found.commitments
                    if (unit.code, number) in found.cells
                },
            }
            for unit in found.units
        ],
        "counts": {str(state): count for state, count in found.counts().items()},
        "silent": [unit.code for unit in found.silent],
    }


def _print_coverage(found: Coverage, terminal: Terminal) -> None:
    """A line a unit, two columns a commitment, the numbers above read downwards; then what the signs mean."""
    from wpsdesk.compilation.figures import SIGNS

    say = terminal.say
    wide = max(len(unit.code) for unit in found.units)
    for place in (10, 1):
        figures = (str(n // place % 10) if n >= place else " " for n in found.commitments)
        terminal.line((" " * wide + "  " + " ".join(figures)).rstrip())
    for unit in found.units:
        signs = (SIGNS[found.cell(unit.code, number)] or " " for number in found.commitments)
        terminal.line((unit.code.ljust(wide) + "  " + " ".join(signs)).rstrip())
    terminal.line()
    for state, count in found.counts().items():
        terminal.line(f"{SIGNS[state]} {word(state, say)}: {say.number(count)}")
    if found.silent:
        terminal.line(say("Nothing has come from {units}.", units=say.listing(unit.code for unit in found.silent)))


# -- reply and compile ---------------------------------------------------------------------------


def reply(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the receipt."""
    from wpsdesk.desk.replying import reply as answer

    with opened(args, terminal) as desk:
        replied = answer(desk, UnitCode(args.unit), year_of(desk, args), args.out)
    say, receipt = terminal.say, replied.reply.receipt
    if args.json:
        terminal.json({"path": str(replied.path), "unit": args.unit, "year": replied.reply.year, "receipt": receipt})
    else:
        terminal.line(say("The receipt is written: {receipt}.", receipt=word(receipt, say)))
        terminal.line(say("Send {file} to the unit.", file=replied.path))
    return 0


def compile_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the annual report."""
    from wpsdesk.compilation.sources import Edition
    from wpsdesk.desk.compiling import compile_report

    say = terminal.say
    with opened(args, terminal) as desk:
        compiled = compile_report(
            desk,
            Year(args.year),
            args.report_language,
            Edition(args.edition),
            args.out,
            progress=terminal.progress(say("Compiling")),
        )
    if args.json:
        terminal.json(
            {"path": str(compiled.path), "units": compiled.units, "entries": compiled.entries, "size": compiled.size}
        )
    else:
        terminal.line(
            say.plural(
                "The annual report is compiled from {n} unit: {file} ({size}).",
                "The annual report is compiled from {n} units: {file} ({size}).",
                compiled.units,
                file=compiled.path,
                size=say.size(compiled.size),
            )
        )
    return 0
