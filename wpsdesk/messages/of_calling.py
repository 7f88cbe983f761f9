"""Sentences for what stands in the way of a call, its lists of units, and what is written out of them."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.calling_errors import NotAsked, UnknownForm
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, file, row, shown


def _form(error: UnknownForm, _say: Catalogue) -> Places:
    return {"file": file(error.path)}


def _asked(error: NotAsked, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "year": error.year}


CALLING: Final[tuple[Row, ...]] = (
    row(
        UnknownForm,
        what=N_("{file} has no ending that says which kind of file to write."),
        kept=NOTHING_WRITTEN,
        do=N_("Give it a name that ends in .pdf, .csv or .xlsx."),
        fill=_form,
    ),
    row(
        NotAsked,
        what=N_("The call for {year} does not ask {unit}."),
        do=N_("Look at who is asked, and write the unit's code as it stands there."),
        fill=_asked,
    ),
)
