"""A secret under a person's words: only the right words open it, and nothing hostile costs the machine."""

from __future__ import annotations

import pytest

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.trust.wrapping import Wrapped, unwrap, wrap, wrapped_from, wrapped_to_json

SECRET = b"en hemmelighet paa tretti byte."
WORDS = "blåbær på fjellet i høst"
SIZES = range(8, 100)


@pytest.fixture(scope="module")
def wrapped() -> Wrapped:
    return wrap("person", WORDS, SECRET)


def read(value: dict[str, object]) -> Wrapped:
    return wrapped_from(load_json(canonical_json(value), limit=10_000), frozenset({"person", "root"}), size=SIZES)


def test_the_right_words_open_it_however_they_are_composed(wrapped: Wrapped) -> None:
    assert unwrap(wrapped, WORDS) == SECRET
    assert unwrap(wrapped, WORDS.replace("å", "a\u030a")) == SECRET
    assert unwrap(wrapped, WORDS.capitalize()) is None
    assert unwrap(wrapped, "") is None


def test_the_same_secret_is_never_wrapped_the_same_way_twice(wrapped: Wrapped) -> None:
    again = wrap("person", WORDS, SECRET)
    assert {again.salt, again.nonce, again.wrapped}.isdisjoint({wrapped.salt, wrapped.nonce, wrapped.wrapped})
    assert SECRET not in again.wrapped


def test_it_comes_back_from_its_json(wrapped: Wrapped) -> None:
    assert read(wrapped_to_json(wrapped)) == wrapped


@pytest.mark.parametrize("members", [{"time": 2}, {"memory": 32768}, {"lanes": 1}, {"kind": "root"}], ids=str)
def test_a_changed_parameter_opens_nothing(wrapped: Wrapped, members: dict[str, object]) -> None:
    assert unwrap(read({**wrapped_to_json(wrapped), **members}), WORDS) is None


@pytest.mark.parametrize(
    "members",
    [{"memory": 1 << 30}, {"memory": 1}, {"time": 0}, {"time": 10**6}, {"lanes": 0}, {"lanes": 99}, {"kdf": "md5"},
     {"kind": "smile"}, {"salt": ""}, {"nonce": "00"}, {"wrapped": "zz"}, {"wrapped": "00" * 5000}, {"more": 1},
     {"wrapped": "ABCD"}],
    ids=lambda members: str(members)[:30],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused_before_any_work(wrapped: Wrapped, members: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        read({**wrapped_to_json(wrapped), **members})
