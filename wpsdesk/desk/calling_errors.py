"""What can stand in the way of a call, of its lists of units, and of what is written out of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year


@dataclass(eq=False, kw_only=True)
class UnknownForm(WpsError):
    """A file was to be written whose ending names no form that can be written here."""

    path: Path


@dataclass(eq=False, kw_only=True)
class NotAsked(WpsError):
    """The call of the year does not ask this unit."""

    unit: UnitCode
    year: Year
