"""An archive of a year as it is read back: nothing of it is believed before UD's signature and every digest hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.clock import from_rfc3339
from wpsdesk.base.errors import FileMissing, Malformed, WpsError, from_os
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import DIGEST, UNIT_CODE, Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.signing import read_signature
from wpsdesk.desk.model import AUTHORITY
from wpsdesk.desk.publication.archive_errors import (
    ArchiveAltered,
    ArchiveHasMore,
    ArchiveLacks,
    ArchiveNotSigned,
    NotAnArchive,
)
from wpsdesk.desk.publication.archiving import (
    CONTENTS,
    EARLIER,
    HASHES,
    HEADS,
    PAPERS,
    RECEIPT,
    ROOT,
    SIGNATURE,
    SUBMISSION,
    SUBMISSIONS,
    TRUST,
)
from wpsdesk.desk.publication.filing import JOURNAL
from wpsdesk.trust.anchors import TrustSet, check_signer
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.exported import MAX_PEM, trust_from_pem

_LIST: Final = 64 << 20  # bytes of the list of files, and of the list of submissions
_MOST: Final = 200_000  # files
_MOST_EARLIER: Final = 50
_FIRST: Final = re.compile(r"# ([0-9TZ:-]{20})")
_LINE: Final = re.compile(r"([0-9a-f]{64})  ((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)")
_SEQ: Final = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedSubmission:
    """A line of the archive's own list of what came."""

    folder: str  # in the archive
    unit: UnitCode
    seq: int
    digest: Digest
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArchive:
    """An archive whose list of files UD has signed, and whose files are all as they stand in it.

    ``trust`` is the archive's own: whether its root is UD's is for a person to say, who has UD's digits from elsewhere.
    """

    path: Path
    year: Year
    made: datetime  # UTC
    signed_by: str
    size: int  # bytes of all files
    trust: TrustSet
    earlier: tuple[TrustSet, ...]  # roots of UD's desks before the one that wrote it
    files: Mapping[str, Digest]
    submissions: tuple[ArchivedSubmission, ...]  # in the order in which they came

    @property
    def roots(self) -> frozenset[Certificate]:
        """Those under which what lies in it may be signed."""
        return frozenset({self.trust.root, *(each.root for each in self.earlier)})

    def data(self, name: str, *, limit: int) -> bytes:
        """One file. Raises ArchiveLacks, ArchiveAltered, FileUnreadable, FileTooLarge."""
        return _data(self.path, self.files, name, limit)


def read_archive(path: Path, *, progress: Progress = unwatched) -> ReadArchive:
    """The archive in a folder, looked at from end to end; nothing is changed or run.

    1. The list of files is signed by UD, under the archive's own root, when it was made. 2. Every file is there as it
    stands in the list, and no other. 3. What came is of one year. Raises NotAnArchive, ArchiveNotSigned,
    ArchiveAltered, ArchiveLacks, ArchiveHasMore, FileUnreadable, FileTooLarge, Cancelled.
    """
    listing, signature = _needed(path, HASHES, _LIST), _needed(path, SIGNATURE, limits.SIGNATURE)
    made, files = _listed(path, listing)
    for name in (ROOT, TRUST, CONTENTS, PAPERS, JOURNAL):
        if name not in files:
            raise NotAnArchive(path=path, name=name)
    trust = _trust(path, files, TRUST)
    if _data(path, files, ROOT, MAX_PEM) != trust.root.pem.encode("ascii"):
        raise ArchiveAltered(name=ROOT)
    signed_by = _require_signed(path, listing, signature, trust, made)
    size = _require_whole(path, files, progress)
    year, submissions = _contents(_data(path, files, CONTENTS, _LIST))
    there = {name.split("/")[1] for name in files if name.startswith(f"{SUBMISSIONS}/")}
    if there != {each.folder for each in submissions}:
        raise ArchiveAltered(name=CONTENTS)
    for each in submissions:
        for name in (SUBMISSION, RECEIPT, TRUST):
            if (wanted := f"{SUBMISSIONS}/{each.folder}/{name}") not in files:
                raise ArchiveLacks(name=wanted)
    earlier = sorted(name for name in files if name.startswith(f"{EARLIER}/"))[:_MOST_EARLIER]
    return ReadArchive(
        path=path,
        year=year,
        made=made,
        signed_by=signed_by,
        size=size,
        trust=trust,
        earlier=tuple(_trust(path, files, name) for name in earlier),
        files=files,
        submissions=submissions,
    )


def _needed(path: Path, name: str, limit: int) -> bytes:
    try:
        return read_file(path / name, limit=limit)
    except FileMissing:
        raise NotAnArchive(path=path, name=name) from None


def _listed(path: Path, listing: bytes) -> tuple[datetime, dict[str, Digest]]:
    """When the archive was made, and every file's digest. A name never leads out of the folder."""
    try:
        first, *lines = listing.decode("ascii").splitlines()
        begun = _FIRST.fullmatch(first)
        made = from_rfc3339(begun.group(1)) if begun is not None else None
    except ValueError:
        made, lines = None, []
    found: dict[str, Digest] = {}
    for line in lines[:_MOST]:
        parts = _LINE.fullmatch(line)
        if parts is None or parts.group(2) in found:
            raise ArchiveNotSigned(path=path)
        found[parts.group(2)] = Digest(parts.group(1))
    if made is None or len(lines) > _MOST:
        raise ArchiveNotSigned(path=path)
    return made, found


def _require_signed(path: Path, listing: bytes, signature: bytes, trust: TrustSet, made: datetime) -> str:
    """Who signed the list. Raises ArchiveNotSigned."""
    try:
        signed = read_signature(signature, listing)
        check_signer(signed.signer, signed.others, trust, made)
    except WpsError:
        raise ArchiveNotSigned(path=path) from None
    if signed.signer.unit != AUTHORITY:
        raise ArchiveNotSigned(path=path)
    return signed.signer.name


def _require_whole(path: Path, files: Mapping[str, Digest], progress: Progress) -> int:
    """Every file as it stands in the list, and no other; the size of all of them."""
    there = dict(_there(path, path))
    for name in files:
        if name not in there:
            raise ArchiveLacks(name=name)
    for name in there:
        if name not in files and name not in (HASHES, SIGNATURE):
            raise ArchiveHasMore(name=name)
    total, done = sum(there.values()), 0
    for name, digest in files.items():
        seen = hashlib.sha256()
        for chunk in _chunks(path / name):
            seen.update(chunk)
            done += len(chunk)
            progress(min(done, total), total)
        if seen.hexdigest() != digest:
            raise ArchiveAltered(name=name)
    return total


def _there(path: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """Every file by its name within ``path``, with its size. A link, or whatever else it may be, is one too many."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise from_os(error, folder) from error
    for entry in entries:
        if entry.is_symlink() or not (entry.is_dir() or entry.is_file()):
            raise ArchiveHasMore(name=entry.relative_to(path).as_posix())
        if entry.is_dir():
            yield from _there(path, entry)
        else:
            yield entry.relative_to(path).as_posix(), entry.stat().st_size


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(limits.CHUNK):
                yield chunk
    except OSError as error:
        raise from_os(error, path) from error


def _data(path: Path, files: Mapping[str, Digest], name: str, limit: int) -> bytes:
    if name not in files:
        raise ArchiveLacks(name=name)
    try:
        data = read_file(path / name, limit=limit)
    except FileMissing:
        raise ArchiveLacks(name=name) from None
    if hashlib.sha256(data).hexdigest() != files[name]:
        raise ArchiveAltered(name=name)
    return data


def _trust(path: Path, files: Mapping[str, Digest], name: str) -> TrustSet:
    try:
        return trust_from_pem(_data(path, files, name, MAX_PEM).decode("ascii"))
    except (ArchiveAltered, ArchiveLacks):
        raise
    except (WpsError, UnicodeDecodeError):
        raise ArchiveAltered(name=name) from None


def _contents(data: bytes) -> tuple[Year, tuple[ArchivedSubmission, ...]]:
    """The year, and what came, in order. Raises ArchiveAltered where it is not of one year, or not written as ours."""
    try:
        heads, *lines = data.decode("utf-8").removesuffix("\n").split("\n")
        rows = [dict(zip(HEADS, line.split("\t"), strict=True)) for line in lines]
        years = {row["year"] for row in rows}
        found = tuple(_row(row) for row in rows)
        if heads.split("\t") != list(HEADS) or len(years) != 1 or len({each.folder for each in found}) != len(found):
            raise ValueError
        year = Year(int(years.pop()))
    except (ValueError, Malformed):
        raise ArchiveAltered(name=CONTENTS) from None
    return year, found


def _row(row: Mapping[str, str]) -> ArchivedSubmission:
    if not (UNIT_CODE.fullmatch(row["unit"]) and DIGEST.fullmatch(row["sha256"]) and _SEQ.fullmatch(row["no"])):
        raise ValueError
    return ArchivedSubmission(
        folder=row["folder"],
        unit=UnitCode(row["unit"]),
        seq=int(row["no"]),
        digest=Digest(row["sha256"]),
        standing=row["standing"],
    )
