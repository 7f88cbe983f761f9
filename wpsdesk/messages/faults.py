"""The sentence for every error: what happened, that nothing was lost, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import (
    cells,
    of_agencies,
    of_answering,
    of_archiving,
    of_base,
    of_bundle,
    of_calling,
    of_conflicts,
    of_desk,
    of_evidence,
    of_handing,
    of_keys,
    of_measures,
    of_meetings,
    of_publishing,
    of_reviewing,
    of_sending,
    of_server,
    of_statistics,
    of_store,
    of_trust,
)
from wpsdesk.messages.saying import Row, file
from wpsdesk.trust.errors import StaleRevocationList

ROWS: Final[tuple[Row, ...]] = (
    *of_base.ROWS,
    *of_store.ROWS,
    *of_trust.ROWS,
    *of_bundle.ROWS,
    *of_desk.ROWS,
    *of_evidence.ROWS,
    *of_handing.HANDING,
    *of_reviewing.REVIEWING,
    *of_conflicts.CONFLICTS,
    *of_calling.CALLING,
    *of_agencies.AGENCIES,
    *of_answering.ANSWERING,
    *of_keys.ROWS,
    *of_measures.ROWS,
    *of_meetings.MEETINGS,
    *of_publishing.PUBLISHING,
    *of_archiving.ARCHIVING,
    *of_sending.ROWS,
    *of_server.ROWS,
    *of_statistics.ROWS,
    *cells.ROWS,
)
BY_KIND: Final[Mapping[type[WpsError], Row]] = {row.kind: row for row in ROWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a person is told of an error, in one language."""

    what: str
    kept: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.kept, self.do) if part)


def sentence(error: WpsError, say: Catalogue) -> Sentence:
    """The three parts for ``error``; a class without a row of its own speaks by its nearest base."""
    row = next(BY_KIND[kind] for kind in type(error).__mro__ if kind in BY_KIND)
    places = row.places(error, say)
    return Sentence(what=say(row.what, **places), kept=say(row.kept), do=say(row.do, **places))


def warning_sentence(warning: StaleRevocationList, say: Catalogue, *, is_authority: bool = False) -> str:
    """What a person is told where an old list of revoked certificates did not stand in the way.

    On UD's own desk (``is_authority``) it is the root's, whose key lies in a file apart: only UD can renew it.
    """
    if is_authority:
        return say(
            "Note: the root's list of revoked keys ran out on {date}, and its key is kept apart. What has come was "
            "taken in all the same. Fetch the file with the root's key and renew the list, with wpsdesk authority "
            "renew-root-list; then write a new call or reply, which brings the units the new list.",
            date=say.date(warning.since.date()),
        )
    return say(
        "Note: the list of revoked certificates should have been renewed by {date}. A key that was revoked after that "
        "would not be noticed. A newer list comes with each call and reply from UD.",
        date=say.date(warning.since.date()),
    )


def bug_sentence(report: Path | None, say: Catalogue) -> str:
    """What a person is told of a bug of ours; ``report`` is where its report lies, or None."""
    if report is None:
        return say("Something went wrong in the program itself. What was saved before is safe. Please try again.")
    return say(
        "Something went wrong in the program itself. What was saved before is safe. Please send {file} to those who "
        "look after the program: it says where it happened and holds nothing of what you have written.",
        file=file(report),
    )
