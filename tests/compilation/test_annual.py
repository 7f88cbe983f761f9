"""What the report says, looked up in the document tree."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from i18n import update
from tests.compilation.kit import (
    AMMAN,
    FD,
    JUBA,
    PLAN,
    call,
    document,
    entry,
    evidence,
    rich_entry,
    said,
    source,
    text_of,
)
from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import STATUS
from wpsdesk.compilation.tree import Bullets, Cell, Chart, Document, Heading, Paragraph, Table, Tone
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import Access, AccessScope, GenderMarker, Indicator, LegalBasis, Money, Status


def everything(language: LanguageCode, edition: Edition) -> Document:
    """A report in which as many sentences as possible are used."""
    part = Access(scope=AccessScope.PART, basis=LegalBasis.P20, public=(("effort", said("Åpent.")),))
    whole = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P24_3)
    sources = (
        source(FD, rich_entry(1), entry(5, access=part), entry(6, access=whole)),
        source(AMMAN, entry(33, "SY", evidence=(evidence("x", whole),)), entry(34, status=Status.NOTHING_TO_REPORT)),
    )
    asking = call((FD, (1, 5, 6, 7)), (JUBA, (5,)))
    return document(*sources, language=language, edition=edition, asking=asking)


def headings(tree: Document, level: int) -> list[str]:
    return [b.words.text for b in tree.blocks() if isinstance(b, Heading) and b.level == level]


def tables(tree: Document, caption: str) -> list[Table]:
    return [b for b in tree.blocks() if isinstance(b, Table) and b.caption == caption]


def test_every_commitment_stands_once_with_number_wording_and_ministries() -> None:
    tree = document(source(FD, entry(1)))
    found = [b for b in tree.blocks() if isinstance(b, Heading) and b.level == 3]
    assert [b.number for b in found] == [str(c.number) for c in PLAN.commitments]
    assert [b.words.text for b in found] == [c.titles.nb for c in PLAN.commitments]
    wordings = [b for b in tree.blocks() if isinstance(b, Paragraph) and b.tone is Tone.PLAN]
    assert [b.words.text for b in wordings] == [c.appendix for c in PLAN.commitments]
    assert all("vedlegg" in b.label for b in wordings)
    assert "Klima- og miljødepartementet og Utenriksdepartementet" in text_of(tree)  # 23: the lead stands first


def test_a_chapter_an_area_and_the_sections_inside() -> None:
    tree = document(source(FD, entry(1)))
    chapters = headings(tree, 1)
    assert chapters == [
        "Slik er rapporten laget",
        "Sammendrag",
        "Året i figurer",
        *(area.names.nb for area in PLAN.areas),
        "Liste over dokumentasjon",
        "Liste over rapportpakker",
    ]
    assert [name for name in headings(tree, 2) if name in {s.names.nb for s in PLAN.sections}] == [
        section.names.nb for section in PLAN.sections
    ]


def test_an_answer_is_headed_by_unit_and_country_with_its_status_beside_it() -> None:
    tree = document(source(AMMAN, entry(33, "SY"), entry(33, "JO"), entry(33)))
    found = [b for b in tree.blocks() if isinstance(b, Heading) and b.level == 4]
    assert [b.words.text for b in found] == [
        "Ambassaden i Amman",
        "Ambassaden i Amman – Jordan",
        "Ambassaden i Amman – Syria",
    ]
    assert {b.aside for b in found} == {"I gang"}


def test_texts_keep_their_own_language_and_say_so_where_it_is_another() -> None:
    tree = document(source(AMMAN, entry(5)))
    labels = {b.label: b.words.text for b in tree.blocks() if isinstance(b, Paragraph) and b.tone is Tone.LABEL}
    assert labels["Innsats"] == ""
    assert labels["Resultater"] == " (på engelsk)"
    assert labels["Utfordringer"] == " (på nynorsk)"
    english = next(b for b in tree.blocks() if isinstance(b, Paragraph) and b.words.text.startswith("Two agreements"))
    assert english.words.language == "en"


def test_an_unchanged_text_says_since_when() -> None:
    tree = document(source(AMMAN, entry(5, unchanged_since=(("effort", 2025),))))
    assert " (uendret siden 2025)" in text_of(tree)


def test_an_indicator_keeps_every_decimal_its_date_and_its_source() -> None:
    tree = document(source(AMMAN, rich_entry(5)))
    (table,) = tables(tree, "Indikatorer")
    assert [column.head for column in table.columns] == ["Indikator", "Verdi", "Kvinner", "Menn", "Utgangspunkt"]
    name, value, women, men, baseline = table.rows[0]
    assert value.words.text.replace("\u00a0", " ") == "1 480,25"
    assert (women.words.text, men.words.text, baseline.words.text) == ("96", "50", "104 (2025)")
    small = [words.text for words in name.small]
    assert small == ["personer på deltakerlisten", "Målt 30. november 2026", "Kilde: Arrangørens lister"]


def test_a_figure_is_never_rounded() -> None:
    figure = Indicator(name="Andel", value=Decimal("123456789012345.123456"))
    (table,) = tables(document(source(AMMAN, entry(5, indicators=(figure,)))), "Indikatorer")
    assert table.rows[0][1].words.text.replace("\u00a0", " ") == "123 456 789 012 345,123456"


@pytest.mark.parametrize(
    ("marker", "words"),
    [
        (GenderMarker.NOT_SCREENED, "ikke vurdert"),
        (GenderMarker.NOT_TARGETED, "0, ikke mål"),
        (GenderMarker.PRINCIPAL, "2, hovedmål"),
    ],
)
def test_a_gender_marker_that_is_blank_is_not_zero(marker: GenderMarker, words: str) -> None:
    tree = document(source(AMMAN, entry(5, money=(Money(amount_nok=5, gender_marker=marker),))))
    (table,) = tables(tree, "Bistand")
    assert words in [cell.words.text for cell in table.rows[0]]


def test_every_answer_ends_with_where_it_comes_from() -> None:
    one = source(AMMAN, entry(5))
    (line,) = [b for b in document(one).blocks() if isinstance(b, Paragraph) and b.tone is Tone.SOURCE]
    text = line.words.text.replace("\u00a0", " ")
    assert text == (
        f"Kilde: Ambassaden i Amman, rapportpakke nr. 2, 9c1e4f7a, SHA-256 {one.digest[:12]}, "
        "signert av AMMAN signing, 20. februar 2027"
    )


def test_every_piece_of_evidence_stands_at_its_answer_and_in_the_list_with_its_checksum() -> None:
    pieces = [evidence(f"Vedlegg {n}") for n in range(7)]
    tree = document(source(AMMAN, entry(5, evidence=tuple(pieces[:4])), entry(6, evidence=tuple(pieces[4:]))))
    (table,) = tables(tree, "Liste over dokumentasjon")
    assert [row[1].words.text for row in table.rows] == [piece.title for piece in pieces]
    assert [row[-1].words.text for row in table.rows] == [piece.digest[:12] for piece in pieces]
    lines = [w.text for b in tree.blocks() if isinstance(b, Bullets) for w in b.items]
    assert all(any(p.title in line and p.digest[:12] in line for line in lines) for p in pieces)


def test_every_bundle_stands_in_the_list_with_its_whole_checksum() -> None:
    sources = (source(FD, entry(1)), source(AMMAN, entry(5)))
    (table,) = tables(document(*sources), "Liste over rapportpakker")
    found = [cell for row in table.rows for cell in row if isinstance(cell, Cell) and cell.is_code]
    assert [cell.small[0].text for cell in found] == [one.digest for one in sources]
    assert [cell.words.text for cell in found] == [one.bundle for one in sources]


def test_units_that_have_not_answered_are_named_and_nothing_to_report_is_an_answer() -> None:
    nothing = entry(5, status=Status.NOTHING_TO_REPORT, effort=said(""), nothing_reason=said("Ingen prosess i landet."))
    tree = document(source(AMMAN, nothing), asking=call((AMMAN, (5,)), (JUBA, (5,)), (FD, (5,))))
    silent = [b for b in tree.blocks() if isinstance(b, Paragraph) and b.tone is Tone.SILENT]
    assert [(b.label, b.words.text) for b in silent] == [
        ("Ikke rapportert:", "Forsvarsdepartementet og Ambassaden i Juba.")
    ]
    heading = next(b for b in tree.blocks() if isinstance(b, Heading) and b.level == 4)
    assert heading.aside == catalogue("nb", "document")(STATUS[Status.NOTHING_TO_REPORT])
    assert "Ingen prosess i landet." in text_of(tree)


def test_a_commitment_that_nobody_was_asked_about_says_so() -> None:
    tree = document(source(FD, entry(1)))
    assert text_of(tree).count("Ingen enheter er bedt om å rapportere på dette tiltaket.") == 34


def test_the_summary_counts_what_the_chapters_hold() -> None:
    tree = everything("nb", Edition.PUBLIC)
    lead = next(b for b in tree.blocks() if isinstance(b, Paragraph) and b.tone is Tone.LEAD)
    assert lead.words.text == (
        "2 enheter har gitt 5 svar på 5 av de 35 tiltakene. I 1 av dem er det intet å rapportere. 2 svar mangler."
    )
    chart = next(b for b in tree.blocks() if isinstance(b, Chart))
    assert sum(bar.value for bar in chart.bars) == 5 == len(headings(tree, 4))
    (areas,) = tables(tree, "Svar etter område")
    totals = [sum(int(row[column].words.text) for row in areas.rows) for column in (1, 2, 3, 4)]
    assert totals == [35, 5, 1, 2]


def test_a_report_without_any_source_is_still_a_report() -> None:
    text = text_of(document(asking=call((FD, (1,)))))
    assert "Det er ikke kommet noen rapport." in text
    assert "Det er ikke kommet rapport fra Forsvarsdepartementet." in text


def test_anchors_are_unique() -> None:
    sources = source(AMMAN, entry(33, "SY"), entry(33, "JO"), entry(33)), source(AMMAN, entry(33))
    anchors = [b.anchor for b in document(*sources).blocks() if isinstance(b, Heading)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_sentence_of_ours_is_left_in_english(language: LanguageCode, edition: Edition) -> None:
    ours = {
        piece
        for message in update.extracted("document")
        if message.id
        for one in (message.id if isinstance(message.id, tuple) else (message.id,))
        for piece in [re.sub(r"\{\w+\}", " ", one).strip()]
        if len(piece.split()) > 2
    }
    text = text_of(everything(language, edition))
    assert len(ours) > 40
    assert not [piece for piece in ours if piece in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_speaks_the_language_asked_for(language: LanguageCode) -> None:
    tree = everything(language, Edition.INTERNAL)
    assert (
        tree.title
        == {
            "nb": "Kvinner, fred og sikkerhet – årsrapport 2026",
            "nn": "Kvinner, fred og tryggleik – årsrapport 2026",
            "en": "Women, peace and security – annual report 2026",
        }[language]
    )
    assert tree.page_mark == {"nb": "INTERN · UTKAST", "nn": "INTERN · UTKAST", "en": "INTERNAL · DRAFT"}[language]
    assert headings(tree, 3) == [c.titles[language] for c in PLAN.commitments]


def test_a_text_is_split_into_paragraphs_and_lists_and_loses_no_line() -> None:
    blocks = list(passage_blocks(said("Først.\n\nSå:\n- en\n–  to\n• tre\n\n-5 grader\nSist.")))
    assert [b.words.text if isinstance(b, Paragraph) else [i.text for i in b.items] for b in blocks] == [
        "Først.", "Så:", ["en", "to", "tre"], "-5 grader", "Sist.",
    ]  # fmt: skip
