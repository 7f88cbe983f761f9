"""The made-up answers of the demonstration are answers that the program itself would let through."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from wpsdesk.assets import resource
from wpsdesk.base.decoding import load_json
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.answers import Answers, answers_from
from wpsdesk.report.call import Asked, asked_from
from wpsdesk.report.checks import asked_keys, problems_in
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import NARRATIVE, AccessScope, Entry, GenderMarker, LegalBasis, Status

UNITS = ("FD", "JD", "NAIR", "PRET")
NEVER_PUBLIC = "Halima Warsame Test"


@cache
def answers(unit: str) -> Answers:
    data = resource("demo", f"answers-{unit}.json").read_bytes()
    return answers_from(load_json(data, limit=1 << 20), load_plan())


@cache
def asked(unit: str) -> Asked:
    plan = load_plan()
    call = load_json(resource("demo", "call.json").read_bytes(), limit=1 << 20)
    for mission in call.get("missions").tuple_of(lambda r: asked_from(r, plan), at_most=10):
        if mission.unit.code == unit:
            return mission
    ministry = next(u for u in plan.units if u.code == unit)
    return Asked(unit=ministry, commitments=tuple(c.number for c in plan.commitments if unit in c.ministries))


def everything() -> list[tuple[str, Entry]]:
    return [(unit, entry) for unit in UNITS for entry in answers(unit).entries]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_answers_what_it_was_asked_and_nothing_is_the_matter(unit: str) -> None:
    assert answers(unit).unit == unit
    assert answers(unit).year == 2026
    assert {entry.key for entry in answers(unit).entries} <= set(asked_keys(asked(unit)))
    assert [p for e in answers(unit).entries for p in problems_in(e, asked(unit).unit, load_plan())] == []


def test_one_ministry_answers_all_the_others_leave_holes_for_the_coverage_to_show() -> None:
    counts = {unit: (len(answers(unit).entries), len(asked_keys(asked(unit)))) for unit in UNITS}
    assert counts == {"FD": (16, 16), "JD": (18, 24), "NAIR": (9, 10), "PRET": (13, 14)}


def test_one_mission_answers_for_two_countries() -> None:
    assert asked("NAIR").unit.covers == ("SO",)
    assert asked("PRET").unit.covers == ("ZA", "MZ")
    assert {e.key.country for e in answers("PRET").entries} == {"ZA", "MZ"}


@pytest.mark.parametrize(
    ("unit", "languages"), [("FD", {"nb"}), ("JD", {"nn"}), ("NAIR", {"nb", "en"}), ("PRET", {"en", "nn"})]
)
def test_each_unit_writes_in_its_own_languages(unit: str, languages: set[str]) -> None:
    passages = [e.passage(field) for e in answers(unit).entries for field in NARRATIVE]
    assert {p.language for p in passages if p.text} == languages


def test_the_file_says_what_the_program_would_write() -> None:
    for unit in UNITS:
        written = json.loads(resource("demo", f"answers-{unit}.json").read_bytes())["entries"]
        assert written == json.loads(json.dumps([entry_to_json(e) for e in answers(unit).entries]))


def test_two_answers_are_restricted_in_part_each_with_a_public_wording_and_a_reason() -> None:
    restricted = [
        (unit, e.key.commitment, e.access) for unit, e in everything() if e.access.scope is not AccessScope.OPEN
    ]
    assert [(unit, number, a.basis) for unit, number, a in restricted] == [
        ("FD", 12, LegalBasis.P20),
        ("NAIR", 9, LegalBasis.P24_3),
    ]
    assert all(
        a.scope is AccessScope.PART and a.reason and a.wider_access_considered and a.public for _, _, a in restricted
    )


def test_the_name_that_must_never_be_public_stands_only_where_it_is_restricted() -> None:
    holders = [
        (unit, e) for unit, e in everything() if NEVER_PUBLIC in json.dumps(entry_to_json(e), ensure_ascii=False)
    ]
    assert [(unit, e.key.commitment, e.identifies_person_at_risk) for unit, e in holders] == [("NAIR", 9, True)]
    access = holders[0][1].access
    assert not any(NEVER_PUBLIC.split(maxsplit=1)[0] in p.text for _, p in access.public)
    assert NEVER_PUBLIC.split(maxsplit=1)[0] not in access.reason + access.wider_access_refusal


def test_figures_say_when_they_were_counted_and_by_whom() -> None:
    figures = [i for _, e in everything() for i in e.indicators]
    assert len(figures) > 20
    assert [i.name for i in figures if i.value is None or i.measured_on is None or not i.source] == []


def test_people_counted_by_sex_add_up() -> None:
    def parts(i: object) -> list[int]:
        return [n for n in (getattr(i, k) for k in ("women", "men", "other", "unknown")) if n is not None]

    counted = [(i.name, i.value, sum(parts(i))) for _, e in everything() for i in e.indicators if parts(i)]
    assert len(counted) > 10
    assert [c for c in counted if c[1] != c[2]] == []


def test_only_missions_report_money_and_some_of_it_is_not_screened() -> None:
    money = [(unit, m) for unit, e in everything() for m in e.money]
    assert {asked(unit).unit.kind for unit, _ in money} == {UnitKind.MISSION}
    assert {m.gender_marker for _, m in money} >= {
        GenderMarker.NOT_SCREENED,
        GenderMarker.SIGNIFICANT,
        GenderMarker.PRINCIPAL,
    }


def test_the_answers_vary_as_real_ones_do() -> None:
    assert {e.status for _, e in everything()} == set(Status) - {Status.STOPPED}
    assert {p.may_be_named for _, e in everything() for p in e.partners} == {True, False}
    assert {kind.value for _, e in everything() for kind in e.challenge_kinds} == {
        "security", "access", "funding", "politics", "capacity", "data",
    }  # fmt: skip


def test_the_guidance_says_that_everything_is_made_up() -> None:
    call = json.loads(resource("demo", "call.json").read_bytes())
    assert re.search(r"^Øvelse: .* er oppdiktet\.", call["guidance"][0]["text"])
    assert len({g["commitment"] for g in call["guidance"]}) == len(call["guidance"]) >= 4
