"""Sentences for keys that people hold: certificates to renew, persons at a desk, keys in files of their own."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.errors import (
    NoSuchCertificate,
    NoSuchPerson,
    NothingToRenew,
    NothingWaitsAside,
    NotSealed,
    PersonExists,
    PersonNotEnrolled,
    RecoveryKeptApart,
    RenewsRevoked,
    RootKeptApart,
    SignerWaits,
    TooManyWait,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.of_trust import problem_word
from wpsdesk.messages.saying import NOTHING_STORED, Places, Row, file, row, shown
from wpsdesk.trust.errors import BadKeyFile, RootOffline, WrongKeyPassphrase

SET_ASIDE: Final = N_("It is set aside as it came, and counts for nothing.")


def _unit(error: NothingToRenew | RenewsRevoked | NoSuchCertificate, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit)}


def _person(error: NoSuchPerson | PersonExists | PersonNotEnrolled, _say: Catalogue) -> Places:
    return {"name": shown(error.name)}


def _waits(error: SignerWaits, say: Catalogue) -> Places:
    return {"fingerprint": shown(error.fingerprint), "unit": shown(error.unit) if error.unit else say("no unit")}


ROWS: Final[tuple[Row, ...]] = (
    row(
        NothingToRenew,
        what=N_("The request asks for a renewal, but these keys of {unit} have never had a certificate from here."),
        do=N_("Ask the unit to make a new request that is no renewal, and compare the digits over the telephone."),
        fill=_unit,
    ),
    row(
        RenewsRevoked,
        what=N_("The request asks for a renewal of a certificate of {unit} that is revoked."),
        do=N_("Ask the unit to make a request for replacement, with new keys, and compare the digits."),
        fill=_unit,
    ),
    row(
        NoSuchCertificate,
        what=N_("{unit} has no certificate with this number."),
        do=N_("See the numbers with wpsdesk enrol list."),
        fill=_unit,
    ),
    row(
        NoSuchPerson,
        what=N_("Nobody called {name} has a key at this desk."),
        do=N_("See the names with wpsdesk person list."),
        fill=_person,
    ),
    row(
        PersonExists,
        what=N_("Somebody called {name} has a key at this desk already."),
        do=N_("Use another form of the name, or remove the old key first."),
        fill=_person,
    ),
    row(
        PersonNotEnrolled,
        what=N_("The certificate of {name} has not come from UD yet."),
        do=N_("Send the request to UD, read out the digits over the telephone, and load the reply."),
        fill=_person,
    ),
    row(
        SignerWaits,
        what=N_(
            "The report is signed by someone who is not enrolled here. It says it is from {unit}; the fingerprint is "
            "{fingerprint}."
        ),
        kept=SET_ASIDE,
        do=N_(
            "Have the sender enrolled: compare the digits of its request over the telephone. The report is then "
            "taken in by itself."
        ),
        fill=_waits,
    ),
    row(
        TooManyWait,
        what=N_("{n} reports by unknown signers are set aside already; there is no room for more."),
        kept=NOTHING_STORED,
        do=N_(
            "Go through them under “Units and keys”, “Set aside”, or with wpsdesk inbox --waiting, and put away those "
            "that nobody stands behind."
        ),
        fill=lambda error, _say: {"n": error.at_most},
    ),
    row(
        NothingWaitsAside,
        what=N_("No report with this number is set aside."),
        do=N_("See what is set aside with wpsdesk inbox --waiting."),
    ),
    row(
        NotSealed,
        what=N_("{file} is not sealed, so no recovery key is needed to read it."),
        do=N_("Look at it under “Look at a file”, or with wpsdesk verify."),
        fill=lambda error, _say: {"file": file(error.path)},
    ),
    row(
        RecoveryKeptApart,
        what=N_("The recovery key is not in the store any more: it was written to a file of its own."),
        do=N_("Fetch that file from where it is locked away."),
    ),
    row(
        RootKeptApart,
        what=N_("The root key is not in the store any more: it was written to a file of its own."),
        do=N_("Fetch that file from where it is locked away."),
    ),
    row(
        RootOffline,
        what=N_("This needs the root key, which is kept in a file of its own."),
        do=N_("Fetch that file and its passphrase, and try again with --root-key."),
    ),
    row(
        WrongKeyPassphrase,
        what=N_("The passphrase does not open the key."),
        do=N_("Check capital letters and the keyboard's language, and try again."),
    ),
    row(
        BadKeyFile,
        what=N_("The file with the key cannot be used: {problem}."),
        do=N_("Check that it is the right file, or fetch another copy of it."),
        fill=lambda error, say: {"problem": problem_word(error.problem, say)},
    ),
)
