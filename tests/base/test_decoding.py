"""Reading what nobody vouches for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


def problem(data: bytes, *, limit: int = 1000) -> str:
    with pytest.raises(Malformed) as caught:
        load_json(data, limit=limit)
    return caught.value.problem


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_our_own_error(data: bytes) -> None:
    try:
        load_json(data, limit=200)
    except Malformed:
        pass


@given(ANY_JSON)
def test_what_json_can_say_is_read_as_it_was_written(value: object) -> None:
    assert load_json(json.dumps(value).encode(), limit=1 << 20).value == value


def test_a_key_that_stands_twice_is_refused() -> None:
    assert problem(b'{"a":1,"a":1}') == "duplicate-key"


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity", b"[1e999]x", b"\xff", b"", b'"\xed\xa0\x80"'])
def test_what_is_no_json_is_refused(word: bytes) -> None:
    assert problem(word) == "not-json"


def test_a_number_of_a_thousand_digits_is_refused_before_it_costs_anything() -> None:
    assert problem(b"1" * 900) == "not-json"


def test_a_document_over_its_limit_is_refused_unread() -> None:
    assert problem(b"[" + b" " * 1000 + b"]") == "too-large"


def test_depth_is_bounded_and_brackets_in_strings_do_not_count() -> None:
    assert problem(b"[" * 33 + b"]" * 33) == "too-deep"
    text = '"' + "[" * 100 + '\\"[\\\\"'
    assert load_json(text.encode(), limit=1000).text() == "[" * 100 + '"[\\'


def test_the_error_carries_the_path_to_the_bad_value() -> None:
    reader = load_json(b'{"entries":[{"status":"x"},{"status":1}]}', limit=1000)
    entries = list(reader.get("entries").items(at_most=5))
    with pytest.raises(Malformed) as caught:
        entries[1].get("status").line()
    assert (caught.value.path, caught.value.problem) == ("entries[1].status", "wrong-type")


def test_a_member_nobody_asked_for_is_refused() -> None:
    reader = load_json(b'{"known":1,"unknown":2}', limit=100)
    reader.get("known")
    with pytest.raises(Malformed) as caught:
        reader.done()
    assert caught.value.path == "unknown"


def test_text_is_normalised_and_control_characters_are_refused() -> None:
    assert Reader("A\u030a", "x").text() == "Å"
    for bad in ("a\x00", "a\x1b[31m", "\ud800", "a\x7f", "a\r\nb"):
        with pytest.raises(Malformed):
            Reader(bad, "x").text()


def test_true_is_no_number() -> None:
    with pytest.raises(Malformed):
        Reader(True, "x").integer(0, 5)
    with pytest.raises(Malformed):
        Reader(True, "x").decimal()


@pytest.mark.parametrize(("text", "value"), [("12.50", "12.5"), ("-3", "-3"), ("0.000001", "0.000001")])
def test_decimals_travel_as_strings(text: str, value: str) -> None:
    assert Reader(text, "x").decimal() == Decimal(value)


@pytest.mark.parametrize("text", ["1e9", "NaN", "+1", "1.", ".5", "1" * 16, "0.0000001", "١"])
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Reader(text, "x").decimal()


def test_a_time_needs_an_offset() -> None:
    assert Reader("2027-03-01T15:02:00+01:00", "x").time() == datetime(2027, 3, 1, 14, 2, tzinfo=UTC)
    for bad in ("2027-03-01T15:02:00", "yesterday", "0001-01-01T00:00:00+14:00"):
        with pytest.raises(Malformed):
            Reader(bad, "x").time()


@pytest.mark.parametrize("text", ["2026-02-30", "20260228", "2026-W01-1", "2026-2-1"])
def test_a_date_has_one_form(text: str) -> None:
    with pytest.raises(Malformed):
        Reader(text, "x").date()


def test_brackets_inside_strings_do_not_count_as_depth() -> None:
    assert load_json(json.dumps(["[" * 100, '"[\\"' * 50]).encode(), limit=10_000).value == ["[" * 100, '"[\\"' * 50]


def test_many_shallow_lists_are_not_deep() -> None:
    assert load_json(json.dumps([[]] * 500).encode(), limit=10_000).value == [[]] * 500


def test_a_string_that_is_never_closed_is_looked_at_once() -> None:
    with pytest.raises(Malformed) as refused:
        load_json(b'["' + b'\\"' * 1_000_000, limit=1 << 24)
    assert refused.value.problem == "not-json"
