"""UD as the authority: its root and issuing key, the revocation lists, the trust set that goes out."""

from __future__ import annotations

from datetime import datetime

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.desk.model import (
    AUTHORITY_KEYS,
    CERTIFICATES,
    COUNTER,
    LIMIT,
    OWN,
    RECIPIENTS,
    REVOKED,
    Desk,
    authority_of,
    put_certificates,
    put_trust,
    trust_of,
    unit_keys,
)
from wpsdesk.plan.model import Unit
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import put_secret
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Reason, Revoked, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.enrolment import make_request


def establish(tx: Tx, unit: Unit, now: datetime) -> None:
    """Make root and issuing key, UD's own certificates by the same road as everybody's, and the first lists."""
    authority = make_authority(now)
    put_secret(tx, AUTHORITY_KEYS, authority.to_bytes())
    request = make_request(unit.code, unit.names.nb, unit.names.nb, unit_keys(tx), now)
    own = issue(authority, request, now)
    put_certificates(tx, CERTIFICATES, OWN, own)
    put_certificates(tx, CERTIFICATES, unit.code, own)
    put_certificates(tx, RECIPIENTS, unit.code, own)
    fresh_trust(tx, now)


def fresh_trust(tx: Tx, now: datetime) -> TrustSet:
    """The trust set with revocation lists of today, kept and returned; it goes with every call and reply."""
    authority = authority_of(tx)
    number = next_number(tx, "revocation-list")
    trust = authority.trust(revocation_lists(authority, _revoked(tx), number, now))
    put_trust(tx, trust)
    return trust


def refresh_own_lists(desk: Desk) -> None:
    """Make new revocation lists where UD's own have run out: nobody else can, and UD checks by them too."""
    if not desk.is_authority:
        return
    now = desk.clock()
    with desk.store.read() as tx:
        trust = trust_of(tx)
        has_run_out = trust is not None and any(held.next_update <= now for held in trust.lists)
    if has_run_out:
        with desk.store.write() as tx:
            fresh_trust(tx, now)


def next_number(tx: Tx, of: str) -> int:
    """The next number of a series, from 1."""
    data = document(tx, COUNTER, of)
    number = 1 if data is None else int(data) + 1
    put_document(tx, COUNTER, of, str(number).encode("ascii"))
    return number


def _revoked(tx: Tx) -> tuple[Revoked, ...]:
    return tuple(_revoked_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, REVOKED))


def _revoked_from(reader: Reader) -> Revoked:
    return Revoked(
        serial=int(reader.get("serial").line(at_most=60)),
        when=reader.get("when").time(),
        reason=reader.get("reason").choice(Reason),
    )


def put_revoked(tx: Tx, certificates: UnitCertificates, now: datetime, reason: Reason) -> None:
    """Revoke a unit's three certificates from ``now`` on."""
    for certificate in (certificates.signing, certificates.sealing, certificates.recovery):
        line = {"serial": str(certificate.serial), "when": rfc3339(now), "reason": reason}
        put_document(tx, REVOKED, str(certificate.serial), canonical_json(line))
