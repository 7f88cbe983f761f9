"""Private keys: signing, agreeing, keeping."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.errors import Malformed
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.errors import BadKey
from wpsdesk.trust.keys import KeySigner, PrivateKey, UnitKeys

KEY = PrivateKey.generate()


def test_two_keys_agree_on_the_same_secret_from_either_side() -> None:
    other = PrivateKey.generate()
    assert KEY.agree(other.point) == other.agree(KEY.point)
    assert len(KEY.agree(other.point)) == 32


@given(st.binary(max_size=70) | st.binary(min_size=64, max_size=64).map(lambda rest: b"\x04" + rest))
def test_a_point_that_is_not_on_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(BadKey):
        KEY.agree(point)


def test_a_compressed_point_is_a_second_spelling_and_refused() -> None:
    compressed = KEY.native.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    with pytest.raises(BadKey):
        KEY.agree(compressed)


def test_a_key_comes_back_from_its_bytes() -> None:
    assert PrivateKey.from_bytes(KEY.to_bytes()).public == KEY.public


@given(st.binary(max_size=200))
def test_bytes_that_are_no_key_are_refused(data: bytes) -> None:
    with pytest.raises(BadKey):
        PrivateKey.from_bytes(data)


@pytest.mark.parametrize("kind", ["rsa", "p384", "ed25519"])
def test_a_key_of_another_kind_is_refused(kind: str, rsa_key: rsa.RSAPrivateKey) -> None:
    other: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    match kind:
        case "rsa":
            other = rsa_key
        case "p384":
            other = ec.generate_private_key(ec.SECP384R1())
        case _:
            other = ed25519.Ed25519PrivateKey.generate()
    with pytest.raises(BadKey) as caught:
        PrivateKey.from_bytes(other.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    assert caught.value.problem == "wrong-kind"


def test_a_secret_never_shows_in_a_repr(keys: UnitKeys, amman: UnitCertificates) -> None:
    shown = repr(keys) + repr(KeySigner(key=keys.signing, certificate=amman.signing))
    assert "PrivateKey()" in shown
    assert "object at" not in shown


def test_three_keys_come_back_from_their_bytes(keys: UnitKeys) -> None:
    data = keys.to_bytes()
    assert UnitKeys.from_bytes(data).to_bytes() == data


@pytest.mark.parametrize("data", [b"", b"{}", b'{"signing":"AA==","sealing":"AA==","recovery":"AA=="}', b"[" * 50])
def test_bytes_that_are_not_three_keys_are_refused(data: bytes) -> None:
    with pytest.raises((Malformed, BadKey)):
        UnitKeys.from_bytes(data)


def test_a_signer_signs_with_the_key_of_its_certificate(keys: UnitKeys, amman: UnitCertificates) -> None:
    signature = KeySigner(key=keys.signing, certificate=amman.signing).sign(b"report")
    assert amman.signing.has_signed(b"report", signature)
    assert not amman.signing.has_signed(b"Report", signature)
    assert not amman.sealing.has_signed(b"report", signature)
    assert not amman.signing.has_signed(b"report", b"")


def test_a_signer_whose_key_and_certificate_are_no_pair_is_refused(keys: UnitKeys, amman: UnitCertificates) -> None:
    with pytest.raises(BadKey) as caught:
        KeySigner(key=keys.sealing, certificate=amman.signing)
    assert caught.value.problem == "not-of-this-certificate"
