"""Units and focus countries out of the rows of a table, with what is wrong told by cell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from wpsdesk.base.ids import COUNTRY_CODE, UNIT_CODE, CommitmentNumber, CountryCode, UnitCode
from wpsdesk.plan.model import FocusCountry, Names, Plan, Unit, UnitKind
from wpsdesk.report.call import Asked, lead_cells

Rows = tuple[tuple[str, ...], ...]


class CellProblem(StrEnum):
    """What can be the matter with a cell."""

    NO_COLUMN = "no-column"  # a column that must be there is not
    UNKNOWN_COLUMN = "unknown-column"
    TWO_COLUMNS = "two-columns"  # two columns for the same thing
    NO_ROWS = "no-rows"
    CODE = "code"
    CODE_TWICE = "code-twice"
    KIND = "kind"
    NO_NAME = "no-name"
    ORGANISATION = "organisation"
    ORGANISATION_TWICE = "organisation-twice"
    NO_PARENT = "no-parent"
    UNKNOWN_PARENT = "unknown-parent"
    COUNTRY = "country"
    NEW_COUNTRY = "new-country"  # no focus country so far, and without the name or the day that a new one needs
    COMMITMENT = "commitment"
    DAY = "day"
    ENDS_BEFORE = "ends-before"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """One cell that cannot be taken: its row from 1, its column's letter, what stands there, and what is wrong."""

    row: int
    column: str
    value: str
    problem: CellProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsRead:
    """What a table of units says; where anything is wrong, nothing of it is to be taken."""

    asked: tuple[Asked, ...]
    problems: tuple[BadCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesRead:
    """What a table of focus countries says; where anything is wrong, nothing of it is to be taken."""

    countries: tuple[FocusCountry, ...]
    problems: tuple[BadCell, ...]


_UNIT_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "kode", "enhetskode", "einingskode", "unit", "enhet", "eining"),
    "kind": ("kind", "type", "slag", "art"),
    "nb": ("name", "navn", "namn", "name_nb", "navn_nb", "namn_nb", "nb"),
    "nn": ("name_nn", "navn_nn", "namn_nn", "nn"),
    "en": ("name_en", "navn_en", "namn_en", "en"),
    "organisation": ("organisation_number", "organisasjonsnummer", "orgnr", "org.nr", "org.nr.", "orgno"),
    "parent": ("parent", "overordnet", "overordna"),
    "countries": ("countries", "land", "country", "covers"),
    "commitments": ("commitments", "tiltak", "commitment"),
}
_COUNTRY_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "kode", "country", "land", "landkode"),
    "nb": ("name", "navn", "namn", "name_nb", "navn_nb", "namn_nb", "nb", "bokmål"),
    "nn": ("name_nn", "navn_nn", "namn_nn", "nn", "nynorsk"),
    "en": ("name_en", "navn_en", "namn_en", "en", "english", "engelsk"),
    "from": ("from", "fra", "frå", "valid_from", "gyldig_fra", "gyldig_frå"),
    "to": ("to", "til", "valid_to", "gyldig_til"),
}
_KINDS: Final[Mapping[UnitKind, tuple[str, ...]]] = {
    UnitKind.MINISTRY: ("ministry", "departement"),
    UnitKind.MISSION: ("mission", "utenriksstasjon", "utanriksstasjon", "ambassade", "embassy"),
    UnitKind.DELEGATION: ("delegation", "delegasjon"),
    UnitKind.AGENCY: ("agency", "etat", "direktorat", "underliggende etat", "underliggjande etat"),
    UnitKind.NORAD: ("norad",),
    UnitKind.CIVIL_SOCIETY: ("civil-society", "civil society", "sivilsamfunn", "organisasjon", "organisation"),
}
_EVERY: Final = frozenset({"all", "alle", "*"})
_WEIGHTS: Final = (3, 2, 7, 6, 5, 4, 3, 2)
_SPAN: Final = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?")
_SERIAL: Final = re.compile(r"[3-9][0-9]{4}")
_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def is_organisation_number(number: str) -> bool:
    """Whether the ninth digit is the check digit of the eight before it, as Brønnøysund counts it (modulus 11)."""
    if not re.fullmatch(r"[0-9]{9}", number):
        return False
    rest = -sum(int(digit) * weight for digit, weight in zip(number[:8], _WEIGHTS, strict=True)) % 11
    return rest == int(number[8])  # a rest of 10 has no digit, and no number


class _Table:
    """The rows under their heads; collects what is wrong."""

    def __init__(self, rows: Rows, heads: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> None:
        self.problems: list[BadCell] = []
        self.seen: dict[str, set[str]] = {}
        first = next((place for place, row in enumerate(rows) if row), 0)
        self.rows = [(number, row) for number, row in enumerate(rows[first + 1 :], start=first + 2) if row]
        self.columns: dict[str, int] = {}
        for place, head in enumerate(rows[first] if rows else ()):
            word = head.casefold().replace(" ", "_") if head else ""
            name = next((name for name, known in heads.items() if word in known), "")
            if name in self.columns:
                self.refuse(first + 1, place, head, CellProblem.TWO_COLUMNS)
            elif name:
                self.columns[name] = place
            elif head:
                self.refuse(first + 1, place, head, CellProblem.UNKNOWN_COLUMN)
        for name in needed:
            if name not in self.columns:
                self.problems.append(
                    BadCell(row=first + 1, column="", value=heads[name][0], problem=CellProblem.NO_COLUMN)
                )
        if not self.rows:
            self.problems.append(BadCell(row=first + 1, column="", value="", problem=CellProblem.NO_ROWS))

    def cell(self, row: tuple[str, ...], name: str) -> str:
        place = self.columns.get(name, -1)
        return row[place] if 0 <= place < len(row) else ""

    def refuse(self, number: int, place: int, value: str, problem: CellProblem) -> None:
        self.problems.append(BadCell(row=number, column=letters(place), value=value, problem=problem))

    def once(self, number: int, name: str, value: str, problem: CellProblem) -> None:
        """Refuse a value that has stood in this column before."""
        seen = self.seen.setdefault(name, set())
        if value and value in seen:
            self.wrong(number, name, value, problem)
        seen.add(value)

    def wrong(self, number: int, name: str, value: str, problem: CellProblem) -> None:
        self.refuse(number, self.columns.get(name, 0), value, problem)


def letters(place: int) -> str:
    """``A`` for 0, ``AA`` for 26: the column as a spreadsheet names it."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def units_in(rows: Rows, plan: Plan) -> UnitsRead:
    """The units of a table. A parent is one of the plan's units or of the table's own."""
    table = _Table(rows, _UNIT_HEADS, ("code", "nb"))
    if table.problems:
        return UnitsRead(asked=(), problems=tuple(table.problems))
    known = {unit.code: unit for unit in plan.units}
    codes = {table.cell(row, "code").upper() for _, row in table.rows} | set(known)
    found: list[Asked] = []
    for number, row in table.rows:
        before = len(table.problems)
        unit = _unit(table, number, row, plan, codes)
        table.once(number, "code", unit.code, CellProblem.CODE_TWICE)
        own = known.get(unit.code)
        others = {u.organisation_number for u in plan.units if u.code != unit.code}
        if unit.organisation_number in others and unit.organisation_number:
            table.wrong(number, "organisation", unit.organisation_number, CellProblem.ORGANISATION_TWICE)
        table.once(number, "organisation", unit.organisation_number or "", CellProblem.ORGANISATION_TWICE)
        commitments = _commitments(table, number, row, own or unit, plan)
        if len(table.problems) == before:
            found.append(Asked(unit=own or unit, commitments=commitments))
    return UnitsRead(asked=tuple(found), problems=tuple(table.problems))


def _unit(table: _Table, number: int, row: tuple[str, ...], plan: Plan, codes: set[str]) -> Unit:
    code, name = table.cell(row, "code").upper(), table.cell(row, "nb")
    if not UNIT_CODE.fullmatch(code):
        table.wrong(number, "code", table.cell(row, "code"), CellProblem.CODE)
    if not name:
        table.wrong(number, "nb", "", CellProblem.NO_NAME)
    kind = _kind(table, number, row, code, plan)
    organisation = re.sub(r"\s", "", table.cell(row, "organisation"))
    if organisation and not is_organisation_number(organisation):
        table.wrong(number, "organisation", table.cell(row, "organisation"), CellProblem.ORGANISATION)
    parent = table.cell(row, "parent").upper()
    if parent and (parent not in codes or parent == code):
        table.wrong(number, "parent", table.cell(row, "parent"), CellProblem.UNKNOWN_PARENT)
    if kind is UnitKind.AGENCY and not parent:
        table.wrong(number, "parent", "", CellProblem.NO_PARENT)
    return Unit(
        code=UnitCode(code),
        kind=kind,
        names=Names(nb=name, nn=table.cell(row, "nn") or name, en=table.cell(row, "en") or name),
        organisation_number=organisation or None,
        parent=UnitCode(parent) if parent else None,
        covers=tuple(_countries(table, number, row, plan)),
    )


def _kind(table: _Table, number: int, row: tuple[str, ...], code: str, plan: Plan) -> UnitKind:
    word = table.cell(row, "kind").casefold()
    own = next((unit.kind for unit in plan.units if unit.code == code), None)
    if own is not None:
        return own
    if not word:
        return UnitKind.MISSION
    for kind, words in _KINDS.items():
        if word in words:
            return kind
    table.wrong(number, "kind", table.cell(row, "kind"), CellProblem.KIND)
    return UnitKind.MISSION


def _countries(table: _Table, number: int, row: tuple[str, ...], plan: Plan) -> Iterator[CountryCode]:
    text = table.cell(row, "countries")
    names = {c.code.casefold(): c.code for c in plan.focus_countries}
    for country in plan.focus_countries:
        names |= {name.casefold(): country.code for name in (country.names.nb, country.names.nn, country.names.en)}
    seen: set[str] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;/]", text))):
        code = names.get(part.casefold())
        if code is None:
            table.wrong(number, "countries", part, CellProblem.COUNTRY)
        elif code not in seen:
            seen.add(code)
            yield code


def _commitments(
    table: _Table, number: int, row: tuple[str, ...], unit: Unit, plan: Plan
) -> tuple[CommitmentNumber, ...]:
    text = table.cell(row, "commitments")
    if not text:
        return lead_cells(plan, unit)
    if text.casefold() in _EVERY:
        return tuple(c.number for c in plan.commitments)
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        span = _SPAN.fullmatch(part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last <= len(plan.commitments):
            table.wrong(number, "commitments", part, CellProblem.COMMITMENT)
            continue
        found.update(range(first, last + 1))
    return tuple(CommitmentNumber(each) for each in sorted(found))


def countries_in(rows: Rows, plan: Plan) -> CountriesRead:
    """The focus countries of a table with the days between which each is one.

    One that ``plan`` does not have is new: it needs its name in three languages and its first day.
    """
    table = _Table(rows, _COUNTRY_HEADS, ("code",))
    if table.problems:
        return CountriesRead(countries=(), problems=tuple(table.problems))
    known = {country.code: country for country in plan.focus_countries}
    found: list[FocusCountry] = []
    for number, row in table.rows:
        code = table.cell(row, "code").upper()
        table.once(number, "code", code, CellProblem.CODE_TWICE)
        starts, ends = _day(table, number, row, "from"), _day(table, number, row, "to")
        country = known.get(CountryCode(code)) or _new_country(table, row, starts)
        if country is None:
            table.wrong(number, "code", table.cell(row, "code"), CellProblem.NEW_COUNTRY)
            continue
        starts = starts or country.valid_from
        if ends is not None and ends < starts:
            table.wrong(number, "to", table.cell(row, "to"), CellProblem.ENDS_BEFORE)
        found.append(FocusCountry(code=country.code, names=country.names, valid_from=starts, valid_to=ends))
    return CountriesRead(countries=() if table.problems else tuple(found), problems=tuple(table.problems))


def _new_country(table: _Table, row: tuple[str, ...], starts: date | None) -> FocusCountry | None:
    code, (nb, nn, en) = table.cell(row, "code").upper(), (table.cell(row, name) for name in ("nb", "nn", "en"))
    if not (COUNTRY_CODE.fullmatch(code) and nb and nn and en and starts):
        return None
    return FocusCountry(code=CountryCode(code), names=Names(nb=nb, nn=nn, en=en), valid_from=starts, valid_to=None)


def _day(table: _Table, number: int, row: tuple[str, ...], name: str) -> date | None:
    text = table.cell(row, name)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if _SERIAL.fullmatch(text):  # a spreadsheet keeps a day as the number of days since its own beginning
            return date(1899, 12, 30) + timedelta(days=int(text))
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        table.wrong(number, name, text, CellProblem.DAY)
        return None
