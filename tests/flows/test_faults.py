"""Real disks that are full, protected or pulled out under some verbs; under every verb by tests/holds/faults.py."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.holds.closed import CLOSED
from tests.holds.disks import can_be_made, remove_blanks
from tests.holds.faults import FAULTS, tried, tried_by_two, tried_closed
from tests.holds.verbs import VERBS, prepared, remove_prepared

pytestmark = pytest.mark.skipif(not can_be_made(), reason="this machine lets nobody mount a disk")

SAID = {"done", "done as the disk went", "DiskFull", "DiskAway", "FileUnwritable", "CertificateNotYetValid"}


@pytest.fixture(scope="module", autouse=True)
def desks_for_all() -> Iterator[None]:
    prepared()
    yield
    remove_prepared()
    remove_blanks()


@pytest.mark.parametrize(
    ("verb", "fault"),
    [
        ("autosave", "full-store"),
        ("attach", "pulled-store"),
        ("attach", "pulled-store-after"),
        ("export", "full-out"),
        ("worksheet", "protected-out"),
        ("backup", "pulled-out"),
        ("import", "slow-store"),
        ("import-parts", "clock-back"),
    ],
)
def test_a_fault_is_told_costs_nothing_and_the_work_goes_on_after_it(verb: str, fault: str) -> None:
    assert tried(VERBS[verb], FAULTS[fault], random.Random(f"{verb} {fault}")) in SAID


@pytest.mark.parametrize(("verb", "fault"), [("upgrade", "full-store"), ("opening", "pulled-store")])
def test_a_closed_desk_is_whole_whatever_happens_to_its_disk(verb: str, fault: str) -> None:
    assert tried_closed(CLOSED[verb], FAULTS[fault], random.Random(f"{verb} {fault}")) in SAID


def test_what_another_program_has_open_is_left_alone() -> None:
    assert tried_by_two(CLOSED["opening"]) == "StoreInUse"
