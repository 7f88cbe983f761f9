"""A pack for a yearly meeting: what is open, the challenges by kind, and questions to talk about. Pure.

It is made from what the public edition may show, for whomever the meeting is with. A ministry's pack has besides what
UD has told that ministry of its own answers, and nothing of what UD has told another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.compilation.answers import NONE
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.grouping import ministry_of
from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.recording import recorded
from wpsdesk.compilation.registers import bundle_chapter
from wpsdesk.compilation.restriction import Answer, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.tables_told import with_tables
from wpsdesk.compilation.terms import CHALLENGE, STATE, STATUS
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TitlePage,
    Tone,
)
from wpsdesk.report.meetings import Point
from wpsdesk.report.model import ChallengeKind, EntryKey, Status

_MOST_NAMED = 3
"""Kinds of challenge that a question is asked about."""


class With(StrEnum):
    """Whom a meeting is with."""

    MINISTRIES = "ministries"
    CIVIL_SOCIETY = "civil-society"
    RESEARCHERS = "researchers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom the pack is for; ``ministry`` where it is for one alone."""

    kind: With
    ministry: UnitCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedPoint:
    """A point from a meeting of this kind that is still open."""

    day: date  # of the meeting
    point: Point
    late: int  # days past its due day


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedAnswer:
    """An answer that UD has returned and that has not come back, as its unit has been told."""

    unit: UnitCode
    key: EntryKey
    reason: str
    answer_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What the pack is made from beside the report."""

    audience: Audience
    points: tuple[RaisedPoint, ...] = ()
    returned: tuple[ReturnedAnswer, ...] = ()


def meeting_pack(setting: Setting, meeting: Meeting) -> Document:
    """The pack as a document; ``setting`` has the views of the public edition."""
    say = setting.say
    setting = _of_ministry(setting, meeting.audience)
    title = say("Women, peace and security – for the meeting on {year}", year=str(setting.year))
    marks = [say("INTERNAL")] if meeting.audience.kind is With.MINISTRIES else []
    document = Document(
        language=setting.language,
        edition=setting.edition,
        compiled=setting.compiled,
        title=title,
        subject=say("Report on the action plan {title}", title=setting.plan.title[setting.language]),
        publisher=setting.unit_name(UnitCode("UD")),
        title_page=_title_page(setting, meeting.audience),
        contents_title=say("Contents"),
        page_mark=" · ".join([*marks, say("DRAFT")]),
        chapters=(
            Chapter(
                blocks=(
                    *_about(setting, meeting.audience),
                    *_open_points(setting, meeting),
                    *_open_answers(setting, meeting),
                )
            ),
            _challenges(setting),
            _questions(setting),
            bundle_chapter(setting),
        ),
        records=recorded(setting),
        is_draft=True,
    )
    return with_tables(document)


def _of_ministry(setting: Setting, audience: Audience) -> Setting:
    """Only what comes from the ministry and the units under it, where the pack is for one."""
    if audience.ministry is None:
        return setting
    views = tuple(view for view in setting.views if ministry_of(setting, view.unit) == audience.ministry)
    units = tuple(unit for unit in setting.coverage.units if ministry_of(setting, unit) == audience.ministry)
    own = {unit.code for unit in units}
    cells = {place: state for place, state in setting.coverage.cells.items() if place[0] in own}
    return replace(setting, views=views, coverage=replace(setting.coverage, units=units, cells=cells))


def _for(setting: Setting, audience: Audience) -> str:
    say = setting.say
    if audience.ministry is not None:
        return say("For the meeting with {unit}", unit=setting.unit_name(audience.ministry))
    match audience.kind:
        case With.MINISTRIES:
            return say("For the meeting with the ministries")
        case With.CIVIL_SOCIETY:
            return say("For the meeting with civil society")
        case With.RESEARCHERS:
            return say("For the meeting with researchers")


def _title_page(setting: Setting, audience: Audience) -> TitlePage:
    say = setting.say
    return TitlePage(
        title=say("Women, peace and security"),
        subtitle=_for(setting, audience),
        plan=say("Report on the action plan {title}", title=setting.plan.title[setting.language]),
        publisher=setting.unit_name(UnitCode("UD")),
        compiled=say("Compiled {day}", day=say.date(setting.compiled.date())),
        edition=say("Pack for a meeting, {year}", year=str(setting.year)),
        edition_note="",
    )


def _heading(setting: Setting, text: str, anchor: str, level: int = 1) -> Heading:
    return Heading(level=level, words=setting.words(text), anchor=anchor, in_contents=True)


def _about(setting: Setting, audience: Audience) -> Iterator[Block]:
    say = setting.say
    made = say(
        "The pack is made from the answers for {year} as the public edition of the annual report may show them. What "
        "is exempt from public access is not in it.",
        year=str(setting.year),
    )
    texts = [made]
    if audience.kind is With.MINISTRIES:
        texts.append(
            say("What the Ministry of Foreign Affairs has asked of a ministry stands in that ministry's pack.")
        )
    yield _heading(setting, say("About this pack"), "about")
    yield from (Paragraph(words=setting.words(text)) for text in texts)


# -- what is open --------------------------------------------------------------------------------------


def _open_points(setting: Setting, meeting: Meeting) -> Iterator[Block]:
    say = setting.say
    title = say("Open points from earlier meetings")
    yield _heading(setting, title, "points", level=2)
    if not meeting.points:
        yield _note(setting, say("No point is open."))
        return
    columns = (
        Column(head=say("Raised"), align=Align.RIGHT),
        Column(head=say("Point"), share=3),
        Column(head=say("Follow-up"), share=3),
        Column(head=say("To be done by"), align=Align.RIGHT),
    )
    rows = tuple(_point_row(setting, one) for one in meeting.points)
    yield Table(caption=title, columns=columns, rows=rows, shows_caption=False)


def _point_row(setting: Setting, one: RaisedPoint) -> tuple[Cell, ...]:
    say, point = setting.say, one.point
    about = []
    if point.commitment is not None:
        about.append(say("Commitment {number}", number=point.commitment))
    if point.unit is not None:
        about.append(setting.unit_name(point.unit))
    due = NONE if point.due is None else say.date(point.due, short=True)
    late = (setting.words(say.plural("{n} day late", "{n} days late", one.late)),) if one.late else ()
    return (
        Cell(words=setting.words(say.date(one.day, short=True))),
        Cell(words=setting.words(point.text), small=tuple(setting.words(text) for text in about)),
        Cell(words=setting.words(point.follow_up or NONE)),
        Cell(words=setting.words(due), small=late),
    )


def _open_answers(setting: Setting, meeting: Meeting) -> Iterator[Block]:
    """What is missing, what was returned (in the pack of the ministry that was told), what stands still."""
    say = setting.say
    title = say("Open in the answers")
    yield _heading(setting, title, "open", level=2)
    rows = tuple(
        row for commitment in setting.plan.commitments for row in _open_rows(setting, meeting, commitment.number)
    )
    if not rows:
        yield _note(setting, say("Nothing is missing, returned, not started or stopped."))
        return
    columns = (
        Column(head=say("Commitment"), align=Align.RIGHT),
        Column(head=say("Unit"), share=3),
        Column(head=say("How it stands"), share=2),
    )
    yield Table(caption=title, columns=columns, rows=rows, shows_caption=False)


def _open_rows(setting: Setting, meeting: Meeting, number: int) -> Iterator[tuple[Cell, ...]]:
    say, by_state = setting.say, dict[str, list[str]]()
    own = {unit.code for unit in setting.coverage.units} if meeting.audience.ministry is not None else set()
    returned = [one for one in meeting.returned if one.unit in own and one.key.commitment == number]
    for one in returned:
        name = _named(setting, setting.unit_name(one.unit), one.key.country)
        yield _open_row(setting, number, name, say("returned"), one.reason)
    for unit in setting.coverage.units:
        state = setting.coverage.cell(unit.code, CommitmentNumber(number))
        if state in (CellState.MISSING, CellState.LATE):
            by_state.setdefault(say(STATE[state]), []).append(setting.name(unit))
    for view in setting.views:
        for answer in view.on(CommitmentNumber(number)):
            if answer.status in (Status.NOT_STARTED, Status.STOPPED):
                by_state.setdefault(say(STATUS[answer.status]), []).append(_who(setting, view, answer))
    for word, names in by_state.items():
        yield _open_row(setting, number, say.listing(names), word)


def _open_row(setting: Setting, number: int, who: str, state: str, why: str = "") -> tuple[Cell, ...]:
    return (
        Cell(words=setting.words(str(number))),
        Cell(words=setting.words(who)),
        Cell(words=setting.words(state[:1].upper() + state[1:]), small=(setting.words(why),) if why else ()),
    )


# -- challenges and questions --------------------------------------------------------------------------


def _challenges(setting: Setting) -> Chapter:
    """What the units say is difficult, by kind; those that have named no kind stand last."""
    say = setting.say
    blocks: list[Block] = [_heading(setting, say("Challenges by kind"), "challenges")]
    for kind in (*ChallengeKind, None):
        told = [
            block
            for view, answer in _telling(setting)
            if _is_of(answer, kind)
            for block in _told(setting, view, answer)
        ]
        if told:
            name = say("Not told of which kind") if kind is None else say(CHALLENGE[kind])
            anchor = "challenge-none" if kind is None else f"challenge-{kind}"
            blocks += [Heading(level=2, words=setting.words(name), anchor=anchor, in_contents=True), *told]
    if len(blocks) == 1:
        blocks.append(_note(setting, say("No challenge is told of.")))
    return Chapter(blocks=tuple(blocks))


def _telling(setting: Setting) -> Iterator[tuple[View, Answer]]:
    for commitment in setting.plan.commitments:
        for view in setting.views:
            for answer in view.on(commitment.number):
                if any(text.field == "challenges" for text in answer.texts):
                    yield view, answer


def _is_of(answer: Answer, kind: ChallengeKind | None) -> bool:
    return not answer.challenge_kinds if kind is None else kind in answer.challenge_kinds


def _told(setting: Setting, view: View, answer: Answer) -> Iterator[Block]:
    label = setting.say("Commitment {number}", number=answer.commitment)
    yield Paragraph(words=setting.words(_who(setting, view, answer)), tone=Tone.LABEL, label=label)
    for text in answer.texts:
        if text.field == "challenges":
            yield from passage_blocks(text.passage)


def _questions(setting: Setting) -> Chapter:
    say = setting.say
    title = _heading(setting, say("Questions to talk about"), "questions")
    asked = tuple(setting.words(text) for text in _asked(setting))
    body = Bullets(items=asked) if asked else _note(setting, say("The answers raise no question of themselves."))
    return Chapter(blocks=(title, body))


def _asked(setting: Setting) -> Iterator[str]:
    """What the answers ask of themselves: what is often difficult, what stands still, what nobody has answered."""
    say = setting.say
    named = Counter(kind for _, answer in _telling(setting) for kind in answer.challenge_kinds)
    for kind, count in named.most_common(_MOST_NAMED):
        yield say.plural(
            "“{kind}” is named as a challenge in {n} answer. What can be done about it, and by whom?",
            "“{kind}” is named as a challenge in {n} answers. What can be done about it, and by whom?",
            count,
            kind=say(CHALLENGE[kind]),
        )
    for commitment in setting.plan.commitments:
        still = [
            _who(setting, view, answer)
            for view in setting.views
            for answer in view.on(commitment.number)
            if answer.status in (Status.NOT_STARTED, Status.STOPPED)
        ]
        place = f"{commitment.number} {commitment.titles[setting.language]}"
        if still:
            yield say(
                "Commitment {place}: what is needed for {units} to move on?", place=place, units=say.listing(still)
            )
        elif not any(view.on(commitment.number) for view in setting.views) and any(
            number == commitment.number for _, number in setting.coverage.cells
        ):
            yield say("Commitment {place}: nobody has answered. What is done about it?", place=place)


def _who(setting: Setting, view: View, answer: Answer) -> str:
    return _named(setting, setting.name(view.unit), answer.country)


def _named(setting: Setting, unit: str, country: CountryCode | None) -> str:
    return unit if country is None else f"{unit} – {setting.country(country)}"


def _note(setting: Setting, text: str) -> Paragraph:
    return Paragraph(words=setting.words(text), tone=Tone.NOTE)
