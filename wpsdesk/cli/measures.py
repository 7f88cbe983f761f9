"""``wpsdesk measures``: the unit's own measures over all commitments, listed and changed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, code, day, reading, speaking, whole, year
from wpsdesk.cli.follow_ups import document_to_json, tell_document
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import answer_key, key_name, year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown, word
from wpsdesk.report.model import MeasureStatus

if TYPE_CHECKING:
    from wpsdesk.base.ids import Year
    from wpsdesk.desk.answers.measures import MeasureLine
    from wpsdesk.desk.evidence.follow_up import FollowUp
    from wpsdesk.desk.model import Desk
    from wpsdesk.report.model import Measure


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    found = add_command(commands, "measures", say("list the unit's own measures, or change one of them"), tell, shared)
    found.add_argument("--late", action="store_true", help=say("only those that are past their day and not done"))
    found.add_argument("--commitment", type=whole(say, 1, 999), metavar=say("NUMBER"), help=say("only under this one"))
    found.add_argument("--country", type=code, metavar=say("CODE"), help=say("the country, where there are several"))
    found.add_argument("--add", metavar=say("TITLE"), help=say("add a measure under --commitment"))
    found.add_argument(
        "--change", type=whole(say, 1, 200), metavar=say("NUMBER"),
        help=say("change the measure with this number under --commitment"),
    )  # fmt: skip
    found.add_argument("--status", choices=[str(each) for each in MeasureStatus], help=say("how far it has come"))
    found.add_argument("--result", metavar=say("TEXT"), help=say("what came of it this year"))
    found.add_argument("--owner", metavar=say("NAME"), help=say("who is responsible for it"))
    found.add_argument("--due", type=day(say), metavar=say("DATE"), help=say("when it is to be done"))
    found.add_argument(
        "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
    )


def tell(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change what is asked, then list the measures and the follow-up document."""
    from wpsdesk.desk.answers.measures import measures
    from wpsdesk.desk.evidence.follow_up import follow_up_of

    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        _change(desk, when, args, terminal.say)
        found = tuple(line for line in measures(desk, when) if _is_wanted(line, args))
        document = follow_up_of(desk, when)
        if args.json:
            terminal.json(
                {
                    "year": when,
                    "measures": [_to_json(line) for line in found],
                    "follow_up": document_to_json(document.document),
                }
            )
        else:
            _table(found, document, desk, terminal)
    return 0


def _change(desk: Desk, when: Year, args: argparse.Namespace, say: Catalogue) -> None:
    from wpsdesk.desk.answers.measures import add_measure, change_measure, measures
    from wpsdesk.report.model import Measure

    if args.add is None and args.change is None:
        if any(each is not None for each in (args.status, args.result, args.owner, args.due)):
            raise Usage(say("say with --change which measure is meant, or give --add"))
        return
    if args.commitment is None or None not in (args.add, args.change):
        raise Usage(say("give --commitment, and either --add or --change"))
    key = answer_key(desk, when, args, say)
    if args.add is not None:
        add_measure(desk, when, key, _changed(Measure(title=args.add), args))
        return
    lines = [line for line in measures(desk, when) if line.key == key and line.place == args.change - 1]
    if not lines:
        raise Usage(say("there is no measure no. {number} under that commitment", number=args.change))
    change_measure(desk, when, lines[0], _changed(lines[0].measure, args))


def _changed(measure: Measure, args: argparse.Namespace) -> Measure:
    status = None if args.status is None else MeasureStatus(args.status)
    wanted = {"status": status, "result": args.result, "owner": args.owner, "due": args.due}
    return replace(measure, **{name: value for name, value in wanted.items() if value is not None})


def _is_wanted(line: MeasureLine, args: argparse.Namespace) -> bool:
    if args.late and not line.is_late:
        return False
    if args.country is not None and line.key.country != args.country:
        return False
    return args.commitment is None or line.key.commitment == args.commitment


def _table(found: tuple[MeasureLine, ...], document: FollowUp, desk: Desk, terminal: Terminal) -> None:
    say = terminal.say
    tell_document(document, terminal)
    if not found:
        terminal.line(say("There are no measures to list."))
        return
    heads = (
        say("Commitment"), say("No."), say("How far it has come"), say("To be done by"), say("Who is responsible"),
        say("Measure"), say("Result this year"),
    )  # fmt: skip
    rows = [
        (
            key_name(line.key, desk.plan, terminal),
            str(line.place + 1),
            word(line.measure.status, say),
            _due(line, say),
            shown(line.measure.owner),
            shown(line.measure.title),
            shown(line.measure.result),
        )
        for line in found
    ]
    terminal.table(heads, rows)


def _due(line: MeasureLine, say: Catalogue) -> str:
    due = line.measure.due
    if due is None:
        return "–"
    return say("{day}, late", day=say.date(due)) if line.is_late else say.date(due)


def _to_json(line: MeasureLine) -> dict[str, object]:
    return {
        "commitment": line.key.commitment,
        "country": line.key.country,
        "number": line.place + 1,
        "title": line.measure.title,
        "owner": line.measure.owner,
        "due": _iso(line.measure.due),
        "status": line.measure.status,
        "result": line.measure.result,
        "late": line.is_late,
        "from_last_year": not line.is_begun,
    }


def _iso(found: date | None) -> str | None:
    return None if found is None else found.isoformat()
