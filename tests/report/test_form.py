"""Every field of an entry has its place in the form, for the kinds of unit that it applies to and for no other."""

from __future__ import annotations

from dataclasses import fields as members_of
from dataclasses import replace

import pytest

from tests.kit import answer, mission
from wpsdesk.desk.opening import known_unit
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Unit
from wpsdesk.report.form import FORM, fields_for
from wpsdesk.report.model import Entry, Indicator, Measure, Money, Partner, Status

PLAN = load_plan()
KEPT_BY_THE_PROGRAM = {"key", "unchanged_since", "is_marked_ready", "taken"}
ALWAYS = {"part", "status", "measures", "evidence", "identifies_person_at_risk", "access"}
WRITTEN = {"questions", "effort", "results", "result_kinds", "challenges", "challenge_kinds", "lessons"} | {
    "indicators", "partners", "links", "graded_annex",
}  # fmt: skip
ABROAD, AT_HOME = 5, 30


def unit(code: str) -> Unit:
    return mission("NAIR", "SO", "SS") if code == "NAIR" else known_unit(PLAN, code)


def names(entry: Entry, code: str) -> set[str]:
    return {field.name for field in fields_for(entry, unit(code), PLAN)}


def test_each_field_of_an_entry_stands_in_the_form_once_or_is_kept_by_the_program() -> None:
    told = [field.name for field in FORM]
    assert len(told) == len(set(told))
    assert set(told) | KEPT_BY_THE_PROGRAM == {member.name for member in members_of(Entry)}


@pytest.mark.parametrize("record", [Measure, Indicator, Partner, Money])
def test_each_member_of_a_record_has_a_column(record: type) -> None:
    found = {Measure: "measures", Indicator: "indicators", Partner: "partners", Money: "money"}[record]
    columns = next(field.columns for field in FORM if field.name == found)
    assert {column.name for column in columns} == {member.name for member in members_of(record)}


@pytest.mark.parametrize(
    ("code", "number", "country", "more"),
    [
        ("NAIR", ABROAD, "SO", {"money", "context"}),
        ("NAIR", ABROAD, None, {"money"}),
        ("NAIR", AT_HOME, "SO", {"context"}),
        ("NORAD", ABROAD, None, {"money"}),
        ("UD", ABROAD, None, {"money"}),
        ("UD", AT_HOME, None, set()),
        ("FD", ABROAD, None, set()),
        ("JD", AT_HOME, None, set()),
    ],
)
def test_a_unit_meets_the_fields_that_apply_to_it(code: str, number: int, country: str | None, more: set[str]) -> None:
    assert names(answer(number, country), code) == ALWAYS | WRITTEN | more


@pytest.mark.parametrize("code", ["NAIR", "NORAD", "UD", "FD"])
def test_nothing_to_report_asks_for_its_reason_and_for_no_text(code: str) -> None:
    silent = replace(answer(ABROAD, "SO"), status=Status.NOTHING_TO_REPORT)
    assert names(silent, code) == ALWAYS | {"nothing_reason"}
