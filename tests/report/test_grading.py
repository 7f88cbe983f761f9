"""A marking of graded material is told from an ordinary word, in texts, titles and names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.report.grading import Grading, grading_of, grading_of_name, marking_in

GRADES = ("BEGRENSET", "KONFIDENSIELT", "HEMMELIG", "STRENGT HEMMELIG", "FORTROLIG", "STRENGT FORTROLIG")


@pytest.mark.parametrize("grade", [*GRADES, "NATO RESTRICTED", "STRENGT HEMMELEG", "RESTREINT UE/EU RESTRICTED"])
@pytest.mark.parametrize("place", ["{}", "{}\nMøtereferat", "Notat\n\n  {}  \n\nTekst", "- 1 -\n{}", "Gradering: {}"])
def test_a_marking_on_a_line_of_its_own_is_one(grade: str, place: str) -> None:
    assert marking_in(place.format(grade)) == grade


@pytest.mark.parametrize(
    "text",
    [
        "Unntatt, KONFIDENSIELT etter sikkerhetsloven",
        "Begrenset, jf. sikkerhetsloven § 5-3",
        "BEGRENSET Møtereferat fra mai",
        "H E M M E L I G",
        "KONFIDENSIELT – side 1",
    ],
)
def test_a_marking_with_its_law_or_as_a_head_is_one(text: str) -> None:
    assert grading_of(text) is Grading.MARKING


@pytest.mark.parametrize(
    "text",
    [
        "Møtet var fortrolig.",
        "Konfidensielt\nble det sagt at ...",
        "Vi har BEGRENSET kapasitet.",
        "BEGRENSET KAPASITET I FELTEN",
        "Vedlegget er gradert KONFIDENSIELT etter sikkerhetsloven.",
        "The talks were confidential.",
    ],
)
def test_the_word_in_a_sentence_is_only_advice(text: str) -> None:
    assert grading_of(text) is Grading.WORD


@given(st.text(st.characters(codec="utf-8", categories=("Ll", "Zs", "Po")), max_size=80))
def test_a_text_in_small_letters_without_the_law_bears_no_marking(text: str) -> None:
    assert grading_of(text.replace("hetsl", "").replace("instr", "")) is not Grading.MARKING


@given(st.sampled_from(GRADES), st.text(max_size=60), st.text(max_size=60))
def test_a_line_with_a_marking_alone_is_found_whatever_stands_around_it(grade: str, one: str, other: str) -> None:
    assert marking_in(f"{one}\n{grade}\n{other}")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("HEMMELIG_notat.pdf", Grading.MARKING),
        ("STRENGT FORTROLIG 12.PDF", Grading.MARKING),
        ("Notat (BEGRENSET)", Grading.MARKING),
        ("HEMMELIG.PDF", Grading.MARKING),
        ("hemmelig notat.docx", Grading.WORD),
        ("FORTROLIG SAMTALE.PDF", Grading.WORD),
        ("begrenset tilgang.docx", None),
        ("IMG_1234.JPG", None),
    ],
)
def test_a_title_or_a_name_is_judged_as_one(name: str, found: Grading | None) -> None:
    assert grading_of_name(name) is found
