"""``wpsdesk open`` and ``trust export``: what auditors need."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, reading, speaking
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    unseal = add_command(commands, "open", say("write the signed container inside a seal, for auditors"), open_, shared)
    unseal.add_argument("file", type=Path, metavar=say("FILE.cms"), help=say("the sealed bundle"))
    unseal.add_argument("out", type=Path, metavar=say("OUT.asice"), help=say("the new file"))
    trust = add_group(commands, "trust", say("what auditors need to check signatures"), say)
    pem = add_command(
        trust, "export", say("write root, chain and revocation lists as PEM, for auditors"), export_, shared
    )
    pem.add_argument("out", type=Path, metavar=say("OUT.pem"), help=say("the new file"))


def open_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the signed container that is inside a seal."""
    from wpsdesk.desk.arrivals.verifying import open_container

    say = terminal.say
    with opened(args, terminal) as desk:
        open_container(desk, args.file, args.out, progress=terminal.progress(say("Opening")))
    if args.json:
        terminal.json({"path": str(args.out)})
    else:
        terminal.line(say("The signed container is written to {file}. Anyone who has it can read it.", file=args.out))
    return 0


def export_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write root, chain and revocation lists."""
    from wpsdesk.desk.arrivals.verifying import export_trust

    with opened(args, terminal) as desk:
        export_trust(desk, args.out)
    if args.json:
        terminal.json({"path": str(args.out)})
    else:
        terminal.line(
            terminal.say("Root, chain and revocation lists are written to {file}, for auditors.", file=args.out)
        )
    return 0
