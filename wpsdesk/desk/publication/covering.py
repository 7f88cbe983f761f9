"""Coverage as UD asks for it: by unit, by country or year over year, filtered, told and written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from wpsdesk.base.files import new_file
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.grid_forms import Printed, grid_document, write_csv, write_xlsx
from wpsdesk.compilation.grids import (
    EVERYTHING,
    Filter,
    Grid,
    OfYear,
    Speaking,
    by_country,
    by_unit,
    by_years,
    country_states,
    of_country,
)
from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.call.calling_errors import UnknownForm
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.desk.publication.compiling import answer_states, coverage, late_units, sources
from wpsdesk.i18n import catalogue
from wpsdesk.report.model import Status


class By(StrEnum):
    """What the rows are."""

    UNIT = "unit"
    COUNTRY = "country"


FORMS: Final = (".pdf", ".csv", ".xlsx")
"""What the coverage can be written as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the coverage. With more than one year they stand side by side, by unit."""

    years: tuple[Year, ...]
    by: By = By.UNIT
    let: Filter = EVERYTHING
    country: CountryCode | None = None  # only what is about this country; goes with By.UNIT and one year
    language: Spoken = "nb"


def grid(desk: Desk, question: Question) -> Grid:
    """The coverage as rows and columns. Raises OnlyTheAuthority, NoCall, NoCallFor."""
    require_gathering(desk)
    speaking = _speaking(desk, question)
    if len(question.years) > 1 or question.let.only_never:
        return by_years(speaking, tuple(_of_year(desk, year) for year in sorted(question.years)), question.let)
    year = question.years[0]
    if question.by is By.UNIT:
        whole = coverage(desk, year)
        found = (
            whole if question.country is None else of_country(whole, states_by_country(desk, year), question.country)
        )
        return by_unit(speaking, found, question.let)
    call = require_call(desk, year)
    return by_country(speaking, call, answer_states(desk, year), late_units(desk, call), question.let)


def states_by_country(
    desk: Desk, year: Year
) -> Mapping[tuple[CountryCode | None, CommitmentNumber], Mapping[UnitCode, CellState]]:
    """What each unit concerned has answered about a country (None: not about one). Raises as :func:`grid`."""
    call = require_call(desk, year)
    return country_states(call, answer_states(desk, year), late_units(desk, call))


def _of_year(desk: Desk, year: Year) -> OfYear:
    statuses: dict[tuple[UnitCode, CommitmentNumber], frozenset[Status]] = {}
    for source in sources(desk, year):
        for entry in source.report.entries:
            key = (source.unit.code, entry.key.commitment)
            if entry.status is not None:
                statuses[key] = statuses.get(key, frozenset()) | {entry.status}
    found: Mapping[tuple[UnitCode, CommitmentNumber], frozenset[Status]] = statuses
    return OfYear(year=year, coverage=coverage(desk, year), statuses=found)


def write_grid(desk: Desk, question: Question, out: Path, *, replace: bool = False) -> Grid:
    """Write the coverage as PDF, CSV or XLSX, whichever ``out`` ends in; returns what was written.

    Raises OnlyTheAuthority, NoCall, NoCallFor, UnknownForm, FileExistsAlready, FileUnwritable, DiskFull.
    """
    form = out.suffix.lower()
    if form not in FORMS:
        raise UnknownForm(path=out, forms=FORMS)
    found, speaking = grid(desk, question), _speaking(desk, question)
    printed = _printed(desk, question, found)
    with new_file(out, replace=replace) as stream:
        match form:
            case ".pdf":
                write_pdf(grid_document(speaking, printed), stream)
            case ".csv":
                write_csv(speaking, found, stream)
            case _:
                write_xlsx(speaking, printed, stream)
    return found


def _speaking(desk: Desk, question: Question) -> Speaking:
    say = catalogue(question.language, "document")
    return Speaking(plan=desk.plan, say=say, language=say.names_in)


def _printed(desk: Desk, question: Question, found: Grid) -> Printed:
    say, now = catalogue(question.language), desk.clock()
    name = desk.unit.names[say.names_in]
    years = say.listing(str(year) for year in sorted(question.years))
    title = (
        say("Coverage of the reports by country, {year}", year=years)
        if question.by is By.COUNTRY and len(question.years) == 1
        else say("Coverage of the reports for {year}", year=years)
    )
    area = question.let.area
    filters = [] if area is None else [desk.plan.area(area).names[say.names_in]]
    if question.country is not None:
        filters.insert(0, desk.plan.country(question.country).names[say.names_in])
    note = " · ".join([name, *filters, say.moment(now)])
    return Printed(grid=found, title=title, note=note, publisher=name, made=now)
