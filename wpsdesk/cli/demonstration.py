"""``wpsdesk demo``: the whole year with made-up answers, step by step."""

from __future__ import annotations

import argparse
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import system_now
from wpsdesk.cli.arguments import Group, add_command, speaking
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import Names

if TYPE_CHECKING:
    from wpsdesk.desk.demonstrating import Step


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    show = add_command(
        commands,
        "demo",
        say("go through a whole year with made-up answers, from call to annual report"),
        demo,
        (speaking(say),),
    )
    show.add_argument(
        "folder", type=Path, nargs="?", metavar=say("FOLDER"), help=say("an empty or new folder; else a new one here")
    )


def demo(args: argparse.Namespace, terminal: Terminal) -> int:
    """Play the year, a line a step, and tell where everything lies."""
    from wpsdesk.desk.demonstrating import run

    folder = free_folder() if args.folder is None else args.folder
    say, number = terminal.say, count(1)

    def tell(step: Step) -> None:
        terminal.line(f"{next(number):>2}. {say(step.message, **shown_in(say, step))}")
        terminal.line(f"    {step.path}")
        terminal.out.flush()

    done = run(folder, system_now, tell)
    terminal.line()
    terminal.facts(
        (
            (say("The annual report"), str(done.report.path)),
            (say("The stores"), str(done.folder / "stores")),
            (say("Their passphrase"), str(done.passphrase_file)),
        )
    )
    terminal.line(say("Open one of the stores in the window: wpsdesk {file}", file=done.stores[-1]))
    return 0


def shown_in(say: Catalogue, step: Step) -> dict[str, object]:
    """The values of a step in the speaker's language."""
    language = say.names_in
    return {name: v[language] if isinstance(v, Names) else v for name, v in step.values.items()}


def free_folder() -> Path:
    """The first of demo, demo-2, demo-3 ... that is not there or is empty."""
    for number in count(1):
        folder = Path("demo" if number == 1 else f"demo-{number}")
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return folder
    raise AssertionError("there is always another number")
