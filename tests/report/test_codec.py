"""A report says the same before and after it has been JSON, and nothing else gets in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.base.test_decoding import ANY_JSON
from tests.kit import YEAR, answer
from tests.report.strategies import entries
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import EditionId, UnitCode
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.answers import answers_from, answers_to_json, example
from wpsdesk.report.codec import entry_from, entry_to_json, report_from, report_to_json
from wpsdesk.report.model import Entry, Report, in_order

PLAN = load_plan()


def again(entry: Entry) -> Entry:
    return entry_from(load_json(canonical_json(entry_to_json(entry)), limit=1 << 22), PLAN)


@given(entries)
def test_an_entry_is_the_same_after_the_journey(entry: Entry) -> None:
    assert again(entry) == entry


@given(st.lists(entries, max_size=3, unique_by=lambda e: e.key))
@settings(max_examples=30)
def test_a_report_is_the_same_after_the_journey(found: list[Entry]) -> None:
    report = Report(unit=UnitCode("FD"), year=YEAR, edition=EditionId("2023-2030"), entries=in_order(tuple(found)))
    data = canonical_json(report_to_json(report))
    assert report_from(load_json(data, limit=1 << 24), PLAN) == report


def test_the_writers_own_ready_mark_does_not_travel() -> None:
    assert again(replace(answer(1), is_marked_ready=True)).is_marked_ready is False


def mutated(**members: object) -> dict[str, object]:
    return {**entry_to_json(answer(5, "SO")), **members}


@pytest.mark.parametrize(
    ("member", "value", "problem"),
    [
        ("commitment", 36, "unknown-commitment"),
        ("commitment", 0, "unknown-commitment"),
        ("commitment", "5", "wrong-type"),
        ("country", "NO", "unknown-country"),
        ("country", "so", "pattern"),
        ("status", "finished", "not-allowed"),
        ("effort", "just text", "wrong-type"),
        ("effort", {"text": "x", "language": "sv"}, "not-allowed"),
        ("effort", {"text": "x" * 20_001}, "too-long"),
        ("result_kinds", ["output", "output"], "twice"),
        ("indicators", [{"name": ""}], "missing"),
        ("indicators", [{"name": "x", "women": -1}], "out-of-range"),
        ("money", [{"dac_sector": "12"}], "pattern"),
        ("links", {"sdg_targets": ["4.1"]}, "pattern"),
        ("evidence", [{"sha256": "00"}], "pattern"),
        ("access", {"scope": "part", "public": {"status": {"text": "x"}}}, "unknown-member"),
        ("access", {"scope": "secret"}, "not-allowed"),
        ("unchanged_since", {"effort": 2022}, "out-of-range"),
        ("surprise", 1, "unknown-member"),
    ],
)
def test_what_is_wrong_in_an_entry_is_named(member: str, value: object, problem: str) -> None:
    with pytest.raises(Malformed) as caught:
        entry_from(load_json(json.dumps(mutated(**{member: value})).encode(), limit=1 << 20), PLAN)
    assert caught.value.problem == problem
    assert caught.value.path.startswith(member)


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "c:x", "", "a" * 256, "x\u0000"])
def test_a_file_name_with_a_way_out_is_refused(name: str) -> None:
    told = {"sha256": "0" * 64, "name": name, "media_type": "image/png", "size": 1, "title": "t", "kind": "other"}
    with pytest.raises(Malformed):
        entry_from(load_json(json.dumps(mutated(evidence=[told])).encode(), limit=1 << 20), PLAN)


@given(ANY_JSON)
def test_any_json_is_an_entry_or_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        entry_from(load_json(json.dumps(value).encode(), limit=1 << 20), PLAN)


@given(st.sampled_from(sorted(mutated())), ANY_JSON)
def test_any_value_in_any_member_is_read_or_refused(member: str, value: object) -> None:
    try:
        entry_from(load_json(json.dumps(mutated(**{member: value})).encode(), limit=1 << 20), PLAN)
    except Malformed as error:
        assert error.path == "" or error.path.startswith(member)


def test_two_answers_with_one_key_are_refused() -> None:
    report = Report(unit=UnitCode("FD"), year=YEAR, edition=EditionId("2023-2030"), entries=(answer(1), answer(1)))
    with pytest.raises(Malformed) as caught:
        report_from(load_json(canonical_json(report_to_json(report)), limit=1 << 20), PLAN)
    assert caught.value.problem == "twice"


def test_the_example_shows_every_field_and_can_be_read_again() -> None:
    told = answers_to_json(example("NAIR", YEAR))
    assert answers_from(load_json(canonical_json(told), limit=1 << 20), PLAN) == example("NAIR", YEAR)
    shown = set().union(*(entry_to_json(e) for e in example("NAIR", YEAR).entries))
    every = set(entry_to_json(answer(1))) | {
        "country", "nothing_reason", "result_kinds", "challenge_kinds", "lessons", "context", "measures",
            "indicators", "partners",
        "money", "links", "access", "identifies_person_at_risk", "graded_annex",
    }  # fmt: skip
    assert shown == every


def test_evidence_does_not_come_by_a_file_of_answers() -> None:
    told = {"sha256": "0" * 64, "name": "a", "media_type": "image/png", "size": 1, "title": "t", "kind": "other"}
    data = {"format": "wps-answers/1", "entries": [mutated(evidence=[{**told, "language": "nb"}])]}
    with pytest.raises(Malformed) as caught:
        answers_from(load_json(json.dumps(data).encode(), limit=1 << 20), PLAN)
    assert caught.value.path == "entries[0].evidence"
