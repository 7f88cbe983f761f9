"""What we write, openssl, unzip and pyHanko accept; what they refuse, we refuse. And the auditor's script holds."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from tests.bundle.forging import Inside, container_of, inside, outcome
from tests.bundle.setting import MINUTES, NOW, PHOTO, Setting
from wpsdesk.assets import resource
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle import manifest
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.sealing import seal
from wpsdesk.bundle.signing import read_signature, sign_manifest
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Authority, Revoked, revocation_lists
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.issuing import Issuer, Subject, make_certificate, role_usage, unit_subject
from wpsdesk.trust.keys import PrivateKey
from wpsdesk.trust.parsing import Role, certificate_facts

PICTURE_NAME = "evidence/001_bilde-fra-motet.png"


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, check=False)


def pem(key: PrivateKey) -> bytes:
    return key.native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True)
class Auditor:
    """Somebody with openssl, unzip and a shell, and UD's root and lists in one file."""

    folder: Path
    trust: TrustSet

    def accepts(self, container: bytes, at: datetime = NOW) -> bool:
        (self.folder / "bundle.asice").write_bytes(container)
        (self.folder / "trust.pem").write_text(self.trust.pem())
        script, moment = resource("verify", "verify.sh"), str(int(at.timestamp()))
        done = run(self.folder, "sh", script, "bundle.asice", "trust.pem", "-attime", moment)
        assert done.returncode in (0, 1), done
        return done.returncode == 0


@pytest.fixture
def auditor(setting: Setting, tmp_path: Path) -> Auditor:
    folder = tmp_path / "auditor"
    folder.mkdir()
    return Auditor(folder, setting.trust)


def pyhanko_accepts(found: Inside, trust: TrustSet) -> bool:
    """Its own validation, revocation required, nothing from the system or the network."""
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(trust.root.der)],
        other_certs=[asn1_x509.Certificate.load(each.der) for each in trust.intermediates],
        crls=[each.der for each in trust.lists],
        allow_fetching=False,
        revocation_mode="require",
        moment=NOW,
    )
    signed = cms.ContentInfo.load(found[manifest.SIGNATURE_NAME], strict=True)["content"]
    status = asyncio.run(
        async_validate_detached_cms(
            found[manifest.NAME],
            signed,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
        )
    )
    return bool(status.intact and status.valid and status.trusted)


@pytest.mark.parametrize("kind", ["call", "report", "reply"])
def test_the_auditors_script_accepts_what_we_write(
    setting: Setting, tmp_path: Path, auditor: Auditor, kind: str
) -> None:
    assert auditor.accepts(container_of(setting, tmp_path, getattr(setting, kind)))


def swapped(found: Inside) -> Inside:
    return found.put(PICTURE_NAME, found[PICTURE_NAME][:-1] + b"!")


def unlisted(found: Inside) -> Inside:
    entries = list(found.entries)
    entries.insert(4, ("evidence/002_extra.png", b"x"))
    return Inside(entries=tuple(entries))


def missing(found: Inside) -> Inside:
    return Inside(entries=tuple((name, data) for name, data in found.entries if name != PICTURE_NAME))


def relisted(found: Inside) -> Inside:
    return found.put(manifest.NAME, found[manifest.NAME].replace(b"image/png", b"image/gif"))


def unsigned(found: Inside) -> Inside:
    return Inside(entries=found.entries[:-1])


@pytest.mark.parametrize("change", [swapped, unlisted, missing, relisted, unsigned])
def test_what_was_changed_is_refused_by_the_script_and_by_us(
    setting: Setting, tmp_path: Path, auditor: Auditor, change: Callable[[Inside], Inside]
) -> None:
    changed = change(inside(container_of(setting, tmp_path, setting.report))).packed()
    path = tmp_path / "changed"
    path.write_bytes(changed)
    assert not auditor.accepts(changed)
    with pytest.raises(WpsError):
        outcome(path, (), setting)


def test_a_changed_byte_is_refused_by_the_script(setting: Setting, tmp_path: Path, auditor: Auditor) -> None:
    container = container_of(setting, tmp_path, setting.report)
    changed = bytearray(container)
    changed[container.index(b"\x89PNG") + 100] ^= 1
    assert not auditor.accepts(bytes(changed))


def test_strangers_and_revoked_keys_are_refused_by_the_script(setting: Setting, tmp_path: Path) -> None:
    container = container_of(setting, tmp_path, setting.report)
    serial = setting.amman.certificates.signing.serial
    revoked = setting.authority.trust(revocation_lists(setting.authority, (Revoked(serial=serial, when=NOW),), 2, NOW))
    assert not Auditor(tmp_path, revoked).accepts(container)
    assert not Auditor(tmp_path, setting.strange_trust).accepts(container)


def test_ten_years_later_the_script_judges_by_the_day_it_is_told(
    setting: Setting, tmp_path: Path, auditor: Auditor
) -> None:
    container = container_of(setting, tmp_path, setting.report)
    assert auditor.accepts(container, NOW)
    assert not auditor.accepts(container, NOW.replace(year=2037))


def test_pyhanko_accepts_our_signatures_and_no_changed_ones(setting: Setting, tmp_path: Path) -> None:
    for payload in (setting.call, setting.report, setting.reply):
        found = inside(container_of(setting, tmp_path, payload))
        assert pyhanko_accepts(found, setting.trust)
        assert not pyhanko_accepts(relisted(found).put(PICTURE_NAME, b""), setting.trust)
        assert not pyhanko_accepts(found, setting.strange_trust)


def test_unzip_finds_no_fault_with_the_container(setting: Setting, tmp_path: Path) -> None:
    (tmp_path / "a.asice").write_bytes(container_of(setting, tmp_path, setting.report))
    assert run(tmp_path, "unzip", "-tq", "a.asice").returncode == 0


def test_openssl_opens_the_seal_with_either_key(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "sealed", setting.report, PHOTO, MINUTES)
    with sealed_bundle(written.path) as bundle:
        container = b"".join(open_bundle(bundle, setting.ud.opening).container())
    for role in (Role.SEALING, Role.RECOVERY):
        (tmp_path / "key.pem").write_bytes(pem(setting.ud.keys.of(role)))
        (tmp_path / "certificate.pem").write_text(setting.ud.certificates.of(role).pem)
        done = run(
            tmp_path, "openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed",
            "-recip", "certificate.pem", "-inkey", "key.pem", "-out", "out",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "out").read_bytes() == container


def test_openssl_opens_what_is_sealed_for_two_desks_with_each_of_their_keys(setting: Setting, tmp_path: Path) -> None:
    with (tmp_path / "sealed").open("wb") as stream:
        seal((b"to both",), 7, (*setting.ud.recipients, *setting.amman.recipients), stream.write)
    for party in (setting.ud, setting.amman):
        for role in (Role.SEALING, Role.RECOVERY):
            (tmp_path / "key.pem").write_bytes(pem(party.keys.of(role)))
            (tmp_path / "certificate.pem").write_text(party.certificates.of(role).pem)
            done = run(
                tmp_path, "openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed",
                "-recip", "certificate.pem", "-inkey", "key.pem", "-out", "out",
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert (tmp_path / "out").read_bytes() == b"to both"


def test_openssl_refuses_a_broken_seal_as_we_do(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "sealed", setting.report)
    broken = bytearray(written.path.read_bytes())
    broken[-40] ^= 1
    (tmp_path / "broken").write_bytes(broken)
    (tmp_path / "key.pem").write_bytes(pem(setting.ud.keys.sealing))
    done = run(
        tmp_path, "openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "broken", "-inkey", "key.pem"
    )
    assert done.returncode != 0
    with pytest.raises(WpsError):
        outcome(tmp_path / "broken", setting.ud.opening, setting)


def test_the_signature_is_der_that_a_strict_reader_writes_back_the_same(setting: Setting) -> None:
    data = sign_manifest(b"a list", setting.amman.signer, NOW)
    read = cms.ContentInfo.load(data, strict=True)
    info = read["content"]["signer_infos"][0]
    kinds = {attribute["type"].native for attribute in info["signed_attrs"]}
    assert kinds == {"content_type", "signing_time", "message_digest", "signing_certificate_v2"}
    assert info["signed_attrs"].untag().dump(force=True)[2:] in data  # sorted as DER wants it
    assert read.copy().dump(force=True) == data


# -- a bought certificate --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EnterpriseSigner:
    """An RSA key with a certificate under our root, as a bought enterprise certificate would sign."""

    key: rsa.RSAPrivateKey
    certificate: Certificate
    chain: tuple[Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def enterprise(setting: Setting, authority: Authority) -> EnterpriseSigner:
    key = rsa.generate_private_key(65537, 3072)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    subject = Subject(name=unit_subject(setting.amman.unit, "Ambassaden i Amman", Role.SIGNING), public=public)
    issuer = Issuer(key=authority.issuing_key, certificate=authority.issuing)
    until = NOW.replace(year=2029)
    certificate = make_certificate(subject, issuer, role_usage(Role.SIGNING), now=NOW, until=until)
    return EnterpriseSigner(key, certificate, (authority.issuing,))


def test_an_rsa_signature_is_taken_by_us_and_by_the_others(setting: Setting, tmp_path: Path, auditor: Auditor) -> None:
    signer = enterprise(setting, setting.authority)
    found = inside(container_of(setting, tmp_path, setting.report)).signed(signer)
    (tmp_path / "b").write_bytes(found.packed())
    assert outcome(tmp_path / "b", (), setting).standing.is_trusted
    assert auditor.accepts(found.packed())
    assert pyhanko_accepts(found, setting.trust)
    changed = bytearray(found[manifest.SIGNATURE_NAME])
    changed[-1] ^= 1
    with pytest.raises(WpsError):
        read_signature(bytes(changed), found[manifest.NAME])


def test_the_recipients_are_named_as_their_certificates_name_them(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "sealed", setting.report)
    enveloped = cms.ContentInfo.load(written.path.read_bytes(), strict=True)["content"]
    serials = set()
    for info in enveloped["recipient_infos"]:
        (key,) = info.chosen["recipient_encrypted_keys"]
        serials.add(key["rid"].chosen["serial_number"].native)
    parsed: list[x509.Certificate] = [certificate_facts(each.der).parsed for each in setting.ud.recipients]
    assert serials == {each.serial_number for each in parsed}
