"""The words of editing and release, by the type's name: its modules are too heavy for the first window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue

PUBLISHED: Final[Mapping[str, Mapping[str, str]]] = {
    "EditState": {
        "used": N_("Used"),
        "stale": N_("Changed by the unit since"),
        "closed": N_("Must be cleared for the public"),
    },
    "With": {
        "ministries": N_("All ministries"),
        "civil-society": N_("Civil society"),
        "researchers": N_("Researchers"),
    },
    "Point": {
        "coverage": N_("Answers that were asked for are missing"),
        "returned": N_("Returned answers have not come back"),
        "restrictions": N_("Restrictions lack a legal basis or a reason"),
        "stale": N_("Edited texts or translations are of something else than the unit says now"),
        "closed": N_("Edited texts have not been cleared for the public"),
        "names": N_("Names that must not be public stand in UD's own texts"),
        "texts": N_("Foreword, introduction or summaries are not written in every language"),
        "languages": N_("Less than a quarter of the Norwegian is in bokmål or in nynorsk"),
    },
}


def made_words(edition: str, say: Catalogue) -> str:
    """What has been made of an edition, by its name."""
    match edition:
        case "meeting":
            return say("The pack for the meeting is made.")
        case "review":
            return say("The report for the review is made.")
        case _:
            return say("The annual report is made.")
