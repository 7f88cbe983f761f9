"""``wpsdesk fill``, ``attach`` and ``check``: a unit's own report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import system_now
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, Parser, Usage, add_command, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.findings import file_to_json, tell_findings
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import answer_key, key_name, year_of
from wpsdesk.cli.worksheets import add_choices, fill_from
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name, problem_sentence, shown, word

if TYPE_CHECKING:
    from wpsdesk.plan.model import Plan
    from wpsdesk.report.checks import Problem
    from wpsdesk.report.model import Entry

_LIMIT: Final = 32 << 20  # bytes of a file of answers


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    loose = (speaking(say), reading(say), at_desk(say, required=False))
    answers = add_command(commands, "fill", say("take in answers from a file"), fill, loose)
    answers.add_argument(
        "answers",
        type=Path,
        nargs="?",
        metavar=say("ANSWERS"),
        help=say("the file of answers, JSON or a worksheet (XLSX)"),
    )
    answers.add_argument("--preview", action="store_true", help=say("tell what would change, and change nothing"))
    answers.add_argument("--example", action="store_true", help=say("print a filled example that shows every field"))
    add_choices(answers, say)
    _add_year(answers, say)
    _add_attach(commands, say, shared)
    _add_year(add_command(commands, "check", say("tell what is missing or wrong"), check, shared), say)


def _add_attach(commands: Group, say: Catalogue, shared: tuple[Parser, ...]) -> None:
    files = add_command(commands, "attach", say("attach evidence to an answer"), attach, shared)
    where = files.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--commitment", type=whole(say, 1, 999), metavar=say("NUMBER"), help=say("the commitment's number")
    )
    where.add_argument(
        "--follow-up", action="store_true", help=say("attach the unit's own follow-up document, one for the year")
    )
    files.add_argument("--country", type=code, metavar=say("CODE"), help=say("the country, where there are several"))
    files.add_argument("--title", default="", metavar=say("TITLE"), help=say("what it is; for one file"))
    files.add_argument(
        "--keep-original", action="store_true", help=say("attach the files as they are, with all that they carry")
    )
    files.add_argument("--smaller", action="store_true", help=say("attach large pictures in a smaller size"))
    files.add_argument("files", type=Path, nargs="+", metavar=say("FILE"), help=say("the files to attach"))
    _add_year(files, say)


def _add_year(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    parser.add_argument(
        "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
    )


# -- fill ----------------------------------------------------------------------------------------


def fill(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in answers, or show an example of such a file."""
    from wpsdesk.desk.answers.drafting import fill as take_in
    from wpsdesk.intake.worksheet import is_spreadsheet

    say = terminal.say
    if args.example:
        return _example(args, terminal)
    if args.store is None or args.answers is None:
        raise Usage(say("give a file of answers and --store, or --example"))
    data = read_file(args.answers, limit=_LIMIT)
    if args.preview or is_spreadsheet(data):
        return fill_from(args, data, terminal)
    with opened(args, terminal) as desk:
        filled = take_in(desk, data, None if args.year is None else Year(args.year))
        plan = desk.plan
    if args.json:
        terminal.json(
            {
                "year": filled.year,
                "entries": [{"commitment": key.commitment, "country": key.country} for key in filled.keys],
                "ready": filled.ready,
                "problems": [problem_to_json(problem, say) for problem in filled.problems],
            }
        )
        return 0
    terminal.line(
        say.plural(
            "{n} answer for {year} is taken in; {ready} of them ready.",
            "{n} answers for {year} are taken in; {ready} of them ready.",
            len(filled.keys),
            year=filled.year,
            ready=filled.ready,
        )
    )
    _print_problems(filled.problems, plan, terminal)
    return 0


def _example(args: argparse.Namespace, terminal: Terminal) -> int:
    from wpsdesk.desk.answers.drafting import example
    from wpsdesk.plan.loading import load_plan

    unit, plan = None, load_plan()
    asked = system_now().year if args.year is None else args.year
    if args.store is not None:
        with opened(args, terminal) as desk:
            unit, asked = desk.unit.code, year_of(desk, args)
    shown = min(max(asked, plan.first_year), plan.last_year)
    terminal.json_bytes(example(unit, Year(shown)))
    return 0


# -- attach --------------------------------------------------------------------------------------


def attach(args: argparse.Namespace, terminal: Terminal) -> int:
    """Attach files to an answer, all or none; or the follow-up document."""
    from wpsdesk.desk.evidence.attaching import attach_and_tell

    say = terminal.say
    if args.follow_up:
        return _attach_follow_up(args, terminal)
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        key = answer_key(desk, when, args, say)
        attached = attach_and_tell(
            desk,
            when,
            key,
            args.files,
            title=args.title,
            language=terminal.language,
            keep_original=args.keep_original,
            make_smaller=args.smaller,
            progress=terminal.progress(say("Attaching")),
        )
        plan, entry = desk.plan, attached.entry
    if args.json:
        terminal.json(
            {
                "year": when,
                "commitment": key.commitment,
                "country": key.country,
                "evidence": [
                    {"name": e.name, "title": e.title, "media_type": e.media_type, "size": e.size, "sha256": e.digest}
                    for e in entry.evidence
                ],
                "attached": [file_to_json(file) for file in attached.files],
            }
        )
    else:
        _tell_evidence(entry, plan, terminal)
        tell_findings(attached.files, terminal)
    return 0


def _attach_follow_up(args: argparse.Namespace, terminal: Terminal) -> int:
    from wpsdesk.desk.evidence.attaching import Wish
    from wpsdesk.desk.evidence.follow_up import attach_follow_up

    say = terminal.say
    if len(args.files) > 1 or args.country is not None:
        raise Usage(say("the follow-up document is one file, for the whole unit"))
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        wish = Wish(given=args.files[0], keep_original=args.keep_original, make_smaller=args.smaller)
        progress = terminal.progress(say("Attaching"))
        file = attach_follow_up(desk, when, wish, title=args.title, language=terminal.language, progress=progress)
    if args.json:
        terminal.json({"year": when, "follow_up": file_to_json(file)})
    else:
        title = shown(file.evidence.title)
        terminal.line(say("The follow-up document for {year} is attached: {title}", year=when, title=title))
        tell_findings((file,), terminal)
    return 0


def _tell_evidence(entry: Entry, plan: Plan, terminal: Terminal) -> None:
    say = terminal.say
    terminal.line(
        say.plural(
            "Commitment {where} has {n} file of evidence.",
            "Commitment {where} has {n} files of evidence.",
            len(entry.evidence),
            where=key_name(entry.key, plan, terminal),
        )
    )
    terminal.table(
        (say("Title"), say("Size"), say("File")), [(e.title, say.size(e.size), e.name) for e in entry.evidence]
    )


# -- check ---------------------------------------------------------------------------------------


def check(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what is missing or wrong, by commitment."""
    from wpsdesk.cli.follow_ups import document_to_json, tell_document
    from wpsdesk.desk.answers.drafting import problems
    from wpsdesk.desk.evidence.follow_up import follow_up_of

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found, plan, document = problems(desk, when), desk.plan, follow_up_of(desk, when)
    if args.json:
        told = [problem_to_json(problem, say) for problem in found]
        terminal.json({"year": when, "problems": told, "follow_up": document_to_json(document.document)})
        return 0
    if found:
        terminal.line(
            say.plural("{n} thing for {year}:", "{n} things for {year}:", len(found), year=when),
        )
        _print_problems(found, plan, terminal)
        terminal.line()
    else:
        terminal.line(say("The report for {year} is complete.", year=when))
    tell_document(document, terminal)
    return 0


def _print_problems(found: tuple[Problem, ...], plan: Plan, terminal: Terminal) -> None:
    """What must be mended, what is still to come and what is advised, each under a head of its own."""
    from wpsdesk.report.checks import Severity

    say = terminal.say
    for severity in Severity:
        rows = [
            (key_name(p.key, plan, terminal), field_name(p.field, say), problem_sentence(p, say))
            for p in found
            if p.severity is severity
        ]
        if rows:
            terminal.line()
            terminal.line(f"{word(severity, say)} ({len(rows)})")
            terminal.table((say("Commitment"), say("Field"), say("What")), rows)


def problem_to_json(problem: Problem, say: Catalogue) -> dict[str, object]:
    """A problem as scripts read it; ``text`` alone is in the person's language."""
    return {
        "commitment": problem.key.commitment,
        "country": problem.key.country,
        "field": problem.field,
        "severity": problem.severity,
        "code": problem.code,
        "text": problem_sentence(problem, say),
    }
