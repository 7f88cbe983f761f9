"""Numbers as each language writes them, also where the large library is not asked."""

from __future__ import annotations

import pytest
from babel import numbers
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.i18n import catalogue
from wpsdesk.settings import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers(-(10**12), 10**12))
def test_a_whole_number_is_written_as_the_language_writes_it(language: str, value: int) -> None:
    say = catalogue(language)
    assert say.number(value) == numbers.format_decimal(value, locale=say.locale)
