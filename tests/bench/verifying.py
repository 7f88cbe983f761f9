"""Verify: the command looks at one bundle, from a cold start of the program to its answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import long_answer, office_in
from tests.kit import YEAR
from wpsdesk.desk.arrivals.verifying import export_trust, open_container
from wpsdesk.desk.submission.sending import export

# What has to be imported to read a certificate and a list, find a path, check a signature and open a seal.
CRYPTOGRAPHY: Final = """
from cryptography import x509
from cryptography.x509 import verification
from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, aead, algorithms, modes
"""


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: ``wpsdesk verify`` of a signed report, a process of its own. Floor: Python, and those imports."""
    with office_in(folder) as office:
        ud = office.ud()
        fd = office.answered(office.enrolled(ud, "FD"), *(long_answer(number) for number in range(1, 11)))
        sent = export(fd, YEAR, folder).path
        container, trust = folder / "report.asice", folder / "trust.pem"
        open_container(ud, sent, container)
        export_trust(ud, trust)
        moment = office.clock().isoformat()
    look = ("-m", "wpsdesk", "verify", str(container), "--trust", str(trust), "--at", moment)

    def pairs() -> Iterator[tuple[Work, Work]]:
        _run(*look)  # whatever is compiled once is compiled now
        for _ in range(5 if is_quick else 41):
            yield partial(_run, *look), partial(_run, "-c", CRYPTOGRAPHY)

    return ratio_of(pairs())


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


BENCHMARKS = (
    Benchmark(
        name="verify-start",
        unit_of_work="wpsdesk verify of one bundle, from a cold start to its answer",
        floor="Python importing what of cryptography it takes",
        budget=2.5,
        measure=measure,
    ),
)
