"""Whether UD holds a later report of the unit than this desk knows of: sending from here would then make a fork.

A desk is behind where UD's latest reply is about a number that has never been sent from here, and may be behind once
it has been laid back from a backup. The first ends when UD gives its report back, or another desk of the unit hands
over; the second also when UD has written since, or when a person says that nothing has been sent since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Year
from wpsdesk.bundle.model import Kind
from wpsdesk.desk.call.calling import call_in
from wpsdesk.desk.model import LIMIT, OWN, Desk
from wpsdesk.desk.submission.heard import latest_heard
from wpsdesk.desk.submission.sending_errors import LaidBack, LaterAtUd
from wpsdesk.store import drafts
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import lines, note
from wpsdesk.store.sent import sent
from wpsdesk.store.transaction import Tx

_LAID_BACK: Final = "laid-back"
_SETTLED: Final = "laid-back-settled"
"""The kind of document that says, by year, which laying back is no matter any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """UD holds, or may hold, a later report of the year than this desk knows of."""

    year: Year
    held: int | None  # its number, as UD has told; None: UD has not been heard
    saved: datetime | None  # UTC; the last change in the backup that the desk was laid back from


@dataclass(frozen=True, slots=True, kw_only=True)
class _Back:
    """That the desk was laid back from a backup."""

    at: datetime
    saved: datetime


def behind(desk: Desk, year: Year) -> Behind | None:
    """What UD holds, or may hold, that this desk does not know of; None where there is nothing of the kind."""
    with desk.store.read() as tx:
        return behind_in(tx, desk, year)


def behind_in(tx: Tx, desk: Desk, year: Year) -> Behind | None:
    """The same, within a transaction."""
    held = _later_at_ud(tx, desk, year)
    back = None if held is not None else _unsettled(tx, year)
    if held is None and back is None:
        return None
    return Behind(year=year, held=held, saved=None if back is None else back.saved)


def require_not_behind(tx: Tx, desk: Desk, year: Year) -> None:
    """Raise LaterAtUd or LaidBack where sending could make a fork."""
    found = behind_in(tx, desk, year)
    if found is not None:
        raise as_fault(found)


def as_fault(found: Behind) -> LaterAtUd | LaidBack:
    """What sending would meet."""
    if found.held is not None:
        return LaterAtUd(year=found.year, held=found.held)
    assert found.saved is not None, "it is one or the other"
    return LaidBack(year=found.year, saved=found.saved)


def _later_at_ud(tx: Tx, desk: Desk, year: Year) -> int | None:
    heard = latest_heard(tx, desk, year)
    about = None if heard is None else heard.reply.about
    if about is None:
        return None
    known = [one for one in sent(tx, year) if one.kind == Kind.SUBMISSION]
    is_known = any(one.id == about.bundle or one.seq >= about.seq for one in known)
    return None if is_known else about.seq


def _laid_back(tx: Tx) -> _Back | None:
    data = document(tx, _LAID_BACK, OWN)
    if data is None:
        return None
    reader = load_json(data, limit=LIMIT)
    return _Back(at=reader.get("at").time(), saved=reader.get("saved").time())


def saved_in_backup(tx: Tx) -> datetime | None:
    """The last change in the backup that the desk was laid back from; None where it was not."""
    back = _laid_back(tx)
    return None if back is None else back.saved


def _unsettled(tx: Tx, year: Year) -> _Back | None:
    back, call = _laid_back(tx), call_in(tx, year)
    if back is None or call is None:
        return None
    is_settled = document(tx, _SETTLED, str(year)) == _mark(back)
    return None if is_settled or call.issued > back.at else back


def _mark(back: _Back) -> bytes:
    return rfc3339(back.at).encode("ascii")


# -- what begins and ends it ---------------------------------------------------------------------


def lay_back(tx: Tx, desk: Desk) -> None:
    """Keep that the desk, as it is now, has come from a backup; UD's own sends no reports."""
    if desk.identity.is_authority:
        return
    value = {"at": rfc3339(desk.clock()), "saved": rfc3339(_last_change(tx, desk))}
    put_document(tx, _LAID_BACK, OWN, canonical_json(value))


def _last_change(tx: Tx, desk: Desk) -> datetime:
    moments = [line.at for line in lines(tx, limit=1)]
    moments += [listed.changed for year in drafts.years(tx) for listed in drafts.states(tx, year).values()]
    return max(moments, default=desk.identity.created)


def heard_from_ud(tx: Tx, year: Year | None, written: datetime) -> None:
    """UD has told how the year stands, in a reply of that moment: if it is later than the backup, that is settled."""
    back = None if year is None else _unsettled(tx, year)
    if year is not None and back is not None and written >= back.at:
        put_document(tx, _SETTLED, str(year), _mark(back))


def nothing_sent_since(desk: Desk, year: Year, *, who: str = "") -> Behind | None:
    """A person says that nothing of the year has been sent since the backup; what stands in the way still, or None."""
    with desk.store.write() as tx:
        back = _unsettled(tx, year)
        if back is not None:
            put_document(tx, _SETTLED, str(year), _mark(back))
            note(tx, "nothing-sent-since", who=who or desk.unit.code, now=desk.clock(), about=str(year))
        return behind_in(tx, desk, year)
