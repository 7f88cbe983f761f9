"""Two versions of one entry, field by field: where they differ, and the entry that a person's choices make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from wpsdesk.report.form import FORM, Field
from wpsdesk.report.model import Entry, Evidence, Links, Passage, QuestionAnswer


class Side(StrEnum):
    """What is to stand in a field."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


def differing(ours: Entry, theirs: Entry) -> tuple[Field, ...]:
    """The fields of the form in which the two differ, in the form's order."""
    return tuple(field for field in FORM if getattr(ours, field.name) != getattr(theirs, field.name))


def sides_for(field: Field, ours: Entry, theirs: Entry) -> tuple[Side, ...]:
    """What there is to choose from in a field: both only where both can stand."""
    both = _both(getattr(ours, field.name), getattr(theirs, field.name))
    return (Side.OURS, Side.THEIRS) if both is None else (Side.OURS, Side.THEIRS, Side.BOTH)


def chosen(ours: Entry, theirs: Entry, choices: Mapping[str, Side]) -> Entry:
    """The entry that the choices make; every differing field must have one of its :func:`sides_for`.

    One side in every field gives that version as it is, with its own mark of being ready. A mixture has never been
    read as a whole, so it is not marked ready. Raises KeyError for a field without a choice.
    """
    fields = differing(ours, theirs)
    picked = {field.name: choices[field.name] for field in fields}
    if set(picked.values()) == {Side.THEIRS}:
        return theirs
    if not set(picked.values()) - {Side.OURS}:
        return ours
    values = {name: _value(getattr(ours, name), getattr(theirs, name), side) for name, side in picked.items()}
    marks = {Side.OURS: dict(ours.unchanged_since), Side.THEIRS: dict(theirs.unchanged_since), Side.BOTH: {}}
    named = sorted(set(marks[Side.OURS]) | set(marks[Side.THEIRS]))
    kept = {name: marks[picked.get(name, Side.OURS)].get(name) for name in named}
    since = tuple((name, year) for name, year in kept.items() if year is not None)
    return replace(ours, **values, unchanged_since=since, is_marked_ready=False)  # type: ignore[arg-type]


def _value(ours: object, theirs: object, side: Side) -> object:
    match side:
        case Side.OURS:
            return ours
        case Side.THEIRS:
            return theirs
        case Side.BOTH:
            found = _both(ours, theirs)
            assert found is not None, "it is offered only where both can stand"
            return found


def _both(ours: object, theirs: object) -> object | None:
    """Both values in one, ours first; None where only one can stand, or one of them is empty."""
    match ours, theirs:
        case tuple(), tuple() if _answer_one_question(ours, theirs):
            return None
        case Passage(), Passage():
            return replace(ours, text=f"{ours.text}\n\n{theirs.text}") if ours.text and theirs.text else None
        case Links(), Links():
            joined = {name: _joined(getattr(ours, name), getattr(theirs, name)) for name in Links.__slots__}
            return Links(**joined)  # type: ignore[arg-type]
        case tuple(), tuple():
            return _joined(ours, theirs) if ours and theirs else None
        case _:
            return None


def _answer_one_question(ours: tuple[object, ...], theirs: tuple[object, ...]) -> bool:
    """Whether both sides answer the same question: it can have one answer only."""
    answered = {each.question for each in ours if isinstance(each, QuestionAnswer)}
    return any(isinstance(each, QuestionAnswer) and each.question in answered for each in theirs)


def _joined(ours: tuple[object, ...], theirs: tuple[object, ...]) -> tuple[object, ...]:
    """Ours, then what theirs has beside; a file that both have is one file, as we describe it."""
    have = {each.digest for each in ours if isinstance(each, Evidence)}
    more = (each for each in theirs if not (isinstance(each, Evidence) and each.digest in have))
    return tuple(dict.fromkeys((*ours, *more)))
