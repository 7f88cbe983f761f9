"""A look at any file of ours without taking it in: a bundle, one part of a set, or the card of another desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.examining import Examination
from wpsdesk.bundle.parts_reading import is_part, open_part
from wpsdesk.desk.verifying import verify
from wpsdesk.plan.model import Plan
from wpsdesk.trust.anchors import TrustSet

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSeen:
    """One part of a set: whole as it was cut, and nothing more can be told before the others have come."""

    path: Path
    number: int  # 0 for the spare part, which stands in for any one that is lost
    count: int  # the spare part not counted
    file_name: str  # of the sealed file that it belongs to
    file_size: int  # bytes
    file_digest: Digest
    size: int  # of the part's data, bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSeen:
    """The card of a desk, which anyone can write: the digits tell whose it is."""

    path: Path
    unit: UnitCode
    fingerprint: str
    not_after: datetime


Seen = Examination | PartSeen | CardSeen


def look(
    path: Path,
    desk: Desk | None,
    plan: Plan,
    at: datetime,
    *,
    trust: TrustSet | None = None,
    progress: Progress = unwatched,
) -> Seen:
    """What a file is, told by its content and not by its name; nothing is stored, and no desk is needed.

    Raises what reading the file raises and, for a part or a card that is damaged, PartDamaged, PartMalformed,
    Malformed, BadCertificate; what is wrong with a bundle stands in its examination.
    """
    if is_part(path):
        with open_part(path) as part:
            first = part.index.file_of(max(part.number, 1))
            return PartSeen(
                path=path,
                number=part.number,
                count=part.index.count,
                file_name=first.name,
                file_size=first.size,
                file_digest=first.digest,
                size=part.size,
            )
    from wpsdesk.desk.handing_over import CARD_SUFFIX, card_in

    if path.suffix.lower() == CARD_SUFFIX:
        unit, certificates = card_in(path)
        own = certificates.sealing
        return CardSeen(path=path, unit=unit, fingerprint=own.fingerprint, not_after=own.not_after)
    return verify(path, desk, plan, at, trust=trust, progress=progress)
