"""Files that lie in a submission's container, and are read from there: what is passed on is not kept twice."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, insert, select

from wpsdesk.base.ids import Digest
from wpsdesk.store.chunks import CHUNK
from wpsdesk.store.submissions import container_part
from wpsdesk.store.tables import evidence, evidence_lying, submissions
from wpsdesk.store.transaction import Tx

_RAW_DEFLATE: Final = -15  # zlib's name for deflate without a header

_ADD: Final = insert(evidence_lying)
_NUMBER: Final = select(submissions.c.number).where(submissions.c.digest == bindparam("digest"))
_FIND: Final = (
    select(submissions.c.digest, evidence_lying.c.offset, evidence_lying.c.packed, evidence_lying.c.is_deflated)
    .join(evidence, evidence.c.number == evidence_lying.c.evidence)
    .join(submissions, submissions.c.number == evidence_lying.c.submission)
    .where(evidence.c.digest == bindparam("digest"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """Where in a container a file's bytes lie; bytes, from the container's first."""

    container: Digest
    offset: int
    packed: int
    is_deflated: bool


def lay(tx: Tx, number: int, lying: Lying) -> None:
    """Note where the file with this row in ``evidence`` lies."""
    owner = tx.run(_NUMBER, {"digest": lying.container}).scalar_one()
    place = {"offset": lying.offset, "packed": lying.packed, "is_deflated": int(lying.is_deflated)}
    tx.run(_ADD, {"evidence": number, "submission": owner, **place})


def lying_of(tx: Tx, digest: Digest) -> Lying | None:
    """Where a file lies; None of one that is kept by itself."""
    row = tx.run(_FIND, {"digest": digest}).one_or_none()
    if row is None:
        return None
    return Lying(container=Digest(row.digest), offset=row.offset, packed=row.packed, is_deflated=bool(row.is_deflated))


def pieces_of(at: Callable[[], AbstractContextManager[Tx]], lying: Lying) -> Iterator[bytes]:
    """The file's bytes, unpacked, in pieces of at most 256 KiB; each is read in the transaction that ``at`` gives."""
    packer = zlib.decompressobj(_RAW_DEFLATE)
    for start in range(0, lying.packed, CHUNK):
        with at() as tx:
            packed = container_part(tx, lying.container, lying.offset + start, min(CHUNK, lying.packed - start))
        if not lying.is_deflated:
            yield packed
            continue
        piece = packer.decompress(packed, CHUNK)
        while piece or packer.unconsumed_tail:
            yield piece
            piece = packer.decompress(packer.unconsumed_tail, CHUNK)
