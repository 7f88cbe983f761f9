"""Answers from a file, a worksheet or JSON: what would change here is told first, and then what was chosen is made.

A worksheet is compared field by field with what stood here when it was written and what stands here now: a field
nobody touched in it is left alone, and one that was changed on both sides is a conflict. A file of answers does not
know what stood here, so whatever it would write over is a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.answers.drafting import Filled, begun, begun_in, fresh_in, questions, read_answers
from wpsdesk.desk.call.calling import current_call, require_call
from wpsdesk.desk.errors import ForAnotherUnit, ForAnotherYear
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import save_entry, stops_in
from wpsdesk.intake.cells import CellFault, Origin, Wrong, entry_in
from wpsdesk.intake.errors import NotAWorksheet, WorksheetFaulty, WorksheetOfAnotherPlan
from wpsdesk.intake.worksheet import Book, is_spreadsheet, read_book
from wpsdesk.report.checks import Problem
from wpsdesk.report.form import FORM, Control
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.worksheet import mark_of
from wpsdesk.store import drafts
from wpsdesk.store.journal import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One field that a file would change, with what stands here now and what would."""

    key: EntryKey
    field: str
    before: object
    after: object
    is_conflict: bool  # it would write over what somebody has written here, see Origin
    unchanged_since: Year | None = None  # the file says that it is that year's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a file of answers would change, in the report's order; nothing has been changed yet."""

    origin: Origin
    year: Year
    changes: tuple[Proposed, ...]
    faults: tuple[CellFault, ...]  # cells of a worksheet
    entries: int  # answers in the file, changed or not
    are_ready: bool = False  # an answer that is taken in as a whole, and has no blocker, is ready


def propose(desk: Desk, data: bytes, year: Year | None = None) -> Proposal:
    """What a file would change.

    Raises NotAWorksheet, UnsafeWorksheet, WorksheetVersion, WorksheetOfAnotherPlan, Malformed, ForAnotherUnit,
    ForAnotherYear, NoCall, NoCallFor.
    """
    return _of_worksheet(desk, data, year) if is_spreadsheet(data) else _of_answers(desk, data, year)


# -- answers in JSON -------------------------------------------------------------------------------


def _of_answers(desk: Desk, data: bytes, year: Year | None) -> Proposal:
    are_ready, call, entries = read_answers(desk, data, year)
    changes: list[Proposed] = []
    with desk.store.read() as tx:
        for answer in entries:
            now = begun_in(tx, desk, call.year, answer.key)
            blank = fresh_in(tx, desk, call.year, answer.key)
            changes += _replacing(now, replace(answer, measures=answer.measures or now.measures), blank)
    return Proposal(
        origin=Origin.ANSWERS, year=call.year, changes=_in_order(changes), faults=(), entries=len(entries),
        are_ready=are_ready,
    )  # fmt: skip


def _replacing(now: Entry, answer: Entry, blank: Entry) -> list[Proposed]:
    since = dict(answer.unchanged_since)
    return [
        Proposed(
            key=now.key,
            field=name,
            before=before,
            after=after,
            is_conflict=mark_of(before) != mark_of(getattr(blank, name)),
            unchanged_since=since.get(name),
        )
        for name in (field.name for field in FORM if field.control is not Control.EVIDENCE)
        if mark_of(before := getattr(now, name)) != mark_of(after := getattr(answer, name))
    ]


# -- a worksheet -----------------------------------------------------------------------------------


def _of_worksheet(desk: Desk, data: bytes, year: Year | None) -> Proposal:
    book = read_book(data)
    chosen = _checked(desk, book, year)
    changes: list[Proposed] = []
    faults: list[CellFault] = []
    seen: set[EntryKey] = set()
    asked = questions(desk, chosen)
    for sheet in book.sheets:
        if sheet.key in seen:
            faults.append(CellFault(sheet=sheet.name, cell="A1", field="", wrong=Wrong.TWICE, found=sheet.name))
            continue
        seen.add(sheet.key)
        held = begun(desk, chosen, sheet.key)
        found, wrong = entry_in(sheet, book, held, desk.plan, asked)
        faults += wrong
        changes += _changes(held, found, {f: m for (key, f), m in book.marks.items() if key == sheet.key})
    return Proposal(
        origin=Origin.WORKSHEET, year=chosen, changes=_in_order(changes), faults=tuple(faults), entries=len(seen)
    )


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

    An answer that is changed is a draft again, for somebody to look at, unless the file says that its answers are
    ready and all it says of this one is taken. What stood before stays in the history.
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
            made = [change for change in wanted if change.key == key]
            new = _changed(held, made)
            if new == held:
                continue
            stops = stops_in(tx, desk, proposal.year, new)
            is_whole = made == [change for change in proposal.changes if change.key == key]
            new = replace(new, is_marked_ready=proposal.are_ready and is_whole and not stops)
            save_entry(tx, desk, proposal.year, new, who)
            saved.append(new)
            problems.extend(stops)
        note(tx, "filled", who=who or desk.unit.code, now=desk.clock(), about=str(proposal.year))
    return Filled.of(proposal.year, saved, problems)


def _changed(held: Entry, changes: Sequence[Proposed]) -> Entry:
    fresh = [c for c in changes if mark_of(getattr(held, c.field)) == mark_of(c.before)]
    if not fresh:
        return held
    values = {c.field: c.after for c in fresh}
    since = [(field, year) for field, year in held.unchanged_since if field not in values]
    since += [(c.field, c.unchanged_since) for c in fresh if c.unchanged_since is not None]
    return replace(held, **values, unchanged_since=tuple(since), is_marked_ready=False)  # type: ignore[arg-type]
