"""Answers to UD's own questions: a table of what is short, and the longer texts as texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.terms import IN_LANGUAGE
from wpsdesk.compilation.tree import Block, Cell, Column, Paragraph, Table, Tone, Words
from wpsdesk.report.model import Figure, Passage, QuestionAnswer

_SHORT = 120
"""Characters of a text that still reads well in a table."""


def question_blocks(setting: Setting, answers: tuple[QuestionAnswer, ...]) -> Iterator[Block]:
    """What the unit has answered to UD's own questions."""
    short = [each for each in answers if not _is_long(each)]
    if short:
        say = setting.say
        rows = tuple((Cell(words=setting.words(each.words(setting.language))), _cell(setting, each)) for each in short)
        columns = (Column(head=say("Question"), share=2), Column(head=say("Answer"), share=2))
        yield Table(caption=say("The Ministry's questions"), columns=columns, rows=rows)
    for each in answers:
        if isinstance(each.said, Passage) and _is_long(each):
            aside = (
                "" if each.said.language == setting.language else f" ({setting.say(IN_LANGUAGE[each.said.language])})"
            )
            label = each.words(setting.language)
            yield Paragraph(words=setting.words(aside), tone=Tone.LABEL, label=label)
            yield from passage_blocks(each.said)


def _is_long(answer: QuestionAnswer) -> bool:
    return isinstance(answer.said, Passage) and (len(answer.said.text) > _SHORT or "\n" in answer.said.text)


def _cell(setting: Setting, answer: QuestionAnswer) -> Cell:
    said = answer.said
    if isinstance(said, Passage):
        return Cell(words=Words(text=said.text, language=said.language))
    small = tuple(setting.words(part) for part in _beside(setting, said)) if isinstance(said, Figure) else ()
    return Cell(words=setting.words(said_words(setting, answer)), small=small)


def _beside(setting: Setting, said: Figure) -> Iterator[str]:
    if said.measured_on is not None:
        yield setting.say("Measured on {day}", day=setting.say.date(said.measured_on))
    if said.source:
        yield setting.say("Source: {source}", source=said.source)


def said_words(setting: Setting, answer: QuestionAnswer) -> str:
    """What was answered, in the report's language; a text stays in its own."""
    say, language = setting.say, setting.language
    match answer.said:
        case bool() as said:
            return say("Yes") if said else say("No")
        case Figure() as said:
            number = "–" if said.value is None else say.number(said.value)
            return f"{number} {said.unit[language]}".strip()
        case tuple() as said:
            return ", ".join(each.names[language] or each.option for each in said)
        case Passage() as said:
            return said.text
        case date() as said:
            return say.date(said)
