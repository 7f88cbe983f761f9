"""What an amended call changes for the unit that loads it, in words."""

from __future__ import annotations

from datetime import date

from wpsdesk.i18n import Catalogue
from wpsdesk.report.call_changes import CallChange, ChangeKind


def changes_sentence(changes: tuple[CallChange, ...], say: Catalogue) -> str:
    """What is other than before, and that the drafts are untouched; "" where nothing is."""
    if not changes:
        return ""
    told = " ".join(_told(change, say) for change in changes)
    return f"{told} {say('What you have written is kept as it is.')}"


def _told(change: CallChange, say: Catalogue) -> str:  # noqa: PLR0911 - one for each kind of change
    match change.kind:
        case ChangeKind.DEADLINE:
            return say("The new deadline is {day}.", day=say.date(date.fromisoformat(change.about)))
        case ChangeKind.ASKED:
            return say("You are now asked about {numbers} too.", numbers=change.about)
        case ChangeKind.NO_LONGER_ASKED:
            return say("You are no longer asked about {numbers}.", numbers=change.about)
        case ChangeKind.COUNTRIES:
            return say("You now answer for {countries}.", countries=change.about)
        case ChangeKind.QUESTIONS:
            return say.plural(
                "{n} of UD's questions is new or changed.", "{n} of UD's questions are new or changed.",
                int(change.about),
            )  # fmt: skip
        case ChangeKind.NO_LONGER_QUESTIONED:
            return say.plural(
                "{n} of UD's questions is no longer asked.", "{n} of UD's questions are no longer asked.",
                int(change.about),
            )  # fmt: skip
        case ChangeKind.GUIDANCE:
            return (
                say("There is new guidance on {numbers}.", numbers=change.about)
                if change.about
                else say("There is new guidance.")
            )
