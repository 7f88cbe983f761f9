"""The days for reminders that a call names: which has come, and who is to be reminded by it and has not been."""

from __future__ import annotations

from datetime import date

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.desk.remembering import beginning_of, journal
from wpsdesk.desk.review.reminding import Reminder, reminders
from wpsdesk.desk.submission.course import course
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.call import Call
from wpsdesk.report.states import ReportState
from wpsdesk.store.journal import Sought

_OUT_OF_HAND = (ReportState.SENT, ReportState.RECEIVED, ReportState.ACCEPTED)


def day_come(desk: Desk, call: Call) -> date | None:
    """The latest day for a reminder that has come, or None."""
    today = desk.clock().astimezone().date()
    return max((day for day in call.reminders if day <= today), default=None)


def reminders_due(desk: Desk, year: Year, *, language: LanguageCode | None = None) -> tuple[Reminder, ...]:
    """Reminders for the units that owe something and have not been written to since the day came; none before it.

    Raises OnlyTheAuthority, NoCall, NoCallFor.
    """
    require_gathering(desk)
    day = day_come(desk, require_call(desk, year))
    if day is None:
        return ()
    since = Sought(what="reminded", since=beginning_of(day))
    written = {line.about for line in journal(desk, 10_000, since)}
    return tuple(
        each for each in reminders(desk, year, language=language) if _about(each.unit.code, year) not in written
    )


def _about(unit: UnitCode, year: Year) -> str:
    """As a line of the journal names who was reminded of what."""
    return f"{unit}/{year}"


def reminded(desk: Desk, call: Call) -> date | None:
    """On a unit's desk: the day on which UD meant to remind, where it has come and the report has not gone."""
    day = day_come(desk, call)
    return None if day is None or course(desk, call.year).state in _OUT_OF_HAND else day
