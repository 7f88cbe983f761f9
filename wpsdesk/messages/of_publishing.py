"""Sentences for what stands in the way of editing for publication, and of a release."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.publication.editing_errors import (
    NoSuchAgreement,
    NoSuchAudience,
    NoSuchRelease,
    NoSuchText,
    NotEdited,
    NothingToTranslate,
    NothingToUndo,
    NotReady,
    NotTogether,
    ReleasedMeanwhile,
    SameLanguage,
    TextTooLong,
    WhyMissing,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_CHANGED, Places, Row, row, shown
from wpsdesk.messages.words import LANGUAGE_NAMES, word


def _answer(error: NotEdited | NothingToTranslate, _say: Catalogue) -> Places:
    answer = str(error.commitment) if error.country is None else f"{error.commitment} ({shown(error.country)})"
    return {"unit": shown(error.unit), "answer": answer}


def _language(error: SameLanguage, say: Catalogue) -> Places:
    return {
        "language": next(
            (say(name) for code, name in LANGUAGE_NAMES.items() if code == error.language), error.language
        ).lower()
    }


PUBLISHING: Final[tuple[Row, ...]] = (
    row(
        NoSuchText,
        what=N_("The report has no text of UD's own called “{place}”."),
        kept=NOTHING_CHANGED,
        do=N_("Choose foreword, introduction or an area: {areas}."),
        fill=lambda error, _say: {"place": shown(error.place), "areas": ", ".join(error.areas)},
    ),
    row(
        NoSuchAudience,
        what=N_("There is no pack for a meeting with “{name}”."),
        kept=NOTHING_CHANGED,
        do=N_("Choose ministries, civil-society, researchers or a ministry: {ministries}."),
        fill=lambda error, _say: {"name": shown(error.name), "ministries": ", ".join(error.ministries)},
    ),
    row(
        NotEdited,
        what=N_("Nothing is written for publication about the answer from {unit} on commitment {answer}."),
        kept=NOTHING_CHANGED,
        do=N_("Edit the answer first, or look at what is written with wpsdesk edit show."),
        fill=_answer,
    ),
    row(
        WhyMissing,
        what=N_("A word about why is missing."),
        kept=NOTHING_CHANGED,
        do=N_("Write in a sentence why; it is kept with your name, and is not published."),
    ),
    row(
        NotTogether,
        what=N_("These two answers on commitment {commitment} cannot be told together."),
        kept=NOTHING_CHANGED,
        do=N_("Choose another answer on the same commitment, one that stands in its own place and is not left out."),
        fill=lambda error, _say: {"commitment": error.commitment},
    ),
    row(
        SameLanguage,
        what=N_("The text is written in {language} already."),
        kept=NOTHING_CHANGED,
        do=N_("Choose another language to translate into."),
        fill=_language,
    ),
    row(
        NothingToTranslate,
        what=N_("This field of the answer from {unit} on commitment {answer} is empty, and cannot be translated."),
        kept=NOTHING_CHANGED,
        do=N_("Choose a field that has a text."),
        fill=_answer,
    ),
    row(
        TextTooLong,
        what=N_("The text is longer than {limit} characters."),
        kept=NOTHING_CHANGED,
        do=N_("Shorten it, or divide it between two fields."),
        fill=lambda error, say: {"limit": say.number(error.limit)},
    ),
    row(
        NotReady,
        what=N_("The report is not ready to be released: {points}."),
        kept=N_("No release is made, and what is written is as it was."),
        do=N_("Put it right, or say that it may go as it is; that is kept with the release."),
        fill=lambda error, say: {"points": "; ".join(word(point, say).lower() for point in error.points)},
    ),
    row(
        NoSuchRelease,
        what=N_("There is no release {number} of the report for {year}."),
        kept=NOTHING_CHANGED,
        do=N_("Look at those that are made, with wpsdesk release list."),
        fill=lambda error, _say: {"number": error.number, "year": error.year},
    ),
    row(
        ReleasedMeanwhile,
        what=N_("Somebody else has released the report for {year} meanwhile."),
        kept=N_("No second release is made, and what is written is as it was."),
        do=N_("Look at that release, and make a new one if something is to be corrected."),
        fill=lambda error, _say: {"year": error.year},
    ),
    row(
        NoSuchAgreement,
        what=N_("The aid statistics for {year} have no agreement {agreement}."),
        kept=NOTHING_CHANGED,
        do=N_("Choose one of the agreements that the statistics list."),
        fill=lambda error, _say: {"year": error.year, "agreement": shown(error.agreement, at_most=60)},
    ),
    row(
        NothingToUndo,
        what=N_("There is nothing to undo in what is written for {year}."),
        kept=NOTHING_CHANGED,
        do=N_("The last {steps} steps can be undone, one at a time."),
        fill=lambda error, _say: {"year": error.year, "steps": 300},
    ),
)
