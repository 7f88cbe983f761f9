"""Worksheets: what a unit is asked, written as a spreadsheet for colleagues without the program."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.files import write_file
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.compilation.worksheet import Asked, Order, Word, worksheet
from wpsdesk.desk.answers.drafting import begun, questions
from wpsdesk.desk.answers.last_years import last_years
from wpsdesk.desk.call.calling import asked, require_call
from wpsdesk.desk.errors import UnknownCountry
from wpsdesk.desk.model import Desk
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.checks import asked_keys
from wpsdesk.report.model import AccessScope, EntryKey
from wpsdesk.report.questions import asked_on
from wpsdesk.report.worksheet import form_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetWritten:
    """A worksheet that has been written. It is not encrypted."""

    path: Path
    year: Year
    keys: tuple[EntryKey, ...]
    restricted: int  # answers in it that are exempt from public access or tell of a person at risk


def write_worksheet(
    desk: Desk,
    out: Path,
    *,
    word: Word,
    language: LanguageCode,
    year: Year | None = None,
    numbers: Collection[CommitmentNumber] = (),
    country: CountryCode | None = None,
) -> WorksheetWritten:
    """Write a worksheet with a sheet for each answer that is owed, or for the ones named.

    ``word`` gives the word for a value of the form. Raises NoCall, NoCallFor, UnknownCountry, FileUnwritable,
    DiskFull.
    """
    call = require_call(desk, year)
    if country is not None and country not in {each.code for each in desk.plan.focus_countries}:
        raise UnknownCountry(code=country)
    keys = _keys(desk, call.year, numbers, country)
    sheets = tuple(_asked(desk, call.year, key, language, call.guidance_on(key.commitment)) for key in keys)
    order = Order(
        unit=desk.unit,
        year=call.year,
        edition=desk.identity.edition,
        language=language,
        written=desk.clock(),
        deadline=call.deadline,
        sheets=sheets,
        word=word,
    )
    write_file(out, worksheet(order))
    restricted = sum(
        each.entry.access.scope is not AccessScope.OPEN or each.entry.identifies_person_at_risk for each in sheets
    )
    return WorksheetWritten(path=out, year=call.year, keys=keys, restricted=restricted)


def _keys(
    desk: Desk, year: Year, numbers: Collection[CommitmentNumber], country: CountryCode | None
) -> tuple[EntryKey, ...]:
    owed = asked_keys(asked(desk, year))
    if not numbers:
        return tuple(key for key in owed if country in (None, key.country))
    found: list[EntryKey] = []
    for number in sorted(set(numbers)):
        of_number = [key for key in owed if key.commitment == number and country in (None, key.country)]
        found += of_number or [EntryKey(number, country)]
    return tuple(found)


def _asked(desk: Desk, year: Year, key: EntryKey, language: LanguageCode, guidance: str) -> Asked:
    held, last = begun(desk, year, key), last_years(desk, year, key)
    answered = {each.question for each in held.questions}
    every = questions(desk, year)
    asked_now = asked_on(every, desk.unit, key.commitment)
    shown = tuple(each for each in every if each in asked_now or each.id in answered)
    return Asked(
        commitment=desk.plan.commitment(key.commitment),
        country="" if key.country is None else desk.plan.country(key.country).names[language],
        guidance=guidance,
        entry=held,
        last=None if last is None else last.entry,
        fields=form_fields(held, desk.unit, desk.plan, shown),
        questions=shown,
    )
