"""What is missing or wrong in a report before it is sent; blockers and advice kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wpsdesk.plan.model import Plan, Unit
from wpsdesk.report.call import Asked
from wpsdesk.report.form import fields_for, is_aid
from wpsdesk.report.grading import Grading, grading_of, grading_of_name
from wpsdesk.report.model import (
    NARRATIVE,
    Access,
    AccessScope,
    Entry,
    EntryKey,
    Evidence,
    Figure,
    LegalBasis,
    Passage,
    Report,
    Said,
    Status,
)
from wpsdesk.report.names import Table, names_in, stands_in
from wpsdesk.report.question_answers import fits, said_to, says_something
from wpsdesk.report.questions import SHORT, Question, QuestionKind, Questions, asked_on
from wpsdesk.report.states import is_empty
from wpsdesk.report.texts import texts


class Severity(StrEnum):
    """A blocker must be mended before sending; what is missing may come later; advice may be left."""

    BLOCKER = "blocker"
    MISSING = "missing"
    ADVICE = "advice"


class Code(StrEnum):
    """What can be the matter."""

    NO_ANSWER = "no-answer"  # asked, and not answered at all
    NOT_READY = "not-ready"  # answered, and not marked ready
    NO_STATUS = "no-status"
    NO_EFFORT = "no-effort"
    NO_RESULTS = "no-results"
    NO_CHALLENGES = "no-challenges"
    NO_REASON = "no-reason"  # nothing to report, without a reason
    NO_BASIS = "no-basis"  # restricted, without a legal basis
    NO_BASIS_TEXT = "no-basis-text"
    NO_RESTRICTION_REASON = "no-restriction-reason"
    NO_PUBLIC_WORDING = "no-public-wording"
    WIDER_ACCESS_NOT_CONSIDERED = "wider-access-not-considered"
    PERSON_AT_RISK_IN_THE_OPEN = "person-at-risk-in-the-open"
    MONEY_ON_DOMESTIC = "money-on-domestic"
    INDICATOR_WITHOUT_DATE = "indicator-without-date"
    INDICATOR_WITHOUT_SOURCE = "indicator-without-source"
    EVIDENCE_WITHOUT_TITLE = "evidence-without-title"
    GRADED_MARKING = "graded-marking"
    GRADED_WORD = "graded-word"  # a word that also is a marking
    NAME_FROM_MARKED_ENTRY = "name-from-marked-entry"  # names in an answer that is marked, here in one that is not
    NAME_WITH_PSEUDONYM = "name-with-pseudonym"
    OPEN_EVIDENCE_AT_RISK = "open-evidence-at-risk"
    NO_REFUSAL_REASON = "no-refusal-reason"  # wider access considered, and not said why it is not given
    VERY_LONG = "very-long"
    QUESTION_UNANSWERED = "question-unanswered"
    QUESTION_TOO_LONG = "question-too-long"  # a short text that is none
    QUESTION_WITHOUT_DATE = "question-without-date"  # a number, without the day it was counted on
    QUESTION_WITHOUT_SOURCE = "question-without-source"


ADVICE: Final = frozenset(
    {
        Code.NO_CHALLENGES,
        Code.INDICATOR_WITHOUT_DATE,
        Code.INDICATOR_WITHOUT_SOURCE,
        Code.WIDER_ACCESS_NOT_CONSIDERED,
        Code.VERY_LONG,
        Code.GRADED_WORD,
        Code.NAME_FROM_MARKED_ENTRY,
        Code.NAME_WITH_PSEUDONYM,
        Code.OPEN_EVIDENCE_AT_RISK,
        Code.NO_REFUSAL_REASON,
        Code.QUESTION_WITHOUT_DATE,
        Code.QUESTION_WITHOUT_SOURCE,
    }
)

MISSING: Final = frozenset({Code.NO_ANSWER, Code.NOT_READY})
"""A report may be sent before it is complete: what is ready goes, and the rest follows in a later one."""

LONG_WORDS: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing the matter, at one field of one entry."""

    key: EntryKey
    field: str
    code: Code
    about: str = ""  # the name or the word that it is about
    question: Question | None = None  # the one of UD's own that it is about

    @property
    def place(self) -> str:
        """Where in the form it is: the field, or one question of it as ``questions/ID``."""
        return self.field if self.question is None else f"{self.field}/{self.question.id}"

    @property
    def severity(self) -> Severity:
        """Whether it must be mended, is still to come, or may be left."""
        return severity_of(self.code)


def severity_of(code: Code) -> Severity:
    """Whether what has this code must be mended, is still to come, or may be left."""
    if code in MISSING:
        return Severity.MISSING
    return Severity.ADVICE if code in ADVICE else Severity.BLOCKER


def problems_in(entry: Entry, unit: Unit, plan: Plan, questions: Questions = ()) -> tuple[Problem, ...]:
    """What is the matter with one entry, in the form's order, the same whether it is marked ready or not.

    ``questions``: UD's own, all that the year's call has.
    """
    found = [Problem(key=entry.key, field=field, code=code) for field, code in _walk(entry, unit, plan)]
    found += _questions(entry, asked_on(questions, unit, entry.key.commitment))
    order = [field.name for field in fields_for(entry, unit, plan)]
    return tuple(sorted(found, key=lambda p: order.index(p.field) if p.field in order else len(order)))


def _walk(entry: Entry, unit: Unit, plan: Plan) -> Iterator[tuple[str, Code]]:
    yield from _answers(entry)
    yield from _figures(entry, unit, plan)
    yield from _access(entry)
    yield from _gradings(entry)
    for field in NARRATIVE:
        if len(entry.passage(field).text.split()) > LONG_WORDS:
            yield field, Code.VERY_LONG


def _gradings(entry: Entry) -> Iterator[tuple[str, Code]]:
    """Markings and words like them; a graded annex's reference and a restriction's reason may well use the words."""
    found = {(f, grading_of(text)) for f, text in texts(entry) if f not in ("evidence", "partners", "graded_annex")}
    found |= {("evidence", grading_of_name(name)) for e in entry.evidence for name in (e.title, e.name)}
    for field, grading in found:
        if grading is Grading.MARKING:
            yield field, Code.GRADED_MARKING
        elif grading is Grading.WORD and field != "access" and (field, Grading.MARKING) not in found:
            yield field, Code.GRADED_WORD


def _answers(entry: Entry) -> Iterator[tuple[str, Code]]:
    match entry.status:
        case None:
            yield "status", Code.NO_STATUS
        case Status.NOTHING_TO_REPORT:
            if not entry.nothing_reason.text.strip():
                yield "nothing_reason", Code.NO_REASON
            return
        case Status.NOT_RELEVANT | Status.NOT_STARTED:
            # The reason stands in the effort; there can be no results yet.
            if not entry.effort.text.strip():
                yield "effort", Code.NO_EFFORT
            return
        case _:
            pass
    for field, code in (("effort", Code.NO_EFFORT), ("results", Code.NO_RESULTS), ("challenges", Code.NO_CHALLENGES)):
        if not entry.passage(field).text.strip():
            yield field, code


_WITHOUT_RESULTS: Final = (Status.NOTHING_TO_REPORT, Status.NOT_RELEVANT, Status.NOT_STARTED)
"""Where nothing has been done there is nothing to answer UD's own questions with."""


def _questions(entry: Entry, asked: Questions) -> Iterator[Problem]:
    for question in asked:
        said = said_to(entry, question.id)
        for code in _with_answer(question, said, is_needed=entry.status not in _WITHOUT_RESULTS):
            yield Problem(key=entry.key, field="questions", code=code, question=question)


def _with_answer(question: Question, said: Said | None, *, is_needed: bool) -> Iterator[Code]:
    if not says_something(said) or (said is not None and not fits(question.kind, said)):
        if question.is_required and is_needed:
            yield Code.QUESTION_UNANSWERED
        return
    match said:
        case Figure():
            if said.measured_on is None:
                yield Code.QUESTION_WITHOUT_DATE
            if not said.source:
                yield Code.QUESTION_WITHOUT_SOURCE
        case Passage(text=text) if question.kind is QuestionKind.LINE and len(text) > SHORT:
            yield Code.QUESTION_TOO_LONG
        case _:
            pass


def _figures(entry: Entry, unit: Unit, plan: Plan) -> Iterator[tuple[str, Code]]:
    if any(i.measured_on is None for i in entry.indicators):
        yield "indicators", Code.INDICATOR_WITHOUT_DATE
    if any(not i.source for i in entry.indicators):
        yield "indicators", Code.INDICATOR_WITHOUT_SOURCE
    if entry.money and not is_aid(entry, unit, plan):
        yield "money", Code.MONEY_ON_DOMESTIC
    if any(not e.title.strip() for e in entry.evidence):
        yield "evidence", Code.EVIDENCE_WITHOUT_TITLE


def _access(entry: Entry) -> Iterator[tuple[str, Code]]:
    if entry.identifies_person_at_risk and entry.access.scope is AccessScope.OPEN:
        yield "access", Code.PERSON_AT_RISK_IN_THE_OPEN
    for code in _restriction(entry.access):
        yield "access", code
    if entry.access.scope is AccessScope.PART and not any(p.text.strip() for _, p in entry.access.public):
        yield "access", Code.NO_PUBLIC_WORDING
    for evidence in entry.evidence:
        for code in _restriction(evidence.access):
            yield "evidence", code
    if entry.identifies_person_at_risk and any(e.access.scope is AccessScope.OPEN for e in entry.evidence):
        yield "evidence", Code.OPEN_EVIDENCE_AT_RISK


def _restriction(access: Access) -> Iterator[Code]:
    if access.scope is AccessScope.OPEN:
        return
    if access.basis is None:
        yield Code.NO_BASIS
    if access.basis is LegalBasis.OTHER and not access.basis_text.strip():
        yield Code.NO_BASIS_TEXT
    if not access.reason.strip():
        yield Code.NO_RESTRICTION_REASON
    if not access.wider_access_considered:
        yield Code.WIDER_ACCESS_NOT_CONSIDERED
    elif not access.wider_access_refusal.strip():
        yield Code.NO_REFUSAL_REASON


def follow_up_codes(document: Evidence) -> tuple[Code, ...]:
    """What is the matter with what is known of the unit's follow-up document."""
    found = list(_restriction(document.access))
    if not document.title.strip():
        found.append(Code.EVIDENCE_WITHOUT_TITLE)
    if Grading.MARKING in (grading_of_name(document.title), grading_of_name(document.name)):
        found.append(Code.GRADED_MARKING)
    return tuple(found)


def goes_along(document: Evidence | None) -> bool:
    """Whether there is a follow-up document, and nothing that must be mended before it is sent."""
    return document is not None and not any(severity_of(code) is Severity.BLOCKER for code in follow_up_codes(document))


def asked_keys(asked: Asked) -> tuple[EntryKey, ...]:
    """The answers a unit owes: one for each commitment, for each country where it answers for several.

    A unit that covers one country or none owes one answer a commitment; its country is the unit's one.
    """
    countries = asked.unit.covers or (None,)
    return tuple(EntryKey(number, country) for number in asked.commitments for country in countries)


def names_at_risk(entries: Iterable[Entry], plan: Plan) -> tuple[str, ...]:
    """The names that stand in those of the entries that identify a person at risk."""
    marked = (entry for entry in entries if entry.identifies_person_at_risk)
    return tuple(dict.fromkeys(name for entry in marked for name in names_in(entry, plan)))


def name_problems(entry: Entry, at_risk: Iterable[str], table: Table) -> tuple[Problem, ...]:
    """Names that stand in an entry and should perhaps not: each once a field.

    ``at_risk``: names of entries that are marked, of which an entry that is marked itself may have its own;
    ``table``: what has a pseudonym stands nowhere under its real name.
    """
    found: dict[tuple[str, str], Code] = {}
    for field, text in texts(entry):
        for each in table:
            if stands_in(each.real, text):
                found[field, each.real] = Code.NAME_WITH_PSEUDONYM
        if not entry.identifies_person_at_risk:
            for name in at_risk:
                if stands_in(name, text):
                    found.setdefault((field, name), Code.NAME_FROM_MARKED_ENTRY)
    return tuple(Problem(key=entry.key, field=f, code=code, about=name) for (f, name), code in found.items())


def problems_of(
    report: Report, asked: Asked, plan: Plan, pseudonyms: Table = (), questions: Questions = ()
) -> tuple[Problem, ...]:
    """What is the matter with a whole report, what was asked and never answered included."""
    at_risk = names_at_risk(report.entries, plan)
    found: list[Problem] = []
    held = {entry.key: entry for entry in report.entries if not is_empty(entry)}
    for key in (*asked_keys(asked), *(key for key in held if key not in asked_keys(asked))):
        entry = held.get(key)
        if entry is None:
            found.append(Problem(key=key, field="status", code=Code.NO_ANSWER))
            continue
        found.extend(problems_in(entry, asked.unit, plan, questions))
        found.extend(name_problems(entry, at_risk, pseudonyms))
        if not entry.is_marked_ready:
            found.append(Problem(key=key, field="status", code=Code.NOT_READY))
    return tuple(sorted(found, key=lambda p: (p.key.commitment, p.key.country or "")))


def blockers(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that must be mended before the answer can be marked ready and sent."""
    return tuple(p for p in problems if p.severity is Severity.BLOCKER)
