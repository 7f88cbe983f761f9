"""What civil-society organisations have reported, in a chapter of its own: the plan gives them no commitment."""

from __future__ import annotations

from collections.abc import Iterator

from wpsdesk.compilation.answers import answer_blocks
from wpsdesk.compilation.recording import anchor_of
from wpsdesk.compilation.restriction import View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Order
from wpsdesk.compilation.tree import Block, Chapter, Heading, Paragraph, Tone
from wpsdesk.plan.model import Commitment, UnitKind

ANCHOR = "civil-society"


def stands_apart(setting: Setting, view: View) -> bool:
    """Whether the view is told in the chapter of its own, and not under the commitments."""
    return setting.order is Order.COMMITMENT and view.unit.kind is UnitKind.CIVIL_SOCIETY


def civil_society_chapter(setting: Setting) -> tuple[Chapter, ...]:
    """The chapter, where an organisation has reported."""
    say = setting.say
    found = [(n, view) for n, view in enumerate(setting.views, start=1) if stands_apart(setting, view) and view.answers]
    if not found:
        return ()
    title = say("Reports from Norwegian civil society")
    how = say(
        "Organisations in civil society report through Norad, or to the Ministry itself. They are responsible for no "
        "commitment of the plan; what they tell stands here, organisation by organisation, in their own words."
    )
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(title), anchor=ANCHOR, in_contents=True),
        Paragraph(words=setting.words(how)),
    ]
    for number, view in found:
        anchor = f"{ANCHOR}-{number}"
        blocks.append(Heading(level=2, words=setting.words(setting.name(view.unit)), anchor=anchor))
        for commitment in setting.plan.commitments:
            blocks += _on(setting, commitment, number, view)
    return (Chapter(blocks=tuple(blocks)),)


def _on(setting: Setting, commitment: Commitment, number: int, view: View) -> Iterator[Block]:
    for place, answer in enumerate(view.on(commitment.number), start=1):
        if place == 1:
            yield Heading(
                level=3,
                words=setting.words(commitment.titles[setting.language]),
                anchor=f"{ANCHOR}-{number}-{commitment.number}",
                number=str(commitment.number),
            )
        yield from answer_blocks(setting, view, answer, anchor_of(commitment.number, number, place))


def pointer(setting: Setting, commitment: Commitment) -> Iterator[Block]:
    """Under a commitment: which organisations have reported on it."""
    units = [v.unit for v in setting.views if stands_apart(setting, v) and v.on(commitment.number)]
    if units:
        say = setting.say
        where = say("{units}. See the chapter on reports from civil society.", units=setting.names(units))
        yield Paragraph(words=setting.words(where), tone=Tone.FACT, label=say("Civil society:"))
