"""Sentences for what stands in the way of a review."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.review.review_errors import (
    AnsweredMeanwhile,
    NoMoreTime,
    NoSuchAnswer,
    NoSuchReason,
    NothingToWithdraw,
    ReasonMissing,
    ReviewedMeanwhile,
    UnderReview,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_CHANGED, Places, Row, answer, row, shown
from wpsdesk.messages.words import word


def _answer(
    error: NoSuchAnswer | NothingToWithdraw | UnderReview | ReviewedMeanwhile | AnsweredMeanwhile, _say: Catalogue
) -> Places:
    return {"unit": shown(error.unit), "answer": answer(error.commitment, error.country)}


def _reason(error: ReasonMissing, _say: Catalogue) -> Places:
    return {"answer": answer(error.commitment, error.country)}


def _in_hand(error: UnderReview, say: Catalogue) -> Places:
    return {**_answer(error, say), "officer": shown(error.officer), "when": say.moment(error.since)}


def _meanwhile(error: ReviewedMeanwhile, say: Catalogue) -> Places:
    decision = word(error.decision, say)
    return {
        **_answer(error, say),
        "officer": shown(error.officer),
        "when": say.moment(error.at),
        "decision": decision,
    }


REVIEWING: Final[tuple[Row, ...]] = (
    row(
        ReasonMissing,
        what=N_("The answer on commitment {answer} cannot be returned without a reason."),
        kept=NOTHING_CHANGED,
        do=N_("Write what is unclear or missing, in the unit's language."),
        fill=_reason,
    ),
    row(
        NoSuchAnswer,
        what=N_("The report from {unit} that is in force has no answer on commitment {answer}."),
        kept=NOTHING_CHANGED,
        do=N_("Look at what the report holds, and choose among its answers."),
        fill=_answer,
    ),
    row(
        UnderReview,
        what=N_("{officer} has had the answer from {unit} on commitment {answer} in hand since {when}."),
        kept=NOTHING_CHANGED,
        do=N_("Wait until it is laid down, or ask the officer; after half an hour it is free."),
        fill=_in_hand,
    ),
    row(
        ReviewedMeanwhile,
        what=N_("{officer} decided about the answer from {unit} on commitment {answer} {when}: {decision}."),
        kept=N_("That decision stands, and nothing of yours was stored."),
        do=N_("Look at the answer again, and decide anew if you disagree."),
        fill=_meanwhile,
    ),
    row(
        AnsweredMeanwhile,
        what=N_("{unit} has sent another answer on commitment {answer} since you opened it."),
        kept=N_("Nothing of yours was stored: nobody decides about an answer that they have not read."),
        do=N_("Read the new answer, then decide."),
        fill=_answer,
    ),
    row(
        NoMoreTime,
        what=N_("{until} is no extension: the deadline is {deadline}, and the day must be still to come."),
        kept=NOTHING_CHANGED,
        do=N_("Choose a later day."),
        fill=lambda error, say: {"until": say.date(error.until), "deadline": say.date(error.deadline)},
    ),
    row(
        NoSuchReason,
        what=N_("There is no reason of UD's own with the number {number}."),
        kept=NOTHING_CHANGED,
        do=N_("Look at the list with wpsdesk reasons; those that come with the program stay."),
        fill=lambda error, _say: {"number": error.number},
    ),
    row(
        NothingToWithdraw,
        what=N_("The answer from {unit} on commitment {answer} has no decision that can be undone."),
        kept=NOTHING_CHANGED,
        do=N_("When the unit has been told in a reply, a new decision is the way."),
        fill=_answer,
    ),
)
