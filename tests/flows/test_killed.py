"""Killed in the middle of any verb: once each here, five hundred times by tests/holds/killing.py."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.holds.killing import VERBS, desks, killed, remove_desks


@pytest.fixture(scope="module", autouse=True)
def desks_for_all() -> Iterator[None]:
    desks()
    yield
    remove_desks()


ONCE = [verb for verb in VERBS if not verb.startswith("migrate") or verb == "migrate-1"]  # by way of all versions


@pytest.mark.parametrize("verb", ONCE)
def test_what_was_told_as_done_is_there_after_a_kill_and_the_store_is_sound(verb: str) -> None:
    killed(VERBS[verb], random.Random(verb))
