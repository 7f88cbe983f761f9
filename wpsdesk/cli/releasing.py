"""``wpsdesk release``: what is to be looked at first, the release itself, and those that are made."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.cli.arguments import Group, Parser, add_command, add_group, at_desk, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.messages.shares import shares_sentence

if TYPE_CHECKING:
    from wpsdesk.desk.publication.checking import Checklist
    from wpsdesk.desk.publication.released import Released
    from wpsdesk.plan.model import Plan

POINTS: Final = ("coverage", "returned", "restrictions", "stale", "closed", "names", "texts", "languages")
_SHOWN: Final = 8  # places of a point, before "and n more"


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "release", say("release the annual report: number, hash, signed PDF (UD)"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    check_ = add_command(group, "check", say("tell what is to be looked at before a release"), check, shared)
    make_ = add_command(group, "make", say("release the report in three languages and five forms"), make, shared)
    make_.add_argument(
        "--accept",
        type=_points(say),
        default=(),
        metavar=say("POINTS"),
        help=say("points of the check that may go as they are, with commas between: {known}", known=", ".join(POINTS)),
    )
    make_.add_argument("--why", default="", metavar=say("TEXT"), help=say("what a later release is for; stands in it"))
    make_.add_argument("--officer", default="", metavar=say("NAME"), help=say("who releases it"))
    make_.add_argument("--out", type=Path, metavar=say("FOLDER"), help=say("write the files here too"))
    list_ = add_command(group, "list", say("tell the releases that are made"), list_releases, shared)
    write_ = add_command(group, "write", say("write the files of a release as they were published"), write, shared)
    write_.add_argument("number", type=whole(say, 1, 9999), metavar=say("NUMBER"), help=say("the release"))
    write_.add_argument("out", type=Path, metavar=say("FOLDER"), help=say("where the files are to lie"))
    for parser in (check_, make_, list_, write_):
        _year(parser, say)


def _year(parser: Parser, say: Catalogue) -> None:
    parser.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))


def _points(say: Catalogue) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        found = tuple(part.strip().lower() for part in text.split(",") if part.strip())
        for name in found:
            if name not in POINTS:
                known = ", ".join(POINTS)
                raise argparse.ArgumentTypeError(
                    say("there is no point “{name}”; choose among {known}", name=name, known=known)
                )
        return found

    return read


def check(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what is met and what is not."""
    from wpsdesk.desk.publication.checking import checklist

    with opened(args, terminal) as desk:
        found = checklist(desk, year_of(desk, args), progress=terminal.progress(terminal.say("Looking")))
    if args.json:
        terminal.json(
            {
                "year": found.year,
                "ready": not found.unmet,
                "points": [{"point": f.point, "met": f.is_met, "places": list(f.places)} for f in found.findings],
                "words": dict(found.shares.words),
            }
        )
    else:
        _tell_check(found, desk.plan, terminal)
    return 0


def _tell_check(found: Checklist, plan: Plan, terminal: Terminal) -> None:
    from wpsdesk.messages.release_words import places_line

    say = terminal.say
    if not found.unmet:
        terminal.line(say("Nothing stands in the way of a release."))
    for one in found.findings:
        if not one.is_met:
            terminal.line(f"{word(one.point, say)} ({one.point}):")
            terminal.line("  " + places_line(one.point, one.places, plan, say, at_most=_SHOWN))
    terminal.line(shares_sentence(found.shares, say))


def make(args: argparse.Namespace, terminal: Terminal) -> int:
    """Release it."""
    from wpsdesk.desk.publication.points import Point
    from wpsdesk.desk.publication.releasing import release, write_release

    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found = release(
            desk,
            when,
            accept=tuple(Point(name) for name in args.accept),
            why=args.why,
            officer=args.officer,
            progress=terminal.progress(terminal.say("Releasing")),
        )
        if args.out is not None:
            write_release(desk, when, found.number, args.out)
    _tell(found, args, terminal)
    return 0


def list_releases(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell every release of the year."""
    from wpsdesk.desk.publication.releasing import releases

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found = releases(desk, when)
    if args.json:
        terminal.json({"year": when, "releases": [_to_json(one) for one in found]})
    elif not found:
        terminal.line(say("The report for {year} has not been released.", year=when))
    else:
        rows = [(say.number(one.number), say.moment(one.at), one.by, one.digest[:12], one.why) for one in found]
        terminal.table((say("Release"), say("When"), say("By"), "SHA-256", say("Why")), rows)
    return 0


def write(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the files of one."""
    from wpsdesk.desk.publication.releasing import write_release

    with opened(args, terminal) as desk:
        found = write_release(desk, year_of(desk, args), args.number, args.out)
    _tell(found, args, terminal)
    return 0


def _tell(found: Released, args: argparse.Namespace, terminal: Terminal) -> None:
    say = terminal.say
    if args.json:
        terminal.json(_to_json(found))
        return
    terminal.line(
        say("Release {number} of the report for {year}, SHA-256 {digest}.", number=found.number, year=found.year,
            digest=found.digest)
    )  # fmt: skip
    if found.changes:
        terminal.line(
            say.plural("{n} place is changed since last.", "{n} places are changed since last.", len(found.changes))
        )
    for file in found.files:
        place = file.name if args.out is None else str(args.out / file.name)
        terminal.line(f"{place} ({say.size(file.size)})")


def _to_json(found: Released) -> dict[str, object]:
    from wpsdesk.desk.publication.released import released_to_json

    told = released_to_json(found)
    del told["fingerprints"]  # of use to the program alone, when the next release is compared with this
    return told
