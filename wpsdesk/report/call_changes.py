"""What an amended call changes for one unit. Drafts are untouched by it: it only asks for more, less or otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.questions import Question, asked_on


class ChangeKind(StrEnum):
    """What is other than before."""

    DEADLINE = "deadline"
    ASKED = "asked"  # about more commitments
    NO_LONGER_ASKED = "no-longer-asked"
    COUNTRIES = "countries"  # other countries to answer for
    GUIDANCE = "guidance"
    QUESTIONS = "questions"  # some of UD's own are new or other
    NO_LONGER_QUESTIONED = "no-longer-questioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChange:
    """One thing that is other; ``about`` names it: a day, numbers of commitments, codes of countries."""

    kind: ChangeKind
    about: str


def changes_for(before: Call, now: Call, unit: UnitCode) -> tuple[CallChange, ...]:
    """What the later call changes for ``unit``."""
    return tuple(_changes(before, now, unit)) if before != now else ()


def _changes(before: Call, now: Call, unit: UnitCode) -> Iterator[CallChange]:
    if before.deadline != now.deadline:
        yield CallChange(kind=ChangeKind.DEADLINE, about=now.deadline.isoformat())
    old, new = before.asked_of(unit), now.asked_of(unit)
    had = set() if old is None else set(old.commitments)
    has = set() if new is None else set(new.commitments)
    if has - had:
        yield CallChange(kind=ChangeKind.ASKED, about=_numbers(has - had))
    if had - has:
        yield CallChange(kind=ChangeKind.NO_LONGER_ASKED, about=_numbers(had - has))
    covered = None if old is None else old.unit.covers
    covers = None if new is None else new.unit.covers
    if covers is not None and covered is not None and covers != covered:
        yield CallChange(kind=ChangeKind.COUNTRIES, about=", ".join(covers))
    then, told = dict(before.guidance), dict(now.guidance)
    other = {number for number in then.keys() | told.keys() if then.get(number) != told.get(number)}
    mine = {number for number in other if number is None or number in has}
    if mine:
        numbers = _numbers({number for number in mine if number is not None})
        yield CallChange(kind=ChangeKind.GUIDANCE, about=numbers)
    if new is not None:
        yield from _questions(before, now, new)


def _questions(before: Call, now: Call, asked: Asked) -> Iterator[CallChange]:
    """Questions that are new or other, and those that are gone; ``about`` counts them."""

    def mine(call: Call) -> dict[str, Question]:
        found = (each for number in asked.commitments for each in asked_on(call.questions, asked.unit, number))
        return {each.id: each for each in found}

    then, told = mine(before), mine(now)
    other = sum(then.get(name) != question for name, question in told.items())
    if other:
        yield CallChange(kind=ChangeKind.QUESTIONS, about=str(other))
    if then.keys() - told.keys():
        yield CallChange(kind=ChangeKind.NO_LONGER_QUESTIONED, about=str(len(then.keys() - told.keys())))


def _numbers(numbers: set[CommitmentNumber]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
