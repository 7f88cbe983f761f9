"""Sentences for what stands in the way of choosing between two reports."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.review.conflict_errors import (
    AnswersNotSettled,
    ConflictChanged,
    NoSuchConflict,
    NoteMissing,
    NothingChosen,
    NothingToChoose,
    TooMuchTogether,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_CHANGED, Places, Row, answer, row, shown


def _whose(error: ConflictChanged | NothingChosen | NothingToChoose | TooMuchTogether, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "year": error.year}


def _open(error: AnswersNotSettled, say: Catalogue) -> Places:
    named = say.listing(answer(key.commitment, key.country) for key in error.keys)
    return {"unit": shown(error.unit), "answers": named}


CONFLICTS: Final[tuple[Row, ...]] = (
    row(
        NoSuchConflict,
        what=N_("No report with the digest {digest} waits for a choice."),
        kept=NOTHING_CHANGED,
        do=N_("Look at what waits: it may have been settled, or the unit may have sent a whole report since."),
        fill=lambda error, _say: {"digest": shown(error.digest[:12])},
    ),
    row(
        NothingToChoose,
        what=N_("No report from {unit} for {year} waits for a choice."),
        kept=NOTHING_CHANGED,
        do=N_("Look at what waits: it may have been settled, or the unit may have sent a whole report since."),
        fill=_whose,
    ),
    row(
        ConflictChanged,
        what=N_("Another report from {unit} for {year} stands than when you looked."),
        kept=N_("Nothing was chosen, and all reports are kept."),
        do=N_("Look at the two reports again, then choose."),
        fill=_whose,
    ),
    row(
        AnswersNotSettled,
        what=N_(
            "A choice that can stand is needed on exactly those answers from {unit} that differ. Look at: {answers}."
        ),
        kept=N_("Nothing was chosen, and all reports are kept."),
        do=N_("Choose on every answer that differs, and on no other."),
        fill=_open,
    ),
    row(
        NoteMissing,
        what=N_("Both answers from {unit} on commitment {answer} were to be kept, without a note."),
        kept=N_("Nothing was chosen, and all reports are kept."),
        do=N_("Write to the unit why both stand."),
        fill=lambda error, _say: {"unit": shown(error.unit), "answer": answer(error.commitment, error.country)},
    ),
    row(
        TooMuchTogether,
        what=N_("The two answers from {unit} for {year} are longer together than an answer may be."),
        kept=N_("Nothing was chosen, and all reports are kept."),
        do=N_("Choose one of them, or ask the unit to send one report."),
        fill=_whose,
    ),
    row(
        NothingChosen,
        what=N_("There is no choice between reports from {unit} for {year} that can be undone."),
        kept=NOTHING_CHANGED,
        do=N_("When the unit has been told in a reply, its next whole report is the way."),
        fill=_whose,
    ),
)
