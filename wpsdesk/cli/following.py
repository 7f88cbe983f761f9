"""``wpsdesk remind`` and ``journal``: what is asked for once more, and what has been done."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import UnitCode
from wpsdesk.cli.arguments import Group, add_command, at_desk, code, day, reading, speaking, whole, year
from wpsdesk.cli.session import opened, opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES

if TYPE_CHECKING:
    from wpsdesk.desk.review.reminding import Reminder
    from wpsdesk.report.model import EntryKey


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    again = add_command(commands, "remind", say("write reminders to units that owe something (UD)"), remind, shared)
    again.add_argument(
        "units", type=code, nargs="*", metavar=say("CODE"), help=say("only these units; else all that owe something")
    )
    again.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    again.add_argument(
        "--in", dest="written_in", choices=LANGUAGES, help=say("the reminders' language; else the one each unit uses")
    )
    again.add_argument(
        "--out", type=Path, metavar=say("FOLDER"), help=say("write each as a text in this folder, ready to mail")
    )
    again.add_argument(
        "--due", action="store_true",
        help=say("only where a day for reminders of the call has come, and only those not written to since"),
    )  # fmt: skip
    log = add_command(commands, "journal", say("tell what was done on this desk, when and by whom"), journal, shared)
    log.add_argument("--unit", type=code, default="", metavar=say("CODE"), help=say("only what is about this unit"))
    log.add_argument("--what", default="", metavar=say("WORD"), help=say("only this kind of line, as in JSON"))
    log.add_argument("--who", default="", metavar=say("NAME"), help=say("only what this person has done"))
    log.add_argument("--since", type=day(say), metavar=say("DATE"), help=say("only from this day on"))
    log.add_argument("--until", type=day(say), metavar=say("DATE"), help=say("only up to this day"))
    log.add_argument(
        "--last", type=whole(say, 1, 100_000), default=500, metavar=say("NUMBER"), help=say("at most so many lines")
    )
    log.add_argument(
        "--out", type=Path, metavar=say("FILE"), help=say("write it to a new file that ends in .pdf or .csv")
    )


# -- remind --------------------------------------------------------------------------------------


def remind(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write reminders, or show them."""
    from wpsdesk.desk.review.reminder_days import reminders_due
    from wpsdesk.desk.review.reminding import reminders, write_reminders

    say = terminal.say
    with opened_to_gather(args, terminal) as desk:
        when = year_of(desk, args)
        if args.due:
            due = reminders_due(desk, when, language=args.written_in)
            found = tuple(each for each in due if not args.units or each.unit.code in args.units)
        else:
            found = reminders(desk, when, [UnitCode(unit) for unit in args.units], language=args.written_in)
        paths = () if args.out is None else write_reminders(desk, when, found, args.out)
    if args.json:
        terminal.json([_reminder_to_json(one) for one in found])
    elif not found:
        terminal.line(say("Nobody is to be reminded now.") if args.due else say("Nobody owes anything."))
    elif args.out is None:
        for one in found:
            terminal.line(f"{one.subject}\n\n{one.text}\n")
    else:
        for path in paths:
            terminal.line(str(path))
    return 0


def _reminder_to_json(one: Reminder) -> dict[str, object]:
    return {
        "unit": one.unit.code,
        "language": one.language,
        "deadline": one.deadline.isoformat(),
        "is_late": one.is_late,
        "missing": [_key_to_json(key) for key in one.missing],
        "returned": [_key_to_json(key) for key in one.returned],
        "subject": one.subject,
        "text": one.text,
    }


def _key_to_json(key: EntryKey) -> dict[str, object]:
    return {"commitment": key.commitment, "country": key.country}


# -- journal -------------------------------------------------------------------------------------


def journal(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what was done, the latest first."""
    from wpsdesk.desk.listing import plain_list, write_list
    from wpsdesk.desk.remembering import beginning_of, end_of
    from wpsdesk.desk.remembering import journal as what_was_done
    from wpsdesk.messages.journal_words import about, done
    from wpsdesk.store.journal import Sought, line_to_json

    say = terminal.say
    sought = Sought(
        unit=args.unit,
        what=args.what,
        who=args.who,
        since=None if args.since is None else beginning_of(args.since),
        until=None if args.until is None else end_of(args.until),
    )
    with opened(args, terminal) as desk:
        found = what_was_done(desk, args.last, sought)
        heads = (say("When"), say("What"), say("About"), say("Who"))
        rows = tuple((say.moment(one.at), done(one.what, say), about(one, say), one.who) for one in found)
        if args.out is not None:
            listed = plain_list(
                desk, say=say, title=say("Journal"),
                note=f"{desk.unit.names[terminal.language]} · {say.moment(desk.clock())}", heads=heads, rows=rows,
            )  # fmt: skip
            write_list(listed, args.out)
    if args.json:
        terminal.json([line_to_json(one) for one in found])
    elif args.out is not None:
        terminal.line(say("The journal is written to {file}.", file=args.out))
    elif rows:
        terminal.table(heads, rows)
    else:
        terminal.line(say("There is no such line."))
    return 0
