"""Certificates and revocation lists that this program would never make, signed with real keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.certificates import Certificate, RevocationList, Role
from wpsdesk.trust.issuing import Issuer, Subject, make_certificate, role_usage, unit_subject
from wpsdesk.trust.keys import PrivateKey

from .conftest import AMMAN, NOW

SHA256 = hashes.SHA256()
UNKNOWN_EXTENSION = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00")


def spki(key: object) -> bytes:
    """The public key of a private key of any kind."""
    public = key.public_key()  # type: ignore[attr-defined]
    data: bytes = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return data


def leaf(
    issuer: Issuer,
    *,
    key: PrivateKey | None = None,
    public: bytes | None = None,
    unit: UnitCode = AMMAN,
    role: Role = Role.SIGNING,
    usage: x509.KeyUsage | None = None,
    path_length: int | None = None,
    now: datetime = NOW,
    lasts: timedelta = timedelta(days=1000),
) -> Certificate:
    """A certificate of ``issuer``, otherwise of the usual shape."""
    owner = PrivateKey.generate() if key is None else key
    return make_certificate(
        Subject(name=unit_subject(unit, "Ambassaden i Amman", role), public=owner.public if public is None else public),
        issuer,
        role_usage(role) if usage is None else usage,
        path_length=path_length,
        now=now,
        until=now + lasts,
    )


def raw_certificate(
    *extensions: tuple[x509.ExtensionType, bool],
    subject: x509.Name | None = None,
    key: object = None,
    signing_key: object = None,
    algorithm: hashes.SHA256 | hashes.SHA384 | hashes.SHA512 = SHA256,
) -> bytes:
    """A certificate signed by its own key (or ``signing_key``) with exactly these extensions."""
    owner = PrivateKey.generate().native if key is None else key
    name = unit_subject(AMMAN, "Ambassaden i Amman", Role.SIGNING) if subject is None else subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(owner.public_key())  # type: ignore[attr-defined]
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=10))
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    signer = owner if signing_key is None else signing_key
    return builder.sign(signer, algorithm).public_bytes(Encoding.DER)  # type: ignore[arg-type]


def raw_list(
    key: PrivateKey,
    issuer: x509.Name,
    *,
    extensions: Iterable[tuple[x509.ExtensionType, bool]] = ((x509.CRLNumber(1), False),),
    entries: Iterable[x509.RevokedCertificate] = (),
    algorithm: hashes.SHA256 | hashes.SHA384 | hashes.SHA512 = SHA256,
) -> RevocationList:
    """A revocation list with exactly these extensions; nothing of it has been looked at."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer)
        .last_update(NOW - timedelta(days=1))
        .next_update(NOW + timedelta(days=400))
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return RevocationList(builder.sign(key.native, algorithm).public_bytes(Encoding.DER))


def name_of(certificate: Certificate) -> x509.Name:
    """The subject as the library has it."""
    return x509.load_der_x509_certificate(certificate.der).subject


def named(*attributes: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """A distinguished name of these attributes."""
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])


COMMON_NAME, SERIAL, ROLE = NameOID.COMMON_NAME, NameOID.SERIAL_NUMBER, NameOID.ORGANIZATIONAL_UNIT_NAME


def bought_certificate(key: object) -> bytes:
    """A certificate of some seller's, with a critical extension that is no affair of ours."""
    return raw_certificate((UNKNOWN_EXTENSION, True), key=key, subject=named((COMMON_NAME, "Virksomhet AS")))
