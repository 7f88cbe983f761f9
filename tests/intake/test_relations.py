"""New, duplicate, superseding, stale and conflicting submissions are told apart."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.intake.relations import Lineage, Relation, left_out, relate

FIRST = Lineage(id=BundleId("a"), digest=Digest("aa"), unit=UnitCode("FD"), year=Year(2026), seq=1)
SECOND = replace(FIRST, id=BundleId("b"), digest=Digest("bb"), seq=2)


def test_the_first_of_a_unit_and_year_is_new() -> None:
    assert relate(FIRST, ()) is Relation.NEW
    others = (replace(SECOND, unit=UnitCode("JD")), replace(SECOND, year=Year(2025)))
    assert relate(FIRST, others) is Relation.NEW


def test_the_same_bundle_twice_is_a_duplicate() -> None:
    assert relate(FIRST, (FIRST, SECOND)) is Relation.DUPLICATE


def test_a_later_one_supersedes() -> None:
    assert relate(SECOND, (FIRST,)) is Relation.SUPERSEDES
    assert relate(replace(SECOND, seq=9), (FIRST,)) is Relation.SUPERSEDES


def test_an_earlier_one_that_comes_late_is_stale() -> None:
    assert relate(FIRST, (SECOND,)) is Relation.STALE


def test_another_one_with_a_number_that_is_taken_is_a_conflict() -> None:
    assert relate(replace(SECOND, seq=1), (FIRST,)) is Relation.CONFLICT
    assert relate(replace(SECOND, id=FIRST.id), (FIRST,)) is Relation.CONFLICT


BASE = replace(FIRST, report=Digest("same"))
DELTA = replace(SECOND, id=BundleId("d"), digest=Digest("dd"), base=FIRST.digest)


def test_a_delta_on_the_one_in_force_supersedes_it() -> None:
    assert relate(DELTA, (FIRST,)) is Relation.SUPERSEDES


def test_a_delta_on_anything_else_waits_for_its_base() -> None:
    assert relate(DELTA, ()) is Relation.BASE_MISSING
    other = replace(FIRST, id=BundleId("x"), digest=Digest("xx"))
    assert relate(DELTA, (other,)) is Relation.BASE_MISSING
    assert relate(replace(DELTA, seq=3), (FIRST, SECOND)) is Relation.BASE_MISSING
    assert relate(DELTA, (replace(FIRST, counts=False),)) is Relation.BASE_MISSING


def test_a_report_that_came_twice_is_one_base() -> None:
    again = replace(SECOND, report=Digest("same"))
    third = replace(DELTA, id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(third, (BASE, again)) is Relation.SUPERSEDES
    assert relate(third, (BASE, replace(again, report=Digest("other")))) is Relation.BASE_MISSING
    assert relate(third, (FIRST, replace(again, report=None))) is Relation.BASE_MISSING, "not known to be the same"


def test_two_that_go_on_from_one_base_are_a_conflict_whatever_their_numbers() -> None:
    third = replace(DELTA, id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(third, (FIRST, DELTA)) is Relation.CONFLICT
    assert relate(DELTA, (FIRST, third)) is Relation.CONFLICT
    assert relate(third, (replace(DELTA, counts=False),)) is Relation.CONFLICT, "also where the first still waits"


def test_what_does_not_count_makes_nothing_stale() -> None:
    waiting = replace(DELTA, seq=9, counts=False)
    assert relate(SECOND, (FIRST, waiting)) is Relation.SUPERSEDES
    assert relate(FIRST, (waiting,)) is Relation.NEW


def test_an_older_delta_that_comes_late_is_stale() -> None:
    third = replace(SECOND, id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(DELTA, (FIRST, third)) is Relation.STALE


def test_a_number_that_returns_is_stale_or_in_conflict_and_one_that_jumps_is_told() -> None:
    ninth = replace(SECOND, seq=9)
    assert relate(ninth, (FIRST,)) is Relation.SUPERSEDES
    assert left_out(ninth, (FIRST,)) == 7
    late = replace(SECOND, id=BundleId("c"), digest=Digest("cc"), seq=5)
    assert relate(late, (FIRST, ninth)) is Relation.STALE
    assert left_out(late, (FIRST, ninth)) == 0
    assert relate(replace(late, seq=9), (FIRST, ninth)) is Relation.CONFLICT
    assert left_out(replace(late, seq=10), (FIRST, replace(late, seq=4, counts=False))) == 7


@given(st.permutations(range(1, 6)))
def test_in_whatever_order_they_come_the_highest_number_stands(order: list[int]) -> None:
    held: list[Lineage] = []
    standing = 0
    for seq in order:
        one = replace(FIRST, id=BundleId(str(seq)), digest=Digest(str(seq)), seq=seq)
        if relate(one, held) in (Relation.NEW, Relation.SUPERSEDES):
            standing = seq
        held.append(one)
    assert standing == 5
