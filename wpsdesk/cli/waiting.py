"""``wpsdesk inbox --waiting`` and ``wpsdesk waiting``: submissions by signers whom nobody vouches for yet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, code, reading, speaking
from wpsdesk.cli.enrolment import tell_approved
from wpsdesk.cli.session import opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence

if TYPE_CHECKING:
    from wpsdesk.desk.arrivals.waiting import Waiting
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "waiting", say("reports by signers who are not enrolled (UD)"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    give = add_command(group, "approve", say("issue the certificate that such a report asks for"), approve, shared)
    _add_number(give, say)
    heard = give.add_mutually_exclusive_group(required=True)
    heard.add_argument("--fingerprint", metavar=say("DIGITS"), help=say("the unit's digits, heard over the telephone"))
    heard.add_argument("--compared", action="store_true", help=say("every digit has been compared with the unit"))
    give.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    take = add_command(group, "take", say("take in what is signed by those enrolled since"), take_, shared)
    take.add_argument("--unit", type=code, metavar=say("CODE"), help=say("only this unit"))
    gone = add_command(group, "drop", say("throw away such a report"), drop, shared)
    _add_number(gone, say)


def _add_number(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    parser.add_argument("number", metavar=say("NUMBER"), help=say("its number, or the start of it"))


def _chosen(desk: Desk, number: str) -> Waiting:
    """The one whose number begins so. Raises NothingWaitsAside."""
    from wpsdesk.base.ids import Digest
    from wpsdesk.desk.arrivals.waiting import waiting
    from wpsdesk.desk.errors import NothingWaitsAside

    found = [each for each in waiting(desk) if number and each.digest.startswith(number.lower())]
    if len(found) != 1:
        raise NothingWaitsAside(digest=Digest(number))
    return found[0]


def tell_waiting(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> int:
    """List what is set aside."""
    from wpsdesk.desk.arrivals.waiting import waiting

    say, found = terminal.say, waiting(desk)
    if args.json:
        terminal.json([_to_json(each) for each in found])
    elif not found:
        terminal.line(say("Nothing is set aside."))
    else:
        heads = (say("Number"), say("Says it is from"), say("Year"), say("No."), say("Received"), say("Digits"))
        lines = [
            (
                each.digest[:12],
                f"{each.unit} ({each.prepared_by})" if each.prepared_by else each.unit,
                str(each.year),
                str(each.seq),
                say.moment(each.came),
                each.fingerprint,
            )
            for each in found
        ]
        terminal.table(heads, lines)
    return 0


def _to_json(each: Waiting) -> dict[str, object]:
    return {
        "number": each.digest,
        "file_name": each.file_name,
        "unit": each.unit,
        "year": each.year,
        "seq": each.seq,
        "prepared_by": each.prepared_by,
        "fingerprint": each.fingerprint,
        "has_request": each.has_request,
        "received": rfc3339(each.came),
        "size": each.size,
    }


def approve(args: argparse.Namespace, terminal: Terminal) -> int:
    """Issue the certificate, and take the report in."""
    from wpsdesk.desk.keys.enrolling import approve_waiting

    with opened_to_gather(args, terminal) as desk:
        issued = approve_waiting(desk, _chosen(desk, args.number).digest, args.fingerprint, args.out)
    return tell_approved(issued, args, terminal, was_compared=True)


def take_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in what can be."""
    from wpsdesk.desk.arrivals.waiting import take_waiting

    with opened_to_gather(args, terminal) as desk:
        taken = take_waiting(desk, None if args.unit is None else UnitCode(args.unit))
    say = terminal.say
    refused = [each for each in taken if isinstance(each.outcome, WpsError)]
    if args.json:
        terminal.json(
            [
                {
                    **_to_json(each.waiting),
                    "refused": str(sentence(each.outcome, say)) if isinstance(each.outcome, WpsError) else None,
                }
                for each in taken
            ]
        )
    else:
        for each in taken:
            told = sentence(each.outcome, say) if isinstance(each.outcome, WpsError) else say("taken in")
            terminal.line(f"{each.waiting.file_name}: {told}")
        if not taken:
            terminal.line(say("Nothing could be taken in: none of the signers has been enrolled."))
    return 1 if refused else 0


def drop(args: argparse.Namespace, terminal: Terminal) -> int:
    """Throw one away."""
    from wpsdesk.desk.arrivals.waiting import drop_waiting

    with opened_to_gather(args, terminal) as desk:
        gone = _chosen(desk, args.number)
        drop_waiting(desk, gone.digest)
    if args.json:
        terminal.json({"number": gone.digest})
    else:
        terminal.line(terminal.say("{file} is thrown away.", file=gone.file_name))
    return 0
