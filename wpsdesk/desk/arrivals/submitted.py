"""A submission that has passed every check: what of it is kept, be it that it was checked here or by the process apart.

Between the two it goes as a head of JSON, the payload's bytes and the container's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import BUNDLE_ID, DIGEST, BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.bundle.payloads import DeltaPayload, ReportPayload
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.compilation.figures import CellState
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import report_from
from wpsdesk.report.delta import Delta, delta_from
from wpsdesk.report.model import Report, Status
from wpsdesk.store.submissions import EntryRow, FileRow
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.der import der_from
from wpsdesk.trust.errors import StaleRevocationList

_LIMIT: Final = 16 << 20
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What of a submission is kept. ``said`` may take as long as reading the report does."""

    id: BundleId
    unit: UnitCode
    year: Year
    seq: int
    digest: Digest  # of the signed container
    size: int  # of the same, bytes
    signer: Certificate
    signed_at: datetime
    warnings: tuple[StaleRevocationList, ...]
    files: tuple[FileRow, ...]  # that ride along
    rows: tuple[EntryRow, ...]  # of what it says itself
    named: frozenset[Digest]  # the files that it names, wherever they are
    payload: bytes
    said: Callable[[], Report | Delta]
    is_delta: bool
    base: Digest | None  # of a delta
    container: Callable[[], Iterable[bytes]]  # its bytes, to be held against the digest by whoever keeps them


def submitted_of(verified: VerifiedBundle) -> Submitted:
    """A submission that was checked here. Lives as long as its SealedBundle is open."""
    header, payload = verified.header, verified.payload
    assert header.year is not None, "check 8 holds it against the payload's"
    match payload:
        case ReportPayload(report=whole):
            said: Report | Delta = whole
            entries, named, base = whole.entries, whole.files, None
        case DeltaPayload(delta=delta):
            said, entries, named, base = delta, delta.upserted, delta.said.files, delta.base_digest
        case _:
            raise AssertionError("only reports and deltas are submissions")
    return Submitted(
        id=header.id,
        unit=header.unit,
        year=header.year,
        seq=header.seq,
        digest=verified.digest,
        size=verified.container_size,
        signer=verified.signer,
        signed_at=verified.signed_at,
        warnings=verified.warnings,
        files=tuple(FileRow(digest=file.digest, size=file.size) for file in header.files),
        rows=tuple(_row(e.key.commitment, e.key.country, e.status or "") for e in entries),
        named=frozenset(file.digest for file in named),
        payload=verified.payload_bytes,
        said=lambda: said,
        is_delta=base is not None,
        base=base,
        container=verified.opened.unchecked,
    )


def submitted_from(head: bytes, payload: bytes, container: bytes, plan: Plan) -> Submitted:
    """A submission that the process apart has checked. Raises Malformed where it answers nonsense."""
    reader = load_json(head, limit=_LIMIT)
    base = reader.maybe("base", _digest)

    def said() -> Report | Delta:
        whole = load_json(payload, limit=_LIMIT)
        return report_from(whole, plan) if base is None else delta_from(whole, plan)

    return Submitted(
        id=BundleId(reader.get("id").matching(BUNDLE_ID)),
        unit=UnitCode(reader.get("unit").line()),
        year=Year(reader.get("year").integer(2000, 2199)),
        seq=reader.get("seq").integer(1, 99_999),
        digest=_digest(reader.get("digest")),
        size=len(container),
        signer=Certificate(der=der_from(reader.get("signer"))),
        signed_at=reader.get("signed_at").time(),
        warnings=reader.get("stale").tuple_of(lambda r: StaleRevocationList(since=r.time()), at_most=_MOST),
        files=tuple(_file(*word.split("/")) for word in reader.get("files").text().split()),
        rows=tuple(_told(*word.split("/")) for word in reader.get("rows").text().split()),
        named=frozenset(map(Digest, reader.get("named").text().split())),
        payload=payload,
        said=said,
        is_delta=base is not None,
        base=base,
        container=lambda: (container,),
    )


def _digest(reader: Reader) -> Digest:
    return Digest(reader.matching(DIGEST))


def _file(digest: str, size: str) -> FileRow:
    return FileRow(digest=Digest(digest), size=int(size))


def _told(commitment: str, country: str, status: str) -> EntryRow:
    return _row(CommitmentNumber(int(commitment)), CountryCode(country) if country else None, status)


def rows_of(report: Report) -> tuple[EntryRow, ...]:
    """What a list shows of each entry."""
    return tuple(_row(e.key.commitment, e.key.country, e.status or "") for e in report.entries)


def _row(commitment: CommitmentNumber, country: CountryCode | None, status: str) -> EntryRow:
    state = CellState.NOTHING if status == Status.NOTHING_TO_REPORT else CellState.RECEIVED
    return EntryRow(commitment=commitment, country=country, status=status, state=state)
