"""``wpsdesk pseudonym``: names that must not be told, and what stands in their place.

A real name is read from standard input, never from the command: commands are kept in histories and shown in lists.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, reading, speaking, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import key_name, year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name, shown

if TYPE_CHECKING:
    from wpsdesk.report.names import Replacement, Table


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "pseudonym", say("names that must not be told, and what stands in their place"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(group, "add", say("give a pseudonym to the name on standard input"), add_, shared)
    new.add_argument("alias", nargs="?", default="", metavar=say("PSEUDONYM"), help=say("else the next of NN1, NN2 …"))
    gone = add_command(group, "remove", say("take a pseudonym out of the table"), remove, shared)
    gone.add_argument("alias", metavar=say("PSEUDONYM"), help=say("the pseudonym, with all its names"))
    add_command(group, "list", say("show the table: it holds real names"), list_, shared)
    for name, text, command in (
        ("show", say("show what replacing the names would change"), show),
        ("replace", say("replace the names in every text of the report"), replace),
        ("undo", say("undo the last replacement"), undo),
    ):
        parser = add_command(group, name, text, command, shared)
        parser.add_argument(
            "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
        )


def add_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Add a line to the table."""
    from wpsdesk.desk.answers.pseudonyms import keep_pseudonyms, pseudonyms
    from wpsdesk.report.names import Pseudonym, next_alias

    name = sys.stdin.readline(1000).strip()
    with opened(args, terminal) as desk:
        held = pseudonyms(desk)
        alias = args.alias or next_alias(held)
        table = keep_pseudonyms(desk, (*held, Pseudonym(real=name, alias=alias)))
    return _tell(table, args, terminal)


def remove(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take lines out of the table."""
    from wpsdesk.desk.answers.pseudonyms import keep_pseudonyms, pseudonyms

    with opened(args, terminal) as desk:
        table = keep_pseudonyms(desk, tuple(p for p in pseudonyms(desk) if p.alias.casefold() != args.alias.casefold()))
    return _tell(table, args, terminal)


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show the table."""
    from wpsdesk.desk.answers.pseudonyms import pseudonyms

    with opened(args, terminal) as desk:
        table = pseudonyms(desk)
    return _tell(table, args, terminal)


def _tell(table: Table, args: argparse.Namespace, terminal: Terminal) -> int:
    say = terminal.say
    if args.json:
        terminal.json({"pseudonyms": [{"name": each.real, "pseudonym": each.alias} for each in table]})
    elif not table:
        terminal.line(say("The table of pseudonyms is empty."))
    else:
        terminal.table((say("Pseudonym"), say("Real name")), [(shown(p.alias), shown(p.real)) for p in table])
    return 0


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """Show what would change."""
    from wpsdesk.desk.answers.pseudonyms import replacements_in

    say = terminal.say
    with opened(args, terminal) as desk:
        when, plan = year_of(desk, args), desk.plan
        found = replacements_in(desk, when)
    if args.json:
        terminal.json({"year": when, "replacements": [_to_json(each) for each in found]})
    elif not found:
        terminal.line(say("None of the names stands in the report for {year}.", year=when))
    else:
        rows = [
            (key_name(r.key, plan, terminal), field_name(r.field, say), shown(r.before, at_most=60), str(r.count))
            for r in found
        ]
        terminal.table((say("Commitment"), say("Field"), say("Text"), say("Names")), rows)
    return 0


def _to_json(found: Replacement) -> dict[str, object]:
    return {
        "commitment": found.key.commitment,
        "country": found.key.country,
        "field": found.field,
        "before": found.before,
        "after": found.after,
        "count": found.count,
    }


def replace(args: argparse.Namespace, terminal: Terminal) -> int:
    """Replace the names."""
    from wpsdesk.desk.answers.pseudonyms import replace_names

    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        done = replace_names(desk, when)
    if args.json:
        terminal.json({"year": when, "count": done.count, "entries": [e.key.commitment for e in done.entries]})
        return 0
    terminal.line(replaced_sentence(done.count, len(done.entries), when, terminal.say))
    return 0


def replaced_sentence(names: int, answers: int, when: Year, say: Catalogue) -> str:
    """What a replacement has done."""
    if not names:
        return say("None of the names stands in the report for {year}.", year=when)
    told = say.plural("{n} name is replaced", "{n} names are replaced", names)
    return say.plural("{told}, in {n} answer.", "{told}, in {n} answers.", answers, told=told)


def undo(args: argparse.Namespace, terminal: Terminal) -> int:
    """Put the names back."""
    from wpsdesk.desk.answers.pseudonyms import take_names_back

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        done = take_names_back(desk, when)
    if args.json:
        restored = [e.key.commitment for e in done.entries]
        terminal.json({"year": when, "entries": restored, "left": [key.commitment for key in done.left]})
        return 0
    answers = len(done.entries)
    terminal.line(say.plural("The names are back in {n} answer.", "The names are back in {n} answers.", answers))
    if done.left:
        left = len(done.left)
        terminal.line(
            say.plural(
                "{n} answer has been changed since and is left as it is.",
                "{n} answers have been changed since and are left as they are.",
                left,
            )
        )
    return 0
