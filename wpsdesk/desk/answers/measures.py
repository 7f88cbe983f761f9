"""The unit's own measures over all commitments: one list, each changed where it stands in its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.drafting import begun_in
from wpsdesk.desk.answers.last_years import all_last_years_in
from wpsdesk.desk.answers.measure_errors import MeasureMeanwhile
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import save_entry, still_ready
from wpsdesk.report.carrying import carried_measures
from wpsdesk.report.model import Entry, EntryKey, Measure, MeasureStatus, in_order
from wpsdesk.report.states import is_empty
from wpsdesk.store import drafts
from wpsdesk.store.transaction import Tx

ENDED = frozenset((MeasureStatus.DONE, MeasureStatus.STOPPED))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One measure, and where it stands."""

    key: EntryKey
    place: int  # among the measures of its answer, from 0
    measure: Measure
    is_begun: bool  # the answer holds it; else it goes on from last year and is kept with the first change
    is_late: bool  # past the day it was to be done by, and not done


def measures(desk: Desk, year: Year) -> tuple[MeasureLine, ...]:
    """Every measure of the year in the plan's order, those that go on from last year included."""
    with desk.store.read() as tx:
        return tuple(_lines(tx, desk, year))


def _lines(tx: Tx, desk: Desk, year: Year) -> Iterator[MeasureLine]:
    here = {entry.key: entry for entry in drafts.entries(tx, year, desk.plan)}
    last = all_last_years_in(tx, desk, year)
    going_on = {entry.key: entry for entry in last if carried_measures(entry)}
    keys = {*(key for key, entry in here.items() if entry.measures), *going_on}
    today = desk.clock().astimezone().date()
    for key in (entry.key for entry in in_order(tuple(Entry(key=key) for key in keys))):
        entry = here.get(key)
        is_begun = entry is not None and not is_empty(entry)
        found = here[key].measures if is_begun else carried_measures(going_on[key])
        for place, measure in enumerate(found):
            yield _line(key, place, measure, is_begun=is_begun, today=today)


def _line(key: EntryKey, place: int, measure: Measure, *, is_begun: bool, today: date) -> MeasureLine:
    is_late = measure.due is not None and measure.due < today and measure.status not in ENDED
    return MeasureLine(key=key, place=place, measure=measure, is_begun=is_begun, is_late=is_late)


def change_measure(desk: Desk, year: Year, line: MeasureLine, changed: Measure, *, who: str = "") -> MeasureLine:
    """Let a measure say something else, in its answer. Raises MeasureMeanwhile, Malformed."""
    with desk.store.write() as tx:
        entry = begun_in(tx, desk, year, line.key)
        found = entry.measures
        if line.place >= len(found) or found[line.place] != line.measure:
            raise MeasureMeanwhile(title=line.measure.title)
        put = (*found[: line.place], changed, *found[line.place + 1 :])
        save_entry(tx, desk, year, still_ready(tx, desk, year, replace(entry, measures=put)), who)
    return _line(line.key, line.place, changed, is_begun=True, today=desk.clock().astimezone().date())


def add_measure(desk: Desk, year: Year, key: EntryKey, measure: Measure, *, who: str = "") -> MeasureLine:
    """Put one more measure under a commitment, after those there are. Raises Malformed."""
    with desk.store.write() as tx:
        entry = begun_in(tx, desk, year, key)
        found = (*entry.measures, measure)
        save_entry(tx, desk, year, still_ready(tx, desk, year, replace(entry, measures=found)), who)
    return _line(key, len(found) - 1, measure, is_begun=True, today=desk.clock().astimezone().date())
