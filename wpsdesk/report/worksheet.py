"""The worksheet as data: which cells an answer has in a spreadsheet, for who writes one and for who reads it.

One row holds one leaf of the answer. Its path, as in the answer's JSON, stands in a hidden column, so that a row is
known wherever a spreadsheet program has put it.

History of the version: 1 is the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.i18n import N_
from wpsdesk.plan.model import Names, Plan, Unit
from wpsdesk.report.form import FORM, Column, Control, Field
from wpsdesk.report.model import NARRATIVE, AccessScope, Entry, EntryKey, LegalBasis, Passage
from wpsdesk.report.questions import NO_NAMES, QUESTION_ID, Question, QuestionKind, Questions

FORMAT: Final = "wps-worksheet"
VERSION: Final = 1
BOOK: Final = "wps"
"""The hidden sheet that says whose worksheet it is."""
LISTS: Final = "wps-lists"

SPARE: Final = 2
"""Empty records after those that are filled."""
LEAST: Final = 3

PATH: Final = re.compile(r"[a-z_]+(\[\d{1,3}\])?(\.[a-z0-9-]+|\.[a-z_]+){0,3}")


class Cell(Enum):
    """What goes into an answer's cell."""

    TEXT = "text"  # with its language beside it
    LINE = "line"
    WORDS = "words"  # several, with commas between
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    WHOLE = "whole"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One cell: ``path`` in the answer's JSON, ``field`` of the form, ``label`` a message id, or "" for a choice."""

    path: str
    field: str
    label: str
    cell: Cell
    choices: type[StrEnum] | None = None
    choice: StrEnum | None = None  # the word that a yes stands for
    names: Names | None = None  # words of UD's own, instead of the label
    option: str = ""  # of a question, what a yes stands for

    @property
    def list_name(self) -> str:
        """The list that the cell's word is one of; "" for a cell without a list."""
        if self.choices is not None:
            return self.choices.__name__
        return list_of(self.question) if self.cell is Cell.CHOICE else ""

    @property
    def question(self) -> str:
        """The id of the question that the cell answers, or ""."""
        return self.path.split(".")[1] if self.field == "questions" else ""


def list_of(question_id: str) -> str:
    """The name of the list with a question's options."""
    return f"question:{question_id}"


_ANSWERING: Final[dict[str, tuple[str, Cell]]] = {
    "yes": ("", Cell.FLAG),
    "value": ("", Cell.DECIMAL),
    "measured_on": (N_("Counted on"), Cell.DATE),
    "source": (N_("Source"), Cell.LINE),
    "chosen": ("", Cell.CHOICE),
    "text": ("", Cell.TEXT),
    "day": ("", Cell.DATE),
}
"""The cells that can answer a question of UD's: the last step of their path, and what is said beside the question."""
_STEPS: Final[dict[QuestionKind, tuple[str, ...]]] = {
    QuestionKind.YES_NO: ("yes",),
    QuestionKind.NUMBER: ("value", "measured_on", "source"),
    QuestionKind.ONE: ("chosen",),
    QuestionKind.LINE: ("text",),
    QuestionKind.TEXT: ("text",),
    QuestionKind.DATE: ("day",),
}
_ACCESS: Final = (
    ("scope", N_("How much is exempt from public access"), Cell.CHOICE, AccessScope),
    ("basis", N_("Legal basis"), Cell.CHOICE, LegalBasis),
    ("basis_text", N_("Other legal basis, in words"), Cell.LINE, None),
    ("reason", N_("Reason for the restriction"), Cell.LINE, None),
    ("wider_access_considered", N_("Wider access (section 11) has been considered"), Cell.FLAG, None),
    ("wider_access_refusal", N_("Why wider access is not given"), Cell.LINE, None),
    ("delayed_until", N_("Access delayed until"), Cell.DATE, None),
    ("ends_on", N_("The restriction ends on"), Cell.DATE, None),
)
_LINKS: Final = (
    ("sdg_targets", N_("Targets under SDG 5 and 16, with commas between")),
    ("commitments", N_("Related commitments, with commas between")),
    ("resolutions", N_("Resolutions of the Security Council, with commas between")),
)
_CELLS: Final = {
    Control.LINE: Cell.LINE,
    Control.DECIMAL: Cell.DECIMAL,
    Control.WHOLE: Cell.WHOLE,
    Control.DATE: Cell.DATE,
    Control.FLAG: Cell.FLAG,
    Control.CHOICE: Cell.CHOICE,
}


def form_fields(entry: Entry, unit: Unit, plan: Plan, questions: Questions = ()) -> tuple[Field, ...]:
    """The fields a worksheet asks for: all that may come to apply, and all that hold something already.

    UD's own ``questions`` are a field only where some are asked.

    Files are attached at the desk and never by a worksheet.
    """
    open_entry = replace(entry, status=None)
    nothing = Entry(key=entry.key)
    return tuple(
        field
        for field in FORM
        if field.control is not Control.EVIDENCE
        and (field.control is not Control.QUESTIONS or questions)
        and (
            field.applies(open_entry, unit, plan)
            or field.name == "nothing_reason"
            or getattr(entry, field.name) != getattr(nothing, field.name)
        )
    )


def leaves(field: Field, held: int = 0, questions: Questions = ()) -> tuple[Leaf, ...]:
    """The cells of a field; of a list of records, those of ``held`` records and some empty ones."""
    if field.control is Control.QUESTIONS:
        return tuple(leaf for question in questions for leaf in _of_question(question))
    return tuple(_leaves(field, held))


def _of_question(question: Question) -> Iterator[Leaf]:
    if question.kind is QuestionKind.SEVERAL:
        for option in question.options:
            yield replace(_answering(question.id, "chosen", option.id), names=_both(question.words, option.names))
    for step in _STEPS.get(question.kind, ()):
        leaf = _answering(question.id, step)
        is_number = question.kind is QuestionKind.NUMBER and step == "value" and question.unit != NO_NAMES
        yield replace(leaf, names=_both(question.words, question.unit) if is_number else question.words)


def _both(first: Names, second: Names) -> Names:
    return Names(nb=f"{first.nb} {second.nb}", nn=f"{first.nn} {second.nn}", en=f"{first.en} {second.en}")


def _answering(question_id: str, step: str, option: str = "") -> Leaf:
    label, cell = _ANSWERING[step]
    path = f"questions.{question_id}.{step}"
    if option:
        return Leaf(path=f"{path}.{option}", field="questions", label="", cell=Cell.FLAG, option=option)
    return Leaf(path=path, field="questions", label=label, cell=cell)


def _question_leaf(path: str) -> Leaf | None:
    """The cell of an answer to a question of UD's, by its path alone."""
    _, question_id, step, *option = [*path.split("."), ""][:4]
    if not QUESTION_ID.fullmatch(question_id) or step not in _ANSWERING:
        return None
    return _answering(question_id, step, option[0] if option and step == "chosen" else "")


def _leaves(field: Field, held: int) -> Iterator[Leaf]:
    name = field.name
    match field.control:
        case Control.PASSAGE:
            yield Leaf(path=f"{name}.text", field=name, label=field.label, cell=Cell.TEXT)
        case Control.CHOICES:
            for word in field.choices or ():
                yield Leaf(path=f"{name}.{word}", field=name, label="", cell=Cell.FLAG, choice=word)
        case Control.ROWS:
            for number in range(max(held + SPARE, LEAST)):
                yield from (_of_record(field, column, number) for column in field.columns)
        case Control.LINKS:
            yield from (
                Leaf(path=f"{name}.{member}", field=name, label=label, cell=Cell.WORDS) for member, label in _LINKS
            )
        case Control.ACCESS:
            yield from _of_access(name)
        case Control.EVIDENCE | Control.QUESTIONS:  # files never stand here, and questions have cells of their own
            return
        case simple:
            yield Leaf(path=name, field=name, label=field.label, cell=_CELLS[simple], choices=field.choices)


def _of_access(name: str) -> Iterator[Leaf]:
    for member, label, cell, kind in _ACCESS:
        yield Leaf(path=f"{name}.{member}", field=name, label=label, cell=cell, choices=kind)
    labels = {field.name: field.label for field in FORM}
    for text in NARRATIVE:
        yield Leaf(path=f"{name}.public.{text}", field=name, label=labels[text], cell=Cell.TEXT)


def _of_record(field: Field, column: Column, number: int) -> Leaf:
    path = f"{field.name}[{number}].{column.name}"
    return Leaf(path=path, field=field.name, label=column.label, cell=_CELLS[column.control], choices=column.choices)


def leaf_at(path: str) -> Leaf | None:
    """The cell with this path, or None where there can be none."""
    if not PATH.fullmatch(path):
        return None
    name = re.split(r"[.\[]", path, maxsplit=1)[0]
    if name == "questions" and path.count(".") >= 2:
        return _question_leaf(path)
    field = next((f for f in FORM if f.name == name), None)
    if field is None:
        return None
    bracket = re.match(r"[a-z_]+\[(\d+)\]", path)
    if bracket is not None:
        found = (_of_record(field, column, int(bracket[1])) for column in field.columns)
    else:
        found = (leaf for leaf in _leaves(field, 0))
    return next((leaf for leaf in found if leaf.path == path), None)


# -- what stood there ------------------------------------------------------------------------------


def storable(text: str) -> str:
    """The text as a spreadsheet can hold it: the few signs that XML has no place for are replaced."""
    return "".join("\ufffd" if ord(c) & 0xFFFE == 0xFFFE else c for c in text)


def mark_of(value: object) -> str:
    """A short digest of a field's value, to know later whether anyone has changed it."""
    return sha256(canonical_json(_plain(value)))[:16]


def _plain(value: object) -> object:  # noqa: PLR0911 - one for each kind of value
    match value:
        case Passage(text=""):
            return None
        case StrEnum() | bool() | int() | None:
            return value
        case str():
            return storable(value)
        case Decimal():
            return format(value.normalize() if value else Decimal(0), "f")
        case date():
            return value.isoformat()
        case tuple():
            found = [_plain(each) for each in value]
            is_set = all(isinstance(each, StrEnum) for each in value)  # of a list of words the order says nothing
            return sorted(found, key=str) if is_set else found
        case _:
            assert is_dataclass(value), type(value)
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def sheet_name(key: EntryKey) -> str:
    """``5 SO``; without a country the number alone."""
    return f"{key.commitment} {key.country}" if key.country else str(key.commitment)
