"""A unit's side of enrolment: its desk asks, its officer reads the digits out, and the certificate comes in a reply.

What UD does with a request stands in :mod:`wpsdesk.desk.keys.approving`; its names are here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import file_name, write_bundle
from wpsdesk.desk.errors import ForAnotherUnit, NoCall, NoRequest, NotEnrolled, NotForTheAuthority, WrongKind
from wpsdesk.desk.keys.approving import (
    Approved,
    EnrolledUnit,
    IssuedCertificate,
    Pending,
    approve,
    approve_waiting,
    certificates,
    enrolled_units,
    known_units,
    pending,
    read_request,
    revoke,
)
from wpsdesk.desk.keys.asking import enrolment_draft
from wpsdesk.desk.keys.issued import KeyState
from wpsdesk.desk.keys.people import take_personal
from wpsdesk.desk.model import (
    CERTIFICATES,
    FORMER,
    LIMIT,
    NEXT_KEYS,
    OWN,
    REQUEST,
    UNIT_KEYS,
    Desk,
    callers_of,
    certificates_of,
    joined,
    opening_keys,
    put_certificates,
    put_trust,
    reports_to,
    signer_of,
    trust_of,
    unit_keys,
)
from wpsdesk.desk.places import destination
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import put_secret, remove_secret, secret
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.enrolment import (
    Purpose,
    are_for,
    interim_signer,
    make_request,
    request_from,
    request_to_json,
)
from wpsdesk.trust.errors import StaleRevocationList
from wpsdesk.trust.keys import Signer, UnitKeys

__all__ = [
    "Approved",
    "Enrolled",
    "EnrolledUnit",
    "IssuedCertificate",
    "KeyState",
    "Pending",
    "Purpose",
    "Requested",
    "approve",
    "approve_waiting",
    "certificates",
    "enrolled_units",
    "known_units",
    "load_certificate",
    "own_fingerprint",
    "pending",
    "read_request",
    "request",
    "revoke",
    "take_certificate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A request that has been written, and the digits to read out to UD."""

    path: Path
    fingerprint: str
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A certificate that this desk, or a person at it, can now sign with."""

    unit: UnitCode
    not_after: datetime
    person: str = ""
    warnings: tuple[StaleRevocationList, ...] = ()


def request(
    desk: Desk, person: str, out: Path, *, purpose: Purpose | None = None, wants_report: bool = False
) -> Requested:
    """Write a request for a certificate.

    ``purpose`` None: a renewal where the desk has a certificate, else a new one. A renewal is for the same keys and
    signed with them, so that UD needs no digits as long as their certificate lasts. A replacement on a desk that has
    a certificate makes new keys, which take over when their certificate has come. ``wants_report`` asks UD to give
    the unit's last report back, for a desk that has lost its machine.
    Raises NotForTheAuthority, NotEnrolled (a renewal, and there is nothing to renew), BadRequest.
    """
    if desk.gathers:
        raise NotForTheAuthority
    now = desk.clock()
    with desk.store.write() as tx:
        own = certificates_of(tx, CERTIFICATES, OWN)
        chosen = purpose or (Purpose.NEW if own is None else Purpose.RENEWAL)
        if chosen is Purpose.RENEWAL and own is None:
            raise NotEnrolled
        keys = _keys_to_ask_for(tx, own, chosen)
        asked = make_request(
            desk.unit.code, desk.unit.names.nb, person, keys, now, purpose=chosen, wants_report=wants_report
        )
        put_document(tx, REQUEST, OWN, canonical_json(request_to_json(asked)))
        path = destination(out, file_name(desk.unit.code, now, 1, sealed=False))
        signer = _signer_for(tx, desk, own, keys, chosen)
        write_bundle(path, enrolment_draft(desk, asked, reports_to(tx)), signer, seal_to=(), now=now)
        told = {"purpose": chosen}
        note(tx, "certificate-requested", who=person or desk.unit.code, now=now, details=told)
    return Requested(path=path, fingerprint=asked.fingerprint, purpose=chosen)


def _keys_to_ask_for(tx: Tx, own: UnitCertificates | None, purpose: Purpose) -> UnitKeys:
    """The desk's keys; fresh ones where those that it has are to be replaced. A request repeated asks for the same."""
    if own is None or purpose is not Purpose.REPLACEMENT:
        return unit_keys(tx)
    waiting = secret(tx, NEXT_KEYS)
    if waiting is not None:
        return UnitKeys.from_bytes(waiting)
    keys = UnitKeys.generate()
    put_secret(tx, NEXT_KEYS, keys.to_bytes())
    return keys


def _signer_for(tx: Tx, desk: Desk, own: UnitCertificates | None, keys: UnitKeys, purpose: Purpose) -> Signer:
    """The certificate that is renewed, while it lasts; else one of the desk's own making, which nobody vouches for."""
    if own is not None and purpose is Purpose.RENEWAL and desk.clock() <= own.signing.not_after:
        return signer_of(tx)
    return interim_signer(keys, desk.unit.code, desk.clock())


def own_fingerprint(desk: Desk) -> str | None:
    """The digits of the request that is on its way or, once enrolled, of this desk's keys; None before any of it."""
    with desk.store.read() as tx:
        data, own = document(tx, REQUEST, OWN), certificates_of(tx, CERTIFICATES, OWN)
        if data is not None:
            return request_from(load_json(data, limit=LIMIT)).fingerprint
        if own is None or desk.gathers:
            return None
        unit = desk.unit
        return make_request(unit.code, unit.names.nb, unit.names.nb, unit_keys(tx), desk.clock()).fingerprint


def load_certificate(desk: Desk, path: Path) -> Enrolled:
    """Take in UD's reply that carries this desk's certificate, or that of a person at it.

    Raises NotForTheAuthority, NoCall (the call brings UD's root, so it comes first), NoRequest, WrongKind,
    ForAnotherUnit, and what opening and verifying a bundle raises.
    """
    if desk.gathers:
        raise NotForTheAuthority
    with desk.store.read() as tx:
        trust, keys, callers = trust_of(tx), opening_keys(tx), callers_of(desk, tx)
    if trust is None:
        raise NoCall
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, keys), trust, desk.plan, desk.clock(), authorities=callers)
        return take_certificate(desk, path, verified)


def take_certificate(desk: Desk, path: Path, verified: VerifiedBundle) -> Enrolled:
    """Keep the certificate of a verified reply; see :func:`load_certificate`."""
    payload = verified.payload
    if not isinstance(payload, ReplyPayload) or (payload.certificates is None and payload.personal is None):
        raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.REPLY)
    if payload.reply.unit != desk.unit.code:
        raise ForAnotherUnit(wanted=payload.reply.unit, unit=desk.unit.code)
    with desk.store.write() as tx:
        trust = joined(trust_of(tx), payload.trust)
        put_trust(tx, trust)
        if payload.certificates is None:
            assert payload.personal is not None
            check_signer(payload.personal, (), trust, desk.clock(), accept_stale=True)
            person = take_personal(tx, desk, payload.personal)
            ends = payload.personal.not_after
            return Enrolled(unit=desk.unit.code, not_after=ends, person=person, warnings=verified.warnings)
        check_signer(payload.certificates.signing, (), trust, desk.clock(), accept_stale=True)
        kept = _kept(tx, payload.certificates)
        remove_document(tx, REQUEST, OWN)
        note(tx, "certificate-loaded", who=desk.unit.code, now=desk.clock())
    return Enrolled(unit=desk.unit.code, not_after=kept.signing.not_after, warnings=verified.warnings)


def _kept(tx: Tx, come: UnitCertificates) -> UnitCertificates:
    """Put certificates in the place of what the desk had, which stays for opening. Raises NoRequest.

    1. They must be for the desk's keys, or for those that it has made to replace them. 2. An older reply that is
    read late changes nothing. 3. Keys that are replaced are kept, for what was sealed to them.
    """
    keys, own, waiting = unit_keys(tx), certificates_of(tx, CERTIFICATES, OWN), secret(tx, NEXT_KEYS)
    is_for_next = waiting is not None and are_for(come, UnitKeys.from_bytes(waiting))
    if not is_for_next and not are_for(come, keys):
        raise NoRequest
    if own is not None and not is_for_next and come.signing.not_after <= own.signing.not_after:
        put_certificates(tx, FORMER, str(come.signing.serial), come)
        return own
    if own is not None:
        put_certificates(tx, FORMER, str(own.signing.serial), own)
    if is_for_next and waiting is not None:
        put_secret(tx, UNIT_KEYS, waiting)
        remove_secret(tx, NEXT_KEYS)
        for key, _ in documents(tx, FORMER):
            if secret(tx, f"{FORMER}/{key}") is None:
                put_secret(tx, f"{FORMER}/{key}", keys.to_bytes())
    put_certificates(tx, CERTIFICATES, OWN, come)
    return come
