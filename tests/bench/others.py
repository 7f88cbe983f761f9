"""The others' ways of taking in a bundle: pyHanko, and a process of openssl for every step of every bundle."""

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
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from tests.bench.bare import BareStore, bare_store
from tests.bench.importing import exported, receive
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import office_in
from wpsdesk.bundle import manifest
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of, opening_keys, require_trust, unit_keys
from wpsdesk.trust.anchors import TrustSet


class Pyhanko:
    """Its own validation of the signature; the seal, which it does not know, is opened beforehand and not counted."""

    def __init__(self, ud: Desk, bare: BareStore) -> None:
        self._ud, self._bare = ud, bare
        with ud.store.read() as tx:
            self._trust, self._keys = require_trust(tx), opening_keys(tx)

    def work(self, path: Path) -> Work:
        """What is timed."""
        with sealed_bundle(path) as sealed:
            container = b"".join(open_bundle(sealed, self._keys).container())
        return partial(self._take, container, self._ud.clock())

    def _take(self, container: bytes, now: datetime) -> None:
        with zipfile.ZipFile(io.BytesIO(container)) as archive:
            listed, signature = archive.read(manifest.NAME), archive.read(manifest.SIGNATURE_NAME)
            _require_digests(archive, listed)
        assert _is_signed(listed, signature, self._trust, now)
        self._bare.put(hashlib.sha256(container).hexdigest(), container)


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
    """Unit of work: our import of one bundle of 112 KB. Floor: pyHanko's validation of it, and the insert."""
    return _measure(folder, is_quick, Pyhanko)


def measure_openssl(folder: Path, is_quick: bool) -> float:
    """Unit of work: our import of one bundle of 112 KB. Floor: two processes of openssl, and the insert."""
    return _measure(folder, is_quick, lambda ud, bare: Openssl(ud, bare, folder / "openssl"))


def _measure(folder: Path, is_quick: bool, other: Callable[[Desk, BareStore], Pyhanko | Openssl]) -> float:
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        ud = office.ud()
        bundles = exported(office, ud, 12 if is_quick else 120)
        theirs = other(ud, bare)

        def pairs() -> Iterator[tuple[Work, Work]]:
            for path in bundles:
                yield partial(receive, ud, path), theirs.work(path)

        return ratio_of(pairs())


_OURS: Final = "import of a sealed bundle of 112 KB"

BENCHMARKS = (
    Benchmark(
        name="import-or-pyhanko",
        unit_of_work=_OURS,
        floor="the same, without its seal, validated by pyHanko and inserted",
        budget=1 / 3,
        measure=measure_pyhanko,
    ),
    Benchmark(
        name="import-or-openssl",
        unit_of_work=_OURS,
        floor="the same by openssl, one process that opens and one that verifies, and inserted",
        budget=1 / 3,
        measure=measure_openssl,
    ),
)
