"""The signature: detached CAdES-B-B over the manifest, in the one encoding that the profile knows.

SignedData v1, one SignerInfo v1, SHA-256 without parameters, exactly four signed attributes (content-type,
signing-time, message-digest, signing-certificate-v2), ECDSA P-256 or RSA PKCS#1 v1.5, the signer's and its
issuer's certificates, nothing unsigned (RFC 5652, EN 319 122-1). Whoever reads rebuilds it with the writer's
own function and demands equality: that refuses every other encoding, attribute, signer and trailing byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from wpsdesk.bundle.der import (
    OCTET_STRING,
    SEQUENCE,
    SET,
    UTC_TIME,
    Elements,
    NotDer,
    integer,
    object_id,
    tlv,
)
from wpsdesk.bundle.errors import Altered, SignatureMalformed
from wpsdesk.trust.certificates import Certificate, KeyKind
from wpsdesk.trust.errors import BadCertificate
from wpsdesk.trust.keys import Signer

_SIGNED_DATA: Final = object_id("1.2.840.113549.1.7.2")
_DATA: Final = object_id("1.2.840.113549.1.7.1")
_CONTENT_TYPE: Final = object_id("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = object_id("1.2.840.113549.1.9.4")
_SIGNING_TIME: Final = object_id("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE: Final = object_id("1.2.840.113549.1.9.16.2.47")
_SHA256: Final = tlv(SEQUENCE, object_id("2.16.840.1.101.3.4.2.1"))
_ECDSA_SHA256: Final = tlv(SEQUENCE, object_id("1.2.840.10045.4.3.2"))
_RSA_SHA256: Final = tlv(SEQUENCE, object_id("1.2.840.113549.1.1.11"), b"\x05\x00")
_VERSION: Final = integer(1)
_IMPLICIT_0: Final = 0xA0
_TIME: Final = "%y%m%d%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature whose value has been found right; whether the signer is believed is another question."""

    signer: Certificate
    others: tuple[Certificate, ...]  # its issuing authority, as sent
    signed_at: datetime  # what the signer's clock said


def sign_manifest(manifest: bytes, signer: Signer, now: datetime) -> bytes:
    """The signature over ``manifest`` as DER. Raises what the signer raises."""
    certificates = (signer.certificate.der, *(above.der for above in signer.chain))
    attributes = _attributes(hashlib.sha256(manifest).digest(), now, signer.certificate.der)
    return _signed_data(certificates, signer.certificate, attributes, signer.sign(tlv(SET, attributes)))


def sign_document(digest: bytes, signer: Signer) -> bytes:
    """The signature of a PDF whose signed bytes have this SHA-256, as DER (PAdES-B-B, EN 319 142-1, 6.3).

    There the file itself says when: the attribute for it must be absent. Raises what the signer raises.
    """
    certificates = (signer.certificate.der, *(above.der for above in signer.chain))
    attributes = _sorted(_unmoved(digest, signer.certificate.der))
    return _signed_data(certificates, signer.certificate, attributes, signer.sign(tlv(SET, attributes)))


def _attributes(digest: bytes, now: datetime, signer: bytes) -> bytes:
    moment = now.astimezone(UTC)
    if not 1950 <= moment.year < 2050:  # what two digits can say (RFC 5652, 11.3)
        raise ValueError("a signing time that UTCTime cannot hold")
    told = (_SIGNING_TIME, tlv(UTC_TIME, moment.strftime(_TIME).encode("ascii")))
    return _sorted((*_unmoved(digest, signer), told))


def _unmoved(digest: bytes, signer: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """The attributes that say what is signed and with which certificate, whenever that is."""
    certificate_id = tlv(SEQUENCE, tlv(OCTET_STRING, hashlib.sha256(signer).digest()))
    return (
        (_CONTENT_TYPE, _DATA),
        (_MESSAGE_DIGEST, tlv(OCTET_STRING, digest)),
        (_SIGNING_CERTIFICATE, tlv(SEQUENCE, tlv(SEQUENCE, certificate_id))),
    )


def _sorted(attributes: tuple[tuple[bytes, bytes], ...]) -> bytes:
    return b"".join(sorted(tlv(SEQUENCE, kind, tlv(SET, value)) for kind, value in attributes))


def _signed_data(certificates: tuple[bytes, ...], signer: Certificate, attributes: bytes, signature: bytes) -> bytes:
    algorithm = _ECDSA_SHA256 if signer.kind is KeyKind.P256 else _RSA_SHA256
    signer_info = tlv(
        SEQUENCE,
        _VERSION,
        issuer_and_serial(signer),
        _SHA256,
        tlv(_IMPLICIT_0, attributes),
        algorithm,
        tlv(OCTET_STRING, signature),
    )
    signed_data = tlv(
        SEQUENCE,
        _VERSION,
        tlv(SET, _SHA256),
        tlv(SEQUENCE, _DATA),
        tlv(_IMPLICIT_0, *sorted(certificates)),
        tlv(SET, signer_info),
    )
    return tlv(SEQUENCE, _SIGNED_DATA, tlv(_IMPLICIT_0, signed_data))


@lru_cache(maxsize=256)
def issuer_and_serial(certificate: Certificate) -> bytes:
    """How CMS names a certificate."""
    return tlv(SEQUENCE, certificate.issuer, integer(certificate.serial))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """The fields that vary, as they stand in a signature."""

    certificates: tuple[bytes, ...]
    attributes: bytes
    signature: bytes
    time: bytes
    certificate_hash: bytes
    digest: bytes


def read_signature(data: bytes, manifest: bytes) -> Signed:
    """Check 5, as far as mathematics goes: canonical, over this manifest, by the key of the certificate it names.

    Raises SignatureMalformed, Altered.
    """
    try:
        fields = _fields_of(data)
    except NotDer:
        raise SignatureMalformed(code="not-der") from None
    signed_at = _time_of(fields.time)
    signer, others = _certificates_of(fields)
    attributes = _attributes(fields.digest, signed_at, signer.der)
    if _signed_data(fields.certificates, signer, attributes, fields.signature) != data:
        raise SignatureMalformed(code="not-canonical")
    if fields.digest != hashlib.sha256(manifest).digest():
        raise Altered(where="manifest")
    if not signer.has_signed(tlv(SET, attributes), fields.signature):
        raise Altered(where="signature")
    return Signed(signer=signer, others=others, signed_at=signed_at)


def _fields_of(data: bytes) -> _Fields:
    outer = Elements(data).inside(SEQUENCE)
    outer.expect(_SIGNED_DATA)
    signed_data = outer.inside(_IMPLICIT_0).inside(SEQUENCE)
    signed_data.expect(_VERSION, tlv(SET, _SHA256), tlv(SEQUENCE, _DATA))
    certificates, bag = [], signed_data.inside(_IMPLICIT_0)
    while not bag.is_at_end:
        certificates.append(bag.whole(SEQUENCE))
    signer_info = signed_data.inside(SET).inside(SEQUENCE)
    signer_info.expect(_VERSION)
    signer_info.whole(SEQUENCE)
    signer_info.expect(_SHA256)
    attributes = signer_info.value(_IMPLICIT_0)
    signer_info.whole(SEQUENCE)
    values = _values_of(attributes)
    return _Fields(
        certificates=tuple(certificates),
        attributes=attributes,
        signature=signer_info.value(OCTET_STRING),
        time=Elements(values[_SIGNING_TIME]).value(UTC_TIME),
        certificate_hash=Elements(values[_SIGNING_CERTIFICATE])
        .inside(SEQUENCE)
        .inside(SEQUENCE)
        .inside(SEQUENCE)
        .value(OCTET_STRING),
        digest=Elements(values[_MESSAGE_DIGEST]).value(OCTET_STRING),
    )


def _values_of(attributes: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    elements = Elements(attributes)
    while not elements.is_at_end:
        attribute = elements.inside(SEQUENCE)
        kind = attribute.whole(0x06)
        found[kind] = attribute.value(SET)
    if found.keys() != {_CONTENT_TYPE, _SIGNING_TIME, _MESSAGE_DIGEST, _SIGNING_CERTIFICATE}:
        raise NotDer
    return found


def _time_of(text: bytes) -> datetime:
    try:
        found = datetime.strptime(text.decode("ascii"), _TIME).replace(tzinfo=UTC)
    except ValueError:
        raise SignatureMalformed(code="time") from None
    if found.year >= 2050:  # strptime takes 50 to 68 for 2050 to 2068, X.509 for 1950 to 1968
        raise SignatureMalformed(code="time")
    return found


def _certificates_of(fields: _Fields) -> tuple[Certificate, tuple[Certificate, ...]]:
    if not 1 <= len(fields.certificates) <= 2:
        raise SignatureMalformed(code="certificates")
    try:
        certificates = tuple(Certificate.from_der(der) for der in fields.certificates)
    except BadCertificate:
        raise SignatureMalformed(code="certificates") from None
    for certificate in certificates:
        if hashlib.sha256(certificate.der).digest() == fields.certificate_hash:
            return certificate, tuple(other for other in certificates if other.der != certificate.der)
    raise SignatureMalformed(code="no-signer")
