"""Putting parts together: each is kept as it comes, and a file that is whole is handed on to be received.

Parts are sealed bytes that nobody vouches for until the file they make has been opened; so nothing is told of them
but their numbers. They lie in the store, and in a private folder while a whole file is being received.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.files import new_file, private_folder, require_room
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.bundle.errors import PartMalformed
from wpsdesk.bundle.parts import PARITY, PartIndex, index_bytes, index_from
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.desk.errors import NoSuchSet, TooManySets
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.report.reply import MAX_SETS, MissingParts
from wpsdesk.store import parts
from wpsdesk.store.journal import note
from wpsdesk.store.parts import KeptSet
from wpsdesk.store.transaction import Tx

MOST_SETS: Final = 200
"""Sets that are not whole at one time: anybody can make up parts, and nobody vouches for them yet."""

SHORT: Final = 12
"""As many characters of a set's name stand in the names of its parts, and are enough to ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSet:
    """A set of parts that is not whole, or whose files have not all been taken in."""

    set_id: Digest
    count: int  # of parts, parity not counted
    missing: tuple[int, ...]  # numbers that have not come
    has_parity: bool  # the part that stands in for any one other is here
    files: tuple[str, ...]  # names of its sealed files, as the set itself tells them
    taken: tuple[str, ...]  # those of them that have been received
    unit: UnitCode | None  # whose they are; None until one has been received
    size: int  # of all its files, bytes
    first_at: datetime
    last_at: datetime

    @property
    def claimed_unit(self) -> UnitCode:
        """Whose it is or, until that is known, whose its name says it is."""
        return self.unit or UnitCode(self.files[0].partition("_")[0].upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPart:
    """A part that is here now, be it that it has just come or was here before."""

    set_id: Digest
    number: int  # PARITY for the exclusive or
    count: int
    is_new: bool
    missing: tuple[int, ...]
    waiting: tuple[int, ...]  # files, by place, that are whole and have not been received


def keep_part(desk: Desk, path: Path) -> KeptPart:
    """Keep the part at ``path``, and make the one that is missing where parity allows; one transaction.

    Raises OnlyTheAuthority, TooManySets, PartMalformed, PartDamaged, NewerBundle, Altered, FileMissing,
    FileUnreadable, DiskFull.
    """
    require_gathering(desk)
    with open_part(path) as part:
        index, set_id = part.index, part.index.set_id
        require_room(desk.store.path.parent, part.size)
        with desk.store.write() as tx:
            held = parts.kept_set(tx, set_id)
            is_new = held is None or (part.number not in held.numbers and not held.is_done)
            if is_new:
                if held is None and len(parts.kept_sets(tx)) >= MOST_SETS:
                    raise TooManySets(at_most=MOST_SETS)
                parts.keep_part(tx, set_id, index_bytes(index), part.number, part.data(), now=desk.clock())
                note(tx, "part-received", who=desk.unit.code, now=desk.clock(), about=f"{set_id[:SHORT]}/{part.number}")
                _mend(desk, tx, index)
            held = parts.kept_set(tx, set_id)
            assert held is not None, "it has just been kept"
    return KeptPart(
        set_id=set_id,
        number=part.number,
        count=index.count,
        is_new=is_new,
        missing=_missing_of(index, held),
        waiting=_whole_files(index, held),
    )


def _missing_of(index: PartIndex, held: KeptSet) -> tuple[int, ...]:
    if held.is_done:
        return ()
    return tuple(number for number in range(1, index.count + 1) if number not in held.numbers)


def _whole_files(index: PartIndex, held: KeptSet) -> tuple[int, ...]:
    taken = {place for place, _ in held.files}
    return tuple(
        place
        for place, file in enumerate(index.files)
        if not held.is_done and place not in taken and held.numbers.issuperset(file.numbers)
    )


def _mend(desk: Desk, tx: Tx, index: PartIndex) -> None:
    """Make the one part that is missing out of all the others."""
    held = parts.kept_set(tx, index.set_id)
    assert held is not None, "a part has just been kept"
    lost = _missing_of(index, held)
    if len(lost) != 1 or PARITY not in held.numbers:
        return
    (number,), seen = lost, hashlib.sha256()
    others = [n for n in held.numbers if n != number]

    def hashed() -> Iterator[bytes]:
        for chunk in parts.exclusive_or(tx, index.set_id, others, index.size_of(number)):
            seen.update(chunk)
            yield chunk

    parts.keep_part(tx, index.set_id, index_bytes(index), number, hashed(), now=desk.clock())
    if seen.hexdigest() != index.digest_of(number):  # the index lies, and with it the set
        raise PartMalformed(code="file")
    note(tx, "part-mended", who=desk.unit.code, now=desk.clock(), about=f"{index.set_id[:SHORT]}/{number}")


@contextmanager
def whole_file(desk: Desk, set_id: Digest, place: int) -> Iterator[Path]:
    """A file of the set that is whole, still sealed, in a private folder that is gone with the block.

    Raises PartMalformed (``file``) where the parts make another file than the index says; DiskFull.
    """
    with desk.store.read() as tx:
        held = parts.kept_set(tx, set_id)
    assert held is not None, "its parts are here"
    index = index_from(held.listing)
    file = index.files[place]
    # Beside the store: where the system keeps what is temporary there may be memory only.
    with private_folder(within=desk.store.path.parent) as folder:
        require_room(folder, file.size)
        path, seen = folder / file.name, hashlib.sha256()
        with new_file(path) as out, desk.store.read() as tx:
            for number in file.numbers:
                for chunk in parts.part_bytes(tx, set_id, number):
                    seen.update(chunk)
                    out.write(chunk)
        if seen.hexdigest() != file.digest:
            raise PartMalformed(code="file")
        yield path


def settle(desk: Desk, set_id: Digest, place: int, unit: UnitCode) -> None:
    """Note that a file of the set has been received; with the last one the parts are forgotten."""
    with desk.store.write() as tx:
        parts.settle_file(tx, set_id, place, unit)
        held = parts.kept_set(tx, set_id)
        assert held is not None, "its parts are here"
        if len(held.files) == len(index_from(held.listing).files):
            parts.finish_set(tx, set_id)
            note(tx, "set-finished", who=desk.unit.code, now=desk.clock(), about=set_id[:SHORT])


# -- what is not whole ---------------------------------------------------------------------------


def incomplete_sets(desk: Desk) -> tuple[PartSet, ...]:
    """The sets of parts that are not whole, the oldest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return _sets(tx)


def _sets(tx: Tx) -> tuple[PartSet, ...]:
    return tuple(_told(index_from(held.listing), held) for held in parts.kept_sets(tx))


def _told(index: PartIndex, held: KeptSet) -> PartSet:
    return PartSet(
        set_id=held.set_id,
        count=index.count,
        missing=_missing_of(index, held),
        has_parity=PARITY in held.numbers,
        files=tuple(file.name for file in index.files),
        taken=tuple(index.files[place].name for place, _ in held.files),
        unit=next((unit for _, unit in held.files), None),
        size=sum(file.size for file in index.files),
        first_at=held.first_at,
        last_at=held.last_at,
    )


def missing_parts_of(tx: Tx, unit: UnitCode) -> tuple[MissingParts, ...]:
    """What a reply asks a unit to send again.

    A set is the unit's by a file of it that has been received or, before that, by its name: the list tells nothing
    but numbers, and a desk that did not send the set passes over it.
    """
    found = [s for s in _sets(tx) if s.claimed_unit == unit and s.missing]
    return tuple(MissingParts(set_id=s.set_id, numbers=s.missing) for s in found[-MAX_SETS:])


def forget(desk: Desk, set_id: str) -> PartSet:
    """Throw away the parts of a set that will never be whole; ``set_id`` may be cut short where that is clear.

    Raises OnlyTheAuthority, NoSuchSet.
    """
    found = [s for s in incomplete_sets(desk) if set_id and s.set_id.startswith(set_id.lower())]
    if len(found) != 1:
        raise NoSuchSet(set_id=set_id)
    with desk.store.write() as tx:
        parts.forget_set(tx, found[0].set_id)
        note(tx, "set-forgotten", who=desk.unit.code, now=desk.clock(), about=found[0].set_id[:SHORT])
    return found[0]
