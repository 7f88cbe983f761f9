"""What a search has found, in words."""

from __future__ import annotations

from wpsdesk.desk.answers.hits import Hit
from wpsdesk.desk.arrivals.inbox import Stands
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.words import word


def which_report(hit: Hit, say: Catalogue) -> str:
    """Which of its unit's reports that are not in force it is, and how that one stands."""
    return f"{say('no. {n}', n=hit.number)} · {word(Stands(hit.field), say)}"
