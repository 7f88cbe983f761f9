"""Large evidence: a film of 200 MB leaves one desk and reaches another, in time and in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench import peak
from tests.bench.bare import bare_store, copy_and_hash
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import MP4, office_in, packed_file
from tests.kit import YEAR, Office, answer
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.store.chunks import CHUNK

MEGABYTE: Final = 1_000_000
ALLOWED: Final = 64 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """UD's desk, and a ministry's with the film on an answer that is ready to be sent."""

    ud: Desk
    ministry: Desk
    film: Path
    folder: Path

    def export(self, number: int) -> Path:
        """Write bundle ``number``."""
        return export(self.ministry, YEAR, self.folder / f"{number}.asice.cms", approved_by="Ola Godkjenner").path

    def receive(self, path: Path) -> None:
        """Take it in."""
        assert isinstance(receive_one(self.ud, path), Received)

    def copy(self) -> None:
        """The floor."""
        copy_and_hash(self.film, self.folder / "copy")


@contextmanager
def posted(folder: Path, is_quick: bool) -> Iterator[Posted]:
    """Two desks and the film."""
    with office_in(folder) as office:
        yield _prepared(office, is_quick)


def _prepared(office: Office, is_quick: bool) -> Posted:
    film = packed_file(office.folder / "film.mp4", (10 if is_quick else 200) * MEGABYTE, MP4)
    ud = office.ud()
    ministry = office.answered(office.enrolled(ud, "FD"))
    attach(ministry, YEAR, answer(1).key, [film])
    return Posted(ud=ud, ministry=ministry, film=film, folder=office.folder)


def measure_export(folder: Path, is_quick: bool) -> float:
    """Unit of work: one signed and sealed bundle with the film, from the store to the disk.

    Floor: a copy of the film that is on the disk, and its SHA-256.
    """
    with posted(folder, is_quick) as year:

        def pairs() -> Iterator[tuple[Work, Work]]:
            for number in range(2 if is_quick else 7):
                yield partial(year.export, number), year.copy
                (folder / f"{number}.asice.cms").unlink()

        return ratio_of(pairs())


def measure_import(folder: Path, is_quick: bool) -> float:
    """Unit of work: one such bundle, opened, verified and kept in UD's store.

    Floor: a copy of the film that is on the disk, and its SHA-256.
    """
    with posted(folder, is_quick) as year:

        def pairs() -> Iterator[tuple[Work, Work]]:
            for number in range(2 if is_quick else 7):
                path = year.export(number)
                yield partial(year.receive, path), year.copy
                path.unlink()

        return ratio_of(pairs())


def measure_store(folder: Path, is_quick: bool) -> float:
    """Unit of work: the film put into a bare SQLCipher store, in chunks as the program has them, in one commit.

    Floor: a copy of the film that is on the disk, and its SHA-256. No import into such a store can be below it.
    """
    film = packed_file(folder / "film.mp4", (10 if is_quick else 200) * MEGABYTE, MP4)
    with bare_store(folder / "bare.db") as bare:

        def kept(number: int) -> None:
            with film.open("rb") as stream:
                pieces = iter(partial(stream.read, CHUNK), b"")
                bare.put_all((f"{number}/{position}", piece) for position, piece in enumerate(pieces))

        rounds = range(2 if is_quick else 7)
        return ratio_of((partial(kept, number), partial(copy_and_hash, film, folder / "copy")) for number in rounds)


def measure_export_memory(folder: Path, is_quick: bool) -> float:
    """Unit of work: the same export, by a desk that has just been opened in a process of its own.

    Floor: 64 MB above what that process held before it began.
    """
    with posted(folder, is_quick) as year:
        store = year.ministry.store.path
    return _peak("export", store, folder / "0.asice.cms") / ALLOWED


def measure_import_memory(folder: Path, is_quick: bool) -> float:
    """Unit of work: the same import, by a desk that has just been opened in a process of its own.

    Floor: 64 MB above what that process held before it began.
    """
    with posted(folder, is_quick) as year:
        store, path = year.ud.store.path, year.export(0)
    return _peak("import", store, path) / ALLOWED


def _peak(what: str, store: Path, bundle: Path) -> int:
    """Bytes, told by the process itself."""
    line = [sys.executable, "-m", peak.__name__, what, str(store), str(bundle)]
    return int(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


_COPY: Final = "a copy of the same file that is on the disk, and its SHA-256"
_MEMORY: Final = "64 MB above the idle program"

BENCHMARKS = (
    Benchmark(
        name="export-200mb",
        unit_of_work="export of a report with 200 MB of evidence",
        floor=_COPY,
        budget=2.0,
        measure=measure_export,
    ),
    Benchmark(
        name="import-200mb",
        unit_of_work="import of a report with 200 MB of evidence",
        floor=_COPY,
        budget=2.0,
        measure=measure_import,
    ),
    Benchmark(
        name="store-200mb",
        unit_of_work="200 MB put into a bare SQLCipher store, one commit: what no import can do without",
        floor=_COPY,
        budget=None,
        measure=measure_store,
    ),
    Benchmark(
        name="export-200mb-memory",
        unit_of_work="peak memory of the export of 200 MB above the idle program",
        floor=_MEMORY,
        budget=1.0,
        measure=measure_export_memory,
    ),
    Benchmark(
        name="import-200mb-memory",
        unit_of_work="peak memory of the import of 200 MB above the idle program",
        floor=_MEMORY,
        budget=1.0,
        measure=measure_import_memory,
    ),
)
