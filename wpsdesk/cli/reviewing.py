"""``wpsdesk review``, ``returned`` and ``reasons``: UD accepts and returns single answers, and follows them up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.cli.arguments import Group, Parser, Usage, add_command, at_desk, code, day, reading, speaking, year
from wpsdesk.cli.session import opened_to_gather
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import LANGUAGES, LanguageCode, Names

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.desk.review.reviewing import Judgement, Returned, Reviewed
    from wpsdesk.report.model import EntryKey
    from wpsdesk.store.reviews import InternalNote

EVERY = "all"


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    look = add_command(commands, "review", say("accept or return answers of a unit's report (UD)"), review, shared)
    look.add_argument("unit", type=code, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    look.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    answer = say("ANSWER")
    look.add_argument(
        "--accept",
        nargs="+",
        default=[],
        metavar=answer,
        help=say("accept these answers, such as 7 or 7/SO; “all” for those that nothing has been decided of"),
    )
    look.add_argument(
        "--return",
        dest="returned",
        nargs=2,
        action="append",
        default=[],
        metavar=(answer, say("REASON")),
        help=say("return an answer to the unit, and why"),
    )
    look.add_argument("--answer-by", type=day(say), metavar=say("DATE"), help=say("with --return: when it is due back"))
    look.add_argument(
        "--reason-language", choices=LANGUAGES, default="nb", help=say("with --return: the reason's language")
    )
    _add_undo_and_notes(look, answer, say)
    open_ = add_command(
        commands, "returned", say("tell which returned answers have not come back (UD)"), returned, shared
    )
    open_.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))
    _add_reasons(commands, say, shared)


def _add_reasons(commands: Group, say: Catalogue, shared: tuple[Parser, ...]) -> None:
    list_ = add_command(
        commands, "reasons", say("tell the standard reasons for returning an answer, or change UD's own (UD)"), reasons,
        shared,
    )  # fmt: skip
    list_.add_argument(
        "--add", nargs=3, metavar=("NB", "NN", "EN"), help=say("add one of UD's own, in the three languages")
    )
    list_.add_argument(
        "--change", nargs=4, metavar=(say("NUMBER"), "NB", "NN", "EN"), help=say("give one of UD's own other words")
    )
    list_.add_argument("--remove", type=int, metavar=say("NUMBER"), help=say("take one of UD's own off the list"))


def _add_undo_and_notes(look: argparse.ArgumentParser, answer: str, say: Catalogue) -> None:
    look.add_argument(
        "--undo", nargs="+", default=[], metavar=answer, help=say("undo, until a reply has told the unit")
    )
    look.add_argument(
        "--note",
        nargs=2,
        action="append",
        default=[],
        metavar=(answer, say("TEXT")),
        help=say("add a note that never leaves UD"),
    )
    look.add_argument(
        "--officer", default="", metavar=say("NAME"), help=say("who decides; else the officer who is remembered")
    )


def review(args: argparse.Namespace, terminal: Terminal) -> int:
    """Decide what is asked, then list how the unit's answers stand."""
    from wpsdesk.desk.officers import officer_of
    from wpsdesk.desk.review import reviewing

    unit = UnitCode(args.unit)
    with opened_to_gather(args, terminal) as desk:
        when, officer = year_of(desk, args), args.officer or officer_of(desk)
        found = reviewing.review(desk, unit, when)
        if args.undo:
            keys = tuple(key for text in args.undo for key in _keys(text, found, terminal.say))
            found = reviewing.withdraw(desk, unit, when, keys, officer=officer)
        for text, words in args.note:
            for key in _keys(text, found, terminal.say):
                reviewing.write_note(desk, unit, when, key, words, officer=officer or desk.unit.code)
        judgements = _judgements(args, found, terminal.say)
        if judgements:
            found = reviewing.decide(desk, unit, when, judgements, officer=officer)
        _tell(desk, (unit, when), found, args, terminal)
    return 0


def _judgements(args: argparse.Namespace, found: tuple[Reviewed, ...], say: Catalogue) -> tuple[Judgement, ...]:
    from wpsdesk.desk.review.reviewing import Judgement

    accepted = [
        Judgement(key=key, is_accepted=True)
        for text in args.accept
        for key in (_undecided(found) if text == EVERY else _keys(text, found, say))
    ]
    returned = [
        Judgement(key=key, is_accepted=False, reason=reason, language=args.reason_language, answer_by=args.answer_by)
        for text, reason in args.returned
        for key in _keys(text, found, say)
    ]
    keys = [each.key for each in (*accepted, *returned)]
    if len(keys) != len(set(keys)):
        raise Usage(say("an answer stands twice among --accept and --return"))
    return (*accepted, *returned)


def _undecided(found: tuple[Reviewed, ...]) -> tuple[EntryKey, ...]:
    return tuple(each.key for each in found if each.decision not in ("accepted", "returned"))


def _keys(text: str, found: tuple[Reviewed, ...], say: Catalogue) -> tuple[EntryKey, ...]:
    """``7/SO`` is one answer, ``7`` every answer on commitment 7. Raises Usage where it is neither."""
    from wpsdesk.report.model import EntryKey

    number, _, country = text.partition("/")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        raise Usage(say("“{text}” is not an answer written like 7 or 7/SO", text=text))
    wanted = CommitmentNumber(int(number))
    if country:
        return (EntryKey(wanted, CountryCode(country.upper())),)
    return tuple(each.key for each in found if each.key.commitment == wanted) or (EntryKey(wanted, None),)


def _tell(
    desk: Desk,
    whose: tuple[UnitCode, Year],
    found: tuple[Reviewed, ...],
    args: argparse.Namespace,
    terminal: Terminal,
) -> None:
    from wpsdesk.desk.review.reviewing import notes

    say, written = terminal.say, notes(desk, *whose)
    if args.json:
        of_key = {each.key: [_note_to_json(n) for n in written if _is_on(n, each.key)] for each in found}
        terminal.json([{**_to_json(each), "notes": of_key[each.key]} for each in found])
        return
    heads = (say("Commitment"), say("Country"), say("Status"), say("Decision"), say("By"), say("When"), say("Reason"))
    lines = [
        (
            str(each.key.commitment),
            each.key.country or "",
            "" if each.status is None else word(each.status, say),
            "" if each.decision is None else word(each.decision, say),
            each.officer,
            "" if each.at is None else say.moment(each.at),
            each.reason,
        )
        for each in found
    ]
    terminal.table(heads, lines)
    for each in written:
        country = "" if each.place.country is None else f"/{each.place.country}"
        told = f"{each.place.commitment}{country}  {say.moment(each.at)}  {each.officer}: {each.text}"
        terminal.line(say("Note") + " " + told)


def _is_on(note: InternalNote, key: EntryKey) -> bool:
    return (note.place.commitment, note.place.country) == (key.commitment, key.country)


def _note_to_json(note: InternalNote) -> dict[str, object]:
    return {"at": rfc3339(note.at), "officer": note.officer, "text": note.text}


def _to_json(each: Reviewed) -> dict[str, object]:
    return {
        "commitment": each.key.commitment,
        "country": each.key.country,
        "status": each.status,
        "decision": each.decision,
        "reason": each.reason,
        "answer_by": None if each.answer_by is None else each.answer_by.isoformat(),
        "officer": each.officer,
        "at": None if each.at is None else rfc3339(each.at),
        "told": each.is_told,
        "in_hand": None if each.in_hand is None else each.in_hand.officer,
    }


def returned(args: argparse.Namespace, terminal: Terminal) -> int:
    """List what has been returned and not come back, the oldest first."""
    from wpsdesk.desk.review.reviewing import returned as not_come_back

    say = terminal.say
    with opened_to_gather(args, terminal) as desk:
        found = not_come_back(desk, year_of(desk, args))
    if args.json:
        terminal.json([_returned_to_json(each) for each in found])
    elif not found:
        terminal.line(say("Nothing that was returned is outstanding."))
    else:
        heads = (
            say("Unit"),
            say("Commitment"),
            say("Days"),
            say("Answer by"),
            say("Days late"),
            say("Told"),
            say("Reason"),
        )
        lines = [
            (
                each.unit,
                str(each.key.commitment) + ("" if each.key.country is None else f"/{each.key.country}"),
                str(each.days),
                "" if each.answer_by is None else say.date(each.answer_by),
                str(each.late) if each.late else "",
                say("Yes") if each.is_told else say("No"),
                each.reason,
            )
            for each in found
        ]
        terminal.table(heads, lines)
    return 0


def _returned_to_json(each: Returned) -> dict[str, object]:
    return {
        "unit": each.unit,
        "commitment": each.key.commitment,
        "country": each.key.country,
        "reason": each.reason,
        "officer": each.officer,
        "at": rfc3339(each.at),
        "answer_by": None if each.answer_by is None else each.answer_by.isoformat(),
        "told": each.is_told,
        "days": each.days,
        "late": each.late,
    }


def reasons(args: argparse.Namespace, terminal: Terminal) -> int:
    """Change UD's own reasons where that is asked, then list all there are."""
    from wpsdesk.desk.review.reasons import add_reason, change_reason, remove_reason
    from wpsdesk.desk.review.reasons import reasons as all_reasons

    with opened_to_gather(args, terminal) as desk:
        if args.change is not None:
            number, *texts = args.change
            if not number.isdecimal() or len(number) > 6 or not all(text.strip() for text in texts):
                raise Usage(terminal.say("give --change a number and a text in each language"))
            change_reason(desk, int(number), Names(nb=texts[0], nn=texts[1], en=texts[2]))
        if args.remove is not None:
            remove_reason(desk, args.remove)
        if args.add is not None:
            nb, nn, en = args.add
            add_reason(desk, nb=nb, nn=nn, en=en)
        found = all_reasons(desk)
    if args.json:
        terminal.json([{"number": r.number, "nb": r.texts.nb, "nn": r.texts.nn, "en": r.texts.en} for r in found])
        return 0
    for each in found:
        number = "–" if each.number is None else str(each.number)
        terminal.line(f"{number}  {each.text(_language(terminal.say))}")
    return 0


def _language(say: Catalogue) -> LanguageCode:
    return say.names_in
