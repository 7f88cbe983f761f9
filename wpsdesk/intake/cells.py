"""From the cells of a worksheet to an answer, with every cell that cannot be read told by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.base.errors import Malformed
from wpsdesk.intake.worksheet import Book, Sheet, Told
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import entry_from
from wpsdesk.report.form import FORM, Control
from wpsdesk.report.model import Entry
from wpsdesk.report.question_answers import Unfit, in_the_words_of, is_same
from wpsdesk.report.questions import Questions
from wpsdesk.report.worksheet import Cell, Leaf, leaf_at

FLAGS: Final = "flag"
LANGUAGES: Final = "language"
"""Names of lists beside those of the form's own words."""

_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_STEP: Final = re.compile(r"([a-z0-9_-]+)(?:\[(\d+)\])?")


class Origin(StrEnum):
    """What kind of file answers come in."""

    WORKSHEET = "worksheet"
    ANSWERS = "answers"


class Wrong(StrEnum):
    """What is the matter with a cell."""

    FORMULA = "formula"
    NOT_IN_LIST = "not-in-list"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    UNKNOWN_ROW = "unknown-row"
    NAME_MISSING = "name-missing"
    TOO_LONG = "too-long"
    ONE_LINE = "one-line"
    NOT_ALLOWED = "not-allowed"
    TWICE = "twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """A cell that cannot be read. ``found`` is what stands there, at most some words of it."""

    sheet: str
    cell: str
    field: str  # of the form; "" where the row is none of ours
    wrong: Wrong
    found: str


class _Bad(Exception):
    def __init__(self, wrong: Wrong, *, is_language: bool = False) -> None:
        self.wrong: Final = wrong
        self.is_language: Final = is_language  # it is the cell beside, which says the language of the text


Json = dict[str, object]


def entry_in(
    sheet: Sheet, book: Book, held: Entry, plan: Plan, questions: Questions = ()
) -> tuple[Entry, tuple[CellFault, ...]]:
    """The answer as the sheet has it; what a worksheet never holds is as in ``held``, and so is a faulty field.

    ``questions``: UD's own, as the call has them now.
    """
    faults: list[CellFault] = []
    leaves: dict[str, tuple[Leaf, Told, object]] = {}
    for path, told in sheet.told.items():
        leaf = leaf_at(path)
        try:
            if leaf is None:
                raise _Bad(Wrong.UNKNOWN_ROW)
            leaves[path] = (leaf, told, _value(leaf, told, book))
        except _Bad as bad:
            faults.append(_fault(sheet, told.beside() if bad.is_language else told, leaf, bad.wrong))
    bad_fields = {fault.field for fault in faults}
    while True:
        kept = {path: each for path, each in leaves.items() if each[0].field not in bad_fields}
        value, places = _json(kept, book, held)
        try:
            found = entry_from(Reader(value, ""), plan)
        except Malformed as error:
            leaf, told = _at(error.path, places)
            faults.append(_fault(sheet, told, leaf, _wrong(error)))
            bad_fields.add(leaf.field)
            continue
        found, strange = _answering(found, held, questions, _questions_on(book, sheet))
        if strange:
            leaf, told = _at(f"questions.{strange[0].question}", places)
            faults.append(_fault(sheet, told, leaf, Wrong.NOT_ALLOWED))
            bad_fields.add(leaf.field)
            continue
        names = _asked(book, sheet) - bad_fields
        made = replace(held, **{name: getattr(found, name) for name in names})
        return made, tuple(faults)


def _asked(book: Book, sheet: Sheet) -> set[str]:
    """The fields that the sheet was written with; of others it says nothing."""
    known = {field.name for field in FORM if field.control is not Control.EVIDENCE}
    return {field for key, field in book.marks if key == sheet.key} & known


def _questions_on(book: Book, sheet: Sheet) -> set[str]:
    """The ids of UD's questions that the sheet was written with."""
    return {field.partition("/")[2] for key, field in book.marks if key == sheet.key and field.startswith("questions/")}


def _answering(found: Entry, held: Entry, questions: Questions, on_sheet: set[str]) -> tuple[Entry, tuple[Unfit, ...]]:
    """The answers to UD's questions in the call's words; one that says what is held is the one held.

    What was answered to a question that the sheet does not have stays.
    """
    worded, unfit = in_the_words_of(found, questions)
    old = {each.question: each for each in held.questions}
    news = [
        old[each.question] if each.question in old and is_same(old[each.question].said, each.said) else each
        for each in worded.questions
    ]
    told = {each.question for each in news}
    kept = [each for name, each in old.items() if name not in on_sheet and name not in told]
    places = {question.id: place for place, question in enumerate(questions)}
    in_order = sorted((*news, *kept), key=lambda each: places.get(each.question, len(places)))
    return replace(worded, questions=tuple(in_order)), unfit


def _fault(sheet: Sheet, told: Told, leaf: Leaf | None, wrong: Wrong) -> CellFault:
    field = "" if leaf is None else leaf.field
    return CellFault(sheet=sheet.name, cell=told.cell, field=field, wrong=wrong, found=str(told.value)[:80])


def _wrong(error: Malformed) -> Wrong:
    return {
        "missing": Wrong.NAME_MISSING,
        "too-long": Wrong.TOO_LONG,
        "control-character": Wrong.ONE_LINE,
        "not-a-number": Wrong.NOT_A_NUMBER,
        "not-a-date": Wrong.NOT_A_DATE,
    }.get(error.problem, Wrong.NOT_ALLOWED)


# -- one cell --------------------------------------------------------------------------------------


def _value(leaf: Leaf, told: Told, book: Book) -> object:  # noqa: C901, PLR0911 - one for each kind of cell
    if told.is_formula:
        raise _Bad(Wrong.FORMULA)
    match leaf.cell:
        case Cell.TEXT:
            if told.language:
                _language(told.language, book)
            return _text(told.value)
        case Cell.LINE:
            return _text(told.value)
        case Cell.WORDS:
            parts = [part.strip() for part in re.split(r"[,;\n]", _text(told.value)) if part.strip()]
            return (
                [int(p) if p.isdecimal() and len(p) < 4 else p for p in parts] if "commitments" in leaf.path else parts
            )
        case Cell.CHOICE:
            return _word(leaf.list_name, _text(told.value), book)
        case Cell.FLAG:
            if isinstance(told.value, bool):
                return told.value
            return _word(FLAGS, _text(told.value), book) == "true"
        case Cell.DATE:
            return _day(told.value)
        case Cell.WHOLE:
            number = _number(told.value)
            if "." in number:
                raise _Bad(Wrong.NOT_A_NUMBER)
            return int(number)
        case Cell.DECIMAL:
            return _number(told.value)


def _text(value: object) -> str:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return str(value).lower()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat()
        case _:
            return str(value)


def _word(kind: str, text: str, book: Book) -> str:
    """The code for a word of a list, in the worksheet's language; the code itself will do."""
    found = book.words.get((kind, text.strip().casefold()))
    if found is None and text in book.words.values():
        return text
    if found is None:
        raise _Bad(Wrong.NOT_IN_LIST)
    return found


def _language(text: str, book: Book) -> str:
    try:
        return _word(LANGUAGES, text, book)
    except _Bad as bad:
        raise _Bad(bad.wrong, is_language=True) from None


def _day(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = _text(value).strip()
    dotted = _DOTTED.fullmatch(text)
    if dotted is not None:
        text = f"{dotted[3]}-{int(dotted[2]):02d}-{int(dotted[1]):02d}"
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise _Bad(Wrong.NOT_A_DATE) from None


def _number(value: object) -> str:
    """A number as the codec reads it: a full stop, no spaces between thousands."""
    if isinstance(value, float) and not isinstance(value, bool):
        text = format(Decimal(repr(value)), "f")
    elif isinstance(value, bool):
        raise _Bad(Wrong.NOT_A_NUMBER)
    else:
        text = re.sub(r"[\s\u00a0\u202f]", "", _text(value)).replace(",", ".").replace("\u2212", "-")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise _Bad(Wrong.NOT_A_NUMBER)
    return text


# -- all together ----------------------------------------------------------------------------------

Places = dict[str, tuple[Leaf, Told]]


def _json(leaves: dict[str, tuple[Leaf, Told, object]], book: Book, held: Entry) -> tuple[Json, Places]:
    """The answer's JSON, and for each path in it the cell it came from."""
    made: Json = {"commitment": held.key.commitment, "country": held.key.country}
    places: Places = {}
    numbers = _renumbered(leaves)
    for path, (leaf, told, value) in leaves.items():
        match leaf.cell:
            case Cell.TEXT:
                at = path if leaf.question else path.removesuffix(".text")
                language = _word(LANGUAGES, told.language, book) if told.language else "nb"
                _put(made, at, {"text": value, "language": language})
            case Cell.FLAG if leaf.choice is not None:
                at = leaf.field
                if value is True:
                    chosen = made.setdefault(leaf.field, [])
                    assert isinstance(chosen, list)
                    chosen.append(str(leaf.choice))
            case _:
                at = numbers.get(path, path)
                _put(made, at, value)
        places[at] = (leaf, told)
    _settle(made)
    return made, {**places, **_answers_in_a_list(made, places)}


def _answers_in_a_list(made: Json, places: Places) -> Places:
    """Turn the answers to UD's questions from cells by id into a list; tells the places of the new paths."""
    by_id = made.pop("questions", {})
    assert isinstance(by_id, dict)
    answers: list[Json] = []
    found: Places = {}
    for number, (name, cells) in enumerate(by_id.items()):
        is_figure = bool(cells.keys() & {"value", "measured_on", "source"})
        if is_figure:
            said = {"number": cells}
        elif "chosen" in cells:
            said = {"chosen": _chosen(cells["chosen"])}
        else:
            said = cells
        answers.append({"question": name, **said})
        for path, place in places.items():
            if path.startswith(f"questions.{name}."):
                step = path.removeprefix(f"questions.{name}.")
                found[f"questions[{number}].{'number.' if is_figure else ''}{step}"] = place
    if answers:
        made["questions"] = list(answers)
    return found


def _chosen(value: object) -> list[object]:
    """The options that were chosen: one as its id, several as a yes or no at each."""
    return [option for option, is_on in value.items() if is_on] if isinstance(value, dict) else [value]


def _renumbered(leaves: dict[str, tuple[Leaf, Told, object]]) -> dict[str, str]:
    """Records without a filled cell leave no gap: the paths of those after them move up."""
    filled: dict[str, list[int]] = {}
    found = [(path, match) for path in leaves if (match := re.match(r"([a-z_]+)\[(\d+)\]", path)) is not None]
    for _, match in found:
        if int(match[2]) not in filled.setdefault(match[1], []):
            filled[match[1]].append(int(match[2]))
    return {
        path: f"{match[1]}[{sorted(filled[match[1]]).index(int(match[2]))}]{path[match.end() :]}"
        for path, match in found
    }


def _put(made: Json, path: str, value: object) -> None:
    here: Json = made
    steps = path.split(".")
    for place, step in enumerate(steps):
        match = _STEP.fullmatch(step)
        assert match is not None, path
        name, number = match[1], match[2]
        is_last = place == len(steps) - 1
        if number is not None:
            records = here.setdefault(name, [])
            assert isinstance(records, list)
            while len(records) <= int(number):
                records.append({})
            here = records[int(number)]
        elif is_last:
            here[name] = value
        else:
            inner = here.setdefault(name, {})
            assert isinstance(inner, dict)
            here = inner


def _settle(made: Json) -> None:
    """An access decision that says nothing is an open one."""
    access = made.get("access")
    if isinstance(access, dict) and all(v in ("open", False, "", None) for v in access.values()):
        made.pop("access")


def _at(path: str, places: Places) -> tuple[Leaf, Told]:
    """The cell that a path of the codec's speaks of: itself, else the nearest one under or above it."""
    if path in places:
        return places[path]
    for stem in (path, *_stems(path)):
        for at, place in places.items():
            if f"{at}.".startswith((f"{stem}.", f"{stem}[")) or path.startswith((f"{at}.", f"{at}[")):
                return place
    raise AssertionError(path)


def _stems(path: str) -> list[str]:
    found = []
    while (cut := max(path.rfind("."), path.rfind("["))) > 0:
        path = path[:cut]
        found.append(path)
    return found
