"""Meetings on the plan and the points raised in them, as values and as JSON. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import COUNTRY_CODE, UNIT_CODE, CommitmentNumber, CountryCode, UnitCode, Year

MAX_LINE: Final = 300  # characters of a subject, a name
MAX_TEXT: Final = 8000  # characters of a point, of its follow-up
MOST_POINTS: Final = 500  # of one meeting
MOST: Final = 99_999  # the highest number of a meeting or a point


class MeetingKind(StrEnum):
    """With whom a meeting was held."""

    MINISTRIES = "ministries"
    CIVIL_SOCIETY = "civil-society"
    RESEARCHERS = "researchers"
    REVIEW = "review"  # the interministerial review of the plan
    OTHER = "other"


class PointState(StrEnum):
    """How far the follow-up of a point has come."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point that was raised, what it concerns where that was told, and its follow-up."""

    number: int  # within its meeting, from 1; never given to another
    text: str
    commitment: CommitmentNumber | None = None
    unit: UnitCode | None = None
    country: CountryCode | None = None
    follow_up: str = ""  # what is to be done
    owner: str = ""
    due: date | None = None
    state: PointState = PointState.OPEN
    result: str = ""  # what came of it
    closed: date | None = None  # the day on which it was done or dropped

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (PointState.OPEN, PointState.UNDER_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a reporting year."""

    year: Year
    number: int  # within its year, from 1; never given to another
    day: date
    kind: MeetingKind
    subject: str
    who: str  # who took part
    points: tuple[Point, ...] = ()


def meeting_to_json(meeting: Meeting) -> dict[str, object]:
    """A meeting with its points."""
    return {
        "year": meeting.year,
        "number": meeting.number,
        "day": meeting.day.isoformat(),
        "kind": meeting.kind,
        "title": meeting.subject,
        "who": meeting.who,
        "points": [point_to_json(point) for point in meeting.points],
    }


def point_to_json(point: Point) -> dict[str, object]:
    """A point."""
    return {
        "number": point.number,
        "text": point.text,
        "commitment": point.commitment,
        "unit": point.unit,
        "country": point.country,
        "follow_up": point.follow_up,
        "owner": point.owner,
        "due": None if point.due is None else point.due.isoformat(),
        "state": point.state,
        "result": point.result,
        "closed": None if point.closed is None else point.closed.isoformat(),
    }


def meeting_from(reader: Reader) -> Meeting:
    """The meeting that :func:`meeting_to_json` wrote. Raises Malformed."""
    found = Meeting(
        year=Year(reader.get("year").integer(2000, 2199)),
        number=reader.get("number").integer(1, MOST),
        day=reader.get("day").date(),
        kind=reader.get("kind").choice(MeetingKind),
        subject=reader.get("title").line(at_most=MAX_LINE),
        who=reader.get("who").text(at_most=MAX_TEXT),
        points=reader.get("points").tuple_of(_point_from, at_most=MOST_POINTS),
    )
    reader.done()
    return found


def _point_from(reader: Reader) -> Point:
    found = Point(
        number=reader.get("number").integer(1, MOST),
        text=reader.get("text").text(at_most=MAX_TEXT),
        commitment=reader.maybe("commitment", lambda r: CommitmentNumber(r.integer(1, 999))),
        unit=reader.maybe("unit", lambda r: UnitCode(r.matching(UNIT_CODE))),
        country=reader.maybe("country", lambda r: CountryCode(r.matching(COUNTRY_CODE))),
        follow_up=reader.get("follow_up").text(at_most=MAX_TEXT),
        owner=reader.get("owner").line(at_most=MAX_LINE),
        due=reader.maybe("due", lambda r: r.date()),
        state=reader.get("state").choice(PointState),
        result=reader.get("result").text(at_most=MAX_TEXT),
        closed=reader.maybe("closed", lambda r: r.date()),
    )
    reader.done()
    return found
