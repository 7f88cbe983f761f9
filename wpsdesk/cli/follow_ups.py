"""``wpsdesk follow-ups``: the units' own follow-up documents, once a unit (UD)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown, word
from wpsdesk.messages.problems import PROBLEMS

if TYPE_CHECKING:
    from wpsdesk.desk.evidence.follow_up import FollowUp
    from wpsdesk.report.model import Evidence


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
                    "document": document_to_json(each.document),
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


def tell_document(found: FollowUp, terminal: Terminal) -> None:
    """The unit's own document of the year: its title, whether it is restricted, and what is the matter with it."""
    say, document = terminal.say, found.document
    if document is None:
        terminal.line(say("No follow-up document is attached."))
        return
    told = say(
        "Follow-up document: {title} ({name}, {size})", title=shown(document.title), name=shown(document.name),
        size=say.size(document.size),
    )  # fmt: skip
    terminal.line(f"{told} · {word(document.access.scope, say)}")
    for code in found.codes:
        terminal.line(f"  {say(PROBLEMS[code])}")


def document_to_json(document: Evidence | None) -> dict[str, object] | None:
    """A follow-up document as scripts read it; null where there is none."""
    if document is None:
        return None
    return {
        "name": document.name,
        "title": document.title,
        "dated": None if document.dated is None else document.dated.isoformat(),
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.digest,
        "access": document.access.scope,
    }
