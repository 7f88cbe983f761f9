"""What can stand in the way of a ministry that asks its agencies, or of Norad that asks organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, UnitCode, Year
from wpsdesk.plan.model import UnitKind


@dataclass(eq=False, kw_only=True)
class NobodyAsked(WpsError):
    """A call to one's own agencies or organisations names none."""

    kind: UnitKind  # of whom this desk may ask


@dataclass(eq=False, kw_only=True)
class NotOurs(WpsError):
    """A call to one's own agencies or organisations names a unit that is none, or that belongs to another unit."""

    unit: UnitCode
    caller: UnitCode
    kind: UnitKind  # of whom this desk may ask


@dataclass(eq=False, kw_only=True)
class OutsideOwnCall(WpsError):
    """A unit is asked about commitments about which UD has not asked the one who asks it."""

    unit: UnitCode
    commitments: tuple[CommitmentNumber, ...]


@dataclass(eq=False, kw_only=True)
class AfterOwnDeadline(WpsError):
    """The deadline of a call to one's own is not before UD's own deadline."""

    deadline: date
    own: date


@dataclass(eq=False, kw_only=True)
class SendItTo(WpsError):
    """A bundle has come here that is for the ministry, or for Norad, whom its sender reports to."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class NothingToTake(WpsError):
    """The unit has said nothing on this commitment that could be taken over."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class NoSuchSource(WpsError):
    """Nothing of this unit has been taken over into the answer."""

    unit: UnitCode
