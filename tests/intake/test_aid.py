"""Aid statistics as they come: what is read of each shape, blank apart from 0, and every fault at its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.aid_files import ACTIVITIES, HEADS, RIGHT, ROWS, WRONG, sheet, table
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.intake.aid import (
    AidFound,
    AidWrong,
    ColumnsMissing,
    CurrencyUnknown,
    NotStatistics,
    UnsafeStatistics,
    country_of,
)
from wpsdesk.intake.aid_activities import is_xml, read_aid_activities
from wpsdesk.intake.aid_table import number_in, read_aid_table
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.aid import AidRow
from wpsdesk.report.model import GenderMarker

PLAN = load_plan()
YEAR = Year(2026)
FOLDER = Path(__file__).parents[1] / "vectors" / "aid"


def read(data: bytes, currency: str = "") -> AidFound:
    return (read_aid_activities if is_xml(data) else read_aid_table)(data, PLAN, YEAR, currency)


def by_agreement(found: AidFound) -> dict[str, AidRow]:
    return {row.agreement: row for row in found.rows}


@pytest.mark.parametrize("data", [table(), table(sign=","), table(sign="\t"), sheet()], ids=["csv", ",", "tab", "xlsx"])
def test_a_table_is_read_the_same_in_every_kind_of_file(data: bytes) -> None:
    found = read(data)
    assert (found.currency, found.faults, found.other_years) == ("NOK", (), 1)
    rows = by_agreement(found)
    assert len(rows) == 5
    assert rows["SOM-26/0001"] == AidRow(
        agreement="SOM-26/0001", country="SO", recipient="Somalia", purpose="15170", marker=GenderMarker.PRINCIPAL,
        amount=Decimal(1_500_000), commitment=8,
    )  # type: ignore[arg-type] # fmt: skip
    assert rows["SOM-26/0002"].amount == Decimal("250000.5")
    assert (rows["REG-26/0003"].country, rows["REG-26/0003"].recipient) == (None, "Africa, regional")
    assert (rows["SYR-26/0004"].country, rows["SYR-26/0004"].amount) == ("SY", -50_000)


def test_a_blank_marker_is_not_screened_and_not_0() -> None:
    rows = by_agreement(read(table()))
    assert rows["JOR-26/0014"].marker is GenderMarker.NOT_SCREENED
    assert rows["SOM-26/0002"].marker is GenderMarker.NOT_TARGETED


def test_the_oecds_own_extract_is_in_millions_of_dollars_and_knows_its_countries_by_number() -> None:
    found = read(RIGHT["crs.csv"])
    assert found.currency == "USD"
    assert [(row.country, row.amount) for row in found.rows] == [("SO", 250_000), (None, 1_500_000)]


def test_activities_are_shared_out_by_their_percentages() -> None:
    found = read(ACTIVITIES)
    assert (found.currency, found.faults, found.other_years) == ("NOK", (), 1)
    told = {(row.country, row.recipient, row.purpose): (row.amount, row.marker) for row in found.rows}
    assert told["SO", "SO", "15170"] == (300, GenderMarker.SIGNIFICANT)
    assert told[None, "298", "15220"] == (200, GenderMarker.SIGNIFICANT)
    assert told["SD", "SD", "72010"] == (200, GenderMarker.SIGNIFICANT)  # the payment's own stand before the activity's
    assert told["JO", "JO", "15220"] == (Decimal("400.50"), GenderMarker.NOT_SCREENED)
    assert sum(row.amount for row in found.rows) == Decimal("1600.50")


FAULTS = {
    "marker.csv": [("E2", AidWrong.NOT_A_MARKER, "3")],
    "ambiguous.csv": [("F2", AidWrong.AMBIGUOUS, "1,234")],
    "words.csv": [
        ("F2", AidWrong.NOT_A_NUMBER, "much"),
        ("D2", AidWrong.NOT_A_PURPOSE, "abc"),
        ("E2", AidWrong.NOT_A_MARKER, "yes"),
        ("G2", AidWrong.NOT_A_COMMITMENT, "99"),
        ("B3", AidWrong.NOT_A_YEAR, "last"),
        ("A3", AidWrong.MISSING, ""),
    ],
    "formula.xlsx": [("F2", AidWrong.FORMULA, "=1+1")],
    "shares.xml": [("/iati-activities/iati-activity[1]/recipient-country/@percentage", AidWrong.SHARES, "70")],
    "marker.xml": [("/iati-activities/iati-activity[1]/policy-marker[2]/@significance", AidWrong.NOT_A_MARKER, "4")],
    "mixed.xml": [("/iati-activities/iati-activity[2]/transaction[1]/value", AidWrong.ANOTHER_CURRENCY, "USD")],
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_told_at_its_cell_or_path(name: str) -> None:
    assert [(fault.place, fault.wrong, fault.found) for fault in read(WRONG[name]).faults] == FAULTS[name]


REFUSED = {
    "doctype.xml": UnsafeStatistics,
    "laughs.xml": UnsafeStatistics,
    "deep.xml": UnsafeStatistics,
    "other.xml": NotStatistics,
    "utf-16.xml": NotStatistics,
    "cut.xml": NotStatistics,
    "no-columns.csv": ColumnsMissing,
    "latin.csv": NotStatistics,
    "damaged.xlsx": NotStatistics,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_or_means_harm_is_refused(name: str) -> None:
    with pytest.raises(REFUSED[name]):
        read(WRONG[name])


def test_the_vectors_are_these_files() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.glob("right/*")}.keys() == RIGHT.keys()
    assert {path.name for path in FOLDER.glob("wrong/*")} == WRONG.keys()
    for path in FOLDER.glob("right/*"):
        assert not read(path.read_bytes()).faults
    for path in FOLDER.glob("wrong/*"):
        try:
            assert read(path.read_bytes()).faults
        except WpsError:
            continue


def test_the_missing_columns_are_named() -> None:
    with pytest.raises(ColumnsMissing) as error:
        read(table(heads=(*HEADS[:4], "Something", *HEADS[5:])))
    assert error.value.missing == ("gendermarker",)


def test_amounts_without_a_currency_are_not_guessed() -> None:
    data = table(heads=(*HEADS[:5], "Disbursement", HEADS[6]))
    with pytest.raises(CurrencyUnknown):
        read(data)
    assert read(data, "NOK").currency == "NOK"


def test_rows_of_the_same_agreement_recipient_and_purpose_are_one() -> None:
    (row,) = read(table([ROWS[0], ROWS[0]])).rows
    assert row.amount == 3_000_000


@pytest.mark.parametrize(
    ("text", "is_comma", "value"),
    [
        ("1 234,50", True, "1234.50"),
        ("1.234,50", True, "1234.50"),
        ("1,234.50", False, "1234.50"),
        ("1,234,567", False, "1234567"),
        ("12,5", False, "12.5"),
        ("−3", True, "-3"),
    ],
)
def test_numbers_are_read_as_they_are_written_in_norwegian_and_english(text: str, is_comma: bool, value: str) -> None:
    assert number_in(text, comma_is_decimal=is_comma) == Decimal(value)


def test_countries_are_known_by_code_and_by_name_in_three_languages() -> None:
    assert [country_of(PLAN, told) for told in ("SS", "Sør-Sudan", "South Sudan", "279", "Noreg", "ZZ", "Africa")] == [
        "SS", "SS", "SS", "SS", "NO", None, None,
    ]  # fmt: skip


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except WpsError:
        pass
