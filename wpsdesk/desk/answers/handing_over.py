"""Handing over: one desk of a unit gives its drafts, with their history, to another desk of the same unit.

The receiving desk writes a card with its certificates; the other seals to it what it has; the first takes it in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.files import read_file, write_file
from wpsdesk.base.ids import UNIT_CODE, BundleId, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import Attachment, Kind, header_from
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import HandoverPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, file_name, write_bundle
from wpsdesk.desk.answers.merging import Merged, merge, merge_follow_up
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.errors import ForAnotherUnit, NotEnrolled, NothingToHandOver, WrongKind
from wpsdesk.desk.keys.authority import next_number
from wpsdesk.desk.model import (
    CERTIFICATES,
    LIMIT,
    OWN,
    REPLY,
    Desk,
    certificates_of,
    checked_recipients,
    opening_keys,
    reports_to,
    require_trust,
    signer_of,
    trust_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.desk.submission.sending import attachment_of
from wpsdesk.plan.model import Plan
from wpsdesk.report.handover import MAX_SENT, Answered, Dispatch, Handed, Handover, Version, handover_to_json
from wpsdesk.report.model import Entry, Report
from wpsdesk.report.reply import reply_from, reply_to_json
from wpsdesk.report.states import is_empty
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.follow_ups import follow_up
from wpsdesk.store.journal import note
from wpsdesk.store.sent import Sent, record_sent, sent, sent_by_id
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import UnitCertificates, certificates_from, certificates_to_json

CARD: Final = "wps-card/1"
CARD_SUFFIX: Final = ".wpscard"
_CARD_LIMIT: Final = 64 << 10
_LONGEST_HISTORY: Final = 50  # versions of an entry that go along
_ROOMY: Final = 8 << 20  # bytes of drafts above which histories are shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card that has been written."""

    path: Path
    fingerprint: str  # of the certificate that the handover will be sealed to


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A handover that has been written."""

    path: Path
    year: Year
    entries: int
    files: int
    size: int  # of the file, bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLoaded:
    """A handover that has been taken in."""

    year: Year
    merged: Merged
    files: int
    sent: int  # bundles that this desk now knows were sent


# -- the card ------------------------------------------------------------------------------------


def write_card(desk: Desk, out: Path) -> Card:
    """Write this desk's public certificates, for another desk of the unit to seal to. Raises NotEnrolled."""
    with desk.store.read() as tx:
        own = certificates_of(tx, CERTIFICATES, OWN)
    if own is None:
        raise NotEnrolled
    path = destination(out, desk.unit.code.lower() + CARD_SUFFIX)
    told = {"format": CARD, "unit": desk.unit.code, "certificates": certificates_to_json(own)}
    write_file(path, canonical_json(told))
    return Card(path=path, fingerprint=own.sealing.fingerprint)


def read_card(desk: Desk, path: Path) -> UnitCertificates:
    """The certificates on a card of this desk's own unit.

    Raises ForAnotherUnit, and what :func:`card_in` raises.
    """
    unit, certificates = card_in(path)
    for named in (unit, certificates.unit):
        if named != desk.unit.code:
            raise ForAnotherUnit(wanted=named, unit=desk.unit.code)
    return certificates


def card_in(path: Path) -> tuple[UnitCode, UnitCertificates]:
    """What a card says of itself, whosever it is.

    Raises Malformed, BadCertificate, FileMissing, FileUnreadable, FileTooLarge.
    """
    reader = load_json(read_file(path, limit=_CARD_LIMIT), limit=_CARD_LIMIT)
    if reader.get("format").line(at_most=40) != CARD:
        raise reader.get("format").fail("not-allowed")
    unit = UnitCode(reader.get("unit").matching(UNIT_CODE))
    certificates = certificates_from(reader.get("certificates"))
    reader.done()
    return unit, certificates


# -- writing -------------------------------------------------------------------------------------


def hand_over(
    desk: Desk, card: Path, out: Path, year: Year | None = None, *, who: str = "", progress: Progress = unwatched
) -> HandedOver:
    """Seal a year's drafts, their history, their evidence and what has been sent to the desk that wrote ``card``.

    Raises NothingToHandOver, NoCall, NoCallFor, NotEnrolled, ForAnotherUnit, Untrusted's subclasses (the card is of
    nobody we believe in), and what writing a file raises.
    """
    certificates, chosen, now = read_card(desk, card), require_call(desk, year).year, desk.clock()
    with desk.store.write() as tx:
        recipients = checked_recipients(certificates, require_trust(tx), now)
        handover = _bounded(_handover(tx, desk, chosen))
        if not handover.entries and not handover.sent and handover.follow_up is None:
            raise NothingToHandOver(year=chosen)
        seq = next_number(tx, f"handover-{chosen}")
        draft = Draft(
            kind=Kind.HANDOVER,
            unit=desk.unit.code,
            to=desk.unit.code,
            year=chosen,
            seq=seq,
            payload=HandoverPayload(handover=handover),
            attachments=_evidence_of(tx, handover),
            prepared_by=who or desk.unit.names.nb,
            approved_by="",
            plan=desk.identity.edition,
        )
        path = destination(out, file_name(desk.unit.code, now, seq, sealed=True).replace("_", "_h", 1))
        written = write_bundle(path, draft, signer_of(tx), seal_to=recipients, now=now, progress=progress)
        note(tx, "handed-over", who=who or desk.unit.code, now=now, about=str(chosen))
    return HandedOver(
        path=written.path,
        year=chosen,
        entries=len(handover.entries),
        files=len(draft.attachments),
        size=written.size,
    )


def _handover(tx: Tx, desk: Desk, year: Year) -> Handover:
    plan, listed = desk.plan, drafts.states(tx, year)
    entries = tuple(
        Handed(
            entry=entry,
            when=listed[entry.key].changed,
            who=listed[entry.key].who,
            history=_versions_before(tx, year, entry, plan),
        )
        for entry in drafts.entries(tx, year, plan)
        if not is_empty(entry)
    )
    gone = [each for each in sent(tx, year) if each.kind == Kind.SUBMISSION]
    return Handover(
        unit=desk.unit.code,
        year=year,
        edition=desk.identity.edition,
        entries=entries,
        sent=tuple(map(_dispatch, gone[-MAX_SENT:])),
        answered=_answered(tx, desk, year),
        follow_up=follow_up(tx, year),
    )


def _versions_before(tx: Tx, year: Year, now: Entry, plan: Plan) -> tuple[Version, ...]:
    """The other versions of an entry, the newest first; one that was not chosen may be newer than what stands."""
    found = list(drafts.history(tx, year, now.key, plan))
    standing = next((place for place, each in enumerate(found) if each.entry == now), None)
    if standing is not None:
        del found[standing]
    return tuple(Version(when=each.when, who=each.who, entry=each.entry) for each in found[:_LONGEST_HISTORY])


def _bounded(handover: Handover) -> Handover:
    """The same with shorter histories, and of what was sent the last only, where it would not fit in a bundle."""
    for longest in (5, 0):
        if len(canonical_json(handover_to_json(handover))) <= _ROOMY:
            return handover
        shorter = tuple(replace(each, history=each.history[:longest]) for each in handover.entries)
        handover = replace(handover, entries=shorter, sent=handover.sent[-1:])
    return handover


def _dispatch(one: Sent) -> Dispatch:
    return Dispatch(
        id=one.id,
        seq=one.seq,
        digest=one.digest,
        created=one.created,
        size=one.size,
        header=one.header,
        payload=one.payload,
        manifest=one.manifest,
        signature=one.signature,
    )


def _answered(tx: Tx, desk: Desk, year: Year) -> tuple[Answered, ...]:
    found = [(key, data) for key, data in documents(tx, REPLY) if key.startswith(f"{year}/")]
    return tuple(
        Answered(bundle=BundleId(key.split("/", 1)[1]), reply=reply_from(load_json(data, limit=LIMIT), desk.plan))
        for key, data in found[-MAX_SENT:]
    )


def _evidence_of(tx: Tx, handover: Handover) -> tuple[Attachment, ...]:
    """Every file that is here, once; what is only named stays only named."""
    entries = tuple(each.entry for each in handover.entries)
    whole = Report(
        unit=handover.unit, year=handover.year, edition=handover.edition, entries=entries, follow_up=handover.follow_up
    )
    return tuple(attachment_of(tx, each) for each in whole.files if files.has(tx, each.digest))


# -- taking in -----------------------------------------------------------------------------------


def load_handover(desk: Desk, path: Path) -> HandoverLoaded:
    """Take in a handover from another desk of this unit.

    Raises WrongKind, ForAnotherUnit, and what opening and verifying a bundle raises.
    """
    with desk.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, keys), trust, desk.plan, desk.clock())
        if not isinstance(verified.payload, HandoverPayload):
            raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.HANDOVER)
        return take_handover(desk, verified)


def take_handover(desk: Desk, verified: VerifiedBundle) -> HandoverLoaded:
    """Take in a verified handover, in one transaction; see :func:`load_handover`. The same file twice is harmless."""
    assert isinstance(verified.payload, HandoverPayload)
    handover = verified.payload.handover
    if handover.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=handover.unit, unit=desk.unit.code)
    with desk.store.write() as tx:
        keep_evidence(tx, verified)
        merged = merge(tx, desk, handover.year, handover.entries)
        merge_follow_up(tx, desk, handover.year, handover.follow_up)
        new = [each for each in handover.sent if keep_dispatch(tx, each, handover.year)]
        for each in handover.answered:
            key = f"{handover.year}/{each.bundle}"
            if document(tx, REPLY, key) is None:
                put_document(tx, REPLY, key, canonical_json(reply_to_json(each.reply)))
        note(tx, "handover-loaded", who=verified.signer.name, now=desk.clock(), about=str(handover.year))
    return HandoverLoaded(year=handover.year, merged=merged, files=len(verified.header.files), sent=len(new))


def keep_evidence(tx: Tx, verified: VerifiedBundle) -> None:
    """Keep the files that ride along; each one's digest is checked as it is read."""
    for file in verified.header.files:
        if not files.has(tx, file.digest):
            files.keep(tx, verified.read(file.name))


def keep_dispatch(tx: Tx, dispatch: Dispatch, year: Year) -> bool:
    """Know of a submission that another desk of the unit has sent; whether it was new here. Raises Malformed."""
    if sent_by_id(tx, dispatch.id) is not None:
        return False
    header = header_from(load_json(dispatch.header, limit=limits.HEADER_JSON))
    record_sent(
        tx,
        Sent(
            id=dispatch.id,
            kind=Kind.SUBMISSION,
            to=reports_to(tx),
            year=year,
            seq=header.seq,
            digest=dispatch.digest,
            created=dispatch.created,
            header=dispatch.header,
            payload=dispatch.payload,
            manifest=dispatch.manifest,
            signature=dispatch.signature,
            size=dispatch.size,
        ),
    )
    return True
