"""What is written is read back, whole and unchanged, in every kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bundle.setting import AMM, MINUTES, NOTES, NOW, PHOTO, PICTURE, UD, Setting, attachment
from wpsdesk.base.canonical import sha256
from wpsdesk.bundle.manifest import NAME, SIGNATURE_NAME
from wpsdesk.bundle.model import Attachment, Kind, evidence_name
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import Payload, kind_of
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.bundle.writing import file_name

KINDS = ("request", "call", "report", "reply")


def payload_of(setting: Setting, kind: str) -> Payload:
    found: Payload = getattr(setting, kind)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_was_sent(setting: Setting, tmp_path: Path, kind: str) -> None:
    payload = payload_of(setting, kind)
    written = setting.write(tmp_path / "b", payload)
    with setting.reading(written.path, payload) as verified:
        assert verified.payload == payload
        assert verified.header == written.header
        assert verified.header.kind is kind_of(payload)
        assert verified.digest == written.digest
        assert verified.signed_at == NOW


def test_the_evidence_comes_back_byte_for_byte(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO, MINUTES)
    with setting.reading(written.path, setting.report) as verified:
        photo, minutes = verified.header.files
        assert b"".join(verified.read(photo.name)) == PICTURE
        assert b"".join(verified.read(minutes.name)) == NOTES
        assert (minutes.original_name, minutes.name) == ("Referat æøå.txt", "evidence/002_referat-aeoa.txt")


def test_a_file_that_is_not_in_it_cannot_be_read(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO)
    with setting.reading(written.path, setting.report) as verified, pytest.raises(KeyError):
        verified.read("report.json")


def test_the_container_comes_out_with_the_digest_it_was_written_with(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO)
    with setting.reading(written.path, setting.report) as verified:
        container = b"".join(verified.container())
    assert sha256(container) == written.digest == verified.digest
    assert len(container) == written.container_size == verified.container_size
    assert written.size == written.path.stat().st_size


def test_the_container_from_a_seal_can_be_verified_by_itself(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO)
    with setting.reading(written.path, setting.report) as verified:
        (tmp_path / "bare.asice").write_bytes(b"".join(verified.container()))
    with sealed_bundle(tmp_path / "bare.asice") as bare:
        assert not bare.is_sealed
        again = verify_bundle(open_bundle(bare, ()), setting.trust, setting.plan, NOW)
        assert (again.payload, again.digest) == (setting.report, written.digest)


def test_the_recovery_key_opens_what_the_daily_key_opens(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report)
    for keys in (setting.ud.opening, setting.ud.recovering, setting.ud.opening + setting.ud.recovering):
        with sealed_bundle(written.path) as sealed:
            assert open_bundle(sealed, keys).digest == written.digest


def test_the_first_reply_opens_before_its_certificate_is_known(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.reply)
    with sealed_bundle(written.path) as sealed:
        opened = open_bundle(sealed, setting.amman.opening_without_certificate)
        assert verify_bundle(opened, None, setting.plan, NOW).payload == setting.reply


def test_old_and_new_keys_together_open_what_one_of_them_opens(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report)
    others = tuple(OpeningKey(key=key.key, certificate=None) for key in setting.amman.opening + setting.ud.opening)
    with sealed_bundle(written.path) as sealed:
        assert open_bundle(sealed, others).digest == written.digest


def test_only_what_tells_of_a_unit_is_sealed(setting: Setting, tmp_path: Path) -> None:
    for kind, is_sealed in zip(KINDS, (False, False, True, True), strict=True):
        written = setting.write(tmp_path / kind, payload_of(setting, kind))
        with sealed_bundle(written.path) as sealed:
            assert sealed.is_sealed is is_sealed


def test_the_same_content_gives_the_same_bytes(setting: Setting, tmp_path: Path) -> None:
    containers = []
    for name in ("1", "2"):
        written = setting.write(tmp_path / name, setting.report, PHOTO, MINUTES)
        with setting.reading(written.path, setting.report) as verified:
            containers.append(b"".join(verified.container()))
    first, again = (container[: container.index(SIGNATURE_NAME.encode()) - 30] for container in containers)
    assert first == again
    assert containers[0] != containers[1]  # the signature: ECDSA takes a new random number every time


def test_pieces_of_any_size_make_the_same_container(setting: Setting, tmp_path: Path) -> None:
    whole = replace(MINUTES, read=lambda: (NOTES,))
    single = replace(MINUTES, read=lambda: (NOTES[i : i + 1] for i in range(len(NOTES))))
    sizes = {setting.write(tmp_path / str(i), setting.report, a).container_size for i, a in enumerate((whole, single))}
    assert max(sizes) - min(sizes) <= 8  # the signatures' own lengths differ by some bytes
    for number in range(2):
        with setting.reading(tmp_path / str(number), setting.report) as verified:
            assert b"".join(verified.read("evidence/001_referat-aeoa.txt")) == NOTES


def test_evidence_that_stands_twice_is_sent_once(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO, MINUTES, replace(PHOTO, title="Det samme"))
    assert [file.title for file in written.header.files] == ["Bilde fra møtet", "Referat æøå"]


def test_an_empty_file_and_a_file_that_packs_far_too_well_travel_like_any_other(
    setting: Setting, tmp_path: Path
) -> None:
    zeros = bytes(3 << 20)
    sent: tuple[Attachment, ...] = (
        attachment(b"", "text/plain", "tom.txt"),
        attachment(zeros, "text/csv", "nuller.csv"),
    )
    written = setting.write(tmp_path / "b", setting.report, *sent)
    with setting.reading(written.path, setting.report) as verified:
        assert [b"".join(verified.read(file.name)) for file in verified.header.files] == [b"", zeros]


def test_everything_that_is_no_evidence_is_handed_back_to_the_sender(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.report, PHOTO)
    assert [name for name, _ in written.members] == ["bundle.json", "report.json", NAME, SIGNATURE_NAME]
    with setting.reading(written.path, setting.report) as verified:
        assert verified.payload_bytes == dict(written.members)["report.json"]


def test_a_bundle_gets_an_id_of_its_own(setting: Setting, tmp_path: Path) -> None:
    ids = {setting.write(tmp_path / str(i), setting.report, new_id=None).header.id for i in range(3)}
    assert len(ids) == 3


def test_the_header_says_who_what_and_when(setting: Setting, tmp_path: Path) -> None:
    header = setting.write(tmp_path / "b", setting.report).header
    assert (header.kind, header.unit, header.to, header.year, header.seq) == (Kind.SUBMISSION, AMM, UD, 2026, 1)
    assert (header.created, header.base, header.plan) == (NOW, None, setting.plan.edition)
    assert header.app.startswith("wpsdesk ")


def test_the_file_name_tells_nothing_but_unit_day_and_number() -> None:
    assert file_name(AMM, NOW, 2, sealed=True) == "amm_20270301_2.asice.cms"
    assert file_name(UD, NOW, 1, sealed=False) == "ud_20270301_1.asice"


@pytest.mark.parametrize(
    ("original", "media_type", "inside"),
    [
        ("Møte i Zürich – 2026.pdf", "application/pdf", "evidence/001_mote-i-zurich-2026.pdf"),
        ("rapport.pdf.exe", "application/pdf", "evidence/001_rapport-pdf.pdf"),
        ("../../etc/passwd.txt", "text/plain", "evidence/001_etc-passwd.txt"),
        ("تقرير.docx", "application/x-strange", "evidence/001_file.bin"),
        ("CON.txt", "text/plain", "evidence/001_con.txt"),
        ("x" * 300, "image/jpeg", f"evidence/001_{'x' * 40}.jpg"),
    ],
)
def test_a_name_inside_is_plain_whatever_the_file_was_called(original: str, media_type: str, inside: str) -> None:
    assert evidence_name(1, original, media_type) == inside
