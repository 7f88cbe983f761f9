"""Lists of units and of focus countries, taken from a table as a whole or not at all, for the calls that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import CountryCode
from wpsdesk.desk.call.calling_errors import BadCells, EndsBeforeItBegins, TableUnreadable
from wpsdesk.desk.errors import UnknownCountry
from wpsdesk.desk.model import LIMIT, Desk, require_authority, require_gathering
from wpsdesk.evidence.tables import table_of
from wpsdesk.plan.model import FocusCountry, with_countries
from wpsdesk.report.call import Asked, asked_from, asked_to_json, country_from_json, country_to_json
from wpsdesk.report.unit_rows import CountriesRead, Rows, UnitsRead, countries_in, units_in
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

LISTED: Final = "listed"
"""The kind of document under which the lists are kept; their keys follow."""
_UNITS: Final = "units"
_COUNTRIES: Final = "countries"
QUESTIONS: Final = "questions"
LARGEST: Final = 8 << 20
"""Bytes of a table."""


def _rows(path: Path) -> Rows:
    rows = table_of(read_file(path, limit=LARGEST))
    if rows is None:
        raise TableUnreadable(path=path)
    return rows


def preview_units(desk: Desk, path: Path, countries: tuple[FocusCountry, ...] | None = None) -> UnitsRead:
    """What a table of units says, and what is wrong with it; nothing is changed.

    ``countries``: those that the next call will have, where they are others than have been kept.
    Raises OnlyTheAuthority, TableUnreadable, FileMissing, FileUnreadable, FileTooLarge.
    """
    require_gathering(desk)
    held = listed_countries(desk) if countries is None else countries
    return units_in(_rows(path), desk.plan.with_countries(held))


def take_units(desk: Desk, path: Path) -> tuple[Asked, ...]:
    """Keep the units of a table for the calls that follow, instead of those kept before: all of them or none.

    Raises BadCells and what :func:`preview_units` raises.
    """
    found = preview_units(desk, path)
    if found.problems:
        raise BadCells(path=path, problems=found.problems)
    keep_units(desk, found.asked)
    return found.asked


def keep_units(desk: Desk, asked: tuple[Asked, ...]) -> None:
    """Keep these units for the calls that follow. Raises OnlyTheAuthority, Malformed."""
    require_gathering(desk)
    told = canonical_json({"units": [asked_to_json(each) for each in asked]})
    _units_from(told, desk)  # what cannot be read again is not kept
    with desk.store.write() as tx:
        put_document(tx, LISTED, _UNITS, told)
        note(tx, "units-listed", who=desk.unit.code, now=desk.clock(), details={"units": len(asked)})


def listed_units(desk: Desk) -> tuple[Asked, ...]:
    """The units that were kept; none before the first list."""
    with desk.store.read() as tx:
        data = document(tx, LISTED, _UNITS)
    return () if data is None else _units_from(data, desk)


def _units_from(data: bytes, desk: Desk) -> tuple[Asked, ...]:
    reader = load_json(data, limit=LIMIT)
    return reader.get("units").tuple_of(lambda r: asked_from(r, desk.plan), at_most=2_000)


def preview_countries(desk: Desk, path: Path) -> CountriesRead:
    """What a table of focus countries says, and what is wrong with it; nothing is changed.

    Raises OnlyTheAuthority, TableUnreadable, FileMissing, FileUnreadable, FileTooLarge.
    """
    require_authority(desk)
    return countries_in(_rows(path), desk.plan.with_countries(listed_countries(desk)))


def take_countries(desk: Desk, path: Path) -> tuple[FocusCountry, ...]:
    """Keep the focus countries of a table for the calls that follow, all of them or none; return all that are kept.

    What the table does not name stays as it is: a country ends on a day, and is never taken away.
    Raises BadCells and what :func:`preview_countries` raises.
    """
    found = preview_countries(desk, path)
    if found.problems:
        raise BadCells(path=path, problems=found.problems)
    return keep_countries(desk, with_countries(listed_countries(desk), found.countries))


def keep_countries(desk: Desk, countries: tuple[FocusCountry, ...]) -> tuple[FocusCountry, ...]:
    """Keep these focus countries for the calls that follow, and return them. Raises OnlyTheAuthority, Malformed."""
    require_authority(desk)
    with desk.store.write() as tx:
        put_countries(tx, countries)
        note(tx, "countries-listed", who=desk.unit.code, now=desk.clock(), details={"countries": len(countries)})
    return countries


def put_countries(tx: Tx, countries: tuple[FocusCountry, ...]) -> None:
    """The same, within a transaction and without a line in the journal."""
    told = canonical_json({"countries": [country_to_json(each) for each in countries]})
    _countries_from(told)  # what cannot be read again is not kept
    put_document(tx, LISTED, _COUNTRIES, told)


def add_country(desk: Desk, country: FocusCountry) -> tuple[FocusCountry, ...]:
    """Let a country be a focus country in the calls that follow, or give one other days or names.

    Raises OnlyTheAuthority, Malformed.
    """
    return keep_countries(desk, with_countries(listed_countries(desk), (country,)))


def end_country(desk: Desk, code: CountryCode, last_day: date) -> tuple[FocusCountry, ...]:
    """Let a country be a focus country no longer than to a day, in the calls that follow.

    Raises OnlyTheAuthority, UnknownCountry, EndsBeforeItBegins.
    """
    held = next((each for each in listed_countries(desk) if each.code == code), None)
    if held is None:
        raise UnknownCountry(code=code)
    if last_day < held.valid_from:
        raise EndsBeforeItBegins(code=code, begins=held.valid_from, ends=last_day)
    return add_country(desk, replace(held, valid_to=last_day))


def listed_countries(desk: Desk) -> tuple[FocusCountry, ...]:
    """The focus countries that were kept; the plan's before the first list."""
    with desk.store.read() as tx:
        data = document(tx, LISTED, _COUNTRIES)
    return desk.plan.focus_countries if data is None else _countries_from(data)


def _countries_from(data: bytes) -> tuple[FocusCountry, ...]:
    return load_json(data, limit=LIMIT).get("countries").tuple_of(country_from_json, at_most=300)
