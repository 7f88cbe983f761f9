"""What can stand in the way of a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.report.states import Decision


@dataclass(eq=False, kw_only=True)
class ReasonMissing(WpsError):
    """An answer was to be returned without a word about why."""

    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class NoSuchAnswer(WpsError):
    """The unit's report that is in force has no such answer."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class UnderReview(WpsError):
    """Another officer has the answer in hand."""

    unit: UnitCode
    commitment: int
    country: str | None
    officer: str
    since: datetime


@dataclass(eq=False, kw_only=True)
class ReviewedMeanwhile(WpsError):
    """Another officer has decided since the answer was looked at."""

    unit: UnitCode
    commitment: int
    country: str | None
    officer: str
    at: datetime
    decision: Decision


@dataclass(eq=False, kw_only=True)
class NothingToWithdraw(WpsError):
    """The answer has no decision that can still be undone: there is none, or the unit has been told."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class AnsweredMeanwhile(WpsError):
    """The unit has sent another answer since the officer read this one."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class NoSuchReason(WpsError):
    """A standard reason that is not on UD's own list: the program's own cannot be taken away."""

    number: int


@dataclass(eq=False, kw_only=True)
class NoMoreTime(WpsError):
    """The day to which a deadline was to be moved is not later than the deadline, or has passed."""

    until: date
    deadline: date
