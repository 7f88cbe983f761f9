"""``wpsdesk person``: people at a desk with keys of their own, made here or bought."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.arguments import Group, Usage, add_command, add_group, at_desk, reading, speaking
from wpsdesk.cli.session import key_words, opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.base.ids import Year
    from wpsdesk.desk.keys.people import PersonRequested
    from wpsdesk.desk.model import Desk
    from wpsdesk.desk.submission.sending import People
    from wpsdesk.trust.keys import Signer


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "person", say("people at the desk who sign with keys of their own"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(group, "add", say("make a person's key and ask UD for its certificate"), add_, shared)
    _add_name(new, say)
    new.add_argument("--pkcs12", type=Path, metavar=say("FILE"), help=say("a bought certificate with its key (.p12)"))
    new.add_argument(
        "--pkcs12-passphrase-file", type=Path, metavar=say("FILE"), help=say("file with that file's passphrase")
    )
    new.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    again = add_command(group, "renew", say("ask UD to renew a person's certificate"), renew, shared)
    _add_name(again, say)
    again.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    add_command(group, "list", say("list the people and how it stands with their keys"), list_, shared)
    other = add_command(group, "passphrase", say("put a person's key under another passphrase"), passphrase, shared)
    _add_name(other, say)
    other.add_argument(
        "--new-passphrase-file", type=Path, metavar=say("FILE"), help=say("file with the new passphrase")
    )
    gone = add_command(group, "remove", say("remove a person's key from the desk"), remove, shared)
    gone.add_argument("name", metavar=say("NAME"), help=say("the person's name"))


def _add_name(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    parser.add_argument("name", metavar=say("NAME"), help=say("the person's name"))
    parser.add_argument(
        "--person-passphrase-file",
        type=Path,
        metavar=say("FILE"),
        help=say("file with the person's own passphrase on its first line"),
    )


def add_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make or take in a key, and write its request."""
    from wpsdesk.desk.keys.people import add_person, add_person_with_certificate

    own = key_words(args.person_passphrase_file, "--person-passphrase-file", terminal, is_new=True)
    with opened(args, terminal) as desk:
        if args.pkcs12 is None:
            asked = add_person(desk, args.name, own, args.out)
        else:
            words = key_words(args.pkcs12_passphrase_file, "--pkcs12-passphrase-file", terminal)
            asked = add_person_with_certificate(desk, args.name, own, args.out, pkcs12=args.pkcs12, words=words)
    return _tell(asked, args, terminal)


def renew(args: argparse.Namespace, terminal: Terminal) -> int:
    """Ask for a renewal."""
    from wpsdesk.desk.keys.people import renew_person

    own = key_words(args.person_passphrase_file, "--person-passphrase-file", terminal)
    with opened(args, terminal) as desk:
        asked = renew_person(desk, args.name, own, args.out)
    return _tell(asked, args, terminal)


def _tell(asked: PersonRequested, args: argparse.Namespace, terminal: Terminal) -> int:
    say = terminal.say
    if args.json:
        terminal.json(
            {
                "name": asked.name,
                "path": str(asked.path),
                "fingerprint": asked.fingerprint,
                "purpose": asked.purpose,
            }
        )
        return 0
    terminal.line(say("The request is written to {file}. Send it to UD.", file=asked.path))
    terminal.line(say("Read these digits to UD over the telephone: {digits}", digits=asked.fingerprint))
    return 0


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """List the people."""
    from wpsdesk.desk.keys.people import people

    with opened(args, terminal) as desk:
        found = people(desk)
    say = terminal.say
    if args.json:
        terminal.json(
            [
                {
                    "name": each.name,
                    "kind": each.kind,
                    "fingerprint": each.fingerprint,
                    "is_bought": each.is_bought,
                    "is_enrolled": each.is_enrolled,
                    "not_after": None if each.not_after is None else rfc3339(each.not_after),
                }
                for each in found
            ]
        )
    elif not found:
        terminal.line(say("Nobody has a key of their own at this desk."))
    else:
        heads = (say("Person"), say("Certificate"), say("Digits"))
        terminal.table(
            heads,
            [
                (
                    each.name,
                    say("none yet")
                    if each.not_after is None
                    else say("valid to {date}", date=say.date(each.not_after.date())),
                    each.fingerprint,
                )
                for each in found
            ],
        )
    return 0


def passphrase(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change the passphrase of a person's key."""
    from wpsdesk.desk.keys.people import change_passphrase

    old = key_words(args.person_passphrase_file, "--person-passphrase-file", terminal)
    new = key_words(args.new_passphrase_file, "--new-passphrase-file", terminal, is_new=True)
    with opened(args, terminal) as desk:
        change_passphrase(desk, args.name, old, new)
    if args.json:
        terminal.json({"name": args.name})
    else:
        terminal.line(terminal.say("The key of {name} lies under the new passphrase.", name=args.name))
    return 0


def remove(args: argparse.Namespace, terminal: Terminal) -> int:
    """Remove a person's key."""
    from wpsdesk.desk.keys.people import remove_person

    with opened(args, terminal) as desk:
        remove_person(desk, args.name)
    if args.json:
        terminal.json({"name": args.name})
    else:
        terminal.line(terminal.say("The key of {name} is removed. Ask UD to revoke its certificate.", name=args.name))
    return 0


# -- what export asks of people ------------------------------------------------------------------


def add_signer(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    """Add the options by which a person signs, or a desk without a certificate asks for one."""
    parser.add_argument("--signer", metavar=say("NAME"), help=say("who approves it and signs with a key of their own"))
    parser.add_argument(
        "--signer-passphrase-file", type=Path, metavar=say("FILE"), help=say("file with that person's passphrase")
    )
    parser.add_argument(
        "--ask-as",
        default="",
        metavar=say("NAME"),
        help=say("for a desk without a certificate: let the request for one ride along, from this person"),
    )


def signer_in(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> Signer | None:
    """The signer that was asked for; None for the desk's own key. Raises Usage and what signer_named raises."""
    from wpsdesk.desk.keys.people import signer_named

    if args.signer is None:
        return None
    if args.approved_by:
        raise Usage(terminal.say("give --signer or --approved-by: whoever signs with a key of their own approves"))
    return signer_named(desk, args.signer, key_words(args.signer_passphrase_file, "--signer-passphrase-file", terminal))


def introduce(desk: Desk, when: Year, people: People, args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a first submission that brings its own request."""
    from wpsdesk.desk.keys.introducing import introduce as send_first

    say = terminal.say
    if args.part_size is not None or args.delta:
        raise Usage(say("--ask-as goes with the whole report in one file"))
    made = send_first(
        desk, when, args.out, args.ask_as, people=people, progress=terminal.progress(say("Signing and sealing"))
    )
    if args.json:
        terminal.json(
            {
                "path": str(made.sent.path),
                "year": when,
                "seq": made.sent.seq,
                "entries": made.sent.entries,
                "sha256": made.sent.digest,
                "fingerprint": made.fingerprint,
            }
        )
        return 0
    terminal.line(say("Send {file} ({size}) to UD.", file=made.sent.path, size=say.size(made.sent.size)))
    if made.fingerprint is not None:
        terminal.line(say("Read these digits to UD over the telephone: {digits}", digits=made.fingerprint))
    return 0
