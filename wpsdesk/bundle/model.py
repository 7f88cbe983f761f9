"""What a bundle says of itself: its kind, its header (``bundle.json``) and the files that ride along.

History of the format: ``wps-bundle/1`` is the first. It is an ASiC-E container (EN 319 162-1) with one detached
CAdES-B-B signature over its manifest; what tells of a unit is sealed as CMS AuthEnvelopedData. A new algorithm,
attribute or entry is a new number here; what a number means never changes, and every old one is still read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import BUNDLE_ID, DIGEST, UNIT_CODE, BundleId, Digest, EditionId, UnitCode, Year
from wpsdesk.bundle import limits

FORMAT: Final = "wps-bundle/1"
HEADER_NAME: Final = "bundle.json"
JSON_TYPE: Final = "application/json"
AUTHORITY: Final = UnitCode("UD")
AUTHORITIES: Final = frozenset({AUTHORITY})
"""Who issues calls and replies: Utenriksdepartementet."""

MAX_SEQ: Final = 99_999
_VERSION_OF: Final = re.compile(r"wps-bundle/[1-9][0-9]{0,8}")
_SCHEMA: Final = re.compile(r"wps-report/[1-9][0-9]{0,8}")
_EDITION: Final = re.compile(r"[0-9]{4}-[0-9]{4}[a-z0-9-]{0,20}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_FILE_NAME: Final = re.compile(r'(?!\.{1,2}$)[^/\\:*?"<>|\x00-\x1f]{1,255}')
_EVIDENCE: Final = re.compile(r"evidence/([0-9]{3,4})_[a-z0-9]+(?:-[a-z0-9]+)*\.([a-z0-9]{1,5})")


class Kind(StrEnum):
    """The five uses of the one container."""

    ENROLMENT = "enrolment"
    CALL = "call"
    SUBMISSION = "submission"
    REPLY = "reply"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One piece of evidence in the bundle. ``name`` is its neutral name inside, ``original_name`` the real one."""

    name: str
    original_name: str
    media_type: str
    size: int
    digest: Digest
    title: str
    is_restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a delta builds on: the reply that acknowledged it, and the container's digest."""

    reply: BundleId
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """``bundle.json``. A bundle is identified by ``id`` and the container's digest, never by signature bytes."""

    id: BundleId
    kind: Kind
    unit: UnitCode  # who speaks
    to: UnitCode
    year: Year | None
    seq: int
    created: datetime
    base: Base | None
    schema: str  # the report's, which moves on its own
    plan: EditionId
    app: str
    prepared_by: str
    approved_by: str
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to send: ``read`` gives its bytes, as often as it is called, in pieces of any size.

    ``crc`` is its CRC-32 where that is known: then a file that is packed already is read only once.
    """

    digest: Digest
    size: int
    media_type: str
    original_name: str
    title: str
    is_restricted: bool
    read: Callable[[], Iterable[bytes]]
    crc: int | None = None


def as_listed(file: FileEntry, read: Callable[[], Iterable[bytes]], crc: int | None = None) -> Attachment:
    """The file that a header lists, to be sent as it was: with the same name, title and restriction."""
    return Attachment(
        digest=file.digest,
        size=file.size,
        media_type=file.media_type,
        original_name=file.original_name,
        title=file.title,
        is_restricted=file.is_restricted,
        read=read,
        crc=crc,
    )


def header_to_json(header: Header) -> dict[str, object]:
    """``bundle.json`` as a value for canonical JSON."""
    base = header.base
    return {
        "format": FORMAT,
        "id": header.id,
        "kind": header.kind,
        "unit": header.unit,
        "to": header.to,
        "year": header.year,
        "seq": header.seq,
        "created": rfc3339(header.created),
        "base": None if base is None else {"reply": base.reply, "sha256": base.digest},
        "schema": header.schema,
        "plan": header.plan,
        "app": header.app,
        "prepared_by": header.prepared_by,
        "approved_by": header.approved_by,
        "files": [
            {
                "name": file.name,
                "original_name": file.original_name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.digest,
                "title": file.title,
                "restricted": file.is_restricted,
            }
            for file in header.files
        ],
    }


def newer_format_in(reader: Reader) -> str | None:
    """The format where it is one of a later WPS Desk; None where it is ours. Raises Malformed.

    Looked at before anything else is interpreted: in a later format every other member may mean something else.
    """
    found = reader.get("format").matching(_VERSION_OF)
    return None if found == FORMAT else found


def header_from(reader: Reader) -> Header:
    """The header in an untrusted ``bundle.json`` of our format. Raises Malformed."""
    if newer_format_in(reader) is not None:
        raise reader.get("format").fail("not-allowed")
    found = Header(
        id=BundleId(reader.get("id").matching(BUNDLE_ID)),
        kind=reader.get("kind").choice(Kind),
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        to=UnitCode(reader.get("to").matching(UNIT_CODE)),
        year=reader.maybe("year", lambda r: Year(r.integer(2000, 2199))),
        seq=reader.get("seq").integer(1, MAX_SEQ),
        created=reader.get("created").time(),
        base=reader.maybe("base", _base_from),
        schema=reader.get("schema").matching(_SCHEMA),
        plan=EditionId(reader.get("plan").matching(_EDITION)),
        app=reader.get("app").line(at_most=100),
        prepared_by=reader.get("prepared_by").line(at_most=200),
        approved_by=reader.get("approved_by").line(at_most=200),
        files=reader.get("files").tuple_of(_file_from, at_most=limits.ENTRIES),
    )
    reader.done()
    for number, file in enumerate(found.files, start=1):
        if not is_evidence_name(file.name, number, file.media_type):
            raise reader.get("files").fail("pattern")
    return found


def _base_from(reader: Reader) -> Base:
    found = Base(
        reply=BundleId(reader.get("reply").matching(BUNDLE_ID)), digest=Digest(reader.get("sha256").matching(DIGEST))
    )
    reader.done()
    return found


def _file_from(reader: Reader) -> FileEntry:
    found = FileEntry(
        name=reader.get("name").line(at_most=limits.NAME, at_least=1),
        original_name=reader.get("original_name").matching(_FILE_NAME),
        media_type=reader.get("media_type").matching(_MEDIA_TYPE),
        size=reader.get("size").integer(0, limits.ENTRY),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        title=reader.get("title").line(),
        is_restricted=reader.get("restricted").flag(),
    )
    reader.done()
    return found


# -- names inside --------------------------------------------------------------------------------

_EXTENSIONS: Final = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/zip": "zip",
    "application/json": "json",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "message/rfc822": "eml",
    "text/csv": "csv",
    "text/markdown": "md",
    "text/plain": "txt",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}
_OTHER: Final = "bin"  # never an extension that a system would run
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l", "þ": "th"})


def extension_of(media_type: str) -> str:
    """The extension that files of this type bear inside a bundle, whatever they were called outside."""
    return _EXTENSIONS.get(media_type, _OTHER)


def evidence_name(number: int, original_name: str, media_type: str) -> str:
    """``evidence/001_mote-i-amman.pdf``: ASCII, unique by its number, with an extension that tells the truth."""
    stem = original_name.rpartition(".")[0] or original_name
    folded = unicodedata.normalize("NFKD", stem.casefold().translate(_LETTERS))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in folded if not unicodedata.combining(c)))
    return f"evidence/{number:03d}_{slug.strip('-')[:40].strip('-') or 'file'}.{extension_of(media_type)}"


def is_evidence_name(name: str, number: int, media_type: str) -> bool:
    """Whether ``name`` may stand at place ``number`` (from 1) for a file of ``media_type``."""
    found = _EVIDENCE.fullmatch(name)
    return (
        found is not None
        and len(name) <= 80
        and found.group(1) == f"{number:03d}"
        and found.group(2) == extension_of(media_type)
    )
