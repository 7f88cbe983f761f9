"""Every way of spoiling a bundle, held before every witness there is: whatever one of them refuses, we refuse.

The witnesses are openssl (the auditor's script: signature, path, lists, digests), pyHanko, unzip, Python's own reader
of zips, Java's, libarchive's, a strict reader of DER and one of XML. Those that are not on this machine are left out.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]
from lxml import etree

from tests.bundle.apart import EXTRA, apart
from tests.bundle.forging import Inside, container_of, directory_start, flipped, inside, outcome, patched, sealed_bytes
from tests.bundle.setting import NOW, Setting
from tests.bundle.test_witnesses import PICTURE_NAME, Auditor, pem, pyhanko_accepts
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle import manifest
from wpsdesk.bundle.der import SEQUENCE, tlv
from wpsdesk.bundle.manifest import manifest_xml
from wpsdesk.trust.parsing import Role

LISTING, SIGNATURE = manifest.NAME, manifest.SIGNATURE_NAME
Spoil = Callable[[Setting, bytes], bytes]


def _inside(change: Callable[[Setting, Inside], Inside]) -> Spoil:
    return lambda setting, data: change(setting, inside(data)).packed()


def _resigned(listing: Callable[[bytes], bytes]) -> Spoil:
    def change(setting: Setting, found: Inside) -> Inside:
        return found.signed(setting.amman.signer, listing=listing(found[LISTING]))

    return _inside(change)


def _added(found: Inside, at: int, name: str, data: bytes) -> Inside:
    entries = list(found.entries)
    entries.insert(at, (name, data))
    return Inside(entries=tuple(entries))


SPOILINGS: dict[str, Spoil] = {
    "a byte of a picture": lambda _, data: flipped(data, data.index(b"\x89PNG") + 100),
    "a byte of a packed report": lambda _, data: flipped(data, data.index(b"report.json") + 40),
    "a byte of the signature": lambda _, data: flipped(data, data.index(SIGNATURE.encode()) + len(SIGNATURE) + 60),
    "another picture": _inside(lambda _, found: found.put(PICTURE_NAME, found[PICTURE_NAME][:-1] + b"!")),
    "another report": _inside(lambda _, found: found.put("report.json", found["report.json"].replace(b"5", b"6", 1))),
    "one file more": _inside(lambda _, found: _added(found, 4, "evidence/002_x.png", b"x")),
    "one file less": _inside(lambda _, found: Inside(entries=tuple(e for e in found.entries if e[0] != PICTURE_NAME))),
    "no signature": _inside(lambda _, found: Inside(entries=found.entries[:-1])),
    "no list": _inside(lambda _, found: Inside(entries=tuple(e for e in found.entries if e[0] != LISTING))),
    "two signatures": _inside(
        lambda _, found: _added(found, len(found.entries), "META-INF/signature002.p7s", found[SIGNATURE])
    ),
    "another list": _inside(lambda _, found: found.put(LISTING, found[LISTING].replace(b"image/png", b"image/gif"))),
    "a signed list without the picture": lambda setting, data: inside(data)
    .signed(setting.amman.signer, listing=manifest_xml(inside(data).listed()[:2])).packed(),
    "a signed list of a file that is not there": lambda setting, data: inside(data)
    .signed(setting.amman.signer, listing=manifest_xml((*inside(data).listed(), replace(inside(data).listed()[2],
            name="evidence/002_x.png")))).packed(),
    "a signed list that breaks off": _resigned(lambda xml: xml.replace(b"</asic:ASiCManifest>\n", b"")),
    "a signed list with a doctype": _resigned(lambda xml: xml.replace(b"\n", b"\n<!DOCTYPE x SYSTEM 'x'>\n", 1)),
    "a signed list with a remark": _resigned(lambda xml: xml.replace(b"\n", b"\n<!-- x -->\n", 1)),
    "a stranger's signature": _inside(lambda setting, found: found.signed(setting.stranger.signer)),
    "a signature that nobody vouches for": _inside(lambda setting, found: found.signed(setting.amman.interim)),
    "a signature with an attribute more": _inside(lambda _, found: found.put(SIGNATURE, replace(
        apart(found[SIGNATURE]), attributes=apart(found[SIGNATURE]).attributes + EXTRA).whole())),
    "an unsigned attribute": _inside(lambda _, found: found.put(
        SIGNATURE, apart(found[SIGNATURE]).whole(unsigned=tlv(0xA1, EXTRA)))),
    "two signers": _inside(lambda _, found: found.put(SIGNATURE, apart(found[SIGNATURE]).whole(signers=2))),
    "no certificates": _inside(lambda _, found: found.put(
        SIGNATURE, replace(apart(found[SIGNATURE]), certificates=()).whole())),
    "something else for a signature": _inside(lambda _, found: found.put(SIGNATURE, tlv(SEQUENCE, b"\x02\x01\x01"))),
    "a byte behind the signature": _inside(lambda _, found: found.put(SIGNATURE, found[SIGNATURE] + b"\0")),
    "cut off": lambda _, data: data[:-60],
    "cut off inside": lambda _, data: data[: len(data) // 2],
    "a byte behind it": lambda _, data: data + b"\0",
    "something before it": lambda _, data: b"#!/bin/sh\n" + data,
    "a wrong checksum": lambda _, data: patched(data, "report.json", {"crc": 1}),
    "a wrong size": lambda _, data: patched(data, "report.json", {"size": 7}),
    "another name in front": lambda _, data: data.replace(b"report.json", b"rep0rt.json", 1),
    "a register that lies elsewhere": lambda _, data: data[:-6] + (directory_start(data) + 9).to_bytes(4, "little")
    + data[-2:],
    "encrypted": lambda _, data: patched(data, PICTURE_NAME, {"flags": 1}),
    "an unknown packing": lambda _, data: patched(data, PICTURE_NAME, {"method": 97}),
    "another sort of container": _inside(lambda _, found: found.put("mimetype", b"application/epub+zip")),
}  # fmt: skip


# Where all the witnesses together are more lenient than we are.
LENIENT = {
    "a signed list with a doctype", "a signed list with a remark", "a byte behind it", "an unsigned attribute",
    "a signature with an attribute more", "another name in front",
}  # fmt: skip


@dataclass(frozen=True)
class Court:
    """The witnesses, and where they work."""

    setting: Setting
    folder: Path

    def verdicts(self, data: bytes) -> dict[str, bool]:
        """Which witness accepts the container."""
        (self.folder / "a.zip").write_bytes(data)
        asked: dict[str, Callable[[], bool]] = {
            "openssl": partial(Auditor(self.folder, self.setting.trust).accepts, data),
            "unzip": partial(self._runs, "unzip", "-tqq", "a.zip"),
            "zipfile": partial(_zipfile_accepts, data),
            "pyhanko": partial(_of_contents, data, lambda found: pyhanko_accepts(found, self.setting.trust)),
            "der": partial(_of_contents, data, _der_accepts),
            "xml": partial(_of_contents, data, _xml_accepts),
        }
        if shutil.which("jar"):
            asked["java"] = partial(self._runs, "jar", "tf", "a.zip")
        if shutil.which("bsdtar"):
            asked["libarchive"] = partial(self._runs, "bsdtar", "-xOf", "a.zip")
        return {name: ask() for name, ask in asked.items()}

    def _runs(self, *command: str) -> bool:
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=False).returncode == 0


def _zipfile_accepts(data: bytes) -> bool:
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            warnings.simplefilter("error")
            return archive.testzip() is None
    except Exception:  # noqa: BLE001 (whatever it says, it does not accept)
        return False


def _of_contents(data: bytes, accepts: Callable[[Inside], bool]) -> bool:
    """What is in it, where anything can be got out of it at all."""
    try:
        return accepts(inside(data))
    except Exception:  # noqa: BLE001
        return False


def _der_accepts(found: Inside) -> bool:
    read = cms.ContentInfo.load(found[SIGNATURE], strict=True)
    return bool(read.copy().dump(force=True) == found[SIGNATURE])


def _xml_accepts(found: Inside) -> bool:
    etree.fromstring(found[LISTING], etree.XMLParser(resolve_entities=False, no_network=True))
    return True


@pytest.fixture
def court(setting: Setting, tmp_path: Path) -> Court:
    folder = tmp_path / "court"
    folder.mkdir()
    return Court(setting, folder)


@pytest.fixture(scope="module")
def good(setting: Setting, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return container_of(setting, tmp_path_factory.mktemp("good"), setting.report)


def we_accept(setting: Setting, folder: Path, data: bytes) -> bool:
    path = folder / "arrived"
    path.write_bytes(data)
    try:
        return bool(outcome(path, (), setting).standing.is_trusted)
    except WpsError:
        return False


def test_every_witness_accepts_what_we_write(court: Court, good: bytes) -> None:
    verdicts = court.verdicts(good)
    assert all(verdicts.values()), verdicts
    assert len(verdicts) >= 6


@pytest.mark.parametrize("name", SPOILINGS)
def test_whatever_any_witness_refuses_we_refuse(setting: Setting, court: Court, good: bytes, name: str) -> None:
    spoilt = SPOILINGS[name](setting, good)
    assert spoilt != good
    verdicts, ours = court.verdicts(spoilt), we_accept(setting, court.folder, spoilt)
    assert not ours, "we refuse everything that has been spoilt"
    assert name in LENIENT or not all(verdicts.values()), "a witness sees it too"


@pytest.mark.parametrize("role", [Role.SEALING, Role.RECOVERY])
@pytest.mark.parametrize("position", [-1, -20, -200, 900])
def test_a_broken_seal_is_refused_by_openssl_with_either_key_and_by_us(
    setting: Setting, court: Court, good: bytes, role: Role, position: int
) -> None:
    sealed = sealed_bytes(good, setting.ud.recipients)
    (court.folder / "key.pem").write_bytes(pem(setting.ud.keys.of(role)))
    (court.folder / "certificate.pem").write_text(setting.ud.certificates.of(role).pem)
    keys = setting.ud.opening if role is Role.SEALING else setting.ud.recovering

    def openssl_opens(data: bytes) -> bool:
        (court.folder / "sealed").write_bytes(data)
        done = subprocess.run(
            ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed", "-recip", "certificate.pem",
             "-inkey", "key.pem", "-out", "out"],
            cwd=court.folder, capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode == 0

    def we_open(data: bytes) -> bool:
        path = court.folder / "arrived"
        path.write_bytes(data)
        try:
            return outcome(path, keys, setting, at=NOW).standing.is_trusted is True
        except WpsError:
            return False

    assert openssl_opens(sealed)
    assert (court.folder / "out").read_bytes() == good
    assert we_open(sealed)
    broken = flipped(sealed, position)
    assert not openssl_opens(broken)
    assert not we_open(broken)
