"""Letters as one looks for them."""

from __future__ import annotations

import pytest

from wpsdesk.base.folding import fold, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "aase"),
        ("TROMSØ", "tromsoe"),
        ("idé", "IDE"),
        ("Sámi", "sami"),
        ("blåbær", "blaabaer"),
        ("e\u0301", "é"),
    ],
)
def test_two_ways_of_writing_a_word_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("på", "pa"), ("støtte", "stotte"), ("hår", "har"), ("ære", "are")])
def test_two_words_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_signs_are_no_words() -> None:
    assert words_of('"NEAR(a* b)" -é AND') == ("near", "a", "b", "e", "and")
    assert words_of(' "*-() ') == ()
