"""Sentences for what stands in the way of approving a report, and of sending it whole, as changes or in parts."""

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
from wpsdesk.desk.submission.sending_errors import (
    CarrierTooSmall,
    LaidBack,
    LaterAtUd,
    NoSuchVersion,
    NotAsWritten,
    NotMarkedReady,
    PreparedByTheSame,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, file, row, shown


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
    row(
        NotMarkedReady,
        what=N_("The report for {year} is not marked as ready for approval."),
        do=N_("Whoever prepared it marks it as ready first; then another person approves it and signs."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        PreparedByTheSame,
        what=N_("{name} prepared the report and cannot approve it too: several people have keys at this desk."),
        kept=NOTHING_WRITTEN,
        do=N_("Let another person approve it with their own key."),
        fill=lambda error, _say: {"name": shown(error.name)},
    ),
    row(
        NoSuchVersion,
        what=N_("There is no report no. {seq} for {year} on this desk that can be read."),
        do=N_("Look at the list of what has been sent, and choose one of these numbers."),
        fill=lambda error, _say: {"seq": str(error.seq), "year": str(error.year)},
    ),
    row(
        CarrierTooSmall,
        what=N_("A limit of {limit} is too small: even the smallest part is {least}."),
        kept=NOTHING_WRITTEN,
        do=N_("Give the limit that the mail system really has, or use a memory stick."),
        fill=lambda error, say: {"limit": say.size(error.limit), "least": say.size(error.least)},
    ),
    row(
        NotAsWritten,
        what=N_("{file} was written, but what was read back from the disk is not what was signed."),
        kept=N_("The file has been removed again, and what you have written in the program is safe."),
        do=N_("The disk or the memory stick may be damaged. Choose another place and write the files again."),
        fill=lambda error, _say: {"file": file(error.path)},
    ),
    row(
        LaterAtUd,
        what=N_("UD holds report no. {held} for {year}, which this desk does not know of."),
        kept=N_(
            "Nothing can be sent from here until it does, for UD would get two reports that contradict each other."
        ),
        do=N_(
            "Ask UD to give the last report back, and load its reply here. If another desk of the unit sent it, a "
            "handover from that desk does the same."
        ),
        fill=lambda error, _say: {"held": str(error.held), "year": str(error.year)},
    ),
    row(
        LaidBack,
        what=N_(
            "This desk was laid back from a backup that ends {moment}. A report for {year} that was sent after that "
            "is not known here."
        ),
        kept=N_("Nothing can be sent from here until that is clear. What you have written is safe."),
        do=N_(
            "Ask UD to give the last report back, and load its reply here. If nothing has been sent since, say so: "
            "under Send, or with wpsdesk report nothing-sent."
        ),
        fill=lambda error, say: {"moment": say.moment(error.saved), "year": str(error.year)},
    ),
)
