"""Keeping a submission: how it stands to the others of its unit, what whole report it makes, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.bundle.errors import ContentMalformed
from wpsdesk.bundle.layout import layout_of
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import DELTA_NAME
from wpsdesk.bundle.zipreading import directory_of, whole
from wpsdesk.desk.arrivals.proving import keep_proof, put_proof
from wpsdesk.desk.arrivals.submitted import Submitted, rows_of
from wpsdesk.desk.call.calling import call_in
from wpsdesk.desk.errors import AlreadyReceived, NotAskedFor
from wpsdesk.desk.evidence.held_files import Held
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.review.carrying_choices import carry_choices
from wpsdesk.desk.review.reviewing import put_aside_changed
from wpsdesk.desk.review.standing import report_of
from wpsdesk.intake.relations import Lineage, Relation, in_force, left_out, relate, stands_on
from wpsdesk.report.codec import report_from, report_to_json
from wpsdesk.report.delta import Delta, delta_from, merged
from wpsdesk.report.model import Evidence, Report
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import (
    APPLIED,
    BASE_MISSING,
    HELD,
    Arrived,
    EntryRow,
    Member,
    apply_delta,
    carriers,
    family,
    record_submission,
    report_bytes,
    set_standing,
    submission,
)
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.errors import StaleRevocationList


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A submission that is now held."""

    relation: Relation
    unit: UnitCode
    year: Year
    seq: int
    is_delta: bool
    entries: int  # of the whole report; of a delta whose base is missing, those that it changes
    files: int  # that came with it
    missing: tuple[Evidence, ...]  # that it names, and that neither came with it nor ever before
    left_out: int  # numbers between the one that was in force and this one that have never come
    digest: Digest
    signed_by: str
    signed_at: datetime
    warnings: tuple[StaleRevocationList, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a submission says: as a whole, as far as that is known."""

    data: bytes | None  # of report.json; None of a delta whose base is not here
    rows: tuple[EntryRow, ...]
    entries: int
    named: frozenset[Digest]  # the files that it names
    names: Callable[[], tuple[Evidence, ...]]  # the same, as it names them
    said: Delta | None = None


def keep_submission(desk: Desk, file_name: str, come: Submitted) -> Received:
    """Keep one submission, in one transaction. Raises NotAskedFor, AlreadyReceived, ContentMalformed, DiskFull.

    1. The unit must be one that the call asks. 2. Its relation to what is held is told; a duplicate is refused.
    3. A delta is put on its base, if that is here. 4. The exact signed bytes go into the store, which checks their
    digest. 5. The highest number stands for the unit. A conflict is held until a person has looked, and a delta
    without its base waits; nothing that was there is touched by either. 6. What has waited for this one counts, and a
    decision of UD's on an answer that is another now is put aside.
    """
    unit, year, now = come.unit, come.year, desk.clock()
    with desk.store.write() as tx:
        call = call_in(tx, year)
        if call is None or call.asked_of(unit) is None:
            raise NotAskedFor(unit=unit, year=year)
        members = family(tx, year, unit)
        held = _lineages(tx, members, (unit, year), with_reports=come.is_delta)
        arriving = Lineage(id=come.id, digest=come.digest, unit=unit, year=year, seq=come.seq, base=come.base)
        relation = relate(arriving, held)
        if relation is Relation.DUPLICATE:
            first = next(m for m in members if m.digest == come.digest)
            raise AlreadyReceived(unit=unit, year=year, seq=first.seq, received_at=first.received_at)
        read = _read(tx, desk, come, on=_base_of(relation, come.base, held))
        arrived = arrived_of(come, file_name, now)
        record_submission(tx, arrived, come.container(), read.rows, report=read.data, files=come.files, base=come.base)
        keep_proof(tx, desk, arrived)
        _put_standing(tx, come.digest, relation, read)
        note(tx, "received", who=desk.unit.code, now=now, about=f"{unit}/{year}/{come.seq}")
        if relation in (Relation.NEW, Relation.SUPERSEDES):
            if isinstance(read.said, Delta):
                carry_choices(tx, desk, read.said, come.digest)
            if any(m.standing == BASE_MISSING for m in members):
                for seq in _apply_waiting(tx, desk, unit, year):
                    note(tx, "applied", who=desk.unit.code, now=now, about=f"{unit}/{year}/{seq}")
            put_aside_changed(tx, desk, unit, year)
        missing = _missing(tx, unit, read.named, read.names, {file.digest for file in come.files})
    return _received(come, relation, read, missing, left_out(arriving, held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How a submission was received by a desk of UD's before this one."""

    file_name: str
    at: datetime  # UTC
    proof: bytes  # UD's signed note of that day
    standing: str  # how it stood at the end


def keep_again(tx: Tx, desk: Desk, come: Submitted, before: Before) -> None:
    """Keep a submission that an earlier desk of UD's received, as it was received and as it stood; after those before.

    Nothing is decided anew: what was held stays held, and what an officer has chosen stays chosen. Raises
    AlreadyReceived, ContentMalformed, ContainerChanged.
    """
    unit, year = come.unit, come.year
    members = family(tx, year, unit)
    held = _lineages(tx, members, (unit, year), with_reports=come.is_delta)
    arriving = Lineage(id=come.id, digest=come.digest, unit=unit, year=year, seq=come.seq, base=come.base)
    relation = relate(arriving, held)
    if relation is Relation.DUPLICATE:
        raise AlreadyReceived(unit=unit, year=year, seq=come.seq, received_at=before.at)
    waited = before.standing in (BASE_MISSING, APPLIED)
    read = _read(tx, desk, come, on=None if waited else _base_of(relation, come.base, held) or come.base)
    if read.data is None and before.standing == "":  # what counted then had its base
        raise ContentMalformed(document=DELTA_NAME, place="base", problem="inconsistent")
    arrived = arrived_of(come, before.file_name, before.at)
    record_submission(tx, arrived, come.container(), read.rows, report=read.data, files=come.files, base=come.base)
    put_proof(tx, come.digest, before.proof)
    if waited or before.standing:
        set_standing(tx, come.digest, BASE_MISSING if waited else before.standing)
    if before.standing == "" and any(m.standing == BASE_MISSING for m in members):
        _apply_waiting(tx, desk, unit, year)


def _received(
    come: Submitted, relation: Relation, read: _Read, missing: tuple[Evidence, ...], skipped: int
) -> Received:
    return Received(
        relation=relation,
        unit=come.unit,
        year=come.year,
        seq=come.seq,
        is_delta=come.is_delta,
        entries=read.entries,
        files=len(come.files),
        missing=missing,
        left_out=skipped,
        digest=come.digest,
        signed_by=come.signer.name,
        signed_at=come.signed_at,
        warnings=come.warnings,
    )


def _lineages(
    tx: Tx, members: tuple[Member, ...], whose: tuple[UnitCode, Year], *, with_reports: bool
) -> tuple[Lineage, ...]:
    unit, year = whose
    return tuple(
        Lineage(
            id=m.id,
            digest=m.digest,
            unit=unit,
            year=year,
            seq=m.seq,
            base=m.base,
            report=_report_digest(tx, m.digest) if with_reports else None,
            counts=m.counts,
        )
        for m in members
    )


def _report_digest(tx: Tx, digest: Digest) -> Digest | None:
    data = report_bytes(tx, digest)
    return None if data is None else sha256(data)


def _base_of(relation: Relation, base: Digest | None, held: tuple[Lineage, ...]) -> Digest | None:
    """The submission whose report a delta is put on.

    One that is in conflict or comes too late is put on its base all the same, where that is here, to be read. One that
    waits is not: it is put on its base when that counts.
    """
    top = in_force(held)
    match relation:
        case Relation.BASE_MISSING:
            return None
        case Relation.NEW | Relation.SUPERSEDES if base is not None and top is not None:
            return top.digest
        case _:
            return base


def _read(tx: Tx, desk: Desk, come: Submitted, *, on: Digest | None) -> _Read:
    if not come.is_delta:
        return _Read(
            data=come.payload, rows=come.rows, entries=len(come.rows), named=come.named, names=lambda: _files_in(come)
        )
    delta = come.said()
    assert isinstance(delta, Delta), "what has a base is a delta"
    data = None if on is None else report_bytes(tx, on)
    if data is None:
        return _Read(
            data=None,
            rows=(),
            entries=len(delta.upserted),
            named=come.named,
            names=lambda: delta.said.files,
            said=delta,
        )
    report = put_on(delta, report_from(load_json(data, limit=LIMIT), desk.plan))
    return _Read(
        data=canonical_json(report_to_json(report)),
        rows=rows_of(report),
        entries=len(report.entries),
        named=frozenset(file.digest for file in report.files),
        names=lambda: report.files,
        said=delta,
    )


def _files_in(come: Submitted) -> tuple[Evidence, ...]:
    report = come.said()
    assert isinstance(report, Report), "what has no base is a whole report"
    return report.files


def put_on(delta: Delta, base: Report) -> Report:
    """The whole report that a delta makes of its base. Raises ContentMalformed where it does not fit on it."""
    try:
        return merged(base, delta)
    except ValueError:
        raise ContentMalformed(document=DELTA_NAME, place="deleted", problem="inconsistent") from None


def _put_standing(tx: Tx, digest: Digest, relation: Relation, read: _Read) -> None:
    if relation is Relation.CONFLICT:
        set_standing(tx, digest, HELD)
    elif read.data is None:
        set_standing(tx, digest, BASE_MISSING)


def _apply_waiting(tx: Tx, desk: Desk, unit: UnitCode, year: Year) -> tuple[int, ...]:
    """Let every delta count that has waited for what is in force now; and what has waited for that one.

    The numbers of those that count from now on.
    """
    applied: list[int] = []
    while True:
        members = family(tx, year, unit)
        waiting = [m for m in members if m.standing == BASE_MISSING and m.base is not None]
        if not waiting:
            return tuple(applied)
        held = _lineages(tx, members, (unit, year), with_reports=True)
        top = in_force(held)
        assert top is not None, "one has just come"
        next_one = min((m for m in waiting if _is_next(m, top, held)), key=lambda m: m.seq, default=None)
        if next_one is None:
            return tuple(applied)
        if _apply(tx, desk, next_one, top):
            applied.append(next_one.seq)


def _is_next(waiting: Member, top: Lineage, held: Collection[Lineage]) -> bool:
    return waiting.base is not None and waiting.seq > top.seq and stands_on(waiting.base, top, held)


def _apply(tx: Tx, desk: Desk, waiting: Member, top: Lineage) -> bool:
    data, arrived = report_bytes(tx, top.digest), submission(tx, waiting.digest)
    assert data is not None, "what is in force has its report"
    assert arrived is not None, "it has come"
    container = Held(tx, arrived)
    payload = whole(container, layout_of(directory_of(container)).payload)
    delta = delta_from(load_json(payload, limit=LIMIT), desk.plan)
    try:
        report = put_on(delta, report_from(load_json(data, limit=LIMIT), desk.plan))
    except ContentMalformed:  # its maker was wrong about its base: a person must ask
        set_standing(tx, waiting.digest, HELD)
        return False
    apply_delta(tx, waiting.digest, rows_of(report), report=canonical_json(report_to_json(report)))
    return True


def _missing(
    tx: Tx,
    unit: UnitCode,
    named: frozenset[Digest],
    names: Callable[[], tuple[Evidence, ...]],
    came: set[Digest],
) -> tuple[Evidence, ...]:
    if named <= came:
        return ()
    held = carriers(tx, unit)
    return () if named <= held.keys() else tuple(e for e in names() if e.digest not in held)


def arrived_of(come: Submitted, file_name: str, now: datetime) -> Arrived:
    """What is noted of a submission's arrival."""
    return Arrived(
        id=come.id,
        kind=Kind.SUBMISSION,
        unit=come.unit,
        year=come.year,
        seq=come.seq,
        digest=come.digest,
        signer=come.signer.der,
        signed_at=come.signed_at,
        received_at=now,
        size=come.size,
        file_name=file_name,
    )


def evidence_missing(tx: Tx, desk: Desk, unit: UnitCode, digest: Digest) -> tuple[Evidence, ...]:
    """The evidence that a submission's report names and that has come with nothing from its unit."""
    arrived = submission(tx, digest)
    if arrived is None or report_bytes(tx, digest) is None:
        return ()
    files = report_of(tx, desk, arrived).files
    return _missing(tx, unit, frozenset(file.digest for file in files), lambda: files, set())
