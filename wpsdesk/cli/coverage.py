"""``wpsdesk coverage``: who has answered what, by unit, by country or year over year, on the terminal or in a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.session import opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import UnitKind

if TYPE_CHECKING:
    from wpsdesk.compilation.figures import Coverage
    from wpsdesk.compilation.grids import Filter, Grid
    from wpsdesk.desk.model import Desk
    from wpsdesk.desk.publication.covering import Question

STATES = ("missing", "late", "received", "nothing-to-report", "returned", "accepted")
"""The states that can be asked for, as in JSON."""


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    who = add_command(commands, "coverage", say("tell who has answered what (UD)"), coverage, shared)
    who.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    who.add_argument(
        "--years", type=_years(say), metavar=say("YEARS"), help=say("years side by side, like 2025,2026, by unit")
    )
    who.add_argument("--by", choices=("unit", "country"), default="unit", help=say("what the rows are"))
    who.add_argument(
        "--kind", choices=[kind.value for kind in UnitKind], action="append", help=say("only units of this kind")
    )
    who.add_argument("--area", metavar=say("AREA"), help=say("only one area of the plan, by its identifier"))
    who.add_argument("--state", choices=STATES, action="append", help=say("only answers in this state"))
    who.add_argument("--late", action="store_true", help=say("only what is late"))
    who.add_argument(
        "--never", action="store_true", help=say("only what no year has brought: of --years, else of all years so far")
    )
    who.add_argument(
        "--out", type=Path, metavar=say("FILE"), help=say("write it to a new file that ends in .pdf, .csv or .xlsx")
    )


def _years(say: Catalogue) -> Callable[[str], tuple[int, ...]]:
    one = year(say)

    def read(text: str) -> tuple[int, ...]:
        return tuple(sorted({one(part.strip()) for part in text.split(",")}))

    return read


def coverage(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell who has answered what, or write it to a file."""
    from wpsdesk.desk.publication.compiling import coverage as who_has_answered
    from wpsdesk.desk.publication.covering import grid, write_grid

    say = terminal.say
    if args.years is not None and (args.by == "country" or args.year is not None):
        raise Usage(say("--years goes neither with --by country nor with --year"))
    if args.never and (args.by == "country" or args.year is not None):
        raise Usage(say("--never goes neither with --by country nor with --year"))
    with opened_to_gather(args, terminal) as desk:
        question = _question(desk, args, terminal)
        if args.out is not None:
            found = write_grid(desk, question, args.out)
            if args.json:
                terminal.json({"out": str(args.out), **_grid_to_json(question, found)})
            else:
                terminal.line(say("The coverage is written to {file}.", file=args.out))
            return 0
        if _is_plain(question):
            when = question.years[0]
            whole = who_has_answered(desk, when)
            if args.json:
                terminal.json(_coverage_to_json(when, whole, terminal))
            else:
                _print_coverage(whole, terminal)
            return 0
        found = grid(desk, question)
    if args.json:
        terminal.json(_grid_to_json(question, found))
    else:
        _print_grid(found, terminal)
    return 0


def _question(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> Question:
    from wpsdesk.compilation.figures import CellState
    from wpsdesk.compilation.grids import Filter
    from wpsdesk.desk.call.calling import years as years_called
    from wpsdesk.desk.publication.covering import By, Question

    areas = [area.id for area in desk.plan.areas]
    if args.area is not None and args.area not in areas:
        raise Usage(terminal.say("the plan's areas are {areas}", areas=terminal.say.listing(areas)))
    states = {CellState(state) for state in args.state or ()} | ({CellState.LATE} if args.late else set())
    let = Filter(
        kinds=frozenset(UnitKind(kind) for kind in args.kind) if args.kind else frozenset(UnitKind),
        area=args.area,
        states=frozenset(states) if states else frozenset(CellState),
        only_never=args.never,
    )
    if args.never and not args.years:
        years = tuple(sorted(years_called(desk))) or (year_of(desk, args),)
    else:
        years = tuple(Year(each) for each in args.years) if args.years else (year_of(desk, args),)
    return Question(years=years, by=By(args.by), let=let, language=terminal.say.language)


def _is_plain(question: Question) -> bool:
    """Whether it is the whole coverage of one year by unit, which is told in the old way."""
    let: Filter = question.let
    is_whole = let.is_open and let.area is None and let.kinds == frozenset(UnitKind) and not let.only_never
    return len(question.years) == 1 and question.by == "unit" and is_whole


def _grid_to_json(question: Question, found: Grid) -> dict[str, object]:
    return {
        "years": list(question.years),
        "by": question.by,
        "heads": list(found.heads),
        "rows": [
            {
                "name": row.name,
                "states": dict(zip(found.heads, row.states, strict=True)),
                "answered": row.sums[0],
                "asked": row.sums[1],
                "remark": row.remark,
            }
            for row in found.rows
        ],
        "columns": [
            {"head": head, "answered": done, "asked": asked}
            for head, (done, asked) in zip(found.heads, found.column_sums(), strict=True)
        ],
        "counts": dict(found.counts()),
    }


def _print_grid(found: Grid, terminal: Terminal) -> None:
    from wpsdesk.compilation.figures import SIGNS

    say = terminal.say
    if not found.rows:
        terminal.line(say("There is nothing in this state."))
        return
    heads = (found.corner, *found.heads, say("Answered"), "")
    rows = [
        (row.name, *(SIGNS[state] for state in row.states), f"{row.sums[0]}/{row.sums[1]}", row.remark)
        for row in found.rows
    ]
    rows.append((say("Answered"), *(f"{done}/{asked}" for done, asked in found.column_sums()), "", ""))
    terminal.table(heads, rows)
    terminal.line()
    for state, count in found.counts().items():
        terminal.line(f"{SIGNS[state]} {word(state, say)}: {say.number(count)}")


def _coverage_to_json(when: Year, found: Coverage, terminal: Terminal) -> dict[str, object]:
    return {
        "year": when,
        "units": [
            {
                "code": unit.code,
                "name": unit.names[terminal.language],
                "answers": {
                    str(number): found.cells[unit.code, number]
                    for number in found.commitments
                    if (unit.code, number) in found.cells
                },
            }
            for unit in found.units
        ],
        "counts": {str(state): count for state, count in found.counts().items()},
        "silent": [unit.code for unit in found.silent],
    }


def _print_coverage(found: Coverage, terminal: Terminal) -> None:
    """A line a unit, two columns a commitment, the numbers above read downwards; then what the signs mean."""
    from wpsdesk.compilation.figures import SIGNS

    say = terminal.say
    wide = max(len(unit.code) for unit in found.units)
    for place in (10, 1):
        figures = (str(n // place % 10) if n >= place else " " for n in found.commitments)
        terminal.line((" " * wide + "  " + " ".join(figures)).rstrip())
    for unit in found.units:
        signs = (SIGNS[found.cell(unit.code, number)] or " " for number in found.commitments)
        terminal.line((unit.code.ljust(wide) + "  " + " ".join(signs)).rstrip())
    terminal.line()
    for state, count in found.counts().items():
        terminal.line(f"{SIGNS[state]} {word(state, say)}: {say.number(count)}")
    if found.silent:
        terminal.line(say("Nothing has come from {units}.", units=say.listing(unit.code for unit in found.silent)))
