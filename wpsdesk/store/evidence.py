"""Attached files in chunks, each kept once under its SHA-256."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from wpsdesk.base.digesting import Digesting
from wpsdesk.base.ids import DIGEST, Digest
from wpsdesk.store.chunks import CHUNK, in_chunks
from wpsdesk.store.errors import EvidenceMissing
from wpsdesk.store.lying import Lying, lay, lying_of, pieces_of
from wpsdesk.store.store import Store
from wpsdesk.store.tables import documents, draft_versions, drafts, evidence, evidence_chunks, sent
from wpsdesk.store.transaction import Tx

_ADD: Final = insert(evidence)
_ADD_CHUNK: Final = insert(evidence_chunks)
_NAME: Final = update(evidence).where(evidence.c.number == bindparam("number_"))
_DROP: Final = delete(evidence).where(evidence.c.number == bindparam("number_"))
_FIND: Final = select(evidence.c.number, evidence.c.size, evidence.c.crc).where(
    evidence.c.digest == bindparam("digest")
)
_CHUNK: Final = (
    select(evidence_chunks.c.data)
    .join(evidence, evidence.c.number == evidence_chunks.c.evidence)
    .where(evidence.c.digest == bindparam("digest"), evidence_chunks.c.position == bindparam("position"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What identifies a file that is kept."""

    digest: Digest
    size: int  # bytes


def keep(tx: Tx, chunks: Iterable[bytes]) -> Kept:
    """Keep the bytes of a file, streamed; the same bytes a second time are not kept twice."""
    # The digest is known at the end only: until then the row bears a name that can be no digest.
    number: int = tx.run(_ADD.returning(evidence.c.number), {"digest": secrets.token_hex(4), "size": 0}).scalar_one()
    state, size, crc = Digesting(), 0, 0
    for position, chunk in enumerate(in_chunks(chunks)):
        state.update(chunk)
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        tx.run(_ADD_CHUNK, {"evidence": number, "position": position, "data": chunk})
    digest = state.digest()
    if has(tx, digest):
        tx.run(_DROP, {"number_": number})
    else:
        tx.run(_NAME, {"number_": number, "digest": digest, "size": size, "crc": crc})
    return Kept(digest=digest, size=size)


def keep_lying(tx: Tx, kept: Kept, crc: int, lying: Lying) -> None:
    """Know of a file by where it lies in a submission, which is never changed: its bytes are not kept twice."""
    if not has(tx, kept.digest):
        values = {"digest": kept.digest, "size": kept.size, "crc": crc}
        lay(tx, tx.run(_ADD.returning(evidence.c.number), values).scalar_one(), lying)


def has(tx: Tx, digest: Digest) -> bool:
    """Whether the file with this digest is kept."""
    return tx.run(_FIND, {"digest": digest}).one_or_none() is not None


def size_of(tx: Tx, digest: Digest) -> int:
    """The size in bytes. Raises EvidenceMissing."""
    row = tx.run(_FIND, {"digest": digest}).one_or_none()
    if row is None:
        raise EvidenceMissing(digest=digest)
    return int(row.size)


def crc_of(tx: Tx, digest: Digest) -> int | None:
    """The file's CRC-32; None of one that was kept before that was noted. Raises EvidenceMissing."""
    row = tx.run(_FIND, {"digest": digest}).one_or_none()
    if row is None:
        raise EvidenceMissing(digest=digest)
    found: int | None = row.crc
    return found


def read(source: Store | Tx, digest: Digest) -> Iterator[bytes]:
    """The file's bytes in chunks of at most 256 KiB; of a store, each in a transaction of its own.

    Raises EvidenceMissing, also where it was pruned while being read.
    """
    with _at(source) as tx:
        size, lying = size_of(tx, digest), lying_of(tx, digest)
    if lying is not None:
        yield from pieces_of(lambda: _at(source), lying)
        return
    for position in range(-(-size // CHUNK)):
        with _at(source) as tx:
            chunk = tx.run(_CHUNK, {"digest": digest, "position": position}).scalar_one_or_none()
        if chunk is None:
            raise EvidenceMissing(digest=digest)
        yield chunk


def _at(source: Store | Tx) -> AbstractContextManager[Tx]:
    # Short: a reader that is left half-way must not hold a snapshot, which would keep the WAL growing.
    return source.read() if isinstance(source, Store) else nullcontext(source)


def forget(tx: Tx, digest: Digest) -> None:
    """Remove one file, which whoever asks had kept for themselves; none is fine too."""
    row = tx.run(_FIND, {"digest": digest}).one_or_none()
    if row is not None:
        tx.run(_DROP, {"number_": row.number})


def prune(tx: Tx) -> tuple[Kept, ...]:
    """Remove the files that no draft, nothing sent and no document names, and say which."""
    named = _named(tx)
    unnamed = [row for row in tx.run(select(evidence)).all() if row.digest not in named]
    for row in unnamed:
        tx.run(_DROP, {"number_": row.number})
    return tuple(Kept(digest=Digest(row.digest), size=row.size) for row in unnamed)


def _named(tx: Tx) -> set[str]:
    # Whatever looks like a digest counts as one: too much kept is better than one file too few.
    found: set[str] = set()
    entries = select(draft_versions.c.data).join(drafts, drafts.c.version == draft_versions.c.number)
    for query in (entries, select(sent.c.header), select(sent.c.payload), select(documents.c.data)):
        for (data,) in tx.run(query):
            found.update(DIGEST.findall(data.decode("utf-8", "replace")))
    return found
