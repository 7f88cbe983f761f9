"""The edition 2023-2030 as it ships, held against what the printed plan says."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from wpsdesk.assets import resource
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import LANGUAGES, Commitment, LanguageCode, Names, Plan, UnitKind

DIFFERING = (5, 10, 12, 20, 22, 30, 31)
"""The commitments that the plan's chapter and its appendix word differently."""

# Each commitment's number, its section and its ministries, copied by hand from the plan's appendix.
APPENDIX = """
1 UD FD JD | 2 UD FD JD KUD AID KLD | 3 UD FD JD KUD | 4 UD FD JD | 5 UD | 6 UD FD JD | 7 UD | 8 UD | 9 UD FD JD AID
10 UD FD JD | 11 FD JD | 12 UD FD JD | 13 FD JD | 14 FD JD | 15 FD JD | 16 UD FD JD | 17 FD JD | 18 FD JD
19 UD JD AID | 20 UD JD | 21 UD KLD | 22 UD KLD | 23 KLD UD | 24 UD KLD | 25 UD JD | 26 UD | 27 UD JD | 28 UD | 29 JD
30 FD JD | 31 JD | 32 JD | 33 UD | 34 UD JD AID KUD | 35 UD KUD
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


def bare(wording: str) -> str:
    """A wording without the two trivial differences: the first letter's case and the full stop."""
    return (wording[0].lower() + wording[1:]).removesuffix(".")


def every_name(plan: Plan) -> list[Names]:
    chapters = [*(a.names for a in plan.areas), *(s.names for s in plan.sections)]
    others = [*(c.names for c in plan.focus_countries), *(u.names for u in plan.units)]
    return [plan.title, *chapters, *others, *(c.titles for c in plan.commitments)]


def test_the_edition_has_35_commitments_numbered_from_1(plan: Plan) -> None:
    assert [c.number for c in plan.commitments] == list(range(1, 36))


def test_the_edition_has_78_responsibilities_shared_as_the_plan_shares_them(plan: Plan) -> None:
    counts = Counter(ministry for c in plan.commitments for ministry in c.ministries)
    assert counts == {"UD": 25, "JD": 24, "FD": 16, "KLD": 5, "KUD": 4, "AID": 4}
    assert counts.total() == 78


def test_every_commitment_names_its_ministries_in_the_order_of_the_appendix(plan: Plan) -> None:
    rows = [row.split() for line in APPENDIX.strip().splitlines() for row in line.split("|")]
    assert [(str(c.number), *c.ministries) for c in plan.commitments] == [tuple(row) for row in rows]


def test_number_23_is_led_by_the_ministry_of_climate(plan: Plan) -> None:
    assert plan.commitments[22].ministries == ("KLD", "UD")


def test_the_eleven_sections_hold_the_commitments_that_the_plan_gives_them(plan: Plan) -> None:
    sizes = Counter(c.section for c in plan.commitments)
    assert [sizes[s.id] for s in plan.sections] == [4, 2, 3, 5, 4, 2, 4, 4, 2, 2, 3]


def test_the_four_areas_hold_4_5_15_and_11_commitments_in_the_plan_s_order(plan: Plan) -> None:
    assert [len(plan.in_area(area)) for area in plan.areas] == [4, 5, 15, 11]
    assert [c.number for area in plan.areas for c in plan.in_area(area)] == list(range(1, 36))


def test_seven_commitments_are_worded_differently_in_chapter_and_appendix(plan: Plan) -> None:
    assert tuple(c.number for c in plan.commitments if bare(c.chapter) != bare(c.appendix)) == DIFFERING


def test_everywhere_else_only_the_first_letter_s_case_and_the_full_stop_differ(plan: Plan) -> None:
    same = [c for c in plan.commitments if c.number not in DIFFERING]
    assert len(same) == 28
    assert all(c.chapter.lower().removesuffix(".") == c.appendix.lower().removesuffix(".") for c in same)


def test_the_appendix_writes_sentences_and_the_chapter_mostly_does_not(plan: Plan) -> None:
    assert all(c.appendix[0].isupper() and c.appendix.endswith(".") for c in plan.commitments)
    sentences = [c.number for c in plan.commitments if c.chapter[0].isupper() and c.chapter.endswith(".")]
    assert sentences == [12, 13, 14]
    assert all(
        c.chapter[0].islower() and not c.chapter.endswith(".") for c in plan.commitments if c.number not in (12, 13, 14)
    )


@pytest.mark.parametrize(
    ("number", "in_appendix", "in_chapter"),
    [
        (5, "sikre inkluderende prosesser og", "sikre inkluderende fredsprosesser og"),
        (10, "vold i konflikt samt seksuell", "vold i konflikt, samt seksuell"),
        (12, "gjennomføre FN og NATOs politikk", "gjennomføre FNs og NATOs politikk"),
        (20, "kjønnsperspektivet i kontraterrorinnsats", "kvinners deltakelse i kontraterrorinnsats"),
        (22, "to sammenkoblede tverrgående hensyn", "to sammenkoblede og tverrgående hensyn"),
        (30, "menn ulikt også i Norge", "menn ulikt, også i Norge"),
        (31, "kjønnsperspektivet i utforming", "kjønnsperspektivet ved utforming"),
    ],
)  # fmt: skip
def test_each_of_the_seven_differs_as_the_source_does(
    plan: Plan, number: int, in_appendix: str, in_chapter: str
) -> None:
    commitment = plan.commitments[number - 1]
    assert in_appendix in commitment.appendix
    assert in_appendix not in commitment.chapter
    assert in_chapter in commitment.chapter
    assert in_chapter not in commitment.appendix


def test_words_that_the_printed_page_divides_are_whole_again(plan: Plan) -> None:
    wordings = [w for c in plan.commitments for w in (c.appendix, c.chapter)]
    assert not [w for w in wordings if re.search(r"\b(menneskerettighets|kontra|freds|kjønns|sikkerhets) \w", w)]
    assert "menneskerettighetsforsvarere" in plan.commitments[8].chapter
    assert "kontraterrorinnsats" in plan.commitments[19].chapter


def test_every_word_of_a_chapter_wording_is_known_from_the_appendix_but_for_the_seven(plan: Plan) -> None:
    # A word still broken in one place would be two words that its other place does not have.
    for c in (c for c in plan.commitments if c.number not in DIFFERING):
        assert Counter(re.findall(r"\w+", c.chapter.lower())) == Counter(re.findall(r"\w+", c.appendix.lower()))


def test_the_slip_of_the_source_in_number_34_is_left_as_it_stands(plan: Plan) -> None:
    assert "fortsette sitt engasjementet" in plan.commitments[33].appendix


def test_nothing_in_the_file_is_invisible_doubled_or_hanging() -> None:
    text = resource("plan", "2023-2030.json").read_text("utf-8")
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    assert len(strings) > 500
    assert "\u00ad" not in text
    assert "\u00a0" not in text
    assert "\u200b" not in text
    assert not [s for s in strings if "  " in s or s != s.strip()]


def test_the_eighteen_focus_countries_are_those_of_2023(plan: Plan) -> None:
    assert " ".join(c.code for c in plan.focus_countries) == "AF CO PH IQ YE JO ML MZ MM NG PS SO SD SY ZA SS UA VE"
    assert [c.names.nb for c in plan.focus_countries] == sorted(
        (c.names.nb for c in plan.focus_countries), key=_norwegian
    )


def _norwegian(name: str) -> str:
    return name.lower().replace("æ", "{").replace("ø", "|").replace("å", "}").replace("-", "")


def test_every_focus_country_counts_from_the_edition_s_first_day_without_an_end(plan: Plan) -> None:
    assert {(c.valid_from, c.valid_to) for c in plan.focus_countries} == {(date(2023, 1, 1), None)}


def test_the_known_units_are_the_six_ministries_and_norad(plan: Plan) -> None:
    assert [(u.code, u.organisation_number) for u in plan.units] == [
        ("UD", "972417920"),
        ("FD", "972417823"),
        ("JD", "972417831"),
        ("KUD", "972417866"),
        ("AID", "983887457"),
        ("KLD", "972417882"),
        ("NORAD", "971277882"),
    ]
    assert [u.kind for u in plan.units] == [UnitKind.MINISTRY] * 6 + [UnitKind.NORAD]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commitment_has_a_short_title_of_its_own_in_every_language(plan: Plan, language: LanguageCode) -> None:
    titles = [c.titles[language] for c in plan.commitments]
    assert len(set(titles)) == 35
    assert not [t for t in titles if not 10 <= len(t) <= 60 or t.endswith(".") or not t[0].isupper()]


def test_titles_are_marked_as_ours() -> None:
    assert '"titles_are": "Ours, not the plan\'s' in resource("plan", "2023-2030.json").read_text("utf-8")


def test_bokmal_words_do_not_stand_in_nynorsk_names(plan: Plan) -> None:
    bokmal = re.compile(
        r"\b(sikkerhet\w*|deltakelse\w*|ikke|fra|vold|voldelig|kvinnelige|Norge|\w+(asjoner|inger|prosesser|avtaler|planer|ettigheter)|"
        r"\w*forsvarere|beskyttelse\w*|egne|alle områder)\b",
        re.IGNORECASE,
    )  # fmt: skip
    assert not [n.nn for n in every_name(plan) if bokmal.search(n.nn)]


def test_english_names_hold_no_norwegian_letters(plan: Plan) -> None:
    assert not [n.en for n in every_name(plan) if re.search("[æøåÆØÅ]", n.en)]


def commitment(plan: Plan, number: int) -> Commitment:
    return plan.commitments[number - 1]


def test_a_commitment_knows_its_area_by_its_section(plan: Plan) -> None:
    assert [plan.area_of(commitment(plan, n)).id for n in (4, 5, 24, 25)] == [
        "overall",
        "peace",
        "security",
        "humanitarian",
    ]
