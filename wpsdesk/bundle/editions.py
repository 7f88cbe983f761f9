"""Whether a bundle is about the edition of the plan that is in use, and if not, whose affair that is."""

from __future__ import annotations

from wpsdesk.base.ids import EditionId
from wpsdesk.bundle.errors import DeskOfAnotherPlan, OtherPlan
from wpsdesk.plan.loading import EDITIONS


def require_edition(found: EditionId, expected: EditionId) -> None:
    """Raise DeskOfAnotherPlan where the program has the other edition, OtherPlan where it does not."""
    if found != expected:
        other = DeskOfAnotherPlan if found in EDITIONS else OtherPlan
        raise other(found=found, expected=expected)
