"""The chapter on aid, and that of civil society: sums that add up, blank apart from 0, source and currency said."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from tests.compilation.kit import (
    AMMAN,
    COMPILED,
    FD,
    PLAN,
    YEAR,
    call,
    entry,
    rich_entry,
    said,
    source,
    text_of,
    unit,
)  # fmt: skip
from tests.compilation.test_annual import headings
from wpsdesk.base.ids import CountryCode, Digest, Year
from wpsdesk.compilation.aid_figures import AidBy, aid_lines
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.sources import Edition, Order, Source
from wpsdesk.compilation.tree import Document, Stack, Table
from wpsdesk.compilation.years import Years
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.aid import AidRow, AidShape, AidStatistics, aid_from, aid_to_bytes
from wpsdesk.report.model import Access, AccessScope, GenderMarker, LegalBasis


def row(agreement: str, country: str | None, purpose: str, marker: str, amount: int, **more: object) -> AidRow:
    return AidRow(
        agreement=agreement, country=None if country is None else CountryCode(country), recipient=country or "Regional",
        purpose=purpose, marker=GenderMarker(marker), amount=Decimal(amount), **more,
    )  # type: ignore[arg-type] # fmt: skip


def statistics(*rows: AidRow, year: int = YEAR) -> AidStatistics:
    return AidStatistics(
        year=Year(year), currency="NOK", source="Norad, bistandsstatistikk", shape=AidShape.CSV,
        digest=Digest("ab" * 32), loaded_at=datetime(2027, 5, 2, tzinfo=UTC), rows=rows,
    )  # fmt: skip


HELD = statistics(
    row("JOR-26/0014", "JO", "15220", "2", 2_000_000),
    row("SOM-26/0001", "SO", "15170", "0", 500_000),
    row("SOM-26/0001", "SO", "15170", "not-screened", 1_500_000),
    row("REG-26/0003", None, "", "1", -100_000),
    row("X-1", "ML", "99999", "1", 100_000, commitment=7),
)


def report(
    *sources: Source, aid: tuple[AidStatistics, ...] = (HELD,), order: Order = Order.COMMITMENT, **more: object
) -> Document:
    asked = call(*((one.unit, tuple(e.key.commitment for e in one.report.entries)) for one in sources))
    options = {"edition": Edition.PUBLIC, **more}
    return annual_report(
        PLAN, asked, sources, year=YEAR, language="nb", compiled=COMPILED, order=order, years=Years(aid=aid), **options
    )  # type: ignore[arg-type] # fmt: skip


def tables(tree: Document) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for block in tree.blocks():
        table = block.table if isinstance(block, Stack) else block
        if isinstance(table, Table):
            found[table.caption] = [[cell.words.text.replace("\u00a0", " ") for cell in row] for row in table.rows]
    return found


def test_what_is_stored_is_what_is_read() -> None:
    assert aid_from(aid_to_bytes(HELD)) == HELD


def test_the_sums_of_every_order_are_the_whole() -> None:
    for by in (AidBy.COUNTRY, AidBy.PURPOSE, AidBy.MARKER):
        assert sum(line.total for line in aid_lines(HELD, by)) == HELD.total == 4_000_000


def test_blank_is_told_apart_from_0_in_the_table_and_in_words() -> None:
    tree = report(source(FD, entry(1)))
    countries = tables(tree)["Utbetalt etter land og likestillingsmarkør"]
    assert countries[0] == ["Jordan", "2 000 000", "–", "–", "–", "2 000 000", "1"]
    assert countries[1] == ["Somalia", "–", "–", "500 000", "1 500 000", "2 000 000", "1"]
    assert countries[-1] == ["Regional", "–", "-100 000", "–", "–", "-100 000", "1"]
    assert "NOK 4 000 000 ble utbetalt i 2026" in text_of(tree)
    assert "Norad, bistandsstatistikk" in text_of(tree)


def test_years_in_the_same_currency_stand_side_by_side() -> None:
    before = statistics(row("A", "JO", "15220", "2", 1_000_000), year=2025)
    years = tables(report(source(FD, entry(1)), aid=(HELD, before)))["Utbetalt etter likestillingsmarkør"]
    assert [line[0] for line in years] == ["2025", "2026"]


def test_an_agreement_stands_under_the_commitment_that_the_file_or_a_unit_tells() -> None:
    found = tables(report(source(AMMAN, rich_entry(5, "JO"))))["Utbetalt etter tiltak og likestillingsmarkør"]
    assert [line[0].split()[0] for line in found] == ["5", "7"]
    assert found[0][1] == "2 000 000"


def test_an_agreement_named_only_in_a_restricted_answer_is_joined_to_nothing_in_public() -> None:
    secret = source(AMMAN, rich_entry(5, "JO", access=Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20)))
    caption = "Utbetalt etter tiltak og likestillingsmarkør"
    assert [line[0].split()[0] for line in tables(report(secret))[caption]] == ["7"]
    assert len(tables(report(secret, edition=Edition.INTERNAL))[caption]) == 2


def test_without_statistics_there_is_no_chapter() -> None:
    assert "Bistandsstatistikk" not in headings(report(source(FD, entry(1)), aid=()), 1)


def test_the_sums_stand_in_the_spreadsheet_and_in_the_data() -> None:
    tree = report(source(AMMAN, rich_entry(5, "JO")))
    out = io.BytesIO()
    write(tree, Format.JSON, out)
    told = json.loads(out.getvalue())["aid"]
    assert (told["currency"], told["total"]) == ("NOK", "4000000")
    assert {line["by"] for line in told["lines"]} == {"country", "purpose", "marker", "commitment"}
    out = io.BytesIO()
    write(tree, Format.XLSX, out)
    sheet = openpyxl.load_workbook(out)["Bistandsstatistikk"]
    assert sheet.max_row == len(told["lines"]) + 1


# -- civil society -----------------------------------------------------------------------------------

CARE = unit("CARE", "CARE Norge", UnitKind.CIVIL_SOCIETY)


def test_civil_society_has_a_chapter_of_its_own_and_is_pointed_to() -> None:
    tree = report(source(FD, entry(1)), source(CARE, entry(1, effort=said("Vi har lært opp kvinner."))), aid=())
    chapters = headings(tree, 1)
    assert chapters.index("Rapporter fra norsk sivilsamfunn") > chapters.index(PLAN.areas[-1].names.nb)
    assert headings(tree, 4).count("CARE Norge") == 1
    assert text_of(tree).count("Vi har lært opp kvinner.") == 2  # in the chapter, and among the values
    assert "CARE Norge. Se kapittelet om rapporter fra sivilsamfunnet." in text_of(tree)


def test_by_country_civil_society_stands_among_the_others() -> None:
    tree = report(source(CARE, entry(1, "JO")), aid=(), order=Order.COUNTRY)
    assert "Rapporter fra norsk sivilsamfunn" not in headings(tree, 1)
    assert "CARE Norge – Jordan" in headings(tree, 4)
