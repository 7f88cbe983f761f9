"""What the report says of an answer that UD has edited: marks on texts, who tells what, and the edits beside."""

from __future__ import annotations

from collections.abc import Iterator

from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.editing import EditState
from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.restriction import Answer, Beside, Text
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import FIELD, IN_LANGUAGE, TRANSLATED_FROM, day_of
from wpsdesk.compilation.tree import Block, Paragraph, Tone


def text_marks(setting: Setting, text: Text) -> Iterator[str]:
    """What stands behind a text's name: its language or what it is translated from, edited, unchanged."""
    say = setting.say
    if text.original is not None:
        told = say(TRANSLATED_FROM[text.original.language])
        yield say("{translated} by {name}", translated=told, name=text.translator) if text.translator else told
    elif text.passage.language != setting.language:
        yield say(IN_LANGUAGE[text.passage.language])
    if text.is_edited:
        yield say("edited by the Ministry of Foreign Affairs")
    if text.unchanged_since is not None:
        yield say("unchanged since {year}", year=str(text.unchanged_since))


def handling_blocks(setting: Setting, answer: Answer) -> Iterator[Block]:
    """Says that an answer is left out, or told together with another unit's."""
    say = setting.say
    if answer.is_left_out:
        sentence = say("The answer is left out of the report by the Ministry of Foreign Affairs.")
        yield Paragraph(words=setting.words(sentence), tone=Tone.NOTE)
    if answer.left_out_because:
        label = say("Left out of the public edition:")
        yield Paragraph(words=setting.words(answer.left_out_because), tone=Tone.FACT, label=label)
    if answer.told_with is not None:
        unit = setting.unit_name(answer.told_with)
        sentence = (
            say("In the public edition the answer is told together with the answer from {unit}.", unit=unit)
            if setting.edition is Edition.INTERNAL
            else say("The answer is told together with the answer from {unit}.", unit=unit)
        )
        yield Paragraph(words=setting.words(sentence), tone=Tone.NOTE)
    if answer.tells_also:
        units = say.listing(setting.unit_name(UnitCode(code)) for code in answer.tells_also)
        sentence = say("The answer also tells what {units} has reported.", units=units)
        yield Paragraph(words=setting.words(sentence), tone=Tone.NOTE)


def beside_blocks(setting: Setting, answer: Answer) -> Iterator[Block]:
    """The edited texts beside their sources: who wrote each, when, and whether the public edition shows it."""
    say = setting.say
    for one in answer.beside:
        label = say("Edited for publication: {field}", field=say(FIELD[one.text.field]))
        facts = say("by {name}, {day}", name=one.by, day=day_of(say, one.at))
        yield Paragraph(words=setting.words(f" ({facts}; {_state(setting, one)})"), tone=Tone.LABEL, label=label)
        yield from passage_blocks(one.text.passage)
        if one.cleared:
            why = say("May be public because:")
            yield Paragraph(words=setting.words(one.cleared), tone=Tone.FACT, label=why)


def _state(setting: Setting, one: Beside) -> str:
    match one.state:
        case EditState.USED:
            return setting.say("stands in the public edition")
        case EditState.STALE:
            return setting.say("not used: the unit has sent something else since")
        case EditState.CLOSED:
            return setting.say("not used: nobody has said that it may be public")
