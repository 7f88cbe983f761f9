"""``wpsdesk compile``: the annual report as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, at_desk, reading, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES

FORMATS = ("pdf", "html", "docx", "xlsx", "json")


def add(commands: Group, say: Catalogue) -> None:
    """Add the command. Here --lang is the report's language; the speaker's goes before the command."""
    book = add_command(commands, "compile", say("write the annual report (UD)"), compile_, (reading(say), at_desk(say)))
    book.add_argument("--year", type=year(say), required=True, metavar=say("YEAR"), help=say("the year reported on"))
    book.add_argument(
        "--lang", dest="report_language", choices=LANGUAGES, default="nb", help=say("the report's language")
    )
    book.add_argument("--edition", choices=("public", "internal"), default="public", help=say("for whom it is"))
    book.add_argument("--out", type=Path, required=True, metavar=say("FOLDER"), help=say("where the report is to lie"))
    book.add_argument(
        "--format",
        type=_formats(say),
        default=("pdf",),
        metavar=say("KINDS"),
        help=say("kinds of file, with commas between: pdf, html, docx, xlsx, json; else pdf"),
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
    from wpsdesk.compilation.sources import Edition
    from wpsdesk.desk.compiling import compile_report

    say = terminal.say
    with opened(args, terminal) as desk:
        compiled = compile_report(
            desk,
            Year(args.year),
            args.report_language,
            Edition(args.edition),
            args.out,
            formats=tuple(Format(name) for name in args.format),
            progress=terminal.progress(say("Compiling")),
        )
    if args.json:
        files = [{"format": f.format, "path": str(f.path), "size": f.size} for f in compiled.files]
        terminal.json(
            {
                "path": str(compiled.path),
                "files": files,
                "units": compiled.units,
                "entries": compiled.entries,
                "size": compiled.size,
            }
        )
        return 0
    terminal.line(
        say.plural(
            "The annual report is compiled from {n} unit.",
            "The annual report is compiled from {n} units.",
            compiled.units,
        )
    )
    for file in compiled.files:
        terminal.line(f"{file.path} ({say.size(file.size)})")
    return 0
