"""The PDF as other programs see it."""

from __future__ import annotations

import gc
import io
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from tests.compilation.kit import (
    AMMAN,
    COMPILED,
    FD,
    JUBA,
    PLAN,
    call,
    document,
    entry,
    evidence,
    opened,
    pdf,
    pdf_text,
    rich_entry,
    said,
    source,
    unit,
)
from wpsdesk.base.errors import Cancelled
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.compilation.pdf.cells import table
from wpsdesk.compilation.pdf.fonts import faces
from wpsdesk.compilation.pdf.structure import Element, Role
from wpsdesk.compilation.pdf.styles import PAGE_WIDTH, styles
from wpsdesk.compilation.pdf.tables import Grid, grid
from wpsdesk.compilation.pdf.text import Text, runs
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Bullets, Cell, Chapter, Column, Heading, Table, Words
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import Indicator, Money, Partner


@pytest.fixture(scope="module")
def public() -> bytes:
    return pdf(document(source(FD, rich_entry(1), entry(5)), source(AMMAN, rich_entry(33, "SY"), entry(5))))


def fonts_in(data: bytes) -> list[str]:
    with opened(data) as found:
        fonts = [font for page in found.pages for font in page.Resources.get("/Font", {}).values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        return sorted({str(font.BaseFont).split("+")[1] for font in fonts})


def test_every_font_is_embedded(public: bytes) -> None:
    assert fonts_in(public) == ["NotoSans-Regular", "NotoSans-SemiBold"]


def test_the_outline_holds_chapters_and_below_them_commitments(public: bytes) -> None:
    with opened(public) as found, found.open_outline() as outline:
        chapters = {item.title: [child.title for child in item.children] for item in outline.root}
    for area in PLAN.areas:
        assert chapters[area.names.nb] == [f"{c.number} {c.titles.nb}" for c in PLAN.in_area(area)]
    assert list(chapters)[:3] == ["Innhold", "Slik er rapporten laget", "Sammendrag"]
    assert list(chapters)[-2:] == ["Liste over dokumentasjon", "Liste over rapportpakker"]


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_document_says_its_language_its_title_and_who_made_it(language: LanguageCode, tag: str) -> None:
    tree = document(source(FD, entry(1)), language=language)
    with opened(pdf(tree)) as found:
        assert str(found.Root.Lang) == tag
        assert found.Root.ViewerPreferences.DisplayDocTitle
        assert str(found.docinfo.Title) == tree.title
        assert str(found.docinfo.Author) == tree.publisher
        assert str(found.docinfo.CreationDate) == "D:20270601100000Z"


def test_every_line_of_the_contents_leads_to_its_heading(public: bytes, tmp_path: Path) -> None:
    with opened(public) as found:
        contents = found.pages[1]
        links = [note for note in contents.Annots if note.Subtype == pikepdf.Name.Link]
        assert len(links) == len(PLAN.commitments) + len(PLAN.areas) + 5
        numbers = {page.objgen: place for place, page in enumerate(found.pages, start=1)}
        pages = {str(link.Contents): numbers[link.Dest[0].objgen] for link in links}
    words = pdf_text(public, tmp_path, "-layout").split("\f")
    assert len(pages) == len(links)
    for title, page in pages.items():
        assert title in " ".join(words[page - 1].split())
        assert f"{title} {page}" in " ".join(words[1].split())


def test_every_page_but_the_first_carries_its_number(public: bytes, tmp_path: Path) -> None:
    words = pdf_text(public, tmp_path).rstrip("\f").split("\f")
    assert all(text.split()[-1] == str(number) for number, text in enumerate(words[1:], start=2))


def test_the_text_can_be_read_out_with_names_figures_and_checksums(public: bytes, tmp_path: Path) -> None:
    text = " ".join(pdf_text(public, tmp_path).split())
    assert "Kvinner, fred og sikkerhet Årsrapport 2026" in text
    assert "Ambassaden har støttet fire samlinger for kvinnelige meklere." in text
    assert "1 480,25" in text
    assert "6 000 000" in text
    assert f"SHA-256 {evidence('Referat fra samlingen i Irbid').digest[:12]}" in text
    assert PLAN.commitments[22].appendix in text


def test_the_internal_edition_says_so_on_every_page(tmp_path: Path) -> None:
    data = pdf(document(source(FD, rich_entry(1)), edition=Edition.INTERNAL))
    pages = pdf_text(data, tmp_path).rstrip("\f").split("\f")
    assert len(pages) > 5
    assert all("INTERN" in page.split() for page in pages)


def test_the_public_edition_says_it_nowhere(public: bytes, tmp_path: Path) -> None:
    assert "INTERN" not in pdf_text(public, tmp_path)


def test_the_same_document_gives_the_same_bytes_and_another_time_does_not() -> None:
    def made(hours: int) -> bytes:
        return pdf(document(source(FD, rich_entry(1)), compiled=COMPILED + timedelta(hours=hours)))

    assert made(0) == made(0)
    assert made(0) != made(1)


def test_nothing_is_written_when_the_person_stops_it() -> None:
    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise Cancelled

    out = io.BytesIO()
    with pytest.raises(Cancelled):
        write_pdf(document(source(FD, entry(1))), out, progress=stop)
    assert out.getvalue() == b""


def test_progress_runs_up_to_the_whole() -> None:
    seen: list[tuple[int, int]] = []
    write_pdf(document(source(FD, rich_entry(1))), io.BytesIO(), progress=lambda *pair: seen.append(pair))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {seen[-1][1]}
    assert seen[-1][0] == seen[-1][1]


def test_what_has_been_drawn_is_let_go_however_long_the_report_is() -> None:
    alive: list[int] = []

    def count(done: int, total: int) -> None:
        if done in (total // 3, total - 1):
            alive.append(sum(isinstance(one, Text) for one in gc.get_objects()))

    tree = document(*(source(who, *(entry(n) for n in range(1, 36))) for who in (FD, AMMAN, JUBA)))
    write_pdf(tree, io.BytesIO(), progress=count)
    early, late = alive
    assert sum(1 for _ in tree.blocks()) > 800
    assert late < early + 100


HOSTILE = {
    "markup": "<b>fet</b> & <font color='red'>rød</font> <para> &amp; &#0; </para> <a href='http://x'>",
    "control": "før\x00\x01\x1b\x7fetter\u202eomvendt\u2066skjult\ufeff",
    "one word": "u" * 5000,
    "cyrillic": "Олександра Матвійчук",
    "arabic": "توكل كرمان",
    "mixed": "Møte med توكل كرمان og Олександра i Київ",
    "unknown signs": "漢字 😀 \U000f0000 \ud7ff",
    "spaces": " \t \u2028 \u2029 \u00a0 \u3000 ",
    "template": "{name} %s {0} {{}} $HOME",
    "long": "Lang tekst med mange ord. " * 800,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_in_every_place_becomes_a_report(text: str) -> None:
    line = text[:500]
    who = unit("HOSTILE", line[:200] or "x")
    answer = entry(
        5,
        effort=said(text),
        results=said(text, "en"),
        nothing_reason=said(text),
        indicators=(Indicator(name=line, measure=line, unit=line, source=text[:3000], women=1, unknown=10**17),),
        partners=(Partner(name=line, may_be_named=True),),
        money=(Money(agreement=line, amount_nok=10**17, dac_sector=line),),
        evidence=(evidence(line),),
    )
    data = pdf(document(source(who, answer), asking=call((who, (5,)), (unit("SILENT", line[:200]), (5,)))))
    with opened(data) as found:
        assert len(found.pages) > 8


def boxes(data: bytes, folder: Path) -> list[tuple[float, float]]:
    """Left and right edge of every word, in points."""
    found = re.findall(r'<word xMin="([-0-9.]+)" yMin="[^"]*" xMax="([-0-9.]+)"', pdf_text(data, folder, "-bbox"))
    return [(float(left), float(right)) for left, right in found]


def test_figures_of_any_length_stay_on_the_page(tmp_path: Path) -> None:
    figure = Indicator(
        name="i" * 200, unit="w" * 60, value=Decimal("123456789012345.123456"), baseline=Decimal("9" * 15),
        women=10**15, men=10**15, other=10**15, unknown=10**15,
    )  # fmt: skip
    money = Money(agreement="A" * 90, amount_nok=10**15, disbursed_nok=10**15, dac_sector="1" * 40)
    name = "Ambassaden med et navn som fortsetter og fortsetter " * 4
    who = unit("LONG", name, covers=("SY",))
    found = boxes(pdf(document(source(who, rich_entry(5, "SY", indicators=(figure,), money=(money,))))), tmp_path)
    assert len(found) > 500
    assert min(left for left, _ in found) >= 20 * mm
    assert max(right for _, right in found) <= PAGE_WIDTH - 20 * mm


def test_markup_is_shown_as_the_letters_it_is(tmp_path: Path) -> None:
    text = "Se <b>fet</b> & <br/> &lt;"
    found = pdf_text(pdf(document(source(FD, entry(1, effort=said(text))))), tmp_path)
    assert text in found


def test_an_endless_word_is_broken_and_no_letter_is_lost(tmp_path: Path) -> None:
    found = pdf_text(pdf(document(source(FD, entry(1, effort=said("q" * 5000))))), tmp_path)
    assert found.count("q") == 5000
    assert max(len(line) for line in found.splitlines()) < 120


def test_cyrillic_and_arabic_names_are_drawn_with_a_font_that_has_them(tmp_path: Path) -> None:
    names = (Partner(name="Олександра Матвійчук", may_be_named=True), Partner(name="توكل", may_be_named=True))
    data = pdf(document(source(FD, entry(1, partners=names))))
    assert "Олександра Матвійчук" in pdf_text(data, tmp_path)
    assert "NotoSansArabic-Regular" in fonts_in(data)


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of a report whose answers are of every length."""
    everything = tuple(range(1, 36))
    answers = (rich_entry(n, effort=said("Ord " * (40 + 23 * n))) for n in everything)
    data = pdf(document(source(FD, *answers), asking=call((FD, everything), (JUBA, everything))))
    return pdf_text(data, tmp_path_factory.mktemp("uneven")).rstrip("\f").split("\f")


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(uneven: list[str]) -> None:
    leading = {
        "Innsats",
        "Resultater (på engelsk)",
        "Utfordringer (på nynorsk)",
        "Forsvarsdepartementet",
        "Indikatorer",
    }
    leading |= {"Bistand", "Dokumentasjon", "Lærdommer og plan for neste år", *(c.titles.nb for c in PLAN.commitments)}
    for page in uneven[5:-4]:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert not leading & set(lines[-3:-2]), lines[-4:]


def test_a_source_never_stands_alone_at_the_head_of_a_page(uneven: list[str]) -> None:
    for page in uneven[5:]:
        first = [line.strip() for line in page.splitlines() if line.strip()][2]  # below title and mark
        assert not first.startswith(("Kilde: ", "Ikke rapportert: "))


def test_the_last_row_of_a_table_never_stands_alone_on_a_page() -> None:
    rows = [[Text.of(f"Rad {n}", styles().cells.cell)] for n in range(12)]
    _, whole = grid(rows, [100], []).wrap(100, 1000)
    for height in range(60, int(whole)):
        table = grid(rows, [100], [])
        table.wrap(100, height)
        above, below = table.split(100, height)
        assert above._nrows + below._nrows == len(rows) + table.repeatRows
        assert below._nrows - table.repeatRows > 1


def test_a_short_table_is_never_parted_wherever_on_the_page_it_comes(tmp_path: Path) -> None:
    def chapter(lines: int) -> Chapter:
        above = Bullets(items=tuple(Words(text="Linje", language="nb") for _ in range(lines)))
        rows = tuple((Cell(words=Words(text=f"Rad {n}", language="nb")),) for n in range(6))
        table = Table(caption="Tall", columns=(Column(head="Hode"),), rows=rows)
        heading = Heading(level=1, words=Words(text="Kapittel", language="nb"), anchor=f"c{lines}")
        return Chapter(blocks=(heading, above, table))

    chapters = tuple(chapter(lines) for lines in range(20, 44))
    made = replace(document(asking=call((FD, (1,)))), chapters=chapters, records=None, is_compact=True)
    pages = pdf_text(pdf(made), tmp_path).rstrip("\f").split("\f")
    assert len(pages) > len(chapters)
    assert sum(page.count("Hode") for page in pages) == len(chapters)


def test_what_needs_more_than_a_page_leaves_none_empty(tmp_path: Path) -> None:
    tall = tuple(replace(evidence(f"Høy {n}"), title="Et navn som fortsetter " * 60 + str(n)) for n in range(8))
    pages = pdf_text(pdf(document(source(FD, entry(1, evidence=tall)))), tmp_path).rstrip("\f").split("\f")
    assert min(len(page.split()) for page in pages) > 15


def test_a_long_table_repeats_its_heads(tmp_path: Path) -> None:
    pieces = tuple(evidence(f"Vedlegg nummer {n}") for n in range(120))
    pages = pdf_text(pdf(document(source(FD, entry(1, evidence=pieces)))), tmp_path).split("\f")
    listed = [page for page in pages if "Vedlegg nummer" in page and "SHA-256, 12" in page]
    assert len(listed) >= 3


def test_a_row_of_a_table_is_parted_only_where_no_page_is_high_enough_for_it() -> None:
    def rows(words: int) -> Grid:
        small = tuple(Words(text="ord " * words, language="nb") for _ in range(3))
        cells = tuple((Cell(words=Words(text="Ord", language="nb"), small=small),) for _ in range(3))
        made = table(Table(caption="", columns=(Column(head="Tekst"),), rows=cells), Element(role=Role.TABLE))
        made.wrap(300, 1000)
        return made

    found = rows(20)
    head_and_row = found.height_of_first_rows(1)
    first, rest = found.split(300, head_and_row * 1.5)
    rest.wrap(300, 1000)
    assert (first.is_continued, rest.is_continued) == (False, True)
    assert rest.split(300, head_and_row * 0.8) == [], "it is whole on the next page"
    assert len(rows(900).split(300, 600)) == 2


def test_the_coverage_of_many_units_is_split_with_its_heads(tmp_path: Path) -> None:
    asking = call(*((unit(f"U{n}", f"Enhet nummer {n}"), (5,)) for n in range(120)))
    pages = pdf_text(pdf(document(asking=asking)), tmp_path).split("\f")
    assert sum("Humanitær" in page and "Enhet nummer" in page for page in pages) >= 2
    assert all(any(f"Enhet nummer {n}\n" in page for page in pages) for n in range(120))


@given(st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_any_text_can_be_set_and_split(text: str) -> None:
    paragraph = Text.of(text, styles().cells.cell, label=text[:20])
    width, height = paragraph.wrap(120, 0)
    assert width == 120
    parts = paragraph.split(120, height / 2)
    assert len(parts) <= 2


@given(st.text(max_size=400))
def test_every_character_is_drawn_by_a_font_that_has_it(text: str) -> None:
    face = faces().regular
    for font, characters in runs(text, face):
        drawn = {face.main: face.drawn, face.arabic: face.joining.face.charToGlyph, "": {ord("\n")}}[font]
        assert all(ord(character) in drawn for character in characters)


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"]), max_size=200))
def test_latin_letters_are_never_changed(text: str) -> None:
    assert "".join(characters for _, characters in runs(text, faces().regular)) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_in_each_language_has_the_same_pages_of_evidence(language: LanguageCode, tmp_path: Path) -> None:
    data = pdf(document(source(AMMAN, rich_entry(5)), asking=call((AMMAN, (5,)), (JUBA, (5,))), language=language))
    text = pdf_text(data, tmp_path)
    assert text.count(evidence("Referat fra samlingen i Irbid").digest[:12]) == 2
