"""What stands on a command line and how it is read, in the language of whoever wrote it."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from wpsdesk import assets
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.settings import Language

Group: TypeAlias = "argparse._SubParsersAction[Parser]"
"""What argparse gives for adding subcommands."""

Command = Callable[[argparse.Namespace, Terminal], int]
"""Does what a command line asks and returns the exit code."""


class Usage(Exception):
    """The command line asks for something that makes no sense; the text says what, in the person's language."""


class Parser(argparse.ArgumentParser):
    """An argument parser that never guesses what an abbreviated option means: scripts outlive new options."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the command line, and raise SystemExit(2)."""
        super().error(message)


# argparse's own sentences, which it asks gettext for; a test compares them with the argparse that is installed.
ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("subcommands"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("can't open '%(filename)s': %(error)s"),
)


@contextmanager
def argparse_in(language: Language) -> Iterator[None]:
    """Inside, argparse finds its own sentences in our catalogue: it asks gettext, which goes by LANGUAGE."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain("app", str(assets.catalogue(language, "app").parents[2]))
    gettext.textdomain("app")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


# -- what commands share -------------------------------------------------------------------------


def speaking(say: Catalogue) -> Parser:
    """The option that every command has."""
    parser = Parser(add_help=False)
    parser.add_argument(
        "--lang", choices=assets.languages(), default=argparse.SUPPRESS, help=say("language of the messages")
    )
    return parser


def reading(say: Catalogue) -> Parser:
    """The option of a command that tells something."""
    parser = Parser(add_help=False)
    parser.add_argument("--json", action="store_true", help=say("print JSON for programs to read"))
    return parser


class _Store(argparse.Action):
    """A desk's file, or the address of a shared database; then ``address`` is that, and ``store`` what opens it."""

    def __call__(
        self, _parser: argparse.ArgumentParser, args: argparse.Namespace, value: object, _option: str | None = None
    ) -> None:
        args.store, args.address = Path(str(value)), None
        if str(value).lower().startswith("postgresql"):
            from wpsdesk.desk.sharing import address_from, place_of

            args.address = address_from(str(value))
            args.store = place_of(args.address)


def at_desk(say: Catalogue, *, required: bool = True) -> Parser:
    """The options of a command that needs a desk."""
    parser = Parser(add_help=False)
    parser.add_argument(
        "--store",
        action=_Store,
        required=required,
        metavar=say("PATH"),
        help=say("the desk's store (.wpsdesk), or the address of a shared database (postgresql+psycopg://...)"),
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar=say("FILE"),
        help=say("file with the passphrase on its first line; else WPSDESK_PASSPHRASE is used"),
    )
    return parser


def add_command(group: Group, name: str, text: str, command: Command, parents: Sequence[Parser]) -> Parser:
    """A command with its one-line description, which is also its help."""
    parser = group.add_parser(name, help=text, description=text, allow_abbrev=False, parents=parents)
    parser.set_defaults(command=command)
    return parser


def add_group(commands: Group, name: str, text: str, say: Catalogue) -> Group:
    """A command that has subcommands of its own."""
    parser = commands.add_parser(name, help=text, description=text, allow_abbrev=False, parents=())
    return parser.add_subparsers(required=True, metavar=say("COMMAND"), title=say("commands"), dest=f"{name}_command")


# -- single arguments ----------------------------------------------------------------------------


def day(say: Catalogue) -> Callable[[str], date]:
    """Reads ``2027-03-01``."""

    def read(text: str) -> date:
        found = None
        with suppress(ValueError):
            found = date.fromisoformat(text)
        if found is None or found.isoformat() != text:
            raise argparse.ArgumentTypeError(say("“{text}” is not a date written like 2027-03-01", text=text))
        return found

    return read


def whole(say: Catalogue, low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number in ``low..high``."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(
                say("“{text}” is not a whole number from {low} to {high}", text=text, low=low, high=high)
            )
        return int(text)

    return read


def year(say: Catalogue) -> Callable[[str], int]:
    """Reads a year; whether the plan runs in it is for the desk to say."""
    return whole(say, 2000, 2999)


def code(text: str) -> str:
    """A unit's or a country's code, which is written in capitals."""
    return text.strip().upper()
