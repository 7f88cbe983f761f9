"""What is fuzzed: a reader each, and what must hold of whatever it accepts.

A target returns whether it took the bytes. It raises nothing: a fault of ours (WpsError) is a refusal, and every
other exception, or an assertion that does not hold, is a finding.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.bundle.forging import Inside, inside, sealed_bytes
from tests.bundle.setting import NOW, Setting
from tests.vectors.making import FOLDER, RIGHT, WRONG
from tests.vectors.setting import read_setting
from tests.vectors.spoiling import Room
from tests.vectors.spoiling_documents import GOOD, WORDS
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest, Year
from wpsdesk.bundle import limits, manifest
from wpsdesk.bundle.manifest import listed_in, manifest_xml
from wpsdesk.bundle.model import header_from, header_to_json
from wpsdesk.bundle.opening import OpenedBundle, open_bundle, sealed_bundle
from wpsdesk.bundle.parts import index_bytes, index_from
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.bundle.payloads import encode_payload, payload_from
from wpsdesk.bundle.plaintext import InMemory
from wpsdesk.bundle.signing import read_signature
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.zipreading import directory_of, unpacked
from wpsdesk.intake.aid import AidFound
from wpsdesk.intake.aid_activities import read_aid_activities
from wpsdesk.intake.aid_table import read_aid_table
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan
from wpsdesk.report.aid import AidStatistics, aid_from, aid_to_bytes
from wpsdesk.report.answers import FORMAT, MAX_BYTES, answers_from
from wpsdesk.trust.anchors import trust_from, trust_to_json
from wpsdesk.trust.bought import read_pkcs12
from wpsdesk.trust.certificates import certificates_from, certificates_to_json

Run = Callable[[bytes], None]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A reader. ``run`` raises WpsError where it refuses; ``seeds`` are bytes to begin with."""

    name: str
    run: Run
    seeds: Callable[[], list[bytes]]
    is_json: bool = False

    def takes(self, data: bytes) -> bool:
        """Whether the bytes are taken. Raises only what is a finding."""
        try:
            self.run(data)
        except WpsError:
            return False
        return True


@cache
def _setting() -> Setting:
    return read_setting(WRONG)


@cache
def _plan() -> Plan:
    return load_plan()


@cache
def _scratch() -> Path:
    """A folder in memory where there is one: files come and go a thousand times a second."""
    shared = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="wps-fuzz-", dir=shared if shared.is_dir() else None))


def _in_a_file(data: bytes) -> Path:
    path = _scratch() / "arrived"
    path.write_bytes(data)
    return path


def _bundles() -> list[bytes]:
    paths = (*FOLDER.glob("wps-bundle-1/*.asice*"), *RIGHT.glob("*.asice*"), *WRONG.glob("*.asice*"))
    return [path.read_bytes() for path in paths if path.stat().st_size < 20_000]


# -- the container, its manifest and its signature ---------------------------------------------------------------


def _zip(data: bytes) -> None:
    """Whatever is taken, every other reader of zips sees the same files in it."""
    plaintext = InMemory(data)
    entries = directory_of(plaintext)
    if sum(entry.size for entry in entries) > 64 * limits.MIB:
        return
    read = {entry.name: b"".join(unpacked(plaintext, entry)) for entry in entries}
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert other.namelist() == list(read)
        assert all(other.read(name) == content for name, content in read.items())


def _containers() -> list[bytes]:
    return [data for data in _bundles() if data.startswith(b"PK")]


def _manifest(data: bytes) -> None:
    assert manifest_xml(listed_in(data)) == data


@cache
def _insides() -> tuple[Inside, ...]:
    return tuple(inside(path.read_bytes()) for path in sorted(RIGHT.glob("*.asice")))


def _manifests() -> list[bytes]:
    wrong = map(inside, (path.read_bytes() for path in WRONG.glob("manifest-*.asice")))
    return [found[manifest.NAME] for found in (*_insides(), *wrong)]


def _signature(data: bytes) -> None:
    """By whoever it is, it is over this list, by the key in that certificate."""
    for found in _insides():
        try:
            signed = read_signature(data, found[manifest.NAME])
        except WpsError:
            continue
        genuine = read_signature(found[manifest.SIGNATURE_NAME], found[manifest.NAME])
        assert (signed.signer, signed.signed_at) == (genuine.signer, genuine.signed_at)
        return
    raise WpsError


def _signatures() -> list[bytes]:
    wrong = map(inside, (path.read_bytes() for path in WRONG.glob("signature-*.asice")))
    return [found[manifest.SIGNATURE_NAME] for found in (*_insides(), *wrong)]


# -- the seal ----------------------------------------------------------------------------------------------------


def _opened(data: bytes) -> tuple[OpenedBundle, str]:
    ud, amman = _setting().ud, _setting().amman
    with sealed_bundle(_in_a_file(data)) as sealed:
        opened = open_bundle(sealed, ud.opening + ud.recovering + amman.opening)
        return opened, hashlib.sha256(b"".join(map(bytes, opened.container()))).hexdigest()


@cache
def _sealed_before() -> frozenset[str]:
    """The containers that were ever sealed for these desks."""
    known = set()
    for data in _seals():
        try:
            known.add(_opened(data)[1])
        except WpsError:
            continue
    return frozenset(known)


def _seal(data: bytes) -> None:
    """What comes out of a seal is what was sealed; nobody can make it another."""
    known = _sealed_before()
    opened, digest = _opened(data)
    assert not opened.sealed.is_sealed or digest in known


def _seals() -> list[bytes]:
    wrong = [path.read_bytes() for path in WRONG.glob("*.asice.cms") if path.stat().st_size < 20_000]
    mended = (WRONG / "trailing.asice.cms").read_bytes()[:-1]  # what most of the spoilt ones were before
    return [sealed_bytes(_good().packed(), _setting().ud.recipients), mended, *wrong]


@cache
def _good() -> Inside:
    """A container of which nothing is wrong but that it is looked at too late."""
    return inside((WRONG / "signer-old-list.asice").read_bytes())


# -- whole bundles -----------------------------------------------------------------------------------------------


def _verified(data: bytes) -> VerifiedBundle:
    with sealed_bundle(_in_a_file(data)) as sealed:
        found = verify_bundle(open_bundle(sealed, _setting().ud.opening), _setting().trust, _plan(), NOW)
        for file in found.header.files:
            for _ in found.read(file.name):
                pass
        return found


@cache
def _said() -> frozenset[bytes]:
    """Every payload that these desks have signed, in vectors that are taken."""
    said = set()
    for data in _own_bundles():
        try:
            said.add(_verified(data).payload_bytes)
        except WpsError:
            continue
    return frozenset(said)


def _bundle(data: bytes) -> None:
    known = _said()
    assert _verified(data).payload_bytes in known


def _own_bundles() -> list[bytes]:
    return [path.read_bytes() for path in WRONG.glob("*.asice*") if path.stat().st_size < 20_000]


def _contents(data: bytes) -> None:
    """A report under a good signature, with whatever header: checks 7 and 8."""
    signed = _good().put("bundle.json", data).signed(_setting().amman.signer)
    verified = _verified(signed.packed())
    assert canonical_json(header_to_json(verified.header)) == data


# -- documents ---------------------------------------------------------------------------------------------------


def _payload(name: str) -> Run:
    def run(data: bytes) -> None:
        payload = payload_from(load_json(data, limit=limits.PAYLOAD_JSON), name, _plan())
        written = encode_payload(payload)
        assert payload_from(load_json(written, limit=limits.PAYLOAD_JSON), name, _plan()) == payload
        assert encode_payload(payload_from(load_json(written, limit=limits.PAYLOAD_JSON), name, _plan())) == written

    return run


def _documents(name: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        found = [GOOD[name](Room(_setting(), _scratch()))]
        found += [each[name] for each in _insides() if name in each.names]
        stem = name.removesuffix(".json")
        found += [path.read_bytes() for path in WRONG.glob(f"{stem}-*.json") if path.stat().st_size < 20_000]
        for path in WRONG.glob("*.asice"):
            found += _document_in(path, name)
        return found

    return seeds


def _document_in(path: Path, name: str) -> list[bytes]:
    try:
        entries = inside(path.read_bytes())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return []
    return [entries[name]] if name in entries.names else []


def _header(data: bytes) -> None:
    header = header_from(load_json(data, limit=limits.HEADER_JSON))
    assert header_from(load_json(canonical_json(header_to_json(header)), limit=limits.HEADER_JSON)) == header


def _index(data: bytes) -> None:
    found = index_from(data)
    assert index_bytes(found) == data
    assert sum(found.size_of(number) for number in range(1, found.count + 1)) == sum(f.size for f in found.files)


def _part(data: bytes) -> None:
    """Another reader of zips sees the same in it."""
    with open_part(_in_a_file(data)) as part:
        read = b"".join(part.data())
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert other.namelist() == ["index.json", "data"]
        assert other.read("data") == read
        assert other.read("index.json") == index_bytes(part.index)


def _parts() -> list[bytes]:
    return [path.read_bytes() for folder in (RIGHT, WRONG) for path in folder.glob("*.wpspart")]


def _trust(data: bytes) -> None:
    found = trust_from(load_json(data, limit=limits.PAYLOAD_JSON))
    assert trust_from(load_json(canonical_json(trust_to_json(found)), limit=limits.PAYLOAD_JSON)) == found
    assert found.root_fingerprint


def _trusts() -> list[bytes]:
    names = ("trust*.json", "list-*.json", "lists-*.json")
    return [path.read_bytes() for name in names for path in WRONG.glob(name) if path.stat().st_size < 20_000]


def _certificates(data: bytes) -> None:
    found = certificates_from(load_json(data, limit=limits.PAYLOAD_JSON))
    again = certificates_from(load_json(canonical_json(certificates_to_json(found)), limit=limits.PAYLOAD_JSON))
    assert again == found
    assert found.unit


def _certificate_files() -> list[bytes]:
    return [path.read_bytes() for path in WRONG.glob("certificate*.json")] + [
        canonical_json(certificates_to_json(party.certificates)) for party in (_setting().ud, _setting().amman)
    ]


def _answers(data: bytes) -> None:
    answers_from(load_json(data, limit=MAX_BYTES), _plan())


def _answer_files() -> list[bytes]:
    entries = [load_json(data, limit=1 << 20).value["entries"] for data in _documents("report.json")()[:1]]
    return [canonical_json({"format": FORMAT, "unit": "AMM", "ready": True, "entries": each}) for each in entries]


def _pkcs12(data: bytes) -> None:
    assert read_pkcs12(data, WORDS).key.public


def _pkcs12s() -> list[bytes]:
    return [path.read_bytes() for path in WRONG.glob("*.p12")]


def _aid(read: Callable[[bytes, Plan, Year, str], AidFound]) -> Run:
    """Whatever is taken is the same after it has been in the store."""

    def run(data: bytes) -> None:
        found = read(data, _plan(), Year(2026), "NOK")
        if found.rows:
            kept = AidStatistics(
                year=found.year, currency=found.currency, source="", shape=found.shape, digest=Digest("0" * 64),
                loaded_at=NOW, rows=found.rows,
            )  # fmt: skip
            assert aid_from(aid_to_bytes(kept)) == kept

    return run


def _aid_files(*endings: str) -> Callable[[], list[bytes]]:
    return lambda: [p.read_bytes() for ending in endings for p in FOLDER.glob(f"aid/*/*.{ending}")]


def _document(name: str) -> Target:
    stem = name.removesuffix(".json")
    return Target(name=stem, run=_payload(name), seeds=_documents(name), is_json=True)


TARGETS: Final[dict[str, Target]] = {
    target.name: target
    for target in (
        Target(name="zip", run=_zip, seeds=_containers),
        Target(name="manifest", run=_manifest, seeds=_manifests),
        Target(name="signature", run=_signature, seeds=_signatures),
        Target(name="seal", run=_seal, seeds=_seals),
        Target(name="bundle", run=_bundle, seeds=_own_bundles),
        Target(name="contents", run=_contents, seeds=_documents("bundle.json"), is_json=True),
        Target(name="header", run=_header, seeds=_documents("bundle.json"), is_json=True),
        Target(name="index", run=_index, seeds=_documents("index.json"), is_json=True),
        Target(name="part", run=_part, seeds=_parts),
        Target(name="trust", run=_trust, seeds=_trusts, is_json=True),
        Target(name="certificates", run=_certificates, seeds=_certificate_files, is_json=True),
        Target(name="answers", run=_answers, seeds=_answer_files, is_json=True),
        Target(name="pkcs12", run=_pkcs12, seeds=_pkcs12s),
        Target(name="aid-table", run=_aid(read_aid_table), seeds=_aid_files("csv")),
        Target(name="aid-sheet", run=_aid(read_aid_table), seeds=_aid_files("xlsx")),
        Target(name="aid-activities", run=_aid(read_aid_activities), seeds=_aid_files("xml")),
        *map(_document, ("request.json", "call.json", "report.json", "delta.json", "reply.json", "drafts.json")),
    )
}
