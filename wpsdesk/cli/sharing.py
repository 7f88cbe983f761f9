"""``wpsdesk desk move`` and ``let-in``: a desk that several officers share on a server."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.clock import system_now
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking
from wpsdesk.cli.safety import tell_code
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
    let.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("whom the files are for; the desk remembers it")
    )
    text = say("give the shared desk a new key: nobody but you opens it until you let the others in anew")
    out = add_command(group, "shut-out", text, shut_out, shared)
    out.add_argument(
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
    told = terminal.progress(say("Moving the desk"))
    desk = logged_in(
        terminal, lambda login: moved(args.store, words, to, clock=system_now, password=login, progress=told)
    )
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
        path = made_for(desk, words, args.folder, new, officer=args.officer)
    if args.json:
        terminal.json({"store": str(path)})
    else:
        terminal.line(say("{file} and the key file beside it open the shared desk with the new passphrase.", file=path))
    return 0


def shut_out(args: argparse.Namespace, terminal: Terminal) -> int:
    """Give the shared desk a new key."""
    from wpsdesk.desk.opening import close_desk
    from wpsdesk.desk.sharing import shut_out as shut_others_out

    words, say = passphrase(args, terminal), terminal.say
    new = new_passphrase(args.new_passphrase_file, "--new-passphrase-file", terminal)
    told = terminal.progress(say("Giving the desk a new key"))
    made = logged_in(
        terminal,
        lambda login: shut_others_out(args.store, words, new, clock=system_now, password=login, progress=told),
    )
    close_desk(made.desk)
    if args.json:
        terminal.json({"store": str(made.desk.store.path), "recovery_code": made.recovery_code})
        return 0
    terminal.line(say("The shared desk has a new key. Let those in anew who are to go on: wpsdesk desk let-in."))
    terminal.line(say("Have IT close the database login of whoever has left."))
    tell_code(made.recovery_code, terminal)
    return 0
