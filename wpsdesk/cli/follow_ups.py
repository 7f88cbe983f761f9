"""``wpsdesk follow-ups``: the units' own follow-up documents, once a unit (UD)."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.measures import document_to_json
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown, word


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    found = add_command(
        commands, "follow-ups", say("list the units' own follow-up documents, and write them out (UD)"), tell, shared
    )
    found.add_argument(
        "--out", type=Path, metavar=say("FOLDER"), help=say("write those that are open to the public into this folder")
    )
    found.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))


def tell(args: argparse.Namespace, terminal: Terminal) -> int:
    """List them, and write them where that is asked."""
    from wpsdesk.desk.review.follow_ups import follow_ups, write_follow_ups

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found = follow_ups(desk, when)
        progress = terminal.progress(say("Writing"))
        paths = () if args.out is None else write_follow_ups(desk, when, args.out, progress=progress)
    if args.json:
        terminal.json(
            [
                {
                    "unit": each.unit,
                    "held": each.is_held,
                    "document": None if each.document is None else document_to_json(each.document),
                }
                for each in found
            ]
        )
        return 0
    rows = [
        (
            each.unit,
            "–" if each.document is None else shown(each.document.title),
            "–" if each.document is None else word(each.document.access.scope, say),
            say("yes") if each.is_held else say("no"),
        )
        for each in found
    ]
    terminal.table((say("Unit"), say("Follow-up document"), say("Access"), say("Has come")), rows)
    for path in paths:
        terminal.line(str(path))
    return 0
