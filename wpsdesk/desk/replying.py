"""UD's answer to a unit: the receipt for what came; and the unit's taking it in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.bundle.writing import Draft, Written, file_name, write_bundle
from wpsdesk.desk.authority import fresh_trust, next_number
from wpsdesk.desk.errors import ForAnotherUnit, NotForTheAuthority, NothingReceived, ReplyToNothing, UnitNotEnrolled
from wpsdesk.desk.model import (
    CERTIFICATES,
    LIMIT,
    REPLY,
    Desk,
    certificates_of,
    checked_recipients,
    joined,
    put_trust,
    require_authority,
    signer_of,
    trust_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.report.reply import About, Note, Receipt, Reply, reply_from, reply_to_json
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.sent import sent_by_id
from wpsdesk.store.submissions import Arrived, latest
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A reply that has been written."""

    path: Path
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLoaded:
    """A reply that is now on this desk."""

    reply: Reply


def reply(desk: Desk, unit: UnitCode, year: Year, out: Path) -> Replied:
    """Write the receipt for what stands for a unit in a year, sealed for that unit.

    Raises OnlyTheAuthority, NothingReceived, UnitNotEnrolled, and what writing a file raises.
    """
    require_authority(desk)
    now = desk.clock()
    with desk.store.write() as tx:
        arrived = next((a for a in latest(tx, year) if a.unit == unit), None)
        if arrived is None:
            raise NothingReceived(year=year)
        answer = _receipt(arrived)
        written = _write(tx, desk, answer, out)
        note(tx, "replied", who=desk.unit.code, now=now, about=f"{unit}/{year}/{arrived.seq}")
    return Replied(path=written.path, reply=answer)


def _receipt(arrived: Arrived) -> Reply:
    about = About(bundle=arrived.id, digest=arrived.digest, seq=arrived.seq, received=arrived.received_at)
    notes = (Note.SUPERSEDES,) if arrived.seq > 1 else ()
    return Reply(unit=arrived.unit, year=arrived.year, receipt=Receipt.OK, about=about, notes=notes)


def _write(tx: Tx, desk: Desk, answer: Reply, out: Path) -> Written:
    now, certificates = desk.clock(), certificates_of(tx, CERTIFICATES, answer.unit)
    if certificates is None:
        raise UnitNotEnrolled(unit=answer.unit)
    trust = fresh_trust(tx, now)
    recipients = checked_recipients(certificates, trust, now)
    seq = next_number(tx, f"reply-{answer.unit}")
    draft = Draft(
        kind=Kind.REPLY,
        unit=desk.unit.code,
        to=answer.unit,
        year=answer.year,
        seq=seq,
        payload=ReplyPayload(reply=answer, certificates=None, trust=trust),
        attachments=(),
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=desk.identity.edition,
    )
    path = destination(out, f"{answer.unit.lower()}_" + file_name(desk.unit.code, now, seq, sealed=True))
    return write_bundle(path, draft, signer_of(tx), seal_to=recipients, now=now)


def take_reply(desk: Desk, verified: VerifiedBundle) -> ReplyLoaded:
    """Keep UD's answer to what this desk sent.

    Raises NotForTheAuthority, ForAnotherUnit, ReplyToNothing (this desk never sent what it answers).
    """
    assert isinstance(verified.payload, ReplyPayload)
    answer = verified.payload.reply
    if desk.is_authority:
        raise NotForTheAuthority
    if answer.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=answer.unit, unit=desk.unit.code)
    with desk.store.write() as tx:
        if answer.about is not None and sent_by_id(tx, answer.about.bundle) is None:
            raise ReplyToNothing(seq=answer.about.seq)
        put_trust(tx, joined(trust_of(tx), verified.payload.trust))
        key = f"{answer.year or 0}/{verified.header.id}"
        put_document(tx, REPLY, key, canonical_json(reply_to_json(answer)))
        note(tx, "reply-loaded", who=desk.unit.code, now=desk.clock(), about=str(answer.year or ""))
    return ReplyLoaded(reply=answer)


def replies(desk: Desk, year: Year) -> tuple[Reply, ...]:
    """UD's answers of a year, the latest receipt last."""
    with desk.store.read() as tx:
        found = [data for key, data in documents(tx, REPLY) if key.startswith(f"{year}/")]
    read = (reply_from(load_json(data, limit=LIMIT), desk.plan) for data in found)
    return tuple(sorted(read, key=lambda r: 0 if r.about is None else r.about.seq))
