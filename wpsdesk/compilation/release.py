"""What a release says of itself: its number, its day, and what is other than in the one before. Pure.

The changes are found between the values that two releases publish, so they can tell nothing that is not public.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from wpsdesk.base.canonical import sha256
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import DIGEST, Digest
from wpsdesk.compilation.records import AnswerRecord, Records

_MANY: Final = 100_000


class ChangeKind(Enum):
    """What has become of one answer or one text of UD's own."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place that is other than it was. An answer has ``commitment`` and ``unit``; a text of UD's own ``frame``."""

    kind: ChangeKind
    commitment: int | None = None
    unit: str = ""  # the code
    country: str | None = None  # the code
    frame: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of the public report. ``changes`` are from release ``number - 1``; the first has none."""

    number: int
    released: datetime  # UTC
    changes: tuple[Change, ...] = ()
    why: str = ""  # why it takes the place of the one before, in a person's words


Fingerprints = Mapping[tuple[str, ...], Digest]
"""Every place of a report with the digest of what stands there."""

_OURS: Final = frozenset({"anchor", "source", "label", "kind"})
"""What is the report's own, and not the unit's: a better word for a status is no change of an answer."""


def fingerprints(records: Records) -> dict[tuple[str, ...], Digest]:
    """Of a report that is being made."""
    found = {_answer_key(one, place): _digest(asdict(one)) for place, one in _numbered(records.answers)}
    return found | {("frame", one.place): _digest(one.text) for one in records.frames}


def _numbered(answers: tuple[AnswerRecord, ...]) -> Iterator[tuple[int, AnswerRecord]]:
    """Answers of which only the basis is told have no country: they are told apart by their place among these."""
    seen: dict[tuple[object, ...], int] = {}
    for one in answers:
        key = (one.commitment, one.source.unit, one.country)
        seen[key] = seen.get(key, 0) + 1
        yield seen[key], one


def _answer_key(one: AnswerRecord, place: int) -> tuple[str, ...]:
    return ("answer", str(one.commitment), one.source.unit, one.country or "", str(place))


def _digest(told: object) -> Digest:
    """Of all that is told, but not where it stands, which bundle it comes from, or the report's own words."""
    return sha256(repr(_own(told)).encode())


def _own(told: object) -> object:
    if isinstance(told, dict):
        kept = {name: _own(value) for name, value in told.items() if not _is_ours(name)}
        # What holds nothing is left out, so that a later version with more fields sees no changes where none are.
        return sorted((name, value) for name, value in kept.items() if value not in (None, "", (), [], False))
    return tuple(_own(one) for one in told) if isinstance(told, tuple | list) else told


def _is_ours(name: str) -> bool:
    return name in _OURS or name.endswith(("_word", "_name"))


def changes(before: Fingerprints, now: Fingerprints) -> tuple[Change, ...]:
    """What is other, UD's own texts first, then answers by commitment and unit."""
    keys = sorted(before.keys() | now.keys(), key=_order)
    return tuple(_change(key, before, now) for key in keys if before.get(key) != now.get(key))


def _order(key: tuple[str, ...]) -> tuple[object, ...]:
    return (0, key) if key[0] == "frame" else (1, int(key[1]), key[2:])


def _change(key: tuple[str, ...], before: Fingerprints, now: Fingerprints) -> Change:
    kind = ChangeKind.ADDED if key not in before else ChangeKind.REMOVED if key not in now else ChangeKind.CHANGED
    if key[0] == "frame":
        return Change(kind=kind, frame=key[1])
    return Change(kind=kind, commitment=int(key[1]), unit=key[2], country=key[3] or None)


def fingerprints_to_json(found: Fingerprints) -> list[object]:
    """To be kept with a release."""
    return [[list(key), digest] for key, digest in sorted(found.items())]


def fingerprints_from(reader: Reader) -> dict[tuple[str, ...], Digest]:
    """Those of an earlier release. Raises Malformed."""
    found = {}
    for row in reader.items(at_most=_MANY):
        key, digest = row.items(at_most=2)
        found[key.tuple_of(lambda part: part.text(at_most=200), at_most=5)] = Digest(digest.matching(DIGEST))
    return found


def change_to_json(change: Change) -> dict[str, object]:
    """To be kept with a release."""
    return {**asdict(change), "kind": change.kind.value}


def change_from(reader: Reader) -> Change:
    """A change as it was kept. Raises Malformed."""
    return Change(
        kind=ChangeKind(reader.get("kind").line(at_most=20)),
        commitment=reader.maybe("commitment", lambda r: r.integer(1, 1000)),
        unit=reader.get("unit").line(at_most=40),
        country=reader.maybe("country", lambda r: r.line(at_most=2)),
        frame=reader.get("frame").line(at_most=100),
    )
