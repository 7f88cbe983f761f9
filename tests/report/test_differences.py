"""Word by word what has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.report.differences import MOST_TOKENS, Fate, Piece, differences

texts = st.text(st.sampled_from("ab åæ\n.,"), max_size=60)


def test_a_word_that_was_changed_is_told_as_taken_out_and_put_in() -> None:
    assert differences("Vi støttet to møter i år.", "Vi støttet fire møter i år.") == (
        Piece(Fate.SAME, "Vi støttet "),
        Piece(Fate.OUT, "to "),
        Piece(Fate.IN, "fire "),
        Piece(Fate.SAME, "møter i år."),
    )


def test_what_is_new_has_nothing_taken_out_and_what_is_gone_nothing_put_in() -> None:
    assert differences("", "Ny tekst.") == (Piece(Fate.IN, "Ny tekst."),)
    assert differences("Borte.", "") == (Piece(Fate.OUT, "Borte."),)
    assert differences("", "") == ()


def test_a_line_that_ends_elsewhere_is_a_change() -> None:
    assert {piece.kind for piece in differences("en to", "en\nto")} == {Fate.SAME, Fate.OUT, Fate.IN}


@given(texts, texts)
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(p.text for p in found if p.kind is not Fate.OUT) == after
    assert "".join(p.text for p in found if p.kind is not Fate.IN) == before


def test_two_very_long_texts_are_told_as_a_whole() -> None:
    long = "ord " * MOST_TOKENS
    assert [p.kind for p in differences(long, long + "til")] == [Fate.OUT, Fate.IN]
