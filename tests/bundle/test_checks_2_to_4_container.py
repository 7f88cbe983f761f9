"""Checks 2, 3 and 4: the container's form, its entries, and what it would grow to."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bundle.forging import (
    Inside,
    container_of,
    directory_start,
    inside,
    outcome,
    patched,
    raw_zip,
    sealed_bytes,
)
from tests.bundle.setting import Setting
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered, Bomb, EntryRefused, NewerBundle, ZipMalformed
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.plaintext import InMemory
from wpsdesk.bundle.zipform import DEFLATED, STORED, ZipEntry, central_header, end_record, local_header
from wpsdesk.bundle.zipreading import FIRST_BYTES, directory_of, unpacked

PICTURE_NAME = "evidence/001_bilde-fra-motet.png"


@pytest.fixture
def container(setting: Setting, tmp_path: Path) -> bytes:
    return container_of(setting, tmp_path, setting.report)


def opening(setting: Setting, tmp_path: Path, data: bytes) -> None:
    """Opens, but does not verify: so no check after the fourth can be the one that refuses."""
    path = tmp_path / "arrived"
    for each in (data, sealed_bytes(data, setting.ud.recipients)):
        path.write_bytes(each)
        with sealed_bundle(path) as bundle:
            open_bundle(bundle, setting.ud.opening)


def refused_form(data: bytes) -> ZipMalformed:
    with pytest.raises(ZipMalformed) as caught:
        directory_of(InMemory(data))
    return caught.value


def test_a_good_container_passes(setting: Setting, tmp_path: Path, container: bytes) -> None:
    opening(setting, tmp_path, container)
    assert [entry.name for entry in directory_of(InMemory(container))] == list(inside(container).names)


def test_putting_a_good_container_together_again_gives_the_same_bytes(container: bytes) -> None:
    assert inside(container).packed() == container


# -- 2: form -----------------------------------------------------------------------------------------------


def test_the_mimetype_comes_first_stored_and_in_the_clear(container: bytes) -> None:
    assert container.startswith(FIRST_BYTES)
    for position in range(len(FIRST_BYTES)):
        changed = bytearray(container)
        changed[position] ^= 1
        assert refused_form(bytes(changed)).code == "mimetype"


@pytest.mark.parametrize(("offset", "size"), [(4, 2), (6, 2), (20, 2)])
def test_an_end_record_with_disks_or_a_comment_is_refused(container: bytes, offset: int, size: int) -> None:
    changed = bytearray(container)
    changed[len(changed) - 22 + offset] = 1
    assert refused_form(bytes(changed)).code == "end-record"


def test_counts_that_do_not_fit_are_refused(container: bytes) -> None:
    count = struct.unpack("<H", container[-12:-10])[0]
    start = directory_start(container)
    size = len(container) - 22 - start
    assert refused_form(container[:-22] + end_record(0, size, start)).code == "counts"
    assert refused_form(container[:-22] + end_record(count, size, start + 1)).code == "counts"
    assert refused_form(container[:-22] + end_record(count, size + 1, start)).code == "counts"
    assert refused_form(container[:-22] + end_record(count - 1, size, start)).code == "directory"
    assert refused_form(container[:-22] + end_record(count + 1, size, start)).code == "directory"
    assert refused_form(container[:-22] + end_record(1, size, start)).code == "directory"


def test_zip64_is_refused(container: bytes) -> None:
    assert refused_form(container[:-22] + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)).code == "counts"


@pytest.mark.parametrize(
    ("fields", "where", "code"),
    [
        ({"version": 45}, "both", "not-canonical"),
        ({"time": 1}, "both", "not-canonical"),
        ({"date": 34}, "both", "not-canonical"),
        ({"made_by": 20}, "central", "not-canonical"),
        ({"internal": 1}, "central", "not-canonical"),
        ({"disk": 1}, "central", "not-canonical"),
        ({"extra": 4}, "central", "not-canonical"),
        ({"comment": 4}, "central", "not-canonical"),
        ({"attributes": 0o100755 << 16}, "central", "not-canonical"),
        ({"attributes": 0}, "central", "not-canonical"),
        ({"crc": 1}, "local", "header"),
        ({"size": 1}, "local", "header"),
        ({"method": 0}, "local", "header"),
        ({"flags": 8}, "local", "header"),
        ({"extra": 1}, "local", "header"),
        ({"packed": 1}, "both", "tiling"),
        ({"packed": 1 << 30}, "both", "tiling"),
        ({"offset": 0}, "central", "tiling"),
    ],
)
def test_a_record_other_than_the_one_we_would_write_is_refused(
    container: bytes, fields: Mapping[str, int], where: str, code: str
) -> None:
    assert refused_form(patched(container, "report.json", fields, where=where)).code == code


def test_a_stored_entry_has_one_size(container: bytes) -> None:
    assert refused_form(patched(container, PICTURE_NAME, {"size": 1})).code == "header"


def test_bytes_between_the_entries_or_before_the_directory_are_refused(container: bytes) -> None:
    start = directory_start(container)
    count = struct.unpack("<H", container[-12:-10])[0]
    size = len(container) - 22 - start
    moved = container[:start] + b"hidden" + container[start:-22] + end_record(count, size, start + 6)
    assert refused_form(moved).code == "tiling"


def test_another_name_in_the_local_header_is_refused(container: bytes) -> None:
    assert refused_form(container.replace(b"report.json", b"rep0rt.json", 1)).code == "header"


def test_what_pythons_own_writer_makes_of_the_same_files_is_refused(container: bytes) -> None:
    """Right in every other way: extra fields, times and flags are what differs."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in inside(container).entries:
            archive.writestr(zipfile.ZipInfo(name, (2027, 3, 1, 12, 0, 0)), data)
    assert refused_form(written.getvalue()).code == "mimetype"


def reordered(found: Inside, *names: str) -> Inside:
    return replace(found, entries=tuple((name, found[name]) for name in names))


def test_the_entries_have_their_order(setting: Setting, tmp_path: Path, container: bytes) -> None:
    found = inside(container)
    mimetype, header, payload, picture, listing, signature = found.names
    wrong = (
        (mimetype, payload, header, picture, listing, signature),
        (mimetype, header, picture, payload, listing, signature),
        (mimetype, header, payload, picture, signature, listing),
        (mimetype, header, payload, listing, signature, picture),
        (mimetype, header, payload, listing, picture),
        (mimetype, header, listing, signature),
    )
    for names in wrong:
        with pytest.raises(ZipMalformed) as caught:
            opening(setting, tmp_path, reordered(found, *names).packed())
        assert caught.value.code == "order", names


def test_an_unsigned_container_is_refused(setting: Setting, tmp_path: Path, container: bytes) -> None:
    found = inside(container)
    with pytest.raises(ZipMalformed) as caught:
        opening(setting, tmp_path, reordered(found, *found.names[:-2]).packed())
    assert caught.value.code == "order"


def test_a_second_payload_is_refused(setting: Setting, tmp_path: Path, container: bytes) -> None:
    entries = list(inside(container).entries)
    entries.insert(3, ("reply.json", b"{}\n"))
    with pytest.raises(ZipMalformed) as caught:
        opening(setting, tmp_path, Inside(entries=tuple(entries)).packed())
    assert caught.value.code == "order"


def test_a_payload_that_no_kind_has_is_refused(setting: Setting, tmp_path: Path, container: bytes) -> None:
    entries = tuple(("letter.json" if n == "report.json" else n, d) for n, d in inside(container).entries)
    with pytest.raises(ZipMalformed) as caught:
        opening(setting, tmp_path, Inside(entries=entries).packed())
    assert caught.value.code == "order"


def test_looking_for_the_end_of_a_cut_file_has_an_end(container: bytes) -> None:
    """Where the end record is missing the records are walked; a million empty ones are not."""
    empty = local_header(ZipEntry(name="x", method=STORED, crc=0, packed_size=0, size=0, offset=0))
    assert refused_form(container[:-22] + empty * 3 * limits.ENTRIES).code == "counts"
    assert refused_form(FIRST_BYTES + empty * 3 * limits.ENTRIES).code == "counts"


def test_a_name_longer_than_the_directory_is_refused(container: bytes) -> None:
    last = "META-INF/signature001.p7s"
    assert refused_form(patched(container, last, {"name": 60}, where="central")).code == "directory"


def test_a_payload_of_no_kind_that_we_know_is_refused(setting: Setting, tmp_path: Path, container: bytes) -> None:
    entries = tuple(("other.json" if n == "report.json" else n, d) for n, d in inside(container).entries)
    with pytest.raises(ZipMalformed) as caught:
        opening(setting, tmp_path, Inside(entries=entries).packed())
    assert caught.value.code == "order"


# -- the format, before anything else ------------------------------------------------------------------------


def test_a_bundle_of_a_later_version_is_called_newer_before_anything_else_is_looked_at(
    setting: Setting, tmp_path: Path, container: bytes
) -> None:
    found = inside(container).put("bundle.json", b'{"format":"wps-bundle/2","everything":"else"}')
    other = replace(found, entries=(*found.entries, ("META-INF/signature002.p7s", b"a second one")))
    for data in (found.packed(), other.packed()):
        with pytest.raises(NewerBundle) as caught:
            opening(setting, tmp_path, data)
        assert caught.value.version == "wps-bundle/2"


@pytest.mark.parametrize("text", [b"{}", b'{"format":"wps-bundle/1"}', b'{"format":2}', b'{"format":"x"}', b"{", b""])
def test_whatever_else_stands_there_is_left_to_the_checks(
    setting: Setting, tmp_path: Path, container: bytes, text: bytes
) -> None:
    opening(setting, tmp_path, inside(container).put("bundle.json", text).packed())


# -- 3: entries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"attributes": 0o120777 << 16}, "not-a-file"),
        ({"attributes": 0o040755 << 16}, "not-a-file"),
        ({"attributes": 0o060600 << 16}, "not-a-file"),
        ({"method": 12}, "method"),
        ({"method": 99}, "method"),
        ({"flags": 1}, "flags"),
        ({"flags": 8}, "flags"),
        ({"flags": 0x800}, "flags"),
    ],
)
def test_an_entry_that_is_no_plain_file_is_refused(container: bytes, fields: Mapping[str, int], code: str) -> None:
    with pytest.raises(EntryRefused) as caught:
        directory_of(InMemory(patched(container, PICTURE_NAME, fields)))
    assert (caught.value.code, caught.value.name) == (code, PICTURE_NAME)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("evidence/../001_bilde-fra-mot.png", "name"),
        ("/vidence/001_bilde-fra-motet.png", "name"),
        ("evidence\\001_bilde-fra-motet.png", "name"),
        ("evidence/C:01_bilde-fra-motet.png", "name"),
        ("evidence/001\0bilde-fra-motet.png", "name"),
        ("evidence/001_bilde-fra-motet.pn.", "name"),
        ("evidence/001_bilde..ra-motet.png", "name"),
        ("evidence//001_bilde-fra-mote.png", "name"),
        ("evidence/ 01_bilde-fra-motet.png", "name"),
        ("evidence/.01_bilde-fra-motet.png", "name"),
        ("evidence/001_bildé-fra-motet.png", "name"),
        ("evidence/001_bilde-fra-motet.png/", "not-a-file"),
        ("evidence/CON", "device-name"),
        ("evidence/aux.png", "device-name"),
        ("evidence/lpt1.a.b.png", "device-name"),
        ("nul/001_bilde.png", "device-name"),
        ("evidence/" + "a" * 130, "name"),
    ],
)
def test_a_name_that_some_system_reads_otherwise_is_refused(name: str, code: str) -> None:
    data = name.encode()
    with pytest.raises(EntryRefused) as caught:
        directory_of(InMemory(raw_zip([("mimetype", FIRST_BYTES[-31:]), (data, b"x")])))
    assert caught.value.code == code


@pytest.mark.parametrize("twin", ["evidence/001_a.png", "evidence/001_A.png", "EVIDENCE/001_a.png"])
def test_two_names_for_one_file_are_refused(twin: str) -> None:
    data = raw_zip([("mimetype", FIRST_BYTES[-31:]), ("evidence/001_a.png", b"1"), (twin, b"2")])
    with pytest.raises(EntryRefused) as caught:
        directory_of(InMemory(data))
    assert (caught.value.code, caught.value.name) == ("twice", twin)


# -- 4: bombs ------------------------------------------------------------------------------------------------


def test_too_many_entries_are_refused() -> None:
    entries: list[tuple[str | bytes, bytes]] = [("mimetype", FIRST_BYTES[-31:])]
    entries += [(f"evidence/{n:04d}_a.png", b"") for n in range(limits.ENTRIES)]
    with pytest.raises(Bomb) as caught:
        directory_of(InMemory(raw_zip(entries)))
    assert caught.value.code == "entries"
    assert len(directory_of(InMemory(raw_zip(entries[:-1])))) == limits.ENTRIES


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"size": limits.ENTRY + 1}, "entry"),
        ({"size": limits.RATIO_FROM + 1}, "ratio"),
    ],
)
def test_an_entry_that_claims_to_grow_beyond_bounds_is_refused(
    container: bytes, fields: Mapping[str, int], code: str
) -> None:
    with pytest.raises(Bomb) as caught:
        directory_of(InMemory(patched(container, "report.json", fields)))
    assert (caught.value.code, caught.value.name) == (code, "report.json")


def test_all_entries_together_have_a_bound_as_well() -> None:
    packed = limits.ENTRY // limits.RATIO + 1
    names = [f"evidence/{n:03d}_a.txt" for n in range(1, 4)]
    entries = [
        ZipEntry(name="mimetype", method=STORED, crc=zlib.crc32(FIRST_BYTES[-31:]), packed_size=31, size=31, offset=0)
    ]
    for name in names:
        entries.append(
            ZipEntry(name=name, method=DEFLATED, crc=0, packed_size=packed, size=limits.ENTRY, offset=entries[-1].end)
        )
    directory = b"".join(map(central_header, entries))

    class Claims:
        """A container that is never there as a whole."""

        size = entries[-1].end + len(directory) + 22

        def read_at(self, offset: int, length: int) -> bytes:
            if offset == 0:
                return FIRST_BYTES[:length]
            end = directory + end_record(len(entries), len(directory), entries[-1].end)
            return end[offset - entries[-1].end :][:length]

    with pytest.raises(Bomb) as caught:
        directory_of(Claims())
    assert caught.value.code == "total"


@pytest.mark.parametrize(
    ("name", "limit", "code"),
    [
        ("bundle.json", limits.HEADER_JSON, "header"),
        ("report.json", limits.PAYLOAD_JSON, "payload"),
        ("META-INF/ASiCManifest001.xml", limits.MANIFEST, "manifest"),
        ("META-INF/signature001.p7s", limits.SIGNATURE, "signature"),
    ],
)
def test_the_documents_have_bounds_of_their_own(
    setting: Setting, tmp_path: Path, container: bytes, name: str, limit: int, code: str
) -> None:
    big = bytes(range(256)) * (limit // 256) + b"x"
    with pytest.raises(Bomb) as caught:
        opening(setting, tmp_path, inside(container).put(name, big).packed())
    assert (caught.value.code, caught.value.name) == (code, name)


def deflated(data: bytes, *, size: int, crc: int | None = None, tail: bytes = b"") -> tuple[InMemory, ZipEntry]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush() + tail
    entry = ZipEntry(
        name="x",
        method=DEFLATED,
        crc=zlib.crc32(data) if crc is None else crc,
        packed_size=len(packed),
        size=size,
        offset=0,
    )
    return InMemory(local_header(entry) + packed), entry


def test_inflating_stops_at_the_size_that_was_declared() -> None:
    plaintext, entry = deflated(bytes(50 << 20), size=5 << 20)
    seen = 0
    with pytest.raises(Bomb) as caught:
        for piece in unpacked(plaintext, entry):
            seen += len(piece)
    assert caught.value.code == "inflation"
    assert seen <= 5 << 20


@pytest.mark.parametrize("tail", [b"\0", b"hidden", bytes(3 << 20)])
def test_bytes_behind_the_end_of_a_deflate_stream_are_refused(tail: bytes) -> None:
    plaintext, entry = deflated(b"what everybody sees", size=19, tail=tail)
    with pytest.raises(Altered) as caught:
        list(unpacked(plaintext, entry))
    assert caught.value.where == "data"


def test_a_wrong_checksum_size_or_stream_is_an_alteration() -> None:
    for plaintext, entry in (deflated(b"text", size=4, crc=1), deflated(b"text", size=5)):
        with pytest.raises(Altered):
            list(unpacked(plaintext, entry))
    plaintext, entry = deflated(b"text" * 100, size=400)
    short = replace(entry, packed_size=entry.packed_size - 2)
    with pytest.raises(Altered):
        list(unpacked(plaintext, short))
    noise = InMemory(local_header(entry) + b"\xff" * entry.packed_size)
    with pytest.raises(Altered):
        list(unpacked(noise, entry))


@pytest.mark.parametrize("size", [0, 1, limits.CHUNK - 1, limits.CHUNK, limits.CHUNK + 1, 3 * limits.CHUNK + 257])
def test_what_was_deflated_is_inflated_whole_at_every_size(size: int) -> None:
    data = (b"kvinner, fred og sikkerhet " * (size // 27 + 1))[:size]
    plaintext, entry = deflated(data, size=size)
    assert b"".join(unpacked(plaintext, entry)) == data


def test_a_changed_byte_in_stored_evidence_is_an_alteration(setting: Setting, tmp_path: Path, container: bytes) -> None:
    changed = bytearray(container)
    changed[container.index(b"\x89PNG") + 100] ^= 1
    path = tmp_path / "bare"
    path.write_bytes(changed)
    with pytest.raises(Altered) as caught:
        outcome(path, (), setting)
    assert (caught.value.where, caught.value.name) == ("data", PICTURE_NAME)
