"""A unit asks; only the holder of three different keys, under one name, is let through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.authority import Authority, issue, issue_personal
from wpsdesk.trust.bought import bought_facts
from wpsdesk.trust.certificates import Role, UnitCertificates
from wpsdesk.trust.enrolment import (
    EnrolmentRequest,
    Purpose,
    are_for,
    interim_signer,
    make_personal_request,
    make_request,
    proven_keys,
    recovery_proof,
    request_from,
    request_to_json,
)
from wpsdesk.trust.errors import BadRequest
from wpsdesk.trust.issuing import unit_subject
from wpsdesk.trust.keys import PrivateKey, RsaKey, UnitKeys

from .conftest import AMMAN, NOW
from .forging import bought_certificate

KEYS = UnitKeys.generate()
REQUEST = make_request(AMMAN, "Ambassaden i Amman", "Kari Nordmann", KEYS, NOW)


def refused(request: EnrolmentRequest) -> str:
    """Why a request is refused: by whoever reads it, and by the authority too."""
    with pytest.raises(BadRequest) as caught:
        request_from(Reader(request_to_json(request), ""))
    with pytest.raises(BadRequest):
        _ = request.fingerprint
    return caught.value.reason


def csr(key: object, *, role: Role = Role.SEALING, unit: UnitCode = AMMAN, name: str = "Ambassaden i Amman") -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(unit_subject(unit, name, role))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)  # type: ignore[arg-type]


def with_sealing(der: bytes) -> EnrolmentRequest:
    """The request with another PKCS#10 request for the sealing key."""
    signing, _, recovery = REQUEST.csrs
    return replace(REQUEST, csrs=(signing, der, recovery))


def test_a_request_comes_back_from_its_json_with_the_same_digits() -> None:
    read = request_from(load_json(canonical_json(request_to_json(REQUEST)), limit=100_000))
    assert read == REQUEST
    assert read.fingerprint == REQUEST.fingerprint
    assert proven_keys(read) == (KEYS.signing.public, KEYS.sealing.public, KEYS.recovery.public)


def test_a_request_made_twice_for_the_same_keys_has_the_same_digits() -> None:
    again = make_request(AMMAN, "Ambassaden i Amman", "Ola Nordmann", KEYS, NOW)
    assert again.csrs != REQUEST.csrs
    assert again.fingerprint == REQUEST.fingerprint


@pytest.mark.parametrize("role", Role)
def test_another_key_in_any_place_changes_the_digits(role: Role) -> None:
    changed = replace(KEYS, **{role.value: UnitKeys.generate().of(role)})
    assert make_request(AMMAN, "Ambassaden i Amman", "Kari", changed, NOW).fingerprint != REQUEST.fingerprint


def test_the_same_keys_in_another_units_name_change_the_digits() -> None:
    other = make_request(UnitCode("JD"), "Ambassaden i Amman", "Kari", KEYS, NOW)
    assert other.fingerprint != REQUEST.fingerprint


def test_a_key_that_the_sender_does_not_hold_is_refused() -> None:
    stolen = bytearray(REQUEST.csrs[1])
    stolen[-1] ^= 1
    assert refused(with_sealing(bytes(stolen))) == "no-proof-of-possession"


def test_one_key_for_two_uses_is_refused() -> None:
    assert refused(with_sealing(csr(KEYS.recovery.native))) == "same-key-twice"


def test_a_key_asked_for_in_anothers_place_is_refused() -> None:
    assert refused(with_sealing(csr(KEYS.sealing.native, role=Role.RECOVERY))) == "wrong-role"


def test_a_key_asked_for_in_another_units_name_is_refused() -> None:
    assert refused(with_sealing(csr(KEYS.sealing.native, unit=UnitCode("JD")))) == "different-units"
    assert refused(with_sealing(csr(KEYS.sealing.native, name="Justisdepartementet"))) == "different-units"


def test_a_request_whose_cover_names_another_unit_is_refused() -> None:
    assert refused(replace(REQUEST, unit=UnitCode("JD"))) == "different-units"
    assert refused(replace(REQUEST, unit_name="Justisdepartementet")) == "different-units"


def test_a_key_of_another_kind_is_refused(rsa_key: rsa.RSAPrivateKey) -> None:
    assert refused(with_sealing(csr(rsa_key))) == "wrong-kind-of-key"
    assert refused(with_sealing(csr(ec.generate_private_key(ec.SECP384R1())))) == "wrong-kind-of-key"


def test_a_request_that_asks_for_more_than_a_name_is_refused() -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        unit_subject(AMMAN, "Ambassaden i Amman", Role.SEALING)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    assert refused(with_sealing(builder.sign(KEYS.sealing.native, hashes.SHA256()).public_bytes(Encoding.DER))) == (
        "attributes"
    )


def test_a_request_signed_with_a_weaker_hash_is_refused() -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        unit_subject(AMMAN, "Ambassaden i Amman", Role.SEALING)
    )
    weak = builder.sign(KEYS.sealing.native, hashes.SHA224()).public_bytes(Encoding.DER)
    assert refused(with_sealing(weak)) == "no-proof-of-possession"


@given(st.binary(max_size=200) | st.just(b"\x30" * 9000))
def test_bytes_that_are_no_request_are_refused(der: bytes) -> None:
    with pytest.raises(BadRequest) as caught:
        proven_keys(with_sealing(der))
    assert caught.value.reason == "unreadable"


@settings(max_examples=200)
@given(st.data())
def test_a_request_changed_anywhere_is_refused(data: st.DataObject) -> None:
    der = bytearray(REQUEST.csrs[1])
    place = data.draw(st.integers(0, len(der) - 1))
    der[place] = (der[place] + data.draw(st.integers(1, 255))) % 256
    with pytest.raises(BadRequest):
        proven_keys(with_sealing(bytes(der)))


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=8) | st.sampled_from(["AMM", "AAAA", "2027-03-01T00:00:00Z"]),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(request_to_json(REQUEST))), inner)
        ),
        max_leaves=10,
    )
)
def test_arbitrary_json_is_no_request(value: object) -> None:
    with pytest.raises(WpsError):
        request_from(Reader(value, ""))


def test_an_unknown_member_of_a_request_is_refused() -> None:
    with pytest.raises(WpsError):
        request_from(Reader({**request_to_json(REQUEST), "extra": ""}, ""))


@pytest.mark.parametrize("name", ["", "  ", "A\nB", "A\u202eB", "x" * 201])
def test_a_name_that_would_not_be_seen_as_it_is_is_refused(name: str) -> None:
    for unit_name, person in ((name, "Kari"), ("Amman", name)):
        with pytest.raises(BadRequest) as caught:
            make_request(AMMAN, unit_name, person, KEYS, NOW)
        assert caught.value.reason == "bad-name"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ambassaden i Amman", "Ambassaden i Amman"),
        (
            "Norges faste delegasjon til Organisasjonen for sikkerhet og samarbeid i Europa",
            "Norges faste delegasjon til Organisasjonen for sikkerhet og…",
        ),
        ("Ø" * 33, "Ø" * 30 + "…"),
    ],
)
def test_a_long_name_is_shortened_in_the_certificate_and_whole_in_the_request(
    authority: Authority, name: str, written: str
) -> None:
    asked = make_request(AMMAN, name, "Kari", KEYS, NOW)
    assert asked.unit_name == name
    certificates = issue(authority, request_from(Reader(request_to_json(asked), "")), NOW)
    assert certificates.signing.name == written
    assert len(written.encode()) <= 64


# -- before the certificate has come -------------------------------------------------------------


def test_an_interim_certificate_names_the_unit_and_nobody_vouches_for_it() -> None:
    signer = interim_signer(KEYS, AMMAN, NOW)
    assert (signer.certificate.unit, signer.certificate.may_sign, signer.chain) == (AMMAN, True, ())
    assert signer.certificate.is_self_signed
    assert signer.certificate.public == KEYS.signing.public
    assert (signer.certificate.not_after - NOW).days == 180
    assert signer.certificate.has_signed(b"request", signer.sign(b"request"))


def test_certificates_are_for_the_keys_that_asked_and_for_no_others(authority: Authority) -> None:
    certificates = issue(authority, REQUEST, NOW)
    assert are_for(certificates, KEYS)
    assert not are_for(certificates, UnitKeys.generate())
    crossed = UnitCertificates(
        signing=certificates.signing, sealing=certificates.recovery, recovery=certificates.sealing
    )
    assert not are_for(crossed, KEYS)


# -- a person's own key --------------------------------------------------------------------------


def personal(key: RsaKey | PrivateKey, person: str = "Kari Nordmann", bought: bytes | None = None) -> EnrolmentRequest:
    return make_personal_request(AMMAN, "Ambassaden i Amman", person, key, NOW, bought=bought)


def test_a_persons_request_is_one_key_under_the_persons_own_name(authority: Authority) -> None:
    key = PrivateKey.generate()
    read = request_from(load_json(canonical_json(request_to_json(personal(key))), limit=100_000))
    assert read.is_personal
    assert proven_keys(read) == (key.public,)
    certificate = issue_personal(authority, read, NOW)
    assert (certificate.name, certificate.person, certificate.unit) == ("Kari Nordmann", "Kari Nordmann", AMMAN)
    assert (certificate.public, certificate.may_sign, certificate.may_seal) == (key.public, True, False)


def test_a_desks_certificate_is_nobodys_in_person(amman: UnitCertificates) -> None:
    assert (amman.signing.person, amman.sealing.person) == (None, None)


def test_the_digits_of_a_person_tell_the_key_the_name_and_the_unit() -> None:
    key = PrivateKey.generate()
    digits = {
        personal(key).fingerprint,
        personal(key, "Ola Nordmann").fingerprint,
        personal(PrivateKey.generate()).fingerprint,
        make_personal_request(UnitCode("JD"), "Ambassaden i Amman", "Kari Nordmann", key, NOW).fingerprint,
    }
    assert len(digits) == 4
    assert personal(key).fingerprint in digits


@pytest.mark.parametrize("name", ["", "Ambassaden i Amman", "A\nB", "A\u202eB", "Ø" * 33])
def test_a_persons_name_stands_whole_in_the_certificate_and_is_not_the_units(name: str) -> None:
    with pytest.raises(BadRequest) as caught:
        personal(PrivateKey.generate(), name)
    assert caught.value.reason == "bad-name"


def test_a_request_moved_to_another_person_is_refused() -> None:
    asked = personal(PrivateKey.generate())
    assert refused(replace(asked, person="Ola Nordmann")) == "different-units"
    assert refused(replace(asked, csrs=(REQUEST.csrs[0],))) == "different-units"


def test_a_bought_certificate_is_for_the_key_that_asks(rsa_key: rsa.RSAPrivateKey) -> None:
    asked = personal(RsaKey(rsa_key), bought=bought_certificate(rsa_key))
    assert asked.bought is not None
    assert bought_facts(asked.bought).subject == "CN=Virksomhet AS"
    assert request_from(Reader(request_to_json(asked), "")) == asked
    assert refused(replace(personal(PrivateKey.generate()), bought=asked.bought)) == "not-of-this-certificate"
    assert refused(replace(asked, bought=b"0" * 99)) == "unreadable"
    assert refused(replace(REQUEST, bought=asked.bought)) == "attributes"


def test_an_rsa_key_is_for_persons_only(rsa_key: rsa.RSAPrivateKey) -> None:
    asked = personal(RsaKey(rsa_key))
    assert refused(replace(REQUEST, csrs=(asked.csrs[0], *REQUEST.csrs[1:]))) == "wrong-kind-of-key"


def test_two_keys_are_neither_a_desks_nor_a_persons() -> None:
    value = {**request_to_json(REQUEST), "recovery": None}
    with pytest.raises(WpsError):
        request_from(Reader(value, ""))


@pytest.mark.parametrize("purpose", Purpose)
def test_the_purpose_travels_and_an_older_request_without_one_is_new(purpose: Purpose) -> None:
    asked = make_request(AMMAN, "Ambassaden i Amman", "Kari", KEYS, NOW, purpose=purpose)
    assert request_from(Reader(request_to_json(asked), "")).purpose is purpose
    assert asked.fingerprint == REQUEST.fingerprint
    older = {name: value for name, value in request_to_json(asked).items() if name not in ("purpose", "bought")}
    assert request_from(Reader(older, "")).purpose is Purpose.NEW


def test_a_recovery_key_that_is_kept_apart_is_asked_for_by_its_proof(authority: Authority) -> None:
    proof = recovery_proof(AMMAN, "Ambassaden i Amman", KEYS)
    apart = UnitKeys.from_bytes(replace(KEYS, recovery=None, proof=proof).to_bytes())
    assert apart.recovery is None
    asked = make_request(AMMAN, "Ambassaden i Amman (nytt navn)", "Kari", apart, NOW)
    assert asked.unit_name == "Ambassaden i Amman"
    assert asked.fingerprint == REQUEST.fingerprint
    assert are_for(issue(authority, asked, NOW), apart)
    with pytest.raises(WpsError):
        UnitKeys.from_bytes(replace(KEYS, recovery=None).to_bytes())
