"""What is missing from a repaired desk, in words, and where it can be had again."""

from __future__ import annotations

from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import shown
from wpsdesk.store.mending import Loss, What

_NAMED: Final = {
    What.ANSWER: N_("The answer {name}: write it again, or take it from what was sent."),
    What.ANSWER_OLDER: N_("The newest version of the answer {name}; the one before it stands."),
    What.EVIDENCE: N_("The file {name}: attach it again."),
    What.SUBMISSION: N_("The report {name}: import it again, or ask the unit for the whole report."),
}
_COUNTED: Final = {
    What.ANSWER: N_("Answers"),
    What.ANSWER_OLDER: N_("Newest versions of answers"),
    What.VERSION: N_("Earlier versions of answers"),
    What.EVIDENCE: N_("Attached files"),
    What.SUBMISSION: N_("Reports that were received (import them again)"),
    What.SENT: N_("Copies of what was sent (send the whole report next time)"),
    What.PART: N_("Parts of reports that were not complete (import them again)"),
    What.REVIEW: N_("Decisions and notes of the review"),
    What.PAPER: N_("Calls, replies or settings (load the call and the replies again)"),
    What.KEY: N_("Keys (if the desk can no longer sign, ask UD for a new certificate)"),
    What.JOURNAL: N_("Lines of the journal"),
}


def loss_words(loss: Loss, say: Catalogue) -> str:
    """One line for one loss."""
    if loss.name and loss.what in _NAMED:
        return say(_NAMED[loss.what], name=shown(loss.name))
    what = say(_COUNTED[loss.what])
    return say.plural("{what}, in {n} place", "{what}, in {n} places", loss.places, what=what)
