"""Whatever bytes arrive: a sentence for a person, never a crash; and what is written is read back the same."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bundle.forging import Inside, container_of, inside, outcome, sealed_bytes
from tests.bundle.setting import AMM, ID, NOW, UD, Setting
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed, WpsError
from wpsdesk.base.ids import BundleId, Digest, EditionId, Year
from wpsdesk.bundle.der import SEQUENCE, Elements, NotDer, head, integer, length_at, object_id, tlv
from wpsdesk.bundle.errors import BundleRefused, EntryRefused
from wpsdesk.bundle.examining import examine
from wpsdesk.bundle.manifest import Listed, listed_in, manifest_xml
from wpsdesk.bundle.model import (
    Base,
    Header,
    Kind,
    evidence_name,
    header_from,
    header_to_json,
    is_evidence_name,
)
from wpsdesk.bundle.plaintext import InMemory
from wpsdesk.bundle.sealing import read_seal
from wpsdesk.bundle.signing import read_signature, sign_manifest
from wpsdesk.bundle.zipreading import ENTRY_NAME, directory_of, unpacked
from wpsdesk.bundle.zipwriting import part_of, zip_bytes, zip_size

quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

MEDIA = st.sampled_from(["application/json", "image/png", "text/plain", "application/octet-stream"])
LISTED = st.builds(
    Listed,
    name=st.from_regex(ENTRY_NAME, fullmatch=True),
    media_type=MEDIA,
    digest=st.binary(min_size=32, max_size=32).map(lambda raw: Digest(raw.hex())),
)


class Damage:
    """Some bytes changed, cut out, doubled or put in."""

    def __init__(self, changes: list[tuple[int, int, bytes]]) -> None:
        self.changes = changes

    def __repr__(self) -> str:
        return f"Damage({self.changes!r})"

    def to(self, data: bytes) -> bytes:
        for at, cut, new in self.changes:
            position = at % (len(data) + 1)
            data = data[:position] + new + data[position + cut :]
        return data


DAMAGE = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=4
).map(Damage)


@pytest.fixture(scope="module")
def container(setting: Setting, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return container_of(setting, tmp_path_factory.mktemp("good"), setting.report)


@pytest.fixture(scope="module")
def sealed(setting: Setting, container: bytes) -> bytes:
    return sealed_bytes(container, setting.ud.recipients)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("arrived") / "file"


def harmless(setting: Setting, place: Path, data: bytes, whole: bytes) -> None:
    """Refused with a fault of ours, or, where the damage did nothing, the same container."""
    place.write_bytes(data)
    with suppress(WpsError):
        verified = outcome(place, setting.ud.opening, setting)
        assert verified.container_size == len(whole)
        assert verified.payload == setting.report
    examine(place, setting.ud.opening, setting.trust, setting.plan, NOW)


@quick
@given(damage=DAMAGE)
def test_a_damaged_seal_is_refused_or_says_the_same(
    setting: Setting, place: Path, container: bytes, sealed: bytes, damage: Damage
) -> None:
    harmless(setting, place, damage.to(sealed), container)


@quick
@given(damage=DAMAGE)
def test_a_damaged_container_is_refused_whether_it_is_bare_or_sealed(
    setting: Setting, place: Path, container: bytes, damage: Damage
) -> None:
    data = damage.to(container)
    harmless(setting, place, data, container)
    harmless(setting, place, sealed_bytes(data, setting.ud.recipients), container)


@quick
@given(name=st.sampled_from(["bundle.json", "report.json"]), damage=DAMAGE)
def test_a_damaged_document_under_a_good_signature_is_refused_or_means_the_same(
    setting: Setting, place: Path, container: bytes, name: str, damage: Damage
) -> None:
    found: Inside = inside(container)
    data = found.put(name, damage.to(found[name])).signed(setting.amman.signer).packed()
    place.write_bytes(data)
    with suppress(WpsError):
        outcome(place, (), setting)


@quick
@given(data=st.binary(max_size=400))
def test_no_bytes_at_all_crash_a_reader(setting: Setting, place: Path, data: bytes) -> None:
    place.write_bytes(data)
    with pytest.raises(BundleRefused):
        outcome(place, setting.ud.opening, setting)
    with pytest.raises(BundleRefused):
        directory_of(InMemory(data))
    with pytest.raises(BundleRefused):
        read_signature(data, b"")
    with pytest.raises(BundleRefused):
        read_seal(data, lambda at, size: data[at : at + size], len(data))
    with pytest.raises(BundleRefused):
        listed_in(data)
    with suppress(Malformed):
        header_from(load_json(data, limit=1000))


@quick
@given(files=st.lists(LISTED, max_size=8))
def test_a_manifest_is_read_back_as_it_was_written(files: list[Listed]) -> None:
    assert listed_in(manifest_xml(tuple(files))) == tuple(files)


@quick
@given(files=st.lists(LISTED, min_size=1, max_size=3), damage=DAMAGE)
def test_a_damaged_manifest_is_refused_or_still_the_one_way_to_write_what_it_says(
    files: list[Listed], damage: Damage
) -> None:
    data = damage.to(manifest_xml(tuple(files)))
    with suppress(BundleRefused):
        assert manifest_xml(listed_in(data)) == data


@quick
@given(manifest=st.binary(max_size=200), damage=DAMAGE)
def test_a_damaged_signature_is_refused_or_carries_another_issuer(
    setting: Setting, manifest: bytes, damage: Damage
) -> None:
    data = sign_manifest(manifest, setting.amman.signer, NOW)
    assert read_signature(data, manifest).signer == setting.amman.certificates.signing
    damaged = damage.to(data)
    with suppress(BundleRefused):
        signed = read_signature(damaged, manifest)
        assert damaged == data or signed.others != setting.amman.chain


CONTENTS = st.dictionaries(
    st.from_regex(ENTRY_NAME, fullmatch=True).map(str.lower),
    st.tuples(st.binary(max_size=300), st.booleans()),
    max_size=6,
)


@quick
@given(contents=CONTENTS)
def test_a_container_is_read_back_as_it_was_written(contents: dict[str, tuple[bytes, bool]]) -> None:
    mimetype = part_of("mimetype", b"application/vnd.etsi.asic-e+zip", stored=True)
    parts = (mimetype, *(part_of(name, data, stored=stored) for name, (data, stored) in contents.items()))
    data = b"".join(zip_bytes(parts))
    assert len(data) == zip_size(parts)
    plaintext = InMemory(data)
    try:
        entries = directory_of(plaintext)
    except BundleRefused as fault:  # a name that no evidence can have: con, a.., twice
        assert isinstance(fault, EntryRefused)
        return
    read = {entry.name: b"".join(unpacked(plaintext, entry)) for entry in entries[1:]}
    assert read == {name: pair[0] for name, pair in contents.items()}


@quick
@given(name=st.text(min_size=1, max_size=300), media_type=MEDIA, number=st.integers(1, 1995))
def test_every_file_name_of_the_world_gets_a_name_that_may_stand_inside(
    name: str, media_type: str, number: int
) -> None:
    assert is_evidence_name(evidence_name(number, name, media_type), number, media_type)


HEADERS = st.builds(
    Header,
    id=st.uuids().map(lambda found: BundleId(str(found))),
    kind=st.sampled_from(Kind),
    unit=st.just(UD),
    to=st.just(AMM),
    year=st.none() | st.integers(2000, 2199).map(Year),
    seq=st.integers(1, 99_999),
    created=st.just(NOW),
    base=st.none() | st.just(Base(reply=ID, digest=Digest("0" * 64))),
    schema=st.just("wps-report/1"),
    plan=st.just(EditionId("2023-2030")),
    app=st.just("wpsdesk 0.1.0"),
    prepared_by=st.from_regex(r"[ -~æøåÆØÅ]{0,200}", fullmatch=True),
    approved_by=st.from_regex(r"[ -~æøåÆØÅ]{0,200}", fullmatch=True),
    files=st.just(()),
)


@quick
@given(header=HEADERS)
def test_a_header_is_read_back_as_it_was_written(header: Header) -> None:
    assert header_from(load_json(canonical_json(header_to_json(header)), limit=10_000)) == header


def test_a_header_of_a_later_format_is_not_read_as_ours() -> None:
    with pytest.raises(Malformed) as caught:
        header_from(load_json(b'{"format":"wps-bundle/2"}', limit=100))
    assert caught.value.path == "format"


# -- the tiny DER ----------------------------------------------------------------------------------------------


@quick
@given(value=st.binary(max_size=300), tag=st.sampled_from([2, 4, 0x30, 0x31, 0xA0]))
def test_an_element_is_read_back(value: bytes, tag: int) -> None:
    assert Elements(tlv(tag, value)).value(tag) == value
    assert Elements(tlv(tag, value) + b"more").whole(tag) == tlv(tag, value)
    with pytest.raises(NotDer):
        Elements(tlv(tag, value)).value(0x05)


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 65_535, 65_536, 1 << 30])
def test_a_length_is_read_back_at_every_width(length: int) -> None:
    data = head(SEQUENCE, length)
    assert length_at(data, 1) == (length, len(data))


@quick
@given(number=st.integers(0, 1 << 160))
def test_a_number_is_written_as_asn1crypto_writes_it(number: int) -> None:
    from asn1crypto import core  # type: ignore[import-untyped]

    assert integer(number) == core.Integer(number).dump()


@pytest.mark.parametrize(
    "dotted", ["1.2.840.113549.1.9.16.1.23", "2.16.840.1.101.3.4.1.46", "1.3.132.1.11.1", "2.5.4.3"]
)
def test_an_identifier_is_written_as_asn1crypto_writes_it(dotted: str) -> None:
    from asn1crypto import core

    assert object_id(dotted) == core.ObjectIdentifier(dotted).dump()


def test_deflate_is_read_by_zlib_itself() -> None:
    part = part_of("a", b"tekst " * 100, stored=False)
    stream = io.BytesIO(b"".join(zip_bytes((part,))))
    stream.seek(31)
    assert zlib.decompress(stream.read(part.packed_size), -15) == b"tekst " * 100
