"""Sentences for answers in a file that are not answers to what UD asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.desk.answers.answering_errors import AnswersUnfit
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_STORED, Places, Row, row, shown
from wpsdesk.report.question_answers import Misfit, Unfit

WHY: Final[Mapping[Misfit, str]] = {
    Misfit.UNKNOWN_QUESTION: N_("the call has no question “{found}”"),
    Misfit.OTHER_KIND: N_("the answer to “{question}” is of another type than the question"),
    Misfit.UNKNOWN_OPTION: N_("“{question}” has no option “{found}”"),
    Misfit.TOO_LONG: N_("the answer to “{question}” is too long"),
}


def _unfit(error: AnswersUnfit, say: Catalogue) -> Places:
    where = f"{error.key.commitment}" + (f" ({shown(error.key.country)})" if error.key.country else "")
    return {"where": where, "why": unfit_words(error.unfit[0], say)}


def unfit_words(unfit: Unfit, say: Catalogue) -> str:
    """Why an answer does not fit, as it follows a colon."""
    return say(WHY[unfit.why], question=shown(unfit.question), found=shown(unfit.found, at_most=60))


ANSWERING: Final[tuple[Row, ...]] = (
    row(
        AnswersUnfit,
        what=N_("An answer on commitment {where} does not fit UD's questions: {why}."),
        kept=NOTHING_STORED,
        do=N_("Look at what the call asks, mend the file, and load it again."),
        fill=_unfit,
    ),
)
