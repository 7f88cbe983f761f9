"""The word for every value that a person meets: statuses, parts, kinds, states, legal bases, receipts, fields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from wpsdesk.bundle.model import Kind
from wpsdesk.evidence.model import FindingKind
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.intake.relations import Relation
from wpsdesk.messages.publication_words import PUBLISHED
from wpsdesk.messages.saying import shown
from wpsdesk.plan.model import LanguageCode, UnitKind
from wpsdesk.report.model import (
    AccessScope,
    ChallengeKind,
    EvidenceKind,
    GenderMarker,
    LegalBasis,
    MeasureStatus,
    Part,
    PartnerKind,
    ResultKind,
    Status,
)
from wpsdesk.report.questions import QuestionKind
from wpsdesk.report.reply import Note, Receipt
from wpsdesk.report.states import Decision, EntryState, ReportState


def word(value: StrEnum, say: Catalogue) -> str:
    """The word for ``value`` as it stands alone, with a capital. Raises KeyError for a kind that has no words."""
    words = WORDS.get(type(value)) or LATER[type(value).__name__]
    return say(words[value.value])


def language_name(code: LanguageCode, say: Catalogue) -> str:
    """``Bokmål``, ``Nynorsk``, ``English``."""
    return say(LANGUAGE_NAMES[code])


def reason_word(reason: str, say: Catalogue) -> str:
    """Why a certificate was revoked, as it follows a colon; a reason that is none of ours is shown as it is."""
    known = LATER["Reason"].get(reason)
    return say(known) if known else shown(reason)


def field_name(field: str, say: Catalogue) -> str:
    """The name of a field of an entry, as the form has it; an unknown field keeps its own name."""
    from wpsdesk.report.form import FORM

    known = FIELD_NAMES.get(field) or next((each.label for each in FORM if each.name == field), "")
    return say(known) if known else field


# Two values that share an English word and differ in Norwegian would share a translation: hence "Other result",
# "Other partner" and so on. The outer key is the type, because StrEnum members of different types compare equal.
WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    QuestionKind: {
        QuestionKind.YES_NO: N_("Yes or no"),
        QuestionKind.NUMBER: N_("A number"),
        QuestionKind.ONE: N_("One of a list"),
        QuestionKind.SEVERAL: N_("Several of a list"),
        QuestionKind.LINE: N_("A short text"),
        QuestionKind.TEXT: N_("A long text"),
        QuestionKind.DATE: N_("A date"),
    },
    Status: {
        Status.NOT_STARTED: N_("Not started"),
        Status.UNDER_WAY: N_("Under way"),
        Status.DONE: N_("Carried out"),
        Status.CONTINUED: N_("Continued"),
        Status.STOPPED: N_("Stopped"),
        Status.NOT_RELEVANT: N_("Not relevant"),
        Status.NOTHING_TO_REPORT: N_("Nothing to report"),
    },
    Part: {
        Part.RESPONSIBLE: N_("Responsible"),
        Part.CONTRIBUTOR: N_("Contributor"),
        Part.MISSION: N_("Mission abroad"),
        Part.ANALYSIS: N_("Analysis"),
    },
    ResultKind: {
        ResultKind.OUTPUT: N_("Output"),
        ResultKind.OUTCOME: N_("Outcome"),
        ResultKind.IMPACT: N_("Impact"),
        ResultKind.OTHER: N_("Other result"),
    },
    ChallengeKind: {
        ChallengeKind.SECURITY: N_("Security"),
        ChallengeKind.ACCESS: N_("Access on the ground"),
        ChallengeKind.FUNDING: N_("Funding"),
        ChallengeKind.POLITICS: N_("Political conditions"),
        ChallengeKind.CAPACITY: N_("Capacity"),
        ChallengeKind.DATA: N_("Data"),
    },
    EvidenceKind: {
        EvidenceKind.REPORT: N_("Report"),
        EvidenceKind.MINUTES: N_("Minutes"),
        EvidenceKind.PICTURE: N_("Picture"),
        EvidenceKind.FIGURES: N_("Figures"),
        EvidenceKind.AGREEMENT: N_("Agreement"),
        EvidenceKind.OTHER: N_("Other document"),
    },
    FindingKind: {
        FindingKind.LOCATION: N_("Place"),
        FindingKind.AUTHOR: N_("Author or other name"),
        FindingKind.DEVICE: N_("Camera or other device"),
        FindingKind.TIME: N_("Date and time"),
        FindingKind.SOFTWARE: N_("Program it was made with"),
        FindingKind.HISTORY: N_("Earlier versions and tracked changes"),
        FindingKind.COMMENT: N_("Comment"),
        FindingKind.HIDDEN: N_("Hidden information"),
        FindingKind.THUMBNAIL: N_("Small preview picture"),
        FindingKind.ACTIVE: N_("Macro or other active content"),
        FindingKind.SIGNATURE: N_("Electronic signature"),
        FindingKind.UNREADABLE: N_("Cannot be read"),
        FindingKind.UNEXAMINED: N_("Not looked into"),
    },
    MeasureStatus: {
        MeasureStatus.PLANNED: N_("Planned"),
        MeasureStatus.UNDER_WAY: N_("Under way"),
        MeasureStatus.DONE: N_("Carried out"),
        MeasureStatus.STOPPED: N_("Stopped"),
    },
    PartnerKind: {
        PartnerKind.UN: N_("UN"),
        PartnerKind.STATE: N_("State"),
        PartnerKind.REGIONAL: N_("Regional organisation"),
        PartnerKind.CIVIL_SOCIETY: N_("Civil society"),
        PartnerKind.RESEARCH: N_("Research"),
        PartnerKind.PRIVATE: N_("Private sector"),
        PartnerKind.OTHER: N_("Other partner"),
    },
    GenderMarker: {
        GenderMarker.NOT_SCREENED: N_("Not screened"),
        GenderMarker.NOT_TARGETED: N_("0 – not an objective"),
        GenderMarker.SIGNIFICANT: N_("1 – significant objective"),
        GenderMarker.PRINCIPAL: N_("2 – principal objective"),
    },
    AccessScope: {
        AccessScope.OPEN: N_("Open to the public"),
        AccessScope.PART: N_("Exempt in part"),
        AccessScope.WHOLE: N_("Exempt as a whole"),
    },
    LegalBasis: {
        LegalBasis.P13: N_("§ 13 duty of secrecy"),
        LegalBasis.P14: N_("§ 14 internal documents"),
        LegalBasis.P15: N_("§ 15 documents obtained for internal preparation"),
        LegalBasis.P20: N_("§ 20 foreign-policy interests"),
        LegalBasis.P21: N_("§ 21 defence and security interests"),
        LegalBasis.P23: N_("§ 23 negotiating position of the public sector"),
        LegalBasis.P24_3: N_("§ 24 third paragraph, persons could be put in danger"),
        LegalBasis.OTHER: N_("Other legal basis"),
    },
    EntryState: {
        EntryState.EMPTY: N_("Not answered"),
        EntryState.DRAFT: N_("Draft"),
        EntryState.READY: N_("Ready"),
        EntryState.NOTHING: N_("Nothing to report"),
        EntryState.RETURNED: N_("Returned"),
    },
    ReportState: {
        ReportState.DRAFT: N_("Draft"),
        ReportState.READY: N_("Ready for approval"),
        ReportState.SENT: N_("Sent"),
        ReportState.RECEIVED: N_("Received"),
        ReportState.RETURNED: N_("Returned"),
        ReportState.ACCEPTED: N_("Accepted"),
    },
    Decision: {
        Decision.ACCEPTED: N_("Accepted"),
        Decision.RETURNED: N_("Returned"),
        Decision.WITHDRAWN: N_("Undone"),
        Decision.CHANGED: N_("Answered anew"),
    },
    Receipt: {
        Receipt.OK: N_("Received in good order"),
        Receipt.WARNING: N_("Received, with remarks"),
        Receipt.ERROR: N_("Not accepted"),
        Receipt.NOTSUPPORTED: N_("Not supported"),
    },
    Note: {
        Note.CERTIFICATE_ISSUED: N_("A certificate has been issued"),
        Note.SUPERSEDES: N_("Replaces an earlier report"),
        Note.SEND_THE_WHOLE: N_("Send the whole report"),
        Note.GIVEN_BACK: N_("Your own report is given back"),
        Note.CHOSEN: N_("UD has chosen between two of your reports"),
    },
    Kind: {
        Kind.ENROLMENT: N_("Certificate request"),
        Kind.CALL: N_("Call for reports"),
        Kind.SUBMISSION: N_("Submitted report"),
        Kind.REPLY: N_("Reply from UD"),
        Kind.HANDOVER: N_("Handover"),
    },
    Relation: {
        Relation.NEW: N_("New"),
        Relation.DUPLICATE: N_("Received before"),
        Relation.SUPERSEDES: N_("Replaces an earlier report"),
        Relation.STALE: N_("Older than the one in force"),
        Relation.CONFLICT: N_("In conflict with another"),
        Relation.BASE_MISSING: N_("Changes to a report that is not here"),
    },
    UnitKind: {
        UnitKind.MINISTRY: N_("Ministry"),
        UnitKind.MISSION: N_("Mission abroad"),
        UnitKind.DELEGATION: N_("Delegation"),
        UnitKind.AGENCY: N_("Subordinate agency"),
        UnitKind.NORAD: N_("Norad"),
        UnitKind.CIVIL_SOCIETY: N_("Civil-society organisation"),
    },
}

# By the type's name: the modules of these types are too heavy to be loaded before the first window is painted.
LATER: Final[Mapping[str, Mapping[str, str]]] = {
    **PUBLISHED,
    "Strength": {
        "too-short": N_("Too short"),
        "guessable": N_("Easy to guess"),
        "fair": N_("Fairly strong"),
        "good": N_("Strong"),
    },
    "Severity": {
        "blocker": N_("Must be mended"),
        "missing": N_("Still to come"),
        "advice": N_("Advice"),
    },
    "Carrier": {
        "mail": N_("E-mail"),
        "eformidling": N_("eFormidling (1 GB)"),
        "altinn": N_("Altinn (30 MB)"),
        "stick": N_("Memory stick"),
    },
    "Why": {
        "first": N_("The first report of the year"),
        "no-receipt": N_("No receipt has come"),
        "unconfirmed": N_("UD has not confirmed the last one"),
        "asked": N_("UD asks for the whole report"),
        "evidence": N_("UD lacks evidence"),
        "changes": N_("Only what has changed"),
        "unchanged": N_("Nothing has changed"),
    },
    "Kindred": {
        "added": N_("Added since"),
        "changed": N_("Changed since"),
        "gone": N_("Removed since"),
    },
    "CellState": {
        "not-asked": N_("Not asked"),
        "missing": N_("Missing"),
        "received": N_("Received"),
        "nothing-to-report": N_("Nothing to report"),
        "returned": N_("Returned"),
        "accepted": N_("Accepted"),
        "late": N_("Late"),
    },
    "CellProblem": {
        "no-column": N_("this column is missing."),
        "unknown-column": N_("there is no such column; take it out or give it another head."),
        "two-columns": N_("another column has the same head."),
        "no-rows": N_("there are no lines under the heads."),
        "code": N_("a code is 2–12 capital letters, figures and hyphens, and begins with a letter."),
        "code-twice": N_("the code stands on an earlier line too."),
        "kind": N_("the kind is none of ministry, mission, delegation, agency, Norad and organisation."),
        "no-name": N_("the name is missing."),
        "organisation": N_("this is no organisation number: nine digits, the last of which checks the others."),
        "organisation-twice": N_("another unit has the same organisation number."),
        "no-parent": N_("an agency must have the code of the unit that it belongs to."),
        "unknown-parent": N_("no unit in the plan or in this list has this code."),
        "country": N_("this is no focus country of the plan."),
        "commitment": N_("this is no commitment of the plan; write for example 1, 4, 7-9 or “all”."),
        "new-country": N_("this is no focus country yet; a new one needs three names and a first day."),
        "day": N_("this is no day; write for example 31.12.2026."),
        "ends-before": N_("it ends before it begins."),
    },
    "Misfit": {
        "unknown-question": N_("Unknown question"),
        "other-kind": N_("Another type of answer"),
        "unknown-option": N_("Unknown option"),
        "too-long": N_("Too long for a short text"),
    },
    "ChangeKind": {
        "deadline": N_("New deadline"),
        "asked": N_("Asked about more"),
        "no-longer-asked": N_("No longer asked about"),
        "countries": N_("Other countries"),
        "guidance": N_("New guidance"),
        "questions": N_("New or changed questions"),
        "no-longer-questioned": N_("Questions no longer asked"),
    },
    "By": {
        "unit": N_("By unit"),
        "country": N_("By country"),
    },
    "Edition": {
        "public": N_("Public edition"),
        "internal": N_("Internal edition"),
        "meeting": N_("Pack for a meeting"),
        "review": N_("For the review of the plan"),
    },
    "Wrong": {
        "formula": N_("A formula"),
        "not-in-list": N_("Not in the list"),
        "not-a-date": N_("Not a date"),
        "not-a-number": N_("Not a number"),
        "unknown-row": N_("An unknown row"),
        "name-missing": N_("Something is missing"),
        "too-long": N_("Too long"),
        "one-line": N_("More than one line"),
        "not-allowed": N_("Cannot stand here"),
        "twice": N_("Stands twice"),
    },
    "Fate": {
        "same": N_("Unchanged"),
        "out": N_("Taken out"),
        "in": N_("Put in"),
    },
    "Where": {
        "unit": N_("Units"),
        "answer": N_("Reports from the units"),
        "note": N_("UD's own notes"),
        "meeting": N_("Meetings"),
        "journal": N_("Lines of the journal"),
        "this-year": N_("This year's answers"),
        "commitment": N_("Commitments"),
        "evidence": N_("Evidence"),
        "earlier": N_("Earlier years"),
        "from-ud": N_("From UD"),
        "sent": N_("Sent reports"),
        "not-in-force": N_("Reports that are not in force"),
    },
    "Stands": {
        "in-force": N_("In force"),
        "superseded": N_("Replaced by a later one"),
        "held": N_("Waits for a decision"),
        "settled": N_("A choice has been made"),
        "base-missing": N_("Waits for the report it changes"),
    },
    "KeyState": {
        "none": N_("Has no certificate"),
        "valid": N_("Has a certificate"),
        "expired": N_("The certificate has ended"),
        "revoked": N_("The certificate is revoked"),
    },
    "MeetingKind": {
        "ministries": N_("Ministries"),
        "civil-society": N_("Meeting with civil society"),
        "researchers": N_("Researchers"),
        "review": N_("Interministerial review"),
        "other": N_("Other meeting"),
    },
    "PointState": {
        "open": N_("Not begun"),
        "under-way": N_("Being followed up"),
        "done": N_("Followed up"),
        "dropped": N_("Put aside"),
    },
    "Side": {
        "ours": N_("On this desk"),
        "theirs": N_("From the other desk"),
        "both": N_("Both"),
    },
    "Purpose": {
        "new": N_("New certificate"),
        "renewal": N_("Renewal"),
        "replacement": N_("Replacement of lost keys"),
    },
    "PseudonymProblem": {
        "empty": N_("a name and a pseudonym are both needed"),
        "too-long": N_("it is too long"),
        "too-many": N_("the table is full"),
        "twice": N_("it stands there already"),
        "holds-a-name": N_("a real name stands in the pseudonym"),
    },
    "Reason": {
        "unspecified": N_("no reason was given"),
        "key-compromise": N_("the key may be in the wrong hands"),
        "affiliation-changed": N_("the unit has changed"),
        "superseded": N_("a new certificate took its place"),
        "cessation-of-operation": N_("the unit no longer reports"),
    },
}

LANGUAGE_NAMES: Final[Mapping[LanguageCode, str]] = {
    "nb": N_("Bokmål"),
    "nn": N_("Nynorsk"),
    "en": N_("English"),
}

FIELD_NAMES: Final[Mapping[str, str]] = {
    "commitment": N_("Commitment"),
    "country": N_("Country"),
    "unchanged_since": N_("Unchanged since"),
    "follow_up": N_("Follow-up document"),
}
