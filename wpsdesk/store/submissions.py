"""What units have sent to this desk: the exact signed bytes, which the database itself refuses to change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import CTE, Select, Table, bindparam, func, insert, or_, select

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.digesting import Digesting
from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.store.chunks import CHUNK, in_chunks
from wpsdesk.store.errors import ContainerChanged, DamagedStore
from wpsdesk.store.tables import (
    applied_entries,
    applied_reports,
    standings,
    submission_bases,
    submission_chunks,
    submission_entries,
    submission_files,
    submission_reports,
)
from wpsdesk.store.tables import (
    submissions as _submissions,
)
from wpsdesk.store.transaction import Tx
from wpsdesk.store.upserting import upsert

HELD: Final = "held"
"""The standing of a submission that waits for a person and does not count until somebody has looked."""

BASE_MISSING: Final = "base-missing"
"""The standing of a delta whose base is not the one in force: it does not count until that base has come."""

APPLIED: Final = "applied"
"""The standing of a delta that has waited, and counts since its base has come."""

SETTLED: Final = "settled"
"""The standing of a submission that was held, and between which and another an officer has chosen."""

NOT_COUNTED: Final = (HELD, BASE_MISSING, SETTLED)
"""The standings of what does not count, and never has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A submission as it came."""

    id: BundleId
    kind: str
    unit: UnitCode
    year: Year
    seq: int
    digest: Digest  # of the .asice
    signer: bytes  # the certificate, DER
    signed_at: datetime  # UTC
    received_at: datetime  # UTC
    size: int  # bytes of the container
    file_name: str


class EntryRow(NamedTuple):
    """What a submission says of one commitment, without its texts."""

    commitment: CommitmentNumber
    country: CountryCode | None
    status: str
    state: str


class FileRow(NamedTuple):
    """A piece of evidence that a submission carried."""

    digest: Digest
    size: int  # bytes


class Member(NamedTuple):
    """What of a submission decides how others stand to it."""

    id: BundleId
    digest: Digest
    seq: int
    received: str  # RFC 3339; of all that came it is asked of one at most
    base: Digest | None  # of a delta
    standing: str

    @property
    def received_at(self) -> datetime:
        """When it came, UTC."""
        return datetime.fromisoformat(self.received)

    @property
    def counts(self) -> bool:
        """Whether it is, or was until a later one came, the one in force."""
        return self.standing not in NOT_COUNTED


class CoverageRow(NamedTuple):
    """An :class:`EntryRow` of the submission that counts for its unit."""

    unit: UnitCode
    digest: Digest
    commitment: CommitmentNumber
    country: CountryCode | None
    status: str
    state: str


_ADD: Final = insert(_submissions)
_ADD_CHUNK: Final = insert(submission_chunks)
_ADD_REPORT: Final = insert(submission_reports)
_ADD_ENTRY: Final = insert(submission_entries)
_ADD_FILE: Final = insert(submission_files)
_ADD_BASE: Final = insert(submission_bases)
_APPLY_REPORT: Final = insert(applied_reports)
_APPLY_ENTRY: Final = insert(applied_entries)
_NEXT: Final = select(func.coalesce(func.max(_submissions.c.number), 0) + 1)
_ARRIVED: Final = select(*(_submissions.c[field.name] for field in fields(Arrived)))  # in the order of _from
_ALL: Final = _ARRIVED.order_by(_submissions.c.number)
_HELD: Final = _ALL.join(standings, standings.c.digest == _submissions.c.digest).where(standings.c.standing == HELD)
_HELD_FOR: Final = _HELD.where(_submissions.c.year == bindparam("year"))
_ONE: Final = _ARRIVED.where(_submissions.c.digest == bindparam("digest"))
_NUMBER: Final = select(_submissions.c.number).where(_submissions.c.digest == bindparam("digest"))
_CHUNK: Final = select(submission_chunks.c.data).where(
    submission_chunks.c.submission == bindparam("number"), submission_chunks.c.position == bindparam("position")
)
_REPORT: Final = (
    select(func.coalesce(submission_reports.c.data, applied_reports.c.data))
    .select_from(_submissions)
    .outerjoin(submission_reports, submission_reports.c.submission == _submissions.c.number)
    .outerjoin(applied_reports, applied_reports.c.submission == _submissions.c.number)
    .where(_submissions.c.digest == bindparam("digest"))
)
_FAMILY: Final = (
    select(
        _submissions.c.id, _submissions.c.digest, _submissions.c.seq, _submissions.c.received_at,
        submission_bases.c.base, func.coalesce(standings.c.standing, "").label("standing"),
    )
    .outerjoin(submission_bases, submission_bases.c.submission == _submissions.c.number)
    .outerjoin(standings, standings.c.digest == _submissions.c.digest)
    .where(_submissions.c.year == bindparam("year"), _submissions.c.unit == bindparam("unit"))
    .order_by(_submissions.c.number)
)  # fmt: skip
_CARRIERS: Final = (
    select(submission_files.c.digest, _submissions.c.digest.label("container"))
    .join(_submissions, _submissions.c.number == submission_files.c.submission)
    .where(_submissions.c.unit == bindparam("unit"))
    .order_by(_submissions.c.number)
)
_STAND: Final = upsert(standings, "digest")
_STANDINGS: Final = select(standings.c.digest, standings.c.standing)
_STANDING: Final = select(standings.c.standing).where(standings.c.digest == bindparam("digest"))


def _latest_numbers() -> CTE:
    """Of each unit in a year: the highest sequence number, a later arrival before an earlier one."""
    later_first = (_submissions.c.seq.desc(), _submissions.c.number.desc())
    place = func.row_number().over(partition_by=_submissions.c.unit, order_by=later_first).label("place")
    ranked = (
        select(_submissions.c.number, place)
        .outerjoin(standings, standings.c.digest == _submissions.c.digest)
        .where(
            _submissions.c.year == bindparam("year"),
            or_(standings.c.standing.is_(None), standings.c.standing.not_in(NOT_COUNTED)),
        )
        .subquery()
    )
    return select(ranked.c.number).where(ranked.c.place == 1).cte("latest")


def _latest_of(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    latest = _latest_numbers()
    return query.join(latest, latest.c.number == _submissions.c.number).order_by(_submissions.c.unit)


_LATEST: Final = _latest_of(_ARRIVED)


def _coverage_of(rows: Table) -> Select[tuple[object, ...]]:
    columns = select(
        _submissions.c.unit, _submissions.c.digest, rows.c.commitment,
        func.nullif(rows.c.country, "").label("country"), rows.c.status, rows.c.state,
    )  # fmt: skip
    return _latest_of(columns.join_from(_submissions, rows, rows.c.submission == _submissions.c.number)).order_by(
        rows.c.commitment, rows.c.country
    )


_COVERAGE: Final = _coverage_of(submission_entries)
_COVERAGE_APPLIED: Final = _coverage_of(applied_entries)


def record_submission(
    tx: Tx,
    arrived: Arrived,
    container: Iterable[bytes],
    entries: tuple[EntryRow, ...],
    *,
    report: bytes | None,
    files: Iterable[FileRow] = (),
    base: Digest | None = None,
) -> None:
    """Keep a verified submission for good: its container, streamed, its report's bytes and what a list shows of it.

    ``report`` is the whole report, also of a delta, and None of a delta whose base is not here. Raises
    ContainerChanged where the container's bytes are not those of ``arrived.digest``; BrokenRule for a digest that is
    here already (intake tells duplicates apart first).
    """
    number: int = tx.run(_NEXT).scalar_one()
    state, size = Digesting(), 0
    for position, chunk in enumerate(in_chunks(container)):
        state.update(chunk)
        size += len(chunk)
        tx.run(_ADD_CHUNK, {"submission": number, "position": position, "data": chunk})
    if state.digest() != arrived.digest or size != arrived.size:
        raise ContainerChanged(digest=arrived.digest)
    if report is not None:
        tx.run(_ADD_REPORT, {"submission": number, "data": report})
    if entries:
        tx.run(_ADD_ENTRY, [_entry_values(number, row) for row in entries])
    if carried := {file.digest: file.size for file in files}:
        tx.run(_ADD_FILE, [{"submission": number, "digest": d, "size": size} for d, size in carried.items()])
    if base is not None:
        tx.run(_ADD_BASE, {"submission": number, "base": base})
    tx.run(_ADD, {"number": number, **_values(arrived)})  # last: from here on the triggers refuse any change


def apply_delta(tx: Tx, digest: Digest, entries: tuple[EntryRow, ...], *, report: bytes) -> None:
    """Let a delta count that has waited for its base; ``report`` is the whole report that the two make.

    Raises KeyError where there is no such submission.
    """
    number = tx.run(_NUMBER, {"digest": digest}).scalar_one_or_none()
    if number is None:
        raise KeyError(digest)
    if entries:
        tx.run(_APPLY_ENTRY, [_entry_values(number, row) for row in entries])
    tx.run(_APPLY_REPORT, {"submission": number, "data": report})
    set_standing(tx, digest, APPLIED)


def family(tx: Tx, year: Year, unit: UnitCode) -> tuple[Member, ...]:
    """What came for a year from a unit, in the order of arrival, as far as it decides how a new one stands to it."""
    return tuple(Member._make(row) for row in tx.run(_FAMILY, {"year": year, "unit": unit}))


def carriers(tx: Tx, unit: UnitCode) -> dict[Digest, Digest]:
    """The evidence that a unit has ever sent, by its digest: the digest of the container that last brought it."""
    return {row.digest: row.container for row in tx.run(_CARRIERS, {"unit": unit})}


def submissions(tx: Tx, year: Year | None = None, unit: UnitCode | None = None) -> tuple[Arrived, ...]:
    """Everything that came for ``year`` (None: at all) from ``unit`` (None: from anyone), in the order of arrival."""
    query = _ALL if year is None else _ALL.where(_submissions.c.year == year)
    return tuple(_from(row) for row in tx.run(query if unit is None else query.where(_submissions.c.unit == unit)))


def submission(tx: Tx, digest: Digest) -> Arrived | None:
    """The submission with this digest, or None."""
    row = tx.run(_ONE, {"digest": digest}).one_or_none()
    return None if row is None else _from(row)


def held(tx: Tx, year: Year | None = None) -> tuple[Arrived, ...]:
    """What waits for a choice between two of a unit's reports, for ``year`` (None: at all), in the order of arrival."""
    found = tx.run(_HELD) if year is None else tx.run(_HELD_FOR, {"year": year})
    return tuple(map(_from, found))


def by_id(tx: Tx, bundle: BundleId) -> tuple[Arrived, ...]:
    """All that came under this id, in the order of arrival: more than one is a fork, and both are kept."""
    return tuple(_from(row) for row in tx.run(_ALL.where(_submissions.c.id == bundle)))


def latest(tx: Tx, year: Year) -> tuple[Arrived, ...]:
    """The submission that counts for each unit, by unit: the highest number, then the last to arrive; none HELD."""
    return tuple(_from(row) for row in tx.run(_LATEST, {"year": year}))


def coverage_rows(tx: Tx, year: Year) -> tuple[CoverageRow, ...]:
    """What the submissions of :func:`latest` say, by unit, commitment and country, without texts."""
    # A row has a CoverageRow's names already; there are thousands, and each is made once.
    found: tuple[CoverageRow, ...] = tuple(tx.run(_COVERAGE, {"year": year}))
    applied: tuple[CoverageRow, ...] = tuple(tx.run(_COVERAGE_APPLIED, {"year": year}))
    if not applied:  # as mostly: then they are in order
        return found
    return tuple(sorted((*found, *applied), key=lambda r: (r.unit, r.commitment, r.country or "")))


def container(tx: Tx, digest: Digest) -> Iterator[bytes]:
    """The exact bytes that came, in chunks of at most 256 KiB.

    Raises KeyError where there is no such submission; DamagedStore at the end, should the bytes be others than came.
    """
    number = tx.run(_NUMBER, {"digest": digest}).scalar_one_or_none()
    if number is None:
        raise KeyError(digest)
    state, position = hashlib.sha256(), 0
    while (chunk := tx.run(_CHUNK, {"number": number, "position": position}).scalar_one_or_none()) is not None:
        state.update(chunk)
        yield chunk
        position += 1
    if state.hexdigest() != digest:
        raise DamagedStore(path=tx.path)


def container_part(tx: Tx, digest: Digest, offset: int, length: int) -> bytes:
    """``length`` bytes of the container from ``offset``, fewer at its end; the whole's digest is not looked at.

    Raises KeyError where there is no such submission.
    """
    number = tx.run(_NUMBER, {"digest": digest}).scalar_one_or_none()
    if number is None:
        raise KeyError(digest)
    first, last, found = offset // CHUNK, (offset + max(length, 1) - 1) // CHUNK, bytearray()
    for position in range(first, last + 1):
        found += tx.run(_CHUNK, {"number": number, "position": position}).scalar_one_or_none() or b""
    start = offset - first * CHUNK
    return bytes(found[start : start + length])


def report_bytes(tx: Tx, digest: Digest) -> bytes | None:
    """The whole report that the submission stands for.

    None where there is no such submission, and of a delta that waits for its base.
    """
    return tx.run(_REPORT, {"digest": digest}).scalar_one_or_none()


def set_standing(tx: Tx, digest: Digest, standing: str) -> None:
    """Say how the submission stands to the others (``HELD``, ``superseded``); its bytes are not touched."""
    tx.run(_STAND, {"digest": digest, "standing": standing})


def all_standings(tx: Tx) -> Mapping[Digest, str]:
    """How every submission stands of which anything has been said, in one query."""
    return {row.digest: row.standing for row in tx.run(_STANDINGS)}


def standing_of(tx: Tx, digest: Digest) -> str:
    """How the submission stands; "" where nothing has been said."""
    return tx.run(_STANDING, {"digest": digest}).scalar_one_or_none() or ""


def _entry_values(number: int, row: EntryRow) -> dict[str, object]:
    return {
        "submission": number,
        "commitment": row.commitment,
        "country": row.country or "",
        "status": str(row.status),
        "state": str(row.state),
    }


def _values(arrived: Arrived) -> dict[str, object]:
    same = ("id", "unit", "year", "seq", "digest", "signer", "size", "file_name")
    return {
        **{name: getattr(arrived, name) for name in same},
        "kind": str(arrived.kind),
        "signed_at": rfc3339(arrived.signed_at),
        "received_at": rfc3339(arrived.received_at),
    }


def _from(row: Sequence[Any]) -> Arrived:
    bundle, kind, unit, year, seq, digest, signer, signed_at, received_at, size, file_name = row
    return Arrived(
        id=bundle,
        kind=kind,
        unit=unit,
        year=year,
        seq=seq,
        digest=digest,
        signer=signer,
        signed_at=datetime.fromisoformat(signed_at),  # our own writing: Z already, no need to look for an offset
        received_at=datetime.fromisoformat(received_at),
        size=size,
        file_name=file_name,
    )
