"""UD's authority: what it issues, for how long, and how it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.trust.anchors import MAX_AUTHORITIES, check_signer
from wpsdesk.trust.authority import (
    MAX_ISSUERS,
    Authority,
    Revoked,
    issue,
    issue_personal,
    make_authority,
    revocation_lists,
    root_list,
    with_new_issuer,
)
from wpsdesk.trust.certificates import Certificate, UnitCertificates
from wpsdesk.trust.enrolment import EnrolmentRequest, make_personal_request
from wpsdesk.trust.errors import AuthorityExpired, BadCertificate, BadKey, BadRequest, BadRevocationList
from wpsdesk.trust.keys import PrivateKey, UnitKeys

from .conftest import AMMAN, NOW


def extension(certificate: Certificate, kind: type[x509.ExtensionType]) -> x509.Extension[x509.ExtensionType]:
    return x509.load_der_x509_certificate(certificate.der).extensions.get_extension_for_class(kind)


def test_the_root_lasts_fifteen_years_and_the_issuing_authority_eight(authority: Authority) -> None:
    assert authority.root.not_after == NOW.replace(year=2042)
    assert authority.issuing.not_after == NOW.replace(year=2035)
    assert authority.root.not_before == authority.issuing.not_before == NOW - timedelta(days=1)


def test_one_authority_may_stand_below_the_root_and_none_below_that(authority: Authority) -> None:
    for certificate, depth in ((authority.root, 1), (authority.issuing, 0)):
        found = extension(certificate, x509.BasicConstraints)
        assert found.critical
        assert found.value == x509.BasicConstraints(ca=True, path_length=depth)


def test_every_certificate_names_the_key_above_it(authority: Authority, amman: UnitCertificates) -> None:
    for certificate, above in ((amman.signing, authority.issuing), (authority.issuing, authority.root)):
        mine = extension(certificate, x509.AuthorityKeyIdentifier).value
        its = extension(above, x509.SubjectKeyIdentifier).value
        assert isinstance(mine, x509.AuthorityKeyIdentifier)
        assert isinstance(its, x509.SubjectKeyIdentifier)
        assert mine.key_identifier == its.key_identifier


def test_the_three_certificates_are_for_the_three_keys_that_asked(amman: UnitCertificates, keys: UnitKeys) -> None:
    assert [amman.signing.public, amman.sealing.public, amman.recovery.public] == [
        keys.signing.public, keys.sealing.public, keys.recovery.public,
    ]  # fmt: skip
    assert {amman.signing.unit, amman.sealing.unit, amman.recovery.unit} == {AMMAN}
    assert len({amman.signing.serial, amman.sealing.serial, amman.recovery.serial}) == 3


def test_a_unit_is_never_given_more_time_than_its_issuer_has(
    authority: Authority, request_of_amman: EnrolmentRequest
) -> None:
    certificates = issue(authority, request_of_amman, NOW.replace(year=2034))
    assert certificates.signing.not_after == authority.issuing.not_after


def test_an_authority_that_has_ended_issues_nothing(authority: Authority, request_of_amman: EnrolmentRequest) -> None:
    with pytest.raises(AuthorityExpired) as caught:
        issue(authority, request_of_amman, authority.issuing.not_after + timedelta(seconds=1))
    assert caught.value.ended == authority.issuing.not_after


def test_three_years_from_a_leap_day_end_on_the_last_of_february(
    authority: Authority, request_of_amman: EnrolmentRequest
) -> None:
    certificates = issue(authority, request_of_amman, datetime(2028, 2, 29, 12, tzinfo=UTC))
    assert certificates.signing.not_after == datetime(2031, 2, 28, 12, tzinfo=UTC)


def test_the_authority_looks_at_a_request_itself(authority: Authority, request_of_amman: EnrolmentRequest) -> None:
    signing, sealing, _ = request_of_amman.csrs
    with pytest.raises(BadRequest):
        issue(authority, replace(request_of_amman, csrs=(signing, sealing, sealing)), NOW)


def test_a_list_lasts_four_hundred_days_unless_told_otherwise(authority: Authority) -> None:
    (root_list, issuing_list) = revocation_lists(authority, (), 9, NOW)
    assert {root_list.number, issuing_list.number} == {9}
    assert root_list.next_update == issuing_list.next_update == NOW + timedelta(days=400)
    (short, _) = revocation_lists(authority, (), 10, NOW, valid_for=timedelta(days=30))
    assert short.next_update == NOW + timedelta(days=30)


def test_an_authority_comes_back_from_its_bytes_and_can_issue(
    authority: Authority, request_of_amman: EnrolmentRequest
) -> None:
    again = Authority.from_bytes(authority.to_bytes())
    assert (again.root, again.issuing, again.to_bytes()) == (authority.root, authority.issuing, authority.to_bytes())
    assert again.issuing.has_issued(issue(again, request_of_amman, NOW).signing)


def test_the_authoritys_keys_never_show_in_a_repr(authority: Authority) -> None:
    assert "key" not in repr(authority)


def test_an_authority_whose_key_is_anothers_is_refused(authority: Authority) -> None:
    with pytest.raises(BadKey):
        replace(authority, root_key=PrivateKey.generate())
    with pytest.raises(BadKey):
        replace(authority, issuing_key=authority.root_key)


@pytest.mark.parametrize("change", [{"root": "AAAA"}, {"root_key": "AAAA"}, {"more": 1}, {"issuing": None}])
def test_damaged_bytes_of_an_authority_are_refused(authority: Authority, change: dict[str, object]) -> None:
    json = load_json(authority.to_bytes(), limit=100_000).value
    assert isinstance(json, dict)
    with pytest.raises((Malformed, BadKey, BadCertificate)):
        Authority.from_bytes(canonical_json({**json, **change}))


def test_two_authorities_are_never_the_same() -> None:
    assert make_authority(NOW).root.fingerprint != make_authority(NOW).root.fingerprint


# -- an issuing key that is replaced, a root that is kept apart ------------------------------------


def renewed(authority: Authority) -> Authority:
    assert authority.root_key is not None
    return with_new_issuer(authority, authority.root_key, NOW)


def test_each_issuer_signs_the_list_of_what_it_issued(authority: Authority, amman: UnitCertificates) -> None:
    later = Authority.from_bytes(renewed(authority).to_bytes())
    assert later.issuing.name == "WPS Desk utsteder 2"
    gone = (
        Revoked(serial=amman.signing.serial, when=NOW, issuer=authority.issuing.serial),
        Revoked(serial=77, when=NOW, issuer=later.issuing.serial),
        Revoked(serial=78, when=NOW),  # of before there were two
        Revoked(serial=authority.issuing.serial, when=NOW),
    )
    of_root, of_first, of_second = revocation_lists(later, gone, 2, NOW)
    assert [entry.serial for entry in of_root.revoked] == [authority.issuing.serial]
    assert {entry.serial for entry in of_first.revoked} == {amman.signing.serial, 78}
    assert [entry.serial for entry in of_second.revoked] == [77]
    assert of_first.is_by(authority.issuing)
    assert of_second.is_by(later.issuing)


def test_a_certificate_of_the_old_issuer_is_believed_beside_those_of_the_new(
    authority: Authority, amman: UnitCertificates, request_of_amman: EnrolmentRequest
) -> None:
    later = renewed(authority)
    trust = later.trust(revocation_lists(later, (), 2, NOW))
    newer = issue(later, request_of_amman, NOW)
    for certificates, issuer in ((amman, authority.issuing), (newer, later.issuing)):
        assert check_signer(certificates.signing, (), trust, NOW).path[1] == issuer


def test_a_root_that_is_kept_apart_leaves_its_list_and_signs_no_other(authority: Authority) -> None:
    assert authority.root_key is not None
    last = root_list(authority, authority.root_key, (), 5, NOW)
    assert last.next_update == NOW + timedelta(days=5 * 365)
    apart = Authority.from_bytes(replace(authority, root_key=None, root_list=last).to_bytes())
    assert apart.root_key is None
    later = NOW + timedelta(days=300)
    of_root, of_issuing = revocation_lists(apart, (), 9, later)
    assert of_root == last
    assert (of_issuing.number, of_issuing.next_update) == (9, later + timedelta(days=400))
    with pytest.raises(BadRevocationList):
        replace(authority, root_key=None)
    for key in (PrivateKey.generate(), authority.issuing_key):
        with pytest.raises(BadKey):
            root_list(apart, key, (), 9, NOW)
        with pytest.raises(BadKey):
            with_new_issuer(apart, key, NOW)


def test_there_are_never_more_issuers_than_a_trust_set_holds(authority: Authority) -> None:
    many = authority
    while len(many.issuers) < MAX_ISSUERS:
        many = renewed(many)
    assert len(many.trust(revocation_lists(many, (), 1, NOW)).authorities) == MAX_AUTHORITIES
    with pytest.raises(AuthorityExpired):
        renewed(many)


def test_a_persons_certificate_never_outlives_its_issuer(authority: Authority) -> None:
    asked = make_personal_request(AMMAN, "Ambassaden i Amman", "Kari", PrivateKey.generate(), NOW)
    assert issue_personal(authority, asked, NOW.replace(year=2034)).not_after == authority.issuing.not_after
    with pytest.raises(AuthorityExpired):
        issue_personal(authority, asked, authority.issuing.not_after + timedelta(seconds=1))
