"""The report by country and by ministry: every answer once, nobody's silence lost, nothing told that must not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.compilation.kit import AMMAN, COMPILED, FD, JUBA, PLAN, YEAR, call, entry, said, source, unit
from tests.compilation.kit import text_of as words_of
from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.sources import Edition, Order, Source
from wpsdesk.compilation.tree import Document, Heading, Table
from wpsdesk.plan.model import LANGUAGES, LanguageCode, UnitKind
from wpsdesk.report.model import Access, AccessScope, LegalBasis

AGENCY = replace(unit("POLITIET", "Politidirektoratet", UnitKind.AGENCY), parent=UnitCode("JD"))
HIDDEN = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20)


def report(*sources: Source, order: Order, language: LanguageCode = "nb") -> Document:
    asking = call((FD, (1, 5)), (AMMAN, (5, 33)), (JUBA, (5,)), (AGENCY, (5,)))
    return annual_report(
        PLAN, asking, sources, year=YEAR, edition=Edition.PUBLIC, language=language, compiled=COMPILED, order=order
    )


def sources() -> tuple[Source, ...]:
    return (
        source(FD, entry(1), entry(5)),
        source(AMMAN, entry(5, "SY"), entry(5, "JO"), entry(33, "SY")),
        source(AGENCY, entry(5)),
    )


def chapters(tree: Document) -> list[tuple[str, list[str]]]:
    """Every chapter with the commitments and the answers under it."""
    found: list[tuple[str, list[str]]] = []
    for block in tree.blocks():
        if isinstance(block, Heading) and block.level == 1:
            found.append((block.words.text, []))
        elif isinstance(block, Heading) and block.level > 2:
            found[-1][1].append(block.number or block.words.text)
    return found


def test_by_country_each_country_has_its_chapter_and_what_has_none_stands_last() -> None:
    found = chapters(report(*sources(), order=Order.COUNTRY))[3:-4]
    assert found == [
        ("Jordan", ["5", "Ambassaden i Amman – Jordan"]),
        ("Syria", ["5", "Ambassaden i Amman – Syria", "33", "Ambassaden i Amman – Syria"]),
        (
            "Ikke landspesifikt, eller landet er ikke oppgitt",
            ["1", "Forsvarsdepartementet", "5", "Forsvarsdepartementet", "Politidirektoratet"],
        ),
    ]


def test_by_ministry_missions_stand_under_ud_and_an_agency_under_its_own() -> None:
    found = dict(chapters(report(*sources(), order=Order.MINISTRY)))
    assert "Ambassaden i Amman – Syria" in found["Utenriksdepartementet"]
    assert found["Forsvarsdepartementet"] == ["1", "Forsvarsdepartementet", "5", "Forsvarsdepartementet"]
    assert found["Justis- og beredskapsdepartementet"] == ["5", "Politidirektoratet"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order", Order)
def test_every_order_tells_the_same_answers_once_and_every_anchor_is_its_own(
    order: Order, language: LanguageCode
) -> None:
    tree = report(*sources(), order=order, language=language)
    headings = [block for block in tree.blocks() if isinstance(block, Heading)]
    anchors = [heading.anchor for heading in headings]
    assert len(anchors) == len(set(anchors))
    answers = sorted(heading.anchor for heading in headings if heading.level == 4)
    assert answers == sorted(record.anchor for record in tree.records.answers)
    assert all(c.appendix in words_of(tree) for c in PLAN.commitments)


@pytest.mark.parametrize("order", [Order.COUNTRY, Order.MINISTRY])
def test_whoever_has_not_answered_is_named_in_a_chapter_of_its_own(order: Order) -> None:
    tree = report(*sources(), order=order)
    (table,) = [block for block in tree.blocks() if isinstance(block, Table) and block.caption == "Ikke rapportert"]
    assert [[cell.words.text for cell in row] for row in table.rows] == [
        ["5 Flere kvinner i fredsprosesser", "Ambassaden i Juba"]
    ]


def test_a_withheld_answer_does_not_tell_its_country_by_the_chapter_it_stands_in() -> None:
    hidden = source(AMMAN, entry(5, "SY", access=HIDDEN, effort=said("MARKER")))
    tree = report(hidden, order=Order.COUNTRY)
    assert "Syria" not in [name for name, _ in chapters(tree)]
    assert "MARKER" not in words_of(tree)
