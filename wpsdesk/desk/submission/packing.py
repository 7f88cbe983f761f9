"""What would go now, told before it goes: whole or only the changes, and why; answers, files, people, restrictions."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from wpsdesk.base.ids import Digest, Year
from wpsdesk.bundle.payloads import DeltaPayload, ReportPayload, encode_payload
from wpsdesk.desk.agencies.contributing import contributors
from wpsdesk.desk.answers.drafting import report
from wpsdesk.desk.errors import NothingChanged, NothingToSend
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.acknowledging import acknowledged, unacknowledged_after
from wpsdesk.desk.submission.course import ready_in
from wpsdesk.desk.submission.heard import latest_heard
from wpsdesk.desk.submission.sending import delta_payload, said_in, unsent_evidence
from wpsdesk.desk.submission.sent_versions import submissions_sent
from wpsdesk.desk.submission.tasks import wants_the_whole
from wpsdesk.report.model import AccessScope, Entry, EntryKey, Evidence, Report
from wpsdesk.store.transaction import Tx

_AROUND: Final = 9_000  # bytes: certificates, signature, list of files and seal
_A_FILE: Final = 700  # bytes that a file costs beside itself


class Why(StrEnum):
    """Why the whole report goes, or only what has changed."""

    FIRST = "first"
    NO_RECEIPT = "no-receipt"  # UD has confirmed none of those that were sent
    UNCONFIRMED = "unconfirmed"  # UD has confirmed an older one than the last
    ASKED = "asked"  # UD asks for the whole
    EVIDENCE = "evidence"  # UD lacks files of answers that have not changed
    CHANGES = "changes"  # only the changes, on the report that UD has confirmed
    UNCHANGED = "unchanged"  # UD has all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Whole, or only the changes since no. ``seq``."""

    only_changes: bool
    why: Why
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedEntry:
    """An answer that goes."""

    key: EntryKey
    scope: AccessScope
    is_at_risk: bool  # identifies a person at risk
    partners: tuple[str, ...]  # people and organisations that it names
    files: int
    is_gone: bool = False  # it is only told that the answer is no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Exactly what would go."""

    year: Year
    way: Way
    entries: tuple[PackedEntry, ...]
    evidence: tuple[tuple[EntryKey | None, Evidence], ...]  # that goes along, each once; None: the follow-up document
    held: int  # files that UD has already, and that are only named
    drafts_left: int  # answered, and not marked ready: they stay here
    size: int  # bytes, at most
    report_size: int  # of that, without the evidence


def way(desk: Desk, year: Year) -> Way:
    """Whole, or only the changes, as things stand, and why."""
    with desk.store.read() as tx:
        return _way(tx, desk, year)


def _way(tx: Tx, desk: Desk, year: Year) -> Way:
    gone = submissions_sent(tx, year)
    if not gone:
        return Way(only_changes=False, why=Why.FIRST)
    heard = latest_heard(tx, desk, year)
    if heard is not None and wants_the_whole(heard.reply, gone):
        return Way(only_changes=False, why=Why.ASKED, seq=gone[-1].seq)
    base = acknowledged(tx, desk, year)
    if base is None:
        return Way(only_changes=False, why=Why.NO_RECEIPT, seq=gone[-1].seq)
    later = unacknowledged_after(tx, desk, base)
    if later is not None:
        return Way(only_changes=False, why=Why.UNCONFIRMED, seq=later.seq)
    why = _by_changes(tx, desk, year)
    return Way(only_changes=why is Why.CHANGES, why=why, seq=base.sent.seq)


def _by_changes(tx: Tx, desk: Desk, year: Year) -> Why:
    """On a report that UD has confirmed: only what has changed, unless UD lacks files of what has not."""
    lacking = {e.digest for e in unsent_evidence(tx, desk, ready_in(tx, desk, year))}
    try:
        delta = delta_payload(tx, desk, year)
    except NothingChanged:
        return Why.EVIDENCE if lacking else Why.UNCHANGED
    along = {e.digest for e in unsent_evidence(tx, desk, said_in(delta))}
    return Why.CHANGES if lacking <= along else Why.EVIDENCE


def packed(desk: Desk, year: Year, *, only_changes: bool | None = None) -> Packed:
    """What would go now; None lets the program choose. Raises NothingToSend, and of changes what export raises."""
    with desk.store.read() as tx:
        ready, chosen = ready_in(tx, desk, year), _way(tx, desk, year)
        if not ready.entries:
            raise NothingToSend(year=year)
        ready = replace(ready, contributors=contributors(desk, year))
        is_delta = chosen.only_changes if only_changes is None else only_changes
        if is_delta != chosen.only_changes:
            chosen = Way(only_changes=is_delta, why=chosen.why, seq=chosen.seq)
        payload = delta_payload(tx, desk, year) if is_delta else ReportPayload(report=ready)
        said = said_in(payload)
        along = unsent_evidence(tx, desk, said)
    report_size = len(zlib.compress(encode_payload(payload))) + _AROUND + _A_FILE * len(along)
    return Packed(
        year=year,
        way=chosen,
        entries=(*map(_entry, said.entries), *_gone(payload)),
        evidence=_with_keys(said, {e.digest for e in along}),
        held=len(said.files) - len(along),
        drafts_left=len(report(desk, year).entries) - len(ready.entries),
        size=report_size + sum(e.size for e in along),
        report_size=report_size,
    )


def _entry(entry: Entry) -> PackedEntry:
    return PackedEntry(
        key=entry.key,
        scope=entry.access.scope,
        is_at_risk=entry.identifies_person_at_risk,
        partners=tuple(partner.name for partner in entry.partners),
        files=len(entry.evidence),
    )


def _gone(payload: ReportPayload | DeltaPayload) -> tuple[PackedEntry, ...]:
    deleted = payload.delta.deleted if isinstance(payload, DeltaPayload) else ()
    return tuple(
        PackedEntry(key=key, scope=AccessScope.OPEN, is_at_risk=False, partners=(), files=0, is_gone=True)
        for key in deleted
    )


def _with_keys(said: Report, wanted: set[Digest]) -> tuple[tuple[EntryKey | None, Evidence], ...]:
    found: dict[Digest, tuple[EntryKey | None, Evidence]] = {}
    named = [(entry.key, file) for entry in said.entries for file in entry.evidence]
    for key, file in (*named, *(() if said.follow_up is None else ((None, said.follow_up),))):
        if file.digest in wanted:
            found.setdefault(file.digest, (key, file))
    return tuple(found.values())
