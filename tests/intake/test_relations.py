"""New, duplicate, superseding, stale and conflicting submissions are told apart."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.intake.relations import Lineage, Relation, relate

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
