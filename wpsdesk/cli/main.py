"""The command line from its first word to its exit code: 0 done, 1 refused with a reason, 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final

from wpsdesk.assets import own_version
from wpsdesk.base.clock import system_now
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.cli.arguments import Group, Parser, Usage, argparse_in, speaking
from wpsdesk.cli.language import language_of
from wpsdesk.cli.terminal import Terminal, stdio
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.logs import guard
from wpsdesk.settings import Language

AddGroup = Callable[[Group, Catalogue], None]
"""Adds some commands to the command line."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "planning": ("plan",),
    "desks": ("desk",),
    "calls": ("call",),
    "enrolment": ("enrol",),
    "people": ("person",),
    "kept_keys": ("authority",),
    "reporting": ("fill", "attach", "check"),
    "report": ("report",),
    "history": ("history", "restore-version", "search"),
    "worksheets": ("worksheet",),
    "measures": ("measures",),
    "pseudonyms": ("pseudonym",),
    "exporting": ("export",),
    "examination": ("verify",),
    "verification": ("open", "trust"),
    "receiving": ("import", "inbox", "reply"),
    "editing": ("edit",),
    "compiling": ("compile",),
    "statistics": ("statistics",),
    "releasing": ("release",),
    "coverage": ("coverage",),
    "following": ("remind", "journal"),
    "agencies": ("agencies",),
    "follow_ups": ("follow-ups",),
    "reviewing": ("review", "returned", "reasons"),
    "conflicts": ("conflicts", "choose", "extend"),
    "meetings": ("meeting",),
    "waiting": ("waiting",),
    "handover": ("handover",),
    "archive": ("archive",),
    "demonstration": ("demo",),
    "explaining": ("manual",),
}
"""The modules that add commands, each with its commands, in the order in which help names them."""

DONE: Final = 0
REFUSED: Final = 1
WRONG_USAGE: Final = 2


def main(arguments: Sequence[str]) -> int:
    """Do what ``arguments`` (without the program's name) ask and return the exit code."""
    language = language_of(arguments)
    terminal = stdio(catalogue(language).afresh())
    _survive_any_encoding()
    code = REFUSED
    with guard(lambda path: _tell_bug(path, terminal), clock=system_now):
        try:
            code = _run(arguments, language, terminal)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever was reading has gone, for example `| head`; the interpreter's own last flush must not complain.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _tell_bug(report: Path | None, terminal: Terminal) -> None:
    from wpsdesk.messages import bug_sentence

    terminal.complain(bug_sentence(report, terminal.say))


def _complain(error: WpsError, terminal: Terminal) -> None:
    from wpsdesk.messages import sentence

    terminal.complain(str(sentence(error, terminal.say)))


def _survive_any_encoding() -> None:
    """A terminal that lacks a letter shows its number instead of stopping the work."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # a stream that a test or a host put there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _run(arguments: Sequence[str], language: Language, terminal: Terminal) -> int:
    say = terminal.say
    with argparse_in(language):
        whole = parser(say, groups_for(arguments))
        try:
            args = whole.parse_args(arguments)
            _require_clock(terminal)
            result: int = args.command(args, terminal)
        except SystemExit as wish:  # argparse has spoken: help, the version, or what is wrong
            return wish.code if isinstance(wish.code, int) else WRONG_USAGE
        except Usage as error:
            terminal.complain(say("wpsdesk: error: {what}", what=error))
            return WRONG_USAGE
        except (KeyboardInterrupt, EOFError, Cancelled):
            _complain(Cancelled(), terminal)
            return REFUSED
        except WpsError as error:
            _complain(error, terminal)
            return REFUSED
    return result


def _require_clock(terminal: Terminal) -> None:
    """WPSDESK_NOW, where it is set, must be a time; a wrong one is a slip of whoever set it, and no bug."""
    try:
        system_now()
    except ValueError:
        raise Usage(terminal.say("WPSDESK_NOW is not a time written like 2027-03-01T12:00:00Z")) from None


def groups_for(arguments: Sequence[str]) -> tuple[AddGroup, ...]:
    """What adds the command that is meant; where none is, what adds all of them: loading those takes a while."""
    meant = _command_in(arguments)
    names = [name for name, commands in GROUPS.items() if meant in commands]
    return tuple(import_module(f"wpsdesk.cli.{name}").add for name in names or GROUPS)


def _command_in(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the language that one asks for."""
    for before, word in pairwise(("", *arguments)):
        if before != "--lang" and not word.startswith("-"):
            return word
    return None


class _Version(argparse.Action):
    """Say the version; looked up only where somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_asked: object) -> None:
        sys.stdout.write(f"WPS Desk {own_version()}\n")
        parser.exit(DONE)


def parser(say: Catalogue, groups: Sequence[AddGroup]) -> Parser:
    """The command line, in the language of ``say``: the whole of it, or some groups of commands only."""
    found = Parser(
        prog="wpsdesk",
        description=say(
            "Reporting on the action plan Women, Peace and Security, without a network. With no command the window "
            "opens."
        ),
        allow_abbrev=False,
        parents=[speaking(say)],
    )
    found.add_argument("--version", action=_Version, nargs=0, help=say("say which version this is, and end"))
    commands = found.add_subparsers(required=True, metavar=say("COMMAND"), title=say("commands"), dest="command_name")
    for add in groups:
        add(commands, say)
    return found
