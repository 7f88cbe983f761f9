"""Lists of units and of focus countries, taken from a table as a whole or not at all, for the calls that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.files import read_file
from wpsdesk.desk.call.calling_errors import BadCells, TableUnreadable
from wpsdesk.desk.model import LIMIT, Desk, require_authority, require_gathering
from wpsdesk.evidence.tables import table_of
from wpsdesk.plan.model import FocusCountry
from wpsdesk.report.call import Asked, asked_from, asked_to_json, country_from_json, country_to_json
from wpsdesk.report.unit_rows import CountriesRead, Rows, UnitsRead, countries_in, units_in
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note

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


def preview_units(desk: Desk, path: Path) -> UnitsRead:
    """What a table of units says, and what is wrong with it; nothing is changed.

    Raises OnlyTheAuthority, TableUnreadable, FileMissing, FileUnreadable, FileTooLarge.
    """
    require_gathering(desk)
    return units_in(_rows(path), desk.plan)


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
    """Keep these units for the calls that follow. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.write() as tx:
        put_document(tx, LISTED, _UNITS, canonical_json({"units": [asked_to_json(each) for each in asked]}))
        note(tx, "units-listed", who=desk.unit.code, now=desk.clock(), details={"units": len(asked)})


def listed_units(desk: Desk) -> tuple[Asked, ...]:
    """The units that were kept; none before the first list."""
    with desk.store.read() as tx:
        data = document(tx, LISTED, _UNITS)
    if data is None:
        return ()
    reader = load_json(data, limit=LIMIT)
    return reader.get("units").tuple_of(lambda r: asked_from(r, desk.plan), at_most=2_000)


def preview_countries(desk: Desk, path: Path) -> CountriesRead:
    """What a table of focus countries says, and what is wrong with it; nothing is changed.

    Raises OnlyTheAuthority, TableUnreadable, FileMissing, FileUnreadable, FileTooLarge.
    """
    require_authority(desk)
    return countries_in(_rows(path), desk.plan)


def take_countries(desk: Desk, path: Path) -> tuple[FocusCountry, ...]:
    """Keep the focus countries of a table for the calls that follow: all of them or none.

    Raises BadCells and what :func:`preview_countries` raises.
    """
    found = preview_countries(desk, path)
    if found.problems:
        raise BadCells(path=path, problems=found.problems)
    with desk.store.write() as tx:
        data = canonical_json({"countries": [country_to_json(each) for each in found.countries]})
        put_document(tx, LISTED, _COUNTRIES, data)
        note(tx, "countries-listed", who=desk.unit.code, now=desk.clock(), details={"countries": len(found.countries)})
    return found.countries


def listed_countries(desk: Desk) -> tuple[FocusCountry, ...]:
    """The focus countries that were kept; the plan's before the first list."""
    with desk.store.read() as tx:
        data = document(tx, LISTED, _COUNTRIES)
    if data is None:
        return desk.plan.focus_countries
    return load_json(data, limit=LIMIT).get("countries").tuple_of(country_from_json, at_most=300)
