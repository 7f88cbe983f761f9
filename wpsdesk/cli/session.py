"""Opening a desk for the time of one command."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from wpsdesk.base.clock import system_now
from wpsdesk.base.errors import FileUnreadable
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import nfc
from wpsdesk.cli.arguments import Usage
from wpsdesk.cli.terminal import Terminal

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk

T = TypeVar("T")

VARIABLE: Final = "WPSDESK_PASSPHRASE"
_LIMIT: Final = 64_000  # bytes of a passphrase file


@contextmanager
def opened(args: argparse.Namespace, terminal: Terminal) -> Iterator[Desk]:
    """The desk that ``--store`` names, closed again whatever happens. Raises what opening a desk raises, Usage."""
    from wpsdesk.desk.model import called, caller_of
    from wpsdesk.desk.opening import close_desk, open_desk

    words = passphrase(args, terminal)
    desk = logged_in(terminal, lambda login: open_desk(args.store, words, clock=system_now, password=login))
    try:
        terminal.say.speak_of(called(caller_of(desk)))
        yield desk
    finally:
        close_desk(desk)


@contextmanager
def opened_to_gather(args: argparse.Namespace, terminal: Terminal, *, begins: bool = False) -> Iterator[Desk]:
    """Where the desk that ``--store`` names receives reports: UD's desk, or a ministry's or Norad's gathering side.

    Raises OnlyTheAuthority on any other desk, and unless ``begins`` on one that has not asked anybody yet; and what
    :func:`opened` raises.
    """
    from wpsdesk.desk.agencies.beginning import has_begun
    from wpsdesk.desk.errors import OnlyTheAuthority
    from wpsdesk.desk.model import called, caller_of, gathering

    with opened(args, terminal) as desk:
        side = gathering(desk)
        if side.is_gathering and not (begins or has_begun(desk)):
            raise OnlyTheAuthority
        terminal.say.speak_of(called(caller_of(side)))
        yield side


def logged_in(terminal: Terminal, work: Callable[[str | None], T]) -> T:
    """What ``work`` gives; where a server wants a password, with the one that the person writes on the terminal."""
    from wpsdesk.store.server.errors import LoginWanted

    try:
        return work(None)
    except LoginWanted:
        if not sys.stdin.isatty():
            raise
    return work(getpass.getpass(terminal.say("The database's password: ")))


def passphrase(args: argparse.Namespace, terminal: Terminal, *, is_new: bool = False) -> str:
    """The passphrase from ``--passphrase-file``, WPSDESK_PASSPHRASE or, on a terminal, the person.

    Raises Usage where there is none, FileMissing and FileUnreadable for the file.
    """
    say, path = terminal.say, args.passphrase_file
    if path is not None:
        return _from_file(path, terminal)
    if VARIABLE in os.environ:
        return nfc(os.environ[VARIABLE])
    if not sys.stdin.isatty():
        raise Usage(say("the passphrase is missing: give --passphrase-file or set WPSDESK_PASSPHRASE"))
    found = nfc(getpass.getpass(say("Passphrase: ")))
    if is_new and nfc(getpass.getpass(say("The same passphrase again: "))) != found:
        raise Usage(say("the two passphrases differ"))
    return found


def key_words(path: Path | None, option: str, terminal: Terminal, *, is_new: bool = False) -> str:
    """The passphrase of a key: from the file that ``option`` names or, on a terminal, from the person.

    Raises Usage where there is none, FileMissing and FileUnreadable for the file.
    """
    say = terminal.say
    if path is not None:
        return _from_file(path, terminal)
    if not sys.stdin.isatty():
        raise Usage(say("the key's passphrase is missing: give {option}", option=option))
    found = nfc(getpass.getpass(say("The key's passphrase: ")))
    if is_new and nfc(getpass.getpass(say("The same passphrase again: "))) != found:
        raise Usage(say("the two passphrases differ"))
    return found


def new_passphrase(path: Path | None, option: str, terminal: Terminal) -> str:
    """A new passphrase for the desk: from the file that ``option`` names or, on a terminal, typed twice.

    Raises Usage where there is none, FileMissing and FileUnreadable for the file.
    """
    say = terminal.say
    if path is not None:
        return _from_file(path, terminal)
    if not sys.stdin.isatty():
        raise Usage(say("the new passphrase is missing: give {option}", option=option))
    found = nfc(getpass.getpass(say("The new passphrase: ")))
    if nfc(getpass.getpass(say("The same passphrase again: "))) != found:
        raise Usage(say("the two passphrases differ"))
    return found


def _from_file(path: Path, terminal: Terminal) -> str:
    try:
        text = read_file(path, limit=_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileUnreadable(path=path) from None
    lines = text.splitlines()
    if not lines or not lines[0]:
        raise Usage(terminal.say("there is no passphrase on the first line of {file}", file=path))
    return nfc(lines[0])
