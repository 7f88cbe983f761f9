"""The report for the web, for Word, as a spreadsheet and as data: each is read again by somebody else's reader."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from itertools import pairwise

import docx
import jsonschema
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from lxml import html
from PIL import Image, ImageColor

from tests.compilation.kit import AMMAN, FD, PLAN, document, entry, rich_entry, said, source
from tests.compilation.test_annual import everything
from wpsdesk import assets
from wpsdesk.base.errors import Cancelled
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Bullets, Document, Heading, Matrix, Paragraph, Table
from wpsdesk.plan.model import LANGUAGES, LanguageCode


def made(tree: Document, form: Format) -> bytes:
    out = io.BytesIO()
    write(tree, form, out)
    return out.getvalue()


def page(tree: Document) -> html.HtmlElement:
    return html.document_fromstring(made(tree, Format.HTML).decode())


def word(tree: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(made(tree, Format.DOCX)))


def book(tree: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(tree, Format.XLSX)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def texts(tree: Document) -> list[str]:
    """Every text of the tree, as it must stand in what is written."""
    found: list[str] = []
    for block in tree.blocks():
        match block:
            case Heading(words=words) | Paragraph(words=words):
                found.append(words.text)
            case Bullets(items=items):
                found += [words.text for words in items]
            case Table(rows=rows):
                found += [cell.words.text for row in rows for cell in row]
    return [squeezed(text) for text in found if text.strip()]


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_tree_stands_in_the_page_and_in_the_word_document(
    language: LanguageCode, edition: Edition
) -> None:
    tree = everything(language, edition)
    shown = squeezed(page(tree).text_content())
    file = word(tree)
    typed = squeezed(" ".join(node.text or "" for node in file.element.body.iter(qn("w:t"), qn("w:br"))))
    for text in texts(tree):
        assert text in shown
        assert text in typed


@pytest.mark.parametrize("form", Format)
def test_the_same_report_is_the_same_file(form: Format) -> None:
    tree = document(source(AMMAN, rich_entry(5)))
    assert made(tree, form) == made(tree, form)


@pytest.mark.parametrize("form", Format)
def test_whoever_stops_the_writing_gets_no_file(form: Format) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    out = io.BytesIO()
    with pytest.raises(Cancelled):
        write(document(source(AMMAN, rich_entry(5))), form, out, progress=stop)
    assert out.getvalue() == b""


@pytest.mark.parametrize("form", Format)
def test_text_from_outside_is_text_and_nothing_else(form: Format) -> None:
    wild = "=1+1 <script>alert(1)</script> &amp; \x00\x1b\u202e\ue000 ]]> \u0645\u0631\u062d\u0628\u0627"
    tree = document(source(AMMAN, rich_entry(5, effort=said(wild))))
    data = made(tree, form)
    told = "=1+1 <script>alert(1)</script> &amp; \ufffd ]]> \u0645\u0631\u062d\u0628\u0627"
    match form:
        case Format.HTML:
            assert not page(tree).xpath("//script")
            assert told in squeezed(page(tree).text_content())
        case Format.DOCX:
            assert told in [squeezed(p.text) for p in word(tree).paragraphs]
        case Format.XLSX:
            cells = [c for sheet in book(tree) for row in sheet for c in row if c.value is not None]
            assert told in [squeezed(str(c.value)) for c in cells]
            assert all(c.data_type != "f" for c in cells)
        case Format.JSON:
            assert told in squeezed(json.loads(data)["answers"][0]["texts"][0]["text"])
        case Format.PDF:
            assert data.startswith(b"%PDF-")


# -- the page ----------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    found = page(everything("nb", Edition.PUBLIC))
    assert not found.xpath("//script | //link | //iframe | //object | //embed | //form | //img")
    for name in ("src", "href", "srcset", "action", "data"):
        assert all(value.startswith("#") for value in found.xpath(f"//@{name}"))
    style = found.findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_in_the_page_leads_somewhere_and_no_id_stands_twice() -> None:
    found = page(everything("nn", Edition.INTERNAL))
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in found.xpath("//@href")} <= set(ids)


def test_headings_in_the_page_leave_no_step_out() -> None:
    steps = [int(node.tag[1]) for node in page(everything("nb", Edition.PUBLIC)).iter("h1", "h2", "h3", "h4", "h5")]
    assert steps[0] == 1
    assert steps.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(steps))


def test_a_passage_in_another_language_says_so_in_the_page_and_in_word() -> None:
    tree = document(source(AMMAN, entry(5)))
    (english,) = page(tree).xpath("//p[starts-with(., 'Two agreements')]")
    assert english.get("lang") == "en-GB"
    run = next(r for p in word(tree).paragraphs for r in p.runs if r.text.startswith("Two agreements"))
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_tables_in_the_page_have_heads_with_scope_and_the_figure_says_its_figures() -> None:
    tree = everything("nb", Edition.PUBLIC)
    found = page(tree)
    assert all(head.get("scope") in ("col", "row", "colgroup") for head in found.iter("th"))
    charts = found.xpath("//figure")
    assert "I gang: " in charts[0].xpath("./svg/@aria-label")[0]
    assert len(charts) > 4
    for chart in charts:
        assert chart.xpath("./svg/@aria-label")[0].startswith(chart.xpath("./figcaption")[0].text)
        assert chart.xpath(".//details//td")
    matrix = next(b for b in tree.blocks() if isinstance(b, Matrix))
    (table,) = found.xpath("//table[@class='matrix']")
    assert len(table.xpath(".//tbody/tr")) == len(matrix.rows)
    assert all(len(row.xpath("./td")) == len(matrix.heads) for row in table.xpath(".//tbody/tr"))


# -- Word --------------------------------------------------------------------------------------------


def test_the_word_document_has_real_headings_a_language_and_a_contents_field() -> None:
    file = word(everything("nn", Edition.PUBLIC))
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings[1] == "Samandrag"
    default = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "nn-NO"
    codes = [node.text for node in file.element.iter(qn("w:instrText"))]
    assert any("TOC" in code for code in codes)
    foot = file.sections[0].footer._element
    assert [node.text.strip() for node in foot.iter(qn("w:instrText"))] == ["PAGE"]
    assert file.core_properties.author == "Utanriksdepartementet"
    assert file.core_properties.comments == ""


def test_a_picture_in_word_has_its_inks_as_they_are_on_white() -> None:
    file = word(document(source(AMMAN, rich_entry(5))))
    pictures = [Image.open(io.BytesIO(part.blob)).convert("RGB") for part in file.part.package.image_parts]
    assert pictures
    for one in pictures:
        found = [colour for _, colour in sorted(one.getcolors(99) or [], reverse=True)]
        assert found[0] == (255, 255, 255)
        assert ImageColor.getrgb("#292C30") in found


def test_every_table_in_word_repeats_its_head_and_every_picture_says_what_it_shows() -> None:
    file = word(everything("nb", Edition.PUBLIC))
    assert file.tables
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in file.tables)
    assert len(file.inline_shapes) > 4
    assert "I gang: " in file.inline_shapes[0]._inline.docPr.get("descr")


def test_a_page_that_lies_in_word_has_the_heading_of_its_table_and_no_page_stands_empty_before_it() -> None:
    lying = [section for section in word(everything("nb", Edition.PUBLIC)).sections if section.orientation]
    (inside,) = [list(section.iter_inner_content()) for section in lying]
    assert inside[0].style.name == "Heading 2"
    assert any(isinstance(each, WordTable) for each in inside)


def test_no_word_over_figures_in_word_is_wider_than_its_column() -> None:
    for table in word(everything("nb", Edition.PUBLIC)).tables:
        for cell in table.rows[0].cells if len(table.columns) < 10 else ():
            longest = max((len(part) for part in cell.text.split()), default=0)
            assert cell.width.pt > 5 * longest, cell.text


def test_every_link_in_the_word_document_leads_to_a_bookmark() -> None:
    body = word(everything("nb", Edition.PUBLIC)).element.body
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    links = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    assert len(links) > 35
    assert set(links) <= set(marks)


# -- spreadsheet and data ----------------------------------------------------------------------------


def rows(tree: Document, sheet: str) -> list[dict[str, object]]:
    head, *found = book(tree)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_figures_days_and_markers_are_typed_in_the_spreadsheet() -> None:
    tree = document(source(AMMAN, rich_entry(33, "SY")))
    (figure,) = rows(tree, "Indikatorer")
    assert (figure["Verdi"], figure["Kvinner"], figure["Andre"]) == (1480.25, 96, None)
    assert figure["Målt"].date() == date(2026, 11, 30)
    (money,) = rows(tree, "Bistand")
    assert (money["Beløp (NOK)"], money["Likestillingsmarkør"], money["DAC-sektor"]) == (6_000_000, None, "15220")
    assert [row["Samarbeidspartner"] for row in rows(tree, "Samarbeidspartnere")] == ["UN Women", "Andre navngis ikke."]


def test_every_sheet_of_things_is_a_table_and_every_answer_has_a_row() -> None:
    tree = everything("nb", Edition.PUBLIC)
    found = book(tree)
    assert all(len(sheet.tables) == 1 for sheet in found.worksheets[1:])
    assert len(rows(tree, "Svar")) == len(tree.records.answers)
    assert len(rows(tree, "Dekning")) == 7


def test_the_data_keep_to_their_published_schema() -> None:
    schema = json.loads(assets.resource("report", "annual-report.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for edition in Edition:
        for language in LANGUAGES:
            told = json.loads(made(everything(language, edition), Format.JSON))
            check.validate(told)
    assert len(told["commitments"]) == len(PLAN.commitments)
    told["answers"][0]["secret"] = ""
    assert list(check.iter_errors(told))


def test_the_data_keep_every_decimal_and_lead_to_the_heading_in_the_page() -> None:
    tree = document(source(FD, rich_entry(1)))
    (answer,) = json.loads(made(tree, Format.JSON))["answers"]
    assert answer["indicators"][0]["value"] == "1480.25"
    assert answer["money"][0]["marker"] is None
    assert answer["anchor"] in page(tree).xpath("//@id")
