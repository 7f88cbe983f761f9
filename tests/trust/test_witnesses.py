"""What we issue, openssl and pyHanko's validator accept; what they refuse, we refuse."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InvalidCertificateError, PathBuildingError, PathValidationError

from wpsdesk.trust.anchors import TrustSet, check_signer
from wpsdesk.trust.authority import Authority, Reason, Revoked, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import Certificate, UnitCertificates
from wpsdesk.trust.enrolment import EnrolmentRequest
from wpsdesk.trust.errors import Untrusted
from wpsdesk.trust.issuing import Issuer
from wpsdesk.trust.keys import UnitKeys

from .conftest import NOW
from .forging import leaf

Witness = Callable[[Certificate, TrustSet, datetime], bool]


@pytest.fixture
def openssl(tmp_path: Path) -> Witness:
    """``openssl verify`` with root, chain and lists in one file, as an auditor runs it."""

    def accepts(certificate: Certificate, trust: TrustSet, at: datetime) -> bool:
        (tmp_path / "trust.pem").write_text(trust.pem())
        (tmp_path / "leaf.pem").write_text(certificate.pem)
        moment = str(int(at.timestamp()))
        command = [
            "openssl",
            "verify",
            "-x509_strict",
            "-crl_check_all",
            "-attime",
            moment,
            "-no-CApath",
            "-no-CAstore",
        ]
        done = subprocess.run(
            [*command, "-CAfile", "trust.pem", "leaf.pem"], cwd=tmp_path, capture_output=True, check=False
        )
        return done.returncode == 0

    return accepts


def certvalidator(certificate: Certificate, trust: TrustSet, at: datetime) -> bool:
    """pyHanko's path validator; revocation required, its own trust store and the network shut off."""
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(trust.root.der)],
        other_certs=[asn1_x509.Certificate.load(each.der) for each in trust.intermediates],
        crls=[each.der for each in trust.lists],
        allow_fetching=False,
        revocation_mode="require",
        moment=at,
    )
    validator = CertificateValidator(asn1_x509.Certificate.load(certificate.der), validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature", "non_repudiation"}))  # type: ignore[no-untyped-call]
    except (PathBuildingError, PathValidationError, InvalidCertificateError):
        return False
    return True


def we(certificate: Certificate, trust: TrustSet, at: datetime) -> bool:
    try:
        check_signer(certificate, (), trust, at)
    except Untrusted:
        return False
    return True


def test_openssl_and_pyhanko_believe_what_we_issue(trust: TrustSet, amman: UnitCertificates, openssl: Witness) -> None:
    for witness in (we, openssl, certvalidator):
        assert witness(amman.signing, trust, NOW)
    for certificate in (amman.sealing, amman.recovery):
        assert openssl(certificate, trust, NOW)
        assert not certvalidator(certificate, trust, NOW)  # it was asked whether the key may sign
        assert not we(certificate, trust, NOW)


def forged_names(
    authority: Authority, request: EnrolmentRequest, _keys: UnitKeys
) -> tuple[Certificate, TrustSet, datetime]:
    certificate = issue(make_authority(NOW), request, NOW).signing
    return certificate, authority.trust(revocation_lists(authority, (), 1, NOW)), NOW


def revoked(authority: Authority, request: EnrolmentRequest, _keys: UnitKeys) -> tuple[Certificate, TrustSet, datetime]:
    certificate = issue(authority, request, NOW).signing
    entry = Revoked(serial=certificate.serial, when=NOW - timedelta(hours=1), reason=Reason.KEY_COMPROMISE)
    return certificate, authority.trust(revocation_lists(authority, (entry,), 1, NOW)), NOW


def authority_revoked(
    authority: Authority, request: EnrolmentRequest, _keys: UnitKeys
) -> tuple[Certificate, TrustSet, datetime]:
    entry = Revoked(serial=authority.issuing.serial, when=NOW - timedelta(hours=1))
    return issue(authority, request, NOW).signing, authority.trust(revocation_lists(authority, (entry,), 1, NOW)), NOW


def expired(authority: Authority, request: EnrolmentRequest, _keys: UnitKeys) -> tuple[Certificate, TrustSet, datetime]:
    at = NOW + timedelta(days=1200)
    return issue(authority, request, NOW).signing, authority.trust(revocation_lists(authority, (), 1, at)), at


def not_yet(authority: Authority, request: EnrolmentRequest, _keys: UnitKeys) -> tuple[Certificate, TrustSet, datetime]:
    lists = revocation_lists(authority, (), 1, NOW)
    return issue(authority, request, NOW + timedelta(days=9)).signing, authority.trust(lists), NOW


def stale(authority: Authority, request: EnrolmentRequest, _keys: UnitKeys) -> tuple[Certificate, TrustSet, datetime]:
    lists = revocation_lists(authority, (), 1, NOW)
    return issue(authority, request, NOW).signing, authority.trust(lists), NOW + timedelta(days=401)


def missing(authority: Authority, request: EnrolmentRequest, _keys: UnitKeys) -> tuple[Certificate, TrustSet, datetime]:
    lists = revocation_lists(authority, (), 1, NOW)[:1]
    return issue(authority, request, NOW).signing, authority.trust(lists), NOW


def issued_by_a_unit(
    authority: Authority, request: EnrolmentRequest, keys: UnitKeys
) -> tuple[Certificate, TrustSet, datetime]:
    unit = issue(authority, request, NOW).signing
    forged = leaf(Issuer(key=keys.signing, certificate=unit))
    return forged, authority.trust(revocation_lists(authority, (), 1, NOW)), NOW


@pytest.mark.parametrize(
    "case", [forged_names, revoked, authority_revoked, expired, not_yet, stale, missing, issued_by_a_unit]
)
def test_what_the_witnesses_refuse_we_refuse(
    case: Callable[[Authority, EnrolmentRequest, UnitKeys], tuple[Certificate, TrustSet, datetime]],
    authority: Authority,
    request_of_amman: EnrolmentRequest,
    keys: UnitKeys,
    openssl: Witness,
) -> None:
    certificate, trust, at = case(authority, request_of_amman, keys)
    assert [witness(certificate, trust, at) for witness in (openssl, certvalidator, we)] == [False, False, False]
