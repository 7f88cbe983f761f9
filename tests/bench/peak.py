"""``python -m tests.bench.peak export|import|open|verify STORE BUNDLE``: bytes that it takes above the idle program.

Deriving the key when a desk is opened takes 64 MiB for a moment, on purpose; so the kernel is asked to forget the
peak up to then. Only Linux can be asked.
"""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path

from tests.kit import PASSPHRASE, YEAR, WoundClock
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.arrivals.verifying import open_container, verify
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export

_PROCESS = Path("/proc/self")


def main(what: str, store: str, bundle: str) -> None:
    """Do it and print the number."""
    desk = open_desk(Path(store), PASSPHRASE, clock=WoundClock())
    gc.collect()
    (_PROCESS / "clear_refs").write_text("5", "ascii")
    idle = _bytes("VmRSS")
    _do(what, desk, Path(bundle))
    print(_bytes("VmHWM") - idle)
    close_desk(desk)


def _do(what: str, desk: Desk, bundle: Path) -> None:
    match what:
        case "export":
            export(desk, YEAR, bundle, approved_by="Ola Godkjenner")
        case "import":
            assert isinstance(receive_one(desk, bundle), Received)
        case "open":
            out = bundle.with_suffix(".open")
            open_container(desk, bundle, out)
            out.unlink()
        case "verify":
            assert verify(bundle, desk, desk.plan, desk.clock()).is_good
        case _:
            raise ValueError(what)


def _bytes(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", (_PROCESS / "status").read_text("ascii"), re.MULTILINE)
    assert found, name
    return int(found[1]) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
