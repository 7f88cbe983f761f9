"""What the unit answered last year, as it stands beside this year's, also where the plan has moved the commitment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wpsdesk.base.ids import Year
from wpsdesk.desk.call.calling import plan_in
from wpsdesk.desk.model import Desk
from wpsdesk.plan.model import Plan
from wpsdesk.plan.succession import Chain, Origin, carried, load_chain, origins
from wpsdesk.report.carrying import put_together
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import is_empty
from wpsdesk.store import drafts
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Last year's answer under this year's key; the commitments it was given on, where the plan was another then."""

    entry: Entry
    origins: tuple[Origin, ...] = ()


def last_years(desk: Desk, year: Year, key: EntryKey) -> Earlier | None:
    """What was answered the year before ``year``; None where nothing was."""
    with desk.store.read() as tx:
        return last_years_in(tx, desk, year, key)


def last_years_in(tx: Tx, desk: Desk, year: Year, key: EntryKey) -> Earlier | None:
    """The same, within a transaction."""
    then = plan_in(tx, desk.plan, Year(year - 1))
    if then.edition != desk.plan.edition:
        return _moved(tx, year, key, then, load_chain(desk.plan.edition))
    found = drafts.entry(tx, Year(year - 1), key, desk.plan)
    return None if found is None or is_empty(found) else Earlier(entry=found)


def all_last_years_in(tx: Tx, desk: Desk, year: Year) -> tuple[Entry, ...]:
    """Every answer of the year before under this year's keys; one to a commitment that was dropped is left out."""
    then = plan_in(tx, desk.plan, Year(year - 1))
    if then.edition == desk.plan.edition:
        return drafts.entries(tx, Year(year - 1), desk.plan)
    countries = dict.fromkeys(key.country for key in drafts.states(tx, Year(year - 1)))
    keys = (EntryKey(one.number, country) for one in desk.plan.commitments for country in countries)
    found = (last_years_in(tx, desk, year, key) for key in keys)
    return tuple(earlier.entry for earlier in found if earlier is not None)


def _moved(tx: Tx, year: Year, key: EntryKey, then: Plan, chain: Chain) -> Earlier | None:
    """From the commitments that this one was in the edition of last year: together, where they have been merged."""
    found = tuple(_answers(tx, year, key, then, chain))
    if not found:
        return None
    came, entries = zip(*found, strict=True)
    return Earlier(entry=put_together(key, entries), origins=came)


def _answers(tx: Tx, year: Year, key: EntryKey, then: Plan, chain: Chain) -> Iterator[tuple[Origin, Entry]]:
    for origin in origins(chain, key.commitment):
        if origin.edition != then.edition:
            continue
        entry = drafts.entry(tx, Year(year - 1), EntryKey(origin.number, key.country), then)
        if entry is not None and not is_empty(entry):
            goes_on_here = carried(chain, then.edition, origin.number)[:1] == (key.commitment,)
            # A measure goes on in one place: of a commitment that was split, under the first.
            yield origin, entry if goes_on_here else replace(entry, measures=())
