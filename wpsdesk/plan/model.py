"""The action plan as values: areas, sections, commitments, ministries, focus countries, known units.

Source: the action plan *Kvinner, fred og sikkerhet 2023-2030*, its chapters and its appendix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal, TypeVar

from wpsdesk.base.ids import CommitmentNumber, CountryCode, EditionId, UnitCode

LanguageCode = Literal["nb", "nn", "en"]
"""The three languages of the program and of the report."""

T = TypeVar("T")

LANGUAGES: tuple[LanguageCode, ...] = ("nb", "nn", "en")


def language_code(code: str) -> LanguageCode:
    """A code that we have written ourselves; bokmål for any other."""
    return next((known for known in LANGUAGES if known == code), "nb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """One name in each of the three languages."""

    nb: str
    nn: str
    en: str

    def __getitem__(self, language: LanguageCode) -> str:
        match language:
            case "nb":
                return self.nb
            case "nn":
                return self.nn
            case "en":
                return self.en


class UnitKind(StrEnum):
    """What a reporting unit is."""

    MINISTRY = "ministry"
    MISSION = "mission"
    DELEGATION = "delegation"
    AGENCY = "agency"
    NORAD = "norad"
    CIVIL_SOCIETY = "civil-society"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A reporting unit. Unit, country and year are three separate keys: a mission is not a country."""

    code: UnitCode
    kind: UnitKind
    names: Names
    organisation_number: str | None = None  # nine digits, Brønnøysund
    parent: UnitCode | None = None
    covers: tuple[CountryCode, ...] = ()  # countries a mission answers for, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the plan's chapters: ``overall`` or a focus area."""

    id: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the eleven sections, each in one area."""

    id: str
    area: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One of the plan's 35 commitments."""

    number: CommitmentNumber
    section: str
    ministries: tuple[UnitCode, ...]  # in the plan's order, the lead first
    appendix: str  # the wording in the plan's appendix, bokmål, verbatim
    chapter: str  # the wording in the plan's chapter, bokmål, verbatim
    titles: Names  # ours, not the plan's: short, for lists and headings


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusCountry:
    """A focus country; the list is dynamic, so each has its validity."""

    code: CountryCode
    names: Names
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One edition of the plan, checked: every reference resolves, numbers run from 1 without gaps."""

    edition: EditionId
    title: Names
    first_year: int
    last_year: int
    areas: tuple[Area, ...]
    sections: tuple[Section, ...]
    commitments: tuple[Commitment, ...]
    focus_countries: tuple[FocusCountry, ...]
    units: tuple[Unit, ...]

    def commitment(self, number: CommitmentNumber) -> Commitment:
        """The commitment with this number. Raises KeyError."""
        if not 1 <= number <= len(self.commitments):
            raise KeyError(number)
        return self.commitments[number - 1]

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises KeyError."""
        return _only((s for s in self.sections if s.id == section_id), section_id)

    def area(self, area_id: str) -> Area:
        """The area with this id. Raises KeyError."""
        return _only((a for a in self.areas if a.id == area_id), area_id)

    def area_of(self, commitment: Commitment) -> Area:
        """The area that the commitment's section stands in."""
        return self.area(self.section(commitment.section).area)

    def in_area(self, area: Area) -> tuple[Commitment, ...]:
        """The area's commitments in the plan's order."""
        return tuple(c for c in self.commitments if self.section(c.section).area == area.id)

    def with_countries(self, countries: Iterable[FocusCountry]) -> Plan:
        """The plan with these in the place of the focus countries with the same code, and behind those what is new."""
        return replace(self, focus_countries=with_countries(self.focus_countries, countries))

    def country(self, code: CountryCode) -> FocusCountry:
        """The focus country with this code, valid or not. Raises KeyError."""
        return _only((c for c in self.focus_countries if c.code == code), code)


def with_countries(held: Iterable[FocusCountry], news: Iterable[FocusCountry]) -> tuple[FocusCountry, ...]:
    """Those of ``news`` in the place of the same countries, and behind the others what they add."""
    found = {country.code: country for country in news}
    return (*(found.pop(country.code, country) for country in held), *found.values())


def _only(found: Iterable[T], key: object) -> T:
    for value in found:
        return value
    raise KeyError(key)
