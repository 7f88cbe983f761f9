"""Certificates and revocation lists as frozen values over their exact DER bytes.

Every room may hold, compare, keep and show them; only what stands in :mod:`wpsdesk.trust.parsing` looks inside,
and only :mod:`wpsdesk.trust.anchors` says whether they are to be believed. Reading a property of hostile bytes
raises BadCertificate or BadRevocationList; :meth:`Certificate.from_der` asks at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.der import base64_text, der_from, pem_text
from wpsdesk.trust.errors import BadCertificate
from wpsdesk.trust.fingerprints import digits_of
from wpsdesk.trust.parsing import (
    KeyKind,
    PublicKey,
    Reason,
    Revoked,
    Role,
    certificate_facts,
    list_facts,
)

__all__ = [
    "Certificate",
    "KeyKind",
    "Reason",
    "RevocationList",
    "Revoked",
    "Role",
    "UnitCertificates",
    "certificates_from",
    "certificates_to_json",
]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One X.509 certificate. Every property raises BadCertificate where the bytes are no good certificate."""

    der: bytes = field(repr=False)

    @staticmethod
    def from_der(der: bytes) -> Certificate:
        """A certificate all of whose properties can be read. Raises BadCertificate."""
        certificate_facts(der)
        return Certificate(der)

    @property
    def unit(self) -> UnitCode | None:
        """The reporting unit it names; worth something only once its path has been checked."""
        return certificate_facts(self.der).unit

    @property
    def role(self) -> Role | None:
        """Which of a unit's three keys it names itself as; None for an authority's."""
        return certificate_facts(self.der).role

    @property
    def name(self) -> str:
        """The subject's common name."""
        return certificate_facts(self.der).name

    @property
    def person(self) -> str | None:
        """Whose key it is, where it is one person's within the unit; None for a key of the whole unit."""
        facts = certificate_facts(self.der)
        is_personal = facts.role is Role.SIGNING and facts.unit is not None and facts.organisation is not None
        return facts.name if is_personal and facts.name != facts.organisation else None

    @property
    def serial(self) -> int:
        """The issuer's number for it, by which it is revoked."""
        return certificate_facts(self.der).parsed.serial_number

    @property
    def not_before(self) -> datetime:
        """Valid from, UTC."""
        return certificate_facts(self.der).not_before

    @property
    def not_after(self) -> datetime:
        """Valid to and including, UTC."""
        return certificate_facts(self.der).not_after

    @property
    def kind(self) -> KeyKind:
        """What kind of key it is for."""
        return certificate_facts(self.der).kind

    @property
    def public(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        return certificate_facts(self.der).public

    @property
    def point(self) -> bytes:
        """The public key as an uncompressed P-256 point, 65 bytes. Raises BadCertificate for an RSA key."""
        key = certificate_facts(self.der).key
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise BadCertificate(problem="wrong-kind-of-key")
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def issuer(self) -> bytes:
        """The issuer's distinguished name in DER, as the certificate spells it."""
        return certificate_facts(self.der).issuer

    @property
    def is_authority(self) -> bool:
        """Whether it may issue certificates and revocation lists."""
        return certificate_facts(self.der).is_authority

    @property
    def may_sign(self) -> bool:
        """Whether its key is for signing bundles (digitalSignature and contentCommitment)."""
        return certificate_facts(self.der).may_sign

    @property
    def may_seal(self) -> bool:
        """Whether bundles may be sealed to its key (keyAgreement; keyEncipherment for RSA)."""
        return certificate_facts(self.der).may_seal

    @property
    def is_self_signed(self) -> bool:
        """Whether its own key has signed it: nobody else vouches for it."""
        return self.has_issued(self)

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over the whole certificate; for a root, what is compared by telephone."""
        return digits_of("wps-certificate/1", self.der)

    @property
    def pem(self) -> str:
        """PEM, for openssl."""
        return pem_text("CERTIFICATE", self.der)

    def has_signed(self, data: bytes, signature: bytes) -> bool:
        """Whether ``signature`` (ECDSA in DER, or RSA PKCS#1 v1.5; SHA-256) is this key's over ``data``."""
        return _is_signature(certificate_facts(self.der).key, signature, data)

    def has_issued(self, other: Certificate) -> bool:
        """Whether this key has signed ``other`` under this name. Says nothing of time, use or revocation."""
        return _has_issued(self, other)


@lru_cache(maxsize=1024)
def _has_issued(issuer: Certificate, other: Certificate) -> bool:
    mine, theirs = certificate_facts(issuer.der).parsed, certificate_facts(other.der).parsed
    try:
        theirs.verify_directly_issued_by(mine)  # compares the names too
    except Exception:  # noqa: BLE001 - InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm
        return False
    return True


def _is_signature(key: PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class RevocationList:
    """One X.509 revocation list. Every property raises BadRevocationList where the bytes are no good list.

    Has no length and no truth value, on purpose: an empty list is as good a list as any.
    """

    der: bytes = field(repr=False)

    @staticmethod
    def from_der(der: bytes) -> RevocationList:
        """A list all of whose properties can be read. Raises BadRevocationList."""
        list_facts(der)
        return RevocationList(der)

    @property
    def this_update(self) -> datetime:
        """Made at, UTC."""
        return list_facts(self.der).this_update

    @property
    def next_update(self) -> datetime:
        """To be replaced at the latest at, UTC."""
        return list_facts(self.der).next_update

    @property
    def number(self) -> int:
        """The issuer's running number: the higher is the newer."""
        return list_facts(self.der).number

    @property
    def revoked(self) -> tuple[Revoked, ...]:
        """What it takes back, in its own order."""
        return tuple(list_facts(self.der).revoked.values())

    @property
    def pem(self) -> str:
        """PEM, for openssl."""
        return pem_text("X509 CRL", self.der)

    def entry(self, serial: int) -> Revoked | None:
        """The revocation of the certificate ``serial`` of the same issuer; None where it stands."""
        return list_facts(self.der).revoked.get(serial)

    def is_by(self, authority: Certificate) -> bool:
        """Whether ``authority``, being one, has signed this list under its name."""
        return _is_by(self, authority)


@lru_cache(maxsize=1024)
def _is_by(revocations: RevocationList, authority: Certificate) -> bool:
    mine, theirs = list_facts(revocations.der), certificate_facts(authority.der)
    is_under_its_name = theirs.is_authority and mine.issuer == theirs.subject
    return is_under_its_name and mine.parsed.is_signature_valid(theirs.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCertificates:
    """The three certificates of one unit."""

    signing: Certificate
    sealing: Certificate
    recovery: Certificate

    @property
    def unit(self) -> UnitCode:
        """The one unit that all three name. Raises BadCertificate where they do not."""
        named = {certificate.unit for certificate in (self.signing, self.sealing, self.recovery)}
        match tuple(named):
            case (str() as unit,):
                return unit
            case _:
                raise BadCertificate(problem="different-units")

    def of(self, role: Role) -> Certificate:
        """The certificate for ``role``."""
        match role:
            case Role.SIGNING:
                return self.signing
            case Role.SEALING:
                return self.sealing
            case Role.RECOVERY:
                return self.recovery


def certificates_to_json(certificates: UnitCertificates) -> dict[str, object]:
    """``{"signing": base64, "sealing": base64, "recovery": base64}``."""
    return {role.value: base64_text(certificates.of(role).der) for role in Role}


def certificates_from(reader: Reader) -> UnitCertificates:
    """The reverse, of three certificates of one unit, each in its own place. Raises Malformed, BadCertificate."""
    found = {role: Certificate.from_der(der_from(reader.get(role.value))) for role in Role}
    reader.done()
    for role, certificate in found.items():
        may_serve = certificate.may_sign if role is Role.SIGNING else certificate.may_seal
        if certificate.role is not role or not may_serve:
            raise BadCertificate(problem="wrong-role")
    certificates = UnitCertificates(
        signing=found[Role.SIGNING], sealing=found[Role.SEALING], recovery=found[Role.RECOVERY]
    )
    _ = certificates.unit  # raises where they name different units
    return certificates
