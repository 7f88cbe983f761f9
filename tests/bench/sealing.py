"""The seal alone: 200 MB written sealed, and opened again, against a copy of the same bytes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.evidence import MEGABYTE
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import MP4, office_in, packed_file
from wpsdesk.base.files import new_file
from wpsdesk.bundle.opening import sealed_bundle
from wpsdesk.bundle.plaintext import pieces
from wpsdesk.bundle.sealing import TAG_SIZE, content_key, seal, unsealed_pieces
from wpsdesk.desk.model import CERTIFICATES, OWN, certificates_of, unit_keys
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import PrivateKey


def measure_seal(folder: Path, is_quick: bool) -> float:
    """Unit of work: a file sealed to two keys, on the disk. Floor: a copy of it that is on the disk."""
    film, recipients, _ = _prepared(folder, is_quick)

    def pairs() -> Iterator[tuple[Work, Work]]:
        for _ in range(2 if is_quick else 9):
            yield partial(_seal, film, recipients, folder / "sealed"), partial(_copy, film, folder / "copy")

    return ratio_of(pairs())


def measure_open(folder: Path, is_quick: bool) -> float:
    """Unit of work: a sealed file opened into another, its tag checked. Floor: a copy of it, on the disk both."""
    film, recipients, key = _prepared(folder, is_quick)
    _seal(film, recipients, folder / "sealed")

    def pairs() -> Iterator[tuple[Work, Work]]:
        for _ in range(2 if is_quick else 9):
            yield partial(_open, folder / "sealed", key, folder / "opened"), partial(_copy, film, folder / "copy")

    ratio = ratio_of(pairs())
    assert (folder / "opened").read_bytes() == film.read_bytes()
    return ratio


def _prepared(folder: Path, is_quick: bool) -> tuple[Path, tuple[Certificate, ...], PrivateKey]:
    with office_in(folder) as office, office.ud().store.read() as tx:
        own, key = certificates_of(tx, CERTIFICATES, OWN), unit_keys(tx).sealing
    assert own is not None
    assert key is not None
    assert own.recovery is not None
    film = packed_file(folder / "film.mp4", (10 if is_quick else 200) * MEGABYTE, MP4)
    return film, (own.sealing, own.recovery), key


def _seal(film: Path, recipients: tuple[Certificate, ...], out: Path) -> None:
    with film.open("rb") as source, new_file(out, replace=True) as stream:
        seal(iter(lambda: source.read(1 << 20), b""), film.stat().st_size, recipients, stream.write)


def _open(path: Path, key: PrivateKey, out: Path) -> None:
    with sealed_bundle(path) as sealed, new_file(out, replace=True) as stream:
        found = sealed.seal
        assert found is not None
        (opened,) = (k for each in found.recipients if (k := content_key(each, key)))  # type: ignore[arg-type]
        text = sealed.bytes_at(found.text_offset, found.text_size)
        tag = sealed.bytes_at(found.tag_offset, TAG_SIZE).read_at(0, TAG_SIZE)
        stream.writelines(unsealed_pieces(found, opened, pieces(text, 0, text.size), tag))


def _copy(source: Path, to: Path) -> None:
    shutil.copyfile(source, to)
    with to.open("r+b") as stream:
        os.fsync(stream.fileno())


BENCHMARKS = (
    Benchmark(
        name="seal-200mb",
        unit_of_work="200 MB sealed into a new file",
        floor="a copy of the same file that is on the disk",
        budget=1.25,
        measure=measure_seal,
    ),
    Benchmark(
        name="open-200mb",
        unit_of_work="200 MB opened into a new file",
        floor="a copy of the same file that is on the disk",
        budget=1.25,
        measure=measure_open,
    ),
)
