"""What is said of answers from a file: conflicts, cells that cannot be read, worksheets refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.intake.cells import CellFault, Origin, Wrong
from wpsdesk.intake.errors import (
    NotAWorksheet,
    UnsafeWorksheet,
    WorksheetFaulty,
    WorksheetOfAnotherPlan,
    WorksheetVersion,
)
from wpsdesk.messages.saying import NOTHING_STORED, Row, row, shown
from wpsdesk.report.model import NARRATIVE
from wpsdesk.report.passages import MAX_PASSAGE

CONFLICTS: Final[Mapping[Origin, str]] = {
    Origin.WORKSHEET: N_("Changed here too"),
    Origin.ANSWERS: N_("Written here already"),
}
WRONG: Final[Mapping[Wrong, str]] = {
    Wrong.FORMULA: N_("A formula stands here. Write the text or the figure itself."),
    Wrong.NOT_IN_LIST: N_("“{found}” is not in the list. Choose one of its words."),
    Wrong.NOT_A_DATE: N_("“{found}” is not a date. Write it like 31.12.2026."),
    Wrong.NOT_A_NUMBER: N_("“{found}” is not a number that can stand here. Write figures only."),
    Wrong.UNKNOWN_ROW: N_("The row belongs to no field. Its hidden code has been changed."),
    Wrong.NAME_MISSING: N_("Something that must stand beside this is missing, for example the name."),
    Wrong.TOO_LONG: N_("The text is too long."),
    Wrong.ONE_LINE: N_("The text must stand on one line."),
    Wrong.NOT_ALLOWED: N_("“{found}” cannot stand here."),
    Wrong.TWICE: N_("There are two sheets for the same answer. Only the first is read."),
}

ROWS: Final[tuple[Row, ...]] = (
    row(
        NotAWorksheet,
        what=N_("The file is not a worksheet from WPS Desk, or it is damaged."),
        kept=NOTHING_STORED,
        do=N_("Write a new worksheet, copy the answers into it, and load that one."),
    ),
    row(
        UnsafeWorksheet,
        what=N_("The spreadsheet is much larger than a worksheet is, or holds macros or other foreign parts."),
        kept=NOTHING_STORED,
        do=N_("Copy the answers into a fresh worksheet, and load that one."),
    ),
    row(
        WorksheetVersion,
        what=N_("The worksheet is of version {found}, which this program does not know."),
        kept=NOTHING_STORED,
        do=N_("Write a new worksheet with this program, or load it with the program that wrote it."),
        fill=lambda error, _say: {"found": str(error.found)},
    ),
    row(
        WorksheetOfAnotherPlan,
        what=N_("The worksheet is for another edition of the plan: {found}."),
        kept=NOTHING_STORED,
        do=N_("Write a new worksheet from this desk, and copy what still applies into it."),
        fill=lambda error, _say: {"found": shown(error.found)},
    ),
    row(
        WorksheetFaulty,
        what=N_("{n} cells of the worksheet cannot be read."),
        do=N_("Mend them in the worksheet and load it again, or choose to take in the rest."),
        fill=lambda error, _say: {"n": str(error.cells)},
    ),
)


def conflict_words(origin: Origin, say: Catalogue) -> str:
    """Why a change from a file of this kind is a conflict."""
    return say(CONFLICTS[origin])


def fault_sentence(fault: CellFault, say: Catalogue) -> str:
    """``Sheet 7, cell C12: …``."""
    what = say(WRONG[fault.wrong], found=shown(fault.found, at_most=60))
    if fault.wrong is Wrong.TOO_LONG and fault.field in NARRATIVE:
        what = say("The text is too long. Shorten it to {n} characters.", n=say.number(MAX_PASSAGE))
    return say("Sheet {sheet}, cell {cell}: {what}", sheet=shown(fault.sheet), cell=fault.cell, what=what)
