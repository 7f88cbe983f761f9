"""Certificates and revocation lists as values, and hostile bytes in their place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed, WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.authority import Authority, make_authority, revocation_lists
from wpsdesk.trust.certificates import (
    Certificate,
    KeyKind,
    Reason,
    RevocationList,
    Revoked,
    Role,
    UnitCertificates,
    certificates_from,
    certificates_to_json,
)
from wpsdesk.trust.errors import BadCertificate, BadRevocationList
from wpsdesk.trust.issuing import Issuer, role_usage
from wpsdesk.trust.keys import PrivateKey, UnitKeys

from .conftest import AMMAN, NOW
from .forging import COMMON_NAME, ROLE, SERIAL, UNKNOWN_EXTENSION, leaf, name_of, named, raw_certificate, raw_list, spki

SIGNING_USE = (role_usage(Role.SIGNING), True)
AUTHORITY = make_authority(NOW)
LIST = revocation_lists(AUTHORITY, (), 7, NOW)[0]


def refused(der: bytes) -> str:
    """Why a certificate is refused."""
    with pytest.raises(BadCertificate) as caught:
        Certificate.from_der(der)
    return caught.value.problem


def test_a_certificate_tells_whose_it_is_and_how_long(amman: UnitCertificates, keys: UnitKeys) -> None:
    signing = amman.signing
    assert (signing.unit, signing.name, signing.role, signing.kind) == (
        AMMAN, "Ambassaden i Amman", Role.SIGNING, KeyKind.P256,
    )  # fmt: skip
    assert signing.not_before == NOW - timedelta(days=1)
    assert signing.not_after == NOW.replace(year=2030)
    assert (signing.public, signing.point) == (keys.signing.public, keys.signing.point)
    assert signing.pem.startswith("-----BEGIN CERTIFICATE-----\n")
    assert x509.load_pem_x509_certificate(signing.pem.encode()) == x509.load_der_x509_certificate(signing.der)


def test_each_of_the_three_certificates_is_for_its_own_use(amman: UnitCertificates) -> None:
    assert [(c.may_sign, c.may_seal, c.is_authority) for c in (amman.signing, amman.sealing, amman.recovery)] == [
        (True, False, False),
        (False, True, False),
        (False, True, False),
    ]


def test_an_authority_names_no_unit_and_may_neither_sign_nor_receive_bundles(authority: Authority) -> None:
    for certificate in (authority.root, authority.issuing):
        assert certificate.is_authority
        assert (certificate.unit, certificate.role, certificate.may_sign, certificate.may_seal) == (
            None,
            None,
            False,
            False,
        )
    assert authority.root.is_self_signed
    assert not authority.issuing.is_self_signed


def test_equal_bytes_are_equal_certificates(amman: UnitCertificates) -> None:
    assert Certificate(bytes(bytearray(amman.signing.der))) == amman.signing
    assert len({amman.signing, amman.sealing, Certificate(amman.signing.der)}) == 2


# -- hostile certificates ------------------------------------------------------------------------

PROPERTIES = (
    "unit", "role", "name", "serial", "not_before", "not_after", "kind", "public", "point", "issuer",
    "is_authority", "may_sign", "may_seal", "is_self_signed",
)  # fmt: skip


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_of_hostile_bytes_raises_our_own_error(name: str) -> None:
    with pytest.raises(BadCertificate):
        getattr(Certificate(b"\x30\x03\x02\x01\x01"), name)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_no_certificate(data: bytes) -> None:
    assert refused(data) == "unreadable"


@settings(max_examples=300)
@given(st.data())
def test_a_changed_certificate_is_refused_or_read_but_never_breaks(data: st.DataObject) -> None:
    der = bytearray(AUTHORITY.issuing.der)
    for _ in range(data.draw(st.integers(1, 3))):
        der[data.draw(st.integers(0, len(der) - 1))] = data.draw(st.integers(0, 255))
    certificate = Certificate(bytes(der))
    try:
        for name in PROPERTIES:
            getattr(certificate, name)
    except BadCertificate:
        return
    assert AUTHORITY.root.has_issued(certificate) is (bytes(der) == AUTHORITY.issuing.der)


def test_a_signature_in_another_encoding_is_refused() -> None:
    authority = next(a for a in (make_authority(NOW) for _ in range(64)) if a.root.der[-1] % 2 == 0)
    der = bytearray(authority.root.der)
    start = len(der) - len(asn1_x509.Certificate.load(bytes(der))["signature_value"].native) - 1
    assert der[start] == 0
    der[start] = 1
    assert refused(bytes(der)) == "unreadable"


@given(st.binary(min_size=1, max_size=8))
def test_bytes_after_a_certificate_are_refused(tail: bytes) -> None:
    assert refused(AUTHORITY.root.der + tail) == "unreadable"


def test_a_certificate_of_another_version_or_without_a_number_is_refused() -> None:
    for field, value in (("version", "v1"), ("serial_number", 0), ("serial_number", -5), ("serial_number", 1 << 159)):
        parsed = asn1_x509.Certificate.load(AUTHORITY.root.der)
        parsed["tbs_certificate"][field] = value
        assert refused(parsed.dump(force=True)) in ("wrong-version", "unreadable")


@pytest.mark.parametrize("algorithm", [hashes.SHA384(), hashes.SHA512()])
def test_a_signature_that_is_not_with_sha_256_is_refused(algorithm: hashes.SHA384 | hashes.SHA512) -> None:
    assert refused(raw_certificate(SIGNING_USE, algorithm=algorithm)) == "wrong-kind"
    found = raw_list(AUTHORITY.root_key, name_of(AUTHORITY.root), algorithm=algorithm)
    assert problem_of(found) == "wrong-kind"


def test_a_certificate_of_unreasonable_size_is_not_even_read() -> None:
    assert refused(b"\x30" * 20_000) == "too-large"


def test_a_critical_extension_that_we_do_not_apply_is_refused() -> None:
    assert refused(raw_certificate(SIGNING_USE, (UNKNOWN_EXTENSION, True))) == "critical-extension"
    Certificate.from_der(raw_certificate(SIGNING_USE, (UNKNOWN_EXTENSION, False)))


def test_a_certificate_that_does_not_say_what_its_key_is_for_is_refused() -> None:
    assert refused(raw_certificate()) == "no-key-use"


@pytest.mark.parametrize("kind", ["p384", "ed25519"])
def test_a_key_of_a_kind_that_nobody_here_uses_is_refused(kind: str) -> None:
    key = {"p384": ec.generate_private_key(ec.SECP384R1()), "ed25519": ed25519.Ed25519PrivateKey.generate()}[kind]
    der = raw_certificate(SIGNING_USE, key=key, signing_key=PrivateKey.generate().native)
    assert refused(der) == "wrong-kind-of-key"


def test_a_weak_rsa_key_is_refused_and_a_strong_one_read(rsa_key: rsa.RSAPrivateKey) -> None:
    for weak in (rsa.generate_private_key(65537, 2048), rsa.generate_private_key(3, 3072)):
        assert refused(raw_certificate(SIGNING_USE, key=weak)) == "weak-key"
    certificate = Certificate.from_der(raw_certificate(SIGNING_USE, key=rsa_key))
    assert certificate.kind is KeyKind.RSA
    signature = rsa_key.sign(b"report", padding.PKCS1v15(), hashes.SHA256())
    assert certificate.has_signed(b"report", signature)
    assert not certificate.has_signed(b"Report", signature)
    with pytest.raises(BadCertificate):
        _ = certificate.point


@pytest.mark.parametrize(
    "subject",
    [
        named((SERIAL, "AMM")),
        named((COMMON_NAME, "A"), (COMMON_NAME, "B")),
        named((COMMON_NAME, " ")),
        named((COMMON_NAME, "Ambassaden\x1b[2J")),
        named((COMMON_NAME, "Ambassaden \u202enammA i")),
    ],
)
def test_a_name_that_would_not_be_seen_as_it_is_is_refused(subject: x509.Name) -> None:
    assert refused(raw_certificate(SIGNING_USE, subject=subject)) == "unreadable"


@pytest.mark.parametrize("codes", [(), ("amm",), ("AMM", "JD"), ("A",), ("972417920",), ("AMM ",)])
def test_a_subject_without_one_proper_unit_code_is_of_no_unit(codes: tuple[str, ...]) -> None:
    subject = named((COMMON_NAME, "Amman"), *((SERIAL, code) for code in codes))
    assert Certificate.from_der(raw_certificate(SIGNING_USE, subject=subject)).unit is None


def test_a_subject_with_another_ou_has_no_role() -> None:
    subject = named((COMMON_NAME, "Amman"), (ROLE, "everything"))
    assert Certificate.from_der(raw_certificate(SIGNING_USE, subject=subject)).role is None


def test_a_certificate_of_the_same_names_and_another_key_was_not_issued_by_us(authority: Authority) -> None:
    forged = make_authority(NOW)
    assert name_of(forged.root) == name_of(authority.root)
    assert not authority.root.has_issued(forged.issuing)
    assert authority.root.has_issued(authority.issuing)


# -- revocation lists ----------------------------------------------------------------------------


def test_a_list_tells_when_it_was_made_and_when_it_is_to_be_replaced() -> None:
    assert (LIST.number, LIST.this_update, LIST.next_update) == (
        7, NOW - timedelta(days=1), NOW + timedelta(days=400),
    )  # fmt: skip
    assert LIST.revoked == ()
    assert LIST.pem.startswith("-----BEGIN X509 CRL-----\n")


@pytest.mark.parametrize("reason", Reason)
def test_a_revocation_comes_back_with_its_time_and_its_reason(authority: Authority, reason: Reason) -> None:
    entry = Revoked(serial=4711, when=NOW, reason=reason)
    lists = revocation_lists(authority, (entry,), 3, NOW)
    assert [each.revoked for each in lists] == [(), (entry,)]
    assert (lists[1].entry(4711), lists[1].entry(4712)) == (entry, None)


def test_a_reason_that_is_no_word_of_ours_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="stolen"):
        Revoked(serial=1, when=NOW, reason="stolen")


def test_the_issuing_authority_itself_is_revoked_on_the_roots_list(authority: Authority) -> None:
    entry = Revoked(serial=authority.issuing.serial, when=NOW, reason=Reason.KEY_COMPROMISE)
    assert [each.revoked for each in revocation_lists(authority, (entry,), 3, NOW)] == [(entry,), ()]


def test_a_word_that_we_never_write_is_still_a_revocation() -> None:
    hold = x509.RevokedCertificateBuilder().serial_number(5).revocation_date(NOW)
    hold = hold.add_extension(x509.CRLReason(x509.ReasonFlags.certificate_hold), critical=False)
    found = raw_list(AUTHORITY.root_key, name_of(AUTHORITY.root), entries=[hold.build()])
    assert found.entry(5) == Revoked(serial=5, when=NOW, reason=Reason.UNSPECIFIED)


def problem_of(revocations: RevocationList) -> str:
    with pytest.raises(BadRevocationList) as caught:
        RevocationList.from_der(revocations.der)
    return caught.value.problem


@pytest.mark.parametrize(
    "extension",
    [
        x509.IssuingDistributionPoint(None, None, only_contains_user_certs=True, only_contains_ca_certs=False,
                                      only_some_reasons=None, indirect_crl=False, only_contains_attribute_certs=False),
        x509.DeltaCRLIndicator(1),
        UNKNOWN_EXTENSION,
    ],
)  # fmt: skip
def test_a_list_that_covers_only_a_part_is_refused(extension: x509.ExtensionType) -> None:
    extensions = [(x509.CRLNumber(1), False), (extension, True)]
    assert (
        problem_of(raw_list(AUTHORITY.root_key, name_of(AUTHORITY.root), extensions=extensions)) == "critical-extension"
    )


def test_an_entry_about_another_authoritys_certificate_is_refused() -> None:
    issuer = x509.CertificateIssuer([x509.DirectoryName(name_of(AUTHORITY.issuing))])
    entry = x509.RevokedCertificateBuilder().serial_number(5).revocation_date(NOW).add_extension(issuer, critical=True)
    found = raw_list(AUTHORITY.root_key, name_of(AUTHORITY.root), entries=[entry.build()])
    assert problem_of(found) == "critical-extension"


def test_a_list_without_a_number_is_refused() -> None:
    assert problem_of(raw_list(AUTHORITY.root_key, name_of(AUTHORITY.root), extensions=[])) == "no-number"


def test_a_list_that_does_not_say_when_it_is_to_be_replaced_is_refused() -> None:
    parsed = asn1_crl.CertificateList.load(LIST.der)
    parsed["tbs_cert_list"]["next_update"] = None
    assert problem_of(RevocationList(parsed.dump(force=True))) == "no-next-update"


def test_a_list_of_unreasonable_size_is_not_even_read() -> None:
    assert problem_of(RevocationList(b"\x30" * (2 << 20))) == "too-large"


@pytest.mark.parametrize("name", ["this_update", "next_update", "number", "revoked"])
def test_every_property_of_a_hostile_list_raises_our_own_error(name: str) -> None:
    with pytest.raises(BadRevocationList):
        getattr(RevocationList(b"\x30\x03\x02\x01\x01"), name)


@settings(max_examples=300)
@given(st.data())
def test_a_changed_list_is_refused_or_no_longer_of_its_issuer(data: st.DataObject) -> None:
    der = bytearray(LIST.der)
    place = data.draw(st.integers(0, len(der) - 1))
    der[place] = (der[place] + data.draw(st.integers(1, 255))) % 256
    try:
        assert not RevocationList(bytes(der)).is_by(AUTHORITY.root)
    except BadRevocationList:
        return


def test_a_list_is_only_by_the_authority_whose_key_signed_it(authority: Authority) -> None:
    of_root, of_issuing = revocation_lists(authority, (), 1, NOW)
    assert of_root.is_by(authority.root)
    assert of_issuing.is_by(authority.issuing)
    assert not of_root.is_by(authority.issuing)
    assert not of_root.is_by(make_authority(NOW).root)


def test_a_list_signed_by_a_unit_is_by_nobody(keys: UnitKeys, amman: UnitCertificates) -> None:
    assert not raw_list(keys.signing, name_of(amman.signing)).is_by(amman.signing)


def test_a_list_signed_with_another_kind_of_key_than_its_issuers_is_not_its(
    rsa_key: rsa.RSAPrivateKey, authority: Authority
) -> None:
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    issuer = Issuer(key=authority.root_key, certificate=authority.root)
    rsa_authority = leaf(issuer, public=spki(rsa_key), usage=usage, path_length=0)
    assert not raw_list(PrivateKey.generate(), name_of(rsa_authority)).is_by(rsa_authority)
    signed_with_rsa = raw_list(PrivateKey(rsa_key), name_of(authority.root))  # type: ignore[arg-type]
    assert not signed_with_rsa.is_by(authority.root)
    assert signed_with_rsa.number == 1


# -- the three certificates as JSON --------------------------------------------------------------


def test_three_certificates_come_back_from_their_json(amman: UnitCertificates) -> None:
    data = canonical_json(certificates_to_json(amman))
    assert certificates_from(load_json(data, limit=100_000)) == amman
    assert amman.unit == AMMAN


@pytest.mark.parametrize(("place", "other"), [("signing", "sealing"), ("sealing", "signing"), ("sealing", "recovery")])
def test_a_certificate_in_anothers_place_is_refused(amman: UnitCertificates, place: str, other: str) -> None:
    json = certificates_to_json(amman)
    with pytest.raises(BadCertificate) as caught:
        certificates_from(Reader({**json, place: json[other]}, ""))
    assert caught.value.problem == "wrong-role"


def test_certificates_of_two_units_are_refused(authority: Authority, amman: UnitCertificates) -> None:
    issuer = Issuer(key=authority.issuing_key, certificate=authority.issuing)
    other = leaf(issuer, unit=UnitCode("JD"), role=Role.RECOVERY)
    mixed = UnitCertificates(signing=amman.signing, sealing=amman.sealing, recovery=other)
    with pytest.raises(BadCertificate) as caught:
        certificates_from(Reader(certificates_to_json(mixed), ""))
    assert caught.value.problem == "different-units"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.sampled_from(["AAAA", "AA==", "AB=="]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["signing", "sealing", "root"]), inner),
    max_leaves=8,
)


@given(JSON)
def test_arbitrary_json_is_no_three_certificates(value: object) -> None:
    with pytest.raises(WpsError):
        certificates_from(Reader(value, ""))


@pytest.mark.parametrize("text", ["AB==", "AA==\n", "AA=", "A A==", "_-==", "ÆØÅ="])
def test_base64_in_a_second_spelling_is_refused(amman: UnitCertificates, text: str) -> None:
    with pytest.raises(Malformed):
        certificates_from(Reader({**certificates_to_json(amman), "signing": text}, ""))
