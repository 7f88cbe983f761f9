"""``wpsdesk manual``: the manual as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.assets import languages
from wpsdesk.base.clock import system_now
from wpsdesk.cli.arguments import Group, add_command, speaking
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

_FORMS = ("pdf", "html")


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    show = add_command(
        commands, "manual", say("write the manual as a file, to be read or printed"), manual, (speaking(say),)
    )
    show.add_argument("--form", choices=_FORMS, default=_FORMS[0], help=say("the kind of file"))
    show.add_argument("--language", choices=languages(), help=say("language of the manual; else that of the messages"))
    show.add_argument("--out", type=Path, required=True, metavar=say("FILE"), help=say("where the file is to lie"))


def manual(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write it, and tell where it lies."""
    from wpsdesk.compilation.formats import Format
    from wpsdesk.desk.explaining import write_manual

    path = write_manual(args.language or terminal.say.language, Format(args.form), args.out, system_now)
    terminal.line(terminal.say("The manual lies at {path}.", path=path))
    return 0
