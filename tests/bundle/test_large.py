"""Above eight megabytes a bundle is read where it lies, deciphered at each place: the same answers, no copy."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from functools import partial
from itertools import zip_longest
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.bundle.setting import NOW, Setting, attachment, in_pieces
from wpsdesk.base.errors import Cancelled
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered
from wpsdesk.bundle.model import Attachment
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.plaintext import InFile, InMemory, Sealed, pieces
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Written

FILM = random.Random(1325).randbytes(9 * limits.MIB + 12_345)
TABLE = b"".join(f"{n};{n * n};ferdig\n".encode() for n in range(400_000))
NAMES = ("evidence/001_film.mp4", "evidence/002_tabell.csv")


def big(data: bytes, media_type: str, name: str) -> Attachment:
    made = attachment(data, media_type, name)
    return Attachment(
        digest=made.digest,
        size=made.size,
        media_type=media_type,
        original_name=name,
        title=name,
        is_restricted=True,
        read=partial(in_pieces, data, 256 << 10),
    )


@pytest.fixture(scope="module")
def written(setting: Setting, tmp_path_factory: pytest.TempPathFactory) -> Written:
    out = tmp_path_factory.mktemp("large") / "large.asice.cms"
    return setting.write(out, setting.report, big(FILM, "video/mp4", "film.mp4"), big(TABLE, "text/csv", "tabell.csv"))


def verified_in(setting: Setting, path: Path) -> Iterator[VerifiedBundle]:
    with sealed_bundle(path) as sealed:
        yield verify_bundle(open_bundle(sealed, setting.ud.opening), setting.trust, setting.plan, NOW)


@pytest.fixture
def verified(setting: Setting, written: Written) -> Iterator[VerifiedBundle]:
    yield from verified_in(setting, written.path)


def test_a_large_bundle_comes_back_whole(written: Written, verified: VerifiedBundle) -> None:
    assert written.container_size > limits.IN_MEMORY
    assert isinstance(verified.opened.plaintext, Sealed)
    assert b"".join(verified.read(NAMES[0])) == FILM
    assert b"".join(verified.read(NAMES[1])) == TABLE
    whole = hashlib.sha256()
    for piece in verified.container():
        whole.update(piece)
    assert whole.hexdigest() == written.digest == verified.digest


def test_two_files_can_be_read_at_the_same_time(verified: VerifiedBundle) -> None:
    film, table = (verified.read(name) for name in NAMES)
    both = list(zip_longest(film, table, fillvalue=b""))
    assert b"".join(piece for piece, _ in both) == FILM
    assert b"".join(piece for _, piece in both) == TABLE


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks at open files where Linux lists them")
def test_nothing_is_unsealed_onto_the_disk(
    setting: Setting, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_files() -> set[str]:
        found = set()
        for each in Path("/proc/self/fd").iterdir():
            if each.exists():
                found.add(str(each.readlink()))
        return found

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = open_files()
    for verified in verified_in(setting, written.path):
        for _ in verified.read(NAMES[0]):
            assert open_files() - before <= {str(written.path)}
            assert not list(tmp_path.iterdir())


def test_one_changed_bit_in_a_large_bundle_breaks_the_seal(setting: Setting, written: Written, tmp_path: Path) -> None:
    changed = bytearray(written.path.read_bytes())
    changed[len(changed) // 2] ^= 0x10
    (tmp_path / "changed").write_bytes(changed)
    with sealed_bundle(tmp_path / "changed") as sealed, pytest.raises(Altered) as caught:
        open_bundle(sealed, setting.ud.opening)
    assert caught.value.where == "seal"


def test_a_file_that_changes_after_its_tag_was_checked_is_caught_by_its_digests(
    setting: Setting, written: Written, tmp_path: Path
) -> None:
    path = tmp_path / "moving"
    path.write_bytes(written.path.read_bytes())
    with sealed_bundle(path) as sealed:
        opened = open_bundle(sealed, setting.ud.opening)
        verified = verify_bundle(opened, setting.trust, setting.plan, NOW)
        with path.open("r+b") as other:
            other.seek(5 * limits.MIB)
            byte = other.read(1)[0]
            other.seek(5 * limits.MIB)
            other.write(bytes([byte ^ 1]))
        for reading in (verified.read(NAMES[0]), verified.container()):
            with pytest.raises(Altered):
                for _ in reading:
                    pass
        with pytest.raises(Altered):
            verify_bundle(opened, setting.trust, setting.plan, NOW)
        os.truncate(path, 6 * limits.MIB)
        with pytest.raises(Altered) as caught:
            list(verified.container())
        assert caught.value.where == "container"


def test_opening_and_verifying_can_be_watched_and_stopped(setting: Setting, written: Written) -> None:
    told: list[tuple[int, int]] = []
    with sealed_bundle(written.path) as sealed:
        opened = open_bundle(sealed, setting.ud.opening, progress=lambda *step: told.append(step))
        assert told[-1] == (written.container_size, written.container_size)
        assert len(told) == -(-written.container_size // limits.CHUNK)
        told.clear()
        verify_bundle(opened, setting.trust, setting.plan, NOW, progress=lambda *step: told.append(step))
        assert told[-1] == (len(FILM) + len(TABLE), len(FILM) + len(TABLE))

        def stop(done: int, _total: int) -> None:
            if done > 3 * limits.MIB:
                raise Cancelled

        with pytest.raises(Cancelled):
            open_bundle(sealed, setting.ud.opening, progress=stop)
        with pytest.raises(Cancelled):
            verify_bundle(opened, setting.trust, setting.plan, NOW, progress=stop)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 4096, 100_001])
def test_a_view_reads_at_every_place_what_gcm_would(tmp_path: Path, size: int) -> None:
    text, key, nonce = random.Random(size).randbytes(size), bytes(range(32)), bytes(range(12))
    path = tmp_path / "x"
    path.write_bytes(b"before" + AESGCM(key).encrypt(nonce, text, None))
    with path.open("rb") as stream:
        view = Sealed(InFile(stream, path, start=6, size=size), key=key, nonce=nonce)
        places = random.Random(2000 + size)
        for _ in range(50):
            offset, length = places.randrange(size + 2), places.randrange(size + 2)
            assert view.read_at(offset, length) == text[offset : offset + length]
        assert b"".join(pieces(view, 0, size)) == text


def test_a_counter_that_turns_over_a_byte_goes_on(tmp_path: Path) -> None:
    """Blocks 255, 256 and 65,535: where a counter that were kept wrongly would show."""
    size, key, nonce = 16 * 65_600, bytes(32), bytes(12)
    text = random.Random(8).randbytes(size)
    path = tmp_path / "x"
    path.write_bytes(AESGCM(key).encrypt(nonce, text, None))
    with path.open("rb") as stream:
        view = Sealed(InFile(stream, path, start=0, size=size), key=key, nonce=nonce)
        for block in (253, 254, 255, 256, 65_532, 65_533, 65_534, 65_535):
            assert view.read_at(block * 16 - 7, 40) == text[block * 16 - 7 : block * 16 + 33]


def test_reading_beyond_the_end_is_noticed() -> None:
    with pytest.raises(Altered):
        list(pieces(InMemory(b"short"), 0, 10))
