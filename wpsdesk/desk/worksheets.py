"""Worksheets: answers filled in elsewhere, and what would change here before anything does.

What came back is compared field by field with what stood here when the worksheet was written and what stands here
now: a field nobody touched in the worksheet is left alone, and one that was changed on both sides is a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wpsdesk.base.files import write_file
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.worksheet import Asked, Order, Word, worksheet
from wpsdesk.desk.calling import asked, current_call, require_call
from wpsdesk.desk.course import save_entry
from wpsdesk.desk.drafting import Filled, begun, begun_in, entry
from wpsdesk.desk.errors import ForAnotherUnit, ForAnotherYear, UnknownCountry
from wpsdesk.desk.model import Desk
from wpsdesk.intake.cells import CellFault, Wrong, entry_in
from wpsdesk.intake.errors import NotAWorksheet, WorksheetFaulty, WorksheetOfAnotherPlan
from wpsdesk.intake.worksheet import Book, read_book
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.checks import Problem, asked_keys, blockers, problems_in
from wpsdesk.report.form import FORM
from wpsdesk.report.model import AccessScope, Entry, EntryKey
from wpsdesk.report.states import is_empty
from wpsdesk.report.worksheet import form_fields, mark_of
from wpsdesk.store import drafts
from wpsdesk.store.journal import note


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetWritten:
    """A worksheet that has been written. It is not encrypted."""

    path: Path
    year: Year
    keys: tuple[EntryKey, ...]
    restricted: int  # answers in it that are exempt from public access or tell of a person at risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One field that a file would change, with what stands here now and what would."""

    key: EntryKey
    field: str
    before: object
    after: object
    is_conflict: bool  # it was changed here too since the worksheet was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a file of answers would change, in the report's order; nothing has been changed yet."""

    year: Year
    changes: tuple[Proposed, ...]
    faults: tuple[CellFault, ...]
    entries: int  # answers in the file, changed or not


# -- writing ---------------------------------------------------------------------------------------


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
    held, last = begun(desk, year, key), entry(desk, Year(year - 1), key)
    return Asked(
        commitment=desk.plan.commitment(key.commitment),
        country="" if key.country is None else desk.plan.country(key.country).names[language],
        guidance=guidance,
        entry=held,
        last=None if is_empty(last) else last,
        fields=form_fields(held, desk.unit, desk.plan),
    )


# -- what would change -----------------------------------------------------------------------------


def propose(desk: Desk, data: bytes, year: Year | None = None) -> Proposal:
    """What a worksheet would change.

    Raises NotAWorksheet, UnsafeWorksheet, WorksheetVersion, WorksheetOfAnotherPlan, ForAnotherUnit, ForAnotherYear,
    NoCall, NoCallFor.
    """
    book = read_book(data)
    chosen = _checked(desk, book, year)
    changes: list[Proposed] = []
    faults: list[CellFault] = []
    seen: set[EntryKey] = set()
    for sheet in book.sheets:
        if sheet.key in seen:
            faults.append(CellFault(sheet=sheet.name, cell="A1", field="", wrong=Wrong.TWICE, found=sheet.name))
            continue
        seen.add(sheet.key)
        held = begun(desk, chosen, sheet.key)
        found, wrong = entry_in(sheet, book, held, desk.plan)
        faults += wrong
        changes += _changes(held, found, {f: m for (key, f), m in book.marks.items() if key == sheet.key})
    return Proposal(year=chosen, changes=_in_order(changes), faults=tuple(faults), entries=len(seen))


def _checked(desk: Desk, book: Book, year: Year | None) -> Year:
    """The year the worksheet is for, where it is one for this desk."""
    if book.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=UnitCode(book.unit), unit=desk.unit.code)
    if book.edition != desk.identity.edition:
        raise WorksheetOfAnotherPlan(found=book.edition)
    current = current_call(desk)
    wanted = year if year is not None else current.year if current is not None else None
    if wanted is not None and book.year != wanted:
        raise ForAnotherYear(found=Year(book.year), year=wanted)
    countries = {country.code for country in desk.plan.focus_countries}
    for sheet in book.sheets:
        if not 1 <= sheet.key.commitment <= len(desk.plan.commitments):
            raise NotAWorksheet
        if sheet.key.country is not None and sheet.key.country not in countries:
            raise NotAWorksheet
    return require_call(desk, Year(book.year)).year


def _changes(held: Entry, found: Entry, marks: dict[str, str]) -> list[Proposed]:
    """A field that says in the sheet what it said when the sheet was written is nobody's change."""
    made: list[Proposed] = []
    for field in FORM:
        now, then = getattr(held, field.name), marks.get(field.name, "")
        new = getattr(found, field.name)
        if mark_of(new) in (then, mark_of(now)):
            continue
        is_conflict = bool(then) and mark_of(now) != then
        made.append(Proposed(key=held.key, field=field.name, before=now, after=new, is_conflict=is_conflict))
    return made


def _in_order(changes: Sequence[Proposed]) -> tuple[Proposed, ...]:
    return tuple(sorted(changes, key=lambda each: (each.key.commitment, each.key.country or "")))


# -- taking in -------------------------------------------------------------------------------------


def take_in(
    desk: Desk,
    proposal: Proposal,
    chosen: Collection[Proposed] | None = None,
    *,
    with_faults: bool = False,
    who: str = "",
) -> Filled:
    """Make the chosen changes, in one transaction; None: all but conflicts. What has changed meanwhile is left.

    An answer that is changed is a draft again, for somebody to look at. What stood before stays in the history.
    Raises WorksheetFaulty where cells could not be read and ``with_faults`` does not say to go on.
    """
    if proposal.faults and not with_faults:
        raise WorksheetFaulty(cells=len(proposal.faults))
    wanted = [c for c in proposal.changes if (not c.is_conflict if chosen is None else c in chosen)]
    saved: list[Entry] = []
    problems: list[Problem] = []
    with desk.store.write() as tx:
        drafts.keep_versions(tx, proposal.year)
        for key in dict.fromkeys(change.key for change in wanted):
            held = begun_in(tx, desk, proposal.year, key)
            new = _changed(held, [change for change in wanted if change.key == key])
            if new == held:
                continue
            save_entry(tx, desk, proposal.year, new, who)
            saved.append(new)
            problems.extend(blockers(problems_in(new, desk.unit, desk.plan)))
        note(tx, "filled", who=who or desk.unit.code, now=desk.clock(), about=str(proposal.year))
    return Filled(year=proposal.year, keys=tuple(e.key for e in saved), ready=0, problems=tuple(problems))


def _changed(held: Entry, changes: Sequence[Proposed]) -> Entry:
    fresh = {c.field: c.after for c in changes if mark_of(getattr(held, c.field)) == mark_of(c.before)}
    if not fresh:
        return held
    unchanged = tuple((field, year) for field, year in held.unchanged_since if field not in fresh)
    return replace(held, **fresh, unchanged_since=unchanged, is_marked_ready=False)  # type: ignore[arg-type]
