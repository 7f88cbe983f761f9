"""Where last year's answer comes from, in words, when the plan was another edition then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.plan.succession import Fate, Origin

_ALONE: Final[Mapping[Fate, str]] = {
    Fate.SAME: N_(
        "In {year} this was commitment {numbers} of the plan {edition}, in the same words. Its answer stands beside "
        "the fields."
    ),
    Fate.REWORDED: N_(
        "In {year} this was commitment {numbers} of the plan {edition}, and it has been reworded since. Its answer "
        "stands beside the fields."
    ),
    Fate.SPLIT: N_(
        "In {year} this was a part of commitment {numbers} of the plan {edition}, which has been split. Its whole "
        "answer stands beside the fields."
    ),
    Fate.MERGED: N_(
        "In {year} commitment {numbers} of the plan {edition} was one of those that have become this one. Its answer "
        "stands beside the fields."
    ),
}


def moved_words(origins: tuple[Origin, ...], number: CommitmentNumber, year: Year, say: Catalogue) -> str:
    """One sentence or two; "" where the commitment is as it was, under the same number."""
    if not origins or all(one.fate is Fate.SAME and one.number == number for one in origins):
        return ""
    places = {
        "year": year,
        "numbers": say.listing(str(one.number) for one in origins),
        "edition": origins[0].edition,
    }
    if len(origins) > 1:
        return say(
            "In {year} this was the commitments {numbers} of the plan {edition}, which have been merged. Their "
            "answers stand beside the fields, one below the other.",
            **places,
        )
    return say(_ALONE[origins[0].fate], **places)
