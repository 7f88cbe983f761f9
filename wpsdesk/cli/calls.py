"""``wpsdesk call``: UD makes the call for reports, a unit loads it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.errors import FileUnreadable
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import Year
from wpsdesk.cli import countries_of_calls, questions
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
    year,
)
from wpsdesk.cli.session import opened, opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpsdesk.desk.call.calling import CallDraft
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import Plan
    from wpsdesk.report.call import Asked, Call
    from wpsdesk.report.unit_rows import BadCell

_LIMIT: Final = 4 << 20  # bytes of a file of units or of guidance


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "call", say("make or load the call for reports"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(
        group, "create", say("make the year's call (UD; or a ministry or Norad to its own, under UD's)"), create, shared
    )
    new.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    new.add_argument(
        "--deadline", type=day(say), required=True, metavar=say("DATE"), help=say("the last day, like 2027-03-01")
    )
    new.add_argument(
        "--units",
        type=Path,
        metavar=say("FILE"),
        help=say("units and their commitments, beside the plan: JSON, or a table as for “call units”"),
    )
    new.add_argument("--from-last", action="store_true", help=say("ask what the latest call asked, as far as not said"))
    new.add_argument(
        "--leave-out", type=code, nargs="+", default=[], metavar=say("CODE"), help=say("do not ask these units")
    )
    new.add_argument(
        "--remind", type=day(say), nargs="+", default=[], metavar=say("DATE"), help=say("when reminders are to go")
    )
    _add_described(new, say)
    new.add_argument("--guidance", metavar=say("FILE|TEXT"), help=say("what UD asks the units to look at this year"))
    new.add_argument("out", type=Path, nargs="?", metavar=say("OUT"), help=say("the new file, or a folder for it"))
    _add_tables(group, say, shared)
    questions.add(group, say, shared)
    countries_of_calls.add(group, say, shared)
    load = add_command(group, "load", say("take in UD's call"), load_, shared)
    load.add_argument("file", type=Path, metavar=say("FILE"), help=say("the call from UD"))
    load.add_argument("--fingerprint", metavar=say("DIGITS"), help=say("UD's digits, heard over the telephone"))


def _add_described(new: Parser, say: Catalogue) -> None:
    new.add_argument(
        "--mission",
        action="append",
        default=[],
        metavar="NAIR=Ambassaden i Nairobi:SO,SS",
        help=say("a mission with its code, name and countries; may be given several times"),
    )
    new.add_argument(
        "--agency",
        action="append",
        default=[],
        metavar="FFI=Forsvarets forskningsinstitutt:10,12",
        help=say("on a ministry's desk an agency, on Norad's an organisation, with code, name and commitments"),
    )


def _add_tables(group: Group, say: Catalogue, shared: tuple[Parser, ...]) -> None:
    for name, text, command in (
        ("units", say("take in a table of units for the calls that follow (UD)"), units),
        ("countries", say("take in a table of focus countries for the calls that follow (UD)"), countries),
    ):
        table = add_command(group, name, text, command, shared)
        table.add_argument("file", type=Path, metavar=say("FILE"), help=say("a table: .csv or .xlsx"))
        table.add_argument(
            "--preview", action="store_true", help=say("tell what would be taken in, and change nothing")
        )


def create(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make the call and write its file."""
    from wpsdesk.desk.call.calling import create_call, root_fingerprint

    with opened_to_gather(args, terminal, begins=True) as desk:
        draft = _draft(desk, args, terminal.say)
        call = create_call(desk, draft, args.out)
        root = root_fingerprint(desk)
    digits = "" if root is None else root[0]
    if args.json:
        terminal.json(
            {
                "year": call.year,
                "number": call.number,
                "deadline": call.deadline.isoformat(),
                "units": [asked.unit.code for asked in call.asked],
                "questions": [question.id for question in call.questions if not question.is_withdrawn],
                "root_fingerprint": digits,
                "out": None if args.out is None else str(args.out),
            }
        )
    else:
        _tell_call(call, args.out, digits, terminal)
    return 0


def _draft(desk: Desk, args: argparse.Namespace, say: Catalogue) -> CallDraft:
    """What was asked before (where wanted), the kept list, the file and the missions; the later stands."""
    from dataclasses import replace

    from wpsdesk.desk.call.calling import CallDraft, draft_from_last
    from wpsdesk.desk.call.listing_units import listed_countries, listed_units
    from wpsdesk.desk.call.questioning import prepared_questions

    guidance = _guidance(args.guidance)
    prepared = prepared_questions(desk)
    start = (
        draft_from_last(desk, args.year, args.deadline)
        if args.from_last
        else CallDraft(year=args.year, deadline=args.deadline, focus_countries=listed_countries(desk))
    )
    given = [
        *_given_units(desk, args.units),
        *(_mission(text, desk.plan, say) for text in args.mission),
        *(_agency(text, desk, args.year, say) for text in args.agency),
    ]
    named = [each.unit.code for each in given]
    before = {each.unit.code: each for each in (*start.asked, *listed_units(desk)) if each.unit.code not in named}
    return replace(
        start,
        guidance=((None, guidance), *(each for each in start.guidance if each[0] is not None))
        if guidance
        else start.guidance,
        asked=(*before.values(), *given),
        left_out=frozenset(args.leave_out) | (start.left_out - set(named)),
        reminders=tuple(args.remind),
        questions=start.questions if prepared is None else prepared,
    )


def _given_units(desk: Desk, path: Path | None) -> tuple[Asked, ...]:
    from wpsdesk.desk.call.calling import read_units
    from wpsdesk.desk.call.calling_errors import BadCells
    from wpsdesk.desk.call.listing_units import preview_units

    if path is None:
        return ()
    if path.suffix.lower() == ".json":
        return read_units(read_file(path, limit=_LIMIT), desk.plan)
    read = preview_units(desk, path)
    if read.problems:
        raise BadCells(path=path, problems=read.problems)
    return read.asked


def _tell_call(call: Call, out: Path | None, digits: str, terminal: Terminal) -> None:
    say = terminal.say
    terminal.line(
        say.plural(
            "The call for {year} asks {n} unit, by {date}.",
            "The call for {year} asks {n} units, by {date}.",
            len(call.asked),
            year=call.year,
            date=say.date(call.deadline),
        )
    )
    if out is not None:
        terminal.line(say("It is written to {file}.", file=out))
    terminal.line(say("UD's digits, to be read over the telephone: {digits}", digits=digits))


def _guidance(given: str | None) -> str:
    """The text itself, or that of the file it names."""
    if given is None:
        return ""
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # a long text is no name of a file
        is_file = False
    if not is_file:
        return given.strip()
    try:
        return read_file(path, limit=_LIMIT).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise FileUnreadable(path=path) from None


def _mission(text: str, plan: Plan, say: Catalogue) -> Asked:
    """``NAIR=Ambassaden i Nairobi:SO,SS``: asked about every commitment. Raises Usage, UnknownCountry, UnknownUnit."""
    from wpsdesk.desk.opening import named_unit
    from wpsdesk.plan.model import UnitKind
    from wpsdesk.report.call import Asked, lead_cells

    unit_code, _, rest = text.partition("=")
    name, _, countries = rest.rpartition(":") if ":" in rest else (rest, "", "")
    if not unit_code.strip() or not name.strip():
        raise Usage(say("“{text}” is not written like NAIR=Ambassaden i Nairobi:SO", text=text))
    covers = tuple(code(country) for country in countries.split(",") if country.strip())
    unit = named_unit(code(unit_code), UnitKind.MISSION, name.strip(), covers, plan)
    return Asked(unit=unit, commitments=lead_cells(plan, unit))


def _agency(text: str, desk: Desk, year: int, say: Catalogue) -> Asked:
    """``FFI=Forsvarets forskningsinstitutt:10,12``; without numbers asked about all that its own unit may ask.

    Raises Usage, UnknownUnit, NoCall, NoCallFor, OnlyTheAuthority.
    """
    from wpsdesk.desk.agencies.asking import described

    unit_code, _, rest = text.partition("=")
    name, _, numbers = rest.rpartition(":") if ":" in rest else (rest, "", "")
    wanted = [number.strip() for number in numbers.split(",") if number.strip()]
    if not unit_code.strip() or not name.strip() or not all(number.isdecimal() for number in wanted):
        raise Usage(say("“{text}” is not written like FFI=Forsvarets forskningsinstitutt:10,12", text=text))
    return described(desk, Year(year), code(unit_code), name.strip(), tuple(int(number) for number in wanted))


# -- tables --------------------------------------------------------------------------------------


def units(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in a table of units, or tell what is in it; the exit code is 1 where a cell cannot be taken."""
    from wpsdesk.desk.call.listing_units import preview_units, take_units
    from wpsdesk.report.call import asked_to_json

    say = terminal.say
    with opened_to_gather(args, terminal, begins=True) as desk:
        read = preview_units(desk, args.file)
        if not args.preview and not read.problems:
            take_units(desk, args.file)
        whole = len(desk.plan.commitments)
    if args.json:
        _tables_to_json([asked_to_json(each) for each in read.asked], read.problems, terminal)
    else:
        rows = [
            (
                each.unit.code,
                word(each.unit.kind, say),
                each.unit.organisation_number or "–",
                each.unit.parent or "–",
                ", ".join(each.unit.covers) or "–",
                say("{part} of {whole}", part=len(each.commitments), whole=whole),
                each.unit.names[terminal.language],
            )
            for each in read.asked
        ]
        heads = (say("Code"), say("Kind"), say("Org. no."), say("Belongs to"), say("Countries"), say("Commitments"))
        _tell_table((*heads, say("Name")), rows, read.problems, terminal, is_preview=args.preview)
    return 1 if read.problems else 0


def countries(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in a table of focus countries, or tell what is in it; the exit code is 1 where a cell cannot be taken."""
    from wpsdesk.desk.call.listing_units import preview_countries, take_countries
    from wpsdesk.report.call import country_to_json

    say = terminal.say
    with opened(args, terminal) as desk:
        read = preview_countries(desk, args.file)
        if not args.preview and not read.problems:
            take_countries(desk, args.file)
    if args.json:
        _tables_to_json([country_to_json(each) for each in read.countries], read.problems, terminal)
    else:
        rows = [
            (
                each.code,
                say.date(each.valid_from),
                "–" if each.valid_to is None else say.date(each.valid_to),
                each.names[terminal.language],
            )
            for each in read.countries
        ]
        heads = (say("Code"), say("From"), say("To"), say("Country"))
        _tell_table(heads, rows, read.problems, terminal, is_preview=args.preview)
    return 1 if read.problems else 0


def _tables_to_json(rows: list[dict[str, object]], problems: tuple[BadCell, ...], terminal: Terminal) -> None:
    from wpsdesk.messages.of_calling import cell_sentence

    terminal.json(
        {
            "rows": rows,
            "problems": [
                {
                    "row": cell.row,
                    "column": cell.column,
                    "value": cell.value,
                    "problem": cell.problem,
                    "text": cell_sentence(cell, terminal.say),
                }
                for cell in problems
            ],
        }
    )


def _tell_table(
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    problems: tuple[BadCell, ...],
    terminal: Terminal,
    *,
    is_preview: bool,
) -> None:
    from wpsdesk.messages.of_calling import cell_sentence

    say = terminal.say
    for cell in problems:
        terminal.complain(cell_sentence(cell, say))
    if problems:
        terminal.complain(say("Nothing was taken in. Correct the table and try again."))
        return
    terminal.table(heads, rows)
    taken = say.plural("{n} line would be taken in.", "{n} lines would be taken in.", len(rows))
    if not is_preview:
        taken = say.plural(
            "{n} line is taken in, for the calls that follow.", "{n} lines are taken in, for the calls that follow.",
            len(rows),
        )  # fmt: skip
    terminal.line(taken)


def load_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in UD's call."""
    from wpsdesk.desk.call.calling import load_call
    from wpsdesk.messages.call_words import changes_sentence

    say = terminal.say
    with opened(args, terminal) as desk:
        loaded = load_call(desk, args.file, args.fingerprint)
    call = loaded.call
    if args.json:
        terminal.json(
            {
                "year": call.year,
                "number": call.number,
                "deadline": call.deadline.isoformat(),
                "root_fingerprint": loaded.root_fingerprint,
                "was_compared": loaded.was_compared,
                "changes": [{"kind": each.kind, "about": each.about} for each in loaded.changes],
            }
        )
        return 0
    terminal.line(
        say(
            "The call for {year} (no. {number}) is loaded. The deadline is {date}.",
            year=call.year,
            number=call.number,
            date=say.date(call.deadline),
        )
    )
    if loaded.changes:
        terminal.line(changes_sentence(loaded.changes, say))
    if not loaded.was_compared:
        terminal.line(say("Call UD and compare these digits: {digits}", digits=loaded.root_fingerprint))
    return 0
