"""Reading hostile DER once, whole and strictly: everything the values of this room know about their bytes.

RFC 5280 narrowed to what this program makes or has reason to accept. All of a certificate is read at once, so
that it is either good in every property or :class:`BadCertificate`; nothing is found to be broken later.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID, SignatureAlgorithmOID

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UNIT_CODE, UnitCode, nfc
from wpsdesk.trust.der import MAX_DER
from wpsdesk.trust.errors import BadCertificate, BadRevocationList

MAX_CERTIFICATE: Final = 16 * 1024
MIN_RSA_BITS: Final = 3072
MAX_RSA_BITS: Final = 8192  # a larger one only costs time

_SIGNATURES: Final = (SignatureAlgorithmOID.ECDSA_WITH_SHA256, SignatureAlgorithmOID.RSA_WITH_SHA256)

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class KeyKind(StrEnum):
    """The two kinds of key: our own, and that of bought enterprise certificates."""

    P256 = "p256"
    RSA = "rsa"


class Role(StrEnum):
    """What one of a unit's three keys is for; written in the certificate's OU."""

    SIGNING = "signing"
    SEALING = "sealing"
    RECOVERY = "recovery"


class Reason(StrEnum):
    """Why a certificate was taken back (RFC 5280, 5.3.1); the other reasons never occur here."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "key-compromise"
    AFFILIATION_CHANGED = "affiliation-changed"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessation-of-operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """One certificate that its issuer has taken back. Raises ValueError where ``reason`` is no word of Reason."""

    serial: int
    when: datetime
    reason: str = Reason.UNSPECIFIED
    issuer: int | None = None
    """The serial number of the authority's own certificate, for who writes the list; None: the first one's."""

    def __post_init__(self) -> None:
        Reason(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything that is asked of a certificate."""

    parsed: x509.Certificate
    key: PublicKey
    kind: KeyKind
    public: bytes
    issuer: bytes
    subject: x509.Name
    name: str
    unit: UnitCode | None
    role: Role | None
    organisation: str | None
    not_before: datetime
    not_after: datetime
    is_authority: bool
    may_sign: bool
    may_seal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """Everything that is asked of a revocation list."""

    parsed: x509.CertificateRevocationList
    issuer: x509.Name
    number: int
    this_update: datetime
    next_update: datetime
    revoked: Mapping[int, Revoked]


@contextmanager
def refusing(fault: Exception) -> Iterator[None]:
    """Whatever goes wrong inside becomes ``fault``.

    cryptography answers hostile bytes with ValueError, TypeError, UnsupportedAlgorithm, OverflowError and, where
    its native code panics, with an exception that is not even an ``Exception``.
    """
    try:
        yield
    except (WpsError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise fault from error


@lru_cache(maxsize=1024)
def certificate_facts(der: bytes) -> CertificateFacts:
    """What stands in a certificate. Raises BadCertificate."""
    if len(der) > MAX_CERTIFICATE:
        raise BadCertificate(problem="too-large")
    with refusing(BadCertificate(problem="unreadable")):
        parsed = x509.load_der_x509_certificate(der)
        _require_whole_octets(der, parsed.signature)
        if parsed.version is not x509.Version.v3 or not 0 < parsed.serial_number < 1 << 159:
            raise BadCertificate(problem="wrong-version")
        if parsed.signature_algorithm_oid not in _SIGNATURES:
            raise BadCertificate(problem="wrong-kind")
        key, kind = public_key(parsed.public_key())
        is_authority, usage = _allowed(parsed.extensions)
        return CertificateFacts(
            parsed=parsed,
            key=key,
            kind=kind,
            public=key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            issuer=parsed.issuer.public_bytes(),
            subject=parsed.subject,
            name=name_in(parsed.subject),
            unit=unit_in(parsed.subject),
            role=role_in(parsed.subject),
            organisation=organisation_in(parsed.subject),
            not_before=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            is_authority=is_authority and usage.key_cert_sign and usage.crl_sign,
            may_sign=not is_authority and usage.digital_signature and usage.content_commitment,
            may_seal=not is_authority and (usage.key_agreement if kind is KeyKind.P256 else usage.key_encipherment),
        )


def _require_whole_octets(der: bytes, signature: bytes) -> None:
    """One signature, one encoding: its bit string has no unused bits. Raises ValueError.

    Where the last bit of a signature is 0, one unused bit would be read as the same signature, in other bytes.
    """
    if not der.endswith(b"\0" + signature):
        raise ValueError("unused bits")


def public_key(key: object) -> tuple[PublicKey, KeyKind]:
    """``key`` where it is one of the two kinds that are accepted. Raises BadCertificate."""
    match key:
        case ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            return key, KeyKind.P256
        case rsa.RSAPublicKey():
            if not MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS or key.public_numbers().e < 65537:
                raise BadCertificate(problem="weak-key")
            return key, KeyKind.RSA
        case _:
            raise BadCertificate(problem="wrong-kind-of-key")


def _allowed(extensions: x509.Extensions) -> tuple[bool, x509.KeyUsage]:
    """Whether it is an authority's, and what its key may do. A critical extension we do not apply is refused."""
    is_authority = False
    usage: x509.KeyUsage | None = None
    for extension in extensions:
        match extension.value:
            case x509.BasicConstraints(ca=ca):
                is_authority = ca
            case x509.KeyUsage() as found:
                usage = found
            case _ if extension.critical:
                raise BadCertificate(problem="critical-extension")
            case _:
                pass
    if usage is None:
        raise BadCertificate(problem="no-key-use")
    return is_authority, usage


def name_in(subject: x509.Name) -> str:
    """The common name: exactly one, one visible line. Raises ValueError."""
    (attribute,) = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = attribute.value
    if not isinstance(name, str) or not name.strip() or not is_plain_line(name):
        raise ValueError("no name")
    return nfc(name)


def unit_in(subject: x509.Name) -> UnitCode | None:
    """The unit code in the subject's one serialNumber (X.520); None where there is none."""
    values = [attribute.value for attribute in subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
    match values:
        case [str() as code] if UNIT_CODE.fullmatch(code):
            return UnitCode(code)
        case _:
            return None


def role_in(subject: x509.Name) -> Role | None:
    """The role in the subject's one OU; None where there is none."""
    values = [attribute.value for attribute in subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)]
    match values:
        case [str() as word] if word in set(Role):
            return Role(word)
        case _:
            return None


def organisation_in(subject: x509.Name) -> str | None:
    """The subject's one O; None where there is none."""
    match [attribute.value for attribute in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)]:
        case [str() as name] if is_plain_line(name):
            return nfc(name)
        case _:
            return None


def is_plain_line(text: str) -> bool:
    """No control characters and nothing that turns the direction of writing: what is shown is what is there."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl", "Zp") or sign in _TURNING for sign in text)


_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=256)
def list_facts(der: bytes) -> ListFacts:
    """What stands in a revocation list. Raises BadRevocationList."""
    if len(der) > MAX_DER:
        raise BadRevocationList(problem="too-large")
    with refusing(BadRevocationList(problem="unreadable")):
        parsed = x509.load_der_x509_crl(der)
        _require_whole_octets(der, parsed.signature)
        if parsed.signature_algorithm_oid not in _SIGNATURES:
            raise BadRevocationList(problem="wrong-kind")
        # A critical extension changes what the list means: only a part of the certificates (issuing
        # distribution point), or only what is new (delta). A list read without it would seem to clear too much.
        if any(extension.critical for extension in parsed.extensions):
            raise BadRevocationList(problem="critical-extension")
        if parsed.next_update_utc is None:
            raise BadRevocationList(problem="no-next-update")
        try:
            number = parsed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        except x509.ExtensionNotFound:
            raise BadRevocationList(problem="no-number") from None
        return ListFacts(
            parsed=parsed,
            issuer=parsed.issuer,
            number=number,
            this_update=parsed.last_update_utc,
            next_update=parsed.next_update_utc,
            revoked=MappingProxyType({entry.serial: entry for entry in map(_revoked, parsed)}),
        )


def reason_flag(reason: Reason) -> x509.ReasonFlags:
    """The standard's own word for ``reason``."""
    return x509.ReasonFlags[reason.name.lower()]


_REASONS: Final = {reason_flag(reason): reason for reason in Reason}


def _revoked(entry: x509.RevokedCertificate) -> Revoked:
    reason = Reason.UNSPECIFIED
    for extension in entry.extensions:
        if extension.critical:  # certificateIssuer: an entry about another authority's certificate
            raise BadRevocationList(problem="critical-extension")
        if isinstance(extension.value, x509.CRLReason):
            # Every entry is a revocation, also "certificateHold" and words that we never write.
            reason = _REASONS.get(extension.value.reason, Reason.UNSPECIFIED)
    return Revoked(serial=entry.serial_number, when=entry.revocation_date_utc, reason=reason)
