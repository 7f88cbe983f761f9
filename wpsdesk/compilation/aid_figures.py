"""Aid statistics added up: by country, by purpose, by marker and by commitment. Pure.

The gender marker stands apart in four: 2, 1, 0, and not screened, which is none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.report.aid import AidRow, AidStatistics
from wpsdesk.report.model import GenderMarker

MARKERS: Final = (
    GenderMarker.PRINCIPAL,
    GenderMarker.SIGNIFICANT,
    GenderMarker.NOT_TARGETED,
    GenderMarker.NOT_SCREENED,
)


class AidBy(StrEnum):
    """What the sums are of."""

    COUNTRY = "country"
    PURPOSE = "purpose"
    MARKER = "marker"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True, kw_only=True)
class AidLine:
    """What was disbursed to one country, for one purpose and so on. ``key`` is "" where nothing is told."""

    key: str  # a country's or a purpose's code, a marker, a commitment's number; a region's name
    amounts: Mapping[GenderMarker, Decimal] = field(default_factory=dict)
    agreements: int = 0

    @property
    def total(self) -> Decimal:
        """All markers together."""
        return sum(self.amounts.values(), Decimal(0))

    def amount(self, marker: GenderMarker) -> Decimal:
        """What has this marker."""
        return self.amounts.get(marker, Decimal(0))


Told = Mapping[str, frozenset[CommitmentNumber]]
"""The commitments under which units have named an agreement."""


def aid_lines(found: AidStatistics, by: AidBy, told: Told | None = None) -> tuple[AidLine, ...]:
    """The sums, the largest first; by marker and by commitment in their own order.

    An agreement that stands under several commitments counts under each of them, so these sums are no whole.
    """
    key: dict[AidBy, Callable[[AidRow], Iterable[str]]] = {
        AidBy.COUNTRY: lambda row: (row.country or row.recipient,),
        AidBy.PURPOSE: lambda row: (row.purpose,),
        AidBy.MARKER: lambda row: (row.marker.value,),
        AidBy.COMMITMENT: lambda row: [str(n) for n in sorted(commitments_of(row, told or {}))],
    }
    amounts: dict[str, dict[GenderMarker, Decimal]] = {}
    agreements: dict[str, set[str]] = {}
    for row in found.rows:
        for one in key[by](row):
            sums = amounts.setdefault(one, {})
            sums[row.marker] = sums.get(row.marker, Decimal(0)) + row.amount
            agreements.setdefault(one, set()).add(row.agreement)
    lines = [AidLine(key=one, amounts=sums, agreements=len(agreements[one])) for one, sums in amounts.items()]
    match by:
        case AidBy.MARKER:
            order = [marker.value for marker in MARKERS]
            lines.sort(key=lambda line: order.index(line.key))
        case AidBy.COMMITMENT:
            lines.sort(key=lambda line: int(line.key))
        case _:
            lines.sort(key=lambda line: (-line.total, line.key))
    return tuple(lines)


def commitments_of(row: AidRow, told: Told) -> frozenset[CommitmentNumber]:
    """What the file itself says, else what units have told of the agreement."""
    if row.commitment is not None:
        return frozenset((row.commitment,))
    return told.get(bare_agreement(row.agreement), frozenset())


def bare_agreement(number: str) -> str:
    """An agreement's number without regard to capitals, spaces and the kind of dash."""
    return "".join(number.split()).casefold().replace("–", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class AidChange:
    """What was disbursed to a recipient by the statistics that are held, and by others; 0 where one has nothing."""

    key: str  # a country's code, or what the file calls a region
    before: Decimal
    after: Decimal


def aid_changes(before: Iterable[AidRow], after: Iterable[AidRow]) -> tuple[AidChange, ...]:
    """The recipients whose sums differ, the largest difference first."""
    sums: dict[str, list[Decimal]] = {}
    for place, rows in enumerate((before, after)):
        for row in rows:
            found = sums.setdefault(row.country or row.recipient, [Decimal(0), Decimal(0)])
            found[place] += row.amount
    changes = (AidChange(key=key, before=was, after=now) for key, (was, now) in sums.items() if was != now)
    return tuple(sorted(changes, key=lambda one: (-abs(one.after - one.before), one.key)))
