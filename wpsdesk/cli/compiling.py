"""``wpsdesk compile``: the annual report as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.publication_words import made_words
from wpsdesk.messages.shares import shares_sentence
from wpsdesk.plan.model import LANGUAGES

if TYPE_CHECKING:
    from wpsdesk.compilation.withheld import BasisCount
    from wpsdesk.desk.publication.compiling import Compiled

ORDERS = ("commitment", "country", "ministry")
EDITIONS = ("public", "internal", "meeting", "review")
FORMATS = ("pdf", "html", "docx", "xlsx", "json")


def add(commands: Group, say: Catalogue) -> None:
    """Add the command. Here --lang is the report's language; the speaker's goes before the command."""
    book = add_command(commands, "compile", say("write the annual report (UD)"), compile_, (reading(say), at_desk(say)))
    book.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    book.add_argument(
        "--lang", dest="report_language", choices=LANGUAGES, default="nb", help=say("the report's language")
    )
    book.add_argument("--edition", choices=EDITIONS, default="public", help=say("for whom it is"))
    book.add_argument(
        "--for",
        dest="audience",
        default="ministries",
        metavar=say("WHOM"),
        help=say("with --edition meeting: ministries, civil-society, researchers or a ministry's code"),
    )
    book.add_argument("--out", type=Path, required=True, metavar=say("FOLDER"), help=say("where the report is to lie"))
    book.add_argument(
        "--format",
        type=_formats(say),
        default=("pdf",),
        metavar=say("KINDS"),
        help=say("kinds of file, with commas between: pdf, html, docx, xlsx, json; else pdf"),
    )
    book.add_argument(
        "--by", choices=ORDERS, default="commitment", help=say("what the chapters are; else the plan's commitments")
    )
    book.add_argument(
        "--withheld",
        type=Path,
        metavar=say("FILE"),
        help=say("write here, for UD alone, a spreadsheet of what the public edition withholds"),
    )


def _formats(say: Catalogue) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
        for name in found:
            if name not in FORMATS:
                raise argparse.ArgumentTypeError(
                    say("there is no kind of file “{name}”; choose among {known}", name=name, known=", ".join(FORMATS))
                )
        return found

    return read


def compile_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the annual report."""
    from wpsdesk.compilation.formats import Format
    from wpsdesk.compilation.sources import Edition, Order
    from wpsdesk.desk.publication.compiling import compile_report, list_withheld

    say = terminal.say
    with opened(args, terminal) as desk:
        compiled = compile_report(
            desk,
            Year(args.year),
            args.report_language,
            Edition(args.edition),
            args.out,
            formats=tuple(Format(name) for name in args.format),
            order=Order(args.by),
            audience=args.audience,
            progress=terminal.progress(say("Compiling")),
        )
        if args.withheld is not None:
            list_withheld(desk, compiled, Year(args.year), args.report_language, args.withheld)
    if args.json:
        terminal.json(_to_json(compiled))
    else:
        _tell(compiled, args, terminal)
    return 0


def _to_json(compiled: Compiled) -> dict[str, object]:
    from dataclasses import asdict

    from wpsdesk.compilation.withheld import by_basis

    return {
        "path": str(compiled.path),
        "files": [{"format": f.format, "path": str(f.path), "size": f.size} for f in compiled.files],
        "units": compiled.units,
        "entries": compiled.entries,
        "size": compiled.size,
        "words": dict(compiled.shares.words),
        "too_little": list(compiled.shares.too_little),
        "withheld": [asdict(one) for one in by_basis(compiled.withheld)],
    }


def _tell(compiled: Compiled, args: argparse.Namespace, terminal: Terminal) -> None:
    from wpsdesk.compilation.withheld import by_basis

    say = terminal.say
    whole = say.plural("It tells of {n} unit.", "It tells of {n} units.", compiled.units)
    terminal.line(f"{made_words(args.edition, say)} {whole}")
    for file in compiled.files:
        terminal.line(f"{file.path} ({say.size(file.size)})")
    terminal.line(shares_sentence(compiled.shares, say))
    _tell_withheld(by_basis(compiled.withheld), terminal)
    if args.withheld is not None:
        terminal.line(say("The list of what is withheld is for UD alone: {file}.", file=args.withheld))


def _tell_withheld(counts: Sequence[BasisCount], terminal: Terminal) -> None:
    """A line a legal basis."""
    say = terminal.say
    if not counts:
        terminal.line(say("Nothing is withheld from the public edition."))
        return
    terminal.line(say("Withheld from the public edition:"))
    heads = (say("Legal basis"), say("Whole answers"), say("Parts of answers"), say("Files"), say("Names of partners"))
    lines = [(one.basis, *(say.number(n) for n in (one.answers, one.parts, one.files, one.names))) for one in counts]
    terminal.table(heads, lines)
