"""Why a worksheet is refused as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError


class NotAWorksheet(WpsError):
    """A file is no spreadsheet, or none that WPS Desk has written."""


class UnsafeWorksheet(WpsError):
    """A spreadsheet is larger inside than a worksheet can be, or holds macros or what no worksheet has."""


@dataclass(eq=False, kw_only=True)
class WorksheetVersion(WpsError):
    """A worksheet of another version of the form than this program knows."""

    found: int


@dataclass(eq=False, kw_only=True)
class WorksheetOfAnotherPlan(WpsError):
    """A worksheet of another edition of the plan."""

    found: str


@dataclass(eq=False, kw_only=True)
class WorksheetFaulty(WpsError):
    """Some cells of a worksheet cannot be read, and all of it or nothing was wanted."""

    cells: int
