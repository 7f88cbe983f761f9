"""The words of the report for every state, status, kind and legal basis; one table each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from wpsdesk.base.ids import CountryCode
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.restriction import Basis
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.plan.succession import Fate
from wpsdesk.report.call import Call
from wpsdesk.report.model import ChallengeKind, EvidenceKind, GenderMarker, LegalBasis, MeasureStatus, Status

MEASURE_STATUS: Final[Mapping[MeasureStatus, str]] = MappingProxyType(
    {
        MeasureStatus.PLANNED: N_("Planned"),
        MeasureStatus.UNDER_WAY: N_("Under way"),
        MeasureStatus.DONE: N_("Completed"),
        MeasureStatus.STOPPED: N_("Stopped"),
    }
)

STATUS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.NOT_STARTED: N_("Not started"),
        Status.UNDER_WAY: N_("Under way"),
        Status.DONE: N_("Completed"),
        Status.CONTINUED: N_("Continued"),
        Status.STOPPED: N_("Stopped"),
        Status.NOT_RELEVANT: N_("Not relevant"),
        Status.NOTHING_TO_REPORT: N_("Nothing to report"),
    }
)

STATE: Final[Mapping[CellState, str]] = MappingProxyType(
    {
        CellState.ACCEPTED: N_("accepted"),
        CellState.RECEIVED: N_("received"),
        CellState.RETURNED: N_("returned"),
        CellState.NOTHING: N_("nothing to report"),
        CellState.MISSING: N_("missing"),
        CellState.LATE: N_("late"),
        CellState.NOT_ASKED: N_("not asked"),
    }
)

FIELD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "effort": N_("Effort"),
        "results": N_("Results"),
        "challenges": N_("Challenges"),
        "lessons": N_("Lessons and plan for next year"),
        "context": N_("Change in the situation in the country"),
        "nothing_reason": N_("Why there is nothing to report"),
    }
)

CHALLENGE: Final[Mapping[ChallengeKind, str]] = MappingProxyType(
    {
        ChallengeKind.SECURITY: N_("Security"),
        ChallengeKind.ACCESS: N_("Access on the ground"),
        ChallengeKind.FUNDING: N_("Funding"),
        ChallengeKind.POLITICS: N_("Political conditions"),
        ChallengeKind.CAPACITY: N_("Capacity"),
        ChallengeKind.DATA: N_("Data"),
    }
)

FATE: Final[Mapping[Fate, str]] = MappingProxyType(
    {
        Fate.SAME: N_("the same, with another number"),
        Fate.REWORDED: N_("reworded since"),
        Fate.SPLIT: N_("split since"),
        Fate.MERGED: N_("merged since"),
        Fate.DROPPED: N_("dropped since"),
    }
)

EVIDENCE: Final[Mapping[EvidenceKind, str]] = MappingProxyType(
    {
        EvidenceKind.REPORT: N_("report"),
        EvidenceKind.MINUTES: N_("minutes"),
        EvidenceKind.PICTURE: N_("picture"),
        EvidenceKind.FIGURES: N_("figures"),
        EvidenceKind.AGREEMENT: N_("agreement"),
        EvidenceKind.OTHER: N_("other"),
    }
)

MARKER: Final[Mapping[GenderMarker, str]] = MappingProxyType(
    {
        GenderMarker.NOT_SCREENED: N_("not screened"),
        GenderMarker.NOT_TARGETED: N_("0, not an objective"),
        GenderMarker.SIGNIFICANT: N_("1, significant objective"),
        GenderMarker.PRINCIPAL: N_("2, principal objective"),
    }
)

IN_LANGUAGE: Final[Mapping[LanguageCode, str]] = MappingProxyType(
    {"nb": N_("in Norwegian bokmål"), "nn": N_("in Norwegian nynorsk"), "en": N_("in English")}
)

TRANSLATED_FROM: Final[Mapping[LanguageCode, str]] = MappingProxyType(
    {
        "nb": N_("translated from Norwegian bokmål"),
        "nn": N_("translated from Norwegian nynorsk"),
        "en": N_("translated from English"),
    }
)

PARAGRAPH: Final[Mapping[LegalBasis, str]] = MappingProxyType(
    {
        LegalBasis.P13: N_("Freedom of Information Act section 13"),
        LegalBasis.P14: N_("Freedom of Information Act section 14"),
        LegalBasis.P15: N_("Freedom of Information Act section 15"),
        LegalBasis.P20: N_("Freedom of Information Act section 20"),
        LegalBasis.P21: N_("Freedom of Information Act section 21"),
        LegalBasis.P23: N_("Freedom of Information Act section 23"),
        LegalBasis.P24_3: N_("Freedom of Information Act section 24, third paragraph"),
    }
)


def basis_words(say: Catalogue, basis: Basis | None) -> str:
    """The legal basis as the report cites it, without a full stop: ``offl. § 20``."""
    if basis is None or (basis.paragraph is None and basis.delayed_until is None):
        return say("legal basis not given")
    if basis.delayed_until is not None:
        return say(
            "access delayed until {day}, Freedom of Information Act section 5", day=say.date(basis.delayed_until)
        )
    if basis.paragraph is None or basis.paragraph is LegalBasis.OTHER:
        return basis.words.strip() or say("legal basis not given")
    return say(PARAGRAPH[basis.paragraph])


def day_of(say: Catalogue, moment: datetime) -> str:
    """The day of a time, in UTC, so that the same report comes out on every machine."""
    return say.date(moment.astimezone(UTC).date())


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends."""
    return text.replace(" ", "\u00a0")


def country_name(plan: Plan, call: Call | None, say: Catalogue, language: LanguageCode, code: CountryCode) -> str:
    """The country's name: the call's, else the plan's, else the one in common use, else the code."""
    of_call = () if call is None else call.focus_countries
    for country in (*of_call, *plan.focus_countries):
        if country.code == code:
            return country.names[language]
    return str(say.locale.territories.get(code, code))
