"""What every part of the report is written from: the plan, the call, the views, the figures and the language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wpsdesk.base.ids import CountryCode, UnitCode, Year
from wpsdesk.compilation.editing import UNEDITED, Editing
from wpsdesk.compilation.figures import Coverage
from wpsdesk.compilation.release import Release
from wpsdesk.compilation.restriction import View
from wpsdesk.compilation.sources import Edition, Order
from wpsdesk.compilation.terms import country_name
from wpsdesk.compilation.tree import Words
from wpsdesk.compilation.years import ALONE, Years
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode, Plan, Unit
from wpsdesk.report.aid import AidStatistics
from wpsdesk.report.call import Call


class Voice(Protocol):
    """What pictures and tables are told with: the words of a language, and names in it."""

    @property
    def say(self) -> Catalogue:
        """The report's texts."""
        ...

    @property
    def plan(self) -> Plan:
        """Whose commitments are named."""
        ...

    @property
    def language(self) -> LanguageCode:
        """Of the names."""
        ...

    def words(self, text: str) -> Words:
        """A text of ours, in the language."""
        ...

    def country(self, code: CountryCode) -> str:
        """The country's name in the language."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReports:
    """The voice of what is shown where no report is being written."""

    plan: Plan
    language: LanguageCode
    say: Catalogue

    def words(self, text: str) -> Words:
        """A text of ours, in the language."""
        return Words(text=text, language=self.language)

    def country(self, code: CountryCode) -> str:
        """The country's name in the language."""
        return country_name(self.plan, None, self.say, self.language, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One report being written. ``views`` already lack what the edition must not show."""

    plan: Plan
    call: Call
    views: tuple[View, ...]  # in the order of the coverage's units
    coverage: Coverage
    year: Year
    edition: Edition
    language: LanguageCode
    say: Catalogue
    compiled: datetime
    order: Order = Order.COMMITMENT
    editing: Editing = UNEDITED
    release: Release | None = None  # None: a draft
    years: Years = ALONE

    @property
    def aid(self) -> AidStatistics | None:
        """The aid statistics of the report's own year."""
        return next((each for each in self.years.aid if each.year == self.year), None)

    @property
    def aid_before(self) -> tuple[AidStatistics, ...]:
        """Those of the years before, the first one first."""
        return tuple(sorted((each for each in self.years.aid if each.year < self.year), key=lambda each: each.year))

    def words(self, text: str) -> Words:
        """A text of ours, in the report's language."""
        return Words(text=text, language=self.language)

    def unit_name(self, code: UnitCode) -> str:
        """A unit's name in the report's language; the code where nobody knows the unit."""
        units = (*self.coverage.units, *self.plan.units)
        return next((self.name(unit) for unit in units if unit.code == code), code)

    def name(self, unit: Unit) -> str:
        """The unit's name in the report's language."""
        return unit.names[self.language]

    def names(self, units: Iterable[Unit]) -> str:
        """``a, b og c``."""
        return self.say.listing(self.name(unit) for unit in units)

    def country(self, code: CountryCode) -> str:
        """The country's name in the report's language."""
        return country_name(self.plan, self.call, self.say, self.language, code)
