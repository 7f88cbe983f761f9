"""Private keys, and whatever else can sign with one.

Our own keys are P-256; one that came with a bought certificate may be RSA. They leave this room only as bytes for
the encrypted store, and never show in a ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
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
from wpsdesk.trust.parsing import MAX_RSA_BITS, MIN_RSA_BITS, Role, refusing

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


@dataclass(frozen=True, slots=True, eq=False)
class RsaKey:
    """An RSA private key of 3072 to 8192 bits, which only signs: nothing is ever sealed to one."""

    native: rsa.RSAPrivateKey = field(repr=False)

    def to_bytes(self) -> bytes:
        """PKCS#8 in DER, unencrypted: to be wrapped before it is kept."""
        return self.native.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        return self.native.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256 over ``data``."""
        return self.native.sign(data, padding.PKCS1v15(), hashes.SHA256())


SigningKey = PrivateKey | RsaKey


def signing_key_from(native: object) -> SigningKey:
    """A key of the library as one of ours. Raises BadKey (``wrong-kind``, ``weak-key``)."""
    match native:
        case ec.EllipticCurvePrivateKey(curve=ec.SECP256R1()):
            return PrivateKey(native)
        case rsa.RSAPrivateKey():
            if not MIN_RSA_BITS <= native.key_size <= MAX_RSA_BITS:
                raise BadKey(problem="weak-key")
            return RsaKey(native)
        case _:
            raise BadKey(problem="wrong-kind")


def signing_key_in(data: bytes) -> SigningKey:
    """The reverse of both ``to_bytes``. Raises BadKey."""
    with refusing(BadKey(problem="unreadable")):
        native = load_der_private_key(data, password=None)
    return signing_key_from(native)


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

    key: SigningKey
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()

    def __post_init__(self) -> None:
        if self.key.public != self.certificate.public:
            raise BadKey(problem="not-of-this-certificate")

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 in DER, or RSA PKCS#1 v1.5, as the key is."""
        return self.key.sign(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKeys:
    """A unit's keys: what it signs with, what is sealed to it daily, and what is kept away for recovery.

    ``recovery`` is None once that key lies in a file of its own; the request by which it was proven to be held
    (PKCS#10 in DER) stays as ``proof``, so that its certificate can be renewed without it.
    """

    signing: PrivateKey
    sealing: PrivateKey
    recovery: PrivateKey | None
    proof: bytes | None = None

    @staticmethod
    def generate() -> UnitKeys:
        """Three new keys."""
        return UnitKeys(
            signing=PrivateKey.generate(),
            sealing=PrivateKey.generate(),
            recovery=PrivateKey.generate(),
        )

    def of(self, role: Role) -> PrivateKey | None:
        """The key for ``role``; None where it is kept apart."""
        match role:
            case Role.SIGNING:
                return self.signing
            case Role.SEALING:
                return self.sealing
            case Role.RECOVERY:
                return self.recovery

    def to_bytes(self) -> bytes:
        """Canonical JSON of the keys, unencrypted: for the encrypted store only."""
        keys = {role.value: self.of(role) for role in Role}
        value: dict[str, object] = {
            name: None if key is None else base64_text(key.to_bytes()) for name, key in keys.items()
        }
        if self.proof is not None:
            value["proof"] = base64_text(self.proof)
        return canonical_json(value)

    @staticmethod
    def from_bytes(data: bytes) -> UnitKeys:
        """The reverse of :meth:`to_bytes`. Raises Malformed, BadKey."""
        reader = load_json(data, limit=_MAX_KEYS)
        recovery, proof = reader.maybe(Role.RECOVERY.value, der_from), reader.maybe("proof", der_from)
        keys = UnitKeys(
            signing=PrivateKey.from_bytes(der_from(reader.get(Role.SIGNING.value))),
            sealing=PrivateKey.from_bytes(der_from(reader.get(Role.SEALING.value))),
            recovery=None if recovery is None else PrivateKey.from_bytes(recovery),
            proof=proof,
        )
        reader.done()
        if keys.recovery is None and keys.proof is None:
            raise reader.get(Role.RECOVERY.value).fail("missing")
        return keys
