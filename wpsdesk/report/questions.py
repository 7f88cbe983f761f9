"""UD's own questions in a call, each with a type, and what is asked of whom; the plan itself has none.

A question keeps its id from year to year, so that last year's answer stands beside this year's. One that an amended
call drops stays in the call as withdrawn, and so does an option: what somebody has answered keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NewType

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.plan.model import LanguageCode, Names, Plan, Unit, UnitKind
from wpsdesk.report.members import Json, without_nothing
from wpsdesk.report.references import numbers_from

QuestionId = NewType("QuestionId", str)

QUESTION_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MAX_QUESTIONS: Final = 200
MAX_OPTIONS: Final = 60
MAX_WORDS: Final = 500
"""Characters of a question in one language."""
SHORT: Final = 300
"""Characters of a short answer."""

NO_NAMES: Final = Names(nb="", nn="", en="")


class QuestionKind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    NUMBER = "number"  # with the day it was counted on, and its source
    ONE = "one-of-a-list"
    SEVERAL = "several-of-a-list"
    LINE = "short-text"
    TEXT = "long-text"
    DATE = "date"


WITH_OPTIONS: Final = (QuestionKind.ONE, QuestionKind.SEVERAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to choose from."""

    id: str
    names: Names
    is_withdrawn: bool = False  # it can no longer be chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. Without commitments it is asked on all, without kinds of units of all."""

    id: QuestionId
    kind: QuestionKind
    words: Names
    hint: Names = NO_NAMES
    unit: Names = NO_NAMES  # of a number: what is counted
    options: tuple[Option, ...] = ()  # of a list
    commitments: tuple[CommitmentNumber, ...] = ()
    kinds: tuple[UnitKind, ...] = ()
    is_required: bool = False
    is_withdrawn: bool = False  # it is no longer asked

    def is_asked_of(self, unit: Unit, commitment: CommitmentNumber) -> bool:
        """Whether a unit is asked it on a commitment."""
        return (
            not self.is_withdrawn
            and (not self.commitments or commitment in self.commitments)
            and (not self.kinds or unit.kind in self.kinds)
        )

    def option(self, option_id: str) -> Option | None:
        """The option with this id, withdrawn or not, or None."""
        return next((option for option in self.options if option.id == option_id), None)


Questions = tuple[Question, ...]


def asked_on(questions: Questions, unit: Unit, commitment: CommitmentNumber) -> Questions:
    """The questions that a unit is asked on a commitment, in the call's order."""
    return tuple(each for each in questions if each.is_asked_of(unit, commitment))


def question_named(questions: Questions, question_id: str) -> Question | None:
    """The question with this id, withdrawn or not, or None."""
    return next((each for each in questions if each.id == question_id), None)


def still_asked(questions: Questions) -> Questions:
    """The questions without those that are withdrawn, and without their withdrawn options."""
    return tuple(
        replace(each, options=tuple(option for option in each.options if not option.is_withdrawn))
        for each in questions
        if not each.is_withdrawn
    )


def with_those_dropped(now: Questions, before: Questions) -> Questions:
    """The questions of an amended call with those that it drops, and the options that it drops, as withdrawn."""
    held = {each.id: each for each in before}
    found = [
        replace(each, options=_with_dropped_options(each.options, held[each.id].options)) if each.id in held else each
        for each in now
    ]
    named = {each.id for each in now}
    return (*found, *(replace(each, is_withdrawn=True) for each in before if each.id not in named))


def _with_dropped_options(now: tuple[Option, ...], before: tuple[Option, ...]) -> tuple[Option, ...]:
    named = {option.id for option in now}
    return (*now, *(replace(option, is_withdrawn=True) for option in before if option.id not in named))


def free_id(words: str, taken: Iterable[str]) -> str:
    """An id that nobody has, made of the first words: ``antall-kvinner``."""
    plain = words.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    stem = "-".join(re.findall(r"[a-z0-9]+", plain)[:4])[:32].strip("-") or "q"
    used = set(taken)
    return next(found for n in range(1, len(used) + 3) if (found := stem if n == 1 else f"{stem}-{n}") not in used)


# -- as JSON -----------------------------------------------------------------------------------------


def names_to_json(names: Names) -> dict[str, object] | None:
    """``{"nb", "nn", "en"}``; None where there are none."""
    return None if names == NO_NAMES else {"nb": names.nb, "nn": names.nn, "en": names.en}


def words_from(reader: Reader, *, at_most: int = MAX_WORDS) -> Names:
    """Words in all three languages. Raises Malformed."""

    def line(language: LanguageCode) -> str:
        return reader.get(language).line(at_most=at_most, at_least=1)

    found = Names(nb=line("nb"), nn=line("nn"), en=line("en"))
    reader.done()
    return found


def question_to_json(question: Question) -> Json:
    """A question; members that hold nothing are left out."""
    return {
        "id": question.id,
        "kind": question.kind,
        "words": names_to_json(question.words),
        **without_nothing(
            hint=names_to_json(question.hint),
            unit=names_to_json(question.unit),
            options=[_option_to_json(option) for option in question.options],
            commitments=list(question.commitments),
            kinds=list(question.kinds),
            required=question.is_required,
            withdrawn=question.is_withdrawn,
        ),
    }


def _option_to_json(option: Option) -> Json:
    return {"id": option.id, "names": names_to_json(option.names), **without_nothing(withdrawn=option.is_withdrawn)}


def questions_from(reader: Reader, plan: Plan) -> Questions:
    """An untrusted list of questions, no id twice. Raises Malformed."""
    found = reader.tuple_of(lambda r: question_from(r, plan), at_most=MAX_QUESTIONS)
    if len({each.id for each in found}) != len(found):
        raise reader.fail("twice")
    return found


def question_from(reader: Reader, plan: Plan) -> Question:
    """An untrusted question. Raises Malformed."""
    kind = reader.get("kind").choice(QuestionKind)
    found = Question(
        id=QuestionId(reader.get("id").matching(QUESTION_ID)),
        kind=kind,
        words=words_from(reader.get("words")),
        hint=reader.default("hint", words_from, NO_NAMES),
        unit=reader.default("unit", lambda r: words_from(r, at_most=100), NO_NAMES),
        options=reader.default("options", lambda r: r.tuple_of(_option_from, at_most=MAX_OPTIONS), ()),
        commitments=reader.default("commitments", lambda r: numbers_from(r, plan), ()),
        kinds=reader.default("kinds", _kinds_from, ()),
        is_required=reader.default("required", Reader.flag, False),
        is_withdrawn=reader.default("withdrawn", Reader.flag, False),
    )
    if len({option.id for option in found.options}) != len(found.options):
        raise reader.get("options").fail("twice")
    if (kind in WITH_OPTIONS) != bool(found.options):
        raise Reader(None, "options", reader).fail("missing" if kind in WITH_OPTIONS else "not-allowed")
    if found.unit != NO_NAMES and kind is not QuestionKind.NUMBER:
        raise reader.get("unit").fail("not-allowed")
    reader.done()
    return found


def _option_from(reader: Reader) -> Option:
    found = Option(
        id=reader.get("id").matching(QUESTION_ID),
        names=words_from(reader.get("names")),
        is_withdrawn=reader.default("withdrawn", Reader.flag, False),
    )
    reader.done()
    return found


def _kinds_from(reader: Reader) -> tuple[UnitKind, ...]:
    found = reader.tuple_of(lambda r: r.choice(UnitKind), at_most=len(UnitKind))
    if len(set(found)) != len(found):
        raise reader.fail("twice")
    return found
