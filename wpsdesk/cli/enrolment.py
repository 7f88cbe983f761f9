"""``wpsdesk enrol``: a unit asks for its certificate, UD compares the digits, issues, renews and revokes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, code, reading, speaking
from wpsdesk.cli.session import opened, opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import reason_word, sentence, warning_sentence, word
from wpsdesk.messages.words import LATER

if TYPE_CHECKING:
    from wpsdesk.desk.keys.enrolling import Approved, IssuedCertificate, Pending
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "enrol", say("get, issue, renew and revoke certificates"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    ask = add_command(group, "request", say("ask UD for a certificate"), request, shared)
    ask.add_argument("--person", metavar=say("NAME"), help=say("who asks, and can be called back"))
    ask.add_argument(
        "--purpose", choices=tuple(LATER["Purpose"]), help=say("why; else a renewal where the desk has a certificate")
    )
    ask.add_argument(
        "--wants-report", action="store_true", help=say("ask UD to give the unit's last report back, if it is lost")
    )
    ask.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    look = add_command(group, "show", say("show a request and its digits, and issue nothing (UD)"), show, shared)
    look.add_argument("file", type=Path, metavar=say("FILE"), help=say("the request"))
    give = add_command(group, "approve", say("issue the certificate that a request asks for (UD)"), approve, shared)
    give.add_argument("file", type=Path, metavar=say("FILE"), help=say("the request"))
    heard = give.add_mutually_exclusive_group()
    heard.add_argument("--fingerprint", metavar=say("DIGITS"), help=say("the unit's digits, heard over the telephone"))
    heard.add_argument("--compared", action="store_true", help=say("every digit has been compared with the unit"))
    _add_reason(give, "key-compromise", say("why what a replacement takes the place of is revoked"))
    give.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    take = add_command(group, "load", say("take in the certificate from UD"), load, shared)
    take.add_argument("file", type=Path, metavar=say("FILE"), help=say("the reply from UD"))
    back = add_command(group, "revoke", say("revoke a unit's certificate (UD)"), revoke, shared)
    back.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    _add_reason(back, "unspecified", say("why"))
    back.add_argument("--number", type=int, metavar=say("NUMBER"), help=say("only this certificate; else all of them"))
    all_ = add_command(group, "list", say("list every certificate that has been issued (UD)"), list_, shared)
    all_.add_argument("--unit", type=code, metavar=say("CODE"), help=say("only this unit"))
    add_command(group, "digits", say("show the digits of this desk's keys and of UD's root"), digits, shared)


def _add_reason(parser: argparse.ArgumentParser, default: str, text: str) -> None:
    parser.add_argument("--reason", choices=tuple(LATER["Reason"]), default=default, help=text)


# -- the unit ------------------------------------------------------------------------------------


def request(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a request and tell the digits."""
    from wpsdesk.desk.keys.enrolling import Purpose
    from wpsdesk.desk.keys.enrolling import request as ask

    purpose = None if args.purpose is None else Purpose(args.purpose)
    with opened(args, terminal) as desk:
        asked = ask(desk, args.person or desk.unit.names.nb, args.out, purpose=purpose, wants_report=args.wants_report)
    say = terminal.say
    if args.json:
        terminal.json({"path": str(asked.path), "fingerprint": asked.fingerprint, "purpose": asked.purpose})
        return 0
    terminal.line(say("The request is written to {file}. Send it to UD.", file=asked.path))
    terminal.line(say("Read these digits to UD over the telephone: {digits}", digits=asked.fingerprint))
    return 0


def load(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in a certificate."""
    from wpsdesk.desk.keys.enrolling import load_certificate

    with opened(args, terminal) as desk:
        enrolled = load_certificate(desk, args.file)
    say = terminal.say
    for warning in enrolled.warnings:
        terminal.complain(warning_sentence(warning, say))
    if args.json:
        told = {"unit": enrolled.unit, "not_after": rfc3339(enrolled.not_after)}
        terminal.json({**told, "person": enrolled.person} if enrolled.person else told)
        return 0
    ends = say.date(enrolled.not_after.date())
    if enrolled.person:
        terminal.line(say("{name} can sign. The certificate is valid to {date}.", name=enrolled.person, date=ends))
    else:
        terminal.line(
            say("The desk can sign. The certificate of {unit} is valid to {date}.", unit=enrolled.unit, date=ends)
        )
    return 0


def digits(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show what is read out over the telephone, on either side."""
    from wpsdesk.desk.call.calling import root_fingerprint
    from wpsdesk.desk.keys.enrolling import own_fingerprint

    with opened(args, terminal) as desk:
        own, root = own_fingerprint(desk), root_fingerprint(desk)
    say = terminal.say
    if args.json:
        terminal.json({"own": own, "root": None if root is None else root[0], "was_compared": root and root[1]})
        return 0
    rows = [(say("UD's root"), say("not known yet") if root is None else root[0])]
    if own is not None:
        rows.insert(0, (say("This desk's keys"), own))
    terminal.facts(rows)
    return 0


# -- UD ------------------------------------------------------------------------------------------


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show a request."""
    from wpsdesk.desk.keys.enrolling import read_request

    with opened_to_gather(args, terminal) as desk:
        asked = read_request(desk, args.file)
    if args.json:
        terminal.json(_pending_to_json(asked))
    else:
        terminal.facts(_facts(asked, terminal.say))
    return 0


def _pending_to_json(asked: Pending) -> dict[str, object]:
    bought = asked.bought
    return {
        "unit": asked.unit,
        "unit_name": asked.unit_name,
        "person": asked.person,
        "is_personal": asked.is_personal,
        "purpose": asked.purpose,
        "created": rfc3339(asked.created),
        "fingerprint": asked.fingerprint,
        "is_asked": asked.is_asked,
        "has_certificate": asked.has_certificate,
        "is_vouched_for": asked.is_vouched_for,
        "revokes": asked.revokes,
        "wants_report": asked.wants_report,
        "bought": None
        if bought is None
        else {"subject": bought.subject, "issuer": bought.issuer, "not_after": rfc3339(bought.not_after)},
    }


def _facts(asked: Pending, say: Catalogue) -> list[tuple[str, str]]:
    rows = [
        (say("Unit"), f"{asked.unit_name} ({asked.unit})"),
        (say("Asked by"), asked.person),
        (say("For"), say("the person's own key") if asked.is_personal else say("the desk")),
        (say("Purpose"), word(asked.purpose, say)),
        (say("Made"), say.moment(asked.created)),
        (say("Digits"), asked.fingerprint),
    ]
    if asked.bought is not None:
        rows.append((say("Bought certificate"), f"{asked.bought.subject} ({asked.bought.issuer})"))
    if asked.is_vouched_for:
        rows.append((say("Signed by"), say("the certificate it renews: no digits are needed")))
    if asked.wants_report:
        rows.append((say("Asks for"), say("its last report back")))
    if asked.revokes:
        rows.append((say("Revokes"), say.plural("{n} certificate", "{n} certificates", asked.revokes)))
    return rows


def approve(args: argparse.Namespace, terminal: Terminal) -> int:
    """Issue a certificate."""
    from wpsdesk.desk.keys.enrolling import approve as issue
    from wpsdesk.trust.parsing import Reason

    with opened_to_gather(args, terminal) as desk:
        was_compared = args.fingerprint is not None or args.compared
        if not was_compared:
            was_compared = _compare(desk, args.file, terminal)
        issued = issue(desk, args.file, args.fingerprint, args.out, reason=Reason(args.reason))
    return tell_approved(issued, args, terminal, was_compared=was_compared)


def tell_approved(issued: Approved, args: argparse.Namespace, terminal: Terminal, *, was_compared: bool) -> int:
    """Tell what has been issued."""
    say = terminal.say
    if args.json:
        terminal.json(_approved_to_json(issued, say, was_compared=was_compared))
        return 0
    ends = say.date(issued.not_after.date())
    whose = f"{issued.person} ({issued.unit})" if issued.person else issued.unit
    terminal.line(say("{unit} has a certificate that is valid to {date}.", unit=whose, date=ends))
    if issued.revoked:
        terminal.line(
            say.plural("{n} older certificate is revoked.", "{n} older certificates are revoked.", issued.revoked)
        )
    for each in issued.admitted:
        told = sentence(each.outcome, say) if isinstance(each.outcome, WpsError) else say("taken in")
        terminal.line(f"{each.waiting.file_name}: {told}")
    if issued.wants_report:
        terminal.line(say("It asks for its report back: wpsdesk reply {unit} OUT --give-back", unit=issued.unit))
    terminal.line(say("Send {file} to the unit.", file=issued.path))
    return 0


def _approved_to_json(issued: Approved, say: Catalogue, *, was_compared: bool) -> dict[str, object]:
    return {
        "unit": issued.unit,
        "person": issued.person,
        "purpose": issued.purpose,
        "fingerprint": issued.fingerprint,
        "path": str(issued.path),
        "not_after": rfc3339(issued.not_after),
        "was_compared": was_compared,
        "wants_report": issued.wants_report,
        "revoked": issued.revoked,
        "admitted": [
            {
                "file_name": each.waiting.file_name,
                "seq": each.waiting.seq,
                "refused": str(sentence(each.outcome, say)) if isinstance(each.outcome, WpsError) else None,
            }
            for each in issued.admitted
        ],
    }


def _compare(desk: Desk, path: Path, terminal: Terminal) -> bool:
    """Show the digits and ask whoever is there whether they are the ones that were heard.

    False: no need to ask, or nobody there to answer. Raises Cancelled for a no.
    """
    from wpsdesk.desk.keys.enrolling import read_request

    say, asked = terminal.say, read_request(desk, path)
    if asked.is_vouched_for:
        return False
    asker: dict[str, object] = {"unit": asked.unit, "person": asked.person or "–", "digits": asked.fingerprint}
    terminal.complain(say("{unit} ({person}) asks with these digits: {digits}", **asker))
    if not sys.stdin.isatty():
        # A script goes on, as it always could: what it did not do is said, and stands in what it reads.
        terminal.complain(say("Nobody has compared them. Do it now, and revoke the certificate if they differ."))
        return False
    answer = input(say("Are these the digits you heard over the telephone? Write yes or no: "))
    if answer.strip().casefold() not in {say("yes"), "yes", "ja"}:
        raise Cancelled
    return True


def revoke(args: argparse.Namespace, terminal: Terminal) -> int:
    """Revoke certificates."""
    from wpsdesk.desk.keys.enrolling import revoke as take_back
    from wpsdesk.trust.parsing import Reason

    with opened_to_gather(args, terminal) as desk:
        gone = take_back(desk, UnitCode(args.unit), Reason(args.reason), serial=args.number)
    say = terminal.say
    if args.json:
        terminal.json({"unit": args.unit, "reason": args.reason, "numbers": [str(each.serial) for each in gone]})
        return 0
    reason = reason_word(args.reason, say)
    terminal.line(say("The certificate of {unit} is revoked: {reason}.", unit=args.unit, reason=reason))
    terminal.line(say("The units learn of it with the next call or reply."))
    return 0


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """List every certificate."""
    from wpsdesk.desk.keys.enrolling import certificates

    with opened_to_gather(args, terminal) as desk:
        found = certificates(desk, None if args.unit is None else UnitCode(args.unit))
    say = terminal.say
    if args.json:
        terminal.json([_line_to_json(each) for each in found])
        return 0
    heads = (say("Unit"), say("Person"), say("Certificate"), say("Valid to"), say("Digits"), say("Number"))
    terminal.table(
        heads,
        [
            (
                each.unit,
                each.person or say("the desk"),
                word(each.state, say),
                say.date(each.not_after.date()),
                each.fingerprint,
                str(each.serial),
            )
            for each in found
        ],
    )
    return 0


def _line_to_json(each: IssuedCertificate) -> dict[str, object]:
    return {
        "unit": each.unit,
        "person": each.person,
        "number": str(each.serial),
        "fingerprint": each.fingerprint,
        "issued": rfc3339(each.when),
        "not_after": rfc3339(each.not_after),
        "state": each.state,
    }
