"""UD's own texts round the answers: foreword, introduction, summaries of areas, changes since last, originals."""

from __future__ import annotations

from collections.abc import Iterator

from wpsdesk.base.ids import CountryCode
from wpsdesk.compilation.editing import FOREWORD, INTRODUCTION
from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.records import FrameRecord
from wpsdesk.compilation.release import Change, ChangeKind
from wpsdesk.compilation.restriction import Answer, Text, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Order
from wpsdesk.compilation.terms import FIELD, IN_LANGUAGE, day_of
from wpsdesk.compilation.tree import Block, Bullets, Chapter, Heading, Paragraph, Tone


def frame_title(setting: Setting, place: str) -> str:
    """What stands over one of UD's own texts."""
    say = setting.say
    match place:
        case "foreword":
            return say("Foreword")
        case "introduction":
            return say("Introduction")
        case _:
            return setting.plan.area(place).names[setting.language]


def frame_records(setting: Setting) -> tuple[FrameRecord, ...]:
    """The texts that the report of this language has, in its order."""
    places = (FOREWORD, INTRODUCTION, *(area.id for area in setting.plan.areas))
    found = ((place, setting.editing.frame(place, setting.language)) for place in places)
    return tuple(
        FrameRecord(place=place, title=frame_title(setting, place), text=frame.passage.text)
        for place, frame in found
        if frame is not None
    )


def opening_chapters(setting: Setting) -> Iterator[Chapter]:
    """The foreword and the introduction, where they are written in the report's language."""
    for place in (FOREWORD, INTRODUCTION):
        found = setting.editing.frame(place, setting.language)
        if found is not None:
            words = setting.words(frame_title(setting, place))
            heading = Heading(level=1, words=words, anchor=place, in_contents=True)
            yield Chapter(blocks=(heading, *passage_blocks(found.passage)))
    if setting.order is not Order.COMMITMENT:
        yield from _summaries(setting)


def _summaries(setting: Setting) -> Iterator[Chapter]:
    """In another order than the plan's the areas have no chapters to begin: their summaries stand together."""
    blocks: list[Block] = []
    for area in setting.plan.areas:
        told = tuple(area_summary(setting, area.id))
        if told:
            words = setting.words(area.names[setting.language])
            blocks += [Heading(level=2, words=words, anchor=f"area-summary-{area.id}"), *told]
    if blocks:
        title = setting.words(setting.say("The year in each area"))
        yield Chapter(blocks=(Heading(level=1, words=title, anchor="area-summaries", in_contents=True), *blocks))


def area_summary(setting: Setting, area: str) -> Iterator[Block]:
    """What UD says of the year in one area; nothing where nothing is written in the report's language."""
    found = setting.editing.frame(area, setting.language)
    if found is not None:
        yield from passage_blocks(found.passage)


# -- changes since the release before ------------------------------------------------------------------


def changes_chapter(setting: Setting) -> Iterator[Chapter]:
    """What is other than in the release before; none in the first, and none in a draft."""
    release, say = setting.release, setting.say
    if release is None or release.number == 1:
        return
    title = say("Changes since release {number}", number=release.number - 1)
    when = say("Release {number} was made {day}.", number=release.number, day=day_of(say, release.released))
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(title), anchor="changes", in_contents=True),
        Paragraph(words=setting.words(f"{when} {release.why}".strip())),
    ]
    if release.changes:
        blocks.append(Bullets(items=tuple(setting.words(_told(setting, one)) for one in release.changes)))
    else:
        blocks.append(Paragraph(words=setting.words(say("No answer and no text is changed.")), tone=Tone.NOTE))
    yield Chapter(blocks=tuple(blocks))


def _told(setting: Setting, change: Change) -> str:
    say = setting.say
    if change.commitment is None:
        where = frame_title(setting, change.frame)
    else:
        name = next((setting.name(u) for u in setting.coverage.units if u.code == change.unit), change.unit)
        country = "" if change.country is None else f" – {setting.country(CountryCode(change.country))}"
        where = say("Commitment {number}, {unit}", number=change.commitment, unit=f"{name}{country}")
    match change.kind:
        case ChangeKind.ADDED:
            return say("{where}: new", where=where)
        case ChangeKind.REMOVED:
            return say("{where}: taken out", where=where)
        case ChangeKind.CHANGED:
            return say("{where}: changed", where=where)


# -- originals of what is translated -------------------------------------------------------------------


def originals_chapter(setting: Setting) -> Iterator[Chapter]:
    """Every text that is shown in translation, as the unit has written it."""
    blocks: list[Block] = []
    for commitment in setting.plan.commitments:
        for view in setting.views:
            for answer in view.on(commitment.number):
                blocks.extend(block for text in answer.texts for block in _original(setting, view, answer, text))
    if blocks:
        title = setting.words(setting.say("Translated texts in the original"))
        yield Chapter(blocks=(Heading(level=1, words=title, anchor="originals", in_contents=True), *blocks))


def _original(setting: Setting, view: View, answer: Answer, text: Text) -> Iterator[Block]:
    if text.original is None:
        return
    say, name = setting.say, setting.name(view.unit)
    country = "" if answer.country is None else f" – {setting.country(answer.country)}"
    about = say("Commitment {number}, {unit}", number=answer.commitment, unit=f"{name}{country}")
    aside = f"{say(FIELD[text.field])} ({say(IN_LANGUAGE[text.original.language])})"
    yield Paragraph(words=setting.words(aside), tone=Tone.LABEL, label=about)
    yield from passage_blocks(text.original)
