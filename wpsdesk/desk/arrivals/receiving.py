"""Receiving bundles: each file is verified and related to what is held; one bad file never stops the rest."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import Cancelled, FileFault, FileMissing, WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.errors import NotForThisDesk
from wpsdesk.bundle.limits import IN_MEMORY
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import OpenedBundle, OpeningKey, SealedBundle, open_bundle, sealed_bundle
from wpsdesk.bundle.part_form import is_part
from wpsdesk.bundle.parts import SUFFIX
from wpsdesk.bundle.payloads import (
    CallPayload,
    DeltaPayload,
    HandoverPayload,
    ReplyPayload,
    ReportPayload,
    RequestPayload,
)
from wpsdesk.bundle.sealing import names_of
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.desk.agencies.agency_errors import SendItTo
from wpsdesk.desk.agencies.beginning import sides_of
from wpsdesk.desk.answers.handing_over import HandoverLoaded, take_handover
from wpsdesk.desk.arrivals.assembling import KeptPart, keep_part, settle, whole_file
from wpsdesk.desk.arrivals.keeping import Received, keep_submission
from wpsdesk.desk.arrivals.reading_ahead import Ahead
from wpsdesk.desk.arrivals.reading_apart import Judging
from wpsdesk.desk.arrivals.submitted import Submitted, submitted_of
from wpsdesk.desk.arrivals.waiting import keep_aside
from wpsdesk.desk.call.calling import CallLoaded, take_call
from wpsdesk.desk.errors import AlreadyReceived, ForAnotherUnit, NotForTheAuthority, OlderCall, SignerWaits
from wpsdesk.desk.keys.authority import own_lists_have_run_out, refresh_own_lists
from wpsdesk.desk.keys.enrolling import Enrolled, Pending, pending, take_certificate
from wpsdesk.desk.model import Desk, callers_of, opening_keys, require_gathering, trust_of
from wpsdesk.desk.review.replying import ReplyLoaded, take_reply
from wpsdesk.store.errors import TogetherLost
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.errors import StaleRevocationList, UnknownSigner
from wpsdesk.trust.issuing import owner_in

SUFFIXES: Final = (".asice", ".cms", SUFFIX)

AT_ONCE: Final = 50
"""Files that reach the disk together, at most: what comes with one commit is told of with it."""

SECONDS: Final = 0.1
"""After this no further file joins them: others wait to write, and whoever watches for the next number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that was not taken; nothing was changed by it."""

    error: WpsError


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTaken:
    """A part that is kept, and what came of each file that it made whole."""

    part: KeptPart
    files: tuple[Arrival, ...]


Outcome = PartTaken | Received | CallLoaded | Enrolled | ReplyLoaded | HandoverLoaded | Pending | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file and what came of it."""

    path: Path
    outcome: Outcome


def warnings_of(outcome: Outcome) -> tuple[StaleRevocationList, ...]:
    """What did not stand in the way of taking it, and should be known."""
    match outcome:
        case Received(warnings=found) | CallLoaded(warnings=found) | Enrolled(warnings=found):
            return found
        case ReplyLoaded(warnings=found):
            return found
        case _:
            return ()


def is_refused(outcome: Outcome) -> bool:
    """Whether something was not taken: the file itself, or one that a part had made whole."""
    match outcome:
        case Refused():
            return True
        case PartTaken(files=files):
            return any(is_refused(arrival.outcome) for arrival in files)
        case _:
            return False


def was_held(outcome: Outcome) -> bool:
    """Whether a refusal only says that it was received before: the file itself, or every file a part made whole."""
    match outcome:
        case Refused(error=error):
            return isinstance(error, AlreadyReceived | OlderCall)
        case PartTaken(files=files):
            return all(was_held(arrival.outcome) for arrival in files if is_refused(arrival.outcome))
        case _:
            return False


def receive(desk: Desk, paths: Sequence[Path], *, progress: Progress = unwatched) -> tuple[Arrival, ...]:
    """Take in files, and the bundles in folders. A file that is refused is told with its reason.

    UD's desk takes submissions, and shows enrolment requests, which wait for the digits. A unit's desk takes
    calls and replies. Raises Cancelled between two files; those before it stay taken.
    """
    found, arrivals = list(_files(paths)), list[Arrival]()
    with Ahead(found if desk.is_authority else (), desk.clock) as ahead:
        while len(arrivals) < len(found):
            progress(len(arrivals), len(found))
            arrivals += _taken_together(desk, found, len(arrivals), ahead)
    progress(len(found), len(found))
    return tuple(arrivals)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            yield path


def _taken_together(desk: Desk, files: list[Path], first: int, ahead: Ahead) -> list[Arrival]:
    """The files from ``first`` on, as many as reach the disk at once; each stands or falls by itself.

    What the disk refuses when they are all to reach it is asked of it once more, file by file.
    """
    paths = files[first : first + AT_ONCE]
    if not _is_small(paths[0]):
        return [_taken(desk, paths[0], _Beliefs(desk))]
    asked, until = 0, time.monotonic() + SECONDS
    try:
        with desk.store.together():
            beliefs, arrivals = _Beliefs(desk), list[Arrival]()
            for path in itertools.takewhile(_is_small, paths):
                judging = beliefs.judging()
                read = None if judging is None else ahead.of(first + asked, judging)
                asked += 1
                arrivals.append(_taken(desk, path, beliefs, read))
                if not isinstance(arrivals[-1].outcome, Received | Refused):
                    beliefs.forget()
                if time.monotonic() >= until or desk.store.is_wanted:
                    break
    except (TogetherLost, FileFault):
        return [_taken(desk, path, _Beliefs(desk)) for path in paths[:asked]]
    return arrivals


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size <= IN_MEMORY
    except OSError:  # refused in no time
        return True


def _taken(desk: Desk, path: Path, beliefs: _Beliefs, read: Submitted | None = None) -> Arrival:
    outcome: Outcome
    try:
        outcome = _received(desk, path, beliefs) if read is None else keep_submission(desk, path.name, read)
    except Cancelled:
        raise
    except WpsError as error:
        outcome = Refused(error=error)
    return Arrival(path=path, outcome=outcome)


def receive_one(desk: Desk, path: Path) -> Outcome:
    """Take in one file. Raises whatever stands in the way; then nothing has changed.

    But for a submission by a signer whom nobody vouches for: SignerWaits says that it has been set aside.
    """
    return _received(desk, path, _Beliefs(desk))


def _received(desk: Desk, path: Path, beliefs: _Beliefs) -> Outcome:
    if not path.exists():
        raise FileMissing(path=path)
    if is_part(path):
        return _take_part(sides_of(desk)[-1], path)
    sides = beliefs.now()
    with sealed_bundle(path) as sealed:
        opened = _opened(sealed, tuple(key for _, by in sides.values() for key in by.keys))
        side, by = sides.get(opened.layout.kind in (Kind.SUBMISSION, Kind.ENROLMENT)) or next(iter(sides.values()))
        try:
            verified = verify_bundle(opened, by.trust, side.plan, side.clock(), authorities=by.callers)
        except UnknownSigner as fault:
            raise keep_aside(side, path, opened, fault) from None
        _require_right_desk(side, verified)
        return _take(side, path, verified)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Believed:
    """By what an arrival is opened and judged."""

    trust: TrustSet | None
    callers: frozenset[UnitCode]
    keys: tuple[OpeningKey, ...]


def _believed(desk: Desk) -> _Believed:
    with desk.store.read() as tx:
        found = _Believed(trust=trust_of(tx), callers=callers_of(desk, tx), keys=opening_keys(tx))
    if own_lists_have_run_out(desk, found.trust):
        refresh_own_lists(desk)
        with desk.store.read() as tx:
            found = replace(found, trust=trust_of(tx))
    return found


def _opened(sealed: SealedBundle, keys: tuple[OpeningKey, ...]) -> OpenedBundle:
    """Raises SendItTo where it is sealed for a unit that gathers for itself, and says so."""
    try:
        return open_bundle(sealed, keys)
    except NotForThisDesk:
        issuers = [] if sealed.seal is None else [names_of(each)[0] for each in sealed.seal.recipients]
        owner = next(filter(None, map(owner_in, issuers)), None)
        if owner is None:
            raise
        raise SendItTo(unit=owner) from None


class _Beliefs:
    """By what arrivals are opened and judged on each side: asked of the store once, until something changes it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[bool, tuple[Desk, _Believed]] = {}
        self._judging: Judging | None = None

    def now(self) -> dict[bool, tuple[Desk, _Believed]]:
        """By whether it gathers: each side, and what it believes. Raises NotEnrolled."""
        if not self._found:
            self._found = {side.gathers: (side, _believed(side)) for side in sides_of(self._desk)}
        return self._found

    def judging(self) -> Judging | None:
        """The same for the process apart, of UD's desk; None where it has nothing to judge by."""
        if self._judging is None and self._desk.is_authority:
            with suppress(WpsError):
                _, by = self.now()[True]
                if by.trust is not None:
                    self._judging = Judging(
                        unit=self._desk.unit.code,
                        callers=by.callers,
                        trust=by.trust,
                        keys=by.keys,
                        plan=self._desk.plan,
                    )
        return self._judging

    def forget(self) -> None:
        """Ask anew the next time."""
        self._found, self._judging = {}, None


def _take(desk: Desk, path: Path, verified: VerifiedBundle) -> Outcome:
    match verified.payload:
        case ReportPayload() | DeltaPayload():
            return keep_submission(desk, path.name, submitted_of(verified))
        case RequestPayload():
            return pending(desk, path, verified)
        case CallPayload():
            return take_call(desk, path, verified)
        case ReplyPayload(certificates=None, personal=None):
            return take_reply(desk, verified)
        case ReplyPayload():
            return take_certificate(desk, path, verified)
        case HandoverPayload():
            return take_handover(desk, verified)


def _take_part(desk: Desk, path: Path) -> PartTaken:
    """Keep a part, and receive each file that is whole by it.

    What has been taken, or had been before, lets go of its parts. What is refused keeps them: the reason may pass.
    """
    part = keep_part(desk, path)
    arrivals = []
    for place in part.waiting:
        with whole_file(desk, part.set_id, place) as whole:
            outcome = _taken(desk, whole, _Beliefs(desk)).outcome
            arrivals.append(Arrival(path=path.with_name(whole.name), outcome=outcome))
        unit = _unit_of(outcome)
        if unit is not None:
            settle(desk, part.set_id, place, unit)
    return PartTaken(part=part, files=tuple(arrivals))


def _unit_of(outcome: Outcome) -> UnitCode | None:
    """Whose file has been taken in, or set aside; None where it has not."""
    match outcome:
        case Received(unit=unit):
            return unit
        case Refused(error=AlreadyReceived(unit=unit)) | Refused(error=SignerWaits(unit=unit)):
            return unit
        case _:
            return None


def _require_right_desk(desk: Desk, verified: VerifiedBundle) -> None:
    """Reports and requests go to UD, to whom they are addressed; calls and replies to everybody else."""
    match verified.payload:
        case ReportPayload() | DeltaPayload() | RequestPayload():
            require_gathering(desk)
            if verified.header.to != desk.unit.code:
                raise SendItTo(unit=verified.header.to)
        case HandoverPayload(handover=handover):
            if handover.unit != desk.unit.code:
                raise ForAnotherUnit(wanted=handover.unit, unit=desk.unit.code)
        case CallPayload() | ReplyPayload():
            if desk.gathers:
                raise NotForTheAuthority
