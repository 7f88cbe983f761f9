"""``wpsdesk verify`` of parts: which one it is, what it fills, and which of its set lie beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.errors import FileUnreadable, WpsError
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.bundle.examining_parts import FolderOfParts, PartExamination, SetInFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsSeen:
    """The parts that were asked about, and the sets in the folders that were."""

    parts: tuple[PartExamination, ...] = ()
    sets: tuple[SetInFolder, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against any part, and every set of a folder is whole or can be made so."""
        return all(part.is_good for part in self.parts) and all(
            one.can_be_whole and not one.damaged for one in self.sets
        )


def look_at_parts(paths: Iterable[Path]) -> tuple[PartsSeen, tuple[Path, ...]]:
    """What of ``paths`` are parts or folders of parts; and the others, which are something else.

    Each folder is looked through once, for all its parts. Raises FileMissing, FileUnreadable.
    """
    from wpsdesk.bundle.part_form import is_part
    from wpsdesk.desk.arrivals.verifying import parts_beside, verify_part

    folders: dict[Path, FolderOfParts] = {}
    parts: list[PartExamination] = []
    sets: list[SetInFolder] = []
    others: list[Path] = []
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if not path.is_dir() and not is_part(path):
            others.append(path)
            continue
        if folder not in folders:
            folders[folder] = parts_beside(folder)
        if path.is_dir():
            if not folders[folder].sets and not folders[folder].faults:
                raise FileUnreadable(path=path)
            sets += folders[folder].sets
        else:
            parts.append(verify_part(path, folders[folder]))
    return PartsSeen(parts=tuple(parts), sets=tuple(sets)), tuple(others)


# -- for a program -------------------------------------------------------------------------------


def parts_to_json(seen: PartsSeen, say: Catalogue) -> list[dict[str, object]]:
    """An object for each part, and for each set of a folder."""
    return [*(_part_to_json(part, say) for part in seen.parts), *map(_set_to_json, seen.sets)]


def _part_to_json(part: PartExamination, say: Catalogue) -> dict[str, object]:
    one = part.beside
    return {
        "file": str(part.path),
        "is_part": True,
        "is_good": part.is_good,
        "size": part.size,
        "part": part.number,  # 0 for the one that stands in for any
        "is_hash_right": part.number is not None,
        "fills": [
            {"name": f.name, "size": f.size, "sha256": f.digest, "first": f.first, "count": f.count} for f in part.fills
        ],
        "beside": None if one is None else _set_to_json(one),
        "faults": [{"error": type(fault).__name__, "text": _sentence(fault, say)} for fault in part.faults],
    }


def _set_to_json(one: SetInFolder) -> dict[str, object]:
    return {
        "folder": str(one.folder),
        "set": one.set_id,
        "parts": one.index.count,
        "has_parity": one.index.parity is not None,
        "there": list(one.there),
        "missing": list(one.missing),
        "damaged": [str(path) for path in one.damaged],
        "can_be_whole": one.can_be_whole,
        "is_good": one.can_be_whole and not one.damaged,
    }


def _sentence(fault: WpsError, say: Catalogue) -> str:
    from wpsdesk.messages import sentence

    return str(sentence(fault, say))


# -- for a person --------------------------------------------------------------------------------


def print_parts(seen: PartsSeen, terminal: Terminal) -> None:
    """Each part with what it is, then a sentence for each set."""
    from wpsdesk.messages.parts import whole_or_not

    for part in seen.parts:
        terminal.line(str(part.path))
        terminal.facts([(f"  {name}", value) for name, value in _rows(part, terminal.say)])
        for fault in part.faults:
            terminal.complain(f"  {_sentence(fault, terminal.say)}")
    named = {each.set_id: each for part in seen.parts if (each := part.beside) is not None}
    for one in (*named.values(), *(one for one in seen.sets if one.set_id not in named)):
        terminal.line(whole_or_not(one, terminal.say))
        for path in one.damaged:
            terminal.complain(terminal.say("A part in the folder is damaged: {file}", file=path))


def _rows(part: PartExamination, say: Catalogue) -> list[tuple[str, str]]:
    rows = [(say("Size"), say.plural("{n} byte", "{n} bytes", part.size))]
    one = part.beside
    if one is not None:
        rows.append((say("Set"), one.set_id))
    if one is None or part.number is None:
        return [*rows, (say("Data as listed"), say("no"))]
    count = one.index.count
    which = (
        say("Part {number} of {count}.", number=part.number, count=count)
        if part.number
        else say("The spare part of a set of {count}.", count=count)
    )
    rows += [(say("Part"), which), (say("Data as listed"), say("yes"))]
    for file in part.fills:
        last = file.first + file.count - 1
        span = str(file.first) if file.count == 1 else f"{file.first}–{last}"
        rows.append((say("Fills"), say("{file} (parts {span})", file=file.name, span=span)))
    return rows
