"""Sending in parts: the report goes first, alone, and its evidence after it; and any part is made again on request.

Nothing in a seal can be believed before its last byte has come. So where there is evidence a set carries two sealed
files: a small one with the report, which names its evidence by digest, and after it, with the next number, the same
report with the evidence. UD reads the first while the second is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from filecmp import cmp
from pathlib import Path

from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import FileExistsAlready, FileFault, from_os
from wpsdesk.base.files import make_folder, private_folder, rename_to_new
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress, staged, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import Altered, AttachmentChanged, BundleRefused
from wpsdesk.bundle.parts import PARITY, PartIndex, index_bytes, index_from
from wpsdesk.bundle.parts_writing import WrittenPart, measure_set, require_part_size, write_parts
from wpsdesk.bundle.payloads import DELTA_NAME, REPORT_NAME, ReportPayload
from wpsdesk.bundle.rereading import reread_parts
from wpsdesk.bundle.sealing import SealUsed
from wpsdesk.bundle.writing import Draft, file_name, write_again
from wpsdesk.desk.errors import NoSuchPart, NoSuchSet, PartsDiffer
from wpsdesk.desk.keeping_sent import made_of
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import ready_in
from wpsdesk.desk.submission.sending import (
    Exported,
    People,
    delta_payload,
    exported,
    require_ready,
    said_in,
    send,
    signed_off,
    submission_draft,
    unsent_evidence,
    whole_of,
)
from wpsdesk.desk.submission.sending_errors import NotAsWritten
from wpsdesk.report.delta import SCHEMA as DELTA_SCHEMA
from wpsdesk.store.journal import note
from wpsdesk.store.resending import SentSet, record_set, seal_of, sent_sets_of
from wpsdesk.store.sent import sent
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.keys import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSet:
    """A report that has been written in parts."""

    set_id: Digest
    count: int  # of parts, parity not counted
    parts: tuple[WrittenPart, ...]  # with parity, where that was wanted
    bundles: tuple[Exported, ...]  # the sealed files in it; their paths are gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Resent:
    """Parts that have been written once more."""

    set_id: Digest
    count: int
    parts: tuple[WrittenPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a report is cut: bytes of data in a part, and whether one more part may stand in for any other."""

    part_size: int
    with_parity: bool = False


def export_in_parts(
    desk: Desk,
    year: Year,
    folder: Path,
    cut: Cut,
    *,
    people: People | None = None,
    only_changes: bool = False,
    progress: Progress = unwatched,
) -> ExportedSet:
    """Write what is ready as parts in ``folder``, which is made where it is not there: all of them, or none.

    Raises PartSizeRefused, and what :func:`wpsdesk.desk.submission.sending.export` raises.
    """
    require_part_size(cut.part_size, ())
    require_ready(desk, year)
    make_folder(folder)
    with private_folder(within=folder) as room, desk.store.write() as tx:
        cutting = Cutting(cut=cut, room=room, folder=folder)
        return cut_up(tx, desk, year, cutting, people=people or People(), only_changes=only_changes, progress=progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """How a report is cut, where the sealed files lie meanwhile, and where the parts are to lie."""

    cut: Cut
    room: Path
    folder: Path


def cut_up(
    tx: Tx,
    desk: Desk,
    year: Year,
    cutting: Cutting,
    *,
    people: People,
    only_changes: bool = False,
    riding: Callable[[Draft], Draft] = lambda draft: draft,
    signer: Signer | None = None,
    progress: Progress = unwatched,
) -> ExportedSet:
    """Write the sealed files and their parts, in the caller's transaction.

    ``riding`` puts something beside the evidence, ``signer`` signs in the place of whoever would. Raises what
    :func:`export_in_parts` raises.
    """
    ready = ready_in(tx, desk, year)
    payload = delta_payload(tx, desk, year) if only_changes else ReportPayload(report=ready)
    who = signed_off(tx, desk, year, people)
    who = who if signer is None else replace(who, signer=signer)
    along = unsent_evidence(tx, desk, said_in(payload))
    # 1 the report; 2 the report with its evidence, which stands alone: it is no delta on what just went.
    drafts = [(payload, ()), (whole_of(tx, desk, payload), along)] if along else [(payload, ())]
    bundles = []
    for said, evidence in drafts:
        draft = riding(submission_draft(tx, desk, said, evidence, who))
        path = cutting.room / file_name(desk.unit.code, desk.clock(), draft.seq, sealed=True)
        written = send(tx, desk, path, draft, who, progress=staged(progress, 0, 3) if evidence else unwatched)
        bundles.append(exported(written, draft))
    paths = tuple(bundle.path for bundle in bundles)
    index = measure_set(paths, cutting.cut.part_size, with_parity=cutting.cut.with_parity)
    record_set(tx, _sent_set(desk, year, index, bundles))
    parts = write_parts(index, paths, cutting.folder, _all_of(index), progress=staged(progress, 1, 3))
    _read_again(index, parts, staged(progress, 2, 3))
    note(tx, "cut", who=who.approver or desk.unit.code, now=desk.clock(), about=f"{year}/{index.set_id[:12]}")
    return ExportedSet(set_id=index.set_id, count=index.count, parts=parts, bundles=tuple(bundles))


def _read_again(index: PartIndex, parts: tuple[WrittenPart, ...], progress: Progress) -> None:
    """Open every part from the disk; where that fails, none is left. Raises NotAsWritten, Cancelled."""
    try:
        reread_parts(index, parts, progress=progress)
    except BaseException as fault:
        for part in parts:
            part.path.unlink(missing_ok=True)
        if isinstance(fault, BundleRefused | FileFault):
            raise NotAsWritten(path=parts[0].path.parent) from None
        raise


def _all_of(index: PartIndex) -> tuple[int, ...]:
    numbers = tuple(range(1, index.count + 1))
    return numbers if index.parity is None else (*numbers, PARITY)


def _sent_set(desk: Desk, year: Year, index: PartIndex, bundles: Iterable[Exported]) -> SentSet:
    return SentSet(
        set_id=index.set_id,
        year=year,
        created=desk.clock(),
        listing=index_bytes(index),
        containers=tuple(bundle.digest for bundle in bundles),
    )


# -- once more -----------------------------------------------------------------------------------


def sent_sets(desk: Desk, year: Year | None = None) -> tuple[SentSet, ...]:
    """What was sent in parts, the latest first."""
    with desk.store.read() as tx:
        return sent_sets_of(tx, year)


def resend(
    desk: Desk, numbers: Iterable[int], folder: Path, *, set_id: str = "", progress: Progress = unwatched
) -> Resent:
    """Write parts once more, byte for byte as they were, by number; PARITY is one where the set has it.

    A part that lies in ``folder`` already, whole, is left as it is: on the stick it was written to first, say.

    ``set_id`` may be cut short where that is clear; without it the latest set is meant. Raises NoSuchSet, NoSuchPart,
    PartsDiffer, EvidenceMissing, FileExistsAlready, DiskFull, FileUnwritable, Cancelled.
    """
    one = _set_named(desk, set_id)
    index = index_from(one.listing)
    wanted = tuple(dict.fromkeys(numbers))
    for number in wanted:
        if number not in _all_of(index):
            raise NoSuchPart(number=number, count=index.count)
    make_folder(folder)
    with private_folder(within=folder) as room:
        with desk.store.read() as tx:
            paths = [
                _made_again(tx, one, place, room / file.name)
                if PARITY in wanted or not set(file.numbers).isdisjoint(wanted)
                else None
                for place, file in enumerate(index.files)
            ]
        try:
            made = write_parts(index, paths, room, wanted, progress=staged(progress, 0, 2))
            _read_again(index, made, staged(progress, 1, 2))
        except Altered:
            raise PartsDiffer(set_id=one.set_id) from None
        parts = _laid_in(folder, made)
    with desk.store.write() as tx:
        about = f"{one.set_id[:12]}/{','.join(map(str, wanted))}"
        note(tx, "resent", who=desk.unit.code, now=desk.clock(), about=about)
    return Resent(set_id=one.set_id, count=index.count, parts=parts)


def _laid_in(folder: Path, made: tuple[WrittenPart, ...]) -> tuple[WrittenPart, ...]:
    """The parts in their folder. One that lies there already, byte for byte the same, is as good as written.

    Raises FileExistsAlready where another file bears the name of one; then none is laid down.
    """
    laid = tuple(replace(part, path=folder / part.path.name) for part in made)
    for new, part in zip(made, laid, strict=True):
        try:
            is_other = part.path.exists() and not cmp(new.path, part.path, shallow=False)
        except OSError as error:
            raise from_os(error, part.path) from error
        if is_other:
            raise FileExistsAlready(path=part.path)
    for new, part in zip(made, laid, strict=True):
        if not part.path.exists():
            rename_to_new(new.path, part.path)
    return laid


def _set_named(desk: Desk, set_id: str) -> SentSet:
    found = [one for one in sent_sets(desk) if one.set_id.startswith(set_id.lower())]
    if not found or (set_id and len(found) != 1):
        raise NoSuchSet(set_id=set_id)
    return found[0]


def _made_again(tx: Tx, one: SentSet, place: int, path: Path) -> Path:
    """A sealed file of the set, the same bytes as then. Raises PartsDiffer, EvidenceMissing."""
    container = one.containers[place]
    gone = next((each for each in sent(tx, one.year) if each.digest == container), None)
    seal = seal_of(tx, container)
    if gone is None or seal is None:
        raise PartsDiffer(set_id=one.set_id)
    members, attachments = made_of(tx, gone, _payload_name(gone.payload))
    used = SealUsed(key=seal.key, nonce=seal.nonce, header=seal.header)
    try:
        write_again(path, members, attachments, used, container)
    except (Altered, AttachmentChanged):
        raise PartsDiffer(set_id=one.set_id) from None
    return path


def _payload_name(payload: bytes) -> str:
    schema = load_json(payload, limit=limits.PAYLOAD_JSON).get("schema").line()
    return DELTA_NAME if schema == DELTA_SCHEMA else REPORT_NAME
