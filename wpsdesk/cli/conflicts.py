"""``wpsdesk conflicts``, ``choose`` and ``extend``: UD settles what came twice, and gives a unit more time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, code, day, reading, speaking, year
from wpsdesk.cli.session import opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name

if TYPE_CHECKING:
    from wpsdesk.desk.review.choices import Pick
    from wpsdesk.desk.review.conflicts import Conflict, Difference, OneSide
    from wpsdesk.report.model import EntryKey


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    list_ = add_command(
        commands,
        "conflicts",
        say("tell which reports of a unit wait for a choice between them (UD)"),
        conflicts,
        shared,
    )
    list_.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("only this year"))
    _add_choose(commands, say)
    more = add_command(commands, "extend", say("give a unit more time, and tell who has it (UD)"), extend, shared)
    more.add_argument("unit", type=code, nargs="?", metavar=say("CODE"), help=say("the unit's code, such as FD"))
    more.add_argument("--until", type=day(say), metavar=say("DATE"), help=say("the day until which it has time"))
    more.add_argument("--reason", default="", metavar=say("REASON"), help=say("why; it stays with UD"))
    more.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    more.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("who decides; else the officer who is remembered")
    )


def _add_choose(commands: Group, say: Catalogue) -> None:
    shared = (speaking(say), reading(say), at_desk(say))
    settle = add_command(commands, "choose", say("choose between two reports of a unit (UD)"), choose, shared)
    answer = say("ANSWER")
    settle.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    settle.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    settle.add_argument(
        "--keep", nargs="+", default=[], metavar=answer,
        help=say("keep these answers of the report that stands, such as 7 or 7/SO; “all” for the rest"),
    )  # fmt: skip
    settle.add_argument(
        "--take", nargs="+", default=[], metavar=answer,
        help=say("take these answers of the report that waits; “all” for the rest"),
    )  # fmt: skip
    settle.add_argument(
        "--both", nargs=2, action="append", default=[], metavar=(answer, say("NOTE")),
        help=say("keep both answers, and tell the unit why"),
    )  # fmt: skip
    settle.add_argument(
        "--undo", action="store_true", help=say("undo the last choice, until a reply has told the unit")
    )
    settle.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("who decides; else the officer who is remembered")
    )


def conflicts(args: argparse.Namespace, terminal: Terminal) -> int:
    """List what waits for a choice, and on which answers the two differ."""
    from wpsdesk.desk.review.conflicts import conflicts as waiting

    say = terminal.say
    with opened_to_gather(args, terminal) as desk:
        found = waiting(desk, args.year)
    if args.json:
        terminal.json([_to_json(each) for each in found])
        return 0
    if not found:
        terminal.line(say("No report waits for a choice."))
    for each in found:
        terminal.line(
            say(
                "{unit} for {year}: report no. {held}, signed {when}, beside no. {top}, signed {then}, which stands.",
                unit=each.unit, year=each.year, held=each.theirs.seq, when=say.moment(each.theirs.signed_at),
                top=each.ours.seq, then=say.moment(each.ours.signed_at),
            )
        )  # fmt: skip
        if not each.is_readable:
            terminal.line("  " + say("It holds only changes on a report that is not here. Ask for the whole report."))
        for one in each.differences:
            terminal.line(f"  {_named(one.key)}  {_where(one, say)}")
    return 0


def _named(key: EntryKey) -> str:
    return str(key.commitment) if key.country is None else f"{key.commitment}/{key.country}"


def _where(one: Difference, say: Catalogue) -> str:
    from wpsdesk.report.sides import differing

    if one.ours is None:
        return say("only in the one that waits")
    if one.theirs is None:
        return say("only in the one that stands")
    return say.listing(field_name(field.name, say) for field in differing(one.ours, one.theirs))


def _to_json(each: Conflict) -> dict[str, object]:
    from wpsdesk.report.sides import differing

    return {
        "unit": each.unit,
        "year": each.year,
        "stands": _side_to_json(each.ours),
        "waits": _side_to_json(each.theirs),
        "is_readable": each.is_readable,
        "answers": [
            {
                "commitment": one.key.commitment,
                "country": one.key.country,
                "in_stands": one.ours is not None,
                "in_waits": one.theirs is not None,
                "fields": []
                if one.ours is None or one.theirs is None
                else [field.name for field in differing(one.ours, one.theirs)],
                "choices": [str(side) for side in one.sides],
            }
            for one in each.differences
        ],
    }


def _side_to_json(side: OneSide) -> dict[str, object]:
    return {
        "seq": side.seq,
        "sha256": side.digest,
        "signed_by": side.signed_by,
        "signed_at": rfc3339(side.signed_at),
        "received_at": rfc3339(side.received_at),
    }


def choose(args: argparse.Namespace, terminal: Terminal) -> int:
    """Settle the unit's first conflict, or undo the last choice."""
    from wpsdesk.desk.officers import officer_of
    from wpsdesk.desk.review.conflict_errors import NothingToChoose
    from wpsdesk.desk.review.conflicts import choose as settle
    from wpsdesk.desk.review.conflicts import conflicts as waiting
    from wpsdesk.desk.review.conflicts import undo_choice

    say, unit = terminal.say, UnitCode(args.unit)
    with opened_to_gather(args, terminal) as desk:
        when, officer = year_of(desk, args), args.officer or officer_of(desk)
        if args.undo:
            made = undo_choice(desk, unit, when, officer=officer)
            told = say("The choice is undone: the report waits again.")
        else:
            first = next(iter(waiting(desk, when, unit)), None)
            if first is None:
                raise NothingToChoose(unit=unit, year=when)
            made = settle(desk, first.theirs.digest, _picks(args, first, say), officer=officer, on=first.ours.digest)
            told = say("The choice stands. Write a reply: the unit is told which answers came from where.")
    if args.json:
        picks = [
            {"commitment": p.key.commitment, "country": p.key.country, "side": p.side, "note": p.note}
            for p in made.picks
        ]
        terminal.json({"unit": unit, "year": when, "held": made.held, "undone": made.is_undone, "answers": picks})
    else:
        terminal.line(told)
    return 0


def _picks(args: argparse.Namespace, found: Conflict, say: Catalogue) -> tuple[Pick, ...]:
    from wpsdesk.desk.review.choices import Pick
    from wpsdesk.report.sides import Side

    keys = {_named(each.key): each.key for each in found.differences}
    picks: dict[EntryKey, Pick] = {}
    wanted = [(text, Side.BOTH, words) for text, words in args.both]
    wanted += [(text, side, "") for side, texts in ((Side.OURS, args.keep), (Side.THEIRS, args.take)) for text in texts]
    for text, side, words in sorted(wanted, key=lambda each: each[0] == "all"):
        if text == "all":
            for key in keys.values():
                picks.setdefault(key, Pick(key=key, side=side, note=words))
            continue
        key = keys.get(text.upper()) or _key(text, say)
        if key in picks:
            raise Usage(say("an answer stands twice among --keep, --take and --both"))
        picks[key] = Pick(key=key, side=side, note=words)
    return tuple(picks.values())


def _key(text: str, say: Catalogue) -> EntryKey:
    from wpsdesk.report.model import EntryKey

    number, _, country = text.partition("/")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        raise Usage(say("“{text}” is not an answer written like 7 or 7/SO", text=text))
    return EntryKey(CommitmentNumber(int(number)), CountryCode(country.upper()) if country else None)


def extend(args: argparse.Namespace, terminal: Terminal) -> int:
    """Record more time where a unit and a day are given, then list who has it."""
    from wpsdesk.desk.call.extending import extend as give
    from wpsdesk.desk.call.extending import extensions
    from wpsdesk.desk.officers import officer_of

    say = terminal.say
    if (args.unit is None) != (args.until is None):
        raise Usage(say("a unit goes with --until"))
    with opened_to_gather(args, terminal) as desk:
        when = year_of(desk, args)
        if args.unit is not None:
            officer = args.officer or officer_of(desk)
            give(desk, UnitCode(args.unit), when, args.until, reason=args.reason, officer=officer)
        found = extensions(desk, when)
    if args.json:
        rows = [
            {
                "unit": e.unit, "until": e.until.isoformat(), "reason": e.reason, "officer": e.officer,
                "at": rfc3339(e.at), "told": bool(e.told),
            }
            for e in found
        ]  # fmt: skip
        terminal.json(rows)
    elif not found:
        terminal.line(say("No unit has more time."))
    else:
        heads = (say("Unit"), say("Until"), say("Told"), say("By"), say("Reason"))
        told = {True: say("Yes"), False: say("No")}
        terminal.table(heads, [(e.unit, say.date(e.until), told[bool(e.told)], e.officer, e.reason) for e in found])
    return 0
