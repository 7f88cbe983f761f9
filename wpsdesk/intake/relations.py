"""How an arriving submission relates to those that are held from the same unit for the same year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year


class Relation(StrEnum):
    """What the arriving submission is to what is held."""

    NEW = "new"  # the first from this unit for this year that counts
    DUPLICATE = "duplicate"  # the very same bundle has come before
    SUPERSEDES = "supersedes"  # a later one, which from now on stands for the unit
    STALE = "stale"  # an earlier one, come after a later; kept, and not in force
    CONFLICT = "conflict"  # another one with a number, or on a base, that is taken; both are kept
    BASE_MISSING = "base-missing"  # a delta whose base is not the one in force; kept, and changes nothing


class Lineage(NamedTuple):
    """What of a submission decides its relations; made anew of all that a unit has sent, whenever one more comes."""

    id: BundleId
    digest: Digest
    unit: UnitCode
    year: Year
    seq: int
    base: Digest | None = None  # of a delta: the container that it builds on
    report: Digest | None = None  # of the whole report that it stands for, where that is known
    counts: bool = True  # False while it is held for a person or waits for its base


def relate(arriving: Lineage, held: Iterable[Lineage]) -> Relation:
    """The relation of ``arriving`` to what is ``held``; only the same unit and year count.

    1. The same container, or the same id with another container: a bundle is known by both, so the first is
       a duplicate and the second, which no desk makes, a conflict.
    2. A number that another one has, or a base that another one builds on: two desks of the unit went on from the
       same place. The one that came first stays, be it in force or waiting, and a person must look at the second.
    3. A number below that of the one in force: stale.
    4. A delta whose base is not in force: it cannot be read, and waits.
    5. Otherwise it supersedes, or is the first. Numbers may jump: what they leave out may still come, as stale.
    """
    family = [h for h in held if (h.unit, h.year) == (arriving.unit, arriving.year)]
    if any(h.digest == arriving.digest for h in family):
        return Relation.DUPLICATE
    if any(h.id == arriving.id or h.seq == arriving.seq for h in family):
        return Relation.CONFLICT
    if arriving.base is not None and any(_are_one(h.base, arriving.base, family) for h in family):
        return Relation.CONFLICT
    top = in_force(family)
    if top is not None and arriving.seq < top.seq:
        return Relation.STALE
    if arriving.base is not None and not stands_on(arriving.base, top, family):
        return Relation.BASE_MISSING
    return Relation.NEW if top is None else Relation.SUPERSEDES


def in_force(family: Iterable[Lineage]) -> Lineage | None:
    """The one that stands for the unit: of those that count, the one with the highest number."""
    return max((h for h in family if h.counts), key=lambda h: h.seq, default=None)


def stands_on(base: Digest, top: Lineage | None, family: Collection[Lineage]) -> bool:
    """Whether a delta on ``base`` can be put on what is in force: the base itself, or the very same report.

    A report that goes in parts goes twice: alone first, then with its evidence. A receipt for the first is as good a
    base when the second has come.
    """
    return top is not None and _are_one(top.digest, base, family)


def _are_one(one: Digest | None, other: Digest, family: Collection[Lineage]) -> bool:
    """Whether two containers are the same one, or hold the very same report."""
    if one is None or one == other:
        return one == other
    reports = {h.digest: h.report for h in family}
    return reports.get(one) is not None and reports.get(one) == reports.get(other)


def left_out(arriving: Lineage, held: Iterable[Lineage]) -> int:
    """How many numbers between the one in force and the arriving one have never been seen."""
    family = [h for h in held if (h.unit, h.year) == (arriving.unit, arriving.year)]
    top = in_force(family)
    start = 0 if top is None else top.seq
    seen = {h.seq for h in family if start < h.seq < arriving.seq}
    return max(0, arriving.seq - start - 1 - len(seen))
