"""Check 1: the size, the exact length, the seal's header, its recipients and its tag."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundle.apart import (
    AES128_WRAP,
    AES256_WRAP,
    GCM,
    NAMED,
    RSA,
    put_together,
    rebuilt,
    rebuilt_agreement,
    split,
)
from tests.bundle.forging import container_of, outcome, sealed_bytes
from tests.bundle.setting import NOW, PHOTO, Setting
from wpsdesk.base.errors import FileMissing, WpsError
from wpsdesk.bundle import limits
from wpsdesk.bundle.der import OCTET_STRING, SEQUENCE, head, integer, object_id, tlv
from wpsdesk.bundle.errors import (
    Altered,
    BundleRefused,
    BundleTooLarge,
    NotABundle,
    NotForThisDesk,
    SealMalformed,
    SealUnknown,
    Truncated,
    ZipMalformed,
)
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.sealing import (
    MAX_PAIRS,
    Agreement,
    Transport,
    content_key,
    read_seal,
    recipient_info,
    seal,
    seal_header,
)
from wpsdesk.trust.authority import issue
from wpsdesk.trust.enrolment import make_request
from wpsdesk.trust.keys import UnitKeys


@pytest.fixture
def sealed(setting: Setting, tmp_path: Path) -> bytes:
    """A small sealed submission."""
    return setting.write(tmp_path / "sealed", setting.report).path.read_bytes()


def refusal(setting: Setting, tmp_path: Path, data: bytes) -> Exception:
    """How UD's desk refuses these bytes."""
    path = tmp_path / "arrived"
    path.write_bytes(data)
    with pytest.raises(Exception) as caught:  # noqa: PT011 (which one is for the test to say)
        outcome(path, setting.ud.opening, setting)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [b"", b"P", b"Hei", b"PK\x03\x04 some other archive", b"%PDF-1.7\n", b"0" * 100, b"\x30\x80\x06\x09", b"\x30",
     b"\x30\x82\x10\x00" + object_id("1.2.840.113549.1.7.3") + bytes(50)],
)  # fmt: skip
def test_what_is_no_bundle_is_called_so(setting: Setting, tmp_path: Path, data: bytes) -> None:
    assert isinstance(refusal(setting, tmp_path, data), NotABundle)


def test_a_folder_and_a_pipe_are_no_bundles(setting: Setting, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(NotABundle):
            sealed_bundle(path)


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        sealed_bundle(tmp_path / "gone")


def test_a_file_beyond_all_bounds_is_not_even_read(tmp_path: Path, sealed: bytes) -> None:
    path = tmp_path / "huge"
    path.write_bytes(sealed)
    os.truncate(path, limits.CONTAINER + limits.SEAL_HEADER + 1)
    with pytest.raises(BundleTooLarge) as caught:
        sealed_bundle(path)
    assert caught.value.limit == limits.CONTAINER + limits.SEAL_HEADER


def test_a_sealed_bundle_that_was_cut_off_anywhere_is_called_cut_off(
    setting: Setting, tmp_path: Path, sealed: bytes
) -> None:
    for size in (*range(19, len(sealed), 37), len(sealed) - 1):
        fault = refusal(setting, tmp_path, sealed[:size])
        assert isinstance(fault, Truncated), size
        assert (fault.size, fault.expected) == (size, len(sealed))


def test_a_bare_bundle_that_was_cut_off_anywhere_is_called_cut_off(setting: Setting, tmp_path: Path) -> None:
    bare = setting.write(tmp_path / "call", setting.call).path.read_bytes()
    for size in (*range(4, len(bare), 29), *range(len(bare) - 30, len(bare))):
        assert isinstance(refusal(setting, tmp_path, bare[:size]), Truncated), size


def test_a_byte_behind_the_end_is_refused(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    fault = refusal(setting, tmp_path, sealed + b"\0")
    assert isinstance(fault, SealMalformed)
    assert fault.code == "trailing"
    bare = setting.write(tmp_path / "call", setting.call).path.read_bytes()
    fault = refusal(setting, tmp_path, bare + b"\0")
    assert isinstance(fault, ZipMalformed)
    assert fault.code == "end-record"


def test_a_bundle_for_another_desk_names_who_can_open_it(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    path = tmp_path / "sealed"
    with sealed_bundle(path) as bundle, pytest.raises(NotForThisDesk) as caught:
        open_bundle(bundle, setting.amman.opening)
    assert sorted(caught.value.recipients) == sorted(each.serial for each in setting.ud.recipients)
    with sealed_bundle(path) as bundle, pytest.raises(NotForThisDesk):
        open_bundle(bundle, setting.amman.opening_without_certificate)
    with sealed_bundle(path) as bundle, pytest.raises(NotForThisDesk):
        open_bundle(bundle, ())


def test_no_flipped_byte_goes_unnoticed(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    """Except in the other recipient's sealed key, which only its owner can look into; then what is read is right."""
    path = tmp_path / "sealed"
    with sealed_bundle(path) as bundle:
        assert bundle.seal is not None
        mine = setting.ud.certificates.sealing.serial.to_bytes(20, "big")
        others = next(each for each in bundle.seal.recipients if mine not in each.issuer_and_serial)
        text_at = bundle.seal.text_offset
    assert isinstance(others, Agreement)
    unseen = [
        range(sealed.index(part), sealed.index(part) + len(part)) for part in (others.wrapped, others.issuer_and_serial)
    ]
    positions = [*range(text_at), *range(text_at, len(sealed), 11), *range(len(sealed) - 18, len(sealed))]
    whole = outcome(path, setting.ud.opening, setting).digest
    for position in positions:
        flipped = bytearray(sealed)
        flipped[position] ^= 0x04
        path.write_bytes(flipped)
        try:
            digest = outcome(path, setting.ud.opening, setting).digest
        except WpsError:
            continue
        assert any(position in part for part in unseen), position
        assert digest == whole


def test_a_changed_text_and_a_changed_tag_break_the_seal(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    for position in (-1, -16, -19, -500):
        changed = bytearray(sealed)
        changed[position] ^= 1
        fault = refusal(setting, tmp_path, bytes(changed))
        assert isinstance(fault, Altered)
        assert fault.where == "seal"


def test_a_changed_key_for_us_is_an_alteration_and_not_somebody_elses_bundle(
    setting: Setting, tmp_path: Path, sealed: bytes
) -> None:
    with sealed_bundle(tmp_path / "sealed") as bundle:
        assert bundle.seal is not None
        wrapped = [each.wrapped for each in bundle.seal.recipients if isinstance(each, Agreement)]
    faults = []
    for part in wrapped:
        changed = bytearray(sealed)
        changed[sealed.index(part) + 3] ^= 1
        path = tmp_path / "arrived"
        path.write_bytes(changed)
        with sealed_bundle(path) as bundle:
            try:
                open_bundle(bundle, setting.ud.opening)
            except Altered as fault:
                faults.append(fault.where)
    assert faults == ["key"]  # the other one is the recovery key's


# -- the header, made anew ----------------------------------------------------------------------------------


def test_a_seal_is_made_of_exactly_what_was_announced(setting: Setting) -> None:
    to = setting.ud.recipients
    for chunks, size in (((b"abc",), 2), ((b"abc",), 4)):
        with pytest.raises(ValueError, match="bytes than were announced"):
            seal(chunks, size, to, lambda _data: None)
    with pytest.raises(ValueError, match="pairs of recipients"):
        seal((b"abc",), 3, to[:1], lambda _data: None)


def test_a_file_for_two_desks_opens_with_each_of_their_keys_and_for_none_there_is_no_room_left(
    setting: Setting, tmp_path: Path
) -> None:
    desks = [UnitKeys.generate() for _ in range(MAX_PAIRS)]
    unit = setting.amman.certificates.unit
    asked = [make_request(unit, "Ambassaden i Amman", "Kari", keys, NOW) for keys in desks]
    issued = [issue(setting.authority, each, NOW) for each in asked]
    for count in (2, MAX_PAIRS):
        to = tuple(each for own in issued[:count] for each in (own.sealing, own.recovery))
        path = tmp_path / f"for-{count}"
        with path.open("wb") as stream:
            seal((b"PK\x03\x04",), 4, to, stream.write)
        with sealed_bundle(path) as sealed:
            assert sealed.seal is not None
            for keys in desks[:count]:
                assert keys.recovery is not None
                found = [
                    {content_key(each, key) for each in sealed.seal.recipients if isinstance(each, Agreement)} - {None}
                    for key in (keys.sealing, keys.recovery)
                ]
                assert found[0] == found[1]
                assert len(found[0]) == 1
    with pytest.raises(ValueError, match="pairs of recipients"):
        seal((b"abc",), 3, (*to, issued[0].sealing, issued[0].recovery), lambda _data: None)


def test_the_seal_put_together_unchanged_is_taken(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    assert rebuilt(sealed, put_together) == sealed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r, a, x, t: put_together(r, a, x, t, version=integer(1)), "version"),
        (lambda r, a, x, t: put_together(r, a, x, t, kind=object_id("1.2.840.113549.1.7.2")), "content-type"),
        (lambda r, a, x, t: put_together(r, a.replace(GCM, object_id("2.16.840.1.101.3.4.1.6")), x, t), "algorithm"),
        (lambda r, a, x, t: put_together(r, a[:-1] + b"\x0c", x, t), "algorithm"),
        (lambda r, a, x, t: put_together(r, tlv(SEQUENCE, GCM, tlv(SEQUENCE, tlv(4, bytes(16)), integer(16))), x, t),
         "algorithm"),
        (lambda r, a, x, t: put_together(b"\xa2" + r[1:], a, x, t), "recipient-type"),
        (lambda r, a, x, t: put_together(r.replace(integer(3), integer(2), 1), a, x, t), "recipient-type"),
        (lambda r, a, x, t: put_together(r.replace(AES256_WRAP, AES128_WRAP), a, x, t), "recipient-type"),
        (lambda r, a, x, t: put_together(tlv(0xA1, integer(3), tlv(0xA0, tlv(0xA0))), a, x, t), "recipient-type"),
        (lambda r, a, x, t: put_together(tlv(SEQUENCE, integer(2)), a, x, t), "recipient-type"),
        (lambda r, a, x, t: put_together(tlv(SEQUENCE, integer(0), NAMED, tlv(SEQUENCE, RSA)), a, x, t),
         "recipient-type"),
        (lambda r, a, x, t: put_together(r, a, x, t, attributes=tlv(0xA1, tlv(SEQUENCE))), "attributes"),
        (lambda r, a, x, t: put_together(r, a, x, tlv(OCTET_STRING, t[2:14])), "attributes"),
    ],
)  # fmt: skip
def test_a_seal_of_another_sort_is_unknown_and_never_tried(
    setting: Setting, tmp_path: Path, sealed: bytes, change: Callable[[bytes, bytes, bytes, bytes], bytes], code: str
) -> None:
    fault = refusal(setting, tmp_path, rebuilt(sealed, change))
    assert isinstance(fault, SealUnknown)
    assert fault.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r, a, x, t: put_together(split(r)[0], a, x, t), "recipient-count"),
        (lambda r, a, x, t: put_together(b"".join(sorted([*split(r), split(r)[0]])), a, x, t), "recipient-count"),
        (lambda r, a, x, t: put_together(b"".join(reversed(split(r))), a, x, t), "not-canonical"),
        (lambda r, a, x, t: put_together(r, a + b"\x05\x00", x, t), "not-der"),
        (lambda r, a, x, t: put_together(b"", a, x, t), "recipient-count"),
        (lambda r, a, x, t: put_together(r[:-1], a, x, t), "not-der"),
        (lambda r, a, x, t: put_together(tlv(SEQUENCE, integer(0), tlv(SEQUENCE, NAMED[2:], NAMED)), a, x, t),
         "recipient"),
        (rebuilt_agreement, "recipient"),
        (lambda r, a, x, t: put_together(r, tlv(SEQUENCE, a[2:], b"\x05\x00"), x, t), "not-canonical"),
        (lambda r, a, x, t: put_together(r, a, x, b"\x05\x10" + t[2:]), "not-canonical"),
    ],
)  # fmt: skip
def test_a_seal_written_in_another_way_is_refused(
    setting: Setting, tmp_path: Path, sealed: bytes, change: Callable[[bytes, bytes, bytes, bytes], bytes], code: str
) -> None:
    fault = refusal(setting, tmp_path, rebuilt(sealed, change))
    assert isinstance(fault, SealMalformed)
    assert fault.code == code


def test_a_length_spelt_longer_than_need_be_is_refused(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    rest = sealed[4:]
    assert head(SEQUENCE, len(rest)) == sealed[:4]
    fault = refusal(setting, tmp_path, b"\x30\x83\x00" + sealed[2:4] + rest)
    assert isinstance(fault, SealMalformed)
    assert fault.code == "not-canonical"


def test_a_point_that_is_not_on_the_curve_is_refused(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    with sealed_bundle(tmp_path / "sealed") as bundle:
        assert bundle.seal is not None
        points = [each.point for each in bundle.seal.recipients if isinstance(each, Agreement)]
    for point in points:  # also the one that is not for us
        changed = bytearray(sealed)
        changed[sealed.index(point) + 40] ^= 1
        fault = refusal(setting, tmp_path, bytes(changed))
        assert isinstance(fault, SealMalformed)
        assert fault.code == "point"


def test_a_recipient_by_rsa_is_recognised_and_is_not_us(setting: Setting, tmp_path: Path, sealed: bytes) -> None:
    with sealed_bundle(tmp_path / "sealed") as bundle:
        known = bundle.seal
        assert known is not None
        text = sealed[known.text_offset :]
    mine, other = known.recipients
    rsa = Transport(issuer_and_serial=other.issuer_and_serial, encrypted=bytes(range(256)) + bytes(128))

    def with_recipients(*recipients: Agreement | Transport) -> bytes:
        return seal_header(tuple(recipient_info(each) for each in recipients), known.nonce, known.text_size) + text

    path = tmp_path / "arrived"
    path.write_bytes(with_recipients(mine, rsa))
    with sealed_bundle(path) as bundle:
        assert bundle.seal is not None
        assert set(bundle.seal.recipients) == {mine, rsa}
        either = setting.ud.opening + setting.ud.recovering
        assert open_bundle(bundle, either).container_size == known.text_size
    path.write_bytes(with_recipients(rsa, rsa))
    with sealed_bundle(path) as bundle, pytest.raises(NotForThisDesk):
        open_bundle(bundle, setting.ud.opening)


def test_an_unsigned_file_inside_a_good_seal_is_refused(setting: Setting, tmp_path: Path) -> None:
    fault = refusal(setting, tmp_path, sealed_bytes(b"%PDF-1.7 not signed by anybody" * 10, setting.ud.recipients))
    assert isinstance(fault, ZipMalformed)
    assert fault.code == "mimetype"


def test_two_different_keys_in_one_seal_are_refused(setting: Setting, tmp_path: Path) -> None:
    """So that nobody can show the daily key one text and the recovery key another."""
    container = container_of(setting, tmp_path, setting.report)
    one, two = (sealed_bytes(container, setting.ud.recipients) for _ in range(2))

    def recipients_of(data: bytes) -> dict[bytes, Agreement]:
        read = read_seal(data[: limits.SEAL_HEADER], lambda at, size: data[at : at + size], len(data))
        return {each.issuer_and_serial: each for each in read.recipients if isinstance(each, Agreement)}

    header = read_seal(one[: limits.SEAL_HEADER], lambda at, size: one[at : at + size], len(one))
    (_, mine), (second, _) = recipients_of(one).items()
    mixed = (recipient_info(mine), recipient_info(recipients_of(two)[second]))
    path = tmp_path / "arrived"
    path.write_bytes(seal_header(mixed, header.nonce, header.text_size) + one[header.text_offset :])
    with sealed_bundle(path) as bundle, pytest.raises(Altered) as caught:
        open_bundle(bundle, setting.ud.opening + setting.ud.recovering)
    assert caught.value.where == "key"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files where Linux lists them")
def test_the_file_is_not_left_open_when_it_is_refused(tmp_path: Path, sealed: bytes) -> None:
    def open_files() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before = open_files()
    for data in (sealed[:100], b"no bundle", sealed + b"\0"):
        (tmp_path / "arrived").write_bytes(data)
        with pytest.raises(BundleRefused):
            sealed_bundle(tmp_path / "arrived")
    assert open_files() == before


def test_what_is_sealed_cannot_be_told_from_its_name(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "photo.jpg", setting.report, PHOTO)
    with sealed_bundle(written.path) as bundle:
        assert bundle.is_sealed
