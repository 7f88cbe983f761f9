"""What is missing or wrong in a report before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kit import YEAR, answer, mission
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Digest, EditionId
from wpsdesk.desk.opening import known_unit
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.call import Asked
from wpsdesk.report.checks import Code, Problem, Severity, asked_keys, blockers, problems_in, problems_of
from wpsdesk.report.form import FORM, fields_for
from wpsdesk.report.model import (
    Access,
    AccessScope,
    Entry,
    EntryKey,
    Evidence,
    Indicator,
    LegalBasis,
    Money,
    Passage,
    Report,
    Status,
)
from wpsdesk.report.names import Pseudonym
from wpsdesk.report.states import EntryState, ReportState, is_empty, may_move, state_of

PLAN = load_plan()
FD = known_unit(PLAN, "FD")
RESTRICTED = Access(
    scope=AccessScope.PART,
    basis=LegalBasis.P20,
    reason="Hensynet til et annet land.",
    wider_access_considered=True,
    wider_access_refusal="Hensynet veier tyngst.",
    public=(("effort", Passage(text="Offentlig.")),),
)


def codes(entry: Entry) -> set[Code]:
    return {problem.code for problem in problems_in(entry, FD, PLAN)}


def test_a_whole_answer_has_nothing_the_matter() -> None:
    assert problems_in(answer(1), FD, PLAN) == ()


def test_an_empty_answer_says_what_is_missing_in_the_order_of_the_form() -> None:
    found = problems_in(Entry(key=EntryKey(CommitmentNumber(1))), FD, PLAN)
    assert [p.field for p in found] == ["status", "effort", "results", "challenges"]
    assert [p.field for p in blockers(found)] == ["status", "effort", "results"]


def test_nothing_to_report_needs_a_reason_and_nothing_else() -> None:
    silent = replace(answer(1), status=Status.NOTHING_TO_REPORT, effort=Passage(), results=Passage())
    assert codes(silent) == {Code.NO_REASON}
    assert codes(replace(silent, nothing_reason=Passage(text="Ingen delegasjoner i år."))) == set()


def test_what_has_not_started_has_no_results_to_show() -> None:
    assert codes(replace(answer(1), status=Status.NOT_STARTED, results=Passage(), challenges=Passage())) == set()


def test_a_person_at_risk_forces_a_look_at_the_access_decision() -> None:
    named = replace(answer(1), identifies_person_at_risk=True)
    assert codes(named) == {Code.PERSON_AT_RISK_IN_THE_OPEN}
    assert codes(replace(named, access=RESTRICTED)) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": None}, Code.NO_BASIS),
        ({"reason": " "}, Code.NO_RESTRICTION_REASON),
        ({"public": ()}, Code.NO_PUBLIC_WORDING),
        ({"basis": LegalBasis.OTHER}, Code.NO_BASIS_TEXT),
        ({"wider_access_considered": False}, Code.WIDER_ACCESS_NOT_CONSIDERED),
        ({"wider_access_refusal": " "}, Code.NO_REFUSAL_REASON),
    ],
)
def test_a_restriction_needs_its_grounds(change: dict[str, object], code: Code) -> None:
    assert codes(replace(answer(1), access=replace(RESTRICTED, **change))) == {code}


def test_aid_money_behind_a_domestic_commitment_is_refused() -> None:
    ministry = replace(answer(31), money=(Money(agreement="X"),))
    assert Code.MONEY_ON_DOMESTIC in codes(ministry)
    embassy = replace(answer(5, "SO"), money=(Money(agreement="X"),))
    assert problems_in(embassy, mission(), PLAN) == ()


def test_a_figure_without_its_day_is_advice_and_stops_nobody() -> None:
    found = problems_in(replace(answer(1), indicators=(Indicator(name="Kurs", source="Liste"),)), FD, PLAN)
    assert [(p.code, p.severity) for p in found] == [(Code.INDICATOR_WITHOUT_DATE, Severity.ADVICE)]
    dated = Indicator(name="Kurs", source="Liste", measured_on=date(2026, 1, 1))
    assert codes(replace(answer(1), indicators=(dated,))) == set()


@pytest.mark.parametrize(
    ("text", "graded"),
    [
        ("BEGRENSET\nMøtereferat", True),
        ("Unntatt, KONFIDENSIELT etter sikkerhetsloven", True),
        ("STRENGT FORTROLIG iht. beskyttelsesinstruksen", True),
        ("Tilgangen var begrenset i tredje kvartal.", False),
        ("Møtet var fortrolig.", False),
        ("Vi har BEGRENSET kapasitet.", False),
    ],
)
def test_a_marking_is_told_from_an_ordinary_word(text: str, graded: bool) -> None:
    assert (Code.GRADED_MARKING in codes(replace(answer(1), results=Passage(text=text)))) is graded


def test_a_mission_owes_an_answer_for_each_country_it_covers() -> None:
    asked = Asked(unit=mission("PRET", "ZA", "MZ"), commitments=(CommitmentNumber(5),))
    assert asked_keys(asked) == (EntryKey(5, "ZA"), EntryKey(5, "MZ"))


def test_what_was_asked_and_not_answered_is_missing_and_not_wrong() -> None:
    asked = Asked(unit=FD, commitments=(CommitmentNumber(1), CommitmentNumber(2)))
    report = Report(unit=FD.code, year=YEAR, edition=EditionId("2023-2030"), entries=(answer(1),))
    found = problems_of(report, asked, PLAN)
    assert found == (Problem(key=EntryKey(CommitmentNumber(2)), field="status", code=Code.NO_ANSWER),)
    assert found[0].severity is Severity.MISSING


def test_an_answer_nobody_asked_for_is_checked_too() -> None:
    asked = Asked(unit=FD, commitments=())
    entry = replace(answer(5, "SO"), status=None)
    report = Report(unit=FD.code, year=YEAR, edition=EditionId("2023-2030"), entries=(entry,))
    assert [p.code for p in problems_of(report, asked, PLAN)] == [Code.NO_STATUS]


def test_the_form_shows_only_what_applies() -> None:
    def shown(entry: Entry, unit: object = FD) -> set[str]:
        return {f.name for f in fields_for(entry, unit, PLAN)}  # type: ignore[arg-type]

    assert "money" not in shown(answer(1))
    assert "money" in shown(answer(5, "SO"), mission())
    assert "money" not in shown(answer(31, "SO"), mission())
    assert "context" in shown(answer(5, "SO"), mission())
    assert "context" not in shown(answer(5))
    nothing = replace(answer(1), status=Status.NOTHING_TO_REPORT)
    assert {"nothing_reason", "status", "access"} <= shown(nothing)
    assert not {"effort", "results", "challenges"} & shown(nothing)


def test_every_field_of_the_form_is_a_field_of_the_entry() -> None:
    held = set(Entry.__dataclass_fields__)
    assert {f.name for f in FORM} == held - {"key", "unchanged_since", "is_marked_ready", "taken"}


def test_the_state_follows_from_what_the_entry_holds() -> None:
    empty = Entry(key=EntryKey(CommitmentNumber(1), CountryCode("SO")))
    assert is_empty(empty)
    assert state_of(empty) is EntryState.EMPTY
    assert state_of(replace(empty, lessons=Passage(text="x"))) is EntryState.DRAFT
    assert state_of(answer(1)) is EntryState.READY
    assert state_of(replace(answer(1), status=Status.NOTHING_TO_REPORT)) is EntryState.NOTHING


def test_a_report_goes_only_the_ways_that_there_are() -> None:
    assert may_move(ReportState.SENT, ReportState.RECEIVED)
    assert not may_move(ReportState.DRAFT, ReportState.ACCEPTED)


def test_a_person_at_risk_is_a_reason_to_look_at_the_files_too() -> None:
    file = Evidence(digest=Digest("0" * 64), name="a.pdf", media_type="application/pdf", size=1, title="A")
    named = replace(answer(1), identifies_person_at_risk=True, access=RESTRICTED, evidence=(file,))
    assert codes(named) == {Code.OPEN_EVIDENCE_AT_RISK}
    whole = replace(RESTRICTED, scope=AccessScope.WHOLE, public=())
    assert codes(replace(named, evidence=(replace(file, access=whole),))) == set()


def test_a_marking_in_a_title_or_a_files_name_stops_and_a_word_is_advice() -> None:
    file = Evidence(digest=Digest("0" * 64), name="a.pdf", media_type="application/pdf", size=1, title="HEMMELIG notat")
    found = problems_in(replace(answer(1), evidence=(file,)), FD, PLAN)
    assert [(p.field, p.code, p.severity) for p in found] == [("evidence", Code.GRADED_MARKING, Severity.BLOCKER)]
    found = problems_in(replace(answer(1, text="En konfidensiell samtale.")), FD, PLAN)
    assert [(p.field, p.code, p.severity) for p in found] == [("effort", Code.GRADED_WORD, Severity.ADVICE)]


def test_the_reference_of_a_graded_annex_may_name_its_grade() -> None:
    assert codes(replace(answer(1), graded_annex="KONFIDENSIELT, sak 26/12")) == set()


def test_a_name_in_a_marked_answer_is_pointed_out_where_another_is_not_marked() -> None:
    marked = replace(
        answer(1, text="Amina Yusuf fortalte om truslene."), identifies_person_at_risk=True, access=RESTRICTED
    )
    other = answer(2, text="Kurset ble ledet av Amina Yusuf.")
    asked = Asked(unit=FD, commitments=(CommitmentNumber(1), CommitmentNumber(2)))
    report = Report(unit=FD.code, year=YEAR, edition=EditionId("2023-2030"), entries=(marked, other))
    found = problems_of(report, asked, PLAN)
    assert found == (Problem(key=other.key, field="effort", code=Code.NAME_FROM_MARKED_ENTRY, about="Amina Yusuf"),)
    assert found[0].severity is Severity.ADVICE
    table = (Pseudonym(real="Amina Yusuf", alias="NN1"),)
    told = {(p.key.commitment, p.code) for p in problems_of(report, asked, PLAN, table)}
    assert told == {(1, Code.NAME_WITH_PSEUDONYM), (2, Code.NAME_WITH_PSEUDONYM)}
