"""A look at any file of ours without taking it in: a bundle, one part of a set, or the card of another desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.ids import UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.examining import Examination
from wpsdesk.bundle.examining_parts import PartExamination
from wpsdesk.bundle.part_form import is_part
from wpsdesk.desk.arrivals.verifying import parts_beside, verify, verify_part
from wpsdesk.plan.model import Plan
from wpsdesk.trust.anchors import TrustSet

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSeen:
    """The card of a desk, which anyone can write: the digits tell whose it is."""

    path: Path
    unit: UnitCode
    fingerprint: str
    not_after: datetime


Seen = Examination | PartExamination | CardSeen


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

    Raises what reading the file raises and, for a card that is damaged, Malformed, BadCertificate; what is wrong
    with a bundle or a part stands in its examination.
    """
    if is_part(path):
        return verify_part(path, parts_beside(path.parent))
    from wpsdesk.desk.answers.handing_over import CARD_SUFFIX, card_in

    if path.suffix.lower() == CARD_SUFFIX:
        unit, certificates = card_in(path)
        own = certificates.sealing
        return CardSeen(path=path, unit=unit, fingerprint=own.fingerprint, not_after=own.not_after)
    return verify(path, desk, plan, at, trust=trust, progress=progress)
