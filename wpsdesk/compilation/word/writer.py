"""From the document tree to a Word document, block by block."""

from __future__ import annotations

import io
import zipfile
from itertools import count

from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.tree import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Matrix,
    Paragraph,
    Table,
    TitlePage,
    heading_steps,
)
from wpsdesk.compilation.word.looks import ASIDE, CONTENTS, LABEL, NUMBER, prepared, tone_style
from wpsdesk.compilation.word.parts import add, begin_field, bookmark, end_field, link
from wpsdesk.compilation.word.tables import write_chart, write_matrix, write_table
from wpsdesk.plan.model import LanguageCode


def whole(document: Document, progress: Progress) -> bytes:
    """The whole file."""
    word = prepared(document)
    writer = _Writer(word, document)
    if not document.is_compact:
        _cover(word, document.title_page)
        _contents(word, document)
    for number, chapter in enumerate(document.chapters):
        progress(number, len(document.chapters))
        for block in chapter.blocks:
            writer.write(block)
    out = io.BytesIO()
    word.save(out)
    progress(len(document.chapters), len(document.chapters))
    return _without_clock(out)


def _without_clock(made: io.BytesIO) -> bytes:
    """The same parts with the earliest time that a ZIP knows, so that the same report is the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/thumbnail.jpeg":
                new.writestr(zipfile.ZipInfo(name), _without_thumbnail(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_thumbnail(name: str, data: bytes) -> bytes:
    """The library's empty document brings a picture of itself along."""
    if name != "_rels/.rels":
        return data
    from lxml import etree

    tree = etree.fromstring(data)
    for one in [one for one in tree if one.get("Target") == "docProps/thumbnail.jpeg"]:
        tree.remove(one)
    found: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _cover(word: WordDocument, page: TitlePage) -> None:
    add(word.add_paragraph(), page.publisher, style=LABEL)
    title = word.add_paragraph(style="Title")
    title.paragraph_format.space_before = Mm(60)
    add(title, page.title)
    add(word.add_paragraph(style="Subtitle"), page.subtitle)
    for line in (page.plan, page.compiled, page.edition, page.edition_note):
        if line:
            add(word.add_paragraph(), line)


def _contents(word: WordDocument, document: Document) -> None:
    """The contents as a field that holds its lines already; Word sets the page numbers when it counts it again."""
    title = word.add_paragraph()  # not a heading: it would stand in the contents itself
    add(title, document.contents_title, style=LABEL).font.size = Pt(20)
    title.paragraph_format.page_break_before = True
    made: list[WordParagraph] = []
    for block in document.blocks():
        if isinstance(block, Heading) and block.in_contents:
            line = word.add_paragraph(style=CONTENTS[0] if block.level == 1 else CONTENTS[1])
            if not made:
                begin_field(line, 'TOC \\o "1-3" \\h \\z \\u', is_stale=True)
            made.append(line)
            before = len(line._p.r_lst)
            add(line, f"{block.number} {block.words.text}".strip())
            _link_from(line, before, block.anchor)
    if made:
        end_field(made[-1])


def _link_from(line: WordParagraph, before: int, anchor: str) -> None:
    runs = list(line._p.r_lst)[:before]
    for run in runs:
        line._p.remove(run)
    link(line, anchor)
    for place, run in enumerate(runs):
        line._p.insert(place + 1, run)  # after the paragraph's properties


class _Writer:
    """Puts blocks at the end of the document."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word, self._language, self._steps = word, document.language, heading_steps(document)
        self._bookmarks = count(1)

    def write(self, block: Block) -> None:
        """One block."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                paragraph = self._word.add_paragraph(style=tone_style(block.tone))
                if block.label:
                    add(paragraph, f"{block.label} " if block.words.text.strip() else block.label, style=LABEL)
                if block.words.text.strip():
                    add(paragraph, block.words.text.strip(), self._other(block.words.language))
            case Bullets():
                for words in block.items:
                    add(self._word.add_paragraph(style="List Bullet"), words.text, self._other(words.language))
            case Table():
                write_table(self._word, block, self._language)
            case Chart():
                write_chart(self._word, block)
            case Matrix():
                write_matrix(self._word, block)

    def _heading(self, block: Heading) -> None:
        paragraph = self._word.add_paragraph(style=f"Heading {self._steps[block.anchor]}")
        if block.number:
            add(paragraph, f"{block.number}  ", style=NUMBER)
        add(paragraph, block.words.text, self._other(block.words.language))
        if block.aside:
            add(paragraph, f"  {block.aside}", style=ASIDE)
        bookmark(paragraph, block.anchor, next(self._bookmarks))

    def _other(self, language: LanguageCode) -> LanguageCode | None:
        return None if language == self._language else language
