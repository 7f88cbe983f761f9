"""Looking without taking in: four things told apart, every fault collected, no exception for what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bundle.forging import container_of, inside, with_header
from tests.bundle.setting import NOW, PHOTO, Setting
from wpsdesk.base.canonical import sha256
from wpsdesk.base.errors import Cancelled, FileMissing, FileUnreadable
from wpsdesk.bundle.errors import Altered, ContentMalformed, NotABundle, NotForThisDesk, Truncated, WrongUnit
from wpsdesk.bundle.examining import Examination, examine
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Revoked, revocation_lists
from wpsdesk.trust.errors import CertificateExpired, CertificateRevoked, RootMismatch, UnknownSigner


def look(
    setting: Setting, path: Path, *, keys: tuple[OpeningKey, ...] = (), trust: TrustSet | None = None
) -> Examination:
    return examine(path, keys, trust, setting.plan, NOW)


def told_apart(found: Examination) -> tuple[bool | None, bool | None, bool | None, bool | None]:
    standing = found.standing
    return standing.is_intact, standing.is_valid, standing.is_trusted, standing.is_revoked


def test_a_good_bundle_shows_everything(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO)
    found = look(setting, written.path, keys=setting.ud.opening, trust=setting.trust)
    assert found.is_good
    assert told_apart(found) == (True, True, True, False)
    assert found.standing.is_root_compared
    assert (found.is_sealed, found.can_be_opened) == (True, True)
    assert (found.size, found.file_digest) == (written.size, sha256(written.path.read_bytes()))
    assert (found.digest, found.header, found.signed_at) == (written.digest, written.header, NOW)
    assert found.signer is not None
    assert (found.signer.unit, found.signer.name) == ("AMM", "Ambassaden i Amman")
    assert [file.digest for file in found.files] == [PHOTO.digest]
    assert {name.serial for name in found.recipients} == {each.serial for each in setting.ud.recipients}
    assert {name.issuer for name in found.recipients} == {"WPS Desk utsteder 1"}


def test_without_a_key_it_is_still_told_who_could_open_it(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report)
    found = look(setting, written.path)
    assert (found.is_sealed, found.can_be_opened, found.header) == (True, False, None)
    assert told_apart(found) == (None, None, None, None)
    assert len(found.recipients) == 2
    assert [type(fault) for fault in found.faults] == [NotForThisDesk]


def test_without_a_root_trust_cannot_be_told_and_that_is_no_fault(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    path.write_bytes(container_of(setting, tmp_path, setting.report))
    found = look(setting, path)
    assert found.is_good
    assert told_apart(found) == (True, True, None, None)
    assert (found.is_sealed, found.can_be_opened) == (False, None)


def test_an_enrolment_is_shown_as_not_trusted_which_is_no_fault(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.request)
    found = look(setting, written.path, trust=setting.trust)
    assert found.is_good
    assert told_apart(found) == (True, True, False, None)


def test_a_call_is_told_to_be_of_a_root_that_nobody_compared(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.call)
    first, later = look(setting, written.path), look(setting, written.path, trust=setting.trust)
    assert told_apart(first) == told_apart(later) == (True, True, True, False)
    assert (first.standing.is_root_compared, later.standing.is_root_compared) == (False, True)
    foreign = look(setting, written.path, trust=setting.strange_trust)
    assert [type(fault) for fault in foreign.faults] == [RootMismatch]
    assert foreign.standing.is_trusted is not True
    assert foreign.header == written.header


def test_a_revoked_signer_is_told_together_with_what_was_signed(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report)
    serial = setting.amman.certificates.signing.serial
    lists = revocation_lists(setting.authority, (Revoked(serial=serial, when=NOW),), 2, NOW)
    found = look(setting, written.path, keys=setting.ud.opening, trust=setting.authority.trust(lists))
    assert [type(fault) for fault in found.faults] == [CertificateRevoked]
    assert told_apart(found) == (True, True, False, True)
    assert found.header == written.header


def test_an_expired_certificate_is_not_trusted_and_everything_else_stands(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report)
    later = NOW + timedelta(days=3 * 366)
    found = examine(written.path, setting.ud.opening, setting.trust, setting.plan, later)
    assert [type(fault) for fault in found.faults] == [CertificateExpired]
    assert told_apart(found) == (True, True, False, None)
    assert found.header == written.header


def test_an_unknown_signer_is_told_with_the_fingerprint(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    path.write_bytes(inside(container_of(setting, tmp_path, setting.report)).signed(setting.stranger.signer).packed())
    found = look(setting, path, trust=setting.trust)
    (fault,) = found.faults
    assert isinstance(fault, UnknownSigner)
    assert told_apart(found) == (True, True, False, None)


def test_several_faults_are_all_told(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    other = with_header(inside(container_of(setting, tmp_path, setting.report)), unit="UD")
    path.write_bytes(other.signed(setting.stranger.signer).packed())
    found = look(setting, path, trust=setting.trust)
    stranger, wrong = found.faults
    assert isinstance(stranger, UnknownSigner)
    assert isinstance(wrong, WrongUnit)


def test_a_swapped_file_is_not_intact_under_a_valid_signature(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    good = inside(container_of(setting, tmp_path, setting.report))
    picture = good.names[3]
    path.write_bytes(good.put(picture, good[picture][:-1] + b"!").packed())
    found = look(setting, path, trust=setting.trust)
    assert [type(fault) for fault in found.faults] == [Altered]
    assert told_apart(found) == (False, True, True, False)


def test_a_broken_signature_shows_no_header(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    good = inside(container_of(setting, tmp_path, setting.report))
    signature = bytearray(good["META-INF/signature001.p7s"])
    signature[-1] ^= 1
    path.write_bytes(good.put("META-INF/signature001.p7s", bytes(signature)).packed())
    found = look(setting, path, trust=setting.trust)
    assert (found.header, found.signer) == (None, None)
    assert told_apart(found) == (None, False, None, None)
    assert not found.is_good


def test_a_fault_in_a_document_leaves_signer_and_digest_told(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    wrong = with_header(inside(container_of(setting, tmp_path, setting.report)), year=1066)
    path.write_bytes(wrong.signed(setting.amman.signer).packed())
    found = look(setting, path, trust=setting.trust)
    assert [type(fault) for fault in found.faults] == [ContentMalformed]
    assert told_apart(found) == (True, True, True, False)
    assert found.header is None
    assert found.signer == setting.amman.certificates.signing


@pytest.mark.parametrize(("data", "fault"), [(b"Hei", NotABundle), (None, Truncated)])
def test_what_is_no_whole_bundle_is_told_without_an_exception(
    setting: Setting, tmp_path: Path, data: bytes | None, fault: type[Exception]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(data or setting.write(tmp_path / "b", setting.call).path.read_bytes()[:-1])
    found = look(setting, path, trust=setting.trust)
    assert [type(each) for each in found.faults] == [fault]
    assert found.file_digest == sha256(path.read_bytes())


def test_only_a_missing_file_and_a_person_who_stops_it_end_the_look(setting: Setting, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        look(setting, tmp_path / "gone")
    with pytest.raises(FileUnreadable):
        look(setting, tmp_path)
    written = setting.write(tmp_path / "b", setting.report)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        examine(written.path, setting.ud.opening, setting.trust, setting.plan, NOW, progress=stop)


def test_another_authority_may_be_asked_about(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.call)
    found = examine(written.path, (), setting.trust, setting.plan, NOW, authorities=frozenset({setting.amman.unit}))
    assert not found.is_good
    assert replace(found.standing, is_trusted=True) == found.standing
