"""What the driver's exceptions mean to the person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import psycopg

from wpsdesk.base.errors import DiskFull, FileFault
from wpsdesk.store.errors import BrokenRule, DamagedStore
from wpsdesk.store.server.errors import DatabaseAway, DatabaseBusy, DatabaseRefused, DeskNotThere, LoginWanted, NoRights
from wpsdesk.store.server.sealing import NotSealedByUs

_BUSY: Final = frozenset({"40001", "40P01", "55P03", "53300"})
_GONE: Final = frozenset({"42P01", "3F000", "42883"})  # no such table, schema, function
_ENDED: Final = frozenset({"25P03", "57P01", "57P02", "57P03", "57P05"})
_FULL: Final = frozenset({"53100", "53200"})
_SHUT: Final = frozenset({"42501"})
_FAULTS: Final[tuple[tuple[frozenset[str], type[FileFault]], ...]] = (
    (_BUSY, DatabaseBusy), (_GONE, DeskNotThere), (_ENDED, DatabaseAway), (_FULL, DiskFull), (_SHUT, NoRights),
)  # fmt: skip


def meaning_of(error: BaseException | None, path: Path) -> Exception:
    """The fault that ``error`` stands for; BrokenRule, with the server's words and no value, for a bug of ours."""
    assert isinstance(error, psycopg.Error)
    state = error.sqlstate or ""
    if isinstance(error, NotSealedByUs):
        return DamagedStore(path=path)
    for known, fault in _FAULTS:
        if state in known:
            return fault(path=path)
    if state.startswith("28") or state == "3D000":
        return DatabaseRefused(path=path)
    if state.startswith("08"):
        return DatabaseAway(path=path)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and not state:
        return _unanswered(error, path)
    words = "" if state.startswith("22") else error.diag.message_primary or ""  # what was wrong with a value shows it
    return BrokenRule(f"{state or type(error).__name__}: {words}")


def _unanswered(error: psycopg.Error, path: Path) -> Exception:
    # Before there is a session libpq gives words only; its own are never translated, and the server's may be.
    words = str(error)
    if "no password supplied" in words:
        return LoginWanted(path=path)
    if "permission denied" in words:
        return NoRights(path=path)
    refusals = ("authentication failed", "does not exist", "no pg_hba.conf entry", "certificate", "SSL")
    if any(each in words for each in refusals):
        return DatabaseRefused(path=path)
    return DatabaseAway(path=path)
