"""Numbers, days and times as each language writes them, also where the large library is not asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel import numbers
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk import assets
from wpsdesk.i18n import Catalogue, catalogue


@pytest.mark.parametrize("language", assets.languages())
@given(value=st.integers(-(10**12), 10**12))
def test_a_whole_number_is_written_as_the_language_writes_it(language: str, value: int) -> None:
    say = catalogue(language)
    assert say.number(value) == numbers.format_decimal(value, locale=say.locale)


@pytest.mark.parametrize("language", assets.languages())
def test_decimals_are_parted_as_the_language_parts_them(language: str) -> None:
    say = catalogue(language)
    assert say.number(Decimal("0.5")) == f"0{say.decimal_mark}5"


def test_a_language_without_a_catalogue_of_its_own_for_documents_reads_english_ones() -> None:
    assert catalogue("xx", "document")("Annual report") == catalogue("en", "document")("Annual report")


def test_a_language_that_babel_does_not_know_writes_days_and_numbers_as_english_does() -> None:
    say = Catalogue("xx", catalogue("en")._texts)
    assert say.date(date(2027, 3, 1)) == "1 March 2027"
    assert say.number(12_345) == "12,345"
    assert say.hour(datetime(2027, 3, 1, 14, 2, tzinfo=UTC)) == "14:02"


@pytest.mark.parametrize("language", assets.languages())
def test_one_and_many_are_told_apart_and_an_unknown_pair_is_still_said(language: str) -> None:
    say = catalogue(language)
    one, two = (say.plural("{n} file", "{n} files", n) for n in (1, 2))
    assert one.startswith("1")
    assert two.startswith("2")
    assert one[1:] != two[1:]
    assert [say.plural("{n} zebu", "{n} zebus", n) for n in (1, 2)] == ["1 zebu", "2 zebus"]
