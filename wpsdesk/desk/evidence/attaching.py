"""Evidence on an entry: attach files, take them off, read them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from wpsdesk.base.ids import Digest, Year, nfc
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.answers.drafting import part_of
from wpsdesk.desk.answers.searching import let_be_found
from wpsdesk.desk.errors import NoEvidence, TooManyFiles
from wpsdesk.desk.evidence.considering import contents_of, refuse_graded
from wpsdesk.desk.evidence.given import Given, chunks_of, in_pieces, size_of
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import save_entry
from wpsdesk.evidence.looking import unreadable
from wpsdesk.evidence.model import Finding
from wpsdesk.evidence.smaller import smaller
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import Entry, EntryKey, Evidence, EvidenceKind
from wpsdesk.report.records import MAX_EVIDENCE
from wpsdesk.store import drafts
from wpsdesk.store import evidence as kept_files
from wpsdesk.store.follow_ups import follow_up
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A file to attach, and what a person has chosen for it."""

    given: Given
    keep_original: bool = False
    make_smaller: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """One file as it was attached."""

    name: str  # as it was given
    evidence: Evidence
    size_before: int  # bytes
    removed: tuple[Finding, ...]
    remains: tuple[Finding, ...]
    is_again: bool  # it was attached to the entry already, and is not attached twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The entry, and the files in the order they were given."""

    entry: Entry
    files: tuple[AttachedFile, ...]


def attach(
    desk: Desk,
    year: Year,
    key: EntryKey,
    paths: Sequence[Given],
    *,
    title: str = "",
    keep_original: bool = False,
    progress: Progress = unwatched,
) -> Entry:
    """As :func:`attach_and_tell`, for who needs the entry alone."""
    return attach_and_tell(desk, year, key, paths, title=title, keep_original=keep_original, progress=progress).entry


def attach_and_tell(
    desk: Desk,
    year: Year,
    key: EntryKey,
    paths: Sequence[Given],
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
    wishes = [Wish(given=path, keep_original=keep_original, make_smaller=make_smaller) for path in paths]
    return attach_as_wished(desk, year, key, wishes, title=title, language=language, who=who, progress=progress)


def attach_as_wished(
    desk: Desk,
    year: Year,
    key: EntryKey,
    wishes: Sequence[Wish],
    *,
    title: str = "",
    language: LanguageCode = "nb",
    who: str = "",
    progress: Progress = unwatched,
) -> Attached:
    """Attach files to an entry, each as it is wished for, all or none; those that are attached already only once.

    A HEIC is attached as JPEG unless its original is wished for. Graded material is refused, and then nothing is
    attached. Raises FileMissing, FileUnreadable, FileTooLarge, TooManyFiles, GradedMaterial, DiskFull, Cancelled.
    """
    refuse_graded(title)
    sizes = [size_of(wish.given) for wish in wishes]
    watched = _counted(progress, sum(sizes))
    files: list[AttachedFile] = []
    with desk.store.write() as tx:
        entry = drafts.entry(tx, year, key, desk.plan) or Entry(key=key, part=part_of(desk, desk.unit, key.commitment))
        for wish, size in zip(wishes, sizes, strict=True):
            source = _source(wish, size, watched)
            evidence = _kept(tx, source, title if len(wishes) == 1 else "", language)
            files.append(_told(source, evidence, size, is_again=evidence.digest in {e.digest for e in entry.evidence}))
            if not files[-1].is_again:
                entry = replace(entry, evidence=(*entry.evidence, evidence))
        if len(entry.evidence) > MAX_EVIDENCE:
            raise TooManyFiles(at_most=MAX_EVIDENCE)
        save_entry(tx, desk, year, entry, who)
        note_attached(
            tx, desk, f"{year}/{key.commitment}", files, who, as_they_were=any(w.keep_original for w in wishes)
        )
    return Attached(entry=entry, files=tuple(files))


def attached_file(
    tx: Tx,
    wish: Wish,
    *,
    title: str = "",
    dated: date | None = None,
    language: LanguageCode = "nb",
    before: Sequence[Evidence] = (),
    progress: Progress = unwatched,
) -> AttachedFile:
    """Keep one file as it is wished for, attached to nothing yet; ``before``: those that stand there already.

    Raises what :func:`attach_as_wished` raises.
    """
    size = size_of(wish.given)
    source = _source(wish, size, _counted(progress, size))
    evidence = replace(_kept(tx, source, title, language), dated=dated)
    return _told(source, evidence, size, is_again=evidence.digest in {e.digest for e in before})


def note_attached(tx: Tx, desk: Desk, about: str, files: list[AttachedFile], who: str, *, as_they_were: bool) -> None:
    """Leave a line in the journal: what kinds of things were taken out, and never what they said."""
    kinds = ",".join(sorted({finding.kind for file in files for finding in file.removed}))
    details: dict[str, str | int | bool] = {"removed": kinds, "as_they_were": as_they_were}
    note(tx, "attached", who=who or desk.unit.code, now=desk.clock(), about=about, details=details)


def _counted(progress: Progress, total: int) -> Callable[[int], None]:
    done = 0

    def watched(step: int) -> None:
        nonlocal done
        done += step
        progress(done, total)

    return watched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What of a file is to be kept."""

    given: Given
    name: str
    media_type: str
    chunks: Iterator[bytes]
    words: str  # with which it begins
    removed: tuple[Finding, ...] = ()
    remains: tuple[Finding, ...] = ()


def _source(wish: Wish, size: int, watched: Callable[[int], None]) -> _Source:
    given = wish.given
    refuse_graded(given.name)
    found = contents_of(given, size, with_preview=False)
    refuse_graded(given.name, found.words)
    made = found.stripped
    # What cannot be looked into goes as it is, and is told to do so: the text may hang on it, and only the person
    # who attaches it knows whether it may carry something it should not.
    if wish.keep_original or not made.data or unreadable(found.media_type) in made.remains:
        chunks = chunks_of(given, watched)
        return _Source(
            given=given, name=given.name, media_type=found.media_type, chunks=chunks, words=found.words,
            remains=made.findings,
        )  # fmt: skip
    offer = smaller(made.data) if wish.make_smaller and found.becomes.startswith("image/") else None
    data, kind = (made.data, found.becomes) if offer is None else (offer.data, offer.media_type)
    ending = "jpg" if kind == "image/jpeg" else "png"
    name = given.name if kind == found.media_type else f"{PurePath(given.name).stem}.{ending}"
    chunks = in_pieces(data, size, watched)
    return _Source(
        given=given, name=name, media_type=kind, chunks=chunks, words=found.words, removed=made.removed,
        remains=made.remains,
    )  # fmt: skip


def _told(source: _Source, evidence: Evidence, size: int, *, is_again: bool) -> AttachedFile:
    return AttachedFile(
        name=source.given.name,
        evidence=evidence,
        size_before=size,
        removed=source.removed,
        remains=source.remains,
        is_again=is_again,
    )


def _kept(tx: Tx, source: _Source, title: str, language: LanguageCode) -> Evidence:
    kept = kept_files.keep(tx, source.chunks)
    name = nfc(source.name).translate({ord(c): "_" for c in '\\/:*?"<>|'})
    evidence = Evidence(
        digest=kept.digest,
        name="".join(c if c >= " " else "_" for c in name)[-255:],
        media_type=source.media_type,
        size=kept.size,
        title=(title or nfc(PurePath(source.given.name).stem).replace("_", " "))[:300].strip() or name,
        kind=EvidenceKind.PICTURE if source.media_type.startswith("image/") else EvidenceKind.OTHER,
        language=language,
    )
    let_be_found(tx, evidence, source.words)
    return evidence


def detach(desk: Desk, year: Year, key: EntryKey, digest: Digest, *, who: str = "") -> Entry:
    """Take a file off an entry; :func:`put_back` undoes it. Raises NoEvidence."""
    with desk.store.write() as tx:
        found = drafts.entry(tx, year, key, desk.plan)
        if found is None or digest not in {e.digest for e in found.evidence}:
            raise NoEvidence
        left = replace(found, evidence=tuple(e for e in found.evidence if e.digest != digest))
        save_entry(tx, desk, year, left, who)
        note(tx, "detached", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/{key.commitment}")
    return left


def put_back(desk: Desk, year: Year, key: EntryKey, evidence: Evidence, place: int, *, who: str = "") -> Entry:
    """Put a file that was taken off an entry back where it stood. Raises EvidenceMissing."""
    with desk.store.write() as tx:
        kept_files.size_of(tx, evidence.digest)
        found = drafts.entry(tx, year, key, desk.plan) or Entry(key=key, part=part_of(desk, desk.unit, key.commitment))
        others = [e for e in found.evidence if e.digest != evidence.digest]
        others.insert(place, evidence)
        whole = replace(found, evidence=tuple(others))
        save_entry(tx, desk, year, whole, who)
        note(tx, "attached", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/{key.commitment}")
    return whole


def evidence_size(desk: Desk, year: Year) -> int:
    """Bytes of all the files in a year's report, each counted once."""
    with desk.store.read() as tx:
        entries, document = drafts.entries_with_evidence(tx, year, desk.plan), follow_up(tx, year)
    named = (*(e for entry in entries for e in entry.evidence), *(() if document is None else (document,)))
    return sum({e.digest: e.size for e in named}.values())
