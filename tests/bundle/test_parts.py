"""Parts: what is written is read, everything else is refused, and a part says by itself which one it is."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle.errors import Altered, NewerBundle, PartDamaged, PartMalformed, PartSizeRefused
from wpsdesk.bundle.part_form import is_part
from wpsdesk.bundle.parts import (
    LARGEST,
    PARITY,
    SMALLEST,
    PartIndex,
    index_bytes,
    index_from,
    part_name,
)
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.bundle.parts_writing import (
    WrittenPart,
    directory_after,
    entries_of,
    measure_set,
    require_part_size,
    write_parts,
)
from wpsdesk.bundle.zipform import local_header

NAMES = ("fd_20261201_1.asice.cms", "fd_20261201_2.asice.cms")


def made(
    folder: Path, *sizes: int, part_size: int = SMALLEST, with_parity: bool = True
) -> tuple[PartIndex, tuple[Path, ...], tuple[WrittenPart, ...]]:
    """A set of made-up files: the index, the files, and the parts in their order, parity last."""
    source = folder / "source"
    source.mkdir()
    files = tuple(source / name for name in NAMES[: len(sizes)])
    for seed, (path, size) in enumerate(zip(files, sizes, strict=True)):
        path.write_bytes(random.Random(seed).randbytes(size))
    index = measure_set(files, part_size, with_parity=with_parity)
    numbers = [*range(1, index.count + 1), *([PARITY] if with_parity else [])]
    return index, files, write_parts(index, files, folder, numbers)


def test_a_part_says_by_its_data_which_one_it_is(tmp_path: Path) -> None:
    index, files, parts = made(tmp_path, 5000, 3 * SMALLEST + 7)
    assert [(f.first, f.count) for f in index.files] == [(1, 1), (2, 4)]
    data = {}
    for part in parts:
        part.path.rename(tmp_path / "any name at all")
        with open_part(tmp_path / "any name at all") as found:
            assert found.number == part.number
            assert found.index == index
            data[found.number] = b"".join(found.data())
    assert data[1] == files[0].read_bytes()
    assert b"".join(data[n] for n in range(2, 6)) == files[1].read_bytes()
    assert len(data[PARITY]) == SMALLEST


def test_no_part_holds_bytes_of_two_files(tmp_path: Path) -> None:
    index, _, _ = made(tmp_path, SMALLEST + 1, SMALLEST + 1)
    assert [index.size_of(n) for n in range(1, 5)] == [SMALLEST, 1, SMALLEST, 1]


def test_parity_is_as_large_as_the_largest_part(tmp_path: Path) -> None:
    index, files, parts = made(tmp_path, 100, 300)
    with open_part(parts[-1].path) as parity:
        mixed = b"".join(parity.data())
    one, other = (path.read_bytes() for path in files)
    assert mixed == bytes(a ^ b for a, b in zip(one + bytes(200), other, strict=True))
    assert part_name(index, PARITY) == parts[-1].path.name


def test_any_zip_program_reads_a_part(tmp_path: Path) -> None:
    _, files, parts = made(tmp_path, 5000, with_parity=False)
    with zipfile.ZipFile(parts[0].path) as found:
        assert found.testzip() is None
        assert found.namelist() == ["index.json", "data"]
        assert found.read("data") == files[0].read_bytes()


def test_the_same_set_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one, other = made(tmp_path / "a", 5000, 60_000)[2], made(tmp_path / "b", 5000, 60_000)[2]
    assert [p.path.read_bytes() for p in one] == [p.path.read_bytes() for p in other]


def test_files_that_changed_are_not_written_as_parts(tmp_path: Path) -> None:
    index, files, parts = made(tmp_path, 5000, 60_000)
    files[1].write_bytes(bytes(60_000))
    with pytest.raises(Altered):
        write_parts(index, files, tmp_path / "source", (1, 3))
    assert sorted(p.name for p in (tmp_path / "source").iterdir()) == list(NAMES)
    assert len(parts) == 6


# -- what is refused -------------------------------------------------------------------------------


def part_with(listing: bytes, data: bytes) -> bytes:
    """A part as our writer would have made it of any list and data."""
    first, second = entries_of(listing, len(data), zlib.crc32(data))
    return local_header(first) + listing + local_header(second) + data + directory_after(first, second)


def refused(path: Path, data: bytes) -> WpsError:
    path.write_bytes(data)
    with pytest.raises(WpsError) as caught:
        open_part(path)
    return caught.value


DATA = b"sealed bytes" * 100
GOOD: dict[str, object] = {
    "format": "wps-parts/1",
    "part_size": SMALLEST,
    "files": [{"name": NAMES[0], "size": len(DATA), "sha256": sha256(DATA), "first": 1, "count": 1}],
    "parts": [sha256(DATA)],
    "parity": None,
}


def file_with(**members: object) -> dict[str, object]:
    (file,) = GOOD["files"]  # type: ignore[misc]
    return {"files": [{**file, **members}]}


def test_the_list_that_the_next_tests_spoil_is_good(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(part_with(canonical_json(GOOD), DATA))
    with open_part(path) as part:
        assert (part.number, part.index.set_id) == (1, sha256(canonical_json(GOOD)))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"part_size": SMALLEST - 1}, "part_size"),
        ({"part_size": LARGEST + 1}, "part_size"),
        ({"files": []}, "files"),
        ({"parts": []}, "files"),
        ({"parts": [sha256(DATA), sha256(DATA)]}, "parts"),
        ({"parity": sha256(DATA)}, "parts"),
        ({"parts": [sha256(DATA), sha256(b"")]}, "files"),
        ({"parts": ["x"]}, "parts[0]"),
        ({"extra": 1}, "extra"),
        (file_with(size=0), "files[0].size"),
        (file_with(size=SMALLEST + 1), "files[0]"),
        (file_with(size=2 << 30), "files[0].size"),
        (file_with(first=2), "files[0]"),
        (file_with(count=2), "files[0]"),
        (file_with(name="../fd_20261201_1.asice.cms"), "files[0].name"),
        (file_with(name="fd_20261201_1.asice.cms\n"), "files[0].name"),
        (file_with(name="fd_20261201_1.exe"), "files[0].name"),
    ],
)
def test_a_list_that_does_not_fit_together_is_refused(tmp_path: Path, change: dict[str, object], place: str) -> None:
    error = refused(tmp_path / "x", part_with(canonical_json({**GOOD, **change}), DATA))
    assert isinstance(error, PartMalformed)
    assert (error.code, error.place) == ("index", place)


def test_a_list_in_another_encoding_is_refused(tmp_path: Path) -> None:
    for listing in (canonical_json(GOOD) + b" ", canonical_json(GOOD).replace(b'":', b'": ')):
        error = refused(tmp_path / "x", part_with(listing, DATA))
        assert isinstance(error, PartMalformed)
        assert error.code == "index"


def test_a_list_of_a_later_version_is_told_as_such(tmp_path: Path) -> None:
    later = canonical_json({**GOOD, "format": "wps-parts/2", "new": 1})
    error = refused(tmp_path / "x", part_with(later, DATA))
    assert isinstance(error, NewerBundle)
    assert error.version == "wps-parts/2"


def spoil(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


END = 22


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda d: d[:-1], PartMalformed),
        (lambda d: d + b"x", PartMalformed),
        (lambda d: d[:40], PartMalformed),
        (lambda d: d[: len(d) - END - 200], PartDamaged),
        (lambda d: spoil(d, 6, b"\x01"), PartMalformed),  # flags of the list
        (lambda d: spoil(d, 8, b"\x08"), PartMalformed),  # a method
        (lambda d: spoil(d, len(d) - END - 50, b"\x01"), PartMalformed),  # the directory
        (lambda d: spoil(d, len(d) - 2, b"\x01"), PartMalformed),  # a comment's length
        (lambda d: spoil(d, d.index(DATA), b"S"), PartDamaged),
    ],
)
def test_a_part_with_anything_else_in_it_is_refused(
    tmp_path: Path, change: Callable[[bytes], bytes], kind: type[WpsError]
) -> None:
    assert isinstance(refused(tmp_path / "x", change(part_with(canonical_json(GOOD), DATA))), kind)


def test_a_list_that_claims_to_be_enormous_is_not_read(tmp_path: Path) -> None:
    first, _ = entries_of(b"", 0, 0)
    claimed = local_header(replace(first, size=1 << 31, packed_size=1 << 31))
    tracemalloc.start()
    error = refused(tmp_path / "x", claimed + bytes(1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, PartMalformed)
    assert peak < 4 << 20


def test_data_that_claims_to_be_enormous_is_read_no_further_than_a_part_can_be(tmp_path: Path) -> None:
    listing = canonical_json(GOOD)
    first, second = entries_of(listing, 1 << 31, 0)
    path = tmp_path / "x"
    with path.open("wb") as out:
        out.write(local_header(first) + listing + local_header(second))
        out.truncate(1 << 31)  # sparse
    with pytest.raises(PartDamaged):
        open_part(path)


def test_a_wrong_checksum_is_refused_for_unzip_would_refuse_it(tmp_path: Path) -> None:
    listing = canonical_json(GOOD)
    first, second = entries_of(listing, len(DATA), 1)
    data = local_header(first) + listing + local_header(second) + DATA + directory_after(first, second)
    assert isinstance(refused(tmp_path / "x", data), PartMalformed)


@settings(max_examples=150)
@given(st.data())
def test_no_changed_byte_passes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole = part_with(canonical_json(GOOD), DATA)
    at = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    path = tmp_path_factory.getbasetemp() / "changed.wpspart"
    path.write_bytes(spoil(whole, at, bytes([whole[at] ^ 1 << bit])))
    with pytest.raises(WpsError):
        open_part(path)


@given(st.binary(max_size=300))
def test_no_list_breaks_the_reader(data: bytes) -> None:
    with pytest.raises((PartMalformed, NewerBundle)):
        index_from(data)


def test_a_part_is_known_by_its_beginning_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(part_with(canonical_json(GOOD), DATA))
    assert is_part(path)
    path.write_bytes(b"PK\x03\x04")
    assert not is_part(path)
    assert not is_part(tmp_path)
    assert not is_part(tmp_path / "none")


def test_a_set_has_no_more_parts_than_its_list_may_name() -> None:
    require_part_size(SMALLEST, (1000 * SMALLEST,))
    with pytest.raises(PartSizeRefused) as caught:
        require_part_size(SMALLEST, (1000 * SMALLEST + 1,))
    assert caught.value.least == 2 * SMALLEST


def test_the_index_reads_what_it_writes(tmp_path: Path) -> None:
    index, _, _ = made(tmp_path, 5000, 70_000)
    assert index_from(index_bytes(index)) == index
    assert load_json(index_bytes(index), limit=1 << 20).get("format").line() == "wps-parts/1"


def test_large_parts_pass_in_little_memory(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    path = source / NAMES[0]
    block = random.Random(5).randbytes(1 << 20)
    with path.open("wb") as out:
        for number in range(96):
            out.write(number.to_bytes(4, "big") + block[4:])
    tracemalloc.start()
    index = measure_set((path,), LARGEST, with_parity=True)
    parts = write_parts(index, (path,), tmp_path, (1, 2, PARITY))
    for part in parts:
        with open_part(part.path) as found:
            assert sum(map(len, found.data())) == index.size_of(part.number)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20
