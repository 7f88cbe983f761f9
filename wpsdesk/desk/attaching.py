"""Evidence on an entry: attach files, take them off, read them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileTooLarge, FileUnreadable, from_os
from wpsdesk.base.files import CHUNK
from wpsdesk.base.ids import Digest, Year, nfc
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.drafting import part_of
from wpsdesk.desk.errors import NoEvidence, TooManyFiles
from wpsdesk.desk.model import Desk
from wpsdesk.evidence.sniffing import HEAD, media_type
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.codec import MAX_EVIDENCE
from wpsdesk.report.model import Entry, EntryKey, Evidence, EvidenceKind
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

LARGEST: Final = 1 << 30
"""A bundle holds 1 GiB."""


def attach(
    desk: Desk,
    year: Year,
    key: EntryKey,
    paths: Sequence[Path],
    *,
    title: str = "",
    language: LanguageCode = "nb",
    who: str = "",
    progress: Progress = unwatched,
) -> Entry:
    """Attach files to an entry, all or none; one that is attached already is not attached twice.

    Raises FileMissing, FileUnreadable, FileTooLarge, TooManyFiles, DiskFull, Cancelled.
    """
    sizes = [_size(path) for path in paths]
    total, done = sum(sizes), 0

    def watched(step: int) -> None:
        nonlocal done
        done += step
        progress(done, total)

    with desk.store.write() as tx:
        found = drafts.entry(tx, year, key, desk.plan) or Entry(key=key, part=part_of(desk, desk.unit, key.commitment))
        for path in paths:
            evidence = _kept(tx, path, title if len(paths) == 1 else "", language, watched)
            if evidence.digest not in {e.digest for e in found.evidence}:
                found = replace(found, evidence=(*found.evidence, evidence))
        if len(found.evidence) > MAX_EVIDENCE:
            raise TooManyFiles(at_most=MAX_EVIDENCE)
        drafts.save_entry(tx, year, found, who=who or desk.unit.code, now=desk.clock(), plan=desk.plan)
        note(tx, "attached", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/{key.commitment}")
    return found


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileUnreadable(path=path)
    except OSError as error:
        raise from_os(error, path) from error
    if size > LARGEST:
        raise FileTooLarge(path=path)
    return size


def _kept(tx: Tx, path: Path, title: str, language: LanguageCode, watched: Callable[[int], None]) -> Evidence:
    head, tail = _ends(path)
    kept = files.keep(tx, _chunks(path, watched))
    found = media_type(head, tail)
    name = nfc(path.name).translate({ord(c): "_" for c in '\\/:*?"<>|'})
    return Evidence(
        digest=kept.digest,
        name="".join(c if c >= " " else "_" for c in name)[-255:],
        media_type=found,
        size=kept.size,
        title=(title or nfc(path.stem).replace("_", " "))[:300].strip() or name,
        kind=EvidenceKind.PICTURE if found.startswith("image/") else EvidenceKind.OTHER,
        language=language,
    )


def _ends(path: Path) -> tuple[bytes, bytes]:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            size = stream.seek(0, 2)
            stream.seek(max(0, size - 16 * HEAD))
            return head, stream.read()
    except OSError as error:
        raise from_os(error, path) from error


def _chunks(path: Path, watched: Callable[[int], None]) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
                watched(len(chunk))
    except OSError as error:
        raise from_os(error, path) from error


def detach(desk: Desk, year: Year, key: EntryKey, digest: Digest, *, who: str = "") -> Entry:
    """Take a file off an entry; the store forgets it when nothing names it any more. Raises NoEvidence."""
    with desk.store.write() as tx:
        found = drafts.entry(tx, year, key, desk.plan)
        if found is None or digest not in {e.digest for e in found.evidence}:
            raise NoEvidence
        left = replace(found, evidence=tuple(e for e in found.evidence if e.digest != digest))
        drafts.save_entry(tx, year, left, who=who or desk.unit.code, now=desk.clock(), plan=desk.plan)
        note(tx, "detached", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/{key.commitment}")
    return left


def describe(desk: Desk, year: Year, key: EntryKey, evidence: Evidence, *, who: str = "") -> Entry:
    """Change what is known of an attached file (title, kind, source, access ...). Raises NoEvidence."""
    with desk.store.write() as tx:
        found = drafts.entry(tx, year, key, desk.plan)
        if found is None or evidence.digest not in {e.digest for e in found.evidence}:
            raise NoEvidence
        told = tuple(evidence if e.digest == evidence.digest else e for e in found.evidence)
        changed = replace(found, evidence=told)
        drafts.save_entry(tx, year, changed, who=who or desk.unit.code, now=desk.clock(), plan=desk.plan)
    return changed
