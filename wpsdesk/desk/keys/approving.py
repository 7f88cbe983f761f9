"""UD's side of enrolment: the officer hears the digits, certificates are issued, renewed, replaced and revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import ReplyPayload, RequestPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, file_name, write_bundle
from wpsdesk.desk.agencies.agency_errors import SendItTo
from wpsdesk.desk.arrivals.waiting import Admitted, laid_out, take_waiting
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.errors import (
    NoSuchCertificate,
    NothingToRenew,
    RenewsRevoked,
    UnitNotEnrolled,
    UnknownUnit,
    WrongKind,
)
from wpsdesk.desk.keys.authority import fresh_trust, next_number, put_revoked
from wpsdesk.desk.keys.introducing import riding_request
from wpsdesk.desk.keys.issued import Issued, KeyState, desk_recipients, issued_to, put_issued, revoked_serials, state_of
from wpsdesk.desk.model import (
    AUTHORITY,
    CERTIFICATES,
    Desk,
    authority_of,
    opening_keys,
    put_certificates,
    require_gathering,
    signer_of,
    trust_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.plan.model import Unit
from wpsdesk.report.reply import Note, Receipt, Reply
from wpsdesk.store.journal import Detail, note
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Authority, Reason, issue, issue_personal
from wpsdesk.trust.bought import BoughtFacts, bought_facts
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.enrolment import EnrolmentRequest, Purpose, proven_keys
from wpsdesk.trust.fingerprints import require_same_fingerprint


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
    has_certificate: bool  # whether the unit has one already
    is_personal: bool  # whether a person asks, for a key to sign with
    purpose: Purpose
    is_vouched_for: bool  # signed by the very keys it renews, which are good today: no digits are needed
    revokes: int  # how many enrolments end when this is approved
    bought: BoughtFacts | None  # what the bought certificate of the same key says of itself
    wants_report: bool = False  # it asks for the unit's last report back


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A certificate that has been issued, and the reply that carries it."""

    unit: UnitCode
    person: str  # "" for a desk's
    fingerprint: str
    path: Path
    not_after: datetime
    purpose: Purpose
    revoked: int  # enrolments that ended by it
    admitted: tuple[Admitted, ...]  # what had been set aside for want of this certificate
    wants_report: bool = False  # the unit asks for its last report back: reply with gives_back


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledUnit:
    """A unit and its certificate, on UD's list."""

    unit: Unit
    state: KeyState
    not_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCertificate:
    """One line of UD's register."""

    unit: UnitCode
    person: str  # "" for a desk's
    serial: int
    fingerprint: str
    when: datetime
    not_after: datetime
    state: KeyState


# -- reading a request ---------------------------------------------------------------------------


def read_request(desk: Desk, path: Path) -> Pending:
    """What a request says, and the digits to compare by voice. Raises OnlyTheAuthority, WrongKind."""
    require_gathering(desk)
    asked, signer = _request_in(desk, path)
    return _pending(desk, path, asked, signer)


def pending(desk: Desk, path: Path, verified: VerifiedBundle) -> Pending:
    """A request that has been verified, as UD's officer sees it."""
    assert isinstance(verified.payload, RequestPayload)
    signer = verified.signer if verified.standing.is_trusted else None
    return _pending(desk, path, verified.payload.request, signer)


def _pending(desk: Desk, path: Path, asked: EnrolmentRequest, signer: Certificate | None) -> Pending:
    call, now = current_call(desk), desk.clock()
    with desk.store.read() as tx:
        held, revoked = issued_to(tx, asked.unit), revoked_serials(tx)
    return Pending(
        path=path,
        unit=asked.unit,
        unit_name=asked.unit_name,
        person=asked.person,
        created=asked.created,
        fingerprint=asked.fingerprint,
        is_asked=call is not None and call.asked_of(asked.unit) is not None,
        has_certificate=any(state_of(each, revoked, now) is not KeyState.REVOKED for each in held),
        is_personal=asked.is_personal,
        purpose=asked.purpose,
        is_vouched_for=_is_vouched_for(asked, signer),
        revokes=len(_replaced(asked, held, revoked)),
        bought=None if asked.bought is None else bought_facts(asked.bought),
        wants_report=asked.wants_report,
    )


def _request_in(desk: Desk, path: Path) -> tuple[EnrolmentRequest, Certificate | None]:
    """The request in a file, and who vouches for it: its signer, where that is one we trust today.

    A first submission may bring its request along. Raises WrongKind where there is none.
    """
    with desk.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    with sealed_bundle(path) as sealed:
        opened = open_bundle(sealed, keys)
        verified = verify_bundle(opened, trust, desk.plan, desk.clock(), allow_unknown_signer=True)
        if verified.header.to != desk.unit.code:
            raise SendItTo(unit=verified.header.to)
        riding = riding_request(verified)
        if riding is not None:
            return riding, None
        if not isinstance(verified.payload, RequestPayload):
            raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.ENROLMENT)
        return verified.payload.request, verified.signer if verified.standing.is_trusted else None


def _is_vouched_for(asked: EnrolmentRequest, signer: Certificate | None) -> bool:
    is_own_key = signer is not None and signer.public == proven_keys(asked)[0]
    return is_own_key and asked.purpose is Purpose.RENEWAL


def _replaced(asked: EnrolmentRequest, held: tuple[Issued, ...], revoked: frozenset[int]) -> tuple[Issued, ...]:
    """What a replacement ends: everything of the unit, as its machine is lost; a person's own alone for a person's."""
    if asked.purpose is not Purpose.REPLACEMENT:
        return ()
    concerned = (each for each in held if not asked.is_personal or each.person == asked.person)
    return tuple(each for each in concerned if each.serial not in revoked)


# -- issuing -------------------------------------------------------------------------------------


def approve(
    desk: Desk, path: Path, fingerprint: str | None, out: Path, *, reason: Reason = Reason.KEY_COMPROMISE
) -> Approved:
    """Issue the certificate that a request asks for, and write the reply that carries it.

    ``fingerprint`` is what the officer heard; None where it was compared by eye beforehand, or where the request is
    vouched for. ``reason`` is why a replacement revokes what was before it. What the signer had sent before, and was
    set aside, is taken in now.
    Raises OnlyTheAuthority, WrongKind, FingerprintMismatch, UnknownUnit (no call asks it, nor does the plan
    name it), NothingToRenew, RenewsRevoked, UnitNotEnrolled (a person's unit has no desk), BadRequest.
    """
    require_gathering(desk)
    asked, signer = _request_in(desk, path)
    if fingerprint is not None:
        require_same_fingerprint(expected=asked.fingerprint, given=fingerprint)
    if asked.unit not in {unit.code for unit in known_units(desk)} or asked.unit in (AUTHORITY, desk.unit.code):
        raise UnknownUnit(code=asked.unit)
    now = desk.clock()
    with desk.store.write() as tx:
        held, revoked = issued_to(tx, asked.unit), revoked_serials(tx)
        _require_something_to_renew(asked, held, revoked)
        replaced = _replaced(asked, held, revoked)
        for each in replaced:
            put_revoked(tx, each.all, now, reason)
        issued = _issue(authority_of(tx), asked, now)
        put_issued(tx, issued)
        written = _write_certificate(tx, desk, issued, out)
        compared = "by-its-own-key" if _is_vouched_for(asked, signer) else "typed" if fingerprint else "ticked"
        told: dict[str, Detail] = {
            "purpose": asked.purpose,
            "person": issued.person,
            "compared": compared,
            "revoked": len(replaced),
        }
        note(tx, "certificate-issued", who=desk.unit.code, now=now, about=asked.unit, details=told)
    return Approved(
        unit=asked.unit,
        person=issued.person,
        fingerprint=asked.fingerprint,
        path=written,
        not_after=issued.signing.not_after,
        purpose=asked.purpose,
        revoked=len(replaced),
        admitted=take_waiting(desk, asked.unit),
        wants_report=asked.wants_report,
    )


def approve_waiting(desk: Desk, digest: Digest, fingerprint: str | None, out: Path) -> Approved:
    """The same for the request inside a submission that has been set aside, which is then taken in.

    Raises beside what :func:`approve` raises NothingWaitsAside.
    """
    with laid_out(desk, digest) as path:
        return approve(desk, path, fingerprint, out)


def _require_something_to_renew(asked: EnrolmentRequest, held: tuple[Issued, ...], revoked: frozenset[int]) -> None:
    """A renewal is for keys that this unit, or this person, was given a certificate for, and that still stand."""
    if asked.purpose is not Purpose.RENEWAL:
        return
    same = [each for each in held if tuple(c.public for c in each.all) == proven_keys(asked)]
    if not same:
        raise NothingToRenew(unit=asked.unit)
    if any(each.serial in revoked for each in same):
        raise RenewsRevoked(unit=asked.unit)


def _issue(authority: Authority, asked: EnrolmentRequest, now: datetime) -> Issued:
    desks = None if asked.is_personal else issue(authority, asked, now)
    return Issued(
        unit=asked.unit,
        person=asked.person if desks is None else "",
        asked_by=asked.person,
        fingerprint=asked.fingerprint,
        when=now,
        signing=issue_personal(authority, asked, now) if desks is None else desks.signing,
        sealing=None if desks is None else desks.sealing,
        recovery=None if desks is None else desks.recovery,
    )


def _write_certificate(tx: Tx, desk: Desk, issued: Issued, out: Path) -> Path:
    """A desk's certificates go to the keys that they are for; a person's to every desk of the unit."""
    now, unit, desks = desk.clock(), issued.unit, issued.of_desk
    trust, seq = fresh_trust(tx, now), next_number(tx, f"reply-{unit}")
    reply = Reply(unit=unit, year=None, receipt=Receipt.OK, notes=(Note.CERTIFICATE_ISSUED,))
    if desks is not None:
        put_certificates(tx, CERTIFICATES, unit, desks)
    payload = ReplyPayload(
        reply=reply, certificates=desks, trust=trust, personal=issued.signing if desks is None else None
    )
    draft = Draft(
        kind=Kind.REPLY,
        unit=desk.unit.code,
        to=unit,
        year=None,
        seq=seq,
        payload=payload,
        attachments=(),
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=desk.identity.edition,
    )
    name = f"{unit.lower()}_" + file_name(desk.unit.code, now, seq, sealed=True)
    recipients = _recipients(tx, issued, trust, now)
    return write_bundle(destination(out, name), draft, signer_of(tx), seal_to=recipients, now=now).path


def _recipients(tx: Tx, issued: Issued, trust: TrustSet, now: datetime) -> tuple[Certificate, ...]:
    desks = issued.of_desk
    return desk_recipients(tx, issued.unit, trust, now) if desks is None else (desks.sealing, desks.recovery)


# -- revoking and listing ------------------------------------------------------------------------


def revoke(
    desk: Desk, unit: UnitCode, reason: Reason = Reason.KEY_COMPROMISE, *, serial: int | None = None
) -> tuple[IssuedCertificate, ...]:
    """Revoke everything of a unit or, with ``serial``, one enrolment; the list goes out with the next call or reply.

    Raises OnlyTheAuthority, UnitNotEnrolled, NoSuchCertificate.
    """
    require_gathering(desk)
    now = desk.clock()
    with desk.store.write() as tx:
        held = issued_to(tx, unit)
        if not held or unit in (AUTHORITY, desk.unit.code):
            raise UnitNotEnrolled(unit=unit)
        chosen = tuple(each for each in held if serial is None or each.serial == serial)
        if serial is not None and not chosen:
            raise NoSuchCertificate(unit=unit, serial=serial)
        for each in chosen:
            put_revoked(tx, each.all, now, reason)
        fresh_trust(tx, now)
        told: dict[str, Detail] = {"reason": reason, "enrolments": len(chosen)}
        note(tx, "certificate-revoked", who=desk.unit.code, now=now, about=unit, details=told)
        revoked = revoked_serials(tx)
    return tuple(_line(each, revoked, now) for each in chosen)


def certificates(desk: Desk, unit: UnitCode | None = None) -> tuple[IssuedCertificate, ...]:
    """UD's register, of one unit or of all, the newest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        held, revoked = issued_to(tx, unit), revoked_serials(tx)
    return tuple(_line(each, revoked, desk.clock()) for each in held)


def _line(issued: Issued, revoked: frozenset[int], now: datetime) -> IssuedCertificate:
    return IssuedCertificate(
        unit=issued.unit,
        person=issued.person,
        serial=issued.serial,
        fingerprint=issued.fingerprint,
        when=issued.when,
        not_after=issued.signing.not_after,
        state=state_of(issued, revoked, now),
    )


def known_units(desk: Desk) -> tuple[Unit, ...]:
    """The units of the plan and of the latest call; on a gathering side those that its own call asks."""
    call = current_call(desk)
    named = {unit.code: unit for unit in desk.plan.units if not desk.is_gathering}
    named.update({} if call is None else {asked.unit.code: asked.unit for asked in call.asked})
    return tuple(named.values())


def enrolled_units(desk: Desk) -> tuple[EnrolledUnit, ...]:
    """Every known unit and how it stands with its desks' certificates: by the best of them. Raises OnlyTheAuthority."""
    require_gathering(desk)
    now = desk.clock()
    with desk.store.read() as tx:
        held, revoked = issued_to(tx), revoked_serials(tx)
    best: dict[UnitCode, EnrolledUnit] = {}
    for unit in known_units(desk):
        best[unit.code] = EnrolledUnit(unit=unit, state=KeyState.NONE, not_after=None)
        desks = [each for each in held if each.unit == unit.code and each.of_desk is not None]
        good = [each for each in desks if state_of(each, revoked, now) is KeyState.VALID]
        for each in (good or desks)[:1]:
            state = state_of(each, revoked, now)
            best[unit.code] = EnrolledUnit(unit=unit, state=state, not_after=each.signing.not_after)
    return tuple(best.values())
