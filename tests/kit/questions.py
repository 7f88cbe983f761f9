"""UD's own questions, one of each type, and answers to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.plan.model import Names
from wpsdesk.report.model import Figure, Passage, Picked, QuestionAnswer, Said
from wpsdesk.report.questions import Option, Question, QuestionId, QuestionKind, Questions, question_named


def in_all(text: str) -> Names:
    """The same words in every language, with its code."""
    return Names(nb=f"{text} nb", nn=f"{text} nn", en=f"{text} en")


def question(kind: QuestionKind, **more: object) -> Question:
    """A question of a type, on commitment 1."""
    told: dict[str, object] = {
        "id": QuestionId(kind.value),
        "kind": kind,
        "words": in_all(f"Spørsmål {kind.value}"),
        "commitments": (CommitmentNumber(1),),
    }
    return Question(**{**told, **more})  # type: ignore[arg-type]


OPTIONS: Final = tuple(Option(id=name, names=in_all(name.capitalize())) for name in ("forskere", "naboer", "andre"))

EVERY: Final[Questions] = (
    question(QuestionKind.YES_NO, is_required=True),
    question(QuestionKind.NUMBER, unit=in_all("personer"), hint=in_all("Alle som var med")),
    question(QuestionKind.ONE, options=OPTIONS),
    question(QuestionKind.SEVERAL, options=OPTIONS),
    question(QuestionKind.LINE),
    question(QuestionKind.TEXT),
    question(QuestionKind.DATE),
)


def _picked(*names: str) -> tuple[Picked, ...]:
    return tuple(Picked(option=o.id, names=o.names) for o in OPTIONS if o.id in names)


SAID: Final[dict[QuestionKind, Said]] = {
    QuestionKind.YES_NO: False,
    QuestionKind.NUMBER: Figure(
        value=Decimal("12.5"), unit=in_all("personer"), measured_on=date(2026, 11, 30), source="Listene"
    ),
    QuestionKind.ONE: _picked("naboer"),
    QuestionKind.SEVERAL: _picked("forskere", "andre"),
    QuestionKind.LINE: Passage(text="Kort svar"),
    QuestionKind.TEXT: Passage(text="Et svar\nover to linjer", language="nn"),
    QuestionKind.DATE: date(2026, 10, 31),
}


def answers(*kinds: QuestionKind) -> tuple[QuestionAnswer, ...]:
    """An answer to each of these questions, or to all."""
    found = []
    for kind in kinds or tuple(QuestionKind):
        asked = question_named(EVERY, kind.value)
        assert asked is not None
        found.append(QuestionAnswer(question=asked.id, asked=asked.words, said=SAID[kind]))
    return tuple(found)
