"""Sentences for keys, certificates, enrolment and signers that are not believed; and for a missing plan edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.base.ids import UnitCode
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_STORED, Places, Row, row, shown
from wpsdesk.messages.words import reason_word
from wpsdesk.plan.errors import UnknownEdition
from wpsdesk.trust.errors import (
    AuthorityExpired,
    BadCertificate,
    BadKey,
    BadRequest,
    BadRevocationList,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateRevoked,
    FingerprintMismatch,
    MissingRevocationList,
    RevocationListNotYetValid,
    RootMismatch,
    StaleRevocationList,
    UnknownSigner,
    Untrusted,
    WrongKeyUse,
)

# The words that `problem` and `reason` of these errors take; a word that is not here is shown as "unreadable".
PROBLEMS: Final[Mapping[str, str]] = {
    "unreadable": N_("it cannot be read"),
    "too-large": N_("it is larger than it can rightly be"),
    "wrong-kind": N_("it is of a kind that is not used here"),
    "wrong-version": N_("it is of a version that is not used here"),
    "wrong-kind-of-key": N_("its key is of a kind that is not used here"),
    "weak-key": N_("its key is too weak"),
    "not-of-this-certificate": N_("the key and the certificate do not belong together"),
    "critical-extension": N_("it sets conditions that this program does not know"),
    "no-key-use": N_("it does not say what its key may be used for"),
    "wrong-role": N_("it is meant for another use"),
    "not-of-this-root": N_("it does not come from the root that is trusted here"),
    "no-number": N_("it has no number"),
    "no-next-update": N_("it does not say when the next one is due"),
    "no-proof-of-possession": N_("it does not prove that the sender holds the keys"),
    "same-key-twice": N_("the same key is used for two purposes"),
    "different-units": N_("its parts name different units"),
    "attributes": N_("it asks for more than it should"),
    "bad-name": N_("the name in it is not one that can be used"),
    "newer": N_("it was made by a newer WPS Desk"),
    "other-purpose": N_("it holds a key for another purpose"),
    "no-key": N_("there is no private key in it"),
    "no-certificate": N_("there is no certificate in it"),
}


def problem_word(problem: str, say: Catalogue) -> str:
    """The words for ``problem``, as they follow a colon."""
    return say(PROBLEMS.get(problem, PROBLEMS["unreadable"]))


def unit_or_authority(unit: UnitCode | None, say: Catalogue) -> str:
    """Whose certificate it is, as it stands after "of"."""
    return shown(unit) if unit else say("the authority (UD)")


def _key(error: BadKey | BadCertificate | BadRevocationList, say: Catalogue) -> Places:
    return {"problem": problem_word(error.problem, say)}


def _request(error: BadRequest, say: Catalogue) -> Places:
    return {"problem": problem_word(error.reason, say)}


def _digits(error: FingerprintMismatch, _say: Catalogue) -> Places:
    return {"expected": shown(error.expected), "given": shown(error.given)}


def _roots(error: RootMismatch, _say: Catalogue) -> Places:
    return {"trusted": shown(error.trusted), "given": shown(error.given)}


def _unknown_signer(error: UnknownSigner, say: Catalogue) -> Places:
    claims = shown(error.unit) if error.unit else say("no unit")
    return {"fingerprint": shown(error.fingerprint), "unit": claims}


def _expired(error: CertificateExpired, say: Catalogue) -> Places:
    return {
        "whose": unit_or_authority(error.unit, say),
        "date": say.date(error.ended.date()),
    }


def _early(error: CertificateNotYetValid, say: Catalogue) -> Places:
    return {
        "whose": unit_or_authority(error.unit, say),
        "date": say.date(error.begins.date()),
    }


def _revoked(error: CertificateRevoked, say: Catalogue) -> Places:
    return {
        "whose": unit_or_authority(error.unit, say),
        "date": say.date(error.when.date()),
        "reason": reason_word(error.reason, say),
    }


def _key_use(error: WrongKeyUse, say: Catalogue) -> Places:
    return {"whose": unit_or_authority(error.unit, say)}


ROWS: Final[tuple[Row, ...]] = (
    row(
        UnknownEdition,
        what=N_("This version of the program does not have the plan edition {edition}."),
        do=N_("Get the newest version of WPS Desk and try again."),
        fill=lambda error, _say: {"edition": shown(error.edition)},
    ),
    row(
        BadKey,
        what=N_("A key cannot be used: {problem}."),
        do=N_("Restore the newest backup of the desk, or make a new certificate request."),
        fill=_key,
    ),
    row(
        BadCertificate,
        what=N_("A certificate cannot be used: {problem}."),
        kept=NOTHING_STORED,
        do=N_("Ask the sender for a new file, made with WPS Desk."),
        fill=_key,
    ),
    row(
        BadRevocationList,
        what=N_("The list of revoked certificates cannot be used: {problem}."),
        kept=NOTHING_STORED,
        do=N_("Ask UD for a new file."),
        fill=_key,
    ),
    row(
        BadRequest,
        what=N_("No certificate can be issued on this request: {problem}."),
        do=N_("Ask the unit to make a new request and send it again."),
        fill=_request,
    ),
    row(
        FingerprintMismatch,
        what=N_("The digits do not agree. Here they are {expected}; you were given {given}."),
        do=N_(
            "Read the digits over the telephone once more. If they still differ, the file is not the one that was "
            "sent: ask for it again, another way."
        ),
        fill=_digits,
    ),
    row(
        RootMismatch,
        what=N_("The file builds on another root ({given}) than the one this desk trusts ({trusted})."),
        kept=NOTHING_STORED,
        do=N_("Call UD and compare the digits before you do anything else."),
        fill=_roots,
    ),
    row(
        AuthorityExpired,
        what=N_("UD's authority to issue certificates ended on {date}."),
        do=N_("Check this machine's clock. If it is right, a new authority must be made before more can be issued."),
        fill=lambda error, say: {"date": say.date(error.ended.date())},
    ),
    row(
        Untrusted,
        what=N_("The signer cannot be trusted."),
        kept=NOTHING_STORED,
        do=N_("Ask the sender to send it again."),
    ),
    row(
        UnknownSigner,
        what=N_(
            "The file is signed by someone who is not enrolled here. It says it is from {unit}; the fingerprint is "
            "{fingerprint}."
        ),
        kept=NOTHING_STORED,
        do=N_(
            "Have the sender enrolled with UD first; UD compares the digits over the telephone. Then import it again."
        ),
        fill=_unknown_signer,
    ),
    row(
        CertificateExpired,
        what=N_("The certificate of {whose} ended on {date}."),
        kept=NOTHING_STORED,
        do=N_("The unit must have a new certificate from UD and send the file again."),
        fill=_expired,
    ),
    row(
        CertificateNotYetValid,
        what=N_("The certificate of {whose} is not valid until {date}."),
        kept=NOTHING_STORED,
        do=N_("Check this machine's date and time, and try again."),
        fill=_early,
    ),
    row(
        CertificateRevoked,
        what=N_("The certificate of {whose} was revoked on {date}: {reason}."),
        kept=NOTHING_STORED,
        do=N_("Call the unit. It needs a new certificate from UD before it can send again."),
        fill=_revoked,
    ),
    row(
        WrongKeyUse,
        what=N_("The certificate of {whose} was not made for this use."),
        kept=NOTHING_STORED,
        do=N_("Ask the sender for a new file, made with WPS Desk."),
        fill=_key_use,
    ),
    row(
        MissingRevocationList,
        what=N_("There is no list of revoked certificates from {issuer}, so the signer cannot be checked."),
        kept=NOTHING_STORED,
        do=N_("Ask UD for a new call or reply; the list comes with it. Load it, and try again."),
        fill=lambda error, _say: {"issuer": shown(error.issuer)},
    ),
    row(
        RevocationListNotYetValid,
        what=N_("The list of revoked certificates is not valid until {date}."),
        kept=NOTHING_STORED,
        do=N_("Check this machine's date and time, and try again."),
        fill=lambda error, say: {"date": say.date(error.begins.date())},
    ),
    row(
        StaleRevocationList,
        what=N_("The list of revoked certificates is out of date: it should have been renewed by {date}."),
        kept=NOTHING_STORED,
        do=N_("Ask UD for a new call or reply; a new list comes with it. Load it, and try again."),
        fill=lambda error, say: {"date": say.date(error.since.date())},
    ),
)
