"""Asking to be believed: a unit's three keys, proof that it holds them, and digits to read over the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import UNIT_CODE, UnitCode
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import BadCertificate, BadRequest
from wpsdesk.trust.fingerprints import digits_of, same_fingerprint
from wpsdesk.trust.issuing import Issuer, Subject, make_certificate, role_usage, unit_subject
from wpsdesk.trust.keys import KeySigner, Signer, UnitKeys
from wpsdesk.trust.parsing import KeyKind, Role, is_plain_line, public_key, refusing

__all__ = [
    "EnrolmentRequest",
    "are_for",
    "interim_signer",
    "make_request",
    "proven_keys",
    "request_from",
    "request_to_json",
    "same_fingerprint",
]

INTERIM: Final = timedelta(days=180)
"""How long the self-signed certificate lasts: a courier, a holiday and a telephone call that was put off."""

MAX_LINE: Final = 200
MAX_REQUEST: Final = 8 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """Who asks, and one PKCS#10 request in DER for each key: signing, sealing, recovery, in this order."""

    unit: UnitCode
    unit_name: str
    person: str
    created: datetime
    csrs: tuple[bytes, bytes, bytes]

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over the unit code and its three public keys. Raises BadRequest."""
        return digits_of("wps-enrolment/1", self.unit.encode(), *proven_keys(self))


def make_request(unit: UnitCode, unit_name: str, person: str, keys: UnitKeys, now: datetime) -> EnrolmentRequest:
    """The request of ``unit``, by ``person``, for certificates to ``keys``. Raises BadRequest (``bad-name``)."""
    _require_names(unit, unit_name, person)

    def csr(role: Role) -> bytes:
        builder = x509.CertificateSigningRequestBuilder().subject_name(unit_subject(unit, unit_name, role))
        return builder.sign(keys.of(role).native, hashes.SHA256()).public_bytes(Encoding.DER)

    csrs = (csr(Role.SIGNING), csr(Role.SEALING), csr(Role.RECOVERY))
    return EnrolmentRequest(unit=unit, unit_name=unit_name, person=person, created=now, csrs=csrs)


def proven_keys(request: EnrolmentRequest) -> tuple[bytes, bytes, bytes]:
    """The three public keys (SubjectPublicKeyInfo in DER) that the request proves to hold.

    1 each is signed by its own key, 2 names the unit and its role exactly as we would, 3 asks for nothing else,
    4 the keys differ. Raises BadRequest.
    """
    _require_names(request.unit, request.unit_name, request.person)
    signing, sealing, recovery = (_proven_key(der, request, role) for der, role in zip(request.csrs, Role, strict=True))
    if len({signing, sealing, recovery}) != 3:
        raise BadRequest(reason="same-key-twice")
    return signing, sealing, recovery


def _proven_key(der: bytes, request: EnrolmentRequest, role: Role) -> bytes:
    if len(der) > MAX_REQUEST:
        raise BadRequest(reason="unreadable")
    with refusing(BadRequest(reason="unreadable")):
        parsed = x509.load_der_x509_csr(der)
        native = parsed.public_key()
        is_proven = parsed.is_signature_valid and isinstance(parsed.signature_hash_algorithm, hashes.SHA256)
        subject, is_bare = parsed.subject, not list(parsed.attributes)
    try:
        key, kind = public_key(native)
    except BadCertificate:
        raise BadRequest(reason="wrong-kind-of-key") from None
    if kind is not KeyKind.P256:
        raise BadRequest(reason="wrong-kind-of-key")
    if not is_proven:
        raise BadRequest(reason="no-proof-of-possession")
    if not is_bare:
        raise BadRequest(reason="attributes")
    if subject != unit_subject(request.unit, request.unit_name, role):
        is_role_only = subject in [unit_subject(request.unit, request.unit_name, other) for other in Role]
        raise BadRequest(reason="wrong-role" if is_role_only else "different-units")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _require_names(unit: UnitCode, unit_name: str, person: str) -> None:
    is_good = UNIT_CODE.fullmatch(unit) and all(
        name.strip() and len(name) <= MAX_LINE and is_plain_line(name) for name in (unit_name, person)
    )
    if not is_good:
        raise BadRequest(reason="bad-name")


def request_to_json(request: EnrolmentRequest) -> dict[str, object]:
    """``{"unit", "unit_name", "person", "created", "signing", "sealing", "recovery"}``."""
    csrs = {role.value: base64_text(der) for role, der in zip(Role, request.csrs, strict=True)}
    return {
        "unit": request.unit,
        "unit_name": request.unit_name,
        "person": request.person,
        "created": rfc3339(request.created),
        **csrs,
    }


def request_from(reader: Reader) -> EnrolmentRequest:
    """A request whose three keys are proven. Raises Malformed, BadRequest."""
    request = EnrolmentRequest(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        unit_name=reader.get("unit_name").line(at_most=MAX_LINE, at_least=1),
        person=reader.get("person").line(at_most=MAX_LINE, at_least=1),
        created=reader.get("created").time(),
        csrs=(
            der_from(reader.get(Role.SIGNING.value)),
            der_from(reader.get(Role.SEALING.value)),
            der_from(reader.get(Role.RECOVERY.value)),
        ),
    )
    reader.done()
    proven_keys(request)
    return request


def interim_signer(keys: UnitKeys, unit: UnitCode, now: datetime) -> Signer:
    """A signer nobody vouches for yet: its self-signed certificate signs the enrolment, and first submissions."""
    subject = Subject(name=unit_subject(unit, unit, Role.SIGNING), public=keys.signing.public)
    certificate = make_certificate(
        subject, Issuer(key=keys.signing, certificate=None), role_usage(Role.SIGNING), now=now, until=now + INTERIM
    )
    return KeySigner(key=keys.signing, certificate=certificate)


def are_for(certificates: UnitCertificates, keys: UnitKeys) -> bool:
    """Whether ``certificates`` are for exactly these keys, each in its place."""
    return all(certificates.of(role).public == keys.of(role).public for role in Role)
