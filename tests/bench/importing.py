"""Import: UD's desk takes in sealed bundles of the usual size, 112 KB."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.bare import BareSigner, BareStore, bare_store
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import JPEG, long_answer, office_in, packed_file
from tests.kit import PASSPHRASE, YEAR, Office, mission
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.keeping import Received, arrived_of
from wpsdesk.desk.arrivals.proving import proof_of, put_proof
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.arrivals.submitted import submitted_of
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk, opening_keys, require_trust
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Unit
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import record_submission

SIZE: Final = 112_000
MINISTRIES: Final = ("FD", "JD", "KUD", "AID", "KLD", "NORAD")
MISSIONS: Final = tuple(mission(f"N{each.code}", each.code) for each in load_plan().focus_countries)
ANSWERS: Final = 20


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: one bundle, from a path to a submission that is on the disk; a thousand of them from 24 units.

    Floor: SHA-256 of the same bytes, one ECDSA verification, one insert in a bare SQLCipher store, one commit a bundle.
    """
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        ud, signer = office.ud(*MISSIONS), BareSigner()
        bundles = exported(office, ud, 12 if is_quick else 1000)

        def pairs() -> Iterator[tuple[Work, Work]]:
            for path in bundles:
                data = path.read_bytes()
                signature = signer.sign(hashlib.sha256(data).digest())
                yield partial(receive, ud, path), partial(_keep, bare, signer, signature, data)

        return ratio_of(pairs())


def measure_rows(folder: Path, is_quick: bool) -> float:
    """Unit of work: the same. Floor: SHA-256, one ECDSA verification, and the same rows in the same tables.

    That is the container, the report and its entries, UD's own note and a line of the journal. They go into a copy of
    the same store, in one commit a bundle; what they are made of has been read and written before.
    """
    with office_in(folder) as office:
        ud, signer = office.ud(*MISSIONS), BareSigner()
        bundles = exported(office, ud, 12 if is_quick else 300)
        with copy_of(ud, folder / "copy") as copy:

            def pairs() -> Iterator[tuple[Work, Work]]:
                for path in bundles:
                    read = _Read(copy, path)
                    signature = signer.sign(hashlib.sha256(read.container).digest())
                    yield partial(receive, ud, path), partial(_insert, copy, signer, signature, read)

            return ratio_of(pairs())


class _Read:
    """A bundle that has been opened, verified and read: what its rows are made of."""

    def __init__(self, desk: Desk, path: Path) -> None:
        with desk.store.read() as tx:
            keys, trust = opening_keys(tx), require_trust(tx)
            with sealed_bundle(path) as sealed:
                opened = open_bundle(sealed, keys)
                self.submitted = submitted_of(verify_bundle(opened, trust, desk.plan, desk.clock()))
                self.container = b"".join(opened.unchecked())
            self.arrived = arrived_of(self.submitted, path.name, desk.clock())
            self.proof = proof_of(tx, desk, self.arrived)


def _insert(desk: Desk, signer: BareSigner, signature: bytes, read: _Read) -> None:
    signer.verify(signature, hashlib.sha256(read.container).digest())
    come, arrived = read.submitted, read.arrived
    with desk.store.write() as tx:
        record_submission(tx, arrived, (read.container,), come.rows, report=come.payload, files=come.files)
        put_proof(tx, arrived.digest, read.proof)
        note(tx, "received", who=desk.unit.code, now=arrived.received_at, about=f"{come.unit}/{come.year}/{come.seq}")


@contextmanager
def copy_of(desk: Desk, folder: Path) -> Iterator[Desk]:
    """A copy of a desk, in a new folder."""
    folder.mkdir()
    for file in desk.store.path.parent.glob(f"{desk.store.path.stem}.*"):
        shutil.copy(file, folder)
    copy = open_desk(folder / desk.store.path.name, PASSPHRASE, clock=desk.clock)
    try:
        yield copy
    finally:
        close_desk(copy)


def receive(ud: Desk, path: Path) -> None:
    """Take one in."""
    assert isinstance(receive_one(ud, path), Received)


def _keep(bare: BareStore, signer: BareSigner, signature: bytes, data: bytes) -> None:
    digest = hashlib.sha256(data)
    signer.verify(signature, digest.digest())
    bare.put(digest.hexdigest(), data)


def exported(office: Office, ud: Desk, count: int) -> list[Path]:
    """So many bundles of SIZE bytes within two per cent, from each unit by turns."""
    units: tuple[Unit | str, ...] = (*MINISTRIES, *MISSIONS)
    desks = [office.enrolled(ud, unit) for unit in units]
    for desk in desks:
        office.answered(desk, *(long_answer(number) for number in range(1, ANSWERS + 1)))
        attach(desk, YEAR, long_answer(1).key, [packed_file(office.folder / "picture.jpg", 102_600, JPEG)])
    found = []
    for number in range(count):
        desk = desks[number % len(desks)]
        save(desk, YEAR, long_answer(2, edition=number))
        sent = export(desk, YEAR, office.folder, approved_by="Ola Godkjenner")
        assert abs(sent.size - SIZE) < 0.02 * SIZE, f"a bundle of {sent.size} bytes"
        found.append(sent.path)
    return found


BENCHMARKS = (
    Benchmark(
        name="import-112kb",
        unit_of_work="import of one of 1,000 sealed bundles of 112 KB",
        floor="SHA-256, one ECDSA verification, one insert and commit of the same bytes in a SQLCipher store",
        budget=2.5,
        measure=measure,
    ),
    Benchmark(
        name="import-112kb-rows",
        unit_of_work="import of one of 300 sealed bundles of 112 KB",
        floor="SHA-256, one ECDSA verification, insert and commit of the same rows in the same store",
        budget=2.5,
        measure=measure_rows,
    ),
)
