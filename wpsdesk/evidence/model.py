"""What a file carries besides its content, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_VALUE: Final = 200
"""Characters of a finding's value: enough to recognise it by."""

MOST_FINDINGS: Final = 500
"""Of one file; what is more is counted in the last."""


class FindingKind(StrEnum):
    """What sort of thing was found."""

    LOCATION = "location"
    AUTHOR = "author"
    DEVICE = "device"
    TIME = "time"
    SOFTWARE = "software"
    HISTORY = "history"  # earlier versions, tracked changes, revision marks
    COMMENT = "comment"
    HIDDEN = "hidden"  # what a reader does not see
    THUMBNAIL = "thumbnail"
    ACTIVE = "active"  # macros, scripts, actions
    SIGNATURE = "signature"  # cannot outlive a change of the file
    UNREADABLE = "unreadable"  # damaged, locked or too large: nobody knows what is inside
    UNEXAMINED = "unexamined"  # a kind of file that is not looked into


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a file, untrusted text of the file's own."""

    kind: FindingKind
    where: str  # the format's own name for the place: "EXIF", "docProps/core.xml"
    value: str = ""  # at most LONGEST_VALUE characters on one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Stripped:
    """A file without what it carried besides its content."""

    data: bytes  # the very bytes that were given where nothing was removed
    removed: tuple[Finding, ...]
    remains: tuple[Finding, ...]  # what was found and could not, or should not, be taken out

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found."""
        return self.removed + self.remains


class Damaged(Exception):
    """The file cannot be read as what it says it is; never leaves this room."""


def found(kind: FindingKind, where: str, value: object = "") -> Finding:
    """A finding, its value cut to one short line."""
    text = " ".join(str(value)[: 20 * LONGEST_VALUE].replace("\x00", " ").split())
    short = text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
    return Finding(kind=kind, where=where[:LONGEST_VALUE], value=short)


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, none twice, at most :data:`MOST_FINDINGS`."""
    unique = tuple(dict.fromkeys(findings))
    if len(unique) <= MOST_FINDINGS:
        return unique
    left = len(unique) - MOST_FINDINGS + 1
    return (*unique[: MOST_FINDINGS - 1], Finding(kind=FindingKind.HIDDEN, where="…", value=f"+{left}"))
