"""The course through a year's report: which answers it has, how far each has come, and which is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.desk.answers.drafting import Row
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import EntryState

DONE = frozenset({EntryState.READY, EntryState.NOTHING})


class Place(NamedTuple):
    """Where one is in the report, for the page that replaces this one in another language."""

    key: EntryKey | None
    scrolled: int
    field: str
    reading: tuple[Year, EntryKey | None] | None = None  # the answer of an earlier year that is read


def _in_plan(key: EntryKey) -> tuple[int, str]:
    return key.commitment, key.country or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The answers of one year in the plan's order."""

    year: Year
    states: Mapping[EntryKey, EntryState]  # in the plan's order
    asked: frozenset[EntryKey]

    @property
    def keys(self) -> tuple[EntryKey, ...]:
        """The answers that are asked or have been begun."""
        return tuple(self.states)

    @property
    def ready(self) -> int:
        """How many are done."""
        return sum(state in DONE for state in self.states.values())

    def by_commitment(self) -> dict[CommitmentNumber, tuple[EntryState, ...]]:
        """The states of each commitment's answers, one for each country."""
        found: dict[CommitmentNumber, tuple[EntryState, ...]] = {}
        for key, state in self.states.items():
            found[key.commitment] = (*found.get(key.commitment, ()), state)
        return found

    def of_commitment(self, number: CommitmentNumber) -> tuple[EntryKey, ...]:
        """The answers on one commitment."""
        return tuple(key for key in self.states if key.commitment == number)

    def first_open(self) -> EntryKey | None:
        """The first that is not done, else the first; None where nothing is asked."""
        return next((k for k, state in self.states.items() if state not in DONE), next(iter(self.states), None))

    def neighbour(self, of: EntryKey, by: int) -> EntryKey:
        """The one ``by`` places on; from the last it goes to the first."""
        keys = sorted({*self.states, of}, key=_in_plan)
        return keys[(keys.index(of) + by) % len(keys)]

    def next_open(self, after: EntryKey) -> EntryKey | None:
        """The next that is not done, looked for from ``after`` round to it; None where all are."""
        keys = sorted({*self.states, after}, key=_in_plan)
        place = keys.index(after)
        round_trip = (*keys[place + 1 :], *keys[: place + 1])
        return next((k for k in round_trip if self.states.get(k, EntryState.EMPTY) not in DONE), None)

    def after(self, key: EntryKey, state: EntryState) -> Course:
        """The course when one answer has come so far; one that was not asked and is empty again falls out."""
        states = {**self.states, key: state}
        if state is EntryState.EMPTY and key not in self.asked:
            del states[key]
        return replace(self, states={k: states[k] for k in sorted(states, key=_in_plan)})


def course_of(year: Year, rows: tuple[Row, ...]) -> Course:
    """The course that the desk's list makes."""
    return Course(
        year=year,
        states={row.key: row.state for row in rows},
        asked=frozenset(row.key for row in rows if row.is_asked),
    )
