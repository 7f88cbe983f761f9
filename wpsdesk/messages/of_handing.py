"""Sentences for what stands in the way of handing over between desks, and of proofs and the archive."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.errors import NothingToHandOver, NothingToProve, NothingWaits, ProofMissing
from wpsdesk.desk.review.choosing_errors import NotAllChosen, NothingSettled
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, file, row, shown
from wpsdesk.messages.words import field_name


def _missing(error: ProofMissing, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "year": str(error.year), "seq": str(error.seq)}


HANDING: Final[tuple[Row, ...]] = (
    row(
        NothingToHandOver,
        what=N_("Nothing has been written for {year}, so there is nothing to hand over."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose another year, or hand over from the desk where the answers are."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        NothingWaits,
        what=N_("On commitment {number} no answer from another desk waits for a choice."),
        do=N_("The command wpsdesk handover list shows what waits."),
        fill=lambda error, _say: {
            "number": f"{error.commitment}" if error.country is None else f"{error.commitment} ({shown(error.country)})"
        },
    ),
    row(
        NothingSettled,
        what=N_("On commitment {number} there is no choice to take back."),
        do=N_("Every version of the answer is in its history, and can be brought back from there."),
        fill=lambda error, _say: {
            "number": f"{error.commitment}" if error.country is None else f"{error.commitment} ({shown(error.country)})"
        },
    ),
    row(
        NotAllChosen,
        what=N_("Nothing has been chosen yet for: {fields}."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose for each field in which the two differ."),
        fill=lambda error, say: {"fields": ", ".join(field_name(name, say) for name in error.fields)},
    ),
    row(
        NothingToProve,
        what=N_("There can be no proof sheet for {file}: its contents cannot be read here."),
        kept=NOTHING_WRITTEN,
        do=N_(
            "Make the sheet on the desk that the bundle is sealed for (by command, give --store with it), or open the "
            "seal first with wpsdesk open."
        ),
        fill=lambda error, _say: {"file": file(error.path)},
    ),
    row(
        ProofMissing,
        what=N_("UD's own signed note on report no. {seq} from {unit} for {year} is not in the store."),
        kept=NOTHING_WRITTEN,
        do=N_("Restore the latest backup of the store, and make the archive from there."),
        fill=_missing,
    ),
)
