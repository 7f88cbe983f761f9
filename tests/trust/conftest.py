"""One authority, one enrolled embassy and one key of every kind, made once: nothing in the tests changes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import settings

from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Authority, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.enrolment import EnrolmentRequest, make_request
from wpsdesk.trust.keys import UnitKeys

NOW = datetime(2027, 3, 1, 14, 2, tzinfo=UTC)
AMMAN = UnitCode("AMM")

# A busy machine is no fault of the program: examples are not timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def authority() -> Authority:
    return make_authority(NOW)


@pytest.fixture(scope="session")
def keys() -> UnitKeys:
    return UnitKeys.generate()


@pytest.fixture(scope="session")
def request_of_amman(keys: UnitKeys) -> EnrolmentRequest:
    return make_request(AMMAN, "Ambassaden i Amman", "Kari Nordmann", keys, NOW)


@pytest.fixture(scope="session")
def amman(authority: Authority, request_of_amman: EnrolmentRequest) -> UnitCertificates:
    return issue(authority, request_of_amman, NOW)


@pytest.fixture(scope="session")
def trust(authority: Authority) -> TrustSet:
    return authority.trust(revocation_lists(authority, (), 1, NOW))


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)
