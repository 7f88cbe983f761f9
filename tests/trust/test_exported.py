"""What auditors are given as PEM is read back as it was, and a spoilt file is no trust at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import make_authority, revocation_lists
from wpsdesk.trust.errors import BadCertificate, BadRevocationList
from wpsdesk.trust.exported import trust_from_pem

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def trust() -> TrustSet:
    authority = make_authority(NOW)
    return authority.trust(revocation_lists(authority, (), 1, NOW))


def test_what_was_written_is_read_back() -> None:
    written = trust()
    assert trust_from_pem(written.pem()) == written
    assert trust_from_pem(f"UDs rot\n{written.pem()}\nslutt\n") == written


def test_without_one_root_there_is_nothing_to_believe_in() -> None:
    one, other = trust(), trust()
    for text in ("", one.intermediates[0].pem, one.pem() + other.pem()):
        with pytest.raises(BadCertificate):
            trust_from_pem(text)


def test_a_list_of_another_root_is_refused() -> None:
    with pytest.raises(BadRevocationList):
        trust_from_pem(trust().pem() + trust().lists[0].pem)


def test_what_is_no_base64_is_refused() -> None:
    with pytest.raises(BadCertificate):
        trust_from_pem("-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n")
