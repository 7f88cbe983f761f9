"""Digits read over the telephone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.trust.errors import FingerprintMismatch
from wpsdesk.trust.fingerprints import digits_of, require_same_fingerprint, same_fingerprint


@given(st.lists(st.binary(max_size=20)))
def test_a_fingerprint_is_eight_groups_of_five_digits(parts: list[bytes]) -> None:
    assert re.fullmatch(r"[0-9]{5}( [0-9]{5}){7}", digits_of("test", *parts))


def test_a_fingerprint_never_changes_from_one_version_to_the_next() -> None:
    assert digits_of("test", b"a", b"b") == "20404 21303 20821 70641 01331 75438 55217 69167"


def test_bytes_that_move_from_one_part_to_the_next_change_the_digits() -> None:
    assert digits_of("test", b"ab", b"c") != digits_of("test", b"a", b"bc")


def test_the_same_bytes_in_another_domain_have_other_digits() -> None:
    assert digits_of("one", b"a") != digits_of("two", b"a")


@pytest.mark.parametrize("between", ["", "-", "  ", " - ", "\n", "\u00a0", "\u2013", "\u2011"])
def test_spaces_hyphens_and_line_breaks_do_not_count(between: str) -> None:
    digits = digits_of("test", b"a")
    assert same_fingerprint(digits, f" {digits.replace(' ', between)} ")


@given(st.integers(min_value=0, max_value=39), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_another_fingerprint(place: int, more: int) -> None:
    digits = digits_of("test", b"a").replace(" ", "")
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not same_fingerprint(digits, wrong)


@pytest.mark.parametrize("text", ["", " ", "12345", "1" * 39, "1" * 41, "x" * 40, "٣" * 40])
def test_what_is_no_whole_fingerprint_is_the_same_as_nothing(text: str) -> None:
    assert not same_fingerprint(text, text)


def test_a_mismatch_carries_both_fingerprints() -> None:
    here, heard = digits_of("test", b"a"), digits_of("test", b"b")
    require_same_fingerprint(expected=here, given=here.replace(" ", "-"))
    with pytest.raises(FingerprintMismatch) as caught:
        require_same_fingerprint(expected=here, given=heard)
    assert (caught.value.expected, caught.value.given) == (here, heard)
