"""Private keys, and whatever else can sign with one.

Keys are P-256. They leave this room only as bytes for the encrypted store, and never show in a ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import BadKey
from wpsdesk.trust.parsing import Role, refusing

_CURVE: Final = ec.SECP256R1()
_POINT_SIZE: Final = 65  # 0x04, x, y: the one spelling of a point (SEC 1, 2.3.3, uncompressed)
_MAX_KEYS: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class PrivateKey:
    """A P-256 private key. Compare ``public``: two keys are never compared by their secrets."""

    native: ec.EllipticCurvePrivateKey = field(repr=False)  # for trust and bundle, where the library wants its own

    @staticmethod
    def generate() -> PrivateKey:
        """A new key from the system's random source."""
        return PrivateKey(ec.generate_private_key(_CURVE))

    @staticmethod
    def from_bytes(data: bytes) -> PrivateKey:
        """The reverse of :meth:`to_bytes`. Raises BadKey."""
        with refusing(BadKey(problem="unreadable")):
            key = load_der_private_key(data, password=None)
        match key:
            case ec.EllipticCurvePrivateKey(curve=ec.SECP256R1()):
                return PrivateKey(key)
            case _:
                raise BadKey(problem="wrong-kind")

    def to_bytes(self) -> bytes:
        """PKCS#8 in DER, unencrypted: for the encrypted store only."""
        return self.native.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        return self.native.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def point(self) -> bytes:
        """The public key as an uncompressed point, 65 bytes."""
        return self.native.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``; the signature in DER."""
        return self.native.sign(data, ec.ECDSA(hashes.SHA256()))

    def agree(self, point: bytes) -> bytes:
        """The 32 bytes shared with the owner of ``point`` (ECDH, SEC 1, 3.3.1).

        ``point`` is the other's public key, uncompressed. Raises BadKey where it is no point of the curve: an
        answer to such a one would betray the key.
        """
        if len(point) != _POINT_SIZE or point[0] != 4:
            raise BadKey(problem="unreadable")
        with refusing(BadKey(problem="unreadable")):
            return self.native.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))


class Signer(Protocol):
    """Whoever can sign a bundle: a key in the store, later a card or the system's own key store."""

    @property
    def certificate(self) -> Certificate:
        """The certificate of the signing key."""
        ...

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """The authorities between it and the root, nearest first; the root is left out."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over ``data`` with SHA-256: ECDSA in DER, or RSA PKCS#1 v1.5, as the certificate's kind."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySigner:
    """A :class:`Signer` whose key lies in the store. Raises BadKey where key and certificate are not a pair."""

    key: PrivateKey
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()

    def __post_init__(self) -> None:
        if self.key.public != self.certificate.public:
            raise BadKey(problem="not-of-this-certificate")

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 in DER."""
        return self.key.sign(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKeys:
    """A unit's three keys: what it signs with, what is sealed to it daily, and what is kept away for recovery."""

    signing: PrivateKey
    sealing: PrivateKey
    recovery: PrivateKey

    @staticmethod
    def generate() -> UnitKeys:
        """Three new keys."""
        return UnitKeys(
            signing=PrivateKey.generate(),
            sealing=PrivateKey.generate(),
            recovery=PrivateKey.generate(),
        )

    def of(self, role: Role) -> PrivateKey:
        """The key for ``role``."""
        match role:
            case Role.SIGNING:
                return self.signing
            case Role.SEALING:
                return self.sealing
            case Role.RECOVERY:
                return self.recovery

    def to_bytes(self) -> bytes:
        """Canonical JSON of the three keys, unencrypted: for the encrypted store only."""
        return canonical_json({role.value: base64_text(self.of(role).to_bytes()) for role in Role})

    @staticmethod
    def from_bytes(data: bytes) -> UnitKeys:
        """The reverse of :meth:`to_bytes`. Raises Malformed, BadKey."""
        reader = load_json(data, limit=_MAX_KEYS)
        keys = {role: PrivateKey.from_bytes(der_from(reader.get(role.value))) for role in Role}
        reader.done()
        return UnitKeys(
            signing=keys[Role.SIGNING],
            sealing=keys[Role.SEALING],
            recovery=keys[Role.RECOVERY],
        )
