"""Telling every unit what UD has decided since the last reply: a file for each, and one that fails stops no other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.files import make_folder
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.call.extending import extensions_in
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.desk.review.choices import choices_in, units_chosen_for
from wpsdesk.desk.review.replying import Replied, reply
from wpsdesk.report.states import Decision
from wpsdesk.store.reviews import standing_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReplied:
    """A unit to which no reply could be written, and why."""

    unit: UnitCode
    error: WpsError


def untold(desk: Desk, year: Year) -> tuple[UnitCode, ...]:
    """The units that no reply has told of a decision, a choice or more time yet. Raises OnlyTheAuthority."""
    require_gathering(desk)
    stands = (Decision.ACCEPTED, Decision.RETURNED)
    with desk.store.read() as tx:
        found = {s.place.unit for s in standing_steps(tx, year) if s.decision in stands and not s.told}
        found |= {unit for unit, given in extensions_in(tx, year).items() if not given.told}
        for unit in units_chosen_for(tx, year):
            if any(not each.told and not each.is_undone for each in choices_in(tx, desk.plan, unit, year)):
                found.add(unit)
    return tuple(sorted(found))


def reply_to_all(
    desk: Desk, year: Year, folder: Path, *, progress: Progress = unwatched
) -> tuple[Replied | NotReplied, ...]:
    """Write a reply for each of :func:`untold` into ``folder``; what was written when it is stopped stays written.

    Raises OnlyTheAuthority, FileUnwritable, DiskFull, Cancelled.
    """
    units = untold(desk, year)
    make_folder(folder)
    done: list[Replied | NotReplied] = []
    for place, unit in enumerate(units):
        progress(place, len(units))
        try:
            done.append(reply(desk, unit, year, folder))
        except Cancelled:
            raise
        except WpsError as error:
            done.append(NotReplied(unit=unit, error=error))
    progress(len(units), len(units))
    return tuple(done)
