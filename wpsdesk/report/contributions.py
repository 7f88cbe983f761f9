"""Whose words an answer holds beside its unit's own, and who has reported to the unit: agencies, organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wpsdesk.base.ids import BundleId, CountryCode, Digest, UnitCode
from wpsdesk.plan.model import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrom:
    """What stands in an answer out of the report of another unit, and where it can be read as it was signed."""

    unit: UnitCode
    bundle: BundleId
    digest: Digest  # of the signed container that said it
    country: CountryCode | None = None  # of the answer there
    fields: tuple[str, ...] = ()  # names of the entry's fields that it was taken into


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A unit that was asked to report to this one; ``bundle`` and what follows are None where it has not reported."""

    unit: Unit
    may_be_named: bool  # in public
    answers: int = 0
    bundle: BundleId | None = None
    digest: Digest | None = None
    received: datetime | None = None

    @property
    def has_reported(self) -> bool:
        """Whether its report has come."""
        return self.digest is not None


def public_names(
    taken: tuple[TakenFrom, ...], contributors: tuple[Contributor, ...]
) -> tuple[tuple[Contributor, ...], bool]:
    """Of those whose words were taken: who may be named in public, in order, and whether there are others.

    One that the report does not tell of is never named.
    """
    known = {each.unit.code: each for each in contributors if each.may_be_named}
    units = tuple(dict.fromkeys(each.unit for each in taken))
    return tuple(known[unit] for unit in units if unit in known), any(unit not in known for unit in units)
