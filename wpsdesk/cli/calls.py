"""``wpsdesk call``: UD makes the call for reports, a unit loads it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.errors import FileUnreadable
from wpsdesk.base.files import read_file
from wpsdesk.cli.arguments import (
    Group,
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
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.plan.model import Plan
    from wpsdesk.report.call import Asked, Call

_LIMIT: Final = 4 << 20  # bytes of a file of units or of guidance


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "call", say("make or load the call for reports"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(group, "create", say("make the year's call (UD)"), create, shared)
    new.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    new.add_argument(
        "--deadline", type=day(say), required=True, metavar=say("DATE"), help=say("the last day, like 2027-03-01")
    )
    new.add_argument(
        "--units", type=Path, metavar=say("FILE"), help=say("JSON list of units and their commitments, beside the plan")
    )
    new.add_argument(
        "--mission",
        action="append",
        default=[],
        metavar="NAIR=Ambassaden i Nairobi:SO,SS",
        help=say("a mission with its code, name and countries; may be given several times"),
    )
    new.add_argument("--guidance", metavar=say("FILE|TEXT"), help=say("what UD asks the units to look at this year"))
    new.add_argument("out", type=Path, nargs="?", metavar=say("OUT"), help=say("the new file, or a folder for it"))
    load = add_command(group, "load", say("take in UD's call"), load_, shared)
    load.add_argument("file", type=Path, metavar=say("FILE"), help=say("the call from UD"))
    load.add_argument("--fingerprint", metavar=say("DIGITS"), help=say("UD's digits, heard over the telephone"))


def create(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make the call and write its file."""
    from wpsdesk.desk.calling import CallDraft, create_call, read_units, root_fingerprint

    say = terminal.say
    guidance = _guidance(args.guidance)
    with opened(args, terminal) as desk:
        listed = () if args.units is None else read_units(read_file(args.units, limit=_LIMIT), desk.plan)
        draft = CallDraft(
            year=args.year,
            deadline=args.deadline,
            guidance=((None, guidance),) if guidance else (),
            asked=(*listed, *(_mission(text, desk.plan, say) for text in args.mission)),
        )
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
                "root_fingerprint": digits,
                "out": None if args.out is None else str(args.out),
            }
        )
    else:
        _tell_call(call, args.out, digits, terminal)
    return 0


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
    from wpsdesk.desk.calling import lead_cells
    from wpsdesk.desk.opening import named_unit
    from wpsdesk.plan.model import UnitKind
    from wpsdesk.report.call import Asked

    unit_code, _, rest = text.partition("=")
    name, _, countries = rest.rpartition(":") if ":" in rest else (rest, "", "")
    if not unit_code.strip() or not name.strip():
        raise Usage(say("“{text}” is not written like NAIR=Ambassaden i Nairobi:SO", text=text))
    covers = tuple(code(country) for country in countries.split(",") if country.strip())
    unit = named_unit(code(unit_code), UnitKind.MISSION, name.strip(), covers, plan)
    return Asked(unit=unit, commitments=lead_cells(plan, unit))


def load_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in UD's call."""
    from wpsdesk.desk.calling import load_call

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
    if not loaded.was_compared:
        terminal.line(say("Call UD and compare these digits: {digits}", digits=loaded.root_fingerprint))
    return 0
