"""Meetings and points in words: names, what a point concerns, and the pack to read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from wpsdesk.compilation.plain_packs import Pack, PackCell, PackPart
from wpsdesk.desk.meetings.holding import Raised
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.words import word
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.report.meetings import Meeting, Point

SHARES: Final = (1, 5, 3, 3, 2)


def meeting_name(meeting: Meeting, say: Catalogue) -> str:
    """``12. april 2027, Departementer: Status for tiltakene``."""
    name = f"{say.date(meeting.day)}, {word(meeting.kind, say)}"
    return f"{name}: {meeting.subject}" if meeting.subject else name


def point_number(meeting: Meeting, point: Point) -> str:
    """``2026/3/1``, as it is asked for by command."""
    return f"{meeting.year}/{meeting.number}/{point.number}"


def concerns(point: Point, plan: Plan, say: Catalogue, language: LanguageCode, *, is_long: bool = False) -> str:
    """The commitment, the unit and the country that a point is about; "" where none was told."""
    told = []
    if point.commitment is not None:
        told.append(say("Commitment {n}", n=point.commitment))
        if is_long:
            told[0] += f" {plan.commitment(point.commitment).titles[language]}"
    if point.unit is not None:
        told.append(str(point.unit))
    if point.country is not None:
        names = {each.code: each.names[language] for each in plan.focus_countries}
        told.append(names.get(point.country, point.country))
    return " · ".join(told)


def due_words(each: Raised, say: Catalogue) -> str:
    """When it is due, and how late it is."""
    point = each.point
    told = "" if point.due is None else say.date(point.due)
    if each.late:
        told = f"{told} ({say.plural('{n} day late', '{n} days late', each.late)})"
    return told


def age_words(each: Raised, say: Catalogue) -> str:
    """How long a point has waited, and from which year it is carried."""
    told = say.plural("{n} day old", "{n} days old", each.days)
    if each.is_carried:
        told = f"{told}, {say('carried from {year}', year=each.meeting.year)}"
    return told


def meeting_pack(
    desk: Desk,
    held: Collection[Meeting],
    raised: Collection[Raised],
    *,
    year: int,
    say: Catalogue,
    language: LanguageCode,
) -> Pack:
    """What is open, then every meeting with its points: to be read before the next one."""
    open_ones = [each for each in raised if each.point.is_open]
    parts = [_part(say("Open points"), open_ones, desk, say, language, with_meeting=True)]
    for meeting in sorted(held, key=lambda each: (each.day, each.number)):
        own = [each for each in raised if each.meeting == meeting]
        facts = [(say("Who took part"), " ".join(meeting.who.split()))] if meeting.who else []
        own.sort(key=lambda each: each.point.number)
        parts.append(_part(meeting_name(meeting, say), own, desk, say, language, facts=tuple(facts)))
    made: datetime = desk.clock()
    return Pack(
        language=language,
        title=say("Meetings on women, peace and security, {year}", year=year),
        note=f"{desk.unit.names[language]} · {say.moment(made)}",
        publisher=desk.unit.names[language],
        mark=say("INTERNAL"),
        made=made,
        parts=tuple(parts),
    )


def _part(
    title: str,
    raised: Collection[Raised],
    desk: Desk,
    say: Catalogue,
    language: LanguageCode,
    *,
    facts: tuple[tuple[str, str], ...] = (),
    with_meeting: bool = False,
) -> PackPart:
    return PackPart(
        title=title,
        facts=facts,
        note="" if raised else say("No points."),
        heads=(say("No."), say("Point"), say("Follow-up"), say("Owner and due day"), say("How it stands")),
        shares=SHARES,
        rows=tuple(_row(each, desk, say, language, with_meeting=with_meeting) for each in raised),
    )


def _row(
    each: Raised, desk: Desk, say: Catalogue, language: LanguageCode, *, with_meeting: bool
) -> tuple[PackCell, ...]:
    point, meeting = each.point, each.meeting
    about = concerns(point, desk.plan, say, language, is_long=True)
    beneath = [about, meeting_name(meeting, say) if with_meeting else ""]
    return (
        PackCell(text=f"{meeting.number}/{point.number}" if not each.is_carried else point_number(meeting, point)),
        PackCell(text=point.text, small=tuple(filter(None, beneath))),
        PackCell(text=point.follow_up, small=tuple(filter(None, (point.result,)))),
        PackCell(text=point.owner, small=tuple(filter(None, (due_words(each, say),)))),
        PackCell(text=word(point.state, say), small=(age_words(each, say),) if point.is_open else ()),
    )
