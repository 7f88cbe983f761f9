"""Import of a folder: a thousand bundles at once, which share commits and are read by a process of their own."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.bare import BareSigner, BareStore, bare_store
from tests.bench.importing import MISSIONS, exported
from tests.bench.measuring import Benchmark, seconds
from tests.bench.setting import office_in
from tests.kit import PASSPHRASE, WoundClock
from wpsdesk.desk.arrivals import reading_ahead
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import AT_ONCE, receive
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk

MANY: Final = 1000


def measure(at_once: int, folder: Path, is_quick: bool) -> float:
    """Unit of work: a folder of 1,000 bundles. Floor: SHA-256, one ECDSA verification and an insert of each of them.

    ``at_once``: how many of these inserts share a commit.
    """
    with _desks(folder, is_quick) as (ud, _, bundles), bare_store(folder / "bare.db") as bare:
        signer = BareSigner()
        known = [(data, signer.sign(hashlib.sha256(data).digest())) for data in (path.read_bytes() for path in bundles)]
        below = seconds(partial(_keep_all, bare, signer, known, at_once))
        return seconds(partial(receive_all, ud, bundles)) / below


def measure_two(folder: Path, is_quick: bool) -> float:
    """Unit of work: a folder of 1,000 bundles. Floor: the same in a single process, into a copy of the same store."""
    with _desks(folder, is_quick) as (ud, copy, bundles):
        usual, reading_ahead.FEWEST = reading_ahead.FEWEST, sys.maxsize  # type: ignore[misc]
        try:
            below = seconds(partial(receive_all, copy, bundles))
        finally:
            reading_ahead.FEWEST = usual  # type: ignore[misc]
        return seconds(partial(receive_all, ud, bundles)) / below


@contextmanager
def _desks(folder: Path, is_quick: bool) -> Iterator[tuple[Desk, Desk, list[Path]]]:
    """UD's desk, a copy of it, and bundles that neither has seen."""
    with office_in(folder) as office:
        ud = office.ud(*MISSIONS)
        bundles = exported(office, ud, 20 if is_quick else MANY)
        store = ud.store.path
    (folder / "copy").mkdir()
    for file in folder.glob(f"{store.stem}.*"):
        shutil.copy(file, folder / "copy")
    desks = [open_desk(path, PASSPHRASE, clock=WoundClock()) for path in (store, folder / "copy" / store.name)]
    try:
        yield desks[0], desks[1], bundles
    finally:
        for desk in desks:
            close_desk(desk)


def receive_all(ud: Desk, bundles: list[Path]) -> None:
    """Take them in at once."""
    assert all(isinstance(arrival.outcome, Received) for arrival in receive(ud, bundles))


def _keep_all(bare: BareStore, signer: BareSigner, known: list[tuple[bytes, bytes]], at_once: int) -> None:
    for start in range(0, len(known), at_once):
        rows = []
        for data, signature in known[start : start + at_once]:
            digest = hashlib.sha256(data)
            signer.verify(signature, digest.digest())
            rows.append((digest.hexdigest(), data))
        bare.put_all(rows)


_OURS: Final = "import of a folder of 1,000 sealed bundles of 112 KB"

BENCHMARKS = (
    Benchmark(
        name="import-folder",
        unit_of_work=_OURS,
        floor="SHA-256, one ECDSA verification, one insert and commit of each of the same in a SQLCipher store",
        budget=2.5,
        measure=partial(measure, 1),
    ),
    Benchmark(
        name="import-folder-shared",
        unit_of_work=_OURS,
        floor=f"the same floor with {AT_ONCE} of them in one commit",
        budget=None,
        measure=partial(measure, AT_ONCE),
    ),
    Benchmark(
        name="import-two-cores",
        unit_of_work=_OURS,
        floor="the same in one process",
        budget=0.625,
        measure=measure_two,
    ),
)
