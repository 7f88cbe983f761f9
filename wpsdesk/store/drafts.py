"""The entries that are being written, and every version of them that somebody may want back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Row, Table, bindparam, delete, insert, select, update

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import entry_from, entry_to_json
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import EntryState, state_of
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.search import forget_draft, index_draft
from wpsdesk.store.tables import draft_versions as _versions
from wpsdesk.store.tables import drafts as _drafts
from wpsdesk.store.transaction import Tx
from wpsdesk.store.upserting import upsert

COALESCED: Final = timedelta(seconds=60)
"""What one person types on in one entry within this time is one version: autosave runs every second, and
a thousand versions of a paragraph would hide the one that is looked for."""

LIMIT: Final = 64 << 20  # bytes of one entry

UNINDEXED: Final = "draft-unindexed"
"""The kind of document, of the whole store, that names a draft whose words have changed since they were indexed.

The index takes several pages of a store, and what is being typed is put on the disk every second; nobody looks for
half a word. So the words of a version that is typed over wait until somebody searches.
"""

_VOUCHED_FOR: Final = frozenset({EntryState.READY, EntryState.NOTHING})


def _with_key(table: Table) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == bindparam(f"{name}_") for name in ("year", "commitment", "country"))


_NOW: Final = select(_drafts.c.number.label("draft"), _versions).join_from(
    _drafts, _versions, _versions.c.number == _drafts.c.version
)
_ONE: Final = _NOW.where(*_with_key(_drafts))
_NUMBERED: Final = _NOW.where(_drafts.c.number == bindparam("number_"))
_YEAR: Final = _NOW.where(_drafts.c.year == bindparam("year_")).order_by(_drafts.c.commitment, _drafts.c.country)
_STATES: Final = _YEAR.with_only_columns(
    _drafts.c.commitment, _drafts.c.country, _versions.c.state, _versions.c.changed, _versions.c.who
)
_ALL_YEARS: Final = (
    select(_drafts.c.year)
    .join_from(_drafts, _versions, _versions.c.number == _drafts.c.version)
    .where(_versions.c.state != str(EntryState.EMPTY))
    .distinct()
    .order_by(_drafts.c.year.desc())
)
_PUT: Final = upsert(_drafts, "year", "commitment", "country", returning=_drafts.c.number)
_REMOVE: Final = delete(_drafts).where(*_with_key(_drafts)).returning(_drafts.c.number)

_VERSIONS: Final = select(_versions).where(*_with_key(_versions)).order_by(_versions.c.number.desc())
_ADD: Final = insert(_versions).returning(_versions.c.number)
_TYPE_ON: Final = (
    update(_versions)
    .where(_versions.c.number == bindparam("number_"))
    .values({name: bindparam(name) for name in ("changed", "state", "is_kept", "data")})
)
_KEEP: Final = (
    update(_versions)
    .where(
        _versions.c.is_kept == 0,
        _versions.c.number.in_(select(_drafts.c.version).where(_drafts.c.year == bindparam("year_"))),
    )
    .values(is_kept=1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A version of an entry; ``entry`` is None where it was removed. ``number`` is the store's own, 0 elsewhere."""

    when: datetime  # UTC
    who: str
    entry: Entry | None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list shows of an entry without reading it."""

    state: EntryState
    changed: datetime  # UTC
    who: str


def save_entry(tx: Tx, year: Year, entry: Entry, *, who: str, now: datetime, plan: Plan) -> EntryState:
    """Keep ``entry`` as it now stands, with its version and its words; what has not changed costs nothing.

    Words that are typed over wait for :func:`index_words_typed`.
    Raises Malformed, before anything is written, for an entry that could not be read again.
    """
    data = canonical_json(entry_to_json(entry))
    entry_from(load_json(data, limit=LIMIT), plan)
    state = state_of(entry)
    old = tx.run(_ONE, _place(year, entry.key)).one_or_none()
    if old is not None and old.data == data and old.state == state:
        return state
    what = {"state": str(state), "changed": rfc3339(now), "is_kept": int(state in _VOUCHED_FOR), "data": data}
    if old is not None and _may_be_typed_over(old, who, now):
        tx.run(_TYPE_ON, {"number_": old.number, **what})
        if document(tx, UNINDEXED, str(old.draft)) is None:
            put_document(tx, UNINDEXED, str(old.draft), b"")
    else:
        key = _values(year, entry.key)
        version = tx.run(_ADD, {**key, **what, "who": who, "began": what["changed"]}).scalar_one()
        index_draft(tx, tx.run(_PUT, {**key, "version": version}).scalar_one(), entry)
    return state


def have_words_to_index(tx: Tx) -> bool:
    """Whether words have been typed that a search would not find yet."""
    return bool(documents(tx, UNINDEXED))


def index_words_typed(tx: Tx, plan: Plan) -> None:
    """Let what has been typed be found. Raises Malformed."""
    for waiting in documents(tx, UNINDEXED):
        row = tx.run(_NUMBERED, {"number_": int(waiting.key)}).one_or_none()
        if row is not None and row.data is not None:
            index_draft(tx, row.draft, _entry_of(row, plan))
        remove_document(tx, UNINDEXED, waiting.key)


def _may_be_typed_over(version: Row[tuple[object, ...]], who: str, now: datetime) -> bool:
    """Never one that was marked ready or sent; else the same person's, begun less than COALESCED ago."""
    if version.is_kept or version.who != who:
        return False
    return timedelta(0) <= now - from_rfc3339(version.began) < COALESCED


def entry(tx: Tx, year: Year, key: EntryKey, plan: Plan) -> Entry | None:
    """The entry as it was last saved, or None. Raises Malformed."""
    row = tx.run(_ONE, _place(year, key)).one_or_none()
    return None if row is None else _entry_of(row, plan)


def entries(tx: Tx, year: Year, plan: Plan) -> tuple[Entry, ...]:
    """The year's entries by commitment, then country, "not country-specific" first. Raises Malformed."""
    return tuple(_entry_of(row, plan) for row in tx.run(_YEAR, {"year_": year}))


_MARKED: Final = b'"identifies_person_at_risk":true'


def marked_entries(tx: Tx, year: Year, plan: Plan) -> tuple[Entry, ...]:
    """Those of the year's entries that identify a person at risk; the others are not read. Raises Malformed."""
    rows = (row for row in tx.run(_YEAR, {"year_": year}) if _MARKED in row.data)
    return tuple(entry for row in rows if (entry := _entry_of(row, plan)).identifies_person_at_risk)


def entries_with_evidence(tx: Tx, year: Year, plan: Plan) -> tuple[Entry, ...]:
    """Those of the year's entries that have files; the others are not read. Raises Malformed."""
    return tuple(_entry_of(row, plan) for row in tx.run(_YEAR, {"year_": year}) if b'"evidence":[{' in row.data)


def years(tx: Tx) -> tuple[Year, ...]:
    """The years of which anything has been written, the latest first."""
    return tuple(Year(row.year) for row in tx.run(_ALL_YEARS, {}))


def states(tx: Tx, year: Year) -> Mapping[EntryKey, Listed]:
    """How far each of the year's entries has come, in the order of :func:`entries`."""
    return {
        EntryKey(CommitmentNumber(row.commitment), CountryCode(row.country) or None): Listed(
            state=EntryState(row.state), changed=from_rfc3339(row.changed), who=row.who
        )
        for row in tx.run(_STATES, {"year_": year})
    }


def history(tx: Tx, year: Year, key: EntryKey, plan: Plan) -> tuple[Change, ...]:
    """The entry's versions, the newest first. Raises Malformed."""
    return tuple(
        Change(
            when=from_rfc3339(row.changed),
            who=row.who,
            entry=None if row.data is None else _entry_of(row, plan),
            number=row.number,
        )
        for row in tx.run(_VERSIONS, _place(year, key))
    )


def add_history(tx: Tx, year: Year, key: EntryKey, past: tuple[Change, ...], plan: Plan) -> None:
    """Keep versions that were made on another desk; ``past`` is the oldest first. How the entry stands is not touched.

    Raises Malformed, before anything is written, for an entry that could not be read again.
    """
    rows = [_past_values(year, key, change, plan) for change in past]
    for values in rows:
        tx.run(_ADD, values)


def _past_values(year: Year, key: EntryKey, change: Change, plan: Plan) -> dict[str, object]:
    data = None if change.entry is None else canonical_json(entry_to_json(change.entry))
    if data is not None:
        entry_from(load_json(data, limit=LIMIT), plan)
    state = EntryState.EMPTY if change.entry is None else state_of(change.entry)
    at = rfc3339(change.when)
    return {
        **_values(year, key), "state": str(state), "began": at, "changed": at, "who": change.who, "is_kept": 1,
        "data": data,
    }  # fmt: skip


def remove_entry(tx: Tx, year: Year, key: EntryKey, *, who: str, now: datetime) -> None:
    """Take the entry out of the year's report; its versions stay, and the removal is one of them."""
    number = tx.run(_REMOVE, _place(year, key)).scalar_one_or_none()
    if number is None:
        return
    forget_draft(tx, number)
    at = rfc3339(now)
    gone = {"state": str(EntryState.EMPTY), "began": at, "changed": at, "who": who, "is_kept": 1, "data": None}
    tx.run(_ADD, {**_values(year, key), **gone})


def keep_versions(tx: Tx, year: Year) -> None:
    """Let the newest version of each of the year's entries never be typed over: it has been sent."""
    tx.run(_KEEP, {"year_": year})


def _values(year: Year, key: EntryKey) -> dict[str, object]:
    return {"year": year, "commitment": key.commitment, "country": key.country or ""}


def _place(year: Year, key: EntryKey) -> dict[str, object]:
    return {f"{name}_": value for name, value in _values(year, key).items()}


def _entry_of(row: Row[tuple[object, ...]], plan: Plan) -> Entry:
    found = entry_from(load_json(row.data, limit=LIMIT), plan)
    return replace(found, is_marked_ready=EntryState(row.state) in _VOUCHED_FOR)
