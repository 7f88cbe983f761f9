"""A plan file is read strictly: what does not hold is refused with the place it stands at."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.assets import resource
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import EditionId
from wpsdesk.plan.errors import UnknownEdition
from wpsdesk.plan.listing import to_json
from wpsdesk.plan.loading import load_plan, plan_of
from wpsdesk.plan.model import Plan

Tree = dict[str, list[dict[str, object]]]

GOOD = resource("plan", "2023-2030.json").read_bytes()


def changed(change: Callable[[Tree], object]) -> bytes:
    """The good file with one thing changed."""
    tree = cast("Tree", json.loads(GOOD))
    change(tree)
    return json.dumps(tree).encode()


def test_the_plan_is_read_once() -> None:
    assert load_plan() is load_plan()


@pytest.mark.parametrize("edition", ["2031-2040", "../plan/2023-2030", "2023-2030.json", "", "2023-2030\n"])
def test_an_edition_that_the_program_does_not_have_is_named_in_the_refusal(edition: str) -> None:
    with pytest.raises(UnknownEdition) as refusal:
        load_plan(EditionId(edition))
    assert refusal.value.edition == edition


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        (lambda t: t["commitments"][4].update(section="nowhere"), "commitments[4].section", "inconsistent"),
        (lambda t: t["sections"][2].update(area="nowhere"), "sections[2].area", "inconsistent"),
        (lambda t: t["commitments"][4].update(ministries=["UD", "XD"]), "commitments[4].ministries[1]", "unknown-unit"),
        (lambda t: t["commitments"][4].update(ministries=["NORAD"]), "commitments[4].ministries[0]", "unknown-unit"),
        (lambda t: t["commitments"][4].update(ministries=["UD", "UD"]), "commitments[4].ministries[1]", "twice"),
        (lambda t: t["commitments"][4].update(ministries=[]), "commitments[4].ministries", "missing"),
        (lambda t: t["commitments"].pop(4), "commitments[4].number", "out-of-range"),
        (lambda t: t["commitments"].pop(0), "commitments[0].number", "out-of-range"),
        (lambda t: t["commitments"][4].update(number=6), "commitments[4].number", "out-of-range"),
        (lambda t: t["commitments"][4].update(number="5"), "commitments[4].number", "wrong-type"),
        (lambda t: t["commitments"][4].update(number=True), "commitments[4].number", "wrong-type"),
        (lambda t: t["commitments"][4].update(appendix=""), "commitments[4].appendix", "missing"),
        (lambda t: t["commitments"][4].update(chapter="a\nb"), "commitments[4].chapter", "control-character"),
        (lambda t: t["commitments"][4].update(lead="UD"), "commitments[4].lead", "unknown-member"),
        (lambda t: t["commitments"][4].update(titles=t["commitments"][5]["titles"]),
         "commitments[5].titles.nb", "twice"),
        (lambda t: t["commitments"][4].update(titles={"nb": "Bare bokmål"}), "commitments[4].titles.nn", "missing"),
        (lambda t: t["units"].pop(0), "commitments[0].ministries[0]", "unknown-unit"),
        (lambda t: t["units"].append(dict(t["units"][0])), "units[7].code", "twice"),
        (lambda t: t["units"][1].update(organisation_number="972417920"), "units[1].organisation_number", "twice"),
        (lambda t: t["units"][1].update(organisation_number="972417824"),
         "units[1].organisation_number", "inconsistent"),
        (lambda t: t["units"][1].update(organisation_number="97241782"), "units[1].organisation_number", "pattern"),
        (lambda t: t["units"][1].update(code="fd"), "units[1].code", "pattern"),
        (lambda t: t["units"][1].update(kind="castle"), "units[1].kind", "not-allowed"),
        (lambda t: t["focus_countries"][0].update(code="AFG"), "focus_countries[0].code", "pattern"),
        (lambda t: t["focus_countries"][0].update(code="CO"), "focus_countries[1].code", "twice"),
        (lambda t: t["focus_countries"][0].update(valid_from="1.1.2023"),
         "focus_countries[0].valid_from", "not-a-date"),
        (lambda t: t["focus_countries"][0].update(valid_to="2022-12-31"),
         "focus_countries[0].valid_to", "inconsistent"),
        (lambda t: t["areas"].append(dict(t["areas"][0], id="fifth")), "areas", "inconsistent"),
        (lambda t: t["areas"].append(dict(t["areas"][0])), "areas[4].id", "twice"),
        (lambda t: t["sections"].append(dict(t["sections"][0], id="twelfth")), "sections", "inconsistent"),
        (lambda t: cast("dict[str, object]", t).update(last_year=2031), "edition", "inconsistent"),
        (lambda t: cast("dict[str, object]", t).update(format="wps-plan/2"), "format", "pattern"),
        (lambda t: cast("dict[str, object]", t).pop("titles_are"), "titles_are", "missing"),
    ],
)  # fmt: skip
def test_a_plan_in_which_something_does_not_hold_is_refused_at_its_place(
    change: Callable[[Tree], object], path: str, problem: str
) -> None:
    with pytest.raises(Malformed) as refusal:
        plan_of(changed(change))
    assert (refusal.value.path, refusal.value.problem) == (path, problem)


def test_an_empty_plan_is_refused() -> None:
    with pytest.raises(Malformed):
        plan_of(b"{}")


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON tree."""
    found = [path] if path else []
    match value:
        case dict():
            return found + [place for name in value for place in places(value[name], (*path, name))]
        case list():
            return found + [place for i, element in enumerate(value) for place in places(element, (*path, i))]
        case _:
            return found


PLACES = places(json.loads(GOOD))
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["UD", "overall", "2023-01-01", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def put(tree: object, place: tuple[str | int, ...], value: object) -> None:
    """Put another value at ``place`` in the tree."""
    for step in place[:-1]:
        tree = tree[step]  # type: ignore[index]
    tree[place[-1]] = value  # type: ignore[index]


@given(place=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_anywhere_in_the_file_it_is_a_sound_plan_or_malformed(
    place: tuple[str | int, ...], value: object
) -> None:
    tree = json.loads(GOOD)
    put(tree, place, value)
    try:
        plan = plan_of(json.dumps(tree).encode())
    except Malformed:
        return
    assert isinstance(plan, Plan)
    assert len(to_json(plan)["commitments"]) == 35  # type: ignore[arg-type]


@given(start=st.integers(0, len(GOOD) - 1), length=st.integers(0, 40), noise=st.binary(max_size=40))
def test_no_change_of_the_bytes_ends_in_anything_but_a_plan_or_malformed(start: int, length: int, noise: bytes) -> None:
    try:
        plan = plan_of(GOOD[:start] + noise + GOOD[start + length :])
    except Malformed:
        return
    assert len(plan.commitments) == 35


def test_the_listing_is_json_and_gives_every_commitment_with_both_wordings() -> None:
    listing = json.loads(json.dumps(to_json(load_plan())))
    assert list(listing) == ["edition", "title", "areas", "sections", "commitments", "units", "focus_countries"]
    assert listing["edition"] == "2023-2030"
    twentythird = listing["commitments"][22]
    assert list(twentythird) == ["number", "area", "section", "ministries", "text", "title"]
    assert (twentythird["number"], twentythird["area"], twentythird["section"]) == (23, "security", "climate")
    assert twentythird["ministries"] == ["KLD", "UD"]
    assert set(twentythird["text"]) == {"appendix", "chapter"}
    assert set(twentythird["title"]) == {"nb", "nn", "en"}
    assert {"code": "UD", "kind": "ministry", "organisation_number": "972417920"}.items() <= listing["units"][0].items()
    assert listing["focus_countries"][14] == {
        "code": "ZA",
        "name": {"nb": "Sør-Afrika", "nn": "Sør-Afrika", "en": "South Africa"},
        "valid_from": "2023-01-01",
        "valid_to": None,
    }


def test_areas_and_sections_of_the_listing_resolve() -> None:
    listing = json.loads(json.dumps(to_json(load_plan())))
    areas, sections = {a["id"] for a in listing["areas"]}, {s["id"]: s["area"] for s in listing["sections"]}
    assert {c["area"] for c in listing["commitments"]} == areas
    assert all(sections[c["section"]] == c["area"] for c in listing["commitments"])
