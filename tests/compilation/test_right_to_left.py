"""Names in Arabic script: joined, in order, and the same letters to whoever copies or hears them, in every form."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compilation.kit import FD, document, entry, pdf, pdf_text, said, source
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.pdf.fonts import faces
from wpsdesk.compilation.right_to_left import pieces, seen
from wpsdesk.compilation.tree import Document
from wpsdesk.report.model import Partner

NAMES = ("توكل كرمان", "سلام عليكم", "لا إله", "شيرين عبادي", "پەیمان عەلی", "مجلس الأمن")


def tree() -> Document:
    partners = tuple(Partner(name=name, may_be_named=True) for name in NAMES)
    text = f"Møte med {NAMES[0]}, 2026 i Oslo. " * 8
    return document(source(FD, entry(1, effort=said(text), partners=partners)))


def test_two_other_readers_find_the_letters_in_the_order_of_writing(tmp_path: Path) -> None:
    data = pdf(tree())
    marks = re.compile("[\u200e\u200f\u202a-\u202e]")  # which pdftotext puts round what runs from right to left
    told = marks.sub("", pdf_text(data, tmp_path))
    other = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    for name in NAMES:
        assert name in told
        assert name in other


def test_a_year_after_a_name_stays_after_it(tmp_path: Path) -> None:
    words = re.findall(r'xMin="([-0-9.]+)" yMin="([-0-9.]+)"[^>]*>([^<]+)<', pdf_text(pdf(tree()), tmp_path, "-bbox"))
    lines: dict[str, list[str]] = {}
    for _left, top, word in sorted(words, key=lambda w: (float(w[1]), float(w[0]))):
        lines.setdefault(top, []).append(word)
    found = next(line for line in lines.values() if {"Møte", "2026"} <= set(line))
    assert found.index("2026") < found.index("Oslo.")
    assert all(not word.isascii() for word in found[found.index("med") + 1 : found.index("2026")] if word != ",")


def test_a_joined_letter_is_drawn_otherwise_than_one_that_stands_alone() -> None:
    font = faces().regular.joining
    alone = {font.joined("ل"), font.joined("ك")}
    assert not alone & set(font.joined("كل"))
    assert font.joined("كل") == font.joined("كل")


@pytest.mark.parametrize(("letters", "order"), [("كل", [1, 0]), ("ك 12", [2, 3, 1, 0])])
def test_figures_run_from_left_to_right(letters: str, order: list[int]) -> None:
    assert seen(letters) == order


@given(st.text(alphabet="aå 1,.)( \u0643\u0644\u064b\u06f4\n", max_size=40))
def test_the_parts_are_the_whole_and_no_letter_is_lost(text: str) -> None:
    parts = list(pieces(text))
    assert "".join(part for part, _ in parts) == text
    for part, is_turned in parts:
        assert is_turned == any("\u0590" <= c <= "\u08ff" for c in part)
        assert sorted(seen(part)) == list(range(len(part)))


def test_the_web_page_and_word_say_which_way_a_name_runs() -> None:
    page, word = io.BytesIO(), io.BytesIO()
    write(tree(), Format.HTML, page)
    write(tree(), Format.DOCX, word)
    assert f'<bdi dir="rtl">{NAMES[0]}</bdi>, 2026' in page.getvalue().decode()
    inside = zipfile.ZipFile(word).read("word/document.xml").decode()
    assert re.search(rf"<w:rtl/></w:rPr><w:t[^>]*>{NAMES[0]}</w:t>", inside)
