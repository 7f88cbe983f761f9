"""How an arriving submission relates to those that are held from the same unit for the same year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year


class Relation(StrEnum):
    """What the arriving submission is to what is held."""

    NEW = "new"  # the first from this unit for this year
    DUPLICATE = "duplicate"  # the very same bundle has come before
    SUPERSEDES = "supersedes"  # a later one, which from now on stands for the unit
    STALE = "stale"  # an earlier one, come after a later; kept, and not in force
    CONFLICT = "conflict"  # another one with a number that is taken; both are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What of a submission decides its relations."""

    id: BundleId
    digest: Digest
    unit: UnitCode
    year: Year
    seq: int


def relate(arriving: Lineage, held: Iterable[Lineage]) -> Relation:
    """The relation of ``arriving`` to what is ``held``; only the same unit and year count.

    1. The same container, or the same id with another container: a bundle is known by both, so the first is
       a duplicate and the second, which no desk makes, a conflict.
    2. A number that another one has: a conflict.
    3. A number below the highest: stale. Otherwise it supersedes, or is the first.
    """
    family = [h for h in held if (h.unit, h.year) == (arriving.unit, arriving.year)]
    if any(h.digest == arriving.digest for h in family):
        return Relation.DUPLICATE
    if any(h.id == arriving.id or h.seq == arriving.seq for h in family):
        return Relation.CONFLICT
    if not family:
        return Relation.NEW
    return Relation.SUPERSEDES if arriving.seq > max(h.seq for h in family) else Relation.STALE
