"""Names are found however they are written, and pseudonyms take their place in every text of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import answer
from tests.report import strategies as made
from wpsdesk.base.ids import nfc
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.model import Partner, PartnerKind, Passage
from wpsdesk.report.names import Pseudonym, names_in, next_alias, replaced, replacements, stands_in, with_pseudonyms
from wpsdesk.report.texts import texts, with_texts

PLAN = load_plan()
AMINA = Pseudonym(real="Amina Yusuf", alias="NN1")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Amina Yusuf kom.", "NN1 kom."),
        ("Vi møtte amina  yusuf.", "Vi møtte NN1."),
        ("Amina\nYusuf", "NN1"),
        ("Amina Yusufs arbeid", "NN1s arbeid"),
        ("Amina Yusuf's work", "NN1's work"),
        ("AMINA_YUSUF.jpg", "NN1.jpg"),
        ("Aminah Yusuf", "Aminah Yusuf"),
        ("Amina Yusufzai", "Amina Yusufzai"),
    ],
)
def test_a_name_is_replaced_however_it_is_written(text: str, after: str) -> None:
    assert replaced(text, (AMINA,))[0] == after


def test_the_longest_name_is_replaced_first_and_a_name_in_arabic_script_too() -> None:
    table = (Pseudonym(real="Amina", alias="NN2"), AMINA, Pseudonym(real="أمينة يوسف", alias="NN1"))
    assert replaced("Amina Yusuf og Amina. أمينة يوسف", table) == ("NN1 og NN2. NN1", 3)


@given(made.entries, st.sampled_from(("Amina Yusuf", "Bo", "يوسف")))
def test_after_the_replacement_the_name_stands_nowhere(entry: object, name: str) -> None:
    named = with_texts(entry, lambda text: f"{text} {name}")  # type: ignore[arg-type]
    table = (Pseudonym(real=name, alias="NN1"),)
    changed = with_pseudonyms(named, table)
    assert not [text for _, text in texts(changed) if stands_in(name, text)]
    assert with_pseudonyms(changed, table) == changed
    assert len(replacements([named], table)) == sum(1 for _, text in texts(named) if stands_in(name, text))


@given(made.entries)
def test_an_entry_without_the_name_is_left_as_it_is(entry: object) -> None:
    table = (Pseudonym(real="Ingensteds Nevntsen", alias="NN1"),)
    assert with_pseudonyms(entry, table) == entry  # type: ignore[arg-type]


@given(st.text(max_size=60).map(nfc))
def test_nothing_to_replace_leaves_the_text(text: str) -> None:
    assert replaced(text, ()) == (text, 0)


def test_the_next_pseudonym_is_one_that_nobody_has() -> None:
    assert next_alias(()) == "NN1"
    assert next_alias((AMINA, Pseudonym(real="x", alias="nn2"))) == "NN3"
    assert next_alias((), "Kilde") == "Kilde 1"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amina Yusuf fortalte.", ("Amina Yusuf",)),
        ("Da møtte Hodan al-Rashid Omar oss.", ("Hodan al-Rashid Omar",)),
        ("I dag kom Amina Yusuf fra Sør-Sudan.", ("Amina Yusuf",)),
        ("Ambassaden i Nairobi og FNs Sikkerhetsråd møtte UN Women.", ()),
        ("Røde Kors og Kirkens Nødhjelp. The United Nations.", ()),
        ("Amina Yusufs arbeid. Amina Yusuf kom.", ("Amina Yusuf",)),
    ],
)
def test_what_looks_like_a_persons_name_is_told_from_other_names(text: str, names: tuple[str, ...]) -> None:
    found = names_in(replace(answer(1, text=text), results=Passage(), challenges=Passage()), PLAN)
    assert found == names


def test_a_partner_that_may_not_be_named_counts_and_one_that_may_does_not() -> None:
    hidden = Partner(name="Kvinnegruppa i Kismayo", kind=PartnerKind.CIVIL_SOCIETY)
    public = Partner(name="Amina Yusuf", may_be_named=True)
    entry = replace(answer(1, text="Amina Yusuf kom."), partners=(hidden, public))
    assert names_in(entry, PLAN) == ("Kvinnegruppa i Kismayo",)
