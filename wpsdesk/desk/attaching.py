"""Evidence on an entry: attach files, take them off, read them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileTooLarge, FileUnreadable, from_os
from wpsdesk.base.files import CHUNK, read_file
from wpsdesk.base.ids import Digest, Year, nfc
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.course import save_entry
from wpsdesk.desk.drafting import part_of
from wpsdesk.desk.errors import GradedMaterial, NoEvidence, TooManyFiles
from wpsdesk.desk.model import Desk
from wpsdesk.desk.searching import let_be_found
from wpsdesk.evidence.looking import LARGEST as LARGEST_LOOKED_INTO
from wpsdesk.evidence.looking import is_looked_into, stripped, unreadable, untouched
from wpsdesk.evidence.model import Finding, FindingKind, Stripped
from wpsdesk.evidence.smaller import smaller
from wpsdesk.evidence.sniffing import HEAD, media_type
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.grading import marking_in_name
from wpsdesk.report.model import Entry, EntryKey, Evidence, EvidenceKind
from wpsdesk.report.records import MAX_EVIDENCE
from wpsdesk.store import drafts
from wpsdesk.store import evidence as kept_files
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

LARGEST: Final = 1 << 30
"""A bundle holds 1 GiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file carries besides its content, before it is attached."""

    path: Path
    media_type: str
    size: int  # bytes
    size_stripped: int  # bytes
    removable: tuple[Finding, ...]
    remains: tuple[Finding, ...]  # would stay in the stripped file too
    size_smaller: int | None  # bytes, of a picture that could well be made smaller

    @property
    def is_unreadable(self) -> bool:
        """Whether it can be attached only as it is."""
        return any(f.kind is FindingKind.UNREADABLE and f.where == self.media_type for f in self.remains)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """One file as it was attached."""

    path: Path
    evidence: Evidence
    size_before: int  # bytes
    removed: tuple[Finding, ...]
    remains: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The entry, and the files in the order they were given."""

    entry: Entry
    files: tuple[AttachedFile, ...]


def look_at(paths: Sequence[Path], *, progress: Progress = unwatched) -> tuple[Look, ...]:
    """What files carry besides their content; nothing is changed or stored.

    Raises FileMissing, FileUnreadable, FileTooLarge, Cancelled.
    """
    sizes = [_size(path) for path in paths]
    looks: list[Look] = []
    for path, size in zip(paths, sizes, strict=True):
        progress(sum(look.size for look in looks), sum(sizes))
        found = media_type(*_ends(path))
        made = _stripped(path, size, found)
        offer = smaller(made.data) if found.startswith("image/") else None
        looks.append(
            Look(
                path=path,
                media_type=found,
                size=size,
                size_stripped=len(made.data) if made.removed else size,
                removable=made.removed,
                remains=made.remains,
                size_smaller=None if offer is None else offer.size,
            )
        )
    return tuple(looks)


def attach(
    desk: Desk,
    year: Year,
    key: EntryKey,
    paths: Sequence[Path],
    *,
    title: str = "",
    language: LanguageCode = "nb",
    who: str = "",
    keep_original: bool = False,
    make_smaller: bool = False,
    progress: Progress = unwatched,
) -> Entry:
    """As :func:`attach_and_tell`, for who needs the entry alone."""
    return attach_and_tell(
        desk,
        year,
        key,
        paths,
        title=title,
        language=language,
        who=who,
        keep_original=keep_original,
        make_smaller=make_smaller,
        progress=progress,
    ).entry


def attach_and_tell(
    desk: Desk,
    year: Year,
    key: EntryKey,
    paths: Sequence[Path],
    *,
    title: str = "",
    language: LanguageCode = "nb",
    who: str = "",
    keep_original: bool = False,
    make_smaller: bool = False,
    progress: Progress = unwatched,
) -> Attached:
    """Attach files to an entry, all or none; one that is attached already is not attached twice.

    They are stripped of what they carry besides their content, unless ``keep_original``; ``make_smaller``: a large
    picture is attached smaller where that saves something.
    Raises FileMissing, FileUnreadable, FileTooLarge, TooManyFiles, GradedMaterial, DiskFull, Cancelled.
    """
    sizes = [_size(path) for path in paths]
    for name in (*(path.name for path in paths), title):
        if marking := marking_in_name(name):
            raise GradedMaterial(name=name, marking=marking)
    watched = _counted(progress, sum(sizes))
    files: list[AttachedFile] = []
    with desk.store.write() as tx:
        entry = drafts.entry(tx, year, key, desk.plan) or Entry(key=key, part=part_of(desk, desk.unit, key.commitment))
        for path, size in zip(paths, sizes, strict=True):
            source = _source(path, size, watched, keep_original=keep_original, make_smaller=make_smaller)
            evidence = _kept(tx, source, title if len(paths) == 1 else "", language)
            files.append(_told(source, evidence, size))
            if evidence.digest not in {e.digest for e in entry.evidence}:
                entry = replace(entry, evidence=(*entry.evidence, evidence))
        if len(entry.evidence) > MAX_EVIDENCE:
            raise TooManyFiles(at_most=MAX_EVIDENCE)
        save_entry(tx, desk, year, entry, who)
        kinds = ",".join(sorted({finding.kind for file in files for finding in file.removed}))
        note(
            tx,
            "attached",
            who=who or desk.unit.code,
            now=desk.clock(),
            about=f"{year}/{key.commitment}",
            details={"removed": kinds, "as_they_were": keep_original},
        )
    return Attached(entry=entry, files=tuple(files))


def _counted(progress: Progress, total: int) -> Callable[[int], None]:
    done = 0

    def watched(step: int) -> None:
        nonlocal done
        done += step
        progress(done, total)

    return watched


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What of a file is to be kept."""

    path: Path
    name: str
    media_type: str
    chunks: Iterator[bytes]
    removed: tuple[Finding, ...] = ()
    remains: tuple[Finding, ...] = ()


def _source(
    path: Path, size: int, watched: Callable[[int], None], *, keep_original: bool, make_smaller: bool
) -> _Source:
    found = media_type(*_ends(path))
    made = _stripped(path, size, found)
    # What cannot be looked into goes as it is, and is told to do so: the text may hang on it, and only the person
    # who attaches it knows whether it may carry something it should not.
    if keep_original or not is_looked_into(found) or unreadable(found) in made.remains:
        return _Source(
            path=path, name=path.name, media_type=found, chunks=_chunks(path, watched), remains=made.findings
        )
    offer = smaller(made.data) if make_smaller and found.startswith("image/") else None
    if offer is None:
        data, kind, name = made.data, found, path.name
    else:
        data, kind = offer.data, offer.media_type
        name = path.name if kind == found else f"{path.stem}.{'jpg' if kind == 'image/jpeg' else 'png'}"
    chunks = _in_pieces(data, size, watched)
    return _Source(path=path, name=name, media_type=kind, chunks=chunks, removed=made.removed, remains=made.remains)


def _stripped(path: Path, size: int, found: str) -> Stripped:
    """The stripped file; without its bytes where it is not looked into. Raises FileMissing, FileUnreadable."""
    if not is_looked_into(found):
        return Stripped(data=b"", removed=(), remains=untouched(found))
    if size > LARGEST_LOOKED_INTO:
        return Stripped(data=b"", removed=(), remains=(unreadable(found),))
    return stripped(read_file(path, limit=LARGEST), found)


def _in_pieces(data: bytes, size: int, watched: Callable[[int], None]) -> Iterator[bytes]:
    for at in range(0, len(data), CHUNK):
        yield data[at : at + CHUNK]
    watched(size)


def _told(source: _Source, evidence: Evidence, size: int) -> AttachedFile:
    return AttachedFile(
        path=source.path, evidence=evidence, size_before=size, removed=source.removed, remains=source.remains
    )


def _kept(tx: Tx, source: _Source, title: str, language: LanguageCode) -> Evidence:
    kept = kept_files.keep(tx, source.chunks)
    name = nfc(source.name).translate({ord(c): "_" for c in '\\/:*?"<>|'})
    evidence = Evidence(
        digest=kept.digest,
        name="".join(c if c >= " " else "_" for c in name)[-255:],
        media_type=source.media_type,
        size=kept.size,
        title=(title or nfc(source.path.stem).replace("_", " "))[:300].strip() or name,
        kind=EvidenceKind.PICTURE if source.media_type.startswith("image/") else EvidenceKind.OTHER,
        language=language,
    )
    let_be_found(tx, evidence)
    return evidence


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
        save_entry(tx, desk, year, left, who)
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
        save_entry(tx, desk, year, changed, who)
    return changed
