"""Sentences for what stands in the way of attaching files and of replacing names."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.answers.pseudonym_errors import BadPseudonym, NothingToTakeBack
from wpsdesk.desk.errors import GradedMaterial
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import Places, Row, row, shown
from wpsdesk.messages.words import word


def _bad(error: BadPseudonym, say: Catalogue) -> Places:
    return {"name": shown(error.name) or "–", "why": word(error.problem, say)}


ROWS: Final[tuple[Row, ...]] = (
    row(
        GradedMaterial,
        what=N_(
            "“{name}” bears the marking {marking}. Graded material must never enter this program, and no file was "
            "attached."
        ),
        do=N_(
            "Send it the way graded material goes, and write only its reference in the field “A graded annex exists, "
            "reference”. If the file is not graded, take the marking out of it or of its name, and attach it again."
        ),
        fill=lambda error, _say: {"name": shown(error.name), "marking": shown(error.marking)},
    ),
    row(
        BadPseudonym,
        what=N_("The table of pseudonyms cannot have “{name}”: {why}."),
        do=N_("Write it another way."),
        fill=_bad,
    ),
    row(
        NothingToTakeBack,
        what=N_("No names have been replaced that could be put back."),
        do=N_("Each version of an answer is kept in its history."),
    ),
)
