"""What a fuzzer has found once is read again for ever; and what it looks with can find something."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutating import mutated
from tests.fuzz.targets import TARGETS, Target
from tests.vectors.making import FOLDER
from wpsdesk.base.errors import Malformed

FINDINGS = sorted(path for path in (FOLDER / "findings").glob("*-*"))
DOCUMENTS = sorted(name for name, target in TARGETS.items() if target.is_json)

some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@cache
def good_and_bad(name: str) -> list[bytes]:
    """Documents to change; the first is a good one."""
    return TARGETS[name].seeds()[:4]


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_what_was_found_once_is_a_fault_of_ours_or_harmless(path: Path) -> None:
    TARGETS[path.name.rpartition("-")[0]].takes(path.read_bytes())


def test_every_reader_of_what_comes_from_outside_is_a_target() -> None:
    assert set(TARGETS) >= {
        "zip", "manifest", "signature", "seal", "index", "part", "trust", "header",
        "request", "call", "report", "delta", "reply", "drafts", "answers",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"pkcs12"}))
def test_a_target_begins_with_something_that_is_taken_and_something_that_is_not(name: str) -> None:
    target = TARGETS[name]
    taken = [target.takes(seed) for seed in target.seeds()]
    assert any(taken)
    assert not target.takes(b"") or not all(taken)


def test_whatever_a_reader_raises_beside_our_own_faults_is_a_finding() -> None:
    def broken(_data: bytes) -> None:
        raise ZeroDivisionError

    def refusing(_data: bytes) -> None:
        raise Malformed(path="", problem="not-json")

    assert not Target(name="x", run=refusing, seeds=list).takes(b"")
    with pytest.raises(ZeroDivisionError):
        Target(name="x", run=broken, seeds=list).takes(b"")


@some
@pytest.mark.parametrize("name", DOCUMENTS)
@given(data=st.data())
def test_a_changed_document_is_refused_or_says_the_same_after_it_was_written_again(
    name: str, data: st.DataObject
) -> None:
    """The targets' own assertions: read, written and read again it is the same value and the same bytes."""
    changed = mutated(data.draw(st.sampled_from(good_and_bad(name))), data.draw(st.integers(0, 1 << 32)))
    if changed is not None:
        TARGETS[name].takes(changed)


def test_a_changed_document_is_another_most_of_the_time_and_the_same_for_one_seed() -> None:
    (good, *_) = TARGETS["report"].seeds()
    changed = [mutated(good, seed) for seed in range(200)]
    assert changed == [mutated(good, seed) for seed in range(200)]
    assert sum(each not in (good, None) for each in changed) > 150
    assert 5 < sum(TARGETS["report"].takes(each or b"") for each in changed) < 195
    assert mutated(b"no JSON", 1) is None
