"""``wpsdesk archive`` and ``wpsdesk desk load-archive``: a year as it can be checked in ten years, and back (UD)."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.archive_words import not_in_it


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    keep = add_command(
        commands, "archive", say("write a year's bundles with what it takes to check them in ten years (UD)"), archive,
        shared,
    )  # fmt: skip
    keep.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    keep.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new folder"))


def add_load_archive(group: Group, say: Catalogue) -> None:
    """Add the way back, which stands among the commands for a desk."""
    shared = (speaking(say), reading(say), at_desk(say))
    load = add_command(
        group, "load-archive", say("take in the archive of a year of which the desk has nothing (UD)"), load_archive,
        shared,
    )  # fmt: skip
    load.add_argument("folder", type=Path, metavar=say("FOLDER"), help=say("the archive"))
    load.add_argument(
        "--fingerprint",
        metavar=say("DIGITS"),
        help=say("the digits of UD's root, had from elsewhere than the archive"),
    )


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


def load_archive(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in the archive of a year."""
    from wpsdesk.base.clock import rfc3339
    from wpsdesk.desk.publication.archive_loading import load_archive as load

    say = terminal.say
    with opened(args, terminal) as desk:
        found = load(desk, args.folder, args.fingerprint, progress=terminal.progress(say("Reading")))
    if args.json:
        terminal.json(
            {
                "year": found.year,
                "made": rfc3339(found.made),
                "submissions": found.submissions,
                "sent": found.sent,
                "releases": found.releases,
                "lines": found.lines,
                "root_fingerprint": found.root_fingerprint,
                "is_own_root": found.is_own_root,
            }
        )
        return 0
    bundles = say.plural("{n} bundle", "{n} bundles", found.submissions)
    terminal.line(say("The archive for {year} is taken in: {bundles}.", year=found.year, bundles=bundles))
    terminal.facts(
        [
            (say("Calls and replies"), say.number(found.sent)),
            (say("Releases"), say.number(found.releases)),
            (say("Lines of the journal"), say.number(found.lines)),
        ]
    )
    if not found.is_own_root:
        terminal.line(not_in_it(say))
    return 0
