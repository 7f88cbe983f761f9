"""What can stand in the way of choosing between two reports."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.report.model import EntryKey


@dataclass(eq=False, kw_only=True)
class NoSuchConflict(WpsError):
    """There is no report with this digest that waits for a choice."""

    digest: Digest


@dataclass(eq=False, kw_only=True)
class ConflictChanged(WpsError):
    """Another report of the unit stands than when the officer looked."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class AnswersNotSettled(WpsError):
    """Some answer on which the reports differ has no choice, or one that cannot stand."""

    unit: UnitCode
    keys: tuple[EntryKey, ...]


@dataclass(eq=False, kw_only=True)
class NoteMissing(WpsError):
    """Both answers were to be kept without a word to the unit about why."""

    unit: UnitCode
    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class NothingChosen(WpsError):
    """The unit has no choice that can be undone: there is none, or it has been told."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class NothingToChoose(WpsError):
    """No report of the unit waits for a choice."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class TooMuchTogether(WpsError):
    """Both answers together are longer than an answer may be."""

    unit: UnitCode
    year: Year
