"""What the report tells as values, for spreadsheets and programs; it is made from the same views as the text.

Nothing here can reach a unit's report: a field that is not named here is in no spreadsheet and in no JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from wpsdesk.compilation.figures import CellState
from wpsdesk.plan.model import LanguageCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRecord:
    """A commitment of the plan. ``wording`` is the plan's own, in bokmål."""

    number: int
    title: str
    area: str
    section: str
    wording: str
    ministries: tuple[str, ...]  # codes, the lead first


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """One text of an answer in its own language. ``field`` is the form's name, ``label`` the report's word for it."""

    field: str
    label: str
    text: str
    language: LanguageCode
    is_public_wording: bool
    unchanged_since: int | None
    is_edited: bool = False  # by UD, for publication
    original: str | None = None  # what it is translated from
    original_language: LanguageCode | None = None
    translator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """The answer to one of UD's own questions. ``answer`` is in words; a figure has its number beside."""

    question: str  # its id, the same from year to year
    asked: str
    answer: str
    language: LanguageCode | None  # of a text
    number: Decimal | None
    unit: str
    measured_on: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    """A figure with the day it was counted on."""

    name: str
    measure: str
    value: Decimal | None
    unit: str
    women: int | None
    men: int | None
    other: int | None
    unknown: int | None
    baseline: Decimal | None
    baseline_year: int | None
    measured_on: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRecord:
    """Aid in whole NOK. ``marker`` is None where nobody has screened it, which is not 0."""

    agreement: str
    amount_nok: int | None
    disbursed_nok: int | None
    marker: int | None
    dac_sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecord:
    """One of the unit's own measures. ``status`` is the form's word, ``status_word`` the report's."""

    title: str
    owner: str
    due: date | None
    status: str
    status_word: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """A piece of evidence that the edition names."""

    title: str
    kind: str
    dated: date | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """The bundle that an answer comes from. Times are aware and UTC."""

    unit: str  # the code
    unit_name: str
    bundle: str
    sha256: str
    seq: int
    signed_by: str
    signed_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRecord:
    """An agency or organisation whose words an answer holds, and the bundle that said them."""

    unit: str  # the code
    unit_name: str
    bundle: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRecord:
    """A unit's own follow-up document. ``title`` is None where it must not be told; then ``basis`` says why."""

    unit: str  # the code
    unit_name: str
    title: str | None
    dated: date | None
    sha256: str | None
    scope: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """One answer. ``anchor`` is its heading's in the text; ``basis`` "" where nothing of the answer is withheld."""

    anchor: str
    commitment: int
    country: str | None  # the code
    country_name: str
    status: str | None
    status_word: str
    scope: str
    basis: str
    texts: tuple[TextRecord, ...]
    questions: tuple[QuestionRecord, ...]
    measures: tuple[MeasureRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    partners: tuple[str, ...]
    has_unnamed_partners: bool
    money: tuple[MoneyRecord, ...]
    evidence: tuple[EvidenceRecord, ...]
    source: SourceRecord
    is_left_out: bool = False
    told_with: str | None = None  # the code of the unit in whose answer it is told
    tells_also: tuple[str, ...] = ()  # the codes of the units whose answers are told in it
    taken: tuple[TakenRecord, ...] = ()
    has_unnamed_sources: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecord:
    """What is known of one unit's answer on one commitment. ``word`` is the report's for the state."""

    unit: str
    unit_name: str
    commitment: int
    state: CellState
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRecord:
    """A text of UD's own: the foreword, the introduction or an area's summary, by the area's id."""

    place: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRecord:
    """A table of an edition that has tables of its own, as it is told."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AidLineRecord:
    """What was disbursed to a country, for a purpose, with a marker or under a commitment, in whole and by marker.

    ``by`` says which of these ``key`` is; ``not_screened`` is blank in the statistics, which is not 0.
    """

    by: str
    key: str
    name: str
    principal: Decimal
    significant: Decimal
    not_targeted: Decimal
    not_screened: Decimal
    total: Decimal
    agreements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AidRecord:
    """The aid statistics of the year, added up; ``sha256`` is of the file that they were read from."""

    currency: str
    source: str
    sha256: str
    total: Decimal
    lines: tuple[AidLineRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything, in the order of the plan and of the report."""

    year: int
    plan: str
    commitments: tuple[CommitmentRecord, ...]
    answers: tuple[AnswerRecord, ...]
    coverage: tuple[CoverageRecord, ...]
    sources: tuple[SourceRecord, ...]
    frames: tuple[FrameRecord, ...] = ()
    tables: tuple[TableRecord, ...] = ()  # of the editions for meetings and for the review
    aid: AidRecord | None = None
    follow_ups: tuple[FollowUpRecord, ...] = ()
