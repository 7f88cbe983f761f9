"""What can stand in the way of a call, of its lists of units, and of what is written out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.report.questions import QuestionId, QuestionKind
from wpsdesk.report.unit_rows import BadCell


@dataclass(eq=False, kw_only=True)
class UnknownForm(WpsError):
    """A file was to be written whose ending names no form that can be written here."""

    path: Path
    forms: tuple[str, ...]  # the endings that do


@dataclass(eq=False, kw_only=True)
class NotAsked(WpsError):
    """The call of the year does not ask this unit."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class TableUnreadable(WpsError):
    """A file that should be a table is neither values in lines nor a workbook."""

    path: Path


@dataclass(eq=False, kw_only=True)
class BadCells(WpsError):
    """A table has cells that cannot be taken, so nothing of it was."""

    path: Path
    problems: tuple[BadCell, ...]


@dataclass(eq=False, kw_only=True)
class WrongOrganisationNumber(WpsError):
    """An organisation number that cannot be: nine digits, the last of which checks the others."""

    unit: UnitCode
    number: str


@dataclass(eq=False, kw_only=True)
class OneOrganisationTwice(WpsError):
    """Two units of a call with one organisation number."""

    number: str
    first: UnitCode
    second: UnitCode


@dataclass(eq=False, kw_only=True)
class NoParent(WpsError):
    """An agency that belongs to no unit that is known."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class QuestionTwice(WpsError):
    """Two of UD's own questions in a call with one id."""

    question: QuestionId


@dataclass(eq=False, kw_only=True)
class QuestionOfAnotherKind(WpsError):
    """A question was asked before, in this or another year, with another type of answer."""

    question: QuestionId
    before: QuestionKind
    now: QuestionKind


@dataclass(eq=False, kw_only=True)
class NoSuchQuestion(WpsError):
    """No question with this id is to be asked."""

    question: str


@dataclass(eq=False, kw_only=True)
class EndsBeforeItBegins(WpsError):
    """A focus country was to end before the day on which it begins."""

    code: str
    begins: date
    ends: date
