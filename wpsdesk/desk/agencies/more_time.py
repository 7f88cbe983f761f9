"""More time from UD, passed on to one's own: nothing moves by itself, a person says whether the agencies get it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from wpsdesk.base.ids import Year
from wpsdesk.desk.agencies.beginning import has_begun
from wpsdesk.desk.call.calling import create_call, current_call, draft_from_last, require_call
from wpsdesk.desk.model import Desk, gathering, reporting
from wpsdesk.desk.submission.heard import until_when
from wpsdesk.report.call import Call
from wpsdesk.store.documents import document, put_document

_PASSED_ON: Final = "time-passed-on"  # kind of document: the day until which this unit had time when it was


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreTime:
    """What UD has given this unit, and what its own call still says."""

    year: Year
    ours: date  # until when this unit has time now
    theirs: date  # the deadline of the call to its own
    proposed: date  # theirs, moved by as many days as ours was


def more_time(desk: Desk, year: Year | None = None) -> MoreTime | None:
    """The time that could be passed on; None where UD has given none, nobody is asked, or they have it already."""
    main = reporting(desk)
    if main.is_authority or not has_begun(main):
        return None
    own = current_call(gathering(main), year)
    above = None if own is None else current_call(main, own.year)
    if own is None or above is None:
        return None
    ours = until_when(main, above)
    with gathering(main).store.read() as tx:
        passed_on = document(tx, _PASSED_ON, str(own.year))
    if ours <= above.deadline or own.deadline >= above.deadline or passed_on == ours.isoformat().encode():
        return None
    proposed = own.deadline + (ours - above.deadline)
    return MoreTime(year=own.year, ours=ours, theirs=own.deadline, proposed=proposed)


def give_more_time(desk: Desk, until: date, out: Path, year: Year | None = None) -> Call:
    """Amend the call to one's own with a later deadline, all else as it was, and write its file.

    Raises OnlyTheAuthority on any desk that gathers from nobody, NoCall, NoCallFor, and what making a call raises.
    """
    side = gathering(desk)
    held = require_call(side, year)
    ours = until_when(reporting(desk), require_call(reporting(desk), held.year))
    with side.store.together():
        made = create_call(side, draft_from_last(side, held.year, until), out)
        with side.store.write() as tx:
            put_document(tx, _PASSED_ON, str(held.year), ours.isoformat().encode())
    return made
