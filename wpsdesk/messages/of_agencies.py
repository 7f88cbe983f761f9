"""Sentences for what stands in the way of a ministry that asks its agencies, or of Norad that asks organisations."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.agencies.agency_errors import (
    AfterOwnDeadline,
    NobodyAsked,
    NoSuchSource,
    NothingToTake,
    NotOurs,
    OutsideOwnCall,
    SendItTo,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_STORED, NOTHING_WRITTEN, Places, Row, row, shown
from wpsdesk.messages.words import word


def _nobody(error: NobodyAsked, say: Catalogue) -> Places:
    return {"kind": word(error.kind, say)}


def _not_ours(error: NotOurs, say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "caller": shown(error.caller), "kind": word(error.kind, say)}


def _outside(error: OutsideOwnCall, say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "numbers": say.listing(str(number) for number in error.commitments)}


def _after(error: AfterOwnDeadline, say: Catalogue) -> Places:
    return {"deadline": say.date(error.deadline), "own": say.date(error.own)}


AGENCIES: Final[tuple[Row, ...]] = (
    row(
        NobodyAsked,
        what=N_("The call asks nobody."),
        kept=NOTHING_WRITTEN,
        do=N_("Name the units that you ask, of the kind “{kind}”, each with its commitments."),
        fill=_nobody,
    ),
    row(
        NotOurs,
        what=N_("{unit} cannot be asked by {caller}: it is of another kind than “{kind}”, or belongs to another unit."),
        kept=NOTHING_WRITTEN,
        do=N_("Ask only units of your own, and leave out the others."),
        fill=_not_ours,
    ),
    row(
        OutsideOwnCall,
        what=N_("{unit} is asked about commitments that you have not been asked about yourself: {numbers}."),
        kept=NOTHING_WRITTEN,
        do=N_("Ask it about commitments of your own only."),
        fill=_outside,
    ),
    row(
        AfterOwnDeadline,
        what=N_("The deadline {deadline} leaves no time before your own, which is {own}."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose an earlier deadline."),
        fill=_after,
    ),
    row(
        SendItTo,
        what=N_("The file is meant for {unit}, to whom its sender reports, and not for this desk."),
        kept=NOTHING_STORED,
        do=N_("Send it on to {unit}, unopened, and tell the sender to send it there."),
        fill=lambda error, _say: {"unit": shown(error.unit)},
    ),
    row(
        NothingToTake,
        what=N_("{unit} has said nothing for {year} that could be taken over here."),
        do=N_("Look in the inbox at what has come, and choose an answer that is there."),
        fill=lambda error, _say: {"unit": shown(error.unit), "year": str(error.year)},
    ),
    row(
        NoSuchSource,
        what=N_("Nothing from {unit} has been taken over into this answer."),
        do=N_("See which sources stand at the answer, and choose one of them."),
        fill=lambda error, _say: {"unit": shown(error.unit)},
    ),
)
