"""``wpsdesk desk backup``, ``backups``, ``rekey``, ``recovery-code`` and ``wipe``: the desk in a bad place."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from wpsdesk.base.clock import rfc3339, system_now
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, reading, speaking
from wpsdesk.cli.session import new_passphrase, opened, passphrase
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

DAYS: Final = 7
"""Days after which the command line calls a backup due."""


def add_safety(group: Group, say: Catalogue) -> None:
    """Add the commands, which stand beside those of the desk."""
    shared = (speaking(say), reading(say), at_desk(say))
    keep = add_command(group, "backup", say("write the whole desk, still encrypted, to one file"), backup, shared)
    keep.add_argument("file", type=Path, nargs="?", metavar=say("FILE"), help=say("the new backup"))
    keep.add_argument(
        "--folder", type=Path, metavar=say("FOLDER"), help=say("make a backup named by the day there; older ones stay")
    )
    add_command(
        group, "backups", say("list the backups that have been made, and tell whether one is due"), listed, shared
    )
    change = add_command(group, "rekey", say("change the passphrase"), rekey, shared)
    change.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar=say("FILE"),
        help=say("file with the new passphrase on its first line"),
    )
    change.add_argument(
        "--whole", action="store_true", help=say("encrypt the whole store anew as well; gives a new recovery code")
    )
    code = add_command(
        group, "recovery-code", say("make a new recovery code; the old one stops working"), renew, shared
    )
    code.add_argument("--new", action="store_true", required=True, help=say("make a new one"))
    gone = add_command(
        group, "wipe", say("make the desk unreadable for good and remove it; asks for no passphrase"), wipe,
        (speaking(say), reading(say)),
    )  # fmt: skip
    gone.add_argument("--store", type=Path, required=True, metavar=say("PATH"), help=say("the desk's store (.wpsdesk)"))
    gone.add_argument(
        "--yes-wipe", required=True, metavar=say("NAME"), help=say("the name of the store, to show that you mean it")
    )


def backup(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a backup."""
    from wpsdesk.desk.safety import backing_up

    say = terminal.say
    if (args.file is None) == (args.folder is None):
        raise Usage(say("give either the new backup or --folder"))
    with opened(args, terminal) as desk:
        made = backing_up.backup(desk, args.file) if args.file else backing_up.backup_in(desk, args.folder)
    if args.json:
        terminal.json({"backup": str(made.path), "store": str(args.store)})
    else:
        terminal.line(say("The backup {file} is written and verified. The same passphrase opens it.", file=made.path))
    return 0


def listed(args: argparse.Namespace, terminal: Terminal) -> int:
    """List the backups."""
    from wpsdesk.desk.safety.backing_up import backups, standing

    with opened(args, terminal) as desk:
        found, stands = backups(desk), standing(desk, after_days=DAYS)
    say = terminal.say
    if args.json:
        rows = [
            {"path": str(one.path), "at": rfc3339(one.at), "size": one.size, "is_there": one.is_there} for one in found
        ]
        terminal.json({"backups": rows, "days": stands.days, "changes": stands.changes, "is_due": stands.is_due})
        return 0
    if found:
        there = {True: say("is there"), False: say("cannot be seen now")}
        terminal.table(
            (say("When"), say("Size"), say("State"), say("File")),
            [(say.moment(one.at), say.size(one.size), there[one.is_there], str(one.path)) for one in found],
        )
    else:
        terminal.line(say("No backup has been made yet."))
    if stands.is_due:
        terminal.line(say("It is time for a backup: {n} changes are not in any.", n=stands.changes))
    return 0


def rekey(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change the passphrase, and the store's key where that is asked."""
    from wpsdesk.desk.opening import close_desk
    from wpsdesk.desk.safety import rekeying

    say = terminal.say
    old = passphrase(args, terminal)
    new = new_passphrase(args.new_passphrase_file, "--new-passphrase-file", terminal)
    code = None
    if args.whole:
        told = terminal.progress(say("Encrypting the store anew"))
        made = rekeying.renew_key(args.store, old, new, clock=system_now, progress=told)
        close_desk(made.desk)
        code = made.recovery_code
    else:
        with opened(args, terminal) as desk:
            rekeying.change_passphrase(desk, old, new)
    if args.json:
        terminal.json({"store": str(args.store), "whole": args.whole, "recovery_code": code})
        return 0
    terminal.line(say("The passphrase is changed. Backups made before open with the old one."))
    tell_code(code, terminal)
    return 0


def renew(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make a new recovery code."""
    from wpsdesk.desk.safety.rekeying import renew_recovery_code

    words = passphrase(args, terminal)
    with opened(args, terminal) as desk:
        code = renew_recovery_code(desk, words)
    if args.json:
        terminal.json({"store": str(args.store), "recovery_code": code})
    else:
        tell_code(code, terminal)
    return 0


def tell_code(code: str | None, terminal: Terminal) -> None:
    """The new recovery code, where there is one, and what to do with it."""
    say = terminal.say
    if code is not None:
        terminal.line(say("Recovery code: {code}", code=code))
        terminal.line(say("Write it on paper and lock it away. The old code no longer opens the desk."))


def wipe(args: argparse.Namespace, terminal: Terminal) -> int:
    """Wipe the desk."""
    from wpsdesk.desk.safety.wiping import check_name
    from wpsdesk.desk.safety.wiping import wipe as wipe_desk

    check_name(args.store, args.yes_wipe)
    done = wipe_desk(args.store)
    say = terminal.say
    if args.json:
        terminal.json(
            {
                "store": str(done.path),
                "left": [str(one) for one in done.left],
                "backups": [str(one) for one in done.backups],
            }
        )
        return 0
    terminal.line(say("The desk {file} is wiped. Nobody can read it any more.", file=done.path))
    for one in done.left:
        terminal.line(say("This file could not be removed; without the key file nobody can read it: {file}", file=one))
    if done.backups:
        terminal.line(say("These backups still open with the passphrase they were made under:"))
    for one in done.backups:
        terminal.line(f"  {one}")
    return 0
