"""UD's authority: a root, an issuing authority, the certificates they give and the lists that take them back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.certificates import Certificate, Reason, RevocationList, Revoked, UnitCertificates
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.enrolment import EnrolmentRequest, proven_keys
from wpsdesk.trust.errors import AuthorityExpired, BadKey
from wpsdesk.trust.issuing import (
    CLOCKS_APART,
    Issuer,
    Subject,
    authority_subject,
    authority_usage,
    issuer_key_id,
    make_certificate,
    role_usage,
    unit_subject,
    years_after,
)
from wpsdesk.trust.keys import PrivateKey
from wpsdesk.trust.parsing import Role, certificate_facts, reason_flag

__all__ = ["Authority", "Reason", "Revoked", "issue", "make_authority", "revocation_lists"]

ROOT_YEARS: Final = 15
ISSUING_YEARS: Final = 8
UNIT_YEARS: Final = 3

LIST_LASTS: Final = timedelta(days=400)
"""Units are without a line for months and hear from UD once a year; each call and reply brings new lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """UD's two keys with their certificates."""

    root_key: PrivateKey = field(repr=False)
    root: Certificate
    issuing_key: PrivateKey = field(repr=False)
    issuing: Certificate

    def __post_init__(self) -> None:
        if self.root_key.public != self.root.public or self.issuing_key.public != self.issuing.public:
            raise BadKey(problem="not-of-this-certificate")

    def trust(self, lists: tuple[RevocationList, ...]) -> TrustSet:
        """What the units are given to believe in: root, issuing authority and ``lists``."""
        return TrustSet(root=self.root, intermediates=(self.issuing,), lists=lists)

    def to_bytes(self) -> bytes:
        """Canonical JSON of keys and certificates, unencrypted: for the encrypted store only."""
        return canonical_json(
            {
                "root_key": base64_text(self.root_key.to_bytes()),
                "root": base64_text(self.root.der),
                "issuing_key": base64_text(self.issuing_key.to_bytes()),
                "issuing": base64_text(self.issuing.der),
            }
        )

    @staticmethod
    def from_bytes(data: bytes) -> Authority:
        """The reverse of :meth:`to_bytes`. Raises Malformed, BadKey, BadCertificate."""
        reader = load_json(data, limit=1 << 16)
        authority = Authority(
            root_key=PrivateKey.from_bytes(der_from(reader.get("root_key"))),
            root=Certificate.from_der(der_from(reader.get("root"))),
            issuing_key=PrivateKey.from_bytes(der_from(reader.get("issuing_key"))),
            issuing=Certificate.from_der(der_from(reader.get("issuing"))),
        )
        reader.done()
        return authority


def make_authority(now: datetime) -> Authority:
    """A new root (15 years, one authority below it) and a new issuing authority (8 years, none below it)."""
    root_key, issuing_key = PrivateKey.generate(), PrivateKey.generate()
    root = make_certificate(
        Subject(name=authority_subject("WPS Desk rot"), public=root_key.public),
        Issuer(key=root_key, certificate=None),
        authority_usage(),
        path_length=1,
        now=now,
        until=years_after(now, ROOT_YEARS),
    )
    issuing = make_certificate(
        Subject(name=authority_subject("WPS Desk utsteder 1"), public=issuing_key.public),
        Issuer(key=root_key, certificate=root),
        authority_usage(),
        path_length=0,
        now=now,
        until=years_after(now, ISSUING_YEARS),
    )
    return Authority(root_key=root_key, root=root, issuing_key=issuing_key, issuing=issuing)


def issue(authority: Authority, request: EnrolmentRequest, now: datetime) -> UnitCertificates:
    """Three certificates for the unit, three years, never past the issuing authority's own end.

    Whether the request is really the unit's is for a person to have heard: see ``request.fingerprint``.
    Raises BadRequest, AuthorityExpired.
    """
    keys = dict(zip(Role, proven_keys(request), strict=True))
    if now > authority.issuing.not_after:
        raise AuthorityExpired(ended=authority.issuing.not_after)
    until = min(years_after(now, UNIT_YEARS), authority.issuing.not_after)
    issuer = Issuer(key=authority.issuing_key, certificate=authority.issuing)

    def certificate(role: Role) -> Certificate:
        subject = Subject(name=unit_subject(request.unit, request.unit_name, role), public=keys[role])
        return make_certificate(subject, issuer, role_usage(role), now=now, until=until)

    return UnitCertificates(
        signing=certificate(Role.SIGNING), sealing=certificate(Role.SEALING), recovery=certificate(Role.RECOVERY)
    )


def revocation_lists(
    authority: Authority,
    revoked: tuple[Revoked, ...],
    number: int,
    now: datetime,
    *,
    valid_for: timedelta = LIST_LASTS,
) -> tuple[RevocationList, ...]:
    """The root's list and the issuing authority's, both with ``number``, to be replaced after ``valid_for``.

    ``revoked``: everything ever taken back, each goes on the list of the authority that issued it; ``number``
    is higher than the last one used.
    """
    of_root = tuple(entry for entry in revoked if entry.serial == authority.issuing.serial)
    of_issuing = tuple(entry for entry in revoked if entry.serial != authority.issuing.serial)
    begins, ends = now.astimezone(UTC) - CLOCKS_APART, now.astimezone(UTC) + valid_for
    return (
        _list(authority.root_key, authority.root, of_root, number, lasts=(begins, ends)),
        _list(authority.issuing_key, authority.issuing, of_issuing, number, lasts=(begins, ends)),
    )


def _list(
    key: PrivateKey,
    issuer: Certificate,
    revoked: tuple[Revoked, ...],
    number: int,
    *,
    lasts: tuple[datetime, datetime],
) -> RevocationList:
    begins, ends = lasts
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate_facts(issuer.der).subject)
        .last_update(begins)
        .next_update(ends)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(issuer_key_id(key), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(_list_entry(entry))
    return RevocationList.from_der(builder.sign(key.native, hashes.SHA256()).public_bytes(Encoding.DER))


def _list_entry(entry: Revoked) -> x509.RevokedCertificate:
    when = entry.when.astimezone(UTC)
    builder = x509.RevokedCertificateBuilder().serial_number(entry.serial).revocation_date(when)
    reason = Reason(entry.reason)
    if reason is not Reason.UNSPECIFIED:  # RFC 5280, 5.3.1: absent rather than "unspecified"
        builder = builder.add_extension(x509.CRLReason(reason_flag(reason)), critical=False)
    return builder.build()
