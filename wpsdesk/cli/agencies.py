"""``wpsdesk agencies``: who reports to this unit under UD's call, and taking over what they say."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import CountryCode, UnitCode, Year
from wpsdesk.cli.arguments import (
    Group,
    Parser,
    Usage,
    add_command,
    add_group,
    at_desk,
    code,
    day,
    reading,
    speaking,
    whole,
    year,
)
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import named_key, year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name, word
from wpsdesk.report.model import TAKEABLE

if TYPE_CHECKING:
    from wpsdesk.desk.agencies.taking_over import Offered
    from wpsdesk.report.contributions import Contributor


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(
        commands, "agencies", say("gather from a ministry's agencies, or from organisations (Norad)"), say
    )
    shared = (speaking(say), reading(say), at_desk(say))
    begin_ = say("show the digits that each of them compares with this desk, once")
    add_command(group, "digits", begin_, digits, shared)
    all_ = add_command(group, "list", say("list who is asked, and who has reported"), list_, shared)
    all_.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    time = add_command(
        group, "time", say("tell whether UD has given more time, and with --until pass it on in an amended call"),
        time_, shared,
    )  # fmt: skip
    time.add_argument("out", type=Path, nargs="?", metavar=say("FILE"), help=say("the amended call's new file"))
    time.add_argument("--until", type=day(say), metavar=say("DATE"), help=say("the new deadline of one's own call"))
    time.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    look = add_command(group, "offered", say("show what they say on a commitment"), offered, shared)
    _add_place(look, say)
    take = add_command(group, "take", say("take over what one of them says into the own answer"), take_, shared)
    take.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code"))
    _add_place(take, say)
    take.add_argument("--from-country", type=code, metavar=say("CODE"), help=say("the country it is said about there"))
    take.add_argument("--field", choices=TAKEABLE, nargs="+", default=TAKEABLE, help=say("only these; else everything"))
    drop = add_command(group, "drop", say("take a source off the own answer; its text stays"), drop_, shared)
    drop.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code"))
    _add_place(drop, say)
    name = add_command(
        group, "name", say("say whether one of them may be named in the published report"), name_, shared
    )
    name.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code"))
    name.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    name.add_argument("--not", dest="hidden", action="store_true", help=say("it may not be named"))


def _add_place(parser: Parser, say: Catalogue) -> None:
    parser.add_argument(
        "--commitment", type=whole(say, 1, 999), required=True, metavar=say("NUMBER"), help=say("the commitment")
    )
    parser.add_argument("--country", type=code, metavar=say("CODE"), help=say("the own answer's country"))
    parser.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))


def digits(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show the digits of the unit's own root; it is made where there is none yet."""
    from wpsdesk.desk.agencies.beginning import begin_gathering

    with opened(args, terminal) as desk:
        found, unit = begin_gathering(desk), desk.unit.code
    if args.json:
        terminal.json({"unit": unit, "root": found})
    else:
        terminal.line(terminal.say("{unit}'s digits, to be read over the telephone: {digits}", unit=unit, digits=found))
    return 0


def time_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell of more time, or pass it on."""
    from wpsdesk.desk.agencies.more_time import give_more_time, more_time

    say = terminal.say
    if (args.until is None) != (args.out is None):
        raise Usage(say("give both --until and the file of the amended call, or neither"))
    when = None if args.year is None else Year(args.year)
    with opened(args, terminal) as desk:
        found = more_time(desk, when)
        made = None if args.until is None else give_more_time(desk, args.until, args.out, when)
    if args.json:
        days = {} if found is None else {"ours": found.ours, "theirs": found.theirs, "proposed": found.proposed}
        told = {name: each.isoformat() for name, each in days.items()}
        call = None if made is None else {"number": made.number, "deadline": made.deadline.isoformat()}
        terminal.json({"more_time": told or None, "call": call})
    elif made is not None:
        terminal.line(
            say("Call no. {number} gives them until {date}. Send {file} to all of them.",
                number=made.number, date=say.date(made.deadline), file=args.out)
        )  # fmt: skip
    elif found is None:
        terminal.line(say("There is no more time to pass on."))
    else:
        terminal.line(
            say("UD has given you until {ours}. Your own call says {theirs}, and could say {proposed}.",
                ours=say.date(found.ours), theirs=say.date(found.theirs), proposed=say.date(found.proposed))
        )  # fmt: skip
    return 0


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """List everybody who is asked, and what has come."""
    from wpsdesk.desk.agencies.contributing import contributors

    with opened(args, terminal) as desk:
        found = contributors(desk, year_of(desk, args))
    say = terminal.say
    if args.json:
        terminal.json([contributor_to_json(each) for each in found])
        return 0
    if not found:
        terminal.line(say("Nobody is asked to report here."))
        return 0
    heads = (say("Code"), say("Answers"), say("Received"), say("In public"), say("Name"))
    rows = [
        (
            each.unit.code,
            say.number(each.answers) if each.has_reported else "–",
            "–" if each.received is None else say.moment(each.received),
            say("named") if each.may_be_named else say("not named"),
            each.unit.names[terminal.language],
        )
        for each in found
    ]
    terminal.table(heads, rows)
    return 0


def contributor_to_json(each: Contributor) -> dict[str, object]:
    """One who is asked, as scripts read it."""
    return {
        "unit": each.unit.code,
        "kind": each.unit.kind,
        "may_be_named": each.may_be_named,
        "answers": each.answers,
        "bundle": each.bundle,
        "sha256": each.digest,
        "received": None if each.received is None else rfc3339(each.received),
    }


def offered(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show what they say on a commitment."""
    from wpsdesk.desk.agencies.taking_over import offered as on_offer

    with opened(args, terminal) as desk:
        found = on_offer(desk, year_of(desk, args), named_key(args))
    say = terminal.say
    if args.json:
        terminal.json([_offered_to_json(each) for each in found])
        return 0
    if not found:
        terminal.line(say("None of those who report here has said anything on this."))
    for each in found:
        terminal.line(_heading(each, terminal))
        for name in each.fields:
            terminal.line(f"  {field_name(name, say)}: {_what(each, name, say)}")
    return 0


def _heading(each: Offered, terminal: Terminal) -> str:
    say = terminal.say
    marks = [] if each.decision is None else [word(each.decision, say)]
    if each.is_newer:
        marks.append(say("taken over from an earlier report"))
    elif each.taken is not None:
        marks.append(say("taken over"))
    country = "" if each.entry.key.country is None else f" {each.entry.key.country}"
    return f"{each.unit.code}{country}{' (' + say.listing(marks) + ')' if marks else ''}"


def _what(each: Offered, name: str, say: Catalogue) -> str:
    if name == "evidence":
        return say.listing(file.name for file in each.entry.evidence)
    if name in ("indicators", "partners"):
        return say.listing(one.name for one in getattr(each.entry, name))
    return each.entry.passage(name).text


def _offered_to_json(each: Offered) -> dict[str, object]:
    return {
        "unit": each.unit.code,
        "country": each.entry.key.country,
        "seq": each.seq,
        "sha256": each.digest,
        "decision": each.decision,
        "fields": list(each.fields),
        "taken": None if each.taken is None else {"sha256": each.taken.digest, "fields": list(each.taken.fields)},
        "is_newer": each.is_newer,
    }


def take_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take over what one of them says."""
    from wpsdesk.desk.agencies.taking_over import take_over

    country = None if args.from_country is None else CountryCode(args.from_country)
    with opened(args, terminal) as desk:
        year_wanted, key = year_of(desk, args), named_key(args)
        taken = take_over(
            desk, year_wanted, key, UnitCode(args.unit), country=country or key.country, fields=args.field
        )
    say = terminal.say
    if args.json:
        terminal.json(
            {
                "year": year_wanted,
                "commitment": key.commitment,
                "country": key.country,
                "fields": list(taken.fields),
                "other_language": list(taken.other_language),
                "files": taken.files,
                "is_restricted": taken.is_restricted,
            }
        )
        return 0
    names = say.listing(field_name(name, say) for name in taken.fields)
    terminal.line(say("Taken over from {unit}: {names}. The answer is a draft.", unit=args.unit, names=names))
    if taken.other_language:
        left = say.listing(field_name(name, say) for name in taken.other_language)
        terminal.line(say("Not taken over, for your own text there is in another language: {names}.", names=left))
    if taken.is_restricted:
        terminal.line(say("The answer is now exempt from public access as it is there. Look at the decision."))
    return 0


def drop_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take a source off an answer."""
    from wpsdesk.desk.agencies.taking_over import drop_source

    with opened(args, terminal) as desk:
        left = drop_source(desk, year_of(desk, args), named_key(args), UnitCode(args.unit))
    if args.json:
        terminal.json({"sources": [each.unit for each in left.taken]})
    else:
        terminal.line(terminal.say("{unit} is no longer named as a source. The text stays as it is.", unit=args.unit))
    return 0


def name_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Say whether somebody may be named."""
    from wpsdesk.desk.agencies.contributing import name_in_public

    with opened(args, terminal) as desk:
        wanted: Year = year_of(desk, args)
        name_in_public(desk, UnitCode(args.unit), wanted, may_be_named=not args.hidden)
    if args.json:
        terminal.json({"unit": args.unit, "may_be_named": not args.hidden})
        return 0
    say = terminal.say
    told = (
        say("{unit} is not named in the published report.", unit=args.unit)
        if args.hidden
        else say("{unit} may be named in the published report.", unit=args.unit)
    )
    terminal.line(told)
    return 0
