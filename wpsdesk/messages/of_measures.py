"""Sentences for what stands in the way of changing a measure of the unit's own."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.answers.measure_errors import MeasureMeanwhile
from wpsdesk.i18n import N_
from wpsdesk.messages.saying import Row, row, shown

ROWS: Final[tuple[Row, ...]] = (
    row(
        MeasureMeanwhile,
        what=N_("The measure “{title}” has been changed meanwhile, and what was written here was not kept."),
        kept=N_("It stands as it was changed last."),
        do=N_("Read it as it is now, and write again what is to be another."),
        fill=lambda error, _say: {"title": shown(error.title)},
    ),
)
