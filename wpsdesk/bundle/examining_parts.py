"""Looking at a part without taking it in: what it is, what it fills, and which parts of its set lie beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import FileFault, WpsError, from_os
from wpsdesk.base.ids import Digest
from wpsdesk.bundle.errors import PartDamaged
from wpsdesk.bundle.part_form import is_part
from wpsdesk.bundle.parts import PARITY, ListedFile, PartIndex
from wpsdesk.bundle.parts_reading import open_part

MOST: Final = 4_000
"""Files of a folder that are looked at; two whole sets and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInFolder:
    """The parts of one set that lie in one folder. ``there`` are the good ones' numbers, PARITY among them."""

    index: PartIndex
    set_id: Digest
    folder: Path
    there: tuple[int, ...]
    damaged: tuple[Path, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of those that do not lie there, or are damaged; parity is not missed."""
        return tuple(number for number in range(1, self.index.count + 1) if number not in self.there)

    @property
    def can_be_whole(self) -> bool:
        """Whether everything is there, or all but one part and the one that stands in for any."""
        return len(self.missing) <= (1 if PARITY in self.there else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartExamination:
    """What could be found out about a part; ``number`` is None where its data is none of its set's."""

    path: Path
    size: int  # of the file, bytes
    beside: SetInFolder | None  # with this one among them
    number: int | None
    faults: tuple[WpsError, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against it."""
        return not self.faults

    @property
    def fills(self) -> tuple[ListedFile, ...]:
        """The sealed files of the set that its data belongs to: one; for parity, all."""
        if self.beside is None or self.number is None:
            return ()
        index = self.beside.index
        return index.files if self.number == PARITY else (index.file_of(self.number),)


@dataclass(slots=True)
class _Found:
    """One set, as far as the folder has been looked through."""

    index: PartIndex
    numbers: set[int] = field(default_factory=set)
    damaged: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FolderOfParts:
    """All the parts in one folder, each looked at once and from end to end."""

    sets: tuple[SetInFolder, ...]
    numbers: dict[Path, tuple[Digest, int]]  # of the good ones: set and number
    faults: dict[Path, WpsError]

    def set_of(self, path: Path) -> SetInFolder | None:
        """The set that the part at ``path`` belongs to; None where that cannot be told."""
        named, fault = self.numbers.get(path), self.faults.get(path)
        set_id = named[0] if named is not None else fault.set_id if isinstance(fault, PartDamaged) else None
        return next((each for each in self.sets if each.set_id == set_id), None)


def parts_in(folder: Path) -> FolderOfParts:
    """Look at every part in ``folder``. Raises FileMissing, FileUnreadable (no folder, or it may not be read)."""
    found: dict[Digest, _Found] = {}
    numbers: dict[Path, tuple[Digest, int]] = {}
    faults: dict[Path, WpsError] = {}
    for path in _candidates(folder):
        try:
            with open_part(path) as part:
                set_id = part.index.set_id
                found.setdefault(set_id, _Found(part.index)).numbers.add(part.number)
                numbers[path] = set_id, part.number
        except WpsError as refused:
            faults[path] = refused
    for path, fault in faults.items():
        if isinstance(fault, PartDamaged) and fault.set_id in found:
            found[fault.set_id].damaged.append(path)
    sets = tuple(
        SetInFolder(
            index=each.index,
            set_id=set_id,
            folder=folder,
            there=tuple(sorted(each.numbers)),
            damaged=tuple(each.damaged),
        )
        for set_id, each in sorted(found.items())
    )
    return FolderOfParts(sets, numbers, faults)


def _candidates(folder: Path) -> list[Path]:
    try:
        names = sorted(folder.iterdir())
    except OSError as error:
        raise from_os(error, folder) from error
    return [path for path in names[:MOST] if is_part(path)]


def examine_part(path: Path, folder: FolderOfParts) -> PartExamination:
    """What the part at ``path`` in ``folder`` is. Raises FileMissing, FileUnreadable."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise from_os(error, path) from error
    fault = folder.faults.get(path)
    if isinstance(fault, FileFault):
        raise fault
    named = folder.numbers.get(path)
    return PartExamination(
        path=path,
        size=size,
        beside=folder.set_of(path),
        number=None if named is None else named[1],
        faults=() if fault is None else (fault,),
    )
