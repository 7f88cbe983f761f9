"""``wpsdesk meeting``: the meetings of the year, the points raised in them, and their follow-up (UD)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, Parser, Usage, add_command, add_group, at_desk, code, day, reading, speaking
from wpsdesk.cli.arguments import year as a_year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.report.meetings import MeetingKind, PointState, meeting_to_json, point_to_json

if TYPE_CHECKING:
    from wpsdesk.desk.meetings.holding import Raised, Told
    from wpsdesk.desk.model import Desk
    from wpsdesk.report.meetings import Meeting, Point

NONE = "none"
"""Takes away a due day, a commitment, a unit."""


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    group = add_group(commands, "meeting", say("list meetings, their points and the follow-up (UD)"), say)
    held = add_command(group, "add", say("list a meeting"), add_meeting, shared)
    _add_about(held, say, required=True)
    _add_year(held, say)
    change = add_command(group, "change", say("change what is told of a meeting"), change_meeting, shared)
    change.add_argument("meeting", metavar=say("MEETING"), help=say("the meeting, such as 2026/3"))
    _add_about(change, say, required=False)
    point = add_command(group, "point", say("list a point that was raised in a meeting"), add_point, shared)
    point.add_argument("meeting", metavar=say("MEETING"), help=say("the meeting, such as 2026/3"))
    point.add_argument("text", metavar=say("TEXT"), help=say("what was raised"))
    _add_follow_up(point, say)
    follow = add_command(group, "follow", say("say what has come of a point"), follow_point, shared)
    follow.add_argument("point", metavar=say("POINT"), help=say("the point, such as 2026/3/1"))
    follow.add_argument("--text", metavar=say("TEXT"), help=say("what was raised"))
    _add_follow_up(follow, say)
    gone = add_command(group, "remove", say("remove a meeting or a point"), remove, shared)
    gone.add_argument("which", metavar=say("WHICH"), help=say("a meeting such as 2026/3, or a point such as 2026/3/1"))
    list_ = add_command(group, "list", say("tell the meetings of the year"), list_meetings, shared)
    _add_year(list_, say)
    points = add_command(group, "points", say("tell the points to follow up"), points_of, shared)
    points.add_argument("--open", dest="only_open", action="store_true", help=say("only what is not followed up"))
    points.add_argument(
        "--out", type=Path, metavar=say("FILE"), help=say("write it to a new file that ends in .pdf or .csv")
    )
    _add_year(points, say)
    pack = add_command(group, "pack", say("write the meetings and points as a pack to read"), write, shared)
    pack.add_argument(
        "out", type=Path, metavar=say("OUT"), help=say("the new file, which ends in .pdf, .html or .docx")
    )
    _add_year(pack, say)


def _add_year(parser: Parser, say: Catalogue) -> None:
    parser.add_argument("--year", type=a_year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))


def _add_about(parser: Parser, say: Catalogue, *, required: bool) -> None:
    parser.add_argument("--date", type=day(say), required=required, metavar=say("DATE"), help=say("when it was held"))
    parser.add_argument("--kind", choices=[str(kind) for kind in MeetingKind], required=required, help=say("with whom"))
    parser.add_argument("--subject", metavar=say("TEXT"), help=say("what it was about"))
    parser.add_argument("--who", metavar=say("TEXT"), help=say("who took part"))
    _add_officer(parser, say)


def _add_follow_up(parser: Parser, say: Catalogue) -> None:
    parser.add_argument("--commitment", type=_number(say), metavar=say("NUMBER"), help=say("the commitment, or none"))
    parser.add_argument("--unit", type=code, metavar=say("CODE"), help=say("the unit that it concerns, or none"))
    parser.add_argument("--country", type=code, metavar=say("CODE"), help=say("the country that it concerns, or none"))
    parser.add_argument("--follow-up", metavar=say("TEXT"), help=say("what is to be done"))
    parser.add_argument("--owner", metavar=say("NAME"), help=say("who sees to it"))
    parser.add_argument("--due", type=_due(say), metavar=say("DATE"), help=say("when it is due, or none"))
    parser.add_argument("--state", choices=[str(state) for state in PointState], help=say("how far it has come"))
    parser.add_argument("--result", metavar=say("TEXT"), help=say("what came of it"))
    _add_officer(parser, say)


def _add_officer(parser: Parser, say: Catalogue) -> None:
    parser.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("who writes; else the officer who is remembered")
    )


def _number(say: Catalogue) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text == NONE:
            return 0
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 999:
            raise argparse.ArgumentTypeError(say("“{text}” is no commitment's number", text=text))
        return int(text)

    return read


def _due(say: Catalogue) -> Callable[[str], date]:
    read_day = day(say)
    return lambda text: date.min if text == NONE else read_day(text)


# -- meetings --------------------------------------------------------------------------------------


def add_meeting(args: argparse.Namespace, terminal: Terminal) -> int:
    """Keep a meeting and tell its number."""
    from wpsdesk.desk.meetings.holding import About, hold

    about = About(
        day=args.date, kind=MeetingKind(args.kind), subject=args.subject or "", who=args.who or ""
    )  # fmt: skip
    with opened(args, terminal) as desk:
        held = hold(desk, _year(desk, args), about, officer=_officer(desk, args))
    _tell_meeting(held, args, terminal, terminal.say("The meeting is listed as {number}.", number=_name(held)))
    return 0


def change_meeting(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change what was given; the rest stays."""
    from wpsdesk.desk.meetings.holding import About, amend, meetings

    year, number = _meeting_number(args.meeting, terminal.say)
    with opened(args, terminal) as desk:
        before = next((each for each in meetings(desk, year) if each.number == number), None)
        about = About(
            day=args.date or (date.min if before is None else before.day),
            kind=MeetingKind(args.kind or (MeetingKind.OTHER if before is None else before.kind)),
            subject=_given(args.subject, "" if before is None else before.subject),
            who=_given(args.who, "" if before is None else before.who),
        )
        held = amend(desk, year, number, about, officer=_officer(desk, args))
    _tell_meeting(held, args, terminal, terminal.say("Meeting {number} is changed.", number=_name(held)))
    return 0


def _given(told: str | None, before: str) -> str:
    return before if told is None else told


def _tell_meeting(held: Meeting, args: argparse.Namespace, terminal: Terminal, words: str) -> None:
    terminal.json(meeting_to_json(held)) if args.json else terminal.line(words)


def list_meetings(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell the meetings, the latest first."""
    from wpsdesk.desk.meetings.holding import meetings

    say = terminal.say
    with opened(args, terminal) as desk:
        found = meetings(desk, _year(desk, args))
    if args.json:
        terminal.json([meeting_to_json(each) for each in found])
    elif not found:
        terminal.line(say("No meeting is listed for the year."))
    else:
        heads = (say("No."), say("Date"), say("With whom"), say("Points"), say("Open points"), say("Subject"))
        terminal.table(heads, [_meeting_row(each, say) for each in found])
    return 0


def _meeting_row(held: Meeting, say: Catalogue) -> tuple[str, ...]:
    return (
        _name(held),
        say.date(held.day),
        word(held.kind, say),
        say.number(len(held.points)),
        say.number(sum(point.is_open for point in held.points)),
        held.subject,
    )


def remove(args: argparse.Namespace, terminal: Terminal) -> int:
    """Remove a meeting with its points, or one point."""
    from wpsdesk.desk.meetings import holding

    say, is_point = terminal.say, args.which.count("/") == 2
    with opened(args, terminal) as desk:
        if is_point:
            year, number, point = _point_number(args.which, say)
            gone = point_to_json(holding.remove_point(desk, year, number, point))
        else:
            year, number = _meeting_number(args.which, say)
            gone = meeting_to_json(holding.remove(desk, year, number))
    terminal.json(gone) if args.json else terminal.line(say("{which} is removed.", which=args.which))
    return 0


# -- points ----------------------------------------------------------------------------------------


def add_point(args: argparse.Namespace, terminal: Terminal) -> int:
    """Keep a point and tell its number."""
    from wpsdesk.desk.meetings.holding import raise_point

    year, number = _meeting_number(args.meeting, terminal.say)
    with opened(args, terminal) as desk:
        made = raise_point(desk, year, number, _told(args), officer=_officer(desk, args))
    name = f"{year}/{number}/{made.number}"
    _tell_point(made, args, terminal, terminal.say("The point is listed as {number}.", number=name))
    return 0


def follow_point(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change what was given; the rest stays."""
    from wpsdesk.desk.meetings.holding import follow_up

    year, number, point = _point_number(args.point, terminal.say)
    with opened(args, terminal) as desk:
        made = follow_up(desk, year, number, point, _told(args), officer=_officer(desk, args))
    words = terminal.say("Point {number}: {state}.", number=args.point, state=word(made.state, terminal.say))
    _tell_point(made, args, terminal, words)
    return 0


def _told(args: argparse.Namespace) -> Told:
    from wpsdesk.desk.meetings.holding import Told

    return Told(
        text=args.text,
        commitment=args.commitment,
        unit="" if args.unit == NONE.upper() else args.unit,
        country="" if args.country == NONE.upper() else args.country,
        follow_up=args.follow_up,
        owner=args.owner,
        due=args.due,
        state=None if args.state is None else PointState(args.state),
        result=args.result,
    )


def _tell_point(made: Point, args: argparse.Namespace, terminal: Terminal, words: str) -> None:
    terminal.json(point_to_json(made)) if args.json else terminal.line(words)


def points_of(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell the points, what is late first."""
    from wpsdesk.desk.listing import plain_list, write_list
    from wpsdesk.desk.meetings.holding import points

    say = terminal.say
    heads = (
        say("No."), say("How it stands"), say("Concerns"), say("Owner"), say("Due"), say("Days"), say("Point"),
    )  # fmt: skip
    with opened(args, terminal) as desk:
        when = _year(desk, args)
        found = points(desk, when, only_open=args.only_open)
        rows = tuple(_point_row(each, desk, terminal) for each in found)
        if args.out is not None:
            listed = plain_list(
                desk, say=say, title=say("Points from meetings, {year}", year=when),
                note=f"{desk.unit.names[terminal.language]} · {say.moment(desk.clock())}", heads=heads, rows=rows,
            )  # fmt: skip
            write_list(listed, args.out)
    if args.json:
        terminal.json([_raised_to_json(each) for each in found])
    elif args.out is not None:
        terminal.line(say("The list is written to {file}.", file=args.out))
    elif not found:
        terminal.line(say("There is no point to follow up."))
    else:
        terminal.table(heads, rows)
    return 0


def _point_row(each: Raised, desk: Desk, terminal: Terminal) -> tuple[str, ...]:
    from wpsdesk.messages.meeting_words import concerns, due_words, point_number

    say, point = terminal.say, each.point
    return (
        point_number(each.meeting, point),
        word(point.state, say),
        concerns(point, desk.plan, say, terminal.language),
        point.owner,
        due_words(each, say),
        say.number(each.days),
        point.text,
    )


def _raised_to_json(each: Raised) -> dict[str, object]:
    meeting = each.meeting
    return {
        "meeting": f"{meeting.year}/{meeting.number}",
        "day": meeting.day.isoformat(),
        "kind": meeting.kind,
        **point_to_json(each.point),
        "is_open": each.point.is_open,
        "is_carried": each.is_carried,
        "days": each.days,
        "late": each.late,
    }


# -- the pack --------------------------------------------------------------------------------------


def write(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the pack."""
    from wpsdesk.desk.listing import write_pack
    from wpsdesk.desk.meetings.holding import meetings, points
    from wpsdesk.messages.meeting_words import meeting_pack

    say = terminal.say
    with opened(args, terminal) as desk:
        when = _year(desk, args)
        held, raised = meetings(desk, when), points(desk, when)
        write_pack(meeting_pack(desk, held, raised, year=when, say=say, language=terminal.language), args.out)
    if args.json:
        terminal.json({"path": str(args.out), "meetings": len(held), "points": len(raised)})
    else:
        terminal.line(say("The pack is written to {file}.", file=args.out))
    return 0


# -- within ----------------------------------------------------------------------------------------


def _year(desk: Desk, args: argparse.Namespace) -> Year:
    from wpsdesk.cli.which import year_of

    return year_of(desk, args) if args.year is None else Year(args.year)


def _officer(desk: Desk, args: argparse.Namespace) -> str:
    from wpsdesk.desk.officers import officer_of

    return str(args.officer or officer_of(desk))


def _name(held: Meeting) -> str:
    return f"{held.year}/{held.number}"


def _meeting_number(text: str, say: Catalogue) -> tuple[Year, int]:
    found = _numbers(text)
    if len(found) != 2:
        raise Usage(say("“{text}” is not a meeting written like 2026/3", text=text))
    return Year(found[0]), found[1]


def _point_number(text: str, say: Catalogue) -> tuple[Year, int, int]:
    found = _numbers(text)
    if len(found) != 3:
        raise Usage(say("“{text}” is not a point written like 2026/3/1", text=text))
    return Year(found[0]), found[1], found[2]


def _numbers(text: str) -> list[int]:
    parts = text.split("/")
    return [int(part) for part in parts] if all(p.isascii() and p.isdigit() and len(p) < 7 for p in parts) else []
