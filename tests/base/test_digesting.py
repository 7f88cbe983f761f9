"""A digest that is worked out beside the reading is the same digest."""

from __future__ import annotations

import hashlib
import random

import pytest

from wpsdesk.base.digesting import STEP, Digesting


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP + 3])
def test_the_digest_is_that_of_the_whole_however_it_arrives(size: int) -> None:
    data, source = random.Random(size).randbytes(size), random.Random(5)
    for longest in (STEP // 7, 3 * STEP):
        found, at = Digesting(), 0
        while at < size:
            step = source.randint(0, longest)
            found.update(data[at : at + step])
            at += step
        assert found.digest() == hashlib.sha256(data).hexdigest()


def test_many_streams_at_a_time_are_not_mixed_up() -> None:
    streams = {n: Digesting() for n in range(5)}
    for _ in range(8):
        for number, stream in streams.items():
            stream.update(bytes([number]) * STEP)
    for number, stream in streams.items():
        assert stream.digest() == hashlib.sha256(bytes([number]) * 8 * STEP).hexdigest()


def test_asked_twice_it_says_the_same() -> None:
    stream = Digesting()
    stream.update(b"a" * 2 * STEP)
    assert stream.digest() == stream.digest()
