"""Looking at a bundle without taking it in, and handing auditors what they need."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.errors import FileUnreadable
from wpsdesk.base.files import new_file, read_file, write_file
from wpsdesk.base.ids import UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.examining import Examination, examine
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.plan.model import Plan
from wpsdesk.trust.anchors import TrustSet

if TYPE_CHECKING:  # looking at a file needs no store, and must not wait for the database library
    from wpsdesk.bundle.examining_parts import FolderOfParts, PartExamination
    from wpsdesk.desk.model import Desk


def verify(
    path: Path,
    desk: Desk | None,
    plan: Plan,
    at: datetime,
    *,
    trust: TrustSet | None = None,
    progress: Progress = unwatched,
) -> Examination:
    """What a file is, who signed it, and whether it is intact, valid and trusted at ``at``; nothing is stored.

    Without a desk a sealed file cannot be opened, and nobody's root is known unless ``trust`` is given; where it is,
    it goes before the desk's. Raises only what reading the file raises (FileMissing, FileUnreadable); every other
    fault stands in the examination.
    """
    if desk is None:
        return examine(path, (), trust, plan, at, progress=progress)
    from wpsdesk.desk.agencies.beginning import sides_of
    from wpsdesk.desk.model import callers_of, opening_keys, trust_of

    keys: tuple[OpeningKey, ...] = ()
    known: list[tuple[TrustSet | None, frozenset[UnitCode]]] = []
    for side in sides_of(desk):
        with side.store.read() as tx:
            keys += opening_keys(tx)
            known.append((trust if trust is not None else trust_of(tx), callers_of(side, tx)))
    by, callers = known[0]
    found = examine(path, keys, by, plan, at, authorities=callers, progress=progress)
    # What comes to the side on which the unit gathers is judged by its own root, and not by UD's.
    if len(known) > 1 and found.header is not None and found.header.kind in (Kind.SUBMISSION, Kind.ENROLMENT):
        return examine(path, keys, known[-1][0], plan, at, progress=progress)
    return found


def parts_beside(folder: Path) -> FolderOfParts:
    """Every part in ``folder``, set by set, each looked at from end to end; nothing is stored.

    Raises FileMissing, FileUnreadable.
    """
    from wpsdesk.bundle.examining_parts import parts_in

    return parts_in(folder)


def verify_part(path: Path, folder: FolderOfParts) -> PartExamination:
    """What the part at ``path`` is and fills, and which of its set lie in ``folder``, its own.

    What is wrong with it stands in the examination. Raises FileMissing, FileUnreadable.
    """
    from wpsdesk.bundle.examining_parts import examine_part

    return examine_part(path, folder)


def read_trust(path: Path) -> TrustSet:
    """Root, chain and revocation lists as :func:`export_trust` writes them.

    Raises BadCertificate, BadRevocationList, FileMissing, FileUnreadable, FileTooLarge.
    """
    from wpsdesk.trust.exported import MAX_PEM, trust_from_pem

    try:
        return trust_from_pem(read_file(path, limit=MAX_PEM).decode("ascii"))
    except UnicodeDecodeError:
        raise FileUnreadable(path=path) from None


def trust_at(desk: Desk) -> TrustSet | None:
    """What the desk judges by, or None before its first call."""
    from wpsdesk.desk.model import trust_of

    with desk.store.read() as tx:
        return trust_of(tx)


def open_container(desk: Desk, path: Path, out: Path, *, progress: Progress = unwatched) -> None:
    """Write the signed container that is inside a seal, for auditors: it is readable by anyone who has it.

    Raises NotForThisDesk, Altered, Truncated and the like; FileExistsAlready, DiskFull, Cancelled.
    """
    from wpsdesk.desk.agencies.beginning import sides_of
    from wpsdesk.desk.model import opening_keys

    keys: tuple[OpeningKey, ...] = ()
    for side in sides_of(desk):
        with side.store.read() as tx:
            keys += opening_keys(tx)
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
