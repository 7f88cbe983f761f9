"""Sentences for what stands in the way of sending only the changes, or a report in parts."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.errors import (
    BaseMissing,
    NoSuchPart,
    NoSuchSet,
    NotAcknowledged,
    NothingChanged,
    NothingToBuildOn,
    PartsDiffer,
    TooManySets,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, row, shown


def _numbered(error: NotAcknowledged | NothingChanged, _say: Catalogue) -> Places:
    return {"year": str(error.year), "seq": str(error.seq)}


def _submission(error: BaseMissing, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "year": str(error.year), "seq": str(error.seq)}


ROWS: Final[tuple[Row, ...]] = (
    row(
        NothingToBuildOn,
        what=N_("There is no receipt for a report for {year}, so the changes cannot be sent alone."),
        kept=NOTHING_WRITTEN,
        do=N_("Send the whole report, or load UD's receipt first."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        NotAcknowledged,
        what=N_("UD has not confirmed report no. {seq} for {year}, so the changes cannot be sent alone."),
        kept=NOTHING_WRITTEN,
        do=N_("Load UD's receipt for it first, or send the whole report."),
        fill=_numbered,
    ),
    row(
        NothingChanged,
        what=N_("Nothing has changed since report no. {seq} for {year}, which UD has."),
        kept=NOTHING_WRITTEN,
        do=N_("Mark the answers that you have changed as ready, and export again."),
        fill=_numbered,
    ),
    row(
        BaseMissing,
        what=N_(
            "Report no. {seq} from {unit} for {year} holds only changes, and the report they belong to is not here."
        ),
        do=N_("Import the report that came before it, or write a receipt that asks the unit for the whole report."),
        fill=_submission,
    ),
    row(
        NoSuchSet,
        what=N_("There is no set of parts with the name “{set}”, or there are several."),
        do=N_("Give the twelve characters that the names of the parts begin with."),
        fill=lambda error, _say: {"set": shown(error.set_id) or "–"},
    ),
    row(
        NoSuchPart,
        what=N_("There is no part no. {number}; the set has {count}."),
        kept=NOTHING_WRITTEN,
        do=N_("Check the numbers that UD has listed."),
        fill=lambda error, _say: {"number": str(error.number), "count": str(error.count)},
    ),
    row(
        TooManySets,
        what=N_("{n} sets of parts wait to be whole already, and no more are kept."),
        kept=N_("It was not taken in. The other parts are kept, and the file was left as it is."),
        do=N_("Throw away those that will never be whole, with wpsdesk inbox --forget, and import the part again."),
        fill=lambda error, _say: {"n": str(error.at_most)},
    ),
    row(
        PartsDiffer,
        what=N_("The parts of the set {set} can no longer be made as they were."),
        kept=NOTHING_WRITTEN,
        do=N_("Export the report once more, and send the new file or the new parts."),
        fill=lambda error, _say: {"set": shown(error.set_id[:12])},
    ),
)
