"""``wpsdesk archive``: a year as it can be checked in ten years, with openssl and unzip alone (UD)."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    keep = add_command(
        commands, "archive", say("write a year's bundles with what it takes to check them in ten years (UD)"), archive,
        shared,
    )  # fmt: skip
    keep.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    keep.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new folder"))


def archive(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the archive of a year."""
    from wpsdesk.desk.publication.archiving import archive as written_by

    say = terminal.say
    with opened(args, terminal) as desk:
        made = written_by(desk, Year(args.year), args.out, progress=terminal.progress(say("Writing")))
    if args.json:
        terminal.json(
            {
                "path": str(made.path),
                "year": made.year,
                "submissions": made.submissions,
                "files": made.files,
                "size": made.size,
                "root_fingerprint": made.root_fingerprint,
            }
        )
        return 0
    bundles = say.plural("{n} bundle", "{n} bundles", made.submissions)
    terminal.line(
        say(
            "The archive for {year} is written to {file}: {bundles}, {size}.",
            year=made.year,
            file=made.path,
            bundles=bundles,
            size=say.size(made.size),
        )
    )
    terminal.line(say("It is not sealed: anyone who has it can read it all. To check it: sh verify-all.sh"))
    terminal.line(say("The root's fingerprint is {digits}.", digits=made.root_fingerprint))
    return 0
