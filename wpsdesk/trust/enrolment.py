"""Asking to be believed: keys, proof that whoever asks holds them, and digits to read over the telephone.

A desk asks for its three keys; a person at a desk asks for one, to sign with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import UNIT_CODE, UnitCode
from wpsdesk.trust.bought import bought_facts
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import BadCertificate, BadRequest
from wpsdesk.trust.fingerprints import digits_of, same_fingerprint
from wpsdesk.trust.issuing import (
    MAX_NAME,
    Issuer,
    Subject,
    make_certificate,
    personal_subject,
    role_usage,
    shortened,
    unit_subject,
)
from wpsdesk.trust.keys import KeySigner, Signer, SigningKey, UnitKeys
from wpsdesk.trust.parsing import KeyKind, Role, is_plain_line, name_in, public_key, refusing

__all__ = [
    "EnrolmentRequest",
    "Purpose",
    "are_for",
    "interim_signer",
    "make_personal_request",
    "make_request",
    "personal_interim_signer",
    "proven_keys",
    "recovery_proof",
    "request_from",
    "request_to_json",
    "same_fingerprint",
]

INTERIM: Final = timedelta(days=180)
"""How long the self-signed certificate lasts: a courier, a holiday and a telephone call that was put off."""

MAX_LINE: Final = 200
MAX_REQUEST: Final = 8 * 1024


class Purpose(StrEnum):
    """Why a certificate is asked for."""

    NEW = "new"  # a first desk, or one more; what the unit has stays valid
    RENEWAL = "renewal"  # the same keys for some more years
    REPLACEMENT = "replacement"  # keys were lost or seen: everything older is revoked


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """Who asks, and one PKCS#10 request in DER for each key.

    A desk's are three: signing, sealing, recovery, in this order. A person's is one, for signing; ``bought`` is
    the certificate (DER) that this key was bought with, to be looked at and believed in nothing.
    """

    unit: UnitCode
    unit_name: str
    person: str
    created: datetime
    csrs: tuple[bytes, ...]
    purpose: Purpose = Purpose.NEW
    bought: bytes | None = None
    wants_report: bool = False  # a desk that lost its machine asks for the unit's last report back

    @property
    def is_personal(self) -> bool:
        """Whether a person asks, for a key to sign with, and not a desk."""
        return len(self.csrs) == 1

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over whose keys they are and the public keys. Raises BadRequest."""
        keys = proven_keys(self)
        if self.is_personal:
            return digits_of("wps-person/1", self.unit.encode(), self.person.encode(), *keys)
        return digits_of("wps-enrolment/1", self.unit.encode(), *keys)


def make_request(
    unit: UnitCode,
    unit_name: str,
    person: str,
    keys: UnitKeys,
    now: datetime,
    *,
    purpose: Purpose = Purpose.NEW,
    wants_report: bool = False,
) -> EnrolmentRequest:
    """The request of ``unit``, by ``person``, for certificates to ``keys``. Raises BadRequest (``bad-name``).

    A unit whose recovery key is kept apart goes on by the name that stands in that key's proof.
    """
    if keys.recovery is None and keys.proof is not None:
        unit_name = name_in(_proven_key(keys.proof)[2])
    _require_names(unit, unit_name, person)
    recovery = recovery_proof(unit, unit_name, keys)
    csrs = (
        _csr(keys.signing, unit_subject(unit, unit_name, Role.SIGNING)),
        _csr(keys.sealing, unit_subject(unit, unit_name, Role.SEALING)),
        recovery,
    )
    return EnrolmentRequest(
        unit=unit, unit_name=unit_name, person=person, created=now, csrs=csrs, purpose=purpose,
        wants_report=wants_report,
    )  # fmt: skip


def recovery_proof(unit: UnitCode, unit_name: str, keys: UnitKeys) -> bytes:
    """The request for the recovery key: made now or, where that key is kept apart, when it still was here."""
    if keys.recovery is not None:
        return _csr(keys.recovery, unit_subject(unit, unit_name, Role.RECOVERY))
    assert keys.proof is not None, "a key that is kept apart has left its proof"
    return keys.proof


def make_personal_request(
    unit: UnitCode,
    unit_name: str,
    person: str,
    key: SigningKey,
    now: datetime,
    *,
    purpose: Purpose = Purpose.NEW,
    bought: bytes | None = None,
) -> EnrolmentRequest:
    """The request of ``person`` in ``unit`` for a certificate to sign with. Raises BadRequest."""
    csr = _csr(key, personal_subject(unit, unit_name, person)) if _is_personal_name(unit_name, person) else b""
    made = EnrolmentRequest(
        unit=unit, unit_name=unit_name, person=person, created=now, csrs=(csr,), purpose=purpose, bought=bought
    )
    proven_keys(made)
    return made


def _csr(key: SigningKey, subject: x509.Name) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(key.native, hashes.SHA256()).public_bytes(Encoding.DER)


def proven_keys(request: EnrolmentRequest) -> tuple[bytes, ...]:
    """The public keys (SubjectPublicKeyInfo in DER) that the request proves to hold: three, or a person's one.

    1 each is signed by its own key, 2 names the unit and its role (or the person) exactly as we would, 3 asks for
    nothing else, 4 the keys differ, 5 a bought certificate is for the person's key. Raises BadRequest.
    """
    _require_names(request.unit, request.unit_name, request.person)
    if request.is_personal:
        return (_proven_personal_key(request),)
    if len(request.csrs) != len(Role) or request.bought is not None:
        raise BadRequest(reason="attributes")
    keys = tuple(_proven_role_key(der, request, role) for der, role in zip(request.csrs, Role, strict=True))
    if len(set(keys)) != len(keys):
        raise BadRequest(reason="same-key-twice")
    return keys


def _proven_personal_key(request: EnrolmentRequest) -> bytes:
    if not _is_personal_name(request.unit_name, request.person):
        raise BadRequest(reason="bad-name")
    key, _, subject = _proven_key(request.csrs[0])
    if subject != personal_subject(request.unit, request.unit_name, request.person):
        raise BadRequest(reason="different-units")
    if request.bought is not None and bought_facts(request.bought).public != key:
        raise BadRequest(reason="not-of-this-certificate")
    return key


def _proven_role_key(der: bytes, request: EnrolmentRequest, role: Role) -> bytes:
    key, kind, subject = _proven_key(der)
    if kind is not KeyKind.P256:
        raise BadRequest(reason="wrong-kind-of-key")
    if subject != unit_subject(request.unit, request.unit_name, role):
        is_role_only = subject in [unit_subject(request.unit, request.unit_name, other) for other in Role]
        raise BadRequest(reason="wrong-role" if is_role_only else "different-units")
    return key


def _proven_key(der: bytes) -> tuple[bytes, KeyKind, x509.Name]:
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
    if not is_proven:
        raise BadRequest(reason="no-proof-of-possession")
    if not is_bare:
        raise BadRequest(reason="attributes")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo), kind, subject


def _require_names(unit: UnitCode, unit_name: str, person: str) -> None:
    is_good = UNIT_CODE.fullmatch(unit) and all(
        name.strip() and len(name) <= MAX_LINE and is_plain_line(name) for name in (unit_name, person)
    )
    if not is_good:
        raise BadRequest(reason="bad-name")


def _is_personal_name(unit_name: str, person: str) -> bool:
    """A person's name stands whole in the certificate, and is not the unit's."""
    return bool(person.strip()) and len(person.encode()) <= MAX_NAME and person != shortened(unit_name)


def request_to_json(request: EnrolmentRequest) -> dict[str, object]:
    """``{"unit", "unit_name", "person", "created", "purpose", "signing", "sealing", "recovery", "bought"}``.

    ``sealing`` and ``recovery`` are null in a person's request, ``bought`` in a desk's; ``wants_report`` stands
    there where it is true.
    """
    csrs: dict[str, object] = {role.value: None for role in Role}
    csrs |= {role.value: base64_text(der) for role, der in zip(Role, request.csrs, strict=False)}
    return {
        "unit": request.unit,
        "unit_name": request.unit_name,
        "person": request.person,
        "created": rfc3339(request.created),
        "purpose": request.purpose,
        "bought": None if request.bought is None else base64_text(request.bought),
        **csrs,
        **({"wants_report": True} if request.wants_report else {}),
    }


def request_from(reader: Reader) -> EnrolmentRequest:
    """A request whose keys are proven. Raises Malformed, BadRequest."""
    signing = der_from(reader.get(Role.SIGNING.value))
    others = [reader.maybe(role.value, der_from) for role in (Role.SEALING, Role.RECOVERY)]
    if others.count(None) == 1:
        raise reader.fail("inconsistent")
    request = EnrolmentRequest(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        unit_name=reader.get("unit_name").line(at_most=MAX_LINE, at_least=1),
        person=reader.get("person").line(at_most=MAX_LINE, at_least=1),
        created=reader.get("created").time(),
        csrs=(signing, *(der for der in others if der is not None)),
        purpose=reader.default("purpose", lambda r: r.choice(Purpose), Purpose.NEW),
        bought=reader.maybe("bought", der_from),
        wants_report=reader.default("wants_report", Reader.flag, False),
    )
    reader.done()
    proven_keys(request)
    return request


def interim_signer(keys: UnitKeys, unit: UnitCode, now: datetime) -> Signer:
    """A signer nobody vouches for yet: its self-signed certificate signs the enrolment, and first submissions."""
    return _self_signed(keys.signing, unit_subject(unit, unit, Role.SIGNING), now)


def personal_interim_signer(key: SigningKey, unit: UnitCode, person: str, now: datetime) -> Signer:
    """The same for a person's key."""
    return _self_signed(key, personal_subject(unit, unit, person), now)


def _self_signed(key: SigningKey, name: x509.Name, now: datetime) -> Signer:
    subject, issuer = Subject(name=name, public=key.public), Issuer(key=key, certificate=None)
    certificate = make_certificate(subject, issuer, role_usage(Role.SIGNING), now=now, until=now + INTERIM)
    return KeySigner(key=key, certificate=certificate)


def are_for(certificates: UnitCertificates, keys: UnitKeys) -> bool:
    """Whether ``certificates`` are for exactly these keys, each in its place; a key that is kept apart by its proof."""
    held = (keys.signing.public, keys.sealing.public, _recovery_public(keys))
    return tuple(certificates.of(role).public for role in Role) == held


def _recovery_public(keys: UnitKeys) -> bytes:
    if keys.recovery is not None:
        return keys.recovery.public
    assert keys.proof is not None, "a key that is kept apart has left its proof"
    return _proven_key(keys.proof)[0]
