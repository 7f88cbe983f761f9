"""New, duplicate, superseding, stale and conflicting submissions are told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.intake.relations import Lineage, Relation, left_out, relate

FIRST = Lineage(id=BundleId("a"), digest=Digest("aa"), unit=UnitCode("FD"), year=Year(2026), seq=1)
SECOND = FIRST._replace(id=BundleId("b"), digest=Digest("bb"), seq=2)


def test_the_first_of_a_unit_and_year_is_new() -> None:
    assert relate(FIRST, ()) is Relation.NEW
    others = (SECOND._replace(unit=UnitCode("JD")), SECOND._replace(year=Year(2025)))
    assert relate(FIRST, others) is Relation.NEW


def test_the_same_bundle_twice_is_a_duplicate() -> None:
    assert relate(FIRST, (FIRST, SECOND)) is Relation.DUPLICATE


def test_a_later_one_supersedes() -> None:
    assert relate(SECOND, (FIRST,)) is Relation.SUPERSEDES
    assert relate(SECOND._replace(seq=9), (FIRST,)) is Relation.SUPERSEDES


def test_an_earlier_one_that_comes_late_is_stale() -> None:
    assert relate(FIRST, (SECOND,)) is Relation.STALE


def test_another_one_with_a_number_that_is_taken_is_a_conflict() -> None:
    assert relate(SECOND._replace(seq=1), (FIRST,)) is Relation.CONFLICT
    assert relate(SECOND._replace(id=FIRST.id), (FIRST,)) is Relation.CONFLICT


BASE = FIRST._replace(report=Digest("same"))
DELTA = SECOND._replace(id=BundleId("d"), digest=Digest("dd"), base=FIRST.digest)


def test_a_delta_on_the_one_in_force_supersedes_it() -> None:
    assert relate(DELTA, (FIRST,)) is Relation.SUPERSEDES


def test_a_delta_on_anything_else_waits_for_its_base() -> None:
    assert relate(DELTA, ()) is Relation.BASE_MISSING
    other = FIRST._replace(id=BundleId("x"), digest=Digest("xx"))
    assert relate(DELTA, (other,)) is Relation.BASE_MISSING
    assert relate(DELTA._replace(seq=3), (FIRST, SECOND)) is Relation.BASE_MISSING
    assert relate(DELTA, (FIRST._replace(counts=False),)) is Relation.BASE_MISSING


def test_a_report_that_came_twice_is_one_base() -> None:
    again = SECOND._replace(report=Digest("same"))
    third = DELTA._replace(id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(third, (BASE, again)) is Relation.SUPERSEDES
    assert relate(third, (BASE, again._replace(report=Digest("other")))) is Relation.BASE_MISSING
    assert relate(third, (FIRST, again._replace(report=None))) is Relation.BASE_MISSING, "not known to be the same"


def test_two_that_go_on_from_one_base_are_a_conflict_whatever_their_numbers() -> None:
    third = DELTA._replace(id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(third, (FIRST, DELTA)) is Relation.CONFLICT
    assert relate(DELTA, (FIRST, third)) is Relation.CONFLICT
    assert relate(third, (DELTA._replace(counts=False),)) is Relation.CONFLICT, "also where the first still waits"


def test_what_does_not_count_makes_nothing_stale() -> None:
    waiting = DELTA._replace(seq=9, counts=False)
    assert relate(SECOND, (FIRST, waiting)) is Relation.SUPERSEDES
    assert relate(FIRST, (waiting,)) is Relation.NEW


def test_an_older_delta_that_comes_late_is_stale() -> None:
    third = SECOND._replace(id=BundleId("c"), digest=Digest("cc"), seq=3)
    assert relate(DELTA, (FIRST, third)) is Relation.STALE


def test_a_number_that_returns_is_stale_or_in_conflict_and_one_that_jumps_is_told() -> None:
    ninth = SECOND._replace(seq=9)
    assert relate(ninth, (FIRST,)) is Relation.SUPERSEDES
    assert left_out(ninth, (FIRST,)) == 7
    late = SECOND._replace(id=BundleId("c"), digest=Digest("cc"), seq=5)
    assert relate(late, (FIRST, ninth)) is Relation.STALE
    assert left_out(late, (FIRST, ninth)) == 0
    assert relate(late._replace(seq=9), (FIRST, ninth)) is Relation.CONFLICT
    assert left_out(late._replace(seq=10), (FIRST, late._replace(seq=4, counts=False))) == 7


@given(st.permutations(range(1, 6)))
def test_in_whatever_order_they_come_the_highest_number_stands(order: list[int]) -> None:
    held: list[Lineage] = []
    standing = 0
    for seq in order:
        one = FIRST._replace(id=BundleId(str(seq)), digest=Digest(str(seq)), seq=seq)
        if relate(one, held) in (Relation.NEW, Relation.SUPERSEDES):
            standing = seq
        held.append(one)
    assert standing == 5
