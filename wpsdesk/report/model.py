"""A unit's report as values: one entry for each commitment, and for each country where it names one.

Fields and words follow the plan's own three, effort, results and challenges (innsats, resultater,
utfordringer), and offentleglova for access. The status scale is ours; the plan has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Digest, EditionId, UnitCode, Year
from wpsdesk.plan.model import LanguageCode, Names
from wpsdesk.report.contributions import Contributor, TakenFrom
from wpsdesk.report.questions import NO_NAMES, QuestionId


class EntryKey(NamedTuple):
    """Which answer it is: a commitment, and a country or None for "not country-specific"."""

    commitment: CommitmentNumber
    country: CountryCode | None = None


class Part(StrEnum):
    """The unit's part in a commitment."""

    RESPONSIBLE = "responsible"
    CONTRIBUTOR = "contributor"
    MISSION = "mission"
    ANALYSIS = "analysis"


class Status(StrEnum):
    """How far the unit's work with the commitment has come."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"
    CONTINUED = "continued"
    STOPPED = "stopped"
    NOT_RELEVANT = "not-relevant"
    NOTHING_TO_REPORT = "nothing-to-report"


class ResultKind(StrEnum):
    """What kind of result the text tells of."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"
    OTHER = "other"


class ChallengeKind(StrEnum):
    """What kind of challenge the text tells of."""

    SECURITY = "security"
    ACCESS = "access"
    FUNDING = "funding"
    POLITICS = "politics"
    CAPACITY = "capacity"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text in one language. Empty text is no answer."""

    text: str = ""
    language: LanguageCode = "nb"


EMPTY = Passage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure of the unit's or UD's own; the plan has none. A figure has the day it was counted on."""

    name: str
    measure: str = ""
    value: Decimal | None = None
    unit: str = ""
    women: int | None = None
    men: int | None = None
    other: int | None = None
    unknown: int | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    measured_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that answers a question of UD's, with the day it was counted on and where it comes from."""

    value: Decimal | None = None
    unit: Names = NO_NAMES
    measured_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """One option that was chosen, in the words it had then."""

    option: str
    names: Names = NO_NAMES


Said = bool | Figure | tuple[Picked, ...] | Passage | date
"""What can be said to a question: yes or no, a number, one or several of a list, a text, a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    """The answer to one of UD's own questions; it can be read alone, for it keeps the words that were answered."""

    question: QuestionId
    said: Said
    asked: Names = NO_NAMES

    def words(self, language: LanguageCode) -> str:
        """The question as it was asked; its id where its words are not known."""
        return self.asked[language] or self.question


class PartnerKind(StrEnum):
    """What a partner is."""

    UN = "un"
    STATE = "state"
    REGIONAL = "regional"
    CIVIL_SOCIETY = "civil-society"
    RESEARCH = "research"
    PRIVATE = "private"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Someone the unit works with; named in public only where that is safe and agreed."""

    name: str
    kind: PartnerKind = PartnerKind.OTHER
    may_be_named: bool = False


class GenderMarker(StrEnum):
    """OECD DAC gender-equality policy marker. Blank is not zero: it is "not screened"."""

    NOT_SCREENED = "not-screened"
    NOT_TARGETED = "0"
    SIGNIFICANT = "1"
    PRINCIPAL = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Aid behind the entry; never for domestic commitments. Amounts in whole NOK."""

    agreement: str = ""
    amount_nok: int | None = None
    disbursed_nok: int | None = None  # in the reporting year
    gender_marker: GenderMarker = GenderMarker.NOT_SCREENED
    dac_sector: str = ""  # five digits


class MeasureStatus(StrEnum):
    """How far one of the unit's own measures has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of the unit's own that follows a commitment up, with what came of it this year."""

    title: str
    owner: str = ""
    due: date | None = None
    status: MeasureStatus = MeasureStatus.PLANNED
    result: str = ""  # this year's


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What else the entry bears on."""

    sdg_targets: tuple[str, ...] = ()  # "5.5", "16.7"
    commitments: tuple[CommitmentNumber, ...] = ()
    resolutions: tuple[str, ...] = ()  # "1325"


class AccessScope(StrEnum):
    """How much of it is exempt from public access; open is the default and the rule."""

    OPEN = "open"
    PART = "part"
    WHOLE = "whole"


class LegalBasis(StrEnum):
    """The paragraph of offentleglova that a restriction rests on."""

    P13 = "13"
    P14 = "14"
    P15 = "15"
    P20 = "20"
    P21 = "21"
    P23 = "23"
    P24_3 = "24-3"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The access decision for an entry or a piece of evidence (offentleglova §§ 3, 5, 11 and the basis).

    ``public`` carries the public wording of each text field of a part-restricted entry, by field name
    (one of :data:`NARRATIVE`); what has none is withheld.
    """

    scope: AccessScope = AccessScope.OPEN
    basis: LegalBasis | None = None
    basis_text: str = ""  # the words of the basis where it is "other"
    reason: str = ""
    wider_access_considered: bool = False  # meirinnsyn, § 11
    wider_access_refusal: str = ""
    delayed_until: date | None = None  # utsett innsyn, § 5
    ends_on: date | None = None  # Noark 5 M505
    public: tuple[tuple[str, Passage], ...] = ()

    def public_wording(self, field: str) -> Passage | None:
        """The public wording of a text field, or None."""
        return dict(self.public).get(field)


OPEN = Access()


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    REPORT = "report"
    MINUTES = "minutes"
    PICTURE = "picture"
    FIGURES = "figures"
    AGREEMENT = "agreement"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of an attached file; the file itself is kept by its digest."""

    digest: Digest
    name: str  # the file's own name, NFC, without a folder
    media_type: str  # by content, not by name
    size: int  # bytes
    title: str
    kind: EvidenceKind = EvidenceKind.OTHER
    dated: date | None = None
    language: LanguageCode = "nb"
    source: str = ""
    consent: bool = False  # the people shown or named have agreed
    access: Access = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A unit's answer on one commitment (and country) in one year."""

    key: EntryKey
    part: Part = Part.RESPONSIBLE
    status: Status | None = None
    effort: Passage = EMPTY
    results: Passage = EMPTY
    result_kinds: tuple[ResultKind, ...] = ()
    challenges: Passage = EMPTY
    challenge_kinds: tuple[ChallengeKind, ...] = ()
    lessons: Passage = EMPTY  # and plan for next year
    context: Passage = EMPTY  # change in the country's situation
    nothing_reason: Passage = EMPTY  # why there is nothing to report; a signed answer, never a blank
    measures: tuple[Measure, ...] = ()
    questions: tuple[QuestionAnswer, ...] = ()  # answers to UD's own, each question once
    indicators: tuple[Indicator, ...] = ()
    partners: tuple[Partner, ...] = ()
    money: tuple[Money, ...] = ()
    links: Links = Links()
    evidence: tuple[Evidence, ...] = ()
    access: Access = OPEN
    identifies_person_at_risk: bool = False
    graded_annex: str = ""  # "a graded annex exists, reference ...": the annex itself never enters
    unchanged_since: tuple[tuple[str, Year], ...] = ()  # field name, the year it was written
    taken: tuple[TakenFrom, ...] = ()  # what in it comes from units that report to this one
    is_marked_ready: bool = False

    def passage(self, field: str) -> Passage:
        """One of the text fields named in :data:`NARRATIVE`."""
        found = getattr(self, field)
        assert isinstance(found, Passage), field
        return found


NARRATIVE: tuple[str, ...] = ("effort", "results", "challenges", "lessons", "context", "nothing_reason")
"""The text fields of an entry, in the order of the form and of the report."""

TAKEABLE_TEXTS: tuple[str, ...] = tuple(name for name in NARRATIVE if name != "nothing_reason")
TAKEABLE_LISTS: tuple[str, ...] = ("indicators", "partners")
TAKEABLE: tuple[str, ...] = (*TAKEABLE_TEXTS, *TAKEABLE_LISTS, "evidence")
"""The fields that a unit can take over from the answer of one that reports to it, in the order of the form."""

COPYABLE: tuple[str, ...] = (*NARRATIVE, "partners", "money", "links")
"""The fields that may be last year's, unchanged; a figure never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one unit says of one year."""

    unit: UnitCode
    year: Year
    edition: EditionId
    entries: tuple[Entry, ...]  # by commitment, then country, "not country-specific" first
    follow_up: Evidence | None = None  # the unit's own document of how it follows the plan up, once a year
    contributors: tuple[Contributor, ...] = ()  # who was asked to report to this unit, and has or has not

    @property
    def files(self) -> tuple[Evidence, ...]:
        """Every file that it names, once: those of the answers in the report's order, then the follow-up document."""
        last = () if self.follow_up is None else (self.follow_up,)
        named = (file for entry in self.entries for file in entry.evidence)
        return tuple({file.digest: file for file in (*named, *last)}.values())

    def entry(self, key: EntryKey) -> Entry | None:
        """The entry with this key, or None."""
        return next((e for e in self.entries if e.key == key), None)


def in_order(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries by commitment, then country, with "not country-specific" first."""
    return tuple(sorted(entries, key=lambda e: (e.key.commitment, e.key.country or "")))
