"""Checks 5 to 8: signature, manifest, files, documents. Each bundle here is right in everything but one thing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bundle.apart import EXTRA, NULL, RSA_WITH_SHA256, SHA256_WITH_NULL, Pieces, apart, in_two
from tests.bundle.forging import Inside, changed_json, container_of, inside, outcome, with_header
from tests.bundle.setting import NOW, PICTURE, UD, Setting
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.bundle import editions, manifest
from wpsdesk.bundle.der import OCTET_STRING, SEQUENCE, integer, tlv
from wpsdesk.bundle.errors import (
    Altered,
    ContentMalformed,
    ContentsDiffer,
    DeskOfAnotherPlan,
    ManifestMalformed,
    NewerReport,
    NotTheAuthority,
    OtherPlan,
    SignatureMalformed,
    WrongUnit,
)
from wpsdesk.bundle.manifest import Listed, listed_in, manifest_xml
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import encode_payload
from wpsdesk.bundle.signing import read_signature, sign_manifest
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.i18n import catalogue
from wpsdesk.messages import sentence
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Reason, Revoked, revocation_lists
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.enrolment import make_request
from wpsdesk.trust.errors import (
    BadRequest,
    CertificateExpired,
    CertificateRevoked,
    MissingRevocationList,
    RootMismatch,
    StaleRevocationList,
    UnknownSigner,
    WrongKeyUse,
)
from wpsdesk.trust.keys import KeySigner, UnitKeys

PICTURE_NAME = "evidence/001_bilde-fra-motet.png"


@dataclass(frozen=True)
class Desk:
    """The desk that a bundle comes to."""

    setting: Setting
    path: Path

    def takes(self, data: bytes, *, trust: TrustSet | None = None, at: datetime = NOW) -> VerifiedBundle:
        self.path.write_bytes(data)
        return outcome(self.path, (), self.setting, trust=trust, at=at)

    def takes_without_trust(self, data: bytes, *, allow_unknown_signer: bool = False) -> VerifiedBundle:
        self.path.write_bytes(data)
        with sealed_bundle(self.path) as sealed:
            opened = open_bundle(sealed, ())
            return verify_bundle(opened, None, self.setting.plan, NOW, allow_unknown_signer=allow_unknown_signer)


@pytest.fixture
def desk(setting: Setting, tmp_path: Path) -> Desk:
    return Desk(setting, tmp_path / "arrived")


@pytest.fixture
def report(setting: Setting, tmp_path: Path) -> Inside:
    return inside(container_of(setting, tmp_path, setting.report))


@pytest.fixture
def call(setting: Setting, tmp_path: Path) -> Inside:
    return inside(container_of(setting, tmp_path, setting.call))


@pytest.fixture
def reply(setting: Setting, tmp_path: Path) -> Inside:
    return inside(container_of(setting, tmp_path, setting.reply))


@pytest.fixture
def request_(setting: Setting, tmp_path: Path) -> Inside:
    return inside(container_of(setting, tmp_path, setting.request))


def test_a_bundle_put_together_anew_and_signed_again_is_taken(desk: Desk, setting: Setting, report: Inside) -> None:
    verified = desk.takes(report.signed(setting.amman.signer).packed())
    assert verified.payload == setting.report
    assert verified.standing.is_trusted


# -- 5: the signature as mathematics -------------------------------------------------------------------------


def test_a_changed_manifest_is_an_alteration(desk: Desk, report: Inside) -> None:
    listing = report[manifest.NAME].replace(b"image/png", b"image/pnk")
    with pytest.raises(Altered) as caught:
        desk.takes(report.put(manifest.NAME, listing).packed())
    assert caught.value.where == "manifest"


def test_a_signature_by_another_key_is_an_alteration(desk: Desk, setting: Setting, report: Inside) -> None:
    @dataclass(frozen=True)
    class Impostor:
        certificate: Certificate = setting.amman.certificates.signing
        chain: tuple[Certificate, ...] = setting.amman.chain

        def sign(self, data: bytes) -> bytes:
            return setting.stranger.keys.signing.sign(data)

    with pytest.raises(Altered) as caught:
        desk.takes(report.signed(Impostor()).packed())
    assert caught.value.where == "signature"


def test_a_signature_of_another_manifest_does_not_fit(desk: Desk, setting: Setting, report: Inside) -> None:
    other = sign_manifest(b"another one", setting.amman.signer, NOW)
    with pytest.raises(Altered) as caught:
        desk.takes(report.put(manifest.SIGNATURE_NAME, other).packed())
    assert caught.value.where == "manifest"


MANIFEST = manifest_xml((Listed(name="bundle.json", media_type="application/json", digest=Digest("0" * 64)),))


def test_a_signature_put_together_unchanged_is_read(setting: Setting) -> None:
    data = sign_manifest(MANIFEST, setting.amman.signer, NOW)
    assert apart(data).whole() == data
    signed = read_signature(data, MANIFEST)
    assert (signed.signer, signed.signed_at) == (setting.amman.certificates.signing, NOW)
    assert signed.others == setting.amman.chain


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p.whole() + b"\0", "not-canonical"),
        (lambda p: b"\x30\x80" + p.whole()[4:] + b"\0\0", "not-der"),
        (lambda p: p.whole(version=3), "not-der"),
        (lambda p: p.whole(digest=SHA256_WITH_NULL), "not-der"),
        (lambda p: p.whole(content=tlv(0xA0, tlv(OCTET_STRING, MANIFEST))), "not-der"),
        (lambda p: p.whole(signers=2), "not-canonical"),
        (lambda p: p.whole(signers=0), "not-der"),
        (lambda p: p.whole(unsigned=tlv(0xA1, EXTRA)), "not-canonical"),
        (lambda p: p.whole(crls=tlv(0xA1, EXTRA)), "not-der"),
        (lambda p: replace(p, attributes=p.attributes + EXTRA).whole(), "not-der"),
        (lambda p: replace(p, attributes=b"".join(in_two(p.attributes)[:3])).whole(), "not-der"),
        (lambda p: replace(p, attributes=b"".join(reversed(in_two(p.attributes)))).whole(), "not-canonical"),
        (lambda p: replace(p, attributes=p.attributes + in_two(p.attributes)[0]).whole(), "not-canonical"),
        (lambda p: replace(p, certificates=tuple(reversed(p.certificates))).whole(), "not-canonical"),
        (lambda p: replace(p, certificates=p.certificates * 2).whole(), "certificates"),
        (lambda p: replace(p, certificates=()).whole(), "certificates"),
        (lambda p: replace(p, certificates=(EXTRA, *p.certificates)[:2]).whole(), "certificates"),
        (lambda p: replace(p, algorithm=RSA_WITH_SHA256).whole(), "not-canonical"),
        (lambda p: replace(p, algorithm=p.algorithm[:1] + b"\x0c" + p.algorithm[2:] + NULL).whole(), "not-canonical"),
        (lambda p: replace(p, signer_id=tlv(SEQUENCE, tlv(SEQUENCE), integer(7))).whole(), "not-canonical"),
        (lambda p: p.whole()[:-1], "not-der"),
        (lambda p: b"", "not-der"),
        (lambda p: p.whole().replace(b"270301140200Z", b"279901140200Z"), "time"),
        (lambda p: p.whole().replace(b"270301140200Z", b"600301140200Z"), "time"),
        (lambda p: p.whole().replace(b"270301140200Z", b"2703011402+0Z"), "time"),
    ],
)  # fmt: skip
def test_a_signature_written_in_another_way_is_refused(
    setting: Setting, change: Callable[[Pieces], bytes], code: str
) -> None:
    pieces = apart(sign_manifest(MANIFEST, setting.amman.signer, NOW))
    with pytest.raises(SignatureMalformed) as caught:
        read_signature(change(pieces), MANIFEST)
    assert caught.value.code == code


def test_a_signature_without_the_certificate_it_names_is_refused(setting: Setting) -> None:
    pieces = apart(sign_manifest(MANIFEST, setting.amman.signer, NOW))
    without = tuple(der for der in pieces.certificates if der != setting.amman.certificates.signing.der)
    with pytest.raises(SignatureMalformed) as caught:
        read_signature(replace(pieces, certificates=without).whole(), MANIFEST)
    assert caught.value.code == "no-signer"


def test_no_flipped_byte_of_a_signature_goes_unnoticed(setting: Setting) -> None:
    data = sign_manifest(MANIFEST, setting.amman.signer, NOW)
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 0x01
        try:
            signed = read_signature(bytes(changed), MANIFEST)
        except (SignatureMalformed, Altered):
            continue
        # The issuing authority's certificate is only carried along: its own signature is checked on the path.
        assert signed.others != setting.amman.chain


# -- 5: the signature as trust -------------------------------------------------------------------------------


def test_a_stranger_is_an_unknown_signer_before_any_xml_is_looked_at(
    desk: Desk, setting: Setting, report: Inside
) -> None:
    with pytest.raises(UnknownSigner) as caught:
        desk.takes(report.signed(setting.stranger.signer, listing=b"<!DOCTYPE x>").packed())
    assert caught.value.fingerprint == setting.stranger.certificates.signing.fingerprint


def test_a_first_submission_may_wait_as_unknown_and_is_never_trusted(
    desk: Desk, setting: Setting, report: Inside
) -> None:
    data = report.signed(setting.amman.interim).packed()
    with pytest.raises(UnknownSigner):
        desk.takes(data)
    with pytest.raises(UnknownSigner):
        desk.takes_without_trust(data)
    standing = desk.takes_without_trust(data, allow_unknown_signer=True).standing
    assert (standing.is_intact, standing.is_valid, standing.is_trusted, standing.is_revoked) == (
        True,
        True,
        False,
        None,
    )


def revoking(setting: Setting, *, number: int = 2) -> TrustSet:
    serial = setting.amman.certificates.signing.serial
    taken_back = (Revoked(serial=serial, when=NOW, reason=Reason.KEY_COMPROMISE),)
    return setting.authority.trust(revocation_lists(setting.authority, taken_back, number, NOW))


def test_a_revoked_key_cannot_sign_a_later_report(desk: Desk, setting: Setting, report: Inside) -> None:
    with pytest.raises(CertificateRevoked) as caught:
        desk.takes(report.packed(), trust=revoking(setting))
    assert (caught.value.unit, caught.value.reason) == ("AMM", Reason.KEY_COMPROMISE)


def test_an_expired_certificate_holds_a_bundle_up(desk: Desk, report: Inside) -> None:
    with pytest.raises(CertificateExpired):
        desk.takes(report.packed(), at=NOW + timedelta(days=3 * 366))


def test_an_old_revocation_list_warns_and_a_missing_one_refuses(desk: Desk, setting: Setting, report: Inside) -> None:
    assert desk.takes(report.packed()).warnings == ()
    late = desk.takes(report.packed(), at=NOW + timedelta(days=500))
    assert late.standing.is_trusted
    assert [type(warning) for warning in late.warnings] == [StaleRevocationList, StaleRevocationList]
    of_root = tuple(each for each in setting.trust.lists if each.is_by(setting.trust.root))
    with pytest.raises(MissingRevocationList):
        desk.takes(report.packed(), trust=replace(setting.trust, lists=of_root))


def test_a_sealing_key_cannot_sign(desk: Desk, setting: Setting, report: Inside) -> None:
    amman = setting.amman
    sealer = KeySigner(key=amman.keys.sealing, certificate=amman.certificates.sealing, chain=amman.chain)
    with pytest.raises(WrongKeyUse):
        desk.takes(report.signed(sealer).packed())


# -- 5 in 8: calls and replies bring their trust ----------------------------------------------------------------


def test_a_first_call_is_held_against_the_root_it_brings_and_says_so(desk: Desk, call: Inside) -> None:
    first = desk.takes_without_trust(call.packed()).standing
    assert (first.is_trusted, first.is_root_compared) == (True, False)
    later = desk.takes(call.packed()).standing
    assert (later.is_trusted, later.is_root_compared) == (True, True)


def test_a_call_from_another_root_is_told_from_an_unknown_signer(desk: Desk, setting: Setting, call: Inside) -> None:
    with pytest.raises(RootMismatch) as caught:
        desk.takes(call.packed(), trust=setting.strange_trust)
    assert caught.value.trusted == setting.strange_trust.root_fingerprint
    assert caught.value.given == setting.trust.root_fingerprint


def test_a_call_signed_by_nobody_its_own_root_knows_is_refused(desk: Desk, setting: Setting, call: Inside) -> None:
    keys = UnitKeys.generate()
    impostor = replace(setting.ud, keys=keys).interim
    with pytest.raises(UnknownSigner):
        desk.takes_without_trust(call.signed(impostor).packed())


def test_an_old_call_does_not_bring_an_old_revocation_list_back(desk: Desk, setting: Setting, call: Inside) -> None:
    serial = setting.ud.certificates.signing.serial
    lists = revocation_lists(setting.authority, (Revoked(serial=serial, when=NOW),), 2, NOW)
    with pytest.raises(CertificateRevoked):
        desk.takes(call.packed(), trust=setting.authority.trust(lists))


def test_a_reply_that_brings_newer_lists_is_taken_where_ours_are_outdated(
    desk: Desk, setting: Setting, reply: Inside
) -> None:
    old = revocation_lists(setting.authority, (), 0, NOW - timedelta(days=60), valid_for=timedelta(days=30))
    assert desk.takes(reply.packed(), trust=setting.authority.trust(old)).standing.is_trusted


# -- 6: the manifest ------------------------------------------------------------------------------------------


def listing_refused(text: bytes) -> str:
    with pytest.raises(ManifestMalformed) as caught:
        listed_in(text)
    return caught.value.code


HEAD, OPEN, REFERENCE, OBJECT, CLOSE, _ = MANIFEST.split(b"\n")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([HEAD, b"<!DOCTYPE x>", OPEN, REFERENCE, OBJECT, CLOSE], "doctype"),
        ([HEAD, b'<!DOCTYPE x [<!ENTITY a "b">]>', OPEN, REFERENCE, OBJECT, CLOSE], "doctype"),
        ([HEAD, b"<?php ?>", OPEN, REFERENCE, OBJECT, CLOSE], "instruction"),
        ([HEAD, OPEN, OPEN, REFERENCE, CLOSE, CLOSE], "not-canonical"),
        ([HEAD, OPEN * 50, REFERENCE, OBJECT, CLOSE * 50], "depth"),
        ([HEAD, OPEN, REFERENCE, b"<asic:Extra/>", OBJECT, CLOSE], "element"),
        ([HEAD, OPEN, REFERENCE, b"<ds:Object/>", OBJECT, CLOSE], "element"),
        ([HEAD, OPEN, REFERENCE, b"<!-- -->", OBJECT, CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, b" ", OBJECT, CLOSE], "not-canonical"),
        ([HEAD, OPEN, OBJECT, REFERENCE, CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, REFERENCE, OBJECT, CLOSE], "not-canonical"),
        ([HEAD, OPEN, OBJECT, CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, OBJECT.replace(b"xmlenc#sha256", b"xmlenc#sha512"), CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, OBJECT.replace(b"MimeType", b"mimetype"), CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, OBJECT.replace(b"bundle", b"&#98;undle"), CLOSE], "not-canonical"),
        ([HEAD, OPEN, REFERENCE, OBJECT.replace(b"bundle", b"&other;"), CLOSE], "not-xml"),
        ([HEAD, OPEN, REFERENCE, OBJECT.replace(b"AAAA", b"A*AA"), CLOSE], "not-xml"),
        ([HEAD, OPEN, REFERENCE, OBJECT], "not-xml"),
        ([HEAD, OPEN, REFERENCE, OBJECT, CLOSE, CLOSE], "not-xml"),
        ([OPEN, REFERENCE, OBJECT, CLOSE], "not-canonical"),
        ([b"\xef\xbb\xbf" + HEAD, OPEN, REFERENCE, OBJECT, CLOSE], "not-canonical"),
        ([HEAD.replace(b"UTF-8", b"latin1"), OPEN, REFERENCE, OBJECT, CLOSE], "not-canonical"),
        ([b""], "not-xml"),
    ],
)
def test_a_manifest_written_in_another_way_is_refused(lines: list[bytes], code: str) -> None:
    assert listing_refused(b"\n".join([*lines, b""])) == code


def test_windows_line_ends_are_refused() -> None:
    assert listing_refused(MANIFEST.replace(b"\n", b"\r\n")) == "not-canonical"


def test_a_signed_manifest_of_another_form_is_refused_by_the_sixth_check(
    desk: Desk, setting: Setting, report: Inside
) -> None:
    listing = report[manifest.NAME].replace(b"<asic:SigReference", b"<!-- a remark --><asic:SigReference")
    with pytest.raises(ManifestMalformed) as caught:
        desk.takes(report.signed(setting.amman.signer, listing=listing).packed())
    assert caught.value.code == "not-canonical"


# -- 7: the files ---------------------------------------------------------------------------------------------


def listings(right: tuple[Listed, ...]) -> Iterator[tuple[tuple[Listed, ...], str]]:
    header, payload, picture = right
    yield (header, payload), picture.name
    yield (header,), payload.name
    yield (), header.name
    yield (*right, replace(picture, name="evidence/002_x.png")), "evidence/002_x.png"
    yield (*right, picture), picture.name
    yield (payload, header, picture), header.name
    yield (header, payload, replace(picture, name="evidence/001_y.png")), picture.name


def test_files_other_than_those_that_were_signed_are_refused(desk: Desk, setting: Setting, report: Inside) -> None:
    for listed, name in listings(report.listed()):
        with pytest.raises(ContentsDiffer) as caught:
            desk.takes(report.signed(setting.amman.signer, listing=manifest_xml(listed)).packed())
        assert (caught.value.code, caught.value.name) == ("names", name)


@pytest.mark.parametrize("name", ["bundle.json", "report.json", PICTURE_NAME])
def test_a_file_whose_digest_was_not_signed_is_an_alteration(desk: Desk, report: Inside, name: str) -> None:
    """With a right checksum: whoever swaps a file can see to that."""
    other = report[name].replace(b"a", b"e") if name != PICTURE_NAME else PICTURE[:-1] + b"!"
    with pytest.raises(Altered) as caught:
        desk.takes(report.put(name, other).packed())
    assert (caught.value.where, caught.value.name) == ("file", name)


# -- 8: the documents -----------------------------------------------------------------------------------------


def malformed(desk: Desk, found: Inside, setting: Setting) -> tuple[str, str, str]:
    with pytest.raises(ContentMalformed) as caught:
        desk.takes(found.signed(setting.amman.signer).packed())
    return caught.value.document, caught.value.place, caught.value.problem


@pytest.mark.parametrize("name", ["bundle.json", "report.json"])
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data[:-1], "not-canonical"),
        (lambda data: data.replace(b",", b", ", 1), "not-canonical"),
        (lambda data: b"\n" + data, "not-canonical"),
        (lambda data: b'{"unit":"AMM",' + data[1:], "duplicate-key"),
        (lambda data: b'{"a":NaN,' + data[1:], "not-json"),
        (lambda data: b'{"a":' + b"[" * 40 + b"]" * 40 + b"," + data[1:], "too-deep"),
        (lambda data: data[:-3], "not-json"),
        (lambda data: b"\xff" + data, "not-json"),
        (lambda data: b"", "not-json"),
    ],
)
def test_a_document_that_is_not_strict_json_is_refused(
    desk: Desk, setting: Setting, report: Inside, name: str, change: Callable[[bytes], bytes], problem: str
) -> None:
    document, place, found = malformed(desk, report.put(name, change(report[name])), setting)
    assert (document, place, found) == (name, "", problem)


def test_a_fraction_has_no_canonical_form(desk: Desk, setting: Setting, report: Inside) -> None:
    data = b'{"a":1.5,' + report["report.json"][1:]
    assert malformed(desk, report.put("report.json", data), setting) == ("report.json", "", "not-canonical")


@pytest.mark.parametrize(
    ("members", "place", "problem"),
    [
        ({"extra": 1}, "extra", "unknown-member"),
        ({"id": "x"}, "id", "pattern"),
        ({"kind": "letter"}, "kind", "not-allowed"),
        ({"kind": "call"}, "kind", "inconsistent"),
        ({"kind": "handover"}, "kind", "inconsistent"),
        ({"unit": "amm"}, "unit", "pattern"),
        ({"seq": 0}, "seq", "out-of-range"),
        ({"seq": True}, "seq", "wrong-type"),
        ({"seq": 100_000}, "seq", "out-of-range"),
        ({"created": "2027-03-01"}, "created", "not-a-time"),
        ({"schema": "x"}, "schema", "pattern"),
        ({"prepared_by": "a\nb"}, "prepared_by", "control-character"),
        ({"files": {}}, "files", "wrong-type"),
        ({"base": {"reply": "x", "sha256": "y"}}, "base.reply", "pattern"),
        ({"created": "2027-03-01T15:02:00+01:00"}, "", "not-canonical"),
        ({"app": "wpsdesk a\u030a"}, "", "not-canonical"),
    ],
)
def test_a_header_outside_its_schema_is_refused(
    desk: Desk, setting: Setting, report: Inside, members: dict[str, object], place: str, problem: str
) -> None:
    assert malformed(desk, with_header(report, **members), setting) == ("bundle.json", place, problem)


def file_changed(found: Inside, **members: object) -> Inside:
    def change(value: dict[str, object]) -> None:
        files = value["files"]
        assert isinstance(files, list)
        files[0].update(members)

    return found.put("bundle.json", changed_json(found["bundle.json"], change))


@pytest.mark.parametrize(
    ("members", "place", "problem"),
    [
        ({"name": "evidence/002_bilde.png"}, "files", "pattern"),
        ({"name": "evidence/001_bilde.exe"}, "files", "pattern"),
        ({"media_type": "application/pdf"}, "files", "pattern"),
        ({"original_name": "../../.bashrc"}, "files[0].original_name", "pattern"),
        ({"original_name": ".."}, "files[0].original_name", "pattern"),
        ({"original_name": "C:\\x"}, "files[0].original_name", "pattern"),
        ({"size": -1}, "files[0].size", "out-of-range"),
        ({"size": 1.5}, "files[0].size", "wrong-type"),
        ({"sha256": "0"}, "files[0].sha256", "pattern"),
        ({"restricted": 1}, "files[0].restricted", "wrong-type"),
    ],
)
def test_a_file_told_of_in_a_way_that_no_writer_would_is_refused(
    desk: Desk, setting: Setting, report: Inside, members: dict[str, object], place: str, problem: str
) -> None:
    if members.get("size") == 1.5:
        text = report["bundle.json"].replace(f'"size":{len(PICTURE)}'.encode(), b'"size":1.5')
        found = report.put("bundle.json", text)
    else:
        found = file_changed(report, **members)
    assert malformed(desk, found, setting) == ("bundle.json", place, problem)


@pytest.mark.parametrize(
    "members",
    [
        {"size": len(PICTURE) + 1},
        {"sha256": hashlib.sha256(b"other").hexdigest()},
        {"name": "evidence/001_other.png"},
        {"media_type": "image/gif", "name": "evidence/001_bilde-fra-motet.gif"},
    ],
)
def test_a_header_that_tells_of_other_files_than_are_there_is_refused(
    desk: Desk, setting: Setting, report: Inside, members: dict[str, object]
) -> None:
    with pytest.raises(ContentsDiffer) as caught:
        desk.takes(file_changed(report, **members).signed(setting.amman.signer).packed())
    assert (caught.value.code, caught.value.name) == ("files", PICTURE_NAME)


def test_a_header_that_forgets_a_file_or_makes_one_up_is_refused(desk: Desk, setting: Setting, report: Inside) -> None:
    none = with_header(report, files=[])
    entries = tuple((name, data) for name, data in report.entries if name != PICTURE_NAME)
    for found in (none, Inside(entries=entries)):
        with pytest.raises(ContentsDiffer) as caught:
            desk.takes(found.signed(setting.amman.signer).packed())
        assert (caught.value.code, caught.value.name) == ("files", PICTURE_NAME)


def test_a_document_that_the_manifest_calls_something_else_is_refused(
    desk: Desk, setting: Setting, report: Inside
) -> None:
    header, *others = report.listed()
    listing = manifest_xml((replace(header, media_type="text/html"), *others))
    with pytest.raises(ContentsDiffer) as caught:
        desk.takes(report.signed(setting.amman.signer, listing=listing).packed())
    assert (caught.value.code, caught.value.name) == ("files", "bundle.json")


def test_a_report_of_a_later_schema_is_called_newer(desk: Desk, setting: Setting, report: Inside) -> None:
    with pytest.raises(NewerReport) as caught:
        desk.takes(with_header(report, schema="wps-report/2").signed(setting.amman.signer).packed())
    assert caught.value.version == "wps-report/2"


def test_another_edition_of_the_plan_is_named(desk: Desk, setting: Setting, report: Inside) -> None:
    with pytest.raises(OtherPlan) as caught:
        desk.takes(with_header(report, plan="2031-2038").signed(setting.amman.signer).packed())
    assert (caught.value.found, caught.value.expected) == ("2031-2038", setting.plan.edition)


def test_a_desk_of_another_edition_that_the_program_has_is_told_from_a_program_that_lacks_it(
    desk: Desk, setting: Setting, report: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "EDITIONS", (setting.plan.edition, "2031-2038"))
    with pytest.raises(DeskOfAnotherPlan) as caught:
        desk.takes(with_header(report, plan="2031-2038").signed(setting.amman.signer).packed())
    said = sentence(caught.value, catalogue("en"))
    assert "this desk was made for edition 2023-2030" in said.what
    assert "Open it on a desk for edition 2031-2038" in said.do


def test_a_fault_in_the_report_is_told_with_its_place(desk: Desk, setting: Setting, report: Inside) -> None:
    data = report["report.json"].replace(b'"commitment":5', b'"commitment":99')
    document, place, problem = malformed(desk, report.put("report.json", data), setting)
    assert (document, place, problem) == ("report.json", "entries[0].commitment", "unknown-commitment")


# -- 8: who may say such a thing --------------------------------------------------------------------------------


def test_a_unit_cannot_report_for_another(desk: Desk, setting: Setting, report: Inside) -> None:
    in_its_name = with_header(report, unit="UD")
    about_another = report.put("report.json", report["report.json"].replace(b'"unit":"AMM"', b'"unit":"ANK"'))
    for found, named in ((in_its_name, "UD"), (about_another, "ANK")):
        with pytest.raises(WrongUnit) as caught:
            desk.takes(found.signed(setting.amman.signer).packed())
        assert (caught.value.signer, caught.value.named) == ("AMM", named)


def test_the_year_is_one(desk: Desk, setting: Setting, report: Inside) -> None:
    assert malformed(desk, with_header(report, year=2025), setting) == ("report.json", "year", "inconsistent")


@pytest.mark.parametrize("kind", ["call", "reply"])
def test_a_trusted_unit_cannot_speak_for_the_authority(
    desk: Desk, setting: Setting, kind: str, request: pytest.FixtureRequest
) -> None:
    found: Inside = request.getfixturevalue(kind)
    with pytest.raises(WrongUnit):
        desk.takes(found.signed(setting.amman.signer).packed())
    with pytest.raises(NotTheAuthority) as caught:
        desk.takes(with_header(found, unit="AMM").signed(setting.amman.signer).packed())
    assert (caught.value.signer, caught.value.authority) == ("AMM", UD)


def test_a_call_names_the_authoritys_own_recipients(desk: Desk, setting: Setting, tmp_path: Path) -> None:
    """Or reports would be sealed to somebody else."""
    wrong = replace(setting.call, recipients=setting.amman.certificates)
    with pytest.raises(WrongUnit) as caught:
        desk.takes(container_of(setting, tmp_path, wrong))
    assert (caught.value.signer, caught.value.named) == ("UD", "AMM")


def test_a_reply_is_about_the_unit_it_is_sent_to(desk: Desk, setting: Setting, reply: Inside, tmp_path: Path) -> None:
    payload = setting.reply
    wrong = {
        "reply.unit": replace(payload, reply=replace(payload.reply, unit=UnitCode("ANK"))),
        "certificates": replace(payload, certificates=setting.ud.certificates),
    }
    places = []
    for changed in wrong.values():
        with pytest.raises(ContentMalformed) as caught:
            desk.takes(container_of(setting, tmp_path, changed))
        places.append(caught.value.place)
    assert places == list(wrong)
    with pytest.raises(ContentMalformed):
        desk.takes(with_header(reply, year=int(Year(2025))).signed(setting.ud.signer).packed())


def test_an_enrolment_is_intact_and_valid_and_not_trusted(desk: Desk, setting: Setting, request_: Inside) -> None:
    standing = desk.takes(request_.packed()).standing
    assert (standing.is_intact, standing.is_valid, standing.is_trusted) == (True, True, False)
    assert desk.takes_without_trust(request_.packed()).standing == standing


def test_an_enrolment_is_signed_by_the_key_it_asks_for(desk: Desk, setting: Setting, request_: Inside) -> None:
    """Or anyone who came by a request could send it on as his own."""
    other = replace(setting.amman, keys=UnitKeys.generate()).interim
    with pytest.raises(BadRequest):
        desk.takes(request_.signed(other).packed())


def test_an_enrolment_for_another_unit_is_refused(desk: Desk, setting: Setting, tmp_path: Path) -> None:
    request = make_request(UnitCode("ANK"), "Ambassaden i Ankara", "Kari", setting.amman.keys, NOW)
    with pytest.raises(WrongUnit) as caught:
        desk.takes(container_of(setting, tmp_path, replace(setting.request, request=request)))
    assert (caught.value.signer, caught.value.named) == ("AMM", "ANK")


def test_a_renewal_may_be_signed_by_the_key_it_replaces(desk: Desk, setting: Setting, request_: Inside) -> None:
    request = make_request(UnitCode("AMM"), "Ambassaden i Amman", "Kari", UnitKeys.generate(), NOW)
    data = encode_payload(replace(setting.request, request=request))
    renewal = request_.put("request.json", data)
    assert desk.takes(renewal.signed(setting.amman.signer).packed()).standing.is_trusted
    with pytest.raises(BadRequest):
        desk.takes(renewal.signed(setting.amman.interim).packed())


def test_a_request_without_proof_of_its_keys_is_refused(desk: Desk, setting: Setting, request_: Inside) -> None:
    other = make_request(UnitCode("AMM"), "Ambassaden i Amman", "Kari Nordmann", UnitKeys.generate(), NOW)
    mine = setting.amman.request
    mixed = replace(mine, csrs=(mine.csrs[0], mine.csrs[0], other.csrs[2]))
    data = encode_payload(replace(setting.request, request=mixed))
    with pytest.raises(BadRequest):
        desk.takes(request_.put("request.json", data).signed(setting.amman.interim).packed())
