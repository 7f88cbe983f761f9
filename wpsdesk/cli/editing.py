"""``wpsdesk edit``: UD's own texts and edited answers for the annual report, one by one or a year from a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.cli.arguments import (
    Group,
    Parser,
    Usage,
    add_command,
    add_group,
    at_desk,
    code,
    reading,
    speaking,
    whole,
    year,
)
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.report.model import NARRATIVE

if TYPE_CHECKING:
    from wpsdesk.compilation.editing import AnswerPlace
    from wpsdesk.desk.publication.editing import Work

_LIMIT: Final = 32 << 20  # bytes of a file with texts


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "edit", say("write and edit for the annual report; what was signed stays (UD)"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    show_ = add_command(
        group, "show", say("tell what is written for publication, and whether it is used"), show, shared
    )
    _year(show_, say)
    frame_ = add_command(
        group, "frame", say("write the foreword, the introduction or the summary of an area"), frame, shared
    )
    frame_.add_argument("place", metavar=say("PLACE"), help=say("foreword, introduction or an area, such as peace"))
    frame_.add_argument("text", metavar=say("FILE"), help=say("a text file, or - for what is typed; empty: take away"))
    frame_.add_argument("--in", dest="language", choices=LANGUAGES, default="nb", help=say("the language of the text"))
    _year(frame_, say)
    _add_answer(group, say)
    _add_translation(group, say)
    preview_ = add_command(
        group, "preview", say("write a commitment as the report will have it, as a PDF"), preview, shared
    )
    preview_.add_argument("commitment", type=whole(say, 1, 999), metavar=say("NUMBER"), help=say("the commitment"))
    preview_.add_argument("out", type=Path, metavar=say("FILE"), help=say("the file to write"))
    preview_.add_argument("--in", dest="language", choices=LANGUAGES, default="nb", help=say("the report's language"))
    preview_.add_argument("--internal", action="store_true", help=say("the internal edition, with what is exempt"))
    preview_.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    load_ = add_command(group, "load", say("take in texts for a whole year from a JSON file"), load, shared)
    load_.add_argument("file", type=Path, metavar=say("FILE"), help=say("as edit show --json writes it"))
    _year(load_, say)
    undo_ = add_command(group, "undo", say("take back the last thing that was written"), undo, shared)
    _year(undo_, say)


def _add_answer(group: Group, say: Catalogue) -> None:
    shared = (speaking(say), reading(say), at_desk(say))
    answer_ = add_command(group, "answer", say("edit, leave out or put together answers of units"), answer, shared)
    _place(answer_, say)
    what = answer_.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar=say("FILE"), help=say("with --field: the edited text; empty: take away"))
    what.add_argument("--leave-out", metavar=say("REASON"), help=say("leave the answer out of the public report"))
    what.add_argument(
        "--tell-with", metavar=say("ANSWER"), help=say("tell it in another unit's answer, such as NAIR or NAIR/SO")
    )
    what.add_argument("--put-back", action="store_true", help=say("let it stand in its own place again"))
    what.add_argument("--confirm", action="store_true", help=say("what is written holds after the unit's correction"))
    what.add_argument(
        "--clear", metavar=say("REASON"), help=say("with --field: the edited text may be public, and why")
    )
    answer_.add_argument("--field", choices=NARRATIVE, help=say("which of the answer's texts"))
    answer_.add_argument("--in", dest="language", choices=LANGUAGES, help=say("with --text: its language, if another"))
    _year(answer_, say)


def _add_translation(group: Group, say: Catalogue) -> None:
    shared = (speaking(say), reading(say), at_desk(say))
    into = add_command(group, "translate", say("write a translation of an answer's text"), translate, shared)
    _place(into, say)
    into.add_argument("--field", choices=NARRATIVE, required=True, help=say("which of the answer's texts"))
    into.add_argument("--to", choices=LANGUAGES, required=True, help=say("the language that is translated to"))
    into.add_argument("--text", metavar=say("FILE"), required=True, help=say("the translation; empty: take away"))
    into.add_argument("--translator", default="", metavar=say("NAME"), help=say("who is named in the report"))
    _year(into, say)


def _year(parser: Parser, say: Catalogue) -> None:
    parser.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    parser.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("who writes; else the officer who is remembered")
    )


def _place(parser: Parser, say: Catalogue) -> None:
    parser.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    parser.add_argument("answer", metavar=say("ANSWER"), help=say("the answer, such as 7 or 7/SO"))


# -- commands ------------------------------------------------------------------------------------------


def frame(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write one of UD's own texts."""
    from wpsdesk.desk.publication.editing import write_frame

    text = _text(args.text)
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        made = write_frame(desk, when, args.place, text, args.language, officer=args.officer)
    return _told(args, terminal, is_written=made is not None)


def answer(args: argparse.Namespace, terminal: Terminal) -> int:
    """Do one thing with a unit's answer."""
    from wpsdesk.desk.publication import editing

    say = terminal.say
    if (args.text is not None or args.clear is not None) and args.field is None:
        raise Usage(say("--field is missing: say which of the answer's texts is meant"))
    place = _answer_place(args.unit, args.answer, say)
    is_written = True
    with opened(args, terminal) as desk:
        when, who = year_of(desk, args), args.officer
        if args.text is not None:
            text = _text(args.text)
            made = editing.edit_text(desk, when, place, args.field, text, officer=who, language=args.language)
            is_written = made is not None
        elif args.leave_out is not None:
            editing.leave_out(desk, when, place, args.leave_out, officer=who)
        elif args.tell_with is not None:
            unit, _, country = args.tell_with.partition("/")
            host = place._replace(unit=UnitCode(code(unit)), country=CountryCode(code(country)) if country else None)
            editing.tell_with(desk, when, place, host, officer=who)
        elif args.clear is not None:
            editing.clear(desk, when, place, args.field, args.clear, officer=who)
        elif args.confirm:
            editing.confirm(desk, when, place, officer=who)
        else:
            editing.put_back(desk, when, place, officer=who)
            is_written = False
    return _told(args, terminal, is_written=is_written)


def translate(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write a translation of one text."""
    from wpsdesk.desk.publication import editing
    from wpsdesk.report.model import Passage

    place, words = _answer_place(args.unit, args.answer, terminal.say), Passage(text=_text(args.text), language=args.to)
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        made = editing.translate(
            desk, when, place, args.field, words, translator=args.translator, officer=args.officer
        )  # fmt: skip
    return _told(args, terminal, is_written=made is not None)


def load(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take in a whole file, or nothing."""
    from wpsdesk.desk.publication.editing import load_edited

    say, data = terminal.say, read_file(args.file, limit=_LIMIT)
    with opened(args, terminal) as desk:
        count = load_edited(desk, year_of(desk, args), data, officer=args.officer)
    if args.json:
        terminal.json({"written": count})
    else:
        terminal.line(say.plural("{n} text or decision is taken in.", "{n} texts and decisions are taken in.", count))
    return 0


def preview(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write one commitment as a PDF."""
    from wpsdesk.compilation.sources import Edition
    from wpsdesk.desk.publication.previewing import write_commitment

    say, edition = terminal.say, Edition.INTERNAL if args.internal else Edition.PUBLIC
    with opened(args, terminal) as desk:
        number = CommitmentNumber(args.commitment)
        size = write_commitment(desk, year_of(desk, args), number, args.out, args.language, edition=edition)
    if args.json:
        terminal.json({"file": str(args.out), "size": size})
    else:
        terminal.line(say("{file} is written ({size}).", file=args.out, size=say.size(size)))
    return 0


def undo(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take back the last step."""
    from wpsdesk.desk.publication.editing import undo as take_back
    from wpsdesk.messages.journal_words import done

    say = terminal.say
    with opened(args, terminal) as desk:
        step = take_back(desk, year_of(desk, args), officer=args.officer)
    if args.json:
        terminal.json({"what": step.what, "about": step.about, "who": step.who})
    else:
        what = done(step.what, say)
        terminal.line(say("Taken back: {what} ({about}, {who}).", what=what, about=step.about, who=step.who))
    return 0


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what is written, and what of it is used."""
    from wpsdesk.desk.publication.editing import work

    with opened(args, terminal) as desk:
        found = work(desk, year_of(desk, args))
    if args.json:
        terminal.json(_to_json(found))
    else:
        _tell(found, terminal)
    return 0


# -- telling -------------------------------------------------------------------------------------------


def _told(args: argparse.Namespace, terminal: Terminal, *, is_written: bool) -> int:
    say = terminal.say
    if args.json:
        terminal.json({"written": is_written})
    elif is_written:
        terminal.line(say("It is written, and what the units have signed is as it was."))
    else:
        terminal.line(say("It is taken away, and the unit's own answer stands."))
    return 0


def _to_json(found: Work) -> dict[str, object]:
    """What :func:`load` takes in, with who wrote it, when, and whether it is used."""
    from wpsdesk.desk.publication.written import place_to_json as where

    editing, state = found.editing, found.edited.state
    return {
        "year": found.year,
        "frames": [
            {"place": f.place, "language": f.passage.language, "text": f.passage.text, "by": f.by, "at": rfc3339(f.at)}
            for f in editing.frames
        ],
        "told_with": [
            {**where(h.place), "host": where(h.told_with), "by": h.by, "stale": found.edited.is_stale(h.place)}
            for h in editing.handlings
            if h.told_with is not None
        ],
        "left_out": [
            {**where(h.place), "reason": h.left_out, "by": h.by, "stale": found.edited.is_stale(h.place)}
            for h in editing.handlings
            if h.left_out
        ],
        "edits": [
            {**where(e.place), "field": e.field, "language": e.passage.language, "text": e.passage.text, "by": e.by,
             "at": rfc3339(e.at), "state": state(e), "cleared": None if e.clearance is None else e.clearance.reason}
            for e in editing.edits
        ],
        "translations": [
            {**where(t.place), "field": t.field, "language": t.passage.language, "text": t.passage.text,
             "translator": t.translator, "by": t.by, "at": rfc3339(t.at), "stale": found.edited.is_old(t)}
            for t in editing.translations
        ],
    }  # fmt: skip


def _tell(found: Work, terminal: Terminal) -> None:
    from wpsdesk.desk.publication.checking import named
    from wpsdesk.messages import field_name, language_name, word

    say, editing = terminal.say, found.editing
    rows = [(f.place, language_name(f.passage.language, say), f.by, say("used")) for f in editing.frames]
    for edit in editing.edits:
        name = f"{named(edit.place)}: {field_name(edit.field, say)}"
        rows.append((name, language_name(edit.passage.language, say), edit.by, word(found.edited.state(edit), say)))
    for handling in editing.handlings:
        what = say("left out") if handling.left_out else say("told with another")
        stands = say("the unit has sent something else since") if found.edited.is_stale(handling.place) else say("used")
        rows.append((f"{named(handling.place)}: {what}", "", handling.by, stands))
    for one in editing.translations:
        stands = say("the text that it translates is another now") if found.edited.is_old(one) else say("used")
        name = f"{named(one.place)}: {field_name(one.field, say)}"
        rows.append((name, f"→ {language_name(one.passage.language, say)}", one.by, stands))
    if rows:
        terminal.table((say("What"), say("Language"), say("Written by"), say("State")), rows)
    else:
        terminal.line(say("Nothing is written for the publication of {year} yet.", year=found.year))


# -- what is given -------------------------------------------------------------------------------------


def _answer_place(unit: str, text: str, say: Catalogue) -> AnswerPlace:
    from wpsdesk.compilation.editing import AnswerPlace

    number, _, country = text.partition("/")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        raise Usage(say("“{text}” is not an answer written like 7 or 7/SO", text=text))
    return AnswerPlace(UnitCode(unit), CommitmentNumber(int(number)), CountryCode(code(country)) if country else None)


def _text(name: str) -> str:
    """The text of a file, or what is typed. Raises FileMissing, FileUnreadable, FileTooLarge."""
    if name == "-":
        return sys.stdin.read()
    return read_file(Path(name), limit=_LIMIT).decode("utf-8-sig", errors="replace")
