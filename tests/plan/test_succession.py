"""What became of each commitment in the next edition of the plan: strictly read, and followed both ways."""

from __future__ import annotations

import pytest

from tests.plan.succession_files import FIRST, MOVES, file_of, later_plan, succession
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.plan.loading import EDITIONS
from wpsdesk.plan.succession import Fate, carried, load_chain, origins, succession_of


def stands(number: int) -> tuple[int, ...]:
    return tuple(carried((succession(),), FIRST.edition, CommitmentNumber(number)))


def test_a_commitment_is_followed_through_a_split_a_merger_a_drop_and_a_new_number() -> None:
    assert (stands(7), stands(8), stands(9), stands(10), stands(11), stands(12), stands(35)) == (
        (7,), (8, 9), (10,), (10,), (), (11,), (34,),
    )  # fmt: skip
    assert carried((succession(),), later_plan().edition, CommitmentNumber(11)) == (11,), "the last edition's own"
    before = origins((succession(),), CommitmentNumber(10))
    assert [(one.number, one.fate) for one in before] == [(9, Fate.MERGED), (10, Fate.MERGED)]


@pytest.mark.parametrize(
    "change",
    [
        {8: ("split", (8,))}, {8: ("same", (8, 9))}, {9: ("merged", (8,))}, {11: ("dropped", (11,))},
        {12: ("reworded", ())}, {13: ("same", (99,))}, {10: ("same", (10,))},
    ],
)  # fmt: skip
def test_a_step_that_does_not_hold_together_is_refused(change: dict[int, tuple[str, tuple[int, ...]]]) -> None:
    with pytest.raises(Malformed):
        succession_of(file_of({**MOVES, **change}), FIRST, later_plan())


def test_a_step_that_forgets_a_commitment_is_refused_and_the_editions_that_ship_have_theirs() -> None:
    with pytest.raises(Malformed):
        succession_of(file_of({number: move for number, move in MOVES.items() if number != 20}), FIRST, later_plan())
    assert len(load_chain(EDITIONS[-1])) == len(EDITIONS) - 1
