"""Sentences for what stands in the way of something a person wants to do."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.errors import (
    AlreadyReceived,
    AskedTwice,
    DeadlinePassed,
    ForAnotherUnit,
    ForAnotherYear,
    NoCall,
    NoCallFor,
    NoEvidence,
    NoRequest,
    NotAskedFor,
    NotEnrolled,
    NotForTheAuthority,
    NothingHeld,
    NothingReceived,
    NothingReceivedFrom,
    NothingToSend,
    NotReady,
    OlderCall,
    OnlyTheAuthority,
    TooManyFiles,
    UnitNotEnrolled,
    UnknownCountry,
    UnknownUnit,
    WeakPassphrase,
    WrongKind,
    YearOutsidePlan,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import (
    NOTHING_STORED,
    NOTHING_WRITTEN,
    Places,
    Row,
    file,
    row,
    shown,
)
from wpsdesk.messages.words import word


def _already(error: AlreadyReceived, say: Catalogue) -> Places:
    return {
        "unit": shown(error.unit),
        "year": str(error.year),
        "seq": str(error.seq),
        "when": say.moment(error.received_at),
    }


def _kinds(error: WrongKind, say: Catalogue) -> Places:
    return {
        "file": file(error.path),
        "found": word(error.found, say),
        "wanted": word(error.wanted, say),
    }


def _years(error: YearOutsidePlan, _say: Catalogue) -> Places:
    return {"year": str(error.year), "first": str(error.first), "last": str(error.last)}


DESK: Final[tuple[Row, ...]] = (
    row(
        WeakPassphrase,
        what=N_("The passphrase is too short. It must have at least {n} characters."),
        do=N_("Choose a longer one, for example four or five words that do not belong together."),
        fill=lambda error, _say: {"n": str(error.at_least)},
    ),
    row(
        UnknownUnit,
        what=N_("There is no reporting unit with the code {code}, neither in the plan nor in the call."),
        do=N_("Check the code. The command wpsdesk plan shows the ministries; missions stand in UD's call."),
        fill=lambda error, _say: {"code": shown(error.code)},
    ),
    row(
        UnknownCountry,
        what=N_("The plan has no focus country with the code {code}."),
        do=N_("Check the code. The command wpsdesk plan shows them all."),
        fill=lambda error, _say: {"code": shown(error.code)},
    ),
    row(
        OnlyTheAuthority,
        what=N_("Only UD's desk can do this."),
        do=N_("Open UD's store, or ask UD to do it."),
    ),
    row(
        NotForTheAuthority,
        what=N_("UD's own desk does not need this: it makes its certificate and its call itself."),
        do=N_("Do this on the desk of the reporting unit."),
    ),
    row(
        NoCall,
        what=N_("There is no call for reports on this desk yet."),
        do=N_("Load the call that UD has sent, and then go on."),
    ),
    row(
        NoCallFor,
        what=N_("There is no call for reports for {year} on this desk."),
        do=N_("Load UD's call for that year, or choose another year."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        NotEnrolled,
        what=N_("The desk has no certificate yet, so it cannot sign."),
        kept=NOTHING_WRITTEN,
        do=N_("Make a certificate request, send it to UD, and load the reply."),
    ),
    row(
        NoRequest,
        what=N_("A certificate has come, but this desk has not asked for one."),
        kept=NOTHING_STORED,
        do=N_("Open it on the desk that made the request, or make a new request here."),
    ),
    row(
        UnitNotEnrolled,
        what=N_("{unit} has no certificate, so nothing can be sealed for it."),
        kept=NOTHING_WRITTEN,
        do=N_("Ask the unit for a certificate request, and approve it first."),
        fill=lambda error, _say: {"unit": shown(error.unit)},
    ),
    row(
        YearOutsidePlan,
        what=N_("The plan does not run in {year}; it runs from {first} to {last}."),
        do=N_("Choose a year in that span."),
        fill=_years,
    ),
    row(
        DeadlinePassed,
        what=N_("The deadline {date} is not in the future."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose a later deadline."),
        fill=lambda error, say: {"date": say.date(error.deadline)},
    ),
    row(
        AskedTwice,
        what=N_("{unit} stands twice in the call."),
        kept=NOTHING_WRITTEN,
        do=N_("Let every unit stand there once, with all its commitments."),
        fill=lambda error, _say: {"unit": shown(error.unit)},
    ),
)

REPORTING: Final[tuple[Row, ...]] = (
    row(
        NothingToSend,
        what=N_("No answer for {year} is ready to be sent."),
        kept=NOTHING_WRITTEN,
        do=N_("Mark the answers that are finished as ready, and export again."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        NotReady,
        what=N_("The answer cannot be marked ready: something must be mended first."),
        do=N_("See what is missing beside the fields, mend it, and mark it ready again."),
    ),
    row(
        TooManyFiles,
        what=N_("There are too many files of evidence; a report holds at most {n}."),
        do=N_("Put several files together in one, or leave out those that are needed least."),
        fill=lambda error, say: {"n": say.number(error.at_most)},
    ),
    row(
        NoEvidence,
        what=N_("The evidence is not attached to this answer."),
        do=N_("See which files are attached, and choose one of them."),
    ),
    row(
        WrongKind,
        what=N_("The file {file} is of the kind “{found}”; here “{wanted}” is needed."),
        kept=NOTHING_STORED,
        do=N_("Choose the right file, or open this one where it belongs."),
        fill=_kinds,
    ),
    row(
        ForAnotherUnit,
        what=N_("The file is for {wanted}, and this desk belongs to {unit}."),
        kept=NOTHING_STORED,
        do=N_("Open it on the right desk, or ask for the right file."),
        fill=lambda error, _say: {
            "wanted": shown(error.wanted),
            "unit": shown(error.unit),
        },
    ),
    row(
        ForAnotherYear,
        what=N_("The file is for {found}, and {year} was asked for."),
        kept=NOTHING_STORED,
        do=N_("Choose the right year, or the right file."),
        fill=lambda error, _say: {"found": str(error.found), "year": str(error.year)},
    ),
)

RECEIVING: Final[tuple[Row, ...]] = (
    row(
        AlreadyReceived,
        what=N_("This report from {unit} for {year} (no. {seq}) was received before, on {when}."),
        kept=N_("It is kept as it was then, and nothing was stored twice."),
        do=N_("You need not do anything."),
        fill=_already,
    ),
    row(
        NotAskedFor,
        what=N_("The call for {year} does not ask {unit} for a report."),
        kept=NOTHING_STORED,
        do=N_("Make an amended call that asks the unit, and import the report again."),
        fill=lambda error, _say: {"unit": shown(error.unit), "year": str(error.year)},
    ),
    row(
        NothingHeld,
        what=N_("The report that was asked for is not in this store."),
        do=N_("See in the inbox what has been received, or import the report first."),
    ),
    row(
        NothingReceived,
        what=N_("Nothing has been received for {year}."),
        do=N_("Import the reports first."),
        fill=lambda error, _say: {"year": str(error.year)},
    ),
    row(
        NothingReceivedFrom,
        what=N_("Nothing has been received from {unit} for {year}."),
        do=N_("Import its report first, or look whether this is the unit's code."),
        fill=lambda error, _say: {"unit": shown(error.unit), "year": str(error.year)},
    ),
    row(
        OlderCall,
        what=N_("This call (no. {number}) is older than the one this desk has (no. {held})."),
        kept=NOTHING_STORED,
        do=N_("You need not do anything: the newest call is in use."),
        fill=lambda error, _say: {"number": str(error.number), "held": str(error.held)},
    ),
)

ROWS: Final[tuple[Row, ...]] = DESK + REPORTING + RECEIVING
