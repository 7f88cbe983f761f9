"""Writing a bundle: measured first, then signed, then streamed through the seal into its file.

A container that can be streamed names digest, checksum and packed size of a file before its bytes. Where they are all
known, the file is read once and held against them while it goes out; else it is read twice, first to learn them. A
file that was not what it should be is found out before the bundle has its name. Nothing is spooled, and nothing lies
unsealed on a disk.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from wpsdesk.assets import own_version
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.base.digesting import Digesting
from wpsdesk.base.files import new_file, require_room
from wpsdesk.base.ids import BundleId, Digest, EditionId, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits, manifest
from wpsdesk.bundle.errors import Altered, AttachmentChanged, BundleTooLarge, TooManyAttachments
from wpsdesk.bundle.manifest import Listed, manifest_xml
from wpsdesk.bundle.model import (
    HEADER_NAME,
    JSON_TYPE,
    Attachment,
    FileEntry,
    Header,
    Kind,
    evidence_name,
    header_from,
    header_to_json,
)
from wpsdesk.bundle.payloads import Payload, base_of, encode_payload, kind_of, name_of
from wpsdesk.bundle.sealing import SealUsed, are_pairs, seal, seal_again
from wpsdesk.bundle.signing import sign_manifest
from wpsdesk.bundle.zipform import MIMETYPE, MIMETYPE_NAME
from wpsdesk.bundle.zipwriting import Changed, Part, is_stored, measured, part_of, stored_part, zip_bytes, zip_size
from wpsdesk.report.codec import SCHEMA
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import Signer

MAX_ATTACHMENTS: Final = limits.ENTRIES - 5
_SEALED_KINDS: Final = frozenset({Kind.SUBMISSION, Kind.REPLY, Kind.HANDOVER})
_BESIDE_EVIDENCE: Final = 32 * limits.MIB  # more than the documents can come to


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be sent. An attachment that stands twice is sent once."""

    kind: Kind
    unit: UnitCode
    to: UnitCode
    year: Year | None
    seq: int
    payload: Payload
    attachments: tuple[Attachment, ...]
    prepared_by: str
    approved_by: str
    plan: EditionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bundle that lies at ``path``.

    ``members`` are the documents in it (name, bytes), in order: with them and the evidence the sender can make the
    same container again.
    """

    path: Path
    header: Header
    digest: Digest  # of the container
    container_size: int
    size: int  # of the file
    members: tuple[tuple[str, bytes], ...]
    seal: SealUsed | None = field(repr=False)  # None where it is not sealed


def file_name(unit: UnitCode, now: datetime, seq: int, sealed: bool) -> str:
    """``amm_20270301_1.asice.cms``: neutral, for anyone on the way may see it.

    Never .p7m: mail gateways take that for mail.
    """
    return f"{unit.lower()}_{now.astimezone(UTC):%Y%m%d}_{seq}.asice{'.cms' if sealed else ''}"


def write_bundle(
    out: Path,
    draft: Draft,
    signer: Signer,
    *,
    seal_to: tuple[Certificate, ...],
    now: datetime,
    new_id: BundleId | None = None,
    progress: Progress = unwatched,
    replace: bool = False,
) -> Written:
    """Write ``draft`` as a new file, signed by ``signer`` and sealed to ``seal_to``. Whole, or not at all.

    ``seal_to`` is the receiver's daily key and its recovery key; () for an enrolment and a call, which are for
    everybody.

    ``progress`` counts the bytes of the attachments, each twice. Raises TooManyAttachments, AttachmentChanged,
    BundleTooLarge, FileExistsAlready, DiskFull, FileUnwritable, Malformed (a name or title that no reader would
    take), Cancelled, what the signer and what reading an attachment raises.
    """
    if kind_of(draft.payload) is not draft.kind:
        raise ValueError("the payload is of another kind")
    if not (are_pairs(len(seal_to)) if draft.kind in _SEALED_KINDS else len(seal_to) == 0):
        raise ValueError("what tells of a unit is sealed to pairs of keys, what is for everybody to none")
    attachments = _bounded(draft.attachments)
    require_room(out.parent, _packed_at_least(attachments) + limits.MIB)
    count = _Count(progress, 2 * sum(attachment.size for attachment in attachments))
    with new_file(out, replace=replace) as stream:
        bundle = new_id or BundleId(str(uuid.uuid4()))
        packed = _packed(draft, attachments, signer, now=now, bundle=bundle, count=count)
        digest, used = _streamed(stream, packed, seal_to)
        size = stream.tell()
    count.finish()
    return Written(
        path=out,
        header=packed.header,
        digest=digest,
        container_size=packed.size,
        size=size,
        members=packed.members,
        seal=used,
    )


def container_of(draft: Draft, signer: Signer, *, now: datetime) -> bytes:
    """The signed container itself, unsealed, for a store that is sealed as a whole; without attachments, unpacked.

    Raises Malformed (a name or title that no reader would take) and what the signer raises.
    """
    if draft.attachments or kind_of(draft.payload) is not draft.kind:
        raise ValueError("only the documents, and of the kind that it says")
    bundle = BundleId(str(uuid.uuid4()))
    # Four small documents: packing them would take longer than writing them down, signature and all.
    packed = _packed(draft, (), signer, now=now, bundle=bundle, count=_Count(unwatched, 0), as_it_is=True)
    return b"".join(zip_bytes(packed.parts))


def _bounded(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Each attachment once, if all of them together can be sent at all."""
    distinct: dict[Digest, Attachment] = {}
    for attachment in attachments:
        distinct.setdefault(attachment.digest, attachment)
    found = tuple(distinct.values())
    if len(found) > MAX_ATTACHMENTS:
        raise TooManyAttachments(count=len(found), limit=MAX_ATTACHMENTS)
    # The exact bound comes when all is packed; these spare reading what can never fit.
    for size, limit in (
        (_packed_at_least(found), limits.CONTAINER),
        (sum(attachment.size for attachment in found), limits.TOTAL - _BESIDE_EVIDENCE),
    ):
        if size > limit:
            raise BundleTooLarge(size=size, limit=limit)
    return found


def _packed_at_least(attachments: tuple[Attachment, ...]) -> int:
    return sum(attachment.size for attachment in attachments if is_stored(attachment.media_type))


@dataclass(slots=True)
class _Count:
    """How many of the attachments' bytes have passed."""

    progress: Progress
    total: int
    done: int = 0

    def add(self, size: int) -> None:
        self.done += size
        self.progress(min(self.done, self.total), self.total)

    def finish(self) -> None:
        if self.total == 0:
            self.progress(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """A container that is ready to go out."""

    header: Header
    parts: tuple[Part, ...]
    members: tuple[tuple[str, bytes], ...]
    files: tuple[FileEntry, ...] = field(repr=False)

    @property
    def size(self) -> int:
        return zip_size(self.parts)


def _packed(
    draft: Draft,
    attachments: tuple[Attachment, ...],
    signer: Signer,
    *,
    now: datetime,
    bundle: BundleId,
    count: _Count,
    as_it_is: bool = False,
) -> _Packed:
    # 1 the evidence is read, checked against its promise and measured;
    files = tuple(_file_entry(number, each) for number, each in enumerate(attachments, start=1))
    evidence = tuple(_measured(file.name, each, count) for file, each in zip(files, attachments, strict=True))
    # 2 the documents and the list of everything, which is signed;
    header = _header(draft, files, now, bundle)
    documents = ((HEADER_NAME, _header_bytes(header)), (name_of(draft.payload), encode_payload(draft.payload)))
    listed = (
        *(Listed(name=name, media_type=JSON_TYPE, digest=sha256(data)) for name, data in documents),
        *(Listed(name=file.name, media_type=file.media_type, digest=file.digest) for file in files),
    )
    listing = manifest_xml(listed)
    signatures = ((manifest.NAME, listing), (manifest.SIGNATURE_NAME, sign_manifest(listing, signer, now)))
    # 3 everything in its place.
    parts = (
        part_of(MIMETYPE_NAME, MIMETYPE, stored=True),
        *(part_of(name, data, stored=as_it_is) for name, data in documents),
        *evidence,
        *(part_of(name, data, stored=as_it_is) for name, data in signatures),
    )
    return _Packed(header=header, parts=parts, members=(*documents, *signatures), files=files)


def _file_entry(number: int, attachment: Attachment) -> FileEntry:
    return FileEntry(
        name=evidence_name(number, attachment.original_name, attachment.media_type),
        original_name=attachment.original_name,
        media_type=attachment.media_type,
        size=attachment.size,
        digest=attachment.digest,
        title=attachment.title,
        is_restricted=attachment.is_restricted,
    )


def _measured(name: str, attachment: Attachment, count: _Count) -> Part:
    """The attachment as a part, whose bytes are held against its promise. Raises AttachmentChanged, Cancelled."""

    def again() -> Iterator[bytes]:
        for chunk in attachment.read():
            count.add(len(chunk))
            yield chunk

    def checked() -> Iterator[bytes]:
        seen, size = Digesting(), 0
        for chunk in again():
            seen.update(chunk)
            size += len(chunk)
            if size > attachment.size:
                break
            yield chunk
        if seen.digest() != attachment.digest or size != attachment.size:
            raise AttachmentChanged(name=attachment.original_name, digest=attachment.digest)

    stored = is_stored(attachment.media_type)
    if stored and attachment.crc is not None:
        count.add(attachment.size)  # the first of the two times
        return stored_part(name, checked, size=attachment.size, crc=attachment.crc)
    # The second time size and checksum are enough: whoever opens the bundle holds the digest against it anyway.
    return replace(measured(name, checked, stored=stored), chunks=again)


def _header(draft: Draft, files: tuple[FileEntry, ...], now: datetime, bundle: BundleId) -> Header:
    return Header(
        id=bundle,
        kind=draft.kind,
        unit=draft.unit,
        to=draft.to,
        year=draft.year,
        seq=draft.seq,
        created=now,
        base=base_of(draft.payload),
        schema=SCHEMA,
        plan=draft.plan,
        app=f"wpsdesk {own_version()}",
        prepared_by=draft.prepared_by,
        approved_by=draft.approved_by,
        files=files,
    )


def _header_bytes(header: Header) -> bytes:
    data = canonical_json(header_to_json(header))
    header_from(load_json(data, limit=limits.HEADER_JSON))  # what no reader would take is not sent
    return data


def _streamed(stream: BinaryIO, packed: _Packed, seal_to: tuple[Certificate, ...]) -> tuple[Digest, SealUsed | None]:
    size, seen, used = packed.size, Digesting(), None
    if size > limits.CONTAINER:
        raise BundleTooLarge(size=size, limit=limits.CONTAINER)
    chunks = _hashed(zip_bytes(packed.parts), seen)
    try:
        if seal_to:
            used = seal(chunks, size, seal_to, stream.write)
        else:
            stream.writelines(chunks)
    except Changed as changed:
        file = next(file for file in packed.files if file.name == changed.name)
        raise AttachmentChanged(name=file.original_name, digest=file.digest) from None
    return seen.digest(), used


def _hashed(chunks: Iterable[bytes], seen: Digesting) -> Iterator[bytes]:
    for chunk in chunks:
        seen.update(chunk)
        yield chunk


def write_again(
    out: Path,
    members: tuple[tuple[str, bytes], ...],
    attachments: tuple[Attachment, ...],
    used: SealUsed,
    digest: Digest,
    *,
    progress: Progress = unwatched,
) -> None:
    """Make a sealed file once more as the new file ``out``, byte for byte, of what is kept of it.

    ``members`` are those of :class:`Written`, ``attachments`` the files that its header names, in that order, and
    ``digest`` the container's. Raises AttachmentChanged, and Altered where the bytes do not come out the same: then
    no file is left.
    """
    count = _Count(progress, 2 * sum(attachment.size for attachment in attachments))
    parts = _parts_again(members, attachments, count)
    seen, size = Digesting(), zip_size(parts)
    with new_file(out) as stream:
        try:
            seal_again(_hashed(zip_bytes(parts), seen), size, used, stream.write)
        except Changed as changed:
            raise Altered(where="data", name=changed.name) from None
        if seen.digest() != digest:  # the file was never seen by anyone, and is gone when this is raised
            raise Altered(where="container")


def container_again(
    members: tuple[tuple[str, bytes], ...], attachments: tuple[Attachment, ...], digest: Digest
) -> Iterator[bytes]:
    """A signed container once more, unsealed, of what is kept of it, as :func:`write_again` takes it.

    Raises AttachmentChanged, and at the end Altered where the bytes do not come out the same.
    """
    count, seen = _Count(unwatched, 0), Digesting()
    yield from _hashed(zip_bytes(_parts_again(members, attachments, count)), seen)
    if seen.digest() != digest:
        raise Altered(where="container")


def _parts_again(
    members: tuple[tuple[str, bytes], ...], attachments: tuple[Attachment, ...], count: _Count
) -> tuple[Part, ...]:
    files = header_from(load_json(dict(members)[HEADER_NAME], limit=limits.HEADER_JSON)).files
    evidence = tuple(_measured(file.name, each, count) for file, each in zip(files, attachments, strict=True))
    documents = tuple(part_of(name, data, stored=False) for name, data in members)
    return (part_of(MIMETYPE_NAME, MIMETYPE, stored=True), *documents[:2], *evidence, *documents[2:])
