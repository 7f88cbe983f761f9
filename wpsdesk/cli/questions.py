"""``wpsdesk call question``: UD's own questions of the next call, one by one or in a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.errors import Malformed
from wpsdesk.base.files import read_file, write_file
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.cli.arguments import Group, Parser, Usage, add_command, add_group, whole
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import Names, UnitKind
from wpsdesk.report.questions import NO_NAMES, QUESTION_ID, WITH_OPTIONS, Option, Question, QuestionId, QuestionKind

if TYPE_CHECKING:
    from wpsdesk.report.questions import Questions


def add(commands: Group, say: Catalogue, shared: tuple[Parser, ...]) -> None:
    """Add the commands."""
    group = add_group(commands, "question", say("UD's own questions of the next call (UD)"), say)
    words = (say("BOKMÅL"), say("NYNORSK"), say("ENGLISH"))
    new = add_command(group, "add", say("ask a question in the next call, or change one"), add_, shared)
    new.add_argument("id", metavar="ID", help=say("its id, the same from year to year: small letters and hyphens"))
    new.add_argument("--type", choices=list(QuestionKind), required=True, help=say("how it is answered"))
    new.add_argument("--words", nargs=3, required=True, metavar=words, help=say("the question in three languages"))
    new.add_argument("--hint", nargs=3, metavar=words, help=say("what helps to answer it"))
    new.add_argument("--unit", nargs=3, metavar=words, help=say("of a number: what is counted"))
    new.add_argument(
        "--option", nargs=4, action="append", default=[], metavar=("ID", *words), help=say("of a list: one answer")
    )
    new.add_argument(
        "--commitments",
        type=whole(say, 1, 999),
        nargs="+",
        default=[],
        metavar="N",
        help=say("only on these; else all"),
    )
    new.add_argument(
        "--of", type=UnitKind, choices=list(UnitKind), nargs="+", default=[], help=say("only these kinds of units")
    )
    new.add_argument("--required", action="store_true", help=say("an answer cannot be ready without it"))
    gone = add_command(group, "drop", say("do not ask a question in the next call"), drop_, shared)
    gone.add_argument("id", metavar="ID", help=say("the question's id"))
    add_command(group, "list", say("tell what the next call is to ask"), list_, shared)
    load = add_command(group, "load", say("ask what a file says, and nothing else"), load_, shared)
    load.add_argument("file", type=Path, metavar=say("FILE"), help=say("the questions, as “save” writes them"))
    save = add_command(group, "save", say("write the questions to a file"), save_, shared)
    save.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, JSON"))


def add_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Ask a question."""
    from wpsdesk.desk.call.questioning import ask

    question = _question(args, terminal.say)
    with opened(args, terminal) as desk:
        if any(number > len(desk.plan.commitments) for number in question.commitments):
            raise Malformed(path="--commitments", problem="unknown-commitment")
        _tell(ask(desk, question), args, terminal)
    return 0


def _question(args: argparse.Namespace, say: Catalogue) -> Question:
    """The question that the arguments describe. Raises Usage."""
    kind = QuestionKind(args.type)
    for given in (args.id, *(option[0] for option in args.option)):
        if not QUESTION_ID.fullmatch(given):
            raise Usage(say("“{text}” is no id: it has small letters, figures and hyphens", text=given))
    if (kind in WITH_OPTIONS) != bool(args.option):
        raise Usage(say("give --option for a list, and for nothing else"))
    if args.unit and kind is not QuestionKind.NUMBER:
        raise Usage(say("give --unit for a number, and for nothing else"))
    return Question(
        id=QuestionId(args.id),
        kind=kind,
        words=_names(args.words),
        hint=_names(args.hint),
        unit=_names(args.unit),
        options=tuple(Option(id=option[0], names=_names(option[1:])) for option in args.option),
        commitments=tuple(CommitmentNumber(number) for number in sorted(set(args.commitments))),
        kinds=tuple(dict.fromkeys(args.of)),
        is_required=args.required,
    )


def _names(given: list[str] | None) -> Names:
    if not given:
        return NO_NAMES
    nb, nn, en = (" ".join(text.split()) for text in given)
    return Names(nb=nb, nn=nn, en=en)


def drop_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Do not ask a question."""
    from wpsdesk.desk.call.questioning import drop

    with opened(args, terminal) as desk:
        _tell(drop(desk, args.id), args, terminal)
    return 0


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what is to be asked."""
    from wpsdesk.desk.call.questioning import questions_to_come

    with opened(args, terminal) as desk:
        _tell(questions_to_come(desk), args, terminal)
    return 0


def load_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Ask what a file says."""
    from wpsdesk.desk.call.questioning import LARGEST, take_questions

    with opened(args, terminal) as desk:
        _tell(take_questions(desk, read_file(args.file, limit=LARGEST)), args, terminal)
    return 0


def save_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the questions to a file."""
    from wpsdesk.desk.call.questioning import questions_to_bytes, questions_to_come

    with opened(args, terminal) as desk:
        found = questions_to_come(desk)
        write_file(args.out, questions_to_bytes(found))
        _tell(found, args, terminal)
    return 0


def _tell(questions: Questions, args: argparse.Namespace, terminal: Terminal) -> None:
    from wpsdesk.report.questions import question_to_json

    say = terminal.say
    if args.json:
        terminal.json({"questions": [question_to_json(question) for question in questions]})
        return
    if not questions:
        terminal.line(say("The next call has no questions of UD's own."))
        return
    rows = [
        (
            each.id,
            word(each.kind, say),
            ", ".join(map(str, each.commitments)) or say("All"),
            ", ".join(word(kind, say) for kind in each.kinds) or say("All"),
            say("yes") if each.is_required else say("no"),
            each.words[terminal.language],
        )
        for each in questions
    ]
    heads = (say("Id"), say("Type"), say("Commitments"), say("Units"), say("Must be answered"), say("Question"))
    terminal.table(heads, rows)
