"""Sentences for aid statistics: why a file is refused, and what is the matter with a place in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.intake.aid import (
    AidFault,
    AidWrong,
    ColumnsMissing,
    CurrencyUnknown,
    NothingForYear,
    NotStatistics,
    StatisticsFaulty,
    UnsafeStatistics,
)
from wpsdesk.messages.saying import NOTHING_STORED, Row, row, shown

WRONG: Final[Mapping[AidWrong, str]] = {
    AidWrong.MISSING: N_("Something must stand here."),
    AidWrong.NOT_A_NUMBER: N_("“{found}” is not a number."),
    AidWrong.AMBIGUOUS: N_("“{found}” can be read in two ways. Write it without a sign between thousands."),
    AidWrong.OUT_OF_RANGE: N_("“{found}” is larger than any amount of aid."),
    AidWrong.NOT_A_YEAR: N_("“{found}” is not a year."),
    AidWrong.NOT_A_DATE: N_("“{found}” is not a date written like 2026-12-31."),
    AidWrong.NOT_A_MARKER: N_("“{found}” is not a gender marker. It is 0, 1, 2 or blank."),
    AidWrong.NOT_A_PURPOSE: N_("“{found}” is not a DAC purpose code of five digits."),
    AidWrong.NOT_A_COMMITMENT: N_("“{found}” is not the number of a commitment."),
    AidWrong.NOT_A_CURRENCY: N_("“{found}” is not a currency written like NOK."),
    AidWrong.ANOTHER_CURRENCY: N_("The amount is in {found}, and amounts before it are in another currency."),
    AidWrong.SHARES: N_("The percentages are {found} together, and must be 100."),
    AidWrong.FORMULA: N_("A formula stands here. Write the text or the figure itself."),
    AidWrong.TOO_LONG: N_("The text is too long."),
}

ROWS: Final[tuple[Row, ...]] = (
    row(
        NotStatistics,
        what=N_("The file is no table in CSV or XLSX and no IATI activities, or it is damaged."),
        kept=NOTHING_STORED,
        do=N_("Ask Norad for the statistics as CSV in UTF-8, as XLSX or as IATI activities, and load that file."),
    ),
    row(
        UnsafeStatistics,
        what=N_("The file is larger than statistics of a year can be, or holds what they never do."),
        kept=NOTHING_STORED,
        do=N_("Ask for a file with only the year that is reported on, and load that one."),
    ),
    row(
        ColumnsMissing,
        what=N_("The table lacks columns: {columns}."),
        kept=NOTHING_STORED,
        do=N_("Give the first row these names, and load the file again."),
        fill=lambda error, say: {"columns": say.listing(error.missing)},
    ),
    row(
        CurrencyUnknown,
        what=N_("The file does not say in which currency the amounts are."),
        kept=NOTHING_STORED,
        do=N_("Say which currency they are in, and load the file again."),
    ),
    row(
        StatisticsFaulty,
        what=N_("{n} places in the file cannot be read, so nothing of it is taken in."),
        kept=NOTHING_STORED,
        do=N_("Mend the places that are listed, or ask for a new file, and load it again."),
        fill=lambda error, say: {"n": say.number(error.places)},
    ),
    row(
        NothingForYear,
        what=N_("There are no aid statistics for {year}."),
        do=N_("Check the year, or load a file that has it."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
)


def aid_fault_sentence(fault: AidFault, say: Catalogue) -> str:
    """``C12: …``."""
    return f"{shown(fault.place)}: {aid_fault_words(fault, say)}"


def aid_fault_words(fault: AidFault, say: Catalogue) -> str:
    """What is the matter, without the place."""
    return say(WRONG[fault.wrong], found=shown(fault.found, at_most=60))
