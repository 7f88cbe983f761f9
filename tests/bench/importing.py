"""Import: UD's desk takes in sealed bundles of the usual size, 112 KB."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.bare import BareSigner, BareStore, bare_store
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import JPEG, long_answer, office_in, packed_file
from tests.kit import YEAR, Office
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export

SIZE: Final = 112_000
UNITS: Final = ("FD", "JD", "KUD", "AID", "KLD", "NORAD")
ANSWERS: Final = 20


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: one bundle, from a path to a submission that is on the disk; a thousand of them from six units.

    Floor: SHA-256 of the same bytes, one ECDSA verification, one insert in a bare SQLCipher store, one commit a bundle.
    """
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        ud, signer = office.ud(), BareSigner()
        bundles = exported(office, ud, 12 if is_quick else 1000)

        def pairs() -> Iterator[tuple[Work, Work]]:
            for path in bundles:
                data = path.read_bytes()
                signature = signer.sign(hashlib.sha256(data).digest())
                yield partial(receive, ud, path), partial(_keep, bare, signer, signature, data)

        return ratio_of(pairs())


def receive(ud: Desk, path: Path) -> None:
    """Take one in."""
    assert isinstance(receive_one(ud, path), Received)


def _keep(bare: BareStore, signer: BareSigner, signature: bytes, data: bytes) -> None:
    digest = hashlib.sha256(data)
    signer.verify(signature, digest.digest())
    bare.put(digest.hexdigest(), data)


def exported(office: Office, ud: Desk, count: int) -> list[Path]:
    """So many bundles of SIZE bytes within two per cent, from each unit by turns."""
    desks = [office.enrolled(ud, unit) for unit in UNITS]
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
)
