"""Parts that have come: the sealed bytes as they are, until every file of their set has been taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, delete, insert, select, update

from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.store.chunks import CHUNK, in_chunks
from wpsdesk.store.tables import part_chunks, part_files, part_sets
from wpsdesk.store.tables import parts as _parts
from wpsdesk.store.transaction import Tx

PARITY: Final = 0
"""The number of the part that is the exclusive or of all others."""

_ADD_SET: Final = insert(part_sets).returning(part_sets.c.number)
_TOUCH: Final = update(part_sets).where(part_sets.c.set_id == bindparam("set_id_"))
_SETS: Final = select(part_sets).order_by(part_sets.c.number)
_SET: Final = select(part_sets).where(part_sets.c.set_id == bindparam("set_id"))
_DROP_SET: Final = delete(part_sets).where(part_sets.c.set_id == bindparam("set_id_"))
_DROP_PARTS: Final = delete(_parts).where(_parts.c.owner == bindparam("owner_"))
_NUMBERS: Final = select(_parts.c.part).where(_parts.c.owner == bindparam("owner")).order_by(_parts.c.part)
_ADD: Final = insert(_parts).returning(_parts.c.number)
_ADD_CHUNK: Final = insert(part_chunks)
_CHUNK: Final = (
    select(part_chunks.c.data)
    .join(_parts, _parts.c.number == part_chunks.c.part)
    .join(part_sets, part_sets.c.number == _parts.c.owner)
    .where(
        part_sets.c.set_id == bindparam("set_id"),
        _parts.c.part == bindparam("part"),
        part_chunks.c.position == bindparam("position"),
    )
)
_FILES: Final = select(part_files.c.file, part_files.c.unit).where(part_files.c.owner == bindparam("owner"))
_ADD_FILE: Final = insert(part_files)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSet:
    """A set of parts, as far as it has come."""

    set_id: Digest
    listing: bytes  # the canonical index that all its parts bear
    first_at: datetime  # UTC
    last_at: datetime
    is_done: bool  # all its files have been taken in, and its parts are forgotten
    numbers: frozenset[int]  # of the parts that are here, PARITY among them
    files: tuple[tuple[int, UnitCode], ...]  # files that have been taken in, by place, and whose they are


def kept_sets(tx: Tx, *, with_done: bool = False) -> tuple[KeptSet, ...]:
    """The sets that are not whole yet, or all, in the order of their first part."""
    return tuple(_from(tx, row) for row in tx.run(_SETS).all() if with_done or not row.is_done)


def kept_set(tx: Tx, set_id: Digest) -> KeptSet | None:
    """The set, or None where no part of it has come."""
    row = tx.run(_SET, {"set_id": set_id}).one_or_none()
    return None if row is None else _from(tx, row)


def _from(tx: Tx, row: Row[tuple[object, ...]]) -> KeptSet:
    return KeptSet(
        set_id=Digest(row.set_id),
        listing=row.listing,
        first_at=from_rfc3339(row.first_at),
        last_at=from_rfc3339(row.last_at),
        is_done=bool(row.is_done),
        numbers=frozenset(number for (number,) in tx.run(_NUMBERS, {"owner": row.number})),
        files=tuple((r.file, UnitCode(r.unit)) for r in tx.run(_FILES, {"owner": row.number})),
    )


def keep_part(tx: Tx, set_id: Digest, listing: bytes, number: int, data: Iterable[bytes], *, now: datetime) -> None:
    """Keep one part that is not here yet, streamed. That it is what the index says is for the caller to check."""
    owner = _owner(tx, set_id)
    if owner is None:
        values = {"set_id": set_id, "listing": listing, "first_at": rfc3339(now), "last_at": "", "is_done": 0}
        owner = int(tx.run(_ADD_SET, values).scalar_one())
    part = int(tx.run(_ADD, {"owner": owner, "part": number}).scalar_one())
    for position, chunk in enumerate(in_chunks(data)):
        tx.run(_ADD_CHUNK, {"part": part, "position": position, "data": chunk})
    tx.run(_TOUCH.values(last_at=rfc3339(now)), {"set_id_": set_id})


def _owner(tx: Tx, set_id: Digest) -> int | None:
    row = tx.run(_SET, {"set_id": set_id}).one_or_none()
    return None if row is None else int(row.number)


def part_bytes(tx: Tx, set_id: Digest, number: int) -> Iterator[bytes]:
    """The bytes of a part in pieces of CHUNK, the last one shorter; nothing where it is not here."""
    position = 0
    while (chunk := chunk_at(tx, set_id, number, position)) is not None:
        yield chunk
        position += 1


def chunk_at(tx: Tx, set_id: Digest, number: int, position: int) -> bytes | None:
    """The piece at ``position * CHUNK`` of a part, or None behind its end."""
    return tx.run(_CHUNK, {"set_id": set_id, "part": number, "position": position}).scalar_one_or_none()


def exclusive_or(tx: Tx, set_id: Digest, numbers: Iterable[int], size: int) -> Iterator[bytes]:
    """The exclusive or of parts, each filled up with zeros, as far as ``size`` bytes."""
    among = tuple(numbers)
    for position in range(-(-size // CHUNK)):
        length = min(CHUNK, size - position * CHUNK)
        mixed = 0
        for number in among:
            chunk = chunk_at(tx, set_id, number, position) or b""
            mixed ^= int.from_bytes(chunk, "little")
        yield mixed.to_bytes(CHUNK, "little")[:length]


def settle_file(tx: Tx, set_id: Digest, file: int, unit: UnitCode) -> None:
    """Note that a file of the set has been taken in."""
    owner = _owner(tx, set_id)
    assert owner is not None, "its parts have come"
    tx.run(_ADD_FILE, {"owner": owner, "file": file, "unit": unit})


def finish_set(tx: Tx, set_id: Digest) -> None:
    """Forget the parts of a set whose files have all been taken in; that it was here stays known."""
    owner = _owner(tx, set_id)
    tx.run(_DROP_PARTS, {"owner_": owner})
    tx.run(_TOUCH.values(is_done=1), {"set_id_": set_id})


def forget_set(tx: Tx, set_id: Digest) -> None:
    """Forget a set and all its parts."""
    tx.run(_DROP_SET, {"set_id_": set_id})
