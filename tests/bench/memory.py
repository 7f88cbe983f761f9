"""Peak memory of opening, verifying and importing at every size, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench import peak
from tests.bench.measuring import Benchmark
from tests.bench.setting import MP4, office_in, packed_file
from tests.kit import YEAR, answer
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.submission.sending import export

MIB: Final = 1 << 20
ALLOWED: Final = 64_000_000  # bytes above the idle program
WAYS: Final = ("open", "verify", "import")  # the last one changes the store
SIZES: Final = {
    "memory-1mib": MIB,
    "memory-64mib": 64 * MIB,
    "memory-256mib": 256 * MIB,
    "memory-1gib": 1023 * MIB,  # a whole bundle is at most 1 GiB
}


def peaks(size: int, folder: Path) -> dict[str, int]:
    """Bytes above the idle program, by way, for a bundle with evidence of ``size`` bytes."""
    with office_in(folder) as office:
        ud = office.ud()
        ministry = office.answered(office.enrolled(ud, "FD"))
        film = packed_file(folder / "film.mp4", size, MP4)
        attach(ministry, YEAR, answer(1).key, [film], keep_original=True)
        film.unlink()
        bundle = export(ministry, YEAR, folder / "0.asice.cms", approved_by="Ola Godkjenner").path
        store = ud.store.path
    found = {}
    for way in WAYS:
        line = [sys.executable, "-m", peak.__name__, way, str(store), str(bundle)]
        found[way] = int(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
    return found


def measure(size: int, folder: Path, is_quick: bool) -> float:
    """Unit of work: the hungriest of opening, verifying and importing a bundle. Floor: 64 MB above the idle program."""
    return max(peaks(MIB if is_quick else size, folder).values()) / ALLOWED


BENCHMARKS = tuple(
    Benchmark(
        name=name,
        unit_of_work=f"peak memory of opening, verifying or importing {size // MIB} MiB above the idle program",
        floor="64 MB above the idle program",
        budget=1.0,
        measure=partial(measure, size),
        is_long=size > 512 * MIB,
    )
    for name, size in SIZES.items()
)
