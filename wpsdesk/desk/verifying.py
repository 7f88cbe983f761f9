"""Looking at a bundle without taking it in, and handing auditors what they need."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.files import new_file, write_file
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.examining import Examination, examine
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.plan.model import Plan

if TYPE_CHECKING:  # looking at a file needs no store, and must not wait for the database library
    from wpsdesk.desk.model import Desk


def verify(path: Path, desk: Desk | None, plan: Plan, at: datetime) -> Examination:
    """What a file is, who signed it, and whether it is intact, valid and trusted; nothing is stored.

    Without a desk a sealed file cannot be opened, and nobody's root is known. Raises only what reading the file
    raises (FileMissing, FileUnreadable); every other fault stands in the examination.
    """
    if desk is None:
        return examine(path, (), None, plan, at)
    from wpsdesk.desk.model import opening_keys, trust_of

    with desk.store.read() as tx:
        keys, trust = opening_keys(tx), trust_of(tx)
    return examine(path, keys, trust, plan, at)


def open_container(desk: Desk, path: Path, out: Path, *, progress: Progress = unwatched) -> None:
    """Write the signed container that is inside a seal, for auditors: it is readable by anyone who has it.

    Raises NotForThisDesk, Altered, Truncated and the like; FileExistsAlready, DiskFull, Cancelled.
    """
    from wpsdesk.desk.model import opening_keys

    with desk.store.read() as tx:
        keys = opening_keys(tx)
    with sealed_bundle(path) as sealed:
        opened = open_bundle(sealed, keys, progress=progress)
        with new_file(out) as stream:
            for chunk in opened.container():
                stream.write(chunk)


def export_trust(desk: Desk, out: Path) -> None:
    """Write root, chain and revocation lists as PEM, for auditors and openssl. Raises NoCall, FileExistsAlready."""
    from wpsdesk.desk.model import require_trust

    with desk.store.read() as tx:
        trust = require_trust(tx)
    write_file(out, trust.pem().encode("ascii"))
