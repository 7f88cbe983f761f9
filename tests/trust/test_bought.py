"""Bought certificates: what a seller delivers is read, and whatever else is given is refused without a crash."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from wpsdesk.base.errors import WpsError
from wpsdesk.trust.bought import bought_facts, read_pkcs12
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.errors import BadKey, BadKeyFile, WrongKeyPassphrase
from wpsdesk.trust.issuing import Issuer, Subject, make_certificate, role_usage, years_after
from wpsdesk.trust.keys import RsaKey, SigningKey, signing_key_in
from wpsdesk.trust.parsing import Role

from .conftest import NOW
from .forging import COMMON_NAME, bought_certificate, named

WORDS = "kjøpt hos selger"
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def packed(key: object, certificate: bytes | None, words: str = WORDS) -> bytes:
    read = None if certificate is None else x509.load_der_x509_certificate(certificate)
    protection = BestAvailableEncryption(words.encode()) if words else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"x", key, read, None, protection)  # type: ignore[arg-type]


FILE = packed(EC_KEY, bought_certificate(EC_KEY))


def test_key_and_certificate_come_out_of_the_file(rsa_key: rsa.RSAPrivateKey) -> None:
    for key in (EC_KEY, rsa_key):
        certificate = bought_certificate(key)
        found = read_pkcs12(packed(key, certificate), WORDS)
        assert found.certificate == certificate
        assert bought_facts(found.certificate).public == found.key.public
        assert "key" not in repr(found).replace("certificate", "")


def test_other_words_open_nothing() -> None:
    with pytest.raises(WrongKeyPassphrase):
        read_pkcs12(FILE, WORDS.upper())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (packed(None, bought_certificate(EC_KEY)), "no-key"),
        (packed(EC_KEY, None), "no-certificate"),
        (b"", "unreadable"),
        (b"\x30" * (1 << 19), "unreadable"),
        (FILE[:300], "unreadable"),
    ],
    ids=["no key", "no certificate", "empty", "large", "cut"],
)
def test_what_is_missing_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(BadKeyFile) as caught:
        read_pkcs12(data, WORDS)
    assert caught.value.problem == problem


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (rsa.generate_private_key(65537, 2048), "weak-key"),
        (ec.generate_private_key(ec.SECP384R1()), "wrong-kind"),
    ],
    ids=["rsa-2048", "p-384"],
)
def test_a_key_that_may_not_sign_here_is_refused(key: object, problem: str) -> None:
    with pytest.raises(BadKey) as caught:
        read_pkcs12(packed(key, bought_certificate(key)), WORDS)
    assert caught.value.problem == problem


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_file_changed_anywhere_is_refused_or_gives_the_same_key(place: int, step: int) -> None:
    data = bytearray(FILE)
    data[place] = (data[place] + step) % 256
    try:
        found = read_pkcs12(bytes(data), WORDS)
    except WpsError:
        return
    assert bought_facts(found.certificate).public == found.key.public


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"\x30" + data))
def test_bytes_that_are_no_such_file_are_refused(data: bytes) -> None:
    with pytest.raises(WpsError):
        read_pkcs12(data, WORDS)


# -- the key -------------------------------------------------------------------------------------


def test_an_rsa_key_signs_what_its_certificate_verifies_and_comes_back_from_its_bytes(
    rsa_key: rsa.RSAPrivateKey,
) -> None:
    key: SigningKey = signing_key_in(RsaKey(rsa_key).to_bytes())
    subject = Subject(name=named((COMMON_NAME, "Kari")), public=key.public)
    usage = role_usage(Role.SIGNING)
    certificate: Certificate = make_certificate(
        subject, Issuer(key=key, certificate=None), usage, now=NOW, until=years_after(NOW, 1)
    )
    assert certificate.has_signed(b"en liste", key.sign(b"en liste"))
    assert not certificate.has_signed(b"en annen liste", key.sign(b"en liste"))
    assert certificate.is_self_signed
    assert "native" not in repr(key)


def test_a_key_of_another_kind_is_none_of_ours() -> None:
    with pytest.raises(BadKey):
        signing_key_in(b"\x30\x00")
    data = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(BadKey) as caught:
        signing_key_in(data)
    assert caught.value.problem == "wrong-kind"
