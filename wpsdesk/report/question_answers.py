"""The answers to UD's own questions: as JSON and back, and how they fit what the call asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.plan.model import Names
from wpsdesk.report.members import Json, day_text, line_or_nothing, number_text, without_nothing
from wpsdesk.report.model import Entry, Figure, Passage, Picked, QuestionAnswer, Said
from wpsdesk.report.passages import passage_from, passage_to_json
from wpsdesk.report.questions import (
    MAX_OPTIONS,
    MAX_QUESTIONS,
    NO_NAMES,
    QUESTION_ID,
    SHORT,
    Question,
    QuestionId,
    QuestionKind,
    Questions,
    names_to_json,
    question_named,
    words_from,
)

_SAID: Final = ("yes", "number", "chosen", "text", "day")
"""The members that can hold what was said; exactly one of them does."""


def question_answer_to_json(answer: QuestionAnswer) -> Json:
    """``{"question", "asked"}`` and one of yes, number, chosen, text and day."""
    name, value = _said_to_json(answer.said)
    return {"question": answer.question, **without_nothing(asked=names_to_json(answer.asked)), name: value}


def _said_to_json(said: Said) -> tuple[str, object]:
    match said:
        case bool():
            return "yes", said
        case Figure():
            return "number", without_nothing(
                value=number_text(said.value),
                unit=names_to_json(said.unit),
                measured_on=day_text(said.measured_on),
                source=said.source,
            )
        case tuple():
            return "chosen", [{"id": p.option, **without_nothing(names=names_to_json(p.names))} for p in said]
        case Passage():
            return "text", passage_to_json(said) or {"text": ""}
        case date():
            return "day", said.isoformat()


def question_answers_from(reader: Reader) -> tuple[QuestionAnswer, ...]:
    """Untrusted answers, each question once, in the order of their ids' first mention. Raises Malformed."""
    found = reader.tuple_of(_answer_from, at_most=MAX_QUESTIONS)
    if len({each.question for each in found}) != len(found):
        raise reader.fail("twice")
    return found


def _answer_from(reader: Reader) -> QuestionAnswer:
    names = [name for name in _SAID if isinstance(reader.value, dict) and reader.value.get(name) is not None]
    question = QuestionId(reader.get("question").matching(QUESTION_ID))
    if len(names) != 1:
        raise reader.fail("inconsistent" if names else "missing")
    found = QuestionAnswer(
        question=question,
        asked=reader.default("asked", words_from, NO_NAMES),
        said=_said_from(reader.get(names[0]), names[0]),
    )
    reader.done()
    return found


def _said_from(reader: Reader, name: str) -> Said:
    match name:
        case "yes":
            return reader.flag()
        case "number":
            return _figure_from(reader)
        case "chosen":
            picked = reader.tuple_of(_picked_from, at_most=MAX_OPTIONS)
            if len({each.option for each in picked}) != len(picked):
                raise reader.fail("twice")
            return picked
        case "text":
            return passage_from(reader)
        case _:
            return reader.date()


def _figure_from(reader: Reader) -> Figure:
    found = Figure(
        value=reader.maybe("value", Reader.decimal),
        unit=reader.default("unit", words_from, NO_NAMES),
        measured_on=reader.maybe("measured_on", Reader.date),
        source=line_or_nothing(reader, "source"),
    )
    reader.done()
    return found


def _picked_from(reader: Reader) -> Picked:
    """An option with its words, or its id alone as somebody writes it in a file of answers."""
    if isinstance(reader.value, str):
        return Picked(option=reader.matching(QUESTION_ID))
    found = Picked(option=reader.get("id").matching(QUESTION_ID), names=reader.default("names", words_from, NO_NAMES))
    reader.done()
    return found


# -- what an answer says ---------------------------------------------------------------------------


def says_something(said: Said | None) -> bool:
    """Whether there is an answer at all."""
    match said:
        case None | Figure(value=None) | () | Passage(text=""):
            return False
        case Passage(text=text):
            return bool(text.strip())
        case _:
            return True


def is_blank(said: Said | None) -> bool:
    """Whether nothing at all has been written, not even a source without its number."""
    match said:
        case None | ():
            return True
        case Figure():
            return said.value is None and said.measured_on is None and not said.source
        case Passage(text=text):
            return not text
        case _:
            return False


def is_same(held: Said, now: Said) -> bool:
    """Whether the same is said; the words of units and options may have changed since."""
    match held, now:
        case Figure(), Figure():
            return replace(held, unit=NO_NAMES) == replace(now, unit=NO_NAMES)
        case tuple(), tuple():
            return [each.option for each in held] == [each.option for each in now]
        case _:
            return type(held) is type(now) and held == now


def said_to(entry: Entry, question_id: str) -> Said | None:
    """What the entry says to a question, or None."""
    return next((each.said for each in entry.questions if each.question == question_id), None)


# -- against the call ------------------------------------------------------------------------------


class Misfit(StrEnum):
    """Why an answer does not fit the call."""

    UNKNOWN_QUESTION = "unknown-question"
    OTHER_KIND = "other-kind"
    UNKNOWN_OPTION = "unknown-option"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """An answer that does not fit what the call asks; ``found`` is the id or the option that is the matter."""

    question: QuestionId
    why: Misfit
    found: str


def fits(kind: QuestionKind, said: Said) -> bool:
    """Whether such an answer is given to such a question."""
    match kind:
        case QuestionKind.YES_NO:
            return isinstance(said, bool)
        case QuestionKind.NUMBER:
            return isinstance(said, Figure)
        case QuestionKind.ONE:
            return isinstance(said, tuple) and len(said) <= 1
        case QuestionKind.SEVERAL:
            return isinstance(said, tuple)
        case QuestionKind.LINE | QuestionKind.TEXT:
            return isinstance(said, Passage)
        case QuestionKind.DATE:
            return isinstance(said, date)


def in_the_words_of(entry: Entry, questions: Questions) -> tuple[Entry, tuple[Unfit, ...]]:
    """The entry with its answers in the words of the call, in the call's order; those that do not fit are left out.

    It is for answers that come from a file, which gives no more than ids; what already has words keeps them.
    """
    places = {question.id: place for place, question in enumerate(questions)}
    kept: list[QuestionAnswer] = []
    unfit: list[Unfit] = []
    for answer in entry.questions:
        question = question_named(questions, answer.question)
        why = _misfit(question, answer)
        if why is not None:
            unfit.append(why)
        elif question is not None and not is_blank(answer.said):
            kept.append(worded(question, answer))
    return replace(entry, questions=tuple(sorted(kept, key=lambda each: places[each.question]))), tuple(unfit)


def _misfit(question: Question | None, answer: QuestionAnswer) -> Unfit | None:
    said = answer.said
    if question is None:
        return Unfit(question=answer.question, why=Misfit.UNKNOWN_QUESTION, found=answer.question)
    if not fits(question.kind, said):
        return Unfit(question=answer.question, why=Misfit.OTHER_KIND, found=answer.question)
    if isinstance(said, tuple):
        strange = next((each.option for each in said if question.option(each.option) is None), None)
        if strange is not None:
            return Unfit(question=answer.question, why=Misfit.UNKNOWN_OPTION, found=strange)
    if question.kind is QuestionKind.LINE and isinstance(said, Passage) and len(said.text) > SHORT:
        return Unfit(question=answer.question, why=Misfit.TOO_LONG, found=said.text[:60])
    return None


def worded(question: Question, answer: QuestionAnswer) -> QuestionAnswer:
    """The answer with the question's words wherever it has none yet."""
    said = answer.said
    if isinstance(said, Figure) and said.unit == NO_NAMES:
        said = replace(said, unit=question.unit)
    if isinstance(said, tuple):
        said = tuple(
            each if each.names != NO_NAMES else replace(each, names=_option_names(question, each)) for each in said
        )
    asked = question.words if answer.asked == NO_NAMES else answer.asked
    return replace(answer, asked=asked, said=said)


def _option_names(question: Question, picked: Picked) -> Names:
    option = question.option(picked.option)
    return NO_NAMES if option is None else option.names
