"""A unit asks for its certificate, UD hears the digits and issues it, and it travels back in a reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import ReplyPayload, RequestPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, file_name, write_bundle
from wpsdesk.desk.authority import fresh_trust, next_number, put_revoked
from wpsdesk.desk.calling import current_call
from wpsdesk.desk.errors import (
    ForAnotherUnit,
    NoCall,
    NoRequest,
    NotForTheAuthority,
    UnitNotEnrolled,
    UnknownUnit,
    WrongKind,
)
from wpsdesk.desk.model import (
    AUTHORITY,
    CERTIFICATES,
    LIMIT,
    OWN,
    REQUEST,
    REVOKED,
    Desk,
    authority_of,
    certificates_of,
    joined,
    opening_keys,
    put_certificates,
    put_trust,
    require_authority,
    signer_of,
    trust_of,
    unit_keys,
)
from wpsdesk.desk.places import destination
from wpsdesk.plan.model import Unit
from wpsdesk.report.reply import Note, Receipt, Reply
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.authority import Reason, issue
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.enrolment import (
    EnrolmentRequest,
    are_for,
    interim_signer,
    make_request,
    request_from,
    request_to_json,
)
from wpsdesk.trust.fingerprints import require_same_fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A request that has been written, and the digits to read out to UD."""

    path: Path
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A request as UD's officer sees it, before anything is issued."""

    path: Path
    unit: UnitCode
    unit_name: str
    person: str
    created: datetime
    fingerprint: str
    is_asked: bool  # whether a call asks this unit
    has_certificate: bool  # whether it has one already, which this would replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A certificate that has been issued, and the reply that carries it."""

    unit: UnitCode
    fingerprint: str
    path: Path
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A certificate that this desk can now sign with."""

    unit: UnitCode
    not_after: datetime


class KeyState(StrEnum):
    """How it stands with a unit's certificate."""

    NONE = "none"
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledUnit:
    """A unit and its certificate, on UD's list."""

    unit: Unit
    state: KeyState
    not_after: datetime | None


# -- the unit ------------------------------------------------------------------------------------


def request(desk: Desk, person: str, out: Path) -> Requested:
    """Write a request for a certificate, signed by the desk's own key. Raises NotForTheAuthority."""
    if desk.is_authority:
        raise NotForTheAuthority
    now = desk.clock()
    with desk.store.write() as tx:
        keys = unit_keys(tx)
        asked = make_request(desk.unit.code, desk.unit.names.nb, person, keys, now)
        put_document(tx, REQUEST, OWN, canonical_json(request_to_json(asked)))
        draft = Draft(
            kind=Kind.ENROLMENT,
            unit=desk.unit.code,
            to=AUTHORITY,
            year=None,
            seq=1,
            payload=RequestPayload(request=asked),
            attachments=(),
            prepared_by=person,
            approved_by="",
            plan=desk.identity.edition,
        )
        path = destination(out, file_name(desk.unit.code, now, 1, sealed=False))
        write_bundle(path, draft, interim_signer(keys, desk.unit.code, now), seal_to=(), now=now)
        note(tx, "certificate-requested", who=person or desk.unit.code, now=now)
    return Requested(path=path, fingerprint=asked.fingerprint)


def own_fingerprint(desk: Desk) -> str | None:
    """The digits of the request that was last made, or None."""
    with desk.store.read() as tx:
        data = document(tx, REQUEST, OWN)
    return None if data is None else request_from(load_json(data, limit=LIMIT)).fingerprint


def load_certificate(desk: Desk, path: Path) -> Enrolled:
    """Take in UD's reply that carries this desk's certificate.

    Raises NotForTheAuthority, NoCall (the call brings UD's root, so it comes first), NoRequest, WrongKind,
    ForAnotherUnit, and what opening and verifying a bundle raises.
    """
    if desk.is_authority:
        raise NotForTheAuthority
    with desk.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    if trust is None:
        raise NoCall
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, keys), trust, desk.plan, desk.clock())
        return take_certificate(desk, path, verified)


def take_certificate(desk: Desk, path: Path, verified: VerifiedBundle) -> Enrolled:
    """Keep the certificate of a verified reply; see :func:`load_certificate`."""
    payload = verified.payload
    if not isinstance(payload, ReplyPayload) or payload.certificates is None:
        raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.REPLY)
    if payload.reply.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=payload.reply.unit, unit=desk.unit.code)
    with desk.store.write() as tx:
        keys, certificates = unit_keys(tx), payload.certificates
        if not are_for(certificates, keys):
            raise NoRequest
        trust = joined(trust_of(tx), payload.trust)
        check_signer(certificates.signing, (), trust, desk.clock())
        put_certificates(tx, CERTIFICATES, OWN, certificates)
        put_trust(tx, trust)
        remove_document(tx, REQUEST, OWN)
        note(tx, "certificate-loaded", who=desk.unit.code, now=desk.clock())
    return Enrolled(unit=desk.unit.code, not_after=certificates.signing.not_after)


# -- UD ------------------------------------------------------------------------------------------


def read_request(desk: Desk, path: Path) -> Pending:
    """What a request says, and the digits to compare by voice. Raises OnlyTheAuthority, WrongKind."""
    require_authority(desk)
    asked = _request_in(desk, path)
    return pending(desk, path, asked)


def pending(desk: Desk, path: Path, asked: EnrolmentRequest) -> Pending:
    """A request that has been verified, as UD's officer sees it."""
    call = current_call(desk)
    with desk.store.read() as tx:
        held = certificates_of(tx, CERTIFICATES, asked.unit)
    return Pending(
        path=path,
        unit=asked.unit,
        unit_name=asked.unit_name,
        person=asked.person,
        created=asked.created,
        fingerprint=asked.fingerprint,
        is_asked=call is not None and call.asked_of(asked.unit) is not None,
        has_certificate=held is not None,
    )


def _request_in(desk: Desk, path: Path) -> EnrolmentRequest:
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, ()), None, desk.plan, desk.clock())
        if not isinstance(verified.payload, RequestPayload):
            raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.ENROLMENT)
        return verified.payload.request


def approve(desk: Desk, path: Path, fingerprint: str | None, out: Path) -> Approved:
    """Issue the certificate that a request asks for, and write the reply that carries it.

    ``fingerprint`` is what the officer heard; None where it was compared by eye beforehand. A unit that had a
    certificate has it replaced: the old one is revoked as superseded.
    Raises OnlyTheAuthority, WrongKind, FingerprintMismatch, UnknownUnit (no call asks it, nor does the plan
    name it), BadRequest.
    """
    require_authority(desk)
    asked = _request_in(desk, path)
    if fingerprint is not None:
        require_same_fingerprint(expected=asked.fingerprint, given=fingerprint)
    if asked.unit not in {unit.code for unit in known_units(desk)} or asked.unit == AUTHORITY:
        raise UnknownUnit(code=asked.unit)
    now = desk.clock()
    with desk.store.write() as tx:
        certificates = issue(authority_of(tx), asked, now)
        old = certificates_of(tx, CERTIFICATES, asked.unit)
        if old is not None and document(tx, REVOKED, str(old.signing.serial)) is None:
            put_revoked(tx, old, now, Reason.SUPERSEDED)
        put_certificates(tx, CERTIFICATES, asked.unit, certificates)
        written = _write_certificate(tx, desk, certificates, asked.unit, out)
        note(tx, "certificate-issued", who=desk.unit.code, now=now, about=asked.unit)
    return Approved(
        unit=asked.unit, fingerprint=asked.fingerprint, path=written, not_after=certificates.signing.not_after
    )


def _write_certificate(tx: Tx, desk: Desk, certificates: UnitCertificates, unit: UnitCode, out: Path) -> Path:
    now, seq = desk.clock(), next_number(tx, f"reply-{unit}")
    reply = Reply(unit=unit, year=None, receipt=Receipt.OK, notes=(Note.CERTIFICATE_ISSUED,))
    trust = fresh_trust(tx, now)
    draft = Draft(
        kind=Kind.REPLY,
        unit=desk.unit.code,
        to=unit,
        year=None,
        seq=seq,
        payload=ReplyPayload(reply=reply, certificates=certificates, trust=trust),
        attachments=(),
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=desk.identity.edition,
    )
    name = f"{unit.lower()}_" + file_name(desk.unit.code, now, seq, sealed=True)
    recipients = (certificates.sealing, certificates.recovery)
    return write_bundle(destination(out, name), draft, signer_of(tx), seal_to=recipients, now=now).path


def revoke(desk: Desk, unit: UnitCode, reason: Reason = Reason.KEY_COMPROMISE) -> None:
    """Revoke a unit's certificates; the list goes out with the next call or reply.

    Raises OnlyTheAuthority, UnitNotEnrolled.
    """
    require_authority(desk)
    now = desk.clock()
    with desk.store.write() as tx:
        held = certificates_of(tx, CERTIFICATES, unit)
        if held is None or unit == AUTHORITY:
            raise UnitNotEnrolled(unit=unit)
        put_revoked(tx, held, now, reason)
        fresh_trust(tx, now)
        note(tx, "certificate-revoked", who=desk.unit.code, now=now, about=unit)


def known_units(desk: Desk) -> tuple[Unit, ...]:
    """The units of the plan and of the latest call."""
    call = current_call(desk)
    named = {unit.code: unit for unit in desk.plan.units}
    named.update({} if call is None else {asked.unit.code: asked.unit for asked in call.asked})
    return tuple(named.values())


def enrolled_units(desk: Desk) -> tuple[EnrolledUnit, ...]:
    """Every known unit and how it stands with its certificate. Raises OnlyTheAuthority."""
    require_authority(desk)
    now = desk.clock()
    with desk.store.read() as tx:
        revoked = {key for key, _ in documents(tx, REVOKED)}
        found = []
        for unit in known_units(desk):
            held = certificates_of(tx, CERTIFICATES, unit.code)
            found.append(EnrolledUnit(unit=unit, state=_state(held, revoked, now), not_after=_ends(held)))
    return tuple(found)


def _ends(held: UnitCertificates | None) -> datetime | None:
    return None if held is None else held.signing.not_after


def _state(held: UnitCertificates | None, revoked: set[str], now: datetime) -> KeyState:
    if held is None:
        return KeyState.NONE
    if str(held.signing.serial) in revoked:
        return KeyState.REVOKED
    return KeyState.EXPIRED if held.signing.not_after < now else KeyState.VALID
