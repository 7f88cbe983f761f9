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
    """Nobody has sent anything for the year."""

    year: Year


@dataclass(eq=False, kw_only=True)
class NothingReceivedFrom(NothingReceived):
    """A unit has sent nothing for the year."""

    unit: UnitCode


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


# -- deltas and parts ------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class NothingToBuildOn(WpsError):
    """Only the changes were to be sent, and no receipt says that UD has a report of this year."""

    year: Year


@dataclass(eq=False, kw_only=True)
class NotAcknowledged(WpsError):
    """Only the changes were to be sent, and no receipt has come for a later report, no. ``seq``."""

    year: Year
    seq: int


@dataclass(eq=False, kw_only=True)
class NothingChanged(WpsError):
    """Only the changes were to be sent, and there are none since no. ``seq``."""

    year: Year
    seq: int


@dataclass(eq=False, kw_only=True)
class BaseMissing(WpsError):
    """A submission holds only changes, on a report that is not here, so it cannot be read as a whole."""

    unit: UnitCode
    year: Year
    seq: int


@dataclass(eq=False, kw_only=True)
class NoSuchSet(WpsError):
    """No set of parts that begins with ``set_id`` is known here; "" where there is none at all."""

    set_id: str


@dataclass(eq=False, kw_only=True)
class NoSuchPart(WpsError):
    """A set has ``count`` parts, and another number was asked for."""

    number: int
    count: int


@dataclass(eq=False, kw_only=True)
class TooManySets(WpsError):
    """As many sets of parts wait to be whole as can."""

    at_most: int


@dataclass(eq=False, kw_only=True)
class PartsDiffer(WpsError):
    """The parts of a set can no longer be made as they were."""

    set_id: Digest


# -- handing over, giving back, archiving ---------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class NothingToHandOver(WpsError):
    """Nothing has been written for the year, so there is nothing to hand to another desk."""

    year: Year


@dataclass(eq=False, kw_only=True)
class NothingWaits(WpsError):
    """No entry from another desk waits beside this one."""

    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class NothingToProve(WpsError):
    """A proof sheet was asked for, and the file's contents cannot be read here."""

    path: Path


@dataclass(eq=False, kw_only=True)
class ProofMissing(WpsError):
    """UD's own signed note of an import is not in the store."""

    unit: UnitCode
    year: Year
    seq: int


# -- certificates, people and keys ------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class NothingToRenew(WpsError):
    """A renewal is asked for, and these keys were never given a certificate."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class RenewsRevoked(WpsError):
    """A renewal is asked for, of keys whose certificate has been revoked."""

    unit: UnitCode


@dataclass(eq=False, kw_only=True)
class NoSuchCertificate(WpsError):
    """The unit has no certificate with this number."""

    unit: UnitCode
    serial: int


@dataclass(eq=False, kw_only=True)
class NoSuchPerson(WpsError):
    """Nobody of this name has a key at this desk."""

    name: str


@dataclass(eq=False, kw_only=True)
class PersonExists(WpsError):
    """Somebody of this name has a key at this desk already."""

    name: str


@dataclass(eq=False, kw_only=True)
class PersonNotEnrolled(WpsError):
    """The person's certificate has not come yet."""

    name: str


@dataclass(eq=False, kw_only=True)
class SignerWaits(WpsError):
    """A submission by a signer nobody vouches for has been set aside, whole, and counts for nothing.

    ``unit`` is only what it says of itself.
    """

    unit: UnitCode | None
    fingerprint: str


@dataclass(eq=False, kw_only=True)
class NothingWaitsAside(WpsError):
    """No submission with this digest has been set aside."""

    digest: Digest


@dataclass(eq=False, kw_only=True)
class TooManyWait(WpsError):
    """As many submissions by unknown signers are set aside as may be."""

    at_most: int


@dataclass(eq=False, kw_only=True)
class NotSealed(WpsError):
    """A file was to be opened with a recovery key, and is not sealed at all."""

    path: Path


class RecoveryKeptApart(WpsError):
    """The recovery key is no longer in the store: it lies in the file that it was written to."""


class RootKeptApart(WpsError):
    """The root key is no longer in the store: it lies in the file that it was written to."""


@dataclass(eq=False, kw_only=True)
class GradedMaterial(WpsError):
    """A file bears the marking of graded material, in its name or at its head."""

    name: str
    marking: str
