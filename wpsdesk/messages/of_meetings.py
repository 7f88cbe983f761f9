"""Sentences for what stands in the way of keeping meetings and their points."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.meetings.meeting_errors import (
    NoSuchCommitment,
    NoSuchMeeting,
    NoSuchPoint,
    PointWithoutWords,
    TooManyPoints,
)
from wpsdesk.i18n import N_
from wpsdesk.messages.saying import NOTHING_CHANGED, Row, row

MEETINGS: Final[tuple[Row, ...]] = (
    row(
        NoSuchMeeting,
        what=N_("There is no meeting {year}/{number}. Perhaps another officer has removed it."),
        kept=NOTHING_CHANGED,
        do=N_("Look at the list of meetings, and choose among those."),
        fill=lambda error, _say: {"year": error.year, "number": error.number},
    ),
    row(
        NoSuchPoint,
        what=N_("Meeting {year}/{number} has no point {point}. Perhaps another officer has removed it."),
        kept=NOTHING_CHANGED,
        do=N_("Look at the points of the meeting, and choose among those."),
        fill=lambda error, _say: {"year": error.year, "number": error.number, "point": error.point},
    ),
    row(
        PointWithoutWords,
        what=N_("A point must say something."),
        kept=NOTHING_CHANGED,
        do=N_("Write what was raised, in a sentence."),
    ),
    row(
        NoSuchCommitment,
        what=N_("The plan has no commitment {number}."),
        kept=NOTHING_CHANGED,
        do=N_("Look the number up in the plan."),
        fill=lambda error, _say: {"number": error.number},
    ),
    row(
        TooManyPoints,
        what=N_("The meeting holds as many points as it can."),
        kept=NOTHING_CHANGED,
        do=N_("List the rest under a second meeting on the same day."),
    ),
)
