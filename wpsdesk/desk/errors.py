"""What can stand in the way of a verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.bundle.model import Kind


@dataclass(eq=False, kw_only=True)
class WeakPassphrase(WpsError):
    """A passphrase of fewer than ``at_least`` characters."""

    at_least: int


@dataclass(eq=False, kw_only=True)
class UnknownUnit(WpsError):
    """No reporting unit with this code is known, in the plan or in the call."""

    code: str


@dataclass(eq=False, kw_only=True)
class UnknownCountry(WpsError):
    """No focus country with this code stands in the plan."""

    code: str


class OnlyTheAuthority(WpsError):
    """Only UD's desk can do this."""


class NotForTheAuthority(WpsError):
    """UD's own desk has no need of this: it issues its certificate and its call itself."""


class NoCall(WpsError):
    """No call for reports has been loaded (or made) yet."""


@dataclass(eq=False, kw_only=True)
class NoCallFor(WpsError):
    """There is no call for this year."""

    year: Year


class NotEnrolled(WpsError):
    """The desk has no certificate yet, so it cannot sign."""


class NoRequest(WpsError):
    """A certificate has come, and this desk has never asked for one."""


@dataclass(eq=False, kw_only=True)
class UnitNotEnrolled(WpsError):
    """The unit has no certificate, so nothing can be sealed for it."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class NothingToSend(WpsError):
    """No entry is ready to be sent."""

    year: Year


@dataclass(eq=False, kw_only=True)
class WrongKind(WpsError):
    """A bundle of one kind was given where another was wanted."""

    path: Path
    found: Kind
    wanted: Kind


@dataclass(eq=False, kw_only=True)
class ForAnotherUnit(WpsError):
    """A bundle or a file of answers is for another unit than this desk's."""

    wanted: str
    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class ForAnotherYear(WpsError):
    """A file of answers is for another year than the one that was asked for."""

    found: Year
    year: Year


@dataclass(eq=False, kw_only=True)
class AlreadyReceived(WpsError):
    """The very same bundle has been imported before."""

    unit: UnitCode
    year: Year
    seq: int
    received_at: datetime


@dataclass(eq=False, kw_only=True)
class NotAskedFor(WpsError):
    """A report has come from a unit that the call does not ask."""

    unit: UnitCode
    year: Year


@dataclass(eq=False, kw_only=True)
class NothingHeld(WpsError):
    """No submission with this digest is held."""

    digest: Digest


@dataclass(eq=False, kw_only=True)
class NothingReceived(WpsError):
    """There is nothing from this unit (or from anyone) for the year."""

    year: Year


@dataclass(eq=False, kw_only=True)
class OlderCall(WpsError):
    """A call is older than the one that is held for the same year."""

    number: int
    held: int


@dataclass(eq=False, kw_only=True)
class DeadlinePassed(WpsError):
    """The deadline of a new call is not in the future."""

    deadline: date


@dataclass(eq=False, kw_only=True)
class YearOutsidePlan(WpsError):
    """The plan does not run in this year."""

    year: int
    first: int
    last: int


@dataclass(eq=False, kw_only=True)
class AskedTwice(WpsError):
    """A unit stands twice in a call."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class ReplyToNothing(WpsError):
    """A reply is about a bundle that this desk has not sent."""

    seq: int


@dataclass(eq=False, kw_only=True)
class NotReady(WpsError):
    """An entry has blockers, so it cannot be marked ready."""

    blockers: int


@dataclass(eq=False, kw_only=True)
class TooManyFiles(WpsError):
    """More evidence than a bundle holds."""

    at_most: int


@dataclass(eq=False, kw_only=True)
class NoEvidence(WpsError):
    """The named evidence is not attached to the entry."""
