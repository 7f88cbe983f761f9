"""``wpsdesk desk move`` and ``let-in``: a desk that several officers share on a server."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.clock import system_now
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking
from wpsdesk.cli.session import logged_in, new_passphrase, opened, passphrase
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue


def add_sharing(group: Group, say: Catalogue) -> None:
    """Add the commands, which stand beside those of the desk."""
    shared = (speaking(say), reading(say), at_desk(say))
    text = say("move the desk to a shared database, or from there to a file; nothing is lost on the way")
    move = add_command(group, "move", text, move_desk, shared)
    move.add_argument(
        "--to",
        required=True,
        metavar=say("PLACE"),
        help=say("the address of a shared database (postgresql+psycopg://...), or the new file (.wpsdesk)"),
    )
    text = say("make what another officer needs to open the shared desk, with a passphrase of their own")
    let = add_command(group, "let-in", text, let_in, shared)
    let.add_argument("folder", type=Path, metavar=say("FOLDER"), help=say("where the two files are to lie"))
    let.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar=say("FILE"),
        help=say("file with the new passphrase on its first line"),
    )


def move_desk(args: argparse.Namespace, terminal: Terminal) -> int:
    """Move the desk."""
    from wpsdesk.desk.opening import close_desk
    from wpsdesk.desk.sharing import address_from, is_address, is_shared
    from wpsdesk.desk.sharing import move_desk as moved

    say, to = terminal.say, address_from(args.to) if is_address(args.to) else Path(args.to)
    words = passphrase(args, terminal)
    desk = logged_in(terminal, lambda login: moved(args.store, words, to, clock=system_now, password=login))
    close_desk(desk)
    path, is_there = desk.store.path, is_shared(desk)
    if args.json:
        terminal.json({"store": str(path), "is_shared": is_there})
    elif is_there:
        terminal.line(say("The desk is in the shared database now. {file} opens it, as before.", file=path))
        terminal.line(say("The old file lies beside it as {file}. Remove it when all is well.", file=_before(path)))
    else:
        terminal.line(say("The desk lies in {file} now. The same passphrase opens it.", file=path))
    return 0


def _before(path: Path) -> str:
    from wpsdesk.desk.sharing import moved_path

    return moved_path(path).name


def let_in(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make another officer's two files."""
    from wpsdesk.desk.sharing import let_in as made_for

    words, say = passphrase(args, terminal), terminal.say
    new = new_passphrase(args.new_passphrase_file, "--new-passphrase-file", terminal)
    with opened(args, terminal) as desk:
        path = made_for(desk, words, args.folder, new)
    if args.json:
        terminal.json({"store": str(path)})
    else:
        terminal.line(say("{file} and the key file beside it open the shared desk with the new passphrase.", file=path))
    return 0
