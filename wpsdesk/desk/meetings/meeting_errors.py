"""What can stand in the way of keeping meetings and their points."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year


@dataclass(eq=False, kw_only=True)
class NoSuchMeeting(WpsError):
    """No meeting of this year has this number."""

    year: Year
    number: int


@dataclass(eq=False, kw_only=True)
class NoSuchPoint(WpsError):
    """No point with this number was raised in the meeting."""

    year: Year
    number: int
    point: int


class PointWithoutWords(WpsError):
    """A point was to be kept that says nothing."""


@dataclass(eq=False, kw_only=True)
class NoSuchCommitment(WpsError):
    """The plan has no commitment with this number."""

    number: int


class TooManyPoints(WpsError):
    """A meeting holds as many points as it can."""
