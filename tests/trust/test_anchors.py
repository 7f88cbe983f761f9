"""Whom this desk believes: each way of not being believed, on its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.anchors import TrustSet, check_recipient, check_signer, trust_from, trust_to_json
from wpsdesk.trust.authority import Authority, Reason, Revoked, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import Certificate, RevocationList, Role, UnitCertificates
from wpsdesk.trust.enrolment import EnrolmentRequest, interim_signer
from wpsdesk.trust.errors import (
    BadCertificate,
    BadRevocationList,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateRevoked,
    MissingRevocationList,
    RevocationListNotYetValid,
    RootMismatch,
    StaleRevocationList,
    UnknownSigner,
    Untrusted,
    WrongKeyUse,
)
from wpsdesk.trust.issuing import Issuer, authority_usage, role_usage
from wpsdesk.trust.keys import PrivateKey, UnitKeys

from .conftest import AMMAN, NOW
from .forging import leaf, name_of, raw_list, spki

U = TypeVar("U", bound=Untrusted)


def refused(kind: type[U], leaf: Certificate, trust: TrustSet, at: datetime = NOW, *others: Certificate) -> U:
    """The fault for which ``leaf`` is not believed to sign."""
    with pytest.raises(Untrusted) as caught:
        check_signer(leaf, others, trust, at)
    assert type(caught.value) is kind
    return caught.value


def with_lists(trust: TrustSet, *lists: RevocationList) -> TrustSet:
    return TrustSet(root=trust.root, intermediates=trust.intermediates, lists=lists)


def issuing(authority: Authority) -> Issuer:
    return Issuer(key=authority.issuing_key, certificate=authority.issuing)


# -- believed ------------------------------------------------------------------------------------


def test_a_certificate_of_ours_leads_to_the_root(
    trust: TrustSet, authority: Authority, amman: UnitCertificates
) -> None:
    chain = check_signer(amman.signing, (), trust, NOW)
    assert chain.path == (amman.signing, authority.issuing, authority.root)
    assert (chain.leaf, chain.leaf.unit, chain.warnings) == (amman.signing, AMMAN, ())


def test_an_authority_that_only_came_along_helps_to_find_the_path(
    authority: Authority, amman: UnitCertificates
) -> None:
    bare = TrustSet(root=authority.root, intermediates=(), lists=revocation_lists(authority, (), 1, NOW)[:1])
    # The path is found, and then the list that nobody has brought is missed.
    assert refused(MissingRevocationList, amman.signing, bare, NOW, authority.issuing).issuer == authority.issuing.name
    refused(UnknownSigner, amman.signing, bare)


def test_a_sealing_and_a_recovery_certificate_may_be_sealed_to(trust: TrustSet, amman: UnitCertificates) -> None:
    assert check_recipient(amman.sealing, trust, NOW).path[-1] == trust.root
    assert check_recipient(amman.recovery, trust, NOW).warnings == ()


def test_a_bought_rsa_certificate_of_our_authority_is_believed(
    trust: TrustSet, authority: Authority, rsa_key: rsa.RSAPrivateKey
) -> None:
    certificate = leaf(issuing(authority), public=spki(rsa_key))
    assert check_signer(certificate, (), trust, NOW).leaf == certificate


# -- not known -----------------------------------------------------------------------------------


def test_a_forged_authority_with_the_same_names_is_not_known(
    trust: TrustSet, request_of_amman: EnrolmentRequest
) -> None:
    forged = make_authority(NOW)
    certificate = issue(forged, request_of_amman, NOW).signing
    fault = refused(UnknownSigner, certificate, trust, NOW, forged.issuing, forged.root)
    assert (fault.fingerprint, fault.unit) == (certificate.fingerprint, AMMAN)


def test_a_certificate_that_nobody_vouches_for_is_not_known(trust: TrustSet, keys: UnitKeys) -> None:
    certificate = interim_signer(keys, AMMAN, NOW).certificate
    refused(UnknownSigner, certificate, trust)
    refused(UnknownSigner, certificate, trust, NOW, certificate)


def test_a_unit_that_signs_a_certificate_for_another_is_no_authority(
    trust: TrustSet, amman: UnitCertificates, keys: UnitKeys
) -> None:
    forged = leaf(Issuer(key=keys.signing, certificate=amman.signing), unit=UnitCode("JD"))
    refused(UnknownSigner, forged, trust, NOW, amman.signing)


def test_an_authority_below_the_issuing_one_is_not_believed(trust: TrustSet, authority: Authority) -> None:
    key = PrivateKey.generate()
    below = leaf(issuing(authority), key=key, usage=authority_usage(), path_length=0)
    forged = leaf(Issuer(key=key, certificate=below))
    refused(UnknownSigner, forged, trust, NOW, below)


def test_never_more_than_one_authority_stands_between() -> None:
    root_key, upper_key, lower_key = PrivateKey.generate(), PrivateKey.generate(), PrivateKey.generate()
    root = leaf(Issuer(key=root_key, certificate=None), key=root_key, usage=authority_usage(), path_length=3)
    upper = leaf(Issuer(key=root_key, certificate=root), key=upper_key, usage=authority_usage(), path_length=2)
    lower = leaf(Issuer(key=upper_key, certificate=upper), key=lower_key, usage=authority_usage(), path_length=1)
    trust = TrustSet(root=root, intermediates=(upper,), lists=())
    refused(MissingRevocationList, leaf(Issuer(key=upper_key, certificate=upper)), trust, NOW, lower)
    refused(UnknownSigner, leaf(Issuer(key=lower_key, certificate=lower)), trust, NOW, lower)


@pytest.mark.parametrize(
    ("path_length", "usage"),
    [(None, authority_usage()), (0, role_usage(Role.SIGNING))],
    ids=["not-marked-as-authority", "key-not-for-certificates"],
)
def test_a_certificate_of_the_root_that_is_no_whole_authority_issues_nothing(
    trust: TrustSet, authority: Authority, path_length: int | None, usage: x509.KeyUsage
) -> None:
    key = PrivateKey.generate()
    half = leaf(
        Issuer(key=authority.root_key, certificate=authority.root), key=key, path_length=path_length, usage=usage
    )
    forged = leaf(Issuer(key=key, certificate=half))
    refused(UnknownSigner, forged, trust, NOW, half)


def test_one_changed_byte_of_the_signature_makes_it_unknown(trust: TrustSet, amman: UnitCertificates) -> None:
    der = bytearray(amman.signing.der)
    der[-1] ^= 1
    refused(UnknownSigner, Certificate.from_der(bytes(der)), trust)


def test_bytes_that_are_no_certificate_are_refused_as_such(trust: TrustSet, amman: UnitCertificates) -> None:
    for signer, others in ((Certificate(b"\x30\x00"), ()), (amman.signing, (Certificate(b"\x30\x00"),))):
        with pytest.raises(BadCertificate):
            check_signer(signer, others, trust, NOW)


# -- wrong use -----------------------------------------------------------------------------------


def test_a_sealing_certificate_cannot_sign(trust: TrustSet, amman: UnitCertificates) -> None:
    for certificate in (amman.sealing, amman.recovery):
        fault = refused(WrongKeyUse, certificate, trust)
        assert (fault.unit, fault.wanted) == (AMMAN, "signing")


def test_a_signing_certificate_cannot_be_sealed_to(trust: TrustSet, amman: UnitCertificates) -> None:
    with pytest.raises(WrongKeyUse) as caught:
        check_recipient(amman.signing, trust, NOW)
    assert caught.value.wanted == "sealing"


def test_an_authority_cannot_sign_a_bundle(trust: TrustSet, authority: Authority) -> None:
    refused(WrongKeyUse, authority.issuing, trust)
    refused(WrongKeyUse, authority.root, trust)


def test_a_key_that_may_sign_bundles_and_certificates_may_sign_neither(trust: TrustSet, authority: Authority) -> None:
    everything = x509.KeyUsage(True, True, False, False, True, True, True, False, False)
    refused(WrongKeyUse, leaf(issuing(authority), usage=everything, path_length=0), trust)


# -- time ----------------------------------------------------------------------------------------


def fresh(authority: Authority, at: datetime) -> TrustSet:
    """The trust set as it is sent at ``at``."""
    return authority.trust(revocation_lists(authority, (), 2, at))


def test_a_certificate_is_believed_to_its_last_second_and_no_longer(
    authority: Authority, amman: UnitCertificates
) -> None:
    end = amman.signing.not_after
    trust = fresh(authority, end)
    assert check_signer(amman.signing, (), trust, end).path
    fault = refused(CertificateExpired, amman.signing, trust, end + timedelta(seconds=1))
    assert (fault.unit, fault.ended) == (AMMAN, end)


def test_a_machine_a_day_behind_believes_and_one_two_days_behind_does_not(
    trust: TrustSet, amman: UnitCertificates
) -> None:
    assert check_signer(amman.signing, (), trust, NOW - timedelta(days=1)).path
    fault = refused(CertificateNotYetValid, amman.signing, trust, NOW - timedelta(days=2))
    assert (fault.unit, fault.begins) == (AMMAN, NOW - timedelta(days=1))


def test_a_certificate_that_outlives_its_authority_ends_with_it(authority: Authority) -> None:
    certificate = leaf(issuing(authority), lasts=timedelta(days=9 * 365))
    after = authority.issuing.not_after + timedelta(days=1)
    fault = refused(CertificateExpired, certificate, fresh(authority, after), after)
    assert (fault.unit, fault.ended) == (None, authority.issuing.not_after)


def test_time_is_the_same_in_every_zone(trust: TrustSet, amman: UnitCertificates) -> None:
    end = amman.signing.not_after.astimezone(timezone(timedelta(hours=-8)))
    refused(CertificateExpired, amman.signing, trust, end + timedelta(seconds=1))


# -- revocation ----------------------------------------------------------------------------------


def test_a_revoked_key_cannot_sign_a_later_report(authority: Authority, amman: UnitCertificates) -> None:
    when = NOW + timedelta(days=3)
    entry = Revoked(serial=amman.signing.serial, when=when, reason=Reason.KEY_COMPROMISE)
    trust = authority.trust(revocation_lists(authority, (entry,), 2, when))
    fault = refused(CertificateRevoked, amman.signing, trust, when)
    assert (fault.unit, fault.when, fault.reason) == (AMMAN, when, "key-compromise")
    assert check_recipient(amman.sealing, trust, when).warnings == ()


def test_a_revoked_authority_takes_everybody_below_with_it(authority: Authority, amman: UnitCertificates) -> None:
    entry = Revoked(serial=authority.issuing.serial, when=NOW, reason=Reason.KEY_COMPROMISE)
    trust = authority.trust(revocation_lists(authority, (entry,), 2, NOW))
    assert refused(CertificateRevoked, amman.signing, trust).unit is None


def test_a_revocation_is_told_also_where_the_list_is_outdated_or_the_certificate_has_ended(
    authority: Authority, amman: UnitCertificates
) -> None:
    entry = Revoked(serial=amman.signing.serial, when=NOW, reason=Reason.KEY_COMPROMISE)
    trust = authority.trust(revocation_lists(authority, (entry,), 2, NOW))
    for later in (timedelta(days=500), timedelta(days=1200)):
        with pytest.raises(CertificateRevoked):
            check_signer(amman.signing, (), trust, NOW + later, accept_stale=True)


def test_a_newer_list_that_forgets_a_revocation_does_not_undo_it(authority: Authority, amman: UnitCertificates) -> None:
    entry = Revoked(serial=amman.signing.serial, when=NOW)
    lists = (*revocation_lists(authority, (entry,), 2, NOW), *revocation_lists(authority, (), 3, NOW))
    refused(CertificateRevoked, amman.signing, authority.trust(lists))


def test_no_list_is_no_answer(trust: TrustSet, authority: Authority, amman: UnitCertificates) -> None:
    of_root, of_issuing = trust.lists
    assert refused(MissingRevocationList, amman.signing, with_lists(trust)).issuer == authority.issuing.name
    assert refused(MissingRevocationList, amman.signing, with_lists(trust, of_root)).issuer == authority.issuing.name
    assert refused(MissingRevocationList, amman.signing, with_lists(trust, of_issuing)).issuer == authority.root.name


def test_a_missing_list_is_never_let_pass(trust: TrustSet, amman: UnitCertificates) -> None:
    with pytest.raises(MissingRevocationList):
        check_signer(amman.signing, (), with_lists(trust, trust.lists[0]), NOW, accept_stale=True)


def test_an_outdated_list_is_refused_and_may_be_let_pass_with_a_warning(
    trust: TrustSet, amman: UnitCertificates
) -> None:
    last = NOW + timedelta(days=400)
    assert check_signer(amman.signing, (), trust, last).warnings == ()
    later = last + timedelta(seconds=1)
    assert refused(StaleRevocationList, amman.signing, trust, later).since == last
    chain = check_signer(amman.signing, (), trust, later, accept_stale=True)
    assert [warning.since for warning in chain.warnings] == [last, last]
    with pytest.raises(StaleRevocationList):  # what was let pass once is not remembered as good
        check_signer(amman.signing, (), trust, later)


def test_the_newest_list_decides_not_the_longest(authority: Authority, amman: UnitCertificates) -> None:
    lists = revocation_lists(authority, (), 1, NOW)
    shorter = revocation_lists(authority, (), 2, NOW, valid_for=timedelta(days=10))
    refused(StaleRevocationList, amman.signing, authority.trust((*lists, *shorter)), NOW + timedelta(days=11))


def test_a_list_from_the_future_is_not_counted(authority: Authority, amman: UnitCertificates) -> None:
    begins = NOW + timedelta(days=9)
    coming = revocation_lists(authority, (), 2, begins + timedelta(days=1))
    assert refused(RevocationListNotYetValid, amman.signing, authority.trust(coming)).begins == begins
    present = revocation_lists(authority, (), 1, NOW)
    assert check_signer(amman.signing, (), authority.trust((*present, *coming)), NOW).warnings == ()


def test_a_list_signed_by_another_authority_never_enters_the_set(trust: TrustSet) -> None:
    forged = revocation_lists(make_authority(NOW), (), 99, NOW)
    with pytest.raises(BadRevocationList) as caught:
        with_lists(trust, *forged)
    assert caught.value.problem == "not-of-this-root"


def test_a_list_of_the_root_under_the_issuing_authoritys_name_never_enters_the_set(
    trust: TrustSet, authority: Authority
) -> None:
    crossed = raw_list(authority.root_key, name_of(authority.issuing))
    with pytest.raises(BadRevocationList):
        with_lists(trust, trust.lists[0], crossed)


def test_an_empty_list_is_as_good_as_any(trust: TrustSet, amman: UnitCertificates) -> None:
    assert [each.revoked for each in trust.lists] == [(), ()]
    assert check_signer(amman.signing, (), trust, NOW).warnings == ()


# -- what was believed is remembered, and no longer than it holds ----------------------------------


def test_a_new_list_is_asked_in_the_same_second(authority: Authority, amman: UnitCertificates, trust: TrustSet) -> None:
    assert check_signer(amman.signing, (), trust, NOW).path
    entry = Revoked(serial=amman.signing.serial, when=NOW)
    refused(CertificateRevoked, amman.signing, authority.trust(revocation_lists(authority, (entry,), 2, NOW)))


def test_a_certificate_that_ends_within_the_hour_is_not_believed_to_its_end(
    trust: TrustSet, authority: Authority
) -> None:
    certificate = leaf(issuing(authority), lasts=timedelta(minutes=5))
    assert check_signer(certificate, (), trust, NOW).path
    refused(CertificateExpired, certificate, trust, NOW + timedelta(minutes=6))


def test_a_list_that_ends_within_the_hour_is_not_believed_to_its_end(
    authority: Authority, amman: UnitCertificates
) -> None:
    trust = authority.trust(revocation_lists(authority, (), 1, NOW, valid_for=timedelta(minutes=5)))
    assert check_signer(amman.signing, (), trust, NOW).path
    refused(StaleRevocationList, amman.signing, trust, NOW + timedelta(minutes=6))
    assert check_signer(amman.signing, (), trust, NOW).path  # and back again


def test_a_shorter_list_that_begins_within_the_hour_is_seen(authority: Authority, amman: UnitCertificates) -> None:
    issued = NOW + timedelta(days=1, minutes=5)  # a list begins a day before it is made
    coming = revocation_lists(authority, (), 2, issued, valid_for=timedelta(days=-1, seconds=30))
    trust = authority.trust((*revocation_lists(authority, (), 1, NOW), *coming))
    assert check_signer(amman.signing, (), trust, NOW).warnings == ()
    refused(StaleRevocationList, amman.signing, trust, NOW + timedelta(minutes=6))


def test_what_may_be_signed_with_is_not_remembered_as_what_may_be_sealed_to(
    trust: TrustSet, amman: UnitCertificates
) -> None:
    assert check_signer(amman.signing, (), trust, NOW).path
    with pytest.raises(WrongKeyUse):
        check_recipient(amman.signing, trust, NOW)


# -- the set -------------------------------------------------------------------------------------


def test_a_set_comes_back_from_its_json(trust: TrustSet) -> None:
    assert trust_from(load_json(canonical_json(trust_to_json(trust)), limit=100_000)) == trust
    assert trust.root_fingerprint == trust.root.fingerprint


def test_a_set_takes_no_authority_of_another_root(trust: TrustSet) -> None:
    forged = make_authority(NOW)
    with pytest.raises(BadCertificate):
        TrustSet(root=trust.root, intermediates=(forged.issuing,), lists=())
    with pytest.raises(BadCertificate):
        TrustSet(root=forged.root, intermediates=trust.intermediates, lists=())


def test_a_set_takes_no_unit_and_no_issuing_authority_as_its_root(
    authority: Authority, amman: UnitCertificates, keys: UnitKeys
) -> None:
    for root in (amman.signing, authority.issuing, interim_signer(keys, AMMAN, NOW).certificate):
        with pytest.raises(BadCertificate):
            TrustSet(root=root, intermediates=(), lists=())
    with pytest.raises(BadCertificate):
        TrustSet(root=authority.root, intermediates=(amman.signing,), lists=())
    directly = leaf(Issuer(key=authority.root_key, certificate=authority.root))
    with pytest.raises(BadCertificate):
        TrustSet(root=authority.root, intermediates=(directly,), lists=())


def test_an_old_call_that_is_read_late_never_brings_an_old_list_back(
    authority: Authority, amman: UnitCertificates
) -> None:
    entry = Revoked(serial=amman.signing.serial, when=NOW)
    old = authority.trust(revocation_lists(authority, (), 1, NOW))
    new = authority.trust(revocation_lists(authority, (entry,), 2, NOW))
    assert old.joined(new) == new.joined(old) == new
    refused(CertificateRevoked, amman.signing, new.joined(old))


def test_a_set_learns_of_a_new_issuing_authority(authority: Authority, trust: TrustSet) -> None:
    root = Issuer(key=authority.root_key, certificate=authority.root)
    second = leaf(root, usage=authority_usage(), path_length=0)
    joined = trust.joined(TrustSet(root=authority.root, intermediates=(second,), lists=()))
    assert joined.intermediates == (authority.issuing, second)
    assert set(joined.lists) == set(trust.lists)


def test_another_root_is_never_joined(trust: TrustSet) -> None:
    forged = make_authority(NOW)
    with pytest.raises(RootMismatch) as caught:
        trust.joined(TrustSet(root=forged.root, intermediates=(), lists=()))
    assert (caught.value.trusted, caught.value.given) == (trust.root_fingerprint, forged.root.fingerprint)


@given(
    st.recursive(
        st.none() | st.text(max_size=6) | st.sampled_from(["AAAA", "MAA="]),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["root", "intermediates", "lists"]), inner)
        ),
        max_leaves=8,
    )
)
def test_arbitrary_json_is_no_set(value: object) -> None:
    with pytest.raises(WpsError):
        trust_from(Reader(value, ""))


@pytest.mark.parametrize(
    "change", [{"root": "MAA="}, {"intermediates": ["MAA="]}, {"lists": ["MAA="]}, {"lists": [""] * 33}, {"x": 1}]
)
def test_a_damaged_set_is_refused(trust: TrustSet, change: dict[str, object]) -> None:
    with pytest.raises(WpsError):
        trust_from(Reader({**trust_to_json(trust), **change}, ""))


def test_the_year_2049_and_the_year_2050_are_both_understood() -> None:
    for year in (2049, 2050):
        now = datetime(year, 6, 1, tzinfo=UTC)
        authority = make_authority(now)
        assert authority.root.not_after == now.replace(year=year + 15)
        assert trust_from(Reader(trust_to_json(fresh(authority, now)), "")).root == authority.root
