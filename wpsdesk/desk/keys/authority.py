"""UD as the authority: its root and issuing key, the revocation lists, the trust set that goes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.desk.keys.issued import Issued, put_issued
from wpsdesk.desk.model import (
    AUTHORITY_KEYS,
    CERTIFICATES,
    COUNTER,
    FORMER,
    LIMIT,
    OWN,
    RECIPIENTS,
    REVOKED,
    UNIT_KEYS,
    Desk,
    authority_of,
    certificates_of,
    put_certificates,
    put_trust,
    trust_of,
    unit_keys,
)
from wpsdesk.plan.model import Unit
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.identity import read_identity
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import put_secret, secret
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import UD, Authority, Reason, Revoked, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.enrolment import make_request
from wpsdesk.trust.issuing import Owner
from wpsdesk.trust.keys import UnitKeys

OWN_RENEWED_BEFORE: Final = timedelta(days=365)
"""UD's own certificates are renewed a year before they end, so that a call of last year still seals to a good one."""


def establish(tx: Tx, unit: Unit, now: datetime, owner: Owner = UD) -> None:
    """Make root and issuing key, UD's own certificates by the same road as everybody's, and the first lists."""
    authority = make_authority(now, owner)
    put_secret(tx, AUTHORITY_KEYS, authority.to_bytes())
    certify_own(tx, authority, unit, now)
    fresh_trust(tx, now)


def begin(tx: Tx, unit: Unit, now: datetime) -> None:
    """Let a unit that gathers from others under UD's call have an authority of its own; once, on its gathering side.

    Its root is nobody's but its own: UD never believes in what it vouches for, and it in nothing that UD's vouches for.
    """
    if secret(tx, AUTHORITY_KEYS) is None:
        put_secret(tx, UNIT_KEYS, UnitKeys.generate().to_bytes())
        establish(tx, unit, now, Owner(name=unit.names.nb, code=unit.code))


def certify_own(tx: Tx, authority: Authority, unit: Unit, now: datetime) -> None:
    """Give UD's own keys certificates of today; those before are kept, for what was sealed to them."""
    before = certificates_of(tx, CERTIFICATES, OWN)
    if before is not None:
        put_certificates(tx, FORMER, str(before.signing.serial), before)
    request = make_request(unit.code, unit.names.nb, unit.names.nb, unit_keys(tx), now)
    own = issue(authority, request, now)
    put_certificates(tx, CERTIFICATES, OWN, own)
    put_certificates(tx, CERTIFICATES, unit.code, own)
    put_certificates(tx, RECIPIENTS, unit.code, own)
    entered = Issued(
        unit=unit.code,
        person="",
        asked_by=unit.names.nb,
        fingerprint=request.fingerprint,
        when=now,
        signing=own.signing,
        sealing=own.sealing,
        recovery=own.recovery,
    )
    put_issued(tx, entered)


def fresh_trust(tx: Tx, now: datetime) -> TrustSet:
    """The trust set with revocation lists of today, kept and returned; it goes with every call and reply."""
    authority = authority_of(tx)
    _renew_own(tx, authority, now)
    number = next_number(tx, "revocation-list")
    trust = authority.trust(revocation_lists(authority, all_revoked(tx), number, now))
    put_trust(tx, trust)
    return trust


def _renew_own(tx: Tx, authority: Authority, now: datetime) -> None:
    """Renew UD's own certificates in good time, unless the issuing authority ends no later than they do."""
    own, identity = certificates_of(tx, CERTIFICATES, OWN), read_identity(tx)
    if own is None or identity is None or own.signing.not_after - now > OWN_RENEWED_BEFORE:
        return
    if now < authority.issuing.not_after and own.signing.not_after < authority.issuing.not_after:
        certify_own(tx, authority, identity.unit, now)


def refresh_own_lists(desk: Desk) -> None:
    """Make new revocation lists where UD's own have run out: nobody else can, and UD checks by them too.

    The root's own list, where its key is kept apart, is left as it is: see :mod:`wpsdesk.desk.keys.rooting`.
    """
    if not desk.gathers:
        return
    with desk.store.read() as tx:
        trust = trust_of(tx)
    if own_lists_have_run_out(desk, trust):
        with desk.store.write() as tx:
            fresh_trust(tx, desk.clock())
            note(tx, "lists-renewed", who=desk.unit.code, now=desk.clock())


def own_lists_have_run_out(desk: Desk, trust: TrustSet | None) -> bool:
    """Whether UD must make new lists before it checks anything by ``trust``; never on a unit's desk."""
    if not desk.gathers or trust is None:
        return False
    now = desk.clock()
    return any(held.next_update <= now and not held.is_by(trust.root) for held in trust.lists)


def next_number(tx: Tx, of: str) -> int:
    """The next number of a series, from 1."""
    data = document(tx, COUNTER, of)
    number = 1 if data is None else int(data) + 1
    put_document(tx, COUNTER, of, str(number).encode("ascii"))
    return number


def all_revoked(tx: Tx) -> tuple[Revoked, ...]:
    """Everything that has ever been taken back."""
    return tuple(_revoked_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, REVOKED))


def _revoked_from(reader: Reader) -> Revoked:
    return Revoked(
        serial=int(reader.get("serial").line(at_most=60)),
        when=reader.get("when").time(),
        reason=reader.get("reason").choice(Reason),
        issuer=reader.maybe("issuer", lambda r: int(r.line(at_most=60))),
    )


def put_revoked(tx: Tx, certificates: Iterable[Certificate], now: datetime, reason: Reason) -> None:
    """Revoke certificates from ``now`` on; one that is revoked already keeps its day and its reason."""
    issuers = [each.certificate for each in authority_of(tx).issuers]
    for certificate in certificates:
        if document(tx, REVOKED, str(certificate.serial)) is not None:
            continue
        issuer = next((each.serial for each in issuers if each.has_issued(certificate)), None)
        line = {
            "serial": str(certificate.serial),
            "when": rfc3339(now),
            "reason": reason,
            "issuer": None if issuer is None else str(issuer),
        }
        put_document(tx, REVOKED, str(certificate.serial), canonical_json(line))
