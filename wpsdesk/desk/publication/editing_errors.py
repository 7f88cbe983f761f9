"""What can stand in the way of editing for publication, and of a release."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.publication.points import Point


@dataclass(eq=False, kw_only=True)
class NoSuchText(WpsError):
    """A text of UD's own that no report has: it is the foreword, the introduction or an area's summary."""

    place: str
    areas: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class NotEdited(WpsError):
    """Nothing is written for publication where something was to be confirmed, cleared or put back."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class WhyMissing(WpsError):
    """An answer was to be left out, or a text to be cleared for the public, without a word about why."""


@dataclass(eq=False, kw_only=True)
class NotTogether(WpsError):
    """Two answers that cannot be told together: they must be two, on one commitment, and the other in its own place."""

    commitment: int


@dataclass(eq=False, kw_only=True)
class SameLanguage(WpsError):
    """A text was to be translated into the language in which it is written."""

    language: str


@dataclass(eq=False, kw_only=True)
class NothingToTranslate(WpsError):
    """The field that was to be translated is empty."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class TextTooLong(WpsError):
    """A text for publication with more characters than there is room for."""

    limit: int


@dataclass(eq=False, kw_only=True)
class NothingToUndo(WpsError):
    """Nothing has been written for the year's publication that could be undone."""

    year: Year


@dataclass(eq=False, kw_only=True)
class NotReady(WpsError):
    """The checklist has points that are not met, and nobody has said that the report may go as it is."""

    points: tuple[Point, ...]


@dataclass(eq=False, kw_only=True)
class NoSuchRelease(WpsError):
    """A release that has not been made."""

    year: Year
    number: int


@dataclass(eq=False, kw_only=True)
class ReleasedMeanwhile(WpsError):
    """Somebody else has released the report while this release was being made."""

    year: Year


@dataclass(eq=False, kw_only=True)
class NoSuchAudience(WpsError):
    """A pack for a meeting was asked for, with somebody for whom there is none."""

    name: str
    ministries: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class NoSuchAgreement(WpsError):
    """The aid statistics of the year have no such agreement."""

    agreement: str
    year: Year
