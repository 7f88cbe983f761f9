"""The archive of a year: all that came with UD's own note of it, all that went, the releases, to be checked without us.

What stands in it is read by ``verify-all.sh``, which lies beside the files and needs openssl, unzip and a shell.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk import assets
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import FileExistsAlready, from_os
from wpsdesk.base.files import make_folder, new_file, read_file, require_room, sync_folder
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.layout import layout_of
from wpsdesk.bundle.payloads import ReplyPayload, payload_from
from wpsdesk.bundle.plaintext import InMemory
from wpsdesk.bundle.signing import sign_manifest
from wpsdesk.bundle.zipreading import directory_of, whole
from wpsdesk.desk.arrivals.proving import proof_in
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.keys.authority import refresh_own_lists
from wpsdesk.desk.model import Desk, require_authority, require_trust, signer_of
from wpsdesk.desk.publication.earlier_roots import earlier_roots, name_of_root
from wpsdesk.desk.publication.filing import (
    JOURNAL,
    STRUCTURE,
    Filed,
    journal_bytes,
    structure_bytes,
    was_released,
    went_out,
)
from wpsdesk.desk.publication.own_papers import papers_bytes, papers_in
from wpsdesk.desk.publication.released import Released
from wpsdesk.plan.model import Plan
from wpsdesk.store.journal import note
from wpsdesk.store.sent import Sent
from wpsdesk.store.submissions import Arrived, all_standings, container, submissions
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import TrustSet, check_signer
from wpsdesk.trust.certificates import Certificate

SHIPPED: Final = ("LESMEG.txt", "verify-all.sh", "verify.sh")
HASHES: Final = "sha256.txt"
SIGNATURE: Final = "sha256.p7s"
CONTENTS: Final = "contents.tsv"
PAPERS: Final = "ud.json"
EARLIER: Final = "earlier"
ROOT: Final = "root.pem"
SUBMISSIONS: Final = "submissions"
SUBMISSION: Final = "submission.asice"
RECEIPT: Final = "receipt.asice"
TRUST: Final = "trust.pem"
HEADS: Final = ("folder", "unit", "year", "no", "sha256", "signed_by", "signed_at", "received_at", "standing")
_SMALL: Final = 1 << 20  # bytes of a file that ships with the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An archive that has been written."""

    path: Path
    year: Year
    submissions: int
    files: int
    size: int  # bytes of all files
    root_fingerprint: str


def archive(desk: Desk, year: Year, out: Path, *, progress: Progress = unwatched) -> Archived:
    """Write the archive of a year as a new folder ``out``; whole, or not at all.

    Everything that has come for the year goes in, also what has been superseded or is held. The list of files is
    signed by UD. Raises OnlyTheAuthority, NothingReceived, ProofMissing, FileExistsAlready, DiskFull,
    FileUnwritable, DamagedStore, Cancelled; Untrusted's subclasses where UD's own certificate is not good today.
    """
    require_authority(desk)
    refresh_own_lists(desk)
    if out.exists():
        raise FileExistsAlready(path=out)
    temporary = out.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with desk.store.read() as tx:
            archived = _written(tx, desk, year, temporary, progress)
        try:
            temporary.rename(out)
        except OSError as error:
            raise (FileExistsAlready(path=out) if out.exists() else from_os(error, out, writing=True)) from error
        sync_folder(out.parent)
    finally:
        with suppress(OSError):
            shutil.rmtree(temporary, ignore_errors=True)
    with desk.store.write() as tx:
        note(tx, "archived", who=desk.unit.code, now=desk.clock(), about=str(year))
    return Archived(
        path=out,
        year=year,
        submissions=archived.submissions,
        files=len(archived.written) + 2,
        size=archived.size,
        root_fingerprint=archived.root_fingerprint,
    )


@dataclass(slots=True, kw_only=True)
class _Folder:
    """The archive while it is written: every file's digest, as it went to the disk."""

    path: Path
    root_fingerprint: str
    progress: Progress
    total: int
    submissions: int = 0
    size: int = 0
    written: dict[str, tuple[Digest, int]] = field(default_factory=dict)  # by path: digest and size

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one file, and note its digest and size."""
        place, seen, begun = self.path / name, hashlib.sha256(), self.size
        make_folder(place.parent)
        with new_file(place) as stream:
            for chunk in chunks:
                seen.update(chunk)
                stream.write(chunk)
                self.size += len(chunk)
                self.progress(min(self.size, self.total), self.total)
        self.written[name] = Digest(seen.hexdigest()), self.size - begun


def _written(tx: Tx, desk: Desk, year: Year, path: Path, progress: Progress) -> _Folder:
    """1. Each submission with its note and that day's trust. 2. What a reader needs. 3. The signed list."""
    found, now = submissions(tx, year), desk.clock()
    if not found:
        raise NothingReceived(year=year)
    trust, signer = require_trust(tx), signer_of(tx)
    check_signer(signer.certificate, signer.chain, trust, now)
    total = sum(each.size for each in found)
    require_room(path.parent, total + limits.MIB * len(found))
    made = _Folder(path=path, root_fingerprint=trust.root_fingerprint, progress=progress, total=total)
    came: dict[str, Arrived] = {}
    for arrived in found:
        receipt = proof_in(tx, arrived)
        folder = f"{SUBMISSIONS}/{name_of(arrived)}"
        made.put(f"{folder}/{SUBMISSION}", container(tx, arrived.digest))
        made.put(f"{folder}/{RECEIPT}", (receipt,))
        made.put(f"{folder}/{TRUST}", (pem_of(trust_in(receipt, desk.plan)),))
        made.submissions += 1
        came[folder] = arrived
    for name in SHIPPED:
        made.put(name, (read_file(assets.resource("verify", name), limit=_SMALL),))
    made.put(CONTENTS, (contents_of(tx, found),))
    made.put(PAPERS, (papers_bytes(papers_in(tx, year, {each.digest: each.file_name for each in found})),))
    _put_the_rest(tx, desk, year, made, came)
    made.put(ROOT, (trust.root.pem.encode("ascii"),))
    made.put(TRUST, (pem_of(trust),))
    for each in earlier_roots(tx):
        made.put(f"{EARLIER}/{name_of_root(each)}.pem", (pem_of(each),))
    listing = _listing(made.written, now)
    for name, data in ((HASHES, listing), (SIGNATURE, sign_manifest(listing, signer, now))):
        with new_file(path / name) as stream:
            stream.write(data)
        made.size += len(data)
    progress(total, total)
    return made


def _put_the_rest(tx: Tx, desk: Desk, year: Year, made: _Folder, came: dict[str, Arrived]) -> None:
    """What UD sent and released, its journal, and the case files that name all of it."""
    gone: dict[str, Sent] = {}
    for one, path, chunks in went_out(tx, year):
        made.put(path, chunks)
        gone[path] = one
    released: dict[str, Released] = {}
    for release, path, data in was_released(tx, year):
        made.put(path, (data,))
        released[path] = release
    made.put(JOURNAL, (journal_bytes(tx),))
    made.put(STRUCTURE, (structure_bytes(tx, desk, year, Filed(came, gone, released, made.written)),))


def name_of(arrived: Arrived) -> str:
    """The folder of a submission in an archive."""
    return f"{arrived.unit.lower()}_{arrived.year}_{arrived.seq}_{arrived.digest[:12]}"


def pem_of(trust: TrustSet) -> bytes:
    """Root, chain and revocation lists as they lie in an archive."""
    return trust.pem().encode("ascii")


def trust_in(receipt: bytes, plan: Plan) -> TrustSet:
    """The chain and the revocation lists that UD's own note of an import carries."""
    plaintext = InMemory(receipt)
    entry = layout_of(directory_of(plaintext)).payload
    payload = payload_from(load_json(whole(plaintext, entry), limit=limits.PAYLOAD_JSON), entry.name, plan)
    assert isinstance(payload, ReplyPayload), "it was written as a reply"
    return payload.trust


def _listing(written: dict[str, tuple[Digest, int]], now: datetime) -> bytes:
    """``sha256sum``'s own form; the first line, which it passes over, says when the archive was made."""
    lines = [f"{digest}  {name}" for name, (digest, _) in sorted(written.items())]
    return "\n".join([f"# {rfc3339(now)}", *lines, ""]).encode("ascii")


def contents_of(tx: Tx, found: tuple[Arrived, ...]) -> bytes:
    """A line for each submission, in the order of arrival, after a line of heads; tabs between."""
    stands = all_standings(tx)
    rows = [HEADS, *(_row(each, stands.get(each.digest, "")) for each in found)]
    return "".join("\t".join(row) + "\n" for row in rows).encode("utf-8")


def _row(arrived: Arrived, standing: str) -> tuple[str, ...]:
    return (
        name_of(arrived),
        arrived.unit,
        str(arrived.year),
        str(arrived.seq),
        arrived.digest,
        Certificate(der=arrived.signer).name,
        rfc3339(arrived.signed_at),
        rfc3339(arrived.received_at),
        standing,
    )
