"""Filling in: the entries of a year, what is missing in them, and answers from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.desk.answers.answering_errors import AnswersUnfit
from wpsdesk.desk.answers.last_years import last_years_in
from wpsdesk.desk.answers.pseudonyms import pseudonyms, table_of
from wpsdesk.desk.call.calling import asked, require_call
from wpsdesk.desk.errors import ForAnotherUnit, ForAnotherYear, NotReady
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import questions_in, save_entry, still_ready, stops_in
from wpsdesk.plan.model import Unit, UnitKind
from wpsdesk.report.answers import MAX_BYTES, answers_from, answers_to_json
from wpsdesk.report.answers import example as example_answers
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.carrying import carried_measures
from wpsdesk.report.checks import (
    Problem,
    asked_keys,
    name_problems,
    names_at_risk,
    problems_in,
    problems_of,
)
from wpsdesk.report.model import Entry, EntryKey, Measure, Part, Report, in_order
from wpsdesk.report.names import Table
from wpsdesk.report.question_answers import in_the_words_of
from wpsdesk.report.questions import Questions
from wpsdesk.report.states import EntryState, is_empty, state_of
from wpsdesk.store import drafts
from wpsdesk.store.follow_ups import follow_up
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list of commitments."""

    key: EntryKey
    state: EntryState
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a file of answers has changed."""

    year: Year
    keys: tuple[EntryKey, ...]
    ready: int
    problems: tuple[Problem, ...]  # why the others are still drafts

    @classmethod
    def of(cls, year: Year, saved: Sequence[Entry], problems: Sequence[Problem]) -> Filled:
        """What the entries that were saved amount to."""
        ready = sum(entry.is_marked_ready for entry in saved)
        return cls(year=year, keys=tuple(entry.key for entry in saved), ready=ready, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesHeld:
    """Names to look for while an answer is written."""

    at_risk: tuple[str, ...]  # they stand in other answers that identify a person at risk
    pseudonyms: Table


def report(desk: Desk, year: Year) -> Report:
    """The unit's whole report of a year as it stands on the desk; empty entries are left out."""
    with desk.store.read() as tx:
        entries, document = drafts.entries(tx, year, desk.plan), follow_up(tx, year)
    held = in_order(tuple(entry for entry in entries if not is_empty(entry)))
    return Report(unit=desk.unit.code, year=year, edition=desk.identity.edition, entries=held, follow_up=document)


def part_of(desk: Desk, unit: Unit, number: CommitmentNumber) -> Part:
    """The part a unit has in a commitment unless it says otherwise."""
    if unit.code in desk.plan.commitment(number).ministries:
        return Part.RESPONSIBLE
    match unit.kind:
        case UnitKind.MISSION | UnitKind.DELEGATION:
            return Part.MISSION
        case UnitKind.NORAD:
            return Part.ANALYSIS
        case UnitKind.MINISTRY | UnitKind.AGENCY | UnitKind.CIVIL_SOCIETY:
            return Part.CONTRIBUTOR


def entry(desk: Desk, year: Year, key: EntryKey) -> Entry:
    """The entry with this key; an empty one where nothing has been written."""
    with desk.store.read() as tx:
        found = drafts.entry(tx, year, key, desk.plan)
    return found or Entry(key=key, part=part_of(desk, desk.unit, key.commitment))


def begun(desk: Desk, year: Year, key: EntryKey) -> Entry:
    """The entry as its writer meets it: one without a word yet has the measures that go on from last year."""
    with desk.store.read() as tx:
        return begun_in(tx, desk, year, key)


def begun_in(tx: Tx, desk: Desk, year: Year, key: EntryKey) -> Entry:
    """The same, within a transaction."""
    found = drafts.entry(tx, year, key, desk.plan)
    if found is not None and not is_empty(found):
        return found
    fresh = fresh_in(tx, desk, year, key)
    return fresh if found is None else replace(found, measures=fresh.measures)


def fresh_in(tx: Tx, desk: Desk, year: Year, key: EntryKey) -> Entry:
    """An entry that nobody has written in: the measures that go on from last year, and no more."""
    measures = _going_on(tx, desk, year, None, key)
    return Entry(key=key, part=part_of(desk, desk.unit, key.commitment), measures=measures)


def save(desk: Desk, year: Year, changed: Entry, *, who: str = "") -> EntryState:
    """Put an entry on the disk; on return it survives the power cord.

    An entry that had been marked ready stays so only while it has no blocker.
    """
    with desk.store.write() as tx:
        changed = still_ready(tx, desk, year, changed)
        save_entry(tx, desk, year, changed, who)
    return state_of(changed)


def mark_ready(desk: Desk, year: Year, key: EntryKey, *, who: str = "") -> Entry:
    """Mark an entry as ready to be sent. Raises NotReady where it has blockers."""
    found = entry(desk, year, key)
    with desk.store.read() as tx:
        stops = stops_in(tx, desk, year, found)
    if stops:
        raise NotReady(blockers=len(stops))
    return _marked(desk, year, found, True, who)


def unmark(desk: Desk, year: Year, key: EntryKey, *, who: str = "") -> Entry:
    """Make an entry a draft again."""
    return _marked(desk, year, entry(desk, year, key), False, who)


def _marked(desk: Desk, year: Year, found: Entry, is_ready: bool, who: str) -> Entry:
    marked = replace(found, is_marked_ready=is_ready)
    save(desk, year, marked, who=who)
    return marked


def rows(desk: Desk, year: Year) -> tuple[Row, ...]:
    """The list of commitments: what is asked, then what has been answered beside that, in the plan's order."""
    wanted = asked_keys(asked(desk, year))
    with desk.store.read() as tx:
        held = {key: listed.state for key, listed in drafts.states(tx, year).items()}
    extra = [key for key, state in held.items() if key not in wanted and state is not EntryState.EMPTY]
    found = [Row(key=key, state=held.get(key, EntryState.EMPTY), is_asked=True) for key in wanted]
    found += [Row(key=key, state=held[key], is_asked=False) for key in extra]
    return tuple(sorted(found, key=lambda row: (row.key.commitment, row.key.country or "")))


def earlier_years(desk: Desk, year: Year) -> tuple[Year, ...]:
    """The years before ``year`` whose answers the desk holds, the latest first."""
    with desk.store.read() as tx:
        return tuple(found for found in drafts.years(tx) if found < year)


def answered(desk: Desk, year: Year) -> tuple[Row, ...]:
    """What has been answered in a year, whether or not the desk still holds its call; in the plan's order."""
    with desk.store.read() as tx:
        held = drafts.states(tx, year)
    found = ((key, listed.state) for key, listed in held.items() if listed.state is not EntryState.EMPTY)
    return tuple(Row(key=key, state=state, is_asked=False) for key, state in found)


def last_saved(desk: Desk, year: Year) -> datetime | None:
    """When an answer of the year was changed last (UTC), or None."""
    with desk.store.read() as tx:
        return max((listed.changed for listed in drafts.states(tx, year).values()), default=None)


def entry_problems(
    desk: Desk, changed: Entry, names: NamesHeld | None = None, questions: Questions = ()
) -> tuple[Problem, ...]:
    """What is the matter with an entry as it stands, saved or not; with ``names`` also the names in it.

    ``questions``: UD's own of the year, as :func:`questions` has them.
    """
    told = () if names is None else name_problems(changed, names.at_risk, names.pseudonyms)
    return problems_in(changed, desk.unit, desk.plan, questions) + told


def names_held(desk: Desk, year: Year, *, besides: EntryKey) -> NamesHeld:
    """The names that no open answer should hold; those of the answer ``besides`` are its own."""
    with desk.store.read() as tx:
        marked, table = drafts.marked_entries(tx, year, desk.plan), table_of(tx)
    others = (entry for entry in marked if entry.key != besides)
    return NamesHeld(at_risk=names_at_risk(others, desk.plan), pseudonyms=table)


def questions(desk: Desk, year: Year) -> Questions:
    """UD's own questions of a year, those that were withdrawn included; none where there is no call."""
    with desk.store.read() as tx:
        return questions_in(tx, year)


def problems(desk: Desk, year: Year) -> tuple[Problem, ...]:
    """What is the matter with the whole report. Raises NoCall, NoCallFor."""
    told = asked(desk, year)
    return problems_of(report(desk, year), told, desk.plan, pseudonyms(desk), questions(desk, year))


def read_answers(desk: Desk, data: bytes, year: Year | None) -> tuple[bool, Call, tuple[Entry, ...]]:
    """Of a file of answers: whether what has no blocker is to be ready, the call that is answered, and the answers.

    Raises Malformed, ForAnotherUnit, ForAnotherYear, NoCall, NoCallFor, AnswersUnfit.
    """
    answers = answers_from(load_json(data, limit=MAX_BYTES), desk.plan)
    if answers.unit is not None and answers.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=answers.unit, unit=desk.unit.code)
    if year is not None and answers.year is not None and answers.year != year:
        raise ForAnotherYear(found=answers.year, year=year)
    call = require_call(desk, answers.year if year is None else year)
    return answers.are_ready, call, tuple(_in_words(answer, call) for answer in answers.entries)


def _in_words(answer: Entry, call: Call) -> Entry:
    """The answer with its answers to UD's questions in the words of the call, whose ids are all that a file gives."""
    found, unfit = in_the_words_of(answer, call.questions)
    if unfit:
        raise AnswersUnfit(key=answer.key, unfit=unfit)
    return found


def _filled_in(tx: Tx, desk: Desk, year: Year, answer: Entry, old: Entry | None) -> Entry:
    """The answer from the file with what a file does not bring: files, sources, and measures where it has none."""
    measures = answer.measures or _going_on(tx, desk, year, old, answer.key)
    kept, taken = ((), ()) if old is None else (old.evidence, old.taken)
    return replace(answer, evidence=kept, taken=taken, measures=measures)


def fill(desk: Desk, data: bytes, year: Year | None = None, *, who: str = "") -> Filled:
    """Take in a file of answers: all of it or nothing. Evidence already attached to an entry stays with it.

    Raises Malformed, ForAnotherUnit, ForAnotherYear, NoCall, NoCallFor, AnswersUnfit.
    """
    are_ready, call, entries = read_answers(desk, data, year)
    saved: list[Entry] = []
    found: list[Problem] = []
    with desk.store.write() as tx:
        for answer in entries:
            old = drafts.entry(tx, call.year, answer.key, desk.plan)
            new = _filled_in(tx, desk, call.year, answer, old)
            stops = stops_in(tx, desk, call.year, new)
            new = replace(new, is_marked_ready=are_ready and not stops)
            save_entry(tx, desk, call.year, new, who)
            saved.append(new)
            found.extend(stops)
        note(tx, "filled", who=who or desk.unit.code, now=desk.clock(), about=str(call.year))
    return Filled.of(call.year, saved, found)


def _going_on(tx: Tx, desk: Desk, year: Year, old: Entry | None, key: EntryKey) -> tuple[Measure, ...]:
    """The measures that a file of answers without any leaves as they are."""
    if old is not None:
        return old.measures
    last = last_years_in(tx, desk, year, key)
    return () if last is None else carried_measures(last.entry)


def example(unit: str | None, year: Year, questions: Questions = ()) -> bytes:
    """A filled file of answers that shows every field, and an answer to each of UD's own ``questions``."""
    return canonical_json(answers_to_json(example_answers(unit, year, questions)))


def keys_of(asked_of: Asked, number: CommitmentNumber) -> Iterable[EntryKey]:
    """The answers that are owed on one commitment."""
    return (key for key in asked_keys(asked_of) if key.commitment == number)
