"""``wpsdesk enrol``: a unit asks for its certificate, UD compares the digits and issues it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.errors import Cancelled
from wpsdesk.base.ids import UnitCode
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, code, reading, speaking
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import reason_word
from wpsdesk.messages.words import LATER

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "enrol", say("get, issue and revoke certificates"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    ask = add_command(group, "request", say("ask UD for a certificate"), request, shared)
    ask.add_argument("--person", metavar=say("NAME"), help=say("who asks, and can be called back"))
    ask.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    give = add_command(group, "approve", say("issue the certificate that a request asks for (UD)"), approve, shared)
    give.add_argument("file", type=Path, metavar=say("FILE"), help=say("the request"))
    give.add_argument("--fingerprint", metavar=say("DIGITS"), help=say("the unit's digits, heard over the telephone"))
    give.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    take = add_command(group, "load", say("take in the certificate from UD"), load, shared)
    take.add_argument("file", type=Path, metavar=say("FILE"), help=say("the reply from UD"))
    back = add_command(group, "revoke", say("revoke a unit's certificate (UD)"), revoke, shared)
    back.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    back.add_argument("--reason", choices=tuple(LATER["Reason"]), default="unspecified", help=say("why"))


def request(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a request and tell the digits."""
    from wpsdesk.desk.enrolling import request as ask

    with opened(args, terminal) as desk:
        asked = ask(desk, args.person or desk.unit.names.nb, args.out)
    say = terminal.say
    if args.json:
        terminal.json({"path": str(asked.path), "fingerprint": asked.fingerprint})
        return 0
    terminal.line(say("The request is written to {file}. Send it to UD.", file=asked.path))
    terminal.line(say("Read these digits to UD over the telephone: {digits}", digits=asked.fingerprint))
    return 0


def approve(args: argparse.Namespace, terminal: Terminal) -> int:
    """Issue a certificate."""
    from wpsdesk.desk.enrolling import approve as issue

    say = terminal.say
    with opened(args, terminal) as desk:
        if args.fingerprint is None:
            _compare(desk, args.file, terminal)
        issued = issue(desk, args.file, args.fingerprint, args.out)
    if args.json:
        terminal.json(
            {
                "unit": issued.unit,
                "fingerprint": issued.fingerprint,
                "path": str(issued.path),
                "not_after": rfc3339(issued.not_after),
                "was_compared": args.fingerprint is not None,
            }
        )
        return 0
    ends = say.date(issued.not_after.date())
    terminal.line(say("{unit} has a certificate that is valid to {date}.", unit=issued.unit, date=ends))
    terminal.line(say("Send {file} to the unit.", file=issued.path))
    return 0


def _compare(desk: Desk, path: Path, terminal: Terminal) -> None:
    """Show the digits and, where someone is there to answer, ask whether they are the ones that were heard."""
    from wpsdesk.desk.enrolling import read_request

    say, asked = terminal.say, read_request(desk, path)
    terminal.complain(
        say("{unit} ({person}) asks with these digits: {digits}", **_asker(asked.unit, asked.person, asked.fingerprint))
    )
    if not sys.stdin.isatty():
        return
    answer = input(say("Are these the digits you heard over the telephone? Write yes or no: "))
    if answer.strip().casefold() not in {say("yes"), "yes", "ja"}:
        raise Cancelled


def _asker(unit: UnitCode, person: str, fingerprint: str) -> dict[str, object]:
    return {"unit": unit, "person": person or "–", "digits": fingerprint}


def load(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in a certificate."""
    from wpsdesk.desk.enrolling import load_certificate

    with opened(args, terminal) as desk:
        enrolled = load_certificate(desk, args.file)
    say = terminal.say
    if args.json:
        terminal.json({"unit": enrolled.unit, "not_after": rfc3339(enrolled.not_after)})
        return 0
    ends = say.date(enrolled.not_after.date())
    terminal.line(
        say("The desk can sign. The certificate of {unit} is valid to {date}.", unit=enrolled.unit, date=ends)
    )
    return 0


def revoke(args: argparse.Namespace, terminal: Terminal) -> int:
    """Revoke a certificate."""
    from wpsdesk.desk.enrolling import revoke as take_back
    from wpsdesk.trust.parsing import Reason

    with opened(args, terminal) as desk:
        take_back(desk, UnitCode(args.unit), Reason(args.reason))
    say = terminal.say
    if args.json:
        terminal.json({"unit": args.unit, "reason": args.reason})
        return 0
    reason = reason_word(args.reason, say)
    terminal.line(say("The certificate of {unit} is revoked: {reason}.", unit=args.unit, reason=reason))
    terminal.line(say("The units learn of it with the next call or reply."))
    return 0
