"""Keeping the meetings of the year and the points raised in them; each change leaves a line in the journal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UNIT_CODE, CommitmentNumber, CountryCode, UnitCode, Year, nfc
from wpsdesk.desk.call.countries import with_known_countries
from wpsdesk.desk.errors import UnknownCountry, UnknownUnit
from wpsdesk.desk.keys.authority import next_number
from wpsdesk.desk.meetings.meeting_errors import (
    NoSuchCommitment,
    NoSuchMeeting,
    NoSuchPoint,
    PointWithoutWords,
    TooManyPoints,
)
from wpsdesk.desk.model import LIMIT, Desk, require_authority
from wpsdesk.report.meetings import (
    MAX_LINE,
    MAX_TEXT,
    MOST_POINTS,
    Meeting,
    MeetingKind,
    Point,
    PointState,
    meeting_from,
    meeting_to_json,
)
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

KIND: Final = "meeting"
"""The kind of document; its key is ``2026/0007``."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told of a meeting."""

    day: date
    kind: MeetingKind
    subject: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a point: members that are None stay as they are, so two officers can change one point.

    ``""``, 0 and ``date.min`` take away what stood there.
    """

    text: str | None = None
    commitment: int | None = None
    unit: str | None = None
    country: str | None = None
    follow_up: str | None = None
    owner: str | None = None
    due: date | None = None
    state: PointState | None = None
    result: str | None = None


# -- meetings --------------------------------------------------------------------------------------


def hold(desk: Desk, year: Year, about: About, *, officer: str = "") -> Meeting:
    """Keep a meeting of a reporting year, and give it the year's next number. Raises OnlyTheAuthority."""
    require_authority(desk)
    with desk.store.write() as tx:
        number = next_number(tx, f"{KIND}/{year}")
        held = Meeting(
            year=year, number=number, day=about.day, kind=about.kind, subject=_line(about.subject), who=_text(about.who)
        )
        _put(tx, held)
        _note(tx, desk, "meeting-held", held, officer=officer)
    return held


def amend(desk: Desk, year: Year, number: int, about: About, *, officer: str = "") -> Meeting:
    """Say anew when a meeting was held, with whom, on what. Raises OnlyTheAuthority, NoSuchMeeting."""
    require_authority(desk)
    with desk.store.write() as tx:
        held = meeting_in(tx, year, number)
        changed = replace(
            held, day=about.day, kind=about.kind, subject=_line(about.subject), who=_text(about.who)
        )  # fmt: skip
        _put(tx, changed)
        _note(tx, desk, "meeting-changed", changed, officer=officer)
    return changed


def remove(desk: Desk, year: Year, number: int, *, officer: str = "") -> Meeting:
    """Remove a meeting and its points, and give back what it was. Raises OnlyTheAuthority, NoSuchMeeting."""
    require_authority(desk)
    with desk.store.write() as tx:
        held = meeting_in(tx, year, number)
        remove_document(tx, KIND, _key(year, number))
        _note(tx, desk, "meeting-removed", held, officer=officer)
    return held


def meetings(desk: Desk, year: Year | None = None) -> tuple[Meeting, ...]:
    """The meetings of a reporting year, or all, the latest first. Raises OnlyTheAuthority."""
    require_authority(desk)
    with desk.store.read() as tx:
        found = [meeting_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, KIND)]
    wanted = (each for each in found if year in (None, each.year))
    return tuple(sorted(wanted, key=lambda each: (each.day, each.year, each.number), reverse=True))


# -- points ----------------------------------------------------------------------------------------


def raise_point(desk: Desk, year: Year, number: int, told: Told, *, officer: str = "") -> Point:
    """Keep a point that was raised in a meeting.

    Raises OnlyTheAuthority, NoSuchMeeting, PointWithoutWords, NoSuchCommitment, UnknownUnit, UnknownCountry,
    TooManyPoints.
    """
    require_authority(desk)
    with desk.store.write() as tx:
        held = meeting_in(tx, year, number)
        if len(held.points) >= MOST_POINTS:
            raise TooManyPoints
        new = Point(number=next_number(tx, f"{KIND}/{_key(year, number)}"), text="")
        made = _told(desk, new, told)
        _put(tx, replace(held, points=(*held.points, made)))
        _note(tx, desk, "point-raised", held, made, officer=officer)
    return made


def follow_up(desk: Desk, year: Year, number: int, point: int, told: Told, *, officer: str = "") -> Point:
    """Change what is told of a point: its words, owner, due day, state, result.

    Raises OnlyTheAuthority, NoSuchMeeting, NoSuchPoint, PointWithoutWords, NoSuchCommitment, UnknownUnit,
    UnknownCountry.
    """
    require_authority(desk)
    with desk.store.write() as tx:
        held = meeting_in(tx, year, number)
        changed = _told(desk, _point(held, point), told)
        _put(tx, replace(held, points=tuple(changed if each.number == point else each for each in held.points)))
        _note(tx, desk, "point-followed", held, changed, officer=officer)
    return changed


def remove_point(desk: Desk, year: Year, number: int, point: int, *, officer: str = "") -> Point:
    """Remove a point, and give back what it was. Raises OnlyTheAuthority, NoSuchMeeting, NoSuchPoint."""
    require_authority(desk)
    with desk.store.write() as tx:
        held = meeting_in(tx, year, number)
        gone = _point(held, point)
        _put(tx, replace(held, points=tuple(each for each in held.points if each.number != point)))
        _note(tx, desk, "point-removed", held, gone, officer=officer)
    return gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A point with the meeting in which it was raised, and how long it has waited."""

    meeting: Meeting
    point: Point
    is_carried: bool  # raised in an earlier year, and still open
    days: int  # since the meeting
    late: int  # days past its due day while it is open; 0 where there is none


def points(desk: Desk, year: Year, *, only_open: bool = False) -> tuple[Raised, ...]:
    """The points of a reporting year, and those of earlier years that are still open.

    What is late comes first, then what is due soonest, then the oldest; what is done comes last.
    Raises OnlyTheAuthority.
    """
    today = desk.clock().astimezone().date()
    found = [
        _raised(meeting, point, year, today)
        for meeting in meetings(desk)
        for point in meeting.points
        if meeting.year == year or (meeting.year < year and point.is_open)
    ]
    wanted = (each for each in found if each.point.is_open or not only_open)
    return tuple(sorted(wanted, key=_in_order))


def _raised(meeting: Meeting, point: Point, year: Year, today: date) -> Raised:
    late = 0 if point.due is None or not point.is_open else max(0, (today - point.due).days)
    return Raised(
        meeting=meeting,
        point=point,
        is_carried=meeting.year < year,
        days=max(0, (today - meeting.day).days),
        late=late,
    )


def _in_order(each: Raised) -> tuple[bool, int, date, date, int, int]:
    point, meeting = each.point, each.meeting
    return (not point.is_open, -each.late, point.due or date.max, meeting.day, meeting.number, point.number)


# -- within ----------------------------------------------------------------------------------------


def meeting_in(tx: Tx, year: Year, number: int) -> Meeting:
    """The meeting, within a transaction. Raises NoSuchMeeting."""
    data = document(tx, KIND, _key(year, number))
    if data is None:
        raise NoSuchMeeting(year=year, number=number)
    return meeting_from(load_json(data, limit=LIMIT))


def _point(held: Meeting, number: int) -> Point:
    found = next((each for each in held.points if each.number == number), None)
    if found is None:
        raise NoSuchPoint(year=held.year, number=held.number, point=number)
    return found


def _told(desk: Desk, point: Point, told: Told) -> Point:
    """The point with what is told of it. The day on which it was closed follows from its state."""
    state = point.state if told.state is None else told.state
    is_open = state in (PointState.OPEN, PointState.UNDER_WAY)
    closed = None if is_open else point.closed or desk.clock().astimezone().date()
    found = Point(
        number=point.number,
        text=_or(told.text, point.text, _text),
        commitment=point.commitment if told.commitment is None else _commitment(desk, told.commitment),
        unit=point.unit if told.unit is None else _unit(told.unit),
        country=point.country if told.country is None else _country(desk, told.country),
        follow_up=_or(told.follow_up, point.follow_up, _text),
        owner=_or(told.owner, point.owner, _line),
        due=point.due if told.due is None else None if told.due == date.min else told.due,
        state=state,
        result=_or(told.result, point.result, _text),
        closed=closed,
    )
    if not found.text:
        raise PointWithoutWords
    return found


def _or(told: str | None, before: str, tidy: Callable[[str], str]) -> str:
    return before if told is None else tidy(told)


def _commitment(desk: Desk, number: int) -> CommitmentNumber | None:
    if number == 0:
        return None
    if all(number != each.number for each in desk.plan.commitments):
        raise NoSuchCommitment(number=number)
    return CommitmentNumber(number)


def _unit(code: str) -> UnitCode | None:
    if not code:
        return None
    if not UNIT_CODE.fullmatch(code):
        raise UnknownUnit(code=code)
    return UnitCode(code)


def _country(desk: Desk, code: str) -> CountryCode | None:
    if not code:
        return None
    if all(code != each.code for each in with_known_countries(desk).plan.focus_countries):
        raise UnknownCountry(code=code)
    return CountryCode(code)


def _text(text: str) -> str:
    return _CONTROL.sub(" ", nfc(text)).strip()[:MAX_TEXT]


def _line(text: str) -> str:
    return " ".join(_text(text).split())[:MAX_LINE]


def _key(year: Year, number: int) -> str:
    return f"{year}/{number:04d}"


def _put(tx: Tx, held: Meeting) -> None:
    put_document(tx, KIND, _key(held.year, held.number), canonical_json(meeting_to_json(held)))


def _note(tx: Tx, desk: Desk, what: str, held: Meeting, point: Point | None = None, *, officer: str) -> None:
    about = f"{held.year}/{held.number}"
    if point is not None:
        about = f"{about}/{point.number}" if point.unit is None else f"{point.unit}/{about}/{point.number}"
    note(tx, what, who=officer or desk.unit.code, now=desk.clock(), about=about)
