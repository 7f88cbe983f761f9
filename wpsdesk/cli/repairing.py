"""``wpsdesk desk repair``: a new desk of what can still be read of a damaged one."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.clock import system_now
from wpsdesk.cli.arguments import Group, add_command, at_desk, code, reading, speaking
from wpsdesk.cli.session import new_passphrase, passphrase
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue


def add_repair(group: Group, say: Catalogue) -> None:
    """Add the command, which stands beside those of the desk."""
    mend = add_command(
        group, "repair", say("lay what can still be read of a damaged desk, or backup, at --store"), repair,
        (speaking(say), reading(say), at_desk(say)),
    )  # fmt: skip
    mend.add_argument(
        "damaged", type=Path, metavar=say("FILE"), help=say("the damaged store or backup; it stays as it is")
    )
    mend.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar=say("FILE"),
        help=say("file with the new desk's passphrase on its first line; else it is the old one's"),
    )
    mend.add_argument(
        "--unit", type=code, metavar=say("CODE"), help=say("whose desk it is, where the damaged one no longer says so")
    )


def repair(args: argparse.Namespace, terminal: Terminal) -> int:
    """Repair, and tell what is missing."""
    from wpsdesk.desk.opening import known_unit
    from wpsdesk.desk.safety.repairing import repair as repair_desk
    from wpsdesk.messages.losses import loss_words
    from wpsdesk.plan.loading import load_plan

    say, words = terminal.say, passphrase(args, terminal)
    given = args.new_passphrase_file
    new = words if given is None else new_passphrase(given, "--new-passphrase-file", terminal)
    unit = None if args.unit is None else known_unit(load_plan(), args.unit)
    told = terminal.progress(say("Reading what can be read"))
    done = repair_desk(args.damaged, args.store, words, new, clock=system_now, unit=unit, progress=told)
    if args.json:
        lost = [{"what": each.what, "name": each.name, "places": each.places} for each in done.lost]
        terminal.json({"store": str(args.store), "recovery_code": done.recovery_code, "rows": done.rows, "lost": lost})
        return 0
    terminal.line(say("A new desk lies in {file}. The damaged one is as it was.", file=args.store))
    terminal.line(say("Recovery code: {code}", code=done.recovery_code))
    if not done.lost:
        terminal.line(say("Nothing is missing."))
        return 0
    terminal.line(say("This could not be read, and is missing:"))
    for each in done.lost:
        terminal.line(f"  {loss_words(each, say)}")
    return 0
