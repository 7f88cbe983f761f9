"""``wpsdesk import``, ``inbox`` and ``reply``: what comes in, and the answer to it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.arriving import arrival_to_json, set_to_json, tell_sets, told_of
from wpsdesk.cli.session import opened, opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.waiting import tell_waiting
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, warning_sentence, word

if TYPE_CHECKING:
    from wpsdesk.desk.arrivals.inbox import InboxRow
    from wpsdesk.desk.arrivals.receiving import Outcome
    from wpsdesk.report.model import Evidence


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    _add_import(commands, say)
    come = add_command(commands, "inbox", say("tell what has come (UD)"), inbox, shared)
    come.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("only this year"))
    come.add_argument("--waiting", action="store_true", help=say("only what is set aside: the signer is not enrolled"))
    come.add_argument("--parts", action="store_true", help=say("only the sets of parts that are not whole"))
    come.add_argument(
        "--forget", metavar=say("SET"), help=say("throw away the parts of a set that will never be whole")
    )
    answer = add_command(commands, "reply", say("write the receipt for a unit's report (UD)"), reply, shared)
    answer.add_argument(
        "unit", type=code, metavar=say("CODE"),
        help=say("the unit's code, or ALL for every unit of which something has been decided and not told"),
    )  # fmt: skip
    answer.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    answer.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    answer.add_argument(
        "--give-back", action="store_true", help=say("let the unit's own report ride along, for a desk that lost it")
    )
    answer.add_argument(
        "--with-evidence", action="store_true", help=say("with --give-back: let the evidence ride along too")
    )


def _add_import(commands: Group, say: Catalogue) -> None:
    take = add_command(
        commands, "import", say("receive bundles; one bad file never stops the rest"), import_,
        (speaking(say), reading(say), at_desk(say)),
    )  # fmt: skip
    take.epilog = say(
        "Exit code 0: everything was taken in. 1: something was refused, or waits for a person; the rest was taken in. "
        "2: wrong usage. For a job that is run on the same folder every night: --again-ok."
    )
    take.add_argument("files", type=Path, nargs="+", metavar=say("FILE"), help=say("bundles, or folders with bundles"))
    take.add_argument("--again-ok", action="store_true", help=say("what has been received before is no fault"))
    take.add_argument(
        "--without-backup", action="store_true", help=say("make no backup first, though it is the day's first import")
    )
    take.add_argument(
        "--keep-backups",
        type=whole(say, 0, 60),
        metavar=say("NUMBER"),
        help=say("keep so many backups from before the first import of a day, now and later; 0: make none"),
    )


# -- import --------------------------------------------------------------------------------------


def import_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Receive files; the exit code is 1 where any was refused, though the others were taken."""
    from wpsdesk.desk.arrivals.habits import back_up_first, keep_backups
    from wpsdesk.desk.arrivals.receiving import receive, warnings_of

    say = terminal.say
    with opened(args, terminal) as desk:
        if args.keep_backups is not None:
            keep_backups(desk, args.keep_backups)
        has_files = any(path.exists() for path in args.files)
        made = back_up_first(desk) if has_files and not args.without_backup else None
        arrivals = receive(desk, args.files, progress=terminal.progress(say("Importing")))
        is_authority = desk.is_authority
    faults = [_is_fault(arrival.outcome, again_ok=args.again_ok) for arrival in arrivals]
    if args.json:
        terminal.json([arrival_to_json(arrival, say) for arrival in arrivals])
        return 1 if any(faults) else 0
    if made is not None:
        terminal.line(say("A backup was made first: {file}", file=made.path))
    for arrival, is_fault in zip(arrivals, faults, strict=True):
        tell = terminal.complain if is_fault else terminal.line
        tell(f"{arrival.path}: {told_of(arrival.outcome, say)}")
        for warning in warnings_of(arrival.outcome):
            terminal.complain(f"{arrival.path}: {warning_sentence(warning, say, is_authority=is_authority)}")
    if not arrivals:
        terminal.line(say("There is no bundle in the folder."))
    return 1 if any(faults) else 0


def _is_fault(outcome: Outcome, *, again_ok: bool) -> bool:
    """Whether a person must look at it; with ``again_ok`` not what is held already."""
    from wpsdesk.desk.arrivals.receiving import is_refused, was_held

    return is_refused(outcome) and not (again_ok and was_held(outcome))


# -- inbox --------------------------------------------------------------------------


def inbox(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what has come, the latest first, and which parts are missing."""
    from wpsdesk.desk.arrivals.assembling import forget, incomplete_sets
    from wpsdesk.desk.arrivals.inbox import inbox as what_has_come
    from wpsdesk.desk.arrivals.inbox import missing_evidence

    with opened_to_gather(args, terminal) as desk:
        if args.waiting:
            return tell_waiting(desk, args, terminal)
        if args.forget is not None:
            gone = forget(desk, args.forget)
            terminal.line(terminal.say("The parts of {set} are thrown away.", set=gone.set_id[:12]))
            return 0
        sets = incomplete_sets(desk)
        rows = () if args.parts else what_has_come(desk, None if args.year is None else Year(args.year))
        lacking = {r.digest: missing_evidence(desk, r.digest) for r in rows if r.stands == "in-force"}
    if args.json:
        terminal.json(
            [set_to_json(one) for one in sets]
            if args.parts
            else [_inbox_to_json(row, lacking.get(row.digest, ())) for row in rows]
        )
        return 0
    if not rows and not sets:
        terminal.line(terminal.say("Nothing has come yet."))
    if rows:
        _tell_rows(rows, lacking, terminal)
    if sets:
        terminal.line(terminal.say("Parts that are not whole yet:"))
        tell_sets(sets, terminal)
    return 0


def _tell_rows(rows: tuple[InboxRow, ...], lacking: dict[Digest, tuple[Evidence, ...]], terminal: Terminal) -> None:
    say = terminal.say
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
    for row in rows:
        if names := [e.name for e in lacking.get(row.digest, ())]:
            terminal.line(
                say("Evidence from {unit} that is missing: {names}.", unit=row.unit, names=say.listing(names))
            )


def _inbox_to_json(row: InboxRow, missing: tuple[Evidence, ...]) -> dict[str, object]:
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
        "missing_evidence": [{"name": e.name, "sha256": e.digest} for e in missing],
    }


# -- reply ---------------------------------------------------------------------------------------


def reply(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the receipt."""
    from wpsdesk.desk.review.replying import reply as answer

    say = terminal.say
    if args.with_evidence and not args.give_back:
        raise Usage(say("--with-evidence goes with --give-back"))
    if args.unit == "ALL":
        return _reply_to_all(args, terminal)
    with opened_to_gather(args, terminal) as desk:
        replied = answer(
            desk,
            UnitCode(args.unit),
            year_of(desk, args),
            args.out,
            gives_back=args.give_back,
            with_evidence=args.with_evidence,
            progress=terminal.progress(say("Writing")),
        )
    receipt = replied.reply.receipt
    if args.json:
        terminal.json({"path": str(replied.path), "unit": args.unit, "year": replied.reply.year, "receipt": receipt})
    else:
        terminal.line(say("The receipt is written: {receipt}.", receipt=word(receipt, say)))
        terminal.line(say("Send {file} to the unit.", file=replied.path))
    return 0


def _reply_to_all(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write all replies; the exit code is 1 where one could not be written, though the others were."""
    from wpsdesk.desk.review.replying import Replied
    from wpsdesk.desk.review.replying_to_all import reply_to_all

    say = terminal.say
    if args.give_back:
        raise Usage(say("--give-back is for one unit at a time"))
    with opened_to_gather(args, terminal) as desk:
        done = reply_to_all(desk, year_of(desk, args), args.out, progress=terminal.progress(say("Writing")))
    rows: list[dict[str, object]] = []
    for each in done:
        if isinstance(each, Replied):
            rows.append({"unit": each.reply.unit, "path": str(each.path), "receipt": each.reply.receipt})
            told = say("Send {file} to the unit.", file=each.path)
            terminal.line(f"{each.reply.unit}: {told}") if not args.json else None
        else:
            rows.append({"unit": each.unit, "error": type(each.error).__name__})
            terminal.complain(f"{each.unit}: {sentence(each.error, say)}")
    if args.json:
        terminal.json(rows)
    elif not done:
        terminal.line(say("No unit waits for a reply."))
    return 1 if any("error" in row for row in rows) else 0
