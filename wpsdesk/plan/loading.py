"""Reads a plan edition from the files that ship with the program, strictly, and checks it.

The file is ours, yet it is read like anything else from outside: a slip made while editing it is refused
with the place it stands at, and never becomes a wrong report.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from wpsdesk.assets import resource
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import FileMissing, Malformed
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import COUNTRY_CODE, UNIT_CODE, CommitmentNumber, CountryCode, EditionId, UnitCode
from wpsdesk.plan.checking import check
from wpsdesk.plan.errors import UnknownEdition
from wpsdesk.plan.model import Area, Commitment, FocusCountry, Names, Plan, Section, Unit, UnitKind

FORMAT: Final = "wps-plan/1"
EDITIONS: Final = (EditionId("2023-2030"),)
"""Those that ship with the program, the first one first; between two of them stands what became of each commitment."""

NEWEST: Final = EDITIONS[-1]

_LIMIT: Final = 1_000_000  # bytes; the edition 2023-2030 takes some 35,000
_REMARKS: Final = ("wordings_are", "titles_are", "names_are", "validity_is")
_FORMAT: Final = re.compile(re.escape(FORMAT))
_EDITION: Final = re.compile(r"20[0-9]{2}-20[0-9]{2}")
_ID: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_ORGANISATION_NUMBER: Final = re.compile(r"[0-9]{9}")


@cache
def load_plan(edition: EditionId = NEWEST) -> Plan:
    """The checked plan of an edition; read once.

    Raises UnknownEdition where the program has no such edition, Malformed where its file is not a sound plan.
    """
    # The pattern also keeps an edition that came from outside from naming another file.
    if not _EDITION.fullmatch(edition):
        raise UnknownEdition(edition=edition)
    try:
        data = read_file(resource("plan", f"{edition}.json"), limit=_LIMIT)
    except FileMissing:
        raise UnknownEdition(edition=edition) from None
    plan = plan_of(data)
    if plan.edition != edition:
        raise Malformed(path="edition", problem="inconsistent")
    return plan


def plan_of(data: bytes) -> Plan:
    """The checked plan in the bytes of a plan file. Raises Malformed."""
    plan = _plan_from(load_json(data, limit=_LIMIT))
    check(plan)
    return plan


def _plan_from(reader: Reader) -> Plan:
    reader.get("format").matching(_FORMAT)
    for remark in _REMARKS:  # for whoever reads the file; the program only sees to it that they are there
        reader.get(remark).line(at_least=1)
    plan = Plan(
        edition=EditionId(reader.get("edition").matching(_EDITION)),
        title=_names_from(reader.get("title")),
        first_year=reader.get("first_year").integer(2000, 2099),
        last_year=reader.get("last_year").integer(2000, 2099),
        areas=reader.get("areas").tuple_of(_area_from, at_most=50),
        sections=reader.get("sections").tuple_of(_section_from, at_most=200),
        commitments=reader.get("commitments").tuple_of(_commitment_from, at_most=500),
        focus_countries=reader.get("focus_countries").tuple_of(_country_from, at_most=300),
        units=reader.get("units").tuple_of(_unit_from, at_most=500),
    )
    reader.done()
    return plan


def _names_from(reader: Reader) -> Names:
    names = Names(
        nb=reader.get("nb").line(at_least=1),
        nn=reader.get("nn").line(at_least=1),
        en=reader.get("en").line(at_least=1),
    )
    reader.done()
    return names


def _area_from(reader: Reader) -> Area:
    area = Area(id=reader.get("id").matching(_ID), names=_names_from(reader.get("names")))
    reader.done()
    return area


def _section_from(reader: Reader) -> Section:
    section = Section(
        id=reader.get("id").matching(_ID),
        area=reader.get("area").matching(_ID),
        names=_names_from(reader.get("names")),
    )
    reader.done()
    return section


def _commitment_from(reader: Reader) -> Commitment:
    commitment = Commitment(
        number=CommitmentNumber(reader.get("number").integer(1, 999)),
        section=reader.get("section").matching(_ID),
        ministries=reader.get("ministries").tuple_of(_code_from, at_most=20),
        titles=_names_from(reader.get("titles")),
        appendix=reader.get("appendix").line(at_most=2000, at_least=1),
        chapter=reader.get("chapter").line(at_most=2000, at_least=1),
    )
    reader.done()
    return commitment


def _unit_from(reader: Reader) -> Unit:
    unit = Unit(
        code=_code_from(reader.get("code")),
        kind=reader.get("kind").choice(UnitKind),
        names=_names_from(reader.get("names")),
        organisation_number=reader.maybe("organisation_number", lambda r: r.matching(_ORGANISATION_NUMBER)),
    )
    reader.done()
    return unit


def _country_from(reader: Reader) -> FocusCountry:
    country = FocusCountry(
        code=CountryCode(reader.get("code").matching(COUNTRY_CODE)),
        names=_names_from(reader.get("names")),
        valid_from=reader.get("valid_from").date(),
        valid_to=reader.maybe("valid_to", Reader.date),
    )
    reader.done()
    return country


def _code_from(reader: Reader) -> UnitCode:
    return UnitCode(reader.matching(UNIT_CODE))
