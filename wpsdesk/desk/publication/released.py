"""Releases of the annual report as they are kept: what each says of itself, and its files byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import DIGEST, BundleId, Digest, UnitCode, Year
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.release import (
    Change,
    Fingerprints,
    change_from,
    change_to_json,
    fingerprints_from,
    fingerprints_to_json,
)
from wpsdesk.desk.model import LIMIT
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.written import MAX_NAME
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.passages import language_from
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.errors import DamagedStore
from wpsdesk.store.transaction import Tx

_KIND: Final = "release"
_FILE: Final = "release-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFile:
    """One file of a release. ``size`` in bytes."""

    name: str
    format: Format
    language: LanguageCode
    size: int
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedSource:
    """A submission that a release is made from."""

    unit: UnitCode
    seq: int
    bundle: BundleId
    digest: Digest  # of the signed container


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """One release. ``digest`` is of the list of its files with their digests, and so of every byte of them."""

    year: Year
    number: int
    at: datetime  # UTC
    by: str
    why: str  # why it takes the place of the one before
    accepted: tuple[Point, ...]  # what was not met, and a person let go as it was
    languages: tuple[LanguageCode, ...]
    files: tuple[ReleasedFile, ...]
    sources: tuple[ReleasedSource, ...]
    changes: tuple[Change, ...]
    digest: Digest
    fingerprints: Fingerprints


def releases_in(tx: Tx, year: Year) -> tuple[Released, ...]:
    """Every release of a year, the first first."""
    start = f"{year}/"
    return tuple(
        released_from(load_json(data, limit=LIMIT)) for key, data in documents(tx, _KIND) if key.startswith(start)
    )


def released_files(tx: Tx, released: Released) -> Iterator[tuple[ReleasedFile, bytes]]:
    """Each file as it was published. Raises DamagedStore where one is not."""
    for file in released.files:
        data = document(tx, _FILE, _file_key(released.year, released.number, file.name))
        if data is None or sha256(data) != file.digest:
            raise DamagedStore(path=tx.path)
        yield file, data


def keep_release(tx: Tx, found: Released, made: Sequence[tuple[ReleasedFile, bytes]]) -> None:
    """Keep a release with its files."""
    for file, data in made:
        put_document(tx, _FILE, _file_key(found.year, found.number, file.name), data)
    put_document(tx, _KIND, f"{found.year}/{found.number:04}", canonical_json(released_to_json(found)))


def digest_of(files: Sequence[ReleasedFile]) -> Digest:
    """Of lines as ``sha256sum`` writes them, by name: ``sha256sum kfs-* | sha256sum`` gives the same."""
    lines = (f"{file.digest}  {file.name}\n" for file in sorted(files, key=lambda one: one.name))
    return sha256("".join(lines).encode())


def _file_key(year: Year, number: int, name: str) -> str:
    return f"{year}/{number:04}/{name}"


# -- as JSON and back ----------------------------------------------------------------------------------


def released_to_json(found: Released) -> dict[str, object]:
    """A release as it is kept."""
    return {
        "year": found.year,
        "number": found.number,
        "at": rfc3339(found.at),
        "by": found.by,
        "why": found.why,
        "accepted": list(found.accepted),
        "languages": list(found.languages),
        "files": [
            {"name": f.name, "format": f.format, "language": f.language, "size": f.size, "sha256": f.digest}
            for f in found.files
        ],
        "sources": [
            {"unit": s.unit, "seq": s.seq, "bundle": s.bundle, "sha256": s.digest} for s in found.sources
        ],
        "changes": [change_to_json(one) for one in found.changes],
        "sha256": found.digest,
        "fingerprints": fingerprints_to_json(found.fingerprints),
    }  # fmt: skip


def released_from(reader: Reader) -> Released:
    """The reverse. Raises Malformed."""
    return Released(
        year=Year(reader.get("year").integer(2000, 2999)),
        number=reader.get("number").integer(1, 9999),
        at=reader.get("at").time(),
        by=reader.get("by").line(at_most=MAX_NAME),
        why=reader.get("why").text(),
        accepted=reader.get("accepted").tuple_of(lambda r: r.choice(Point), at_most=100),
        languages=reader.get("languages").tuple_of(language_from, at_most=10),
        files=reader.get("files").tuple_of(_file_from, at_most=1000),
        sources=reader.get("sources").tuple_of(_source_from, at_most=10_000),
        changes=reader.get("changes").tuple_of(change_from, at_most=100_000),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        fingerprints=fingerprints_from(reader.get("fingerprints")),
    )


def _file_from(reader: Reader) -> ReleasedFile:
    return ReleasedFile(
        name=reader.get("name").line(at_most=200),
        format=reader.get("format").choice(Format),
        language=language_from(reader.get("language")),
        size=reader.get("size").integer(0, 1 << 40),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
    )


def _source_from(reader: Reader) -> ReleasedSource:
    return ReleasedSource(
        unit=UnitCode(reader.get("unit").line(at_most=40)),
        seq=reader.get("seq").integer(1, 10**6),
        bundle=BundleId(reader.get("bundle").line(at_most=100)),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
    )
