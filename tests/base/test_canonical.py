"""One value, one sequence of bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.decoding import load_json


@given(st.dictionaries(st.text(), st.integers(-(10**17), 10**17) | st.text() | st.none()))
def test_the_order_of_members_does_not_matter(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical_json(value) == canonical_json(backwards)
    assert load_json(canonical_json(value), limit=1 << 20).value == value


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": [1.5]})


def test_norwegian_letters_stand_as_themselves() -> None:
    assert canonical_json({"å": "ø"}) == '{"å":"ø"}\n'.encode()


def test_the_digest_is_the_one_of_the_standard() -> None:
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_times_are_written_in_utc_without_fractions() -> None:
    moment = from_rfc3339("2027-03-01T15:02:00.9+01:00")
    assert rfc3339(moment) == "2027-03-01T14:02:00Z"
    with pytest.raises(ValueError, match="offset"):
        from_rfc3339("2027-03-01T15:02:00")
