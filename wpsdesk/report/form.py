"""The form of an entry as data: which fields there are, in which order, what helps, and when each applies.

The window draws its form from this, and the worksheet and the example their heads. Labels and hints are
message ids; ``name`` is the field of :class:`wpsdesk.report.model.Entry`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wpsdesk.i18n import N_
from wpsdesk.plan.model import Plan, Unit, UnitKind
from wpsdesk.report.model import (
    ChallengeKind,
    Entry,
    GenderMarker,
    MeasureStatus,
    Part,
    PartnerKind,
    ResultKind,
    Status,
)


class Control(StrEnum):
    """How a field is answered."""

    CHOICE = "choice"  # one word of `choices`, or none
    CHOICES = "choices"  # any number of words of `choices`
    PASSAGE = "passage"  # a text with its language
    LINE = "line"  # a text on one line
    FLAG = "flag"  # yes or no
    DATE = "date"
    WHOLE = "whole"  # a whole number, or none
    DECIMAL = "decimal"  # a decimal number, or none
    QUESTIONS = "questions"  # UD's own of the call, each by its type
    ROWS = "rows"  # a list of small records, each of `columns`
    LINKS = "links"
    EVIDENCE = "evidence"
    ACCESS = "access"


class Group(StrEnum):
    """Where in the form a field stands; the first is always open, the others open when wanted."""

    ANSWER = "answer"
    QUESTIONS = "questions"
    MEASURES = "measures"
    FIGURES = "figures"
    CONNECTIONS = "connections"
    EVIDENCE = "evidence"
    ACCESS = "access"


GROUP_LABELS: Final[dict[Group, str]] = {
    Group.ANSWER: N_("Answer"),
    Group.QUESTIONS: N_("UD's questions"),
    Group.MEASURES: N_("Own measures"),
    Group.FIGURES: N_("Figures, partners and money"),
    Group.CONNECTIONS: N_("Links to other goals"),
    Group.EVIDENCE: N_("Evidence"),
    Group.ACCESS: N_("Public access"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a field that is a list of records."""

    name: str
    label: str
    control: Control
    choices: type[StrEnum] | None = None


Applies = Callable[[Entry, Unit, Plan], bool]


def _always(_entry: Entry, _unit: Unit, _plan: Plan) -> bool:
    return True


def _reports_something(entry: Entry, _unit: Unit, _plan: Plan) -> bool:
    return entry.status is not Status.NOTHING_TO_REPORT


def _reports_nothing(entry: Entry, _unit: Unit, _plan: Plan) -> bool:
    return entry.status is Status.NOTHING_TO_REPORT


def _has_country(entry: Entry, unit: Unit, plan: Plan) -> bool:
    return entry.key.country is not None and _reports_something(entry, unit, plan)


DOMESTIC_SECTIONS: Final = frozenset({"national-protection", "asylum"})
"""Sections whose commitments are carried out in Norway; the gender marker is for aid only (OECD DAC)."""


def is_aid(entry: Entry, unit: Unit, plan: Plan) -> bool:
    """Whether the entry can have aid money behind it: the foreign service's and Norad's work abroad."""
    gives_aid = unit.code == "UD" or unit.kind in (
        UnitKind.MISSION,
        UnitKind.DELEGATION,
        UnitKind.NORAD,
        UnitKind.CIVIL_SOCIETY,
    )
    is_domestic = plan.commitment(entry.key.commitment).section in DOMESTIC_SECTIONS
    return gives_aid and not is_domestic and _reports_something(entry, unit, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form."""

    name: str
    label: str
    hint: str
    control: Control
    group: Group
    choices: type[StrEnum] | None = None
    columns: tuple[Column, ...] = ()
    applies: Applies = _always


MEASURE_COLUMNS: Final = (
    Column(name="title", label=N_("Measure"), control=Control.LINE),
    Column(name="owner", label=N_("Who is responsible"), control=Control.LINE),
    Column(name="due", label=N_("To be done by"), control=Control.DATE),
    Column(name="status", label=N_("How far it has come"), control=Control.CHOICE, choices=MeasureStatus),
    Column(name="result", label=N_("Result this year"), control=Control.LINE),
)
INDICATOR_COLUMNS: Final = (
    Column(name="name", label=N_("Indicator"), control=Control.LINE),
    Column(name="measure", label=N_("What is measured"), control=Control.LINE),
    Column(name="value", label=N_("Value"), control=Control.DECIMAL),
    Column(name="unit", label=N_("Unit"), control=Control.LINE),
    Column(name="women", label=N_("Women"), control=Control.WHOLE),
    Column(name="men", label=N_("Men"), control=Control.WHOLE),
    Column(name="other", label=N_("Other"), control=Control.WHOLE),
    Column(name="unknown", label=N_("Not known"), control=Control.WHOLE),
    Column(name="baseline", label=N_("Baseline"), control=Control.DECIMAL),
    Column(name="baseline_year", label=N_("Baseline year"), control=Control.WHOLE),
    Column(name="measured_on", label=N_("Counted on"), control=Control.DATE),
    Column(name="source", label=N_("Source"), control=Control.LINE),
)
PARTNER_COLUMNS: Final = (
    Column(name="name", label=N_("Partner"), control=Control.LINE),
    Column(name="kind", label=N_("Kind"), control=Control.CHOICE, choices=PartnerKind),
    Column(name="may_be_named", label=N_("May be named in public"), control=Control.FLAG),
)
MONEY_COLUMNS: Final = (
    Column(name="agreement", label=N_("Agreement number"), control=Control.LINE),
    Column(name="amount_nok", label=N_("Agreed, NOK"), control=Control.WHOLE),
    Column(name="disbursed_nok", label=N_("Disbursed this year, NOK"), control=Control.WHOLE),
    Column(name="gender_marker", label=N_("Gender marker"), control=Control.CHOICE, choices=GenderMarker),
    Column(name="dac_sector", label=N_("DAC sector"), control=Control.LINE),
)

FORM: Final[tuple[Field, ...]] = (
    Field(
        name="part",
        label=N_("Our part"),
        hint="",
        control=Control.CHOICE,
        group=Group.ANSWER,
        choices=Part,
    ),
    Field(
        name="status",
        label=N_("Status"),
        hint="",
        control=Control.CHOICE,
        group=Group.ANSWER,
        choices=Status,
    ),
    Field(
        name="nothing_reason",
        label=N_("Why there is nothing to report"),
        hint=N_("One or two sentences. The answer is signed with the rest."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_reports_nothing,
    ),
    Field(
        name="effort",
        label=N_("Effort"),
        hint=N_("What the unit has done this year, with whom and where."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_reports_something,
    ),
    Field(
        name="results",
        label=N_("Results"),
        hint=N_("What became different, if possible with figures and the day they were counted."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_reports_something,
    ),
    Field(
        name="result_kinds",
        label=N_("Kind of result"),
        hint="",
        control=Control.CHOICES,
        group=Group.ANSWER,
        choices=ResultKind,
        applies=_reports_something,
    ),
    Field(
        name="challenges",
        label=N_("Challenges"),
        hint=N_("What stood in the way, and what you did about it."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_reports_something,
    ),
    Field(
        name="challenge_kinds",
        label=N_("Kind of challenge"),
        hint="",
        control=Control.CHOICES,
        group=Group.ANSWER,
        choices=ChallengeKind,
        applies=_reports_something,
    ),
    Field(
        name="lessons",
        label=N_("Lessons and plan for next year"),
        hint=N_("What you would do again, and what comes next."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_reports_something,
    ),
    Field(
        name="context",
        label=N_("Change in the country's situation"),
        hint=N_("Optional: what has changed around the work."),
        control=Control.PASSAGE,
        group=Group.ANSWER,
        applies=_has_country,
    ),
    Field(
        name="questions",
        label=N_("UD's questions"),
        hint=N_("What UD asks beside the plan this year."),
        control=Control.QUESTIONS,
        group=Group.QUESTIONS,
        applies=_reports_something,
    ),
    Field(
        name="measures",
        label=N_("The unit's own measures"),
        hint=N_("From the unit's follow-up of the plan. What is not done goes on into next year by itself."),
        control=Control.ROWS,
        group=Group.MEASURES,
        columns=MEASURE_COLUMNS,
    ),
    Field(
        name="indicators",
        label=N_("Indicators"),
        hint=N_("Figures of your own. Say which day they were counted and where they come from."),
        control=Control.ROWS,
        group=Group.FIGURES,
        columns=INDICATOR_COLUMNS,
        applies=_reports_something,
    ),
    Field(
        name="partners",
        label=N_("Partners"),
        hint=N_("A partner is named in public only where you tick it off."),
        control=Control.ROWS,
        group=Group.FIGURES,
        columns=PARTNER_COLUMNS,
        applies=_reports_something,
    ),
    Field(
        name="money",
        label=N_("Aid money"),
        hint=N_('Only for aid. "Not screened" is not the same as 0.'),
        control=Control.ROWS,
        group=Group.FIGURES,
        columns=MONEY_COLUMNS,
        applies=is_aid,
    ),
    Field(
        name="links",
        label=N_("Links"),
        hint=N_("Targets under SDG 5 and 16, related commitments, resolutions of the Security Council."),
        control=Control.LINKS,
        group=Group.CONNECTIONS,
        applies=_reports_something,
    ),
    Field(
        name="evidence",
        label=N_("Evidence"),
        hint=N_("Files that show what the text says. Drop them here, or choose them."),
        control=Control.EVIDENCE,
        group=Group.EVIDENCE,
    ),
    Field(
        name="graded_annex",
        label=N_("A graded annex exists, reference"),
        hint=N_("Only the reference. Graded text never enters this program."),
        control=Control.LINE,
        group=Group.EVIDENCE,
        applies=_reports_something,
    ),
    Field(
        name="identifies_person_at_risk",
        label=N_("The answer identifies a person who could be put in danger"),
        hint=N_("If so, you must look at the access decision below before the answer can be marked ready."),
        control=Control.FLAG,
        group=Group.ACCESS,
    ),
    Field(
        name="access",
        label=N_("Access decision"),
        hint=N_("Open is the rule. A restriction needs a legal basis and a reason."),
        control=Control.ACCESS,
        group=Group.ACCESS,
    ),
)


def fields_for(entry: Entry, unit: Unit, plan: Plan) -> tuple[Field, ...]:
    """The fields that apply to this entry, in the form's order."""
    return tuple(field for field in FORM if field.applies(entry, unit, plan))


def field_named(name: str) -> Field:
    """The field of the form with this name. Raises KeyError."""
    for field in FORM:
        if field.name == name:
            return field
    raise KeyError(name)
