"""The others' ways of taking in a bundle: pyHanko, and a process of openssl for every step of every bundle.

Each does what ours does, from the sealed file to a row that is on the disk: it unseals, checks the signature, the chain
to the root and the revocation lists, holds every file against its digest, and inserts into a store of the same kind.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from asn1crypto import cms  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from tests.bench.bare import BareStore, bare_store
from tests.bench.folder import receive_all
from tests.bench.importing import MISSIONS, exported, receive
from tests.bench.measuring import Benchmark, Work, ratio_of, seconds
from tests.bench.setting import office_in
from wpsdesk.bundle import manifest
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of, require_trust, unit_keys
from wpsdesk.trust.anchors import TrustSet


class Pyhanko:
    """Its own validation of the signature; the seal, which it does not know, by the libraries that it stands on."""

    def __init__(self, ud: Desk, bare: BareStore) -> None:
        self._ud, self._bare = ud, bare
        with ud.store.read() as tx:
            own, key = certificates_of(tx, CERTIFICATES, OWN), unit_keys(tx).sealing
            self._trust = require_trust(tx)
        assert own is not None
        self._serial, self._key = own.sealing.serial, key.native

    def work(self, path: Path) -> Work:
        """What is timed."""
        return partial(self._take, path)

    def _take(self, path: Path) -> None:
        container = _unsealed(path.read_bytes(), self._serial, self._key)
        with zipfile.ZipFile(io.BytesIO(container)) as archive:
            listed, signature = archive.read(manifest.NAME), archive.read(manifest.SIGNATURE_NAME)
            _require_digests(archive, listed)
        assert _is_signed(listed, signature, self._trust, self._ud.clock())
        self._bare.put(hashlib.sha256(container).hexdigest(), container)


def _unsealed(data: bytes, serial: int, key: ec.EllipticCurvePrivateKey) -> bytes:
    """What a seal holds (AuthEnvelopedData, RFC 5083), by asn1crypto and cryptography."""
    seal = cms.ContentInfo.load(data)["content"]
    (recipient,) = (
        each.chosen
        for each in seal["recipient_infos"]
        if each.chosen["recipient_encrypted_keys"][0]["rid"].chosen["serial_number"].native == serial
    )
    point = recipient["originator"].chosen["public_key"].native
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    wrapping = X963KDF(hashes.SHA256(), 32, _SHARED_INFO).derive(shared)
    content_key = aes_key_unwrap(wrapping, recipient["recipient_encrypted_keys"][0]["encrypted_key"].native)
    content = seal["auth_encrypted_content_info"]
    nonce = content["content_encryption_algorithm"]["parameters"].parsed[0].native
    sealed: bytes = content["encrypted_content"].native + seal["mac"].native
    return AESGCM(content_key).decrypt(nonce, sealed, None)


_SHARED_INFO: Final = bytes.fromhex("3015300b060960864801650304012da206040400000100")
"""ECC-CMS-SharedInfo (RFC 5753, 7.2) for a key of 256 bits by AES-256 key wrap."""


def _is_signed(listed: bytes, signature: bytes, trust: TrustSet, now: datetime) -> bool:
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(trust.root.der)],
        other_certs=[asn1_x509.Certificate.load(each.der) for each in trust.intermediates],
        crls=[each.der for each in trust.lists],
        allow_fetching=False,
        revocation_mode="require",
        moment=now,
    )
    status = asyncio.run(
        async_validate_detached_cms(
            listed,
            cms.ContentInfo.load(signature)["content"],
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
        )
    )
    return bool(status.intact and status.valid and status.trusted)


class Openssl:
    """``openssl cms -decrypt`` and ``openssl cms -verify``, a process each."""

    def __init__(self, ud: Desk, bare: BareStore, folder: Path) -> None:
        self._ud, self._bare, self._folder = ud, bare, folder
        folder.mkdir()
        with ud.store.read() as tx:
            own, key = certificates_of(tx, CERTIFICATES, OWN), unit_keys(tx).sealing
            (folder / "trust.pem").write_text(require_trust(tx).pem())
        assert own is not None
        assert key is not None
        (folder / "own.pem").write_text(own.sealing.pem)
        (folder / "key.pem").write_bytes(key.native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    def work(self, path: Path) -> Work:
        """What is timed."""
        return partial(self._take, path)

    def _take(self, path: Path) -> None:
        keys = ("-recip", "own.pem", "-inkey", "key.pem")
        self._cms("-decrypt", "-binary", "-inform", "DER", "-in", path, *keys, "-out", "container")
        container = (self._folder / "container").read_bytes()
        with zipfile.ZipFile(io.BytesIO(container)) as archive:
            listed = archive.read(manifest.NAME)
            (self._folder / "listed").write_bytes(listed)
            (self._folder / "signature").write_bytes(archive.read(manifest.SIGNATURE_NAME))
            _require_digests(archive, listed)
        self._cms(
            "-verify", "-binary", "-cades", "-inform", "DER", "-in", "signature", "-content", "listed",
            "-CAfile", "trust.pem", "-crl_check_all", "-purpose", "any",
            "-attime", str(int(self._ud.clock().timestamp())), "-out", "verified",
        )  # fmt: skip
        self._bare.put(hashlib.sha256(container).hexdigest(), container)

    def _cms(self, *options: str | Path) -> None:
        subprocess.run(["openssl", "cms", *map(str, options)], cwd=self._folder, check=True, capture_output=True)


def _require_digests(archive: zipfile.ZipFile, listed: bytes) -> None:
    found = manifest.listed_in(listed)
    assert found
    for file in found:
        assert hashlib.sha256(archive.read(file.name)).hexdigest() == file.digest


def measure_pyhanko(folder: Path, is_quick: bool) -> float:
    """Unit of work: our import of one bundle of 112 KB. Floor: the same job by pyHanko."""
    return _measure(folder, is_quick, Pyhanko)


def measure_openssl(folder: Path, is_quick: bool) -> float:
    """Unit of work: our import of one bundle of 112 KB. Floor: the same job by two processes of openssl."""
    return _measure(folder, is_quick, lambda ud, bare: Openssl(ud, bare, folder / "openssl"))


def measure_pyhanko_folder(folder: Path, is_quick: bool) -> float:
    """Unit of work: our import of a folder of bundles of 112 KB. Floor: the same job by pyHanko, one by one."""
    return _measure_folder(folder, is_quick, Pyhanko)


def measure_openssl_folder(folder: Path, is_quick: bool) -> float:
    """Unit of work: our import of a folder of bundles of 112 KB. Floor: the same job by openssl, one by one."""
    return _measure_folder(folder, is_quick, lambda ud, bare: Openssl(ud, bare, folder / "openssl"))


def _measure_folder(folder: Path, is_quick: bool, other: Callable[[Desk, BareStore], Pyhanko | Openssl]) -> float:
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        ud = office.ud(*MISSIONS)
        bundles = exported(office, ud, 12 if is_quick else 1000)
        theirs = other(ud, bare)
        below = sum(seconds(theirs.work(path)) for path in bundles)
        return seconds(partial(receive_all, ud, bundles)) / below


def _measure(folder: Path, is_quick: bool, other: Callable[[Desk, BareStore], Pyhanko | Openssl]) -> float:
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        ud = office.ud(*MISSIONS)
        bundles = exported(office, ud, 12 if is_quick else 120)
        theirs = other(ud, bare)

        def pairs() -> Iterator[tuple[Work, Work]]:
            for path in bundles:
                yield partial(receive, ud, path), theirs.work(path)

        return ratio_of(pairs())


_OURS: Final = "import of a sealed bundle of 112 KB"
_OURS_AT_ONCE: Final = "import of a folder of 1,000 sealed bundles of 112 KB"

BENCHMARKS = (
    Benchmark(
        name="import-or-pyhanko",
        unit_of_work=_OURS,
        floor="the same unsealed, validated by pyHanko, its files held against their digests, and inserted",
        budget=1 / 3,
        measure=measure_pyhanko,
    ),
    Benchmark(
        name="import-or-openssl",
        unit_of_work=_OURS,
        floor="the same by openssl, one process that unseals and one that verifies, its files as well, and inserted",
        budget=1 / 3,
        measure=measure_openssl,
    ),
    Benchmark(
        name="folder-or-pyhanko",
        unit_of_work=_OURS_AT_ONCE,
        floor="each of them by pyHanko, as above",
        budget=1 / 3,
        measure=measure_pyhanko_folder,
    ),
    Benchmark(
        name="folder-or-openssl",
        unit_of_work=_OURS_AT_ONCE,
        floor="each of them by two processes of openssl, as above",
        budget=1 / 3,
        measure=measure_openssl_folder,
    ),
)
