"""The PDF as someone has it who hears it read: veraPDF's judgement, and the structure itself."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from tests.compilation.hearing import Heard, attribute, children, elements, every_string, kids, of_role, walk
from tests.compilation.kit import (
    AMMAN,
    FD,
    JUBA,
    PLAN,
    call,
    document,
    entry,
    evidence,
    opened,
    pdf,
    rich_entry,
    said,
    source,
    unit,
)
from tests.verapdf.judging import A2A, UA1, Verdict, verdicts
from wpsdesk.compilation.pdf.metadata import colour_profile
from wpsdesk.compilation.pdf.structure import Role, heading_roles
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Document
from wpsdesk.report.model import Access, AccessScope, LegalBasis, Partner

HOSTILE = (
    "<b>fet</b> & ]]> <rdf:li> ) ( \\ %PDF- endobj \x00\x01 før\u202eomvendt\u2066 Олександра توكل كرمان "
    "漢字 😀 \ue000 \uf8ff \U000f0000 \ufeff \u3000 (/Alt) EMC /Artifact BDC"
)


# -- the reports -------------------------------------------------------------------------------------


def plain() -> Document:
    return document(source(FD, rich_entry(1), entry(5)), source(AMMAN, rich_entry(33, "SY"), entry(5)))


def long() -> Document:
    """Tables and answers over several pages, a coverage table over two, one cell higher than a page."""
    pieces = tuple(evidence(f"Vedlegg nummer {number}") for number in range(70))
    name = "Et navn som fortsetter " * 8
    tall = tuple(replace(evidence(f"Høy {number}"), title=f"{name}{number}") for number in range(8))
    answer = rich_entry(5, effort=said("Ord og flere ord. " * 900), evidence=(*pieces, *tall))
    silent = ((unit(f"U{number}", f"Enhet nummer {number}"), (5,)) for number in range(60))
    return document(source(FD, answer), edition=Edition.INTERNAL, language="nn", asking=call((FD, (5,)), *silent))


def hostile() -> Document:
    who = unit("HOSTILE", HOSTILE)
    answer = rich_entry(
        5, effort=said(HOSTILE), results=said("Ένα δύο " * 40, "en"), evidence=(evidence(HOSTILE),),
        partners=(Partner(name=HOSTILE, may_be_named=True),),
    )  # fmt: skip
    return document(source(who, answer), language="en", asking=call((who, (5,)), (JUBA, (5,))))


REPORTS = {"plain": plain, "long": long, "hostile": hostile, "nothing": lambda: document(asking=call((FD, (1,))))}


def without_structure(pdf_file: pikepdf.Pdf) -> None:
    del pdf_file.Root.StructTreeRoot


def without_alternate_texts(pdf_file: pikepdf.Pdf) -> None:
    for one in elements(pdf_file):
        if one.S == "/Figure":
            del one.Alt


def without_colour_space(pdf_file: pikepdf.Pdf) -> None:
    del pdf_file.Root.OutputIntents


SPOILT = {
    (UA1, "structure"): without_structure,
    (UA1, "alternate-texts"): without_alternate_texts,
    (A2A, "colour-space"): without_colour_space,
}


def spoilt(data: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with opened(data) as found:
        spoil(found)
        found.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def reports() -> dict[str, bytes]:
    return {name: pdf(make()) for name, make in REPORTS.items()}


@pytest.fixture(scope="module")
def judged(reports: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Verdict]:
    worse = {f"without-{what}": spoilt(reports["plain"], spoil) for (_, what), spoil in SPOILT.items()}
    return verdicts(reports | worse, tmp_path_factory.mktemp("verapdf"))


@pytest.mark.parametrize("standard", [UA1, A2A])
@pytest.mark.parametrize("name", REPORTS)
def test_verapdf_accepts_the_report(judged: dict[tuple[str, str], Verdict], name: str, standard: str) -> None:
    verdict = judged[name, standard]
    assert verdict.follows, "\n".join(verdict.broken)
    assert verdict.checks > 1000


@pytest.mark.parametrize(("standard", "what"), SPOILT)
def test_verapdf_refuses_a_report_without(judged: dict[tuple[str, str], Verdict], what: str, standard: str) -> None:
    assert not judged[f"without-{what}", standard].follows


# -- the structure -----------------------------------------------------------------------------------


@pytest.fixture
def heard(reports: dict[str, bytes]) -> Iterator[Heard]:
    with opened(reports["plain"]) as found:
        yield Heard(found)


@pytest.fixture
def heard_long(reports: dict[str, bytes]) -> Iterator[Heard]:
    with opened(reports["long"]) as found:
        yield Heard(found)


def test_headings_follow_each_other_without_a_step_left_out(heard: Heard) -> None:
    levels = [int(str(one.S)[2:]) for one in of_role(heard, "H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert set(levels) >= {1, 2, 3}


def test_a_heading_is_heard_with_its_number_and_its_status(heard: Heard) -> None:
    commitment = PLAN.commitments[0]
    told = [heard.text(one) for one in of_role(heard, "H2", "H3")]
    assert f"{commitment.number} {commitment.titles.nb}" in told
    assert any(one.startswith("Forsvarsdepartementet ") for one in (heard.text(h) for h in of_role(heard, "H3", "H4")))


def test_every_text_of_the_tree_is_heard_in_its_order(heard: Heard) -> None:
    told = heard.text(heard.pdf.Root.StructTreeRoot.K)
    sought = [PLAN.commitments[n - 1].titles.nb for n in (1, 5, 33)]
    places = [told.rindex(one) for one in sought]
    assert places == sorted(places)
    assert "Ambassaden har støttet fire samlinger for kvinnelige meklere." in told


def test_every_mark_leads_back_to_its_element(heard_long: Heard) -> None:
    root = heard_long.pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    seen: Counter[tuple[int, int]] = Counter()
    for element in elements(heard_long.pdf):
        for page, mark in heard_long.marks(element):
            seen[page, mark] += 1
            assert owners[int(heard_long.pdf.pages[page].StructParents)][mark].objgen == element.objgen
    assert set(seen.values()) == {1}
    assert len(seen) == sum(len(owners[place]) for place in range(len(heard_long.pdf.pages)))


def test_contents_have_a_line_for_each_heading_with_its_own_link(heard: Heard) -> None:
    lines = of_role(heard, "TOCI")
    annotations = []
    for line in lines:
        (reference,) = children(line)
        (link,) = children(reference)
        assert (str(reference.S), str(link.S)) == ("/Reference", "/Link")
        (target,) = (kid for kid in kids(link) if not isinstance(kid, int) and kid.get("/Type") == "/OBJR")
        assert str(target.Obj.Contents) in heard.text(link)
        annotations.append(target.Obj.objgen)
    assert len(lines) == len(set(annotations)) == len(PLAN.commitments) + len(PLAN.areas) + 5
    assert annotations == [note.objgen for page in heard.pdf.pages for note in page.get("/Annots", [])]


def test_commitments_are_contents_within_the_contents(heard: Heard) -> None:
    outer = of_role(heard, "TOC")[0]
    inner = [one for one in children(outer) if str(one.S) == "/TOC"]
    assert [len(children(one)) for one in inner] == [len(PLAN.in_area(area)) for area in PLAN.areas]


def test_a_link_leads_back_to_its_element(heard: Heard) -> None:
    numbers = list(heard.pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in heard.pdf.pages:
        for note in page.get("/Annots", []):
            assert str(owners[int(note.StructParent)].S) == "/Link"
            assert int(note.F) == 4


def test_every_row_of_a_table_is_as_wide_as_its_heads(heard_long: Heard) -> None:
    tables = of_role(heard_long, "Table")
    assert len(tables) > 3
    for table in tables:
        rows = [one for one in walk(table) if str(one.S) == "/TR"]
        widths = {sum(int(attribute(cell, "/ColSpan") or 1) for cell in children(row)) for row in rows}
        assert len(widths) == 1
        parts = [str(part.S) for part in children(table) if str(part.S) != "/Caption"]
        assert parts == ["/THead", "/TBody"]
        assert all(attribute(cell, "/Scope") in ("/Column", "/Row") for cell in walk(table) if str(cell.S) == "/TH")


def test_heads_repeated_on_a_later_page_are_not_heard_again(heard_long: Heard) -> None:
    table = next(one for one in of_role(heard_long, "Table") if "Vedlegg nummer 1" in heard_long.text(one))
    heads = [one for one in walk(table) if str(one.S) == "/TH"]
    pages = {page for one in walk(table) for page, _ in heard_long.marks(one)}
    assert len(pages) > 1
    for head in heads:
        assert {page for page, _ in heard_long.marks(head)} == {min(pages)}
        assert all(heard_long.text(head) in heard_long.decoration(page) for page in pages - {min(pages)})


def test_a_passage_over_two_pages_is_one_element(heard_long: Heard) -> None:
    long_ones = [one for one in of_role(heard_long, "P") if len({page for page, _ in heard_long.marks(one)}) > 1]
    assert any(heard_long.text(one).count("Ord og flere ord.") > 800 for one in long_ones)


def test_words_are_heard_apart_where_a_line_was_broken_and_an_endless_word_whole() -> None:
    told = "".join(f"{number}-ord " for number in range(2000)) + "q" * 400
    with opened(pdf(document(source(FD, entry(5, effort=said(told)))))) as found:
        heard = Heard(found)
        assert told in [heard.text(one) for one in of_role(heard, "P")]


def test_a_passage_in_another_language_says_so_on_its_element(heard: Heard) -> None:
    spoken = {
        heard.text(one): str(one.get("/Lang", "")) for one in of_role(heard, "P") if len(list(heard.marks(one))) == 1
    }
    assert spoken["Two agreements were signed with women present."] == "en-GB"
    assert spoken["Reiser utanfor hovudstaden var avgrensa."] == "nn-NO"
    assert spoken["Ambassaden har støttet fire samlinger for kvinnelige meklere."] == ""


def test_the_chart_is_told_in_figures(heard: Heard) -> None:
    charts = [one for one in of_role(heard, "Figure") if ";" in str(one.Alt)]
    assert "I gang: 4;" in str(charts[0].Alt)
    assert "Overordnet: I gang 1" in str(charts[1].Alt)
    assert all(len(attribute(chart, "/BBox") or ()) == 4 for chart in charts)


def test_every_sign_of_the_coverage_is_told_in_a_word(reports: dict[str, bytes]) -> None:
    with opened(reports["nothing"]) as found:
        told = [str(one.Alt) for one in elements(found) if str(one.S) == "/Figure"]
    assert told[1:] == ["mangler"]


def test_a_list_has_a_label_and_a_body_in_every_item(heard: Heard) -> None:
    items = [item for item in of_role(heard, "LI") if len(children(item)) == 2]
    assert items
    for item in items:
        label, body = children(item)
        assert (str(label.S), heard.text(label), str(body.S)) == ("/Lbl", "–", "/LBody")
        assert heard.text(body)


def test_running_heads_and_page_numbers_are_not_heard(heard: Heard) -> None:
    for place in range(1, len(heard.pdf.pages)):
        assert f"utkast{place + 1}" in heard.decoration(place).replace(" ", "")  # heads of a table may come after
    assert heard.text(heard.pdf.Root.StructTreeRoot.K).count("årsrapport 2026") == 0


def test_pages_are_labelled_with_the_numbers_printed_on_them(heard: Heard) -> None:
    assert [page.label for page in heard.pdf.pages] == [str(n) for n in range(1, len(heard.pdf.pages) + 1)]


def test_nothing_is_drawn_outside_a_mark(heard_long: Heard) -> None:
    for page in heard_long.pdf.pages:
        depth = 0
        for command in pikepdf.parse_content_stream(page):
            name = str(command.operator)
            depth += {"BDC": 1, "EMC": -1}.get(name, 0)
            assert depth in (0, 1)
            assert depth or name not in ("Tj", "TJ", "f", "f*", "S", "s", "B", "Do")
        assert depth == 0


def test_the_colour_profile_holds_no_time_of_its_making() -> None:
    assert colour_profile()[24:36] == bytes.fromhex("07d000010001") + bytes(6)


def test_heading_roles_close_the_gap_between_a_chapter_and_its_commitments() -> None:
    roles = heading_roles(plain())
    assert Role.H1 in roles.values()
    levels = [int(role[1:]) for role in roles.values()]
    assert all(below <= above + 1 for above, below in pairwise(levels))


# -- nothing restricted ------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", Edition)
def test_what_is_restricted_is_in_no_string_and_in_nothing_heard(edition: Edition) -> None:
    secret = "Hemmelighet"
    whole = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason=f"{secret} grunn")
    part = replace(evidence(f"{secret} vedlegg"), access=whole)
    answer = rich_entry(
        5, effort=said(f"{secret} innsats"), access=whole, evidence=(part,), partners=(Partner(name=f"{secret} AS"),)
    )
    with opened(pdf(document(source(FD, answer), edition=edition))) as found:
        told = Heard(found)
        everything = [*every_string(found), told.text(found.Root.StructTreeRoot.K)]
        everything += [told.decoration(place) for place in range(len(found.pages))]
    assert any(secret in one for one in everything) == (edition is Edition.INTERNAL)
