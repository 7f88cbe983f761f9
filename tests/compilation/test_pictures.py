"""The pictures of the year: what they show is what was answered, in the picture, in its table and in its words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.compilation.kit import (
    AMMAN,
    COMPILED,
    FD,
    JUBA,
    PLAN,
    YEAR,
    call,
    document,
    entry,
    rich_entry,
    source,
    text_of,
)
from wpsdesk.base.ids import Year
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.restriction import view
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Document, Stack, Tiles
from wpsdesk.compilation.years import Years, moved_day, year_figures
from wpsdesk.report.model import Access, AccessScope, Indicator, LegalBasis, Status


def stacks(tree: Document) -> dict[str, Stack]:
    return {block.caption: block for block in tree.blocks() if isinstance(block, Stack)}


def test_the_parts_of_a_bar_the_row_of_its_table_and_its_words_are_the_same_counts() -> None:
    tree = document(source(FD, entry(1), entry(2, status=Status.DONE)), source(JUBA, entry(5, "SS")))
    found = stacks(tree)["Svar etter område og status"]
    names = [kind.name for kind in found.kinds]
    overall = dict(zip(names, found.rows[0].values, strict=True))
    assert (overall["Gjennomført"], overall["I gang"], sum(overall.values())) == (1, 1, 2)
    heads = [column.head for column in found.table.columns]
    row = dict(zip(heads, [cell.words.text for cell in found.table.rows[0]], strict=True))
    assert row == {"Område": "Overordnet", "Gjennomført": "1", "I gang": "1", "I alt": "2"}
    assert found.said.startswith("Overordnet: Gjennomført 1, I gang 1;")


def test_every_commitment_has_a_bar_in_its_area() -> None:
    found = stacks(document(source(FD, entry(1))))["Svar etter tiltak og status"]
    assert len(found.rows) == len(PLAN.commitments) == len(found.table.rows)
    assert [row.group for row in found.rows if row.group] == [area.names.nb for area in PLAN.areas]


def test_a_country_without_an_answer_is_an_empty_tile_and_is_named() -> None:
    tree = document(source(AMMAN, entry(5, "JO"), entry(6, "JO"), entry(5, "NO")))
    (found,) = (block for block in tree.blocks() if isinstance(block, Tiles))
    shown = {tile.code: tile.shown for tile in found.tiles}
    assert (shown["JO"], shown["NO"], shown["ML"]) == ("2", "1", "")
    assert len({(tile.column, tile.row) for tile in found.tiles}) == len(found.tiles) == 19
    assert "Jordan: 2" in found.said
    assert "Mali" in found.said


def test_women_and_men_stand_with_the_day_they_were_counted_on() -> None:
    (row,) = stacks(document(source(FD, rich_entry(1))))["Kvinner og menn, opptalt"].rows
    assert row.label == "1 · 30.11.2026 · Deltakere, Forsvarsdepartementet"
    assert row.values == (96, 50, 0, 0)


def test_what_the_public_may_not_see_is_in_no_picture() -> None:
    secret = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20)
    sources = (source(FD, rich_entry(1, access=secret)), source(JUBA, entry(5, "SS", access=secret)))
    tree = document(*sources)
    assert "Kvinner og menn, opptalt" not in stacks(tree)
    assert not [block for block in tree.blocks() if isinstance(block, Tiles)]
    hidden = stacks(tree)["Svar etter område og status"].kinds[-1].name
    assert hidden in stacks(tree)["Svar etter område og status"].said
    inside = document(*sources, edition=Edition.INTERNAL)
    assert "Kvinner og menn, opptalt" in stacks(inside)


def test_earlier_years_stand_before_this_one() -> None:
    now = source(FD, entry(1, status=Status.DONE))
    before = view(source(FD, entry(1), entry(2), year=Year(2025)), Edition.PUBLIC, COMPILED.date())
    earlier = (year_figures(Year(2025), (before,)),)
    asked = call((FD, (1,)))
    tree = annual_report(
        PLAN,
        asked,
        (now,),
        year=YEAR,
        edition=Edition.PUBLIC,
        language="nb",
        compiled=COMPILED,
        years=Years(figures=earlier),
    )
    found = stacks(tree)["Svar etter år og status"]
    assert [(row.label, sum(row.values)) for row in found.rows] == [("2025", 2), ("2026", 1)]
    assert found.said == "2025: I gang 2; 2026: Gjennomført 1"


def test_only_a_day_far_from_last_years_may_have_moved_a_figure() -> None:
    assert moved_day(date(2025, 6, 30), date(2026, 12, 31))
    assert not moved_day(date(2025, 12, 31), date(2026, 12, 28))
    assert not moved_day(date(2025, 12, 31), date(2027, 1, 3))
    assert not moved_day(None, date(2026, 12, 31))


def test_without_an_answer_there_is_no_chapter_of_pictures() -> None:
    assert not stacks(document(asking=call((FD, (1,)))))


def test_a_figure_that_may_have_moved_with_the_day_says_so() -> None:
    def told(day: date, value: int) -> str:
        counted = Indicator(name="deltakere ", value=Decimal(value), measured_on=day)
        before = view(
            source(FD, rich_entry(1, indicators=(counted,)), year=Year(2025)), Edition.PUBLIC, COMPILED.date()
        )
        years = Years(figures=(year_figures(Year(2025), (before,)),))
        tree = annual_report(
            PLAN, call((FD, (1,))), (source(FD, rich_entry(1)),), year=YEAR, edition=Edition.PUBLIC, language="nb",
            compiled=COMPILED, years=years,
        )  # fmt: skip
        return text_of(tree)

    warning = "Talt på en annen tid av året enn for 2025: dagen alene kan ha flyttet tallet."
    moved = told(date(2025, 6, 30), 1200)
    assert "I rapporten for 2025: 1 200 (30.06.2025)" in moved
    assert warning in moved
    assert warning not in told(date(2025, 12, 1), 1200)  # nearly the same day
    assert "I rapporten for 2025: 1 200 (01.12.2025)" in told(date(2025, 12, 1), 1200)
