"""What came of the answers that another desk of the unit, or UD, has handed to this one."""

from __future__ import annotations

from wpsdesk.desk.answers.merging import Merged
from wpsdesk.i18n import Catalogue


def merged_words(merged: Merged, say: Catalogue) -> str:
    """How many were taken over, were the same, or were changed on both sides; what is none is not told."""
    told = []
    if merged.taken or not (merged.same or merged.ours_is_newer or merged.both_kept):
        told.append(say.plural("{n} answer is taken over.", "{n} answers are taken over.", len(merged.taken)))
    if merged.same:
        told.append(say.plural("{n} was the same here.", "{n} were the same here.", len(merged.same)))
    if merged.ours_is_newer:
        told.append(say.plural("{n} is newer here.", "{n} are newer here.", len(merged.ours_is_newer)))
    if merged.both_kept:
        told.append(
            say.plural(
                "{n} was changed on both desks: both are kept, and yours stands until you choose.",
                "{n} were changed on both desks: both are kept, and yours stand until you choose.",
                len(merged.both_kept),
            )
        )
    return " ".join(told)
