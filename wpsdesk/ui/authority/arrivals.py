"""What stands in the inbox: submissions that are held, and files that were turned away or wait for the digits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest
from wpsdesk.base.progress import Progress
from wpsdesk.bundle.examining import Examination
from wpsdesk.bundle.verifying import Standing
from wpsdesk.desk.arrivals import receiving
from wpsdesk.desk.arrivals.habits import back_up_first
from wpsdesk.desk.arrivals.inbox import InboxRow, Stands
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import PartTaken, Refused
from wpsdesk.desk.arrivals.verifying import verify
from wpsdesk.desk.keys.enrolling import Pending
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue
from wpsdesk.intake.relations import Relation
from wpsdesk.messages import word
from wpsdesk.trust.errors import StaleRevocationList
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.signs import Sign

CHECKED = Standing(is_intact=True, is_valid=True, is_trusted=True, is_revoked=False, is_root_compared=True)
"""How everything stands that was taken: nothing else is ever taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A submission in the store; ``relation`` is told of those that came while the window was open."""

    row: InboxRow
    relation: Relation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A file that was not taken, why, and what could be found out about it."""

    path: Path
    fault: WpsError
    examination: Examination | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request for a certificate: it is approved on the page of units and keys."""

    path: Path
    pending: Pending


Line = Held | Turned | Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import brought beside what the store holds."""

    relations: tuple[tuple[Digest, Relation], ...]
    others: tuple[Turned | Waiting, ...]
    warnings: tuple[StaleRevocationList, ...] = ()  # what did not stand in the way, and should be known

    @property
    def turned(self) -> int:
        """How many files were turned away."""
        return sum(isinstance(line, Turned) for line in self.others)


def import_files(
    desk: Desk, paths: tuple[Path, ...], progress: Progress, *, backs_up: bool = True, again_ok: bool = False
) -> Imported:
    """Receive files and folders; of what is refused, find out what can be told.

    With ``again_ok`` nothing is told of what was held already. Raises Cancelled; NoBackupFirst, before anything was
    taken, where the backup of the day cannot be made.
    """
    if backs_up:
        back_up_first(desk)
    relations: list[tuple[Digest, Relation]] = []
    others: list[Turned | Waiting] = []
    waiting = list(receiving.receive(desk, paths, progress=progress))
    warnings: list[StaleRevocationList] = []
    while waiting:
        arrival = waiting.pop(0)
        warnings += receiving.warnings_of(arrival.outcome)
        match arrival.outcome:
            case PartTaken(files=files):
                waiting.extend(files)
            case Received(digest=digest, relation=relation):
                relations.append((digest, relation))
            case Pending() as pending:
                others.append(Waiting(path=arrival.path, pending=pending))
            case Refused() as refused if again_ok and receiving.was_held(refused):
                continue
            case Refused(error=fault):
                others.append(Turned(path=arrival.path, fault=fault, examination=_examined(desk, arrival.path)))
            case _:
                raise AssertionError("UD's desk takes neither calls nor replies")
    return Imported(relations=tuple(relations), others=tuple(others), warnings=tuple(warnings))


def _examined(desk: Desk, path: Path) -> Examination | None:
    try:
        return verify(path, desk, desk.plan, desk.clock())
    except WpsError:
        return None


def state_chip(line: Line, say: Catalogue) -> Chip:
    """How a line stands in the inbox."""
    match line:
        case Turned():
            return Chip(sign=Sign.CROSS, word=say("Turned away"), tone="danger")
        case Waiting():
            return Chip(sign=Sign.DOTS, word=say("Request waits"), tone="warning")
        case Held(row=row, relation=relation):
            if row.stands in (Stands.HELD, Stands.BASE_MISSING):
                return Chip(sign=Sign.MARK, word=word(row.stands, say), tone="warning")
            if row.stands is Stands.SUPERSEDED:
                return Chip(sign=Sign.DASH, word=word(row.stands, say), tone="neutral")
            told = row.stands if relation is None else relation
            return Chip(sign=Sign.TICK, word=word(told, say), tone="success")


def standing_of(line: Line) -> Standing | None:
    """How far a line is to be believed, or None where nothing could be told."""
    match line:
        case Held():
            return CHECKED
        case Turned(examination=examination):
            return None if examination is None else examination.standing
        case Waiting():
            return None


def standing_chips(standing: Standing, say: Catalogue) -> tuple[Chip, Chip, Chip]:
    """Intact, valid, trusted: each with its sign and its word."""
    return (
        _chip(
            standing.is_intact, say("Unchanged"), say("Changed since it was signed"), say("Unchanged: cannot be told")
        ),
        _chip(standing.is_valid, say("Valid signature"), say("Invalid signature"), say("Signature: cannot be told")),
        _chip(standing.is_trusted, say("Trusted signer"), say("Signer is not trusted"), say("Signer: cannot be told")),
    )


def _chip(found: bool | None, yes: str, no: str, unknown: str) -> Chip:
    match found:
        case True:
            return Chip(sign=Sign.TICK, word=yes, tone="success")
        case False:
            return Chip(sign=Sign.CROSS, word=no, tone="danger")
        case None:
            return Chip(sign=Sign.RING, word=unknown, tone="neutral")


def standing_chip(line: Line, say: Catalogue) -> Chip:
    """The three as one, for a line in the table: the first that is not so decides."""
    standing = standing_of(line)
    if isinstance(line, Turned) and line.examination is not None and line.examination.is_sealed is None:
        return Chip(sign=Sign.RING, word=say("Not a bundle"), tone="neutral")
    if standing is None:
        return Chip(sign=Sign.RING, word=say("Not checked"), tone="neutral")
    chips = standing_chips(standing, say)
    if all(chip.tone == "success" for chip in chips):
        return Chip(sign=Sign.TICK, word=say("Unchanged, valid, trusted"), tone="success")
    return next((c for c in chips if c.tone == "danger"), next(c for c in chips if c.tone != "success"))
